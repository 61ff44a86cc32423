"""Government web pages: title, document number, issuer, dates and body; menus and scripts left out.

What a page says of itself in meta tags or in its index table (索引号, 发文机关, 成文日期 …) is written as
labelled lines at the head of the kept text, where the head of a document is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from indicators.documents.cleaning import join_lines, without_radicals
from indicators.documents.encoding import decode
from indicators.documents.html_head import flat, head_lines
from indicators.documents.kept import Composer, Doubt, Kept
from indicators.errors import UnreadableInput

__all__ = ["read_html"]

_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE
)
_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DROPPED: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "applet",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "svg",
        "canvas",
        "video",
        "audio",
        "map",
        "head",
        "link",
        "meta",
        "figure",
        "dialog",
        "menu",
    ]
)
_BLOCK: Final = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "blockquote",
        "pre",
        "center",
        "hr",
        "address",
        "figcaption",
        "caption",
        "td",
        "th",
        "body",
        "html",
        "ucapcontent",
        "fieldset",
    ]
)
_BODY_NAMES: Final = (
    "UCAP-CONTENT", "TRS_Editor", "TRS_UEDITOR", "trs_paper_default", "pages_content", "article-content",
    "articleContent", "article_content", "news_content", "newsContent", "zoom", "Zoom", "zoomcon", "mainText",
    "xxgk_content", "xl_content", "content_main", "detail-content", "detail_content", "con_text", "wzcon",
    "bt_content", "view", "contentText", "text_content", "artibody", "arti_content", "wp_articlecontent",
    "content", "Content", "article", "con", "main-content",
)  # fmt: skip
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LEAST: Final = 20
_MOST_IN_CELL: Final = 300
"""Characters; a cell with more, in paragraphs, is no cell of data."""


def read_html(content: bytes, name: str) -> Kept:
    """Return the text of a page.

    Raises:
        UnreadableInput: it holds no text, or none in a known encoding.
    """
    from lxml import etree
    from lxml import html as parser

    declared = _CHARSET.search(content[:8192])
    decoded = decode(content, declared[1].decode("ascii") if declared else "")
    if decoded is None:
        raise UnreadableInput("网页的编码无法识别", place=name, action="请在浏览器中另存为 UTF-8")
    try:
        root = parser.document_fromstring(
            _DECLARATION.sub("", decoded.text), parser=parser.HTMLParser(huge_tree=False)
        )
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableInput(
            "网页里没有内容", place=name, action="请在浏览器中打开确认后另存"
        ) from error
    out = Composer()
    head = [without_radicals(line) for line in head_lines(root)]
    for line in head:
        out.line(line)
    _prune(root)
    reader = _Reader(out, head)
    reader.walk(_body(root))
    reader.flush()
    kept = out.kept()
    if reader.characters == 0:
        raise UnreadableInput(
            "网页里没有正文（可能由脚本生成）",
            place=name,
            action="请在浏览器中打开后另存为文本或 PDF",
        )
    if decoded.broken:
        doubt = Doubt("file-characters-broken", f"{decoded.broken}")
        return Kept(kept.text, kept.pages, (*kept.doubts, doubt))
    return kept


def _prune(root: Any) -> None:
    """Take out what a reader does not see or does not want."""
    for element in list(root.iter()):
        tag = element.tag
        if (
            not isinstance(tag, str)
            or tag in _DROPPED
            or (tag not in {"html", "body"} and _hidden(element))
        ):
            _drop(element)


def _hidden(element: Any) -> bool:
    """Tell whether a page does not show an element."""
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style") or ""))


def _drop(element: Any) -> None:
    """Remove an element, keeping the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def _body(root: Any) -> Any:
    """Return the element that holds the body: by its usual names, else where most text stands."""
    by_name: dict[str, Any] = {}
    for element in root.iter("div", "td", "article", "section", "ucapcontent", "main"):
        names = [element.get("id") or "", *(element.get("class") or "").split()]
        for each in names:
            if each in _BODY_NAMES:
                before = by_name.get(each)
                if before is None or _weight(element) > _weight(before):
                    by_name[each] = element
    whole = _weight(root)
    for each in _BODY_NAMES:
        if each in by_name and _weight(by_name[each]) >= max(_LEAST, whole // 3):
            return by_name[each]
    best, most = root, 0
    for element in root.iter("div", "td", "article", "section", "main"):
        direct = sum(
            len(flat(child.text_content()))
            for child in element
            if child.tag in {"p", "table", "span"}
        )
        if direct > most:
            best, most = element, direct
    return best if most * 2 >= whole else root


def _weight(element: Any) -> int:
    """Return how much text an element holds outside links."""
    links = sum(len(link.text_content()) for link in element.iter("a"))
    return len("".join(element.text_content().split())) - links


class _Reader:
    """Writes blocks as lines and tables as rows."""

    def __init__(self, out: Composer, head: Sequence[str]) -> None:
        self.out, self.head = out, head
        self.parts: list[str] = []
        self.paragraphs = self.tables = self.characters = 0

    def flush(self) -> None:
        """End the present line."""
        line = without_radicals(flat("".join(self.parts)))
        self.parts.clear()
        if line and not (line in self.head and self.paragraphs < 3):  # the title stands already
            self.paragraphs += 1
            self.characters += len(line)
            self.out.page(f"第{self.paragraphs}段")
            self.out.line(line)

    def walk(self, root: Any) -> None:
        """Write an element and all below it; a stack, since pages may be nested without end."""
        stack: list[tuple[Any, bool]] = [(root, False)]
        while stack:
            element, done = stack.pop()
            block = element.tag in _BLOCK
            if done:
                if block:
                    self.flush()
                if element is not root and element.tail:
                    self.parts.append(element.tail)
                continue
            if element.tag == "br" or block:
                self.flush()
            stack.append((element, True))
            if element.tag == "table" and self.table(element):
                continue
            if element.text:
                self.parts.append(element.text)
            stack.extend((child, False) for child in reversed(element))

    def table(self, element: Any) -> bool:
        """Write a table of data as rows; a table that only lays out the page is walked instead."""
        rows = [
            row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element
        ]
        nested = any(True for each in element.iter("table") if each is not element)
        wide = [len(_cells(row)) for row in rows]
        if nested or not rows or max(wide) < 2 or any(map(_holds_text, rows)):
            return False
        self.flush()
        self.tables += 1
        self.out.page(f"表{self.tables}")
        spanned: dict[int, int] = {}
        for row in rows:
            cells: list[str] = []
            for cell in _cells(row):
                while spanned.get(len(cells), 0) > 0:
                    spanned[len(cells)] -= 1
                    cells.append("")
                at, span, down = len(cells), _span(cell, "colspan"), _span(cell, "rowspan")
                cells += [without_radicals(_cell(cell)), *[""] * (span - 1)]
                if down > 1:
                    spanned |= dict.fromkeys(range(at, at + span), down - 1)
            while spanned.get(len(cells), 0) > 0:
                spanned[len(cells)] -= 1
                cells.append("")
            self.characters += sum(map(len, cells))
            self.out.row(cells)
        return True


def _holds_text(row: Any) -> bool:
    """Tell whether a cell holds a whole text, so that its table only lays out the page."""
    return any(
        len(cell.text_content()) > _MOST_IN_CELL and len(cell.findall(".//p")) > 2
        for cell in _cells(row)
    )


def _cells(row: Any) -> list[Any]:
    """Return the cells of a row."""
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _cell(cell: Any) -> str:
    """Return the words of a cell in one line."""
    return join_lines([flat(words) for words in cell.itertext()])


def _span(cell: Any, name: str) -> int:
    """Return colspan or rowspan, within reason."""
    written = (cell.get(name) or "1").strip()
    return max(1, min(int(written), 100)) if written.isdigit() and len(written) < 5 else 1
