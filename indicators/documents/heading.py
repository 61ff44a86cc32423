"""Headings by their numbering: 第一章, 一、, （一）, 1., （1）, ①, 专栏1, 表1.

A heading is the whole paragraph, or its first short sentence when text runs on behind it.  Levels
follow the order in which the styles of numbering nest, so that an excerpt that begins with （一）
has that as its first level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indicators.documents.line import Layout
from indicators.documents.model import Role
from indicators.documents.role import role_of_heading
from indicators.documents.sentence import join

__all__ = ["Heading", "headings", "nest"]

_CHINESE = "一二三四五六七八九十百零〇"
_NUMBER = re.compile(
    rf"(?P<annex>附件\s*\d*\s*[:：]?(?=$|\s))"
    rf"|(?P<part>第[{_CHINESE}\d]{{1,4}}[编篇](?!章))"
    rf"|(?P<chapter>第[{_CHINESE}\d]{{1,4}}章)"
    rf"|(?P<clause>第[{_CHINESE}\d]{{1,4}}节)"
    rf"|(?P<article>第[{_CHINESE}\d]{{1,4}}条)"
    rf"|(?P<box>专栏\s*(?:\d{{1,3}}(?:-\d{{1,3}})?|[{_CHINESE}]{{1,3}})?(?=[\s:：]|$))"
    rf"|(?P<table>(?:附?表|续表)\s*(?:\d{{1,3}}(?:-\d{{1,3}})?|[{_CHINESE}]{{1,3}})(?=[\s:：]|$))"
    rf"|(?P<one>[{_CHINESE}]{{1,4}}[、．.](?![{_CHINESE}]{{1,2}}、))"
    rf"|(?P<two>[（(]\s?[{_CHINESE}]{{1,4}}\s?[）)][、．.]?)"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3}(?=[\s　]+[一-鿿]))"
    r"|(?P<three>\d{1,2}(?:[．、](?!\d)|\.(?![\d.])))"
    r"|(?P<four>[（(]\d{1,2}[）)])"
    r"|(?P<five>[①-⑳])"
)
_RANKS = {
    "annex": 0, "part": 1, "chapter": 2, "clause": 3, "article": 4, "one": 5, "bare": 6, "two": 7,
    "dotted": 8, "three": 9, "four": 10, "five": 11, "table": 20, "box": 20,
}  # fmt: skip
_INSIDE = 20
"""Added to the rank of numbers that count inside a 专栏."""

_FIRST = frozenset(f"#*{_CHINESE}第附专表续（(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_STOP = re.compile(r"[。！？；;\t]")
_COLON = re.compile(r"[：:]")
_CONTENTS = re.compile(r"[.…·．]{3,}\s*\d*\s*$")
_PAGE = re.compile(r"[\s.…·　]+\d{1,3}\Z")
_CELL = re.compile(r"[〔（(<>≥≤~－—–-]*\d[\d.,，]*[%％〕）)]*|[—–－-]+")
"""A lone cell: a number or a dash.  What is numbered above one is a row of a table, no heading."""
_ON_TWO_LINES = frozenset({"part", "chapter", "clause", "article", "box", "table"})
_BARE_LONGEST = 16
_LONGEST = 60
"""A heading is not longer, in characters."""
_BARE = re.compile(
    r"(?:20\d\d\s?年|“?十[一二三四五六]五”?(?:时期)?|过去[一五]年)?的?(?:总体(?:要求|思路|目标)|指导思想|基本原则"
    r"|(?:主要|发展|工作|行动|具体|建设|预期|主要预期)目标|(?:重点|主要|工作|目标|行动)任务|重点(?:工作|工程|项目|举措|行动)"
    r"|保障措施|组织(?:实施|保障|领导)|实施保障|发展(?:基础|现状|形势|回顾|成效)|面临(?:的)?(?:形势|挑战)|工作(?:回顾|要求|重点|措施|安排))"
)
"""A heading without a number: a short line that says what every plan says."""
_QUICK = 90


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as found, before it is nested; offsets of the kept text."""

    start: int
    body: int
    """Where the text behind the heading begins."""
    rank: int
    number: str
    words: str


