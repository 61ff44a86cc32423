"""Articles of a newspaper page: each with its own title, dateline and stretch of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indicators import places
from indicators.documents.plan_period import day

__all__ = ["Found", "dateline_place", "find_articles", "is_newspaper", "paper"]

_DATELINE = re.compile(
    r"(?:本报讯|本报(?:[一-鿿]{1,8})?\d{0,2}月?\d{0,2}日?讯|本网讯|新华社|中新社|中新网|据新华社|人民网"
    r"|[●■◆▲○□]?\s*(?:本报|本网|全媒体)[一-鿿]{0,6}记者|[●■◆▲○□]\s*[一-鿿]{0,6}(?:记者|通讯员)"
    r"|(?:记者|通讯员|文)\s?[/／|:：]?\s?[一-鿿]{2,4}\s*$)"
)
_WHENCE = re.compile(
    r"(?:本报|新华社|中新社|中新网|本网)(?P<place>[一-鿿]{2,9}?)(?:\d{1,2}月)?(?:\d{1,2}日)?(?:讯|电)"
)
_CREDIT = re.compile(
    r"[●■◆▲]?\s*(?:本报)?[一-鿿]{0,6}(?:记者|通讯员)?\s?[一-鿿 ]{2,16}\s?(?:摄|摄影|摄影报道)\s*$"
)
_PAPER = re.compile(
    r"([一-鿿]{2,10}(?:日报|晚报|早报|晨报|时报|商报|都市报))\s*(?:(?:19|20)\d\d年.{0,30})?\Z"
)
_ISSUE = re.compile(
    r".{0,12}(?:19|20)\d\d年\s?\d{1,2}月\s?\d{1,2}日.{0,12}(?:星期|第?\s?[A-Z]?\d{1,2}\s?版|农历)|第?\s?[A-Z]?\d{1,2}\s?版"
    r"|(?:责任)?(?:编辑|责编|校对|美编|版式)[：:\s]"
)
"""Lines of a page that belong to no article: the paper, its day, the page, who set it."""
_CLAUSE = re.compile(r"[，,。；;！？!?、]")
_LONGEST_TITLE = 60
_LONGEST_SUBTITLE = 90


@dataclass(frozen=True, slots=True)
class Found:
    """An article of a page: where its title begins and what it says."""

    start: int
    title: str
    body: int


def is_newspaper(text: str, paragraphs: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a text reads like a page of a paper: a dateline at the head of a paragraph."""
    return any(
        _DATELINE.match(text, start) is not None and not text.startswith("记者手记", start)
        for start, _ in paragraphs[:400]
    )


def paper(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[str, date | None]:
    """Return the name of the paper and its day, as the head of the page gives them."""
    name, issued = "", None
    for start, end in paragraphs[:12]:
        words = text[start : min(end, start + 80)]
        if not name and (match := _PAPER.match(words)):
            name = match.group(1)
        if issued is None and (_ISSUE.match(words) or _PAPER.match(words)):
            issued = day(words)
    return name, issued


def dateline_place(text: str, article: Found) -> str:
    """Return the place that a dateline (新华社北京1月20日电) or a title (甲市：…) names, else empty."""
    if (match := _WHENCE.match(text, article.body)) and (found := places.find(match["place"])):
        return found.place
    head, colon, _ = article.title.replace("：", ":").partition(":")
    if colon and (found := places.find(head.strip())):
        return found.place
    return ""


def find_articles(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Found]:
    """Find the articles of a newspaper page.

    An article begins at a line without clauses, its title, that stands directly above a dateline or
    a byline, subtitles between them allowed; or above the text of a picture, which ends with the
    photographer.
    """
    found: list[Found] = []
    titles: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(paragraphs):
        if end - start <= _LONGEST_TITLE:
            line = text[start:end]
            if _PAPER.match(line) or _ISSUE.match(line):
                titles = []
                continue
        if titles and _DATELINE.match(text, start):
            found.append(_begin(text, titles, start))
            titles = []
            continue
        if _titular(text, start, end, bool(titles)):
            titles.append((start, end))
            continue
        if titles and _pictured(text, paragraphs[number : number + 3]):
            found.append(_begin(text, titles, start))
        titles = []
    return found


def _begin(text: str, titles: Sequence[tuple[int, int]], body: int) -> Found:
    first, last = titles[0]
    return Found(first, " ".join(text[first:last].split()), body)


def _titular(text: str, start: int, end: int, below: bool) -> bool:
    """Tell whether a paragraph can be a title, or below one a subtitle."""
    length = end - start
    if not 4 <= length <= (_LONGEST_SUBTITLE if below else _LONGEST_TITLE):
        return False
    words = text[start:end]
    if words[-1] in "：:。；;！!？?，,、" or words[0] in "●■◆▲（(":
        return False
    return below or _CLAUSE.search(words) is None


def _pictured(text: str, paragraphs: Sequence[tuple[int, int]]) -> bool:
    return any(_CREDIT.match(text[start:end][-40:]) for start, end in paragraphs)
