"""What a government page says of itself, in meta tags or in its index table, as labelled lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

__all__ = ["flat", "head_lines"]

_TITLES: Final = ("ArticleTitle", "articletitle", "og:title")
_DATES: Final = ("PubDate", "pubdate", "publishdate", "PublishDate", "article:published_time")
_SOURCES: Final = ("ContentSource", "contentsource", "source", "publisher")
_LABELS: Final = {
    "文号": "文号", "发文字号": "文号", "文件编号": "文号",
    "发文机关": "发文机关", "发布机构": "发布机构", "发文单位": "发文机关", "制发机关": "发文机关",
    "成文日期": "成文日期", "发文日期": "发文日期", "发布日期": "发布日期", "公开日期": "公开日期",
    "印发日期": "印发日期", "生成日期": "生成日期",
}  # fmt: skip
_LABEL: Final = re.compile(
    r"[【\[]?\s*(文\s*号|发文字号|文件编号|发文机关|发布机构|发文单位|制发机关|成文日期|发文日期|发布日期|公开日期|印发日期"
    r"|生成日期)\s*[】\]]?\s*[:：]?\s*(.{0,80})\Z"
)
_DAY: Final = re.compile(r"((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_SPACE: Final = re.compile(r"[ \t\r\n\f\v\xa0\u200b\ufeff]+")


def head_lines(root: Any) -> Iterator[str]:
    """Yield title and labelled lines of what the page says of itself."""
    meta = {
        str(each.get("name") or each.get("property")): flat(each.get("content") or "")
        for each in root.iter("meta")
        if (each.get("name") or each.get("property")) and each.get("content")
    }
    title = next((meta[key] for key in _TITLES if meta.get(key)), "")
    if not title:
        heading = next((flat(each.text_content()) for each in root.iter("h1")), "")
        whole = next((flat(each.text or "") for each in root.iter("title")), "")
        title = (
            heading if 6 <= len(heading) <= 120 else re.split(r"[_|]|\s-\s|－", whole)[0].strip()
        )
    if title:
        yield title
    found = _index(root)
    source = next((meta[key] for key in _SOURCES if meta.get(key)), "")
    if source and not {"发文机关", "发布机构"} & set(found):
        found["发布机构"] = source
    published = next((meta[key] for key in _DATES if _DAY.search(meta.get(key, ""))), "")
    if published and not any(label.endswith("日期") for label in found):
        found["发布日期"] = published
    for label, value in found.items():
        day = _DAY.search(value) if label.endswith("日期") else None
        yield f"{label}：{day[1]}年{int(day[2])}月{int(day[3])}日" if day else f"{label}：{value}"


def _index(root: Any) -> dict[str, str]:
    """Return the labelled fields of the index table of a page, the first of each."""
    found: dict[str, str] = {}
    pending = ""
    for element in root.iter("td", "th", "li", "dt", "dd", "p", "span", "div", "b", "strong"):
        if len(element) > 3:
            continue
        words = _brief(element)
        if not words:
            pending = ""
            continue
        match = _LABEL.match(words)
        if match:
            label, value = _LABELS[_SPACE.sub("", match[1])], match[2].strip()
            if value:
                found.setdefault(label, value)
            pending = "" if value else label
        elif pending:
            found.setdefault(pending, words)
            pending = ""
    return {label: value for label, value in found.items() if not _LABEL.match(value)}


def flat(text: str) -> str:
    """Fold white space; the full-width space of an indent goes too."""
    return _SPACE.sub(" ", text).strip().strip("\u3000").strip()


def _brief(element: Any) -> str:
    """Return the words of an element that is no longer than a field; empty for any other.

    Reading stops at the first character too many: pages nest, and a page read once for each of its
    elements would cost the square of its length.
    """
    parts: list[str] = []
    room = 400
    for words in element.itertext():
        room -= len(words)
        if room < 0:
            return ""
        parts.append(words)
    line = flat("".join(parts))
    return line if len(line) <= 100 else ""