def headings(layout: Layout) -> Iterator[Heading]:
    """Yield the numbered headings among the paragraphs, those of a table of contents left out."""
    text, paragraphs = layout.text, layout.paragraphs
    match_number, first = _NUMBER.match, _FIRST
    listing = False
    for place, (start, end) in enumerate(paragraphs):
        if text[start] not in first or end - start <= _BARE_LONGEST:
            if end - start <= _BARE_LONGEST and _is_bare(text, paragraphs, place):
                yield Heading(start, end, _RANKS["bare"], "", layout.words(start, end))
                continue
            if text[start] not in first:
                continue
        stop = min(end, start + _QUICK)
        words = layout.words(start, stop)
        marked = len(words) - len(words.lstrip("#* ")) if words[0] in "#*" else 0
        match = match_number(words, marked)
        if words.startswith(("附件：", "附件:")):
            listing = True
        if match is None:
            continue
        edge = words[-1]
        if (edge in ".…·．" or edge.isdigit() or edge.isspace()) and _CONTENTS.search(words):
            continue
        kind = match.lastgroup or "three"
        # 附件：1.… and the lines below it list what is annexed.
        listing = listing and kind in {"three", "annex"} and "。" not in words
        if listing and kind == "three":
            continue
        number_end = match.end()
        whole = end - start <= _QUICK
        found = _heading_end(words, number_end, kind, whole=whole)
        if found is None:
            continue
        last, body = found
        name = words[number_end:last].strip(" 　\t:：*")
        if body == len(words) and whole:
            behind = end
        elif len(words) == stop - start:
            behind = start + body
        else:
            behind = join(text, start, stop, layout.breaks, layout.starts)[1][body]
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        if following is not None and behind == end:
            below = text[following[0] : min(following[1], following[0] + _QUICK)]
            if kind == "three" and _above_cell(text, paragraphs[place + 1 : place + 3]):
                continue
            if not name and kind in _ON_TWO_LINES and _titular(below):
                name, behind = below, following[1]
        yield Heading(start, behind, _RANKS[kind], words[marked:number_end].strip(), name)


def _is_bare(text: str, paragraphs: Sequence[tuple[int, int]], place: int) -> bool:
    """Tell whether a short paragraph is a heading without a number, not a cell of a table."""
    start, end = paragraphs[place]
    if _BARE.fullmatch(text, start, end) is None or place + 1 >= len(paragraphs):
        return False
    below, bottom = paragraphs[place + 1]
    return bottom - below >= 12 or _NUMBER.match(text, below, bottom) is not None


def _above_cell(text: str, below: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a lone cell stands below, or below the second line of a row's name."""
    for start, end in below:
        if end - start > 14:
            return False
        if _CELL.fullmatch(text, start, end):
            return True
    return False


def _titular(words: str) -> bool:
    """Tell whether a paragraph can be the words of a heading whose number stands above it."""
    return len(words) <= 40 and not _STOP.search(words) and words[0] not in _FIRST


def _heading_end(words: str, after: int, kind: str, *, whole: bool) -> tuple[int, int] | None:
    """Return where the words of a heading end and where the text behind begins."""
    stop = _STOP.search(words, after)
    if stop and stop.start() - after <= _LONGEST:
        if words[stop.start()] in "；;\t":
            return stop.start(), after
        return stop.start(), stop.end()
    if stop is None and whole and len(words) - after <= _LONGEST:
        return len(words), len(words)
    if kind in {"box", "table", "annex"}:
        return after, after
    if (colon := _COLON.search(words, after)) and colon.start() - after <= 30:
        return colon.start(), colon.end()
    comma = words.find("，", after, after + 30)
    return (comma if comma > 0 else min(after + 30, len(words))), after


@dataclass(frozen=True, slots=True)
class Nested:
    """A heading with its level and the headings above."""

    heading: Heading
    level: int
    path: tuple[str, ...]
    role: Role


def nest(found: Iterator[Heading], contents: int | None = None) -> list[Nested]:
    """Give each heading its level by the styles of numbering that are open above it.

    Args:
        found: headings in order.
        contents: where a table of contents begins, if there is one: headings that come again after
            it were its lines.
    """
    result: list[Nested] = []
    open_: list[tuple[int, str, Role]] = []
    in_box, last_in_box = False, 0
    seen: dict[tuple[str, str], int] = {}
    for each in found:
        heading = each
        if result and _doubled(result[-1].heading, heading):
            result[-1] = replace(result[-1], heading=replace(result[-1].heading, body=heading.body))
            continue
        if contents is not None and heading.start > contents:
            key = (heading.number, _PAGE.sub("", heading.words))
            if key in seen:
                del result[seen[key] :]
                open_.clear()
                contents, in_box = None, False
            else:
                seen[key] = len(result)
        if heading.rank == _INSIDE:
            in_box, last_in_box = True, 0
        elif in_box and heading.rank >= _RANKS["three"]:
            if heading.rank == _RANKS["three"]:
                count = int(re.sub(r"\D", "", heading.number) or 0)
                in_box = count == last_in_box + 1
                last_in_box = count
            if in_box:
                heading = replace(heading, rank=heading.rank + _INSIDE)
        else:
            in_box = False
        while open_ and open_[-1][0] >= heading.rank:
            open_.pop()
        above: Role = open_[-1][2] if open_ else ""
        role = role_of_heading(heading.words, heading.number) or above
        open_.append((heading.rank, heading.words or heading.number, role))
        result.append(Nested(heading, len(open_), tuple(words for _, words, _ in open_), role))
    return result


def _doubled(before: Heading, heading: Heading) -> bool:
    """Tell whether a heading only repeats the one before it (a running head, a table's title)."""
    return (
        heading.number == before.number
        and heading.words == before.words
        and heading.start - before.body <= 4
    )
