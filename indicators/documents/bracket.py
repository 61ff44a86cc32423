"""Where offices are named in a text, and which task each naming closes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from indicators.documents.line import Layout
from indicators.documents.model import Brackets, Section
from indicators.documents.office import LABELS, read_offices

__all__ = ["find_brackets"]

_OPEN = re.compile(rf"[（(【\[]\s*{LABELS}\s*[:：]")
_LINE = re.compile(rf"{LABELS}\s*[:：]")
_LINE_FIRST = frozenset("责牵主承落实负配参协计预完办推整时期分包联领省市区县旗")
_SIGNS = re.compile(r"[（(【\[）)】\]]")
_NESTED = 8
"""Brackets inside names are not nested deeper; more is no list of offices."""
_GAP = 40
_LONGEST = 1500
"""A list of offices is not longer, in characters."""
_ANSWERS = ("负责", "牵头", "配合", "落实", "参与", "组织实施")
_BODY = re.compile(
    r"(?:[局委办厅部院会署处所站社团司校馆]|政府|中心|集团|公司|分局|分行|园区?|开发区|新区|镇街|街道|单位|部门)"
    r"(?:等|）)?(?:[、，,；;牵按负共分]|$)"
)


def find_brackets(
    text: str, layout: Layout, sections: Sequence[Section]
) -> tuple[tuple[Brackets, ...], tuple[str, ...], int]:
    """Find the brackets of offices, the task that each closes, and the general rule.

    Args:
        text: the kept text.
        layout: its paragraphs and soft breaks.
        sections: its sections.

    Returns:
        The brackets in order; the offices of the rule that holds for every task; where the task
        that states the rule begins.
    """
    tasks = _Tasks(text, layout, sections)
    result: list[Brackets] = []
    everywhere: tuple[str, ...] = ()
    everywhere_from = 0
    for start, end in _grouped(text, sorted(_candidates(text, layout.paragraphs))):
        offices = read_offices(layout.words(start, end).strip("（()）【】[] 　"))
        if offices is None or not offices.named:
            continue
        begin = tasks.begin(start, result)
        result.append(
            Brackets(
                start=start,
                end=end,
                task_start=begin,
                task_end=begin + len(text[begin:start].rstrip()),
                offices=offices.named,
                full=offices.full,
                lead=offices.lead,
                supporting=offices.supporting,
                until=offices.until,
                leader=offices.leader,
            )
        )
        if offices.everywhere and not everywhere:
            everywhere, everywhere_from = offices.everywhere, begin
    return tuple(result), everywhere, everywhere_from


def _grouped(text: str, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans, those with different labels that directly follow each other as one.

    牵头单位：… and 完成时限：… on lines of their own, or in brackets side by side, speak of one task.
    """
    begin, last = -1, -1
    labels: set[str] = set()
    for start, end in found:
        if start < last:
            continue
        label = text[start : start + 12].strip("（([【 ").replace(":", "：").partition("：")[0]
        near = begin >= 0 and start - last < _GAP and end - begin < _LONGEST
        if near and label not in labels and not text[last:start].strip(" \n\r\t　。；;"):
            labels.add(label)
        else:
            if begin >= 0:
                yield begin, last
            begin, labels = start, {label}
        last = end
    if begin >= 0:
        yield begin, last


def _candidates(text: str, paragraphs: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Yield where offices may be named: labelled brackets, labelled lines, （…负责） at an end."""
    for match in _OPEN.finditer(text):
        if end := _closing(text, match.start()):
            yield match.start(), end
    for start, end in paragraphs:
        if text[start] in _LINE_FIRST and end - start < _LONGEST and _LINE.match(text, start):
            yield start, end
            continue
        close = end - 1 if text[end - 1] == "。" else end
        if text[close - 1] in "）)" and (free := _answering(text, start, close)) is not None:
            yield free, close


def _closing(text: str, start: int) -> int:
    """Return one past the sign that closes the bracket at ``start``, 0 where none does in reach."""
    depth = 0
    for match in _SIGNS.finditer(text, start, start + _LONGEST):
        depth += 1 if match.group() in "（(【[" else -1
        if depth == 0:
            return match.end()
        if depth > _NESTED:
            return 0
    return 0


def _answering(text: str, start: int, end: int) -> int | None:
    """Return where a bracket that ends a paragraph begins, if it says （A牵头，B配合）."""
    if not text[max(start, end - 12) : end - 1].rstrip().endswith(_ANSWERS):
        return None
    depth = 0
    for place in range(end - 1, max(start, end - 600) - 1, -1):
        if text[place] in "）)":
            depth += 1
        elif text[place] in "（(":
            depth -= 1
            if depth == 0:
                return place if _BODY.search(text[place + 1 : end - 1]) else None
    return None


class _Tasks:
    """Tells where the task begins that a bracket closes."""

    def __init__(self, text: str, layout: Layout, sections: Sequence[Section]) -> None:
        self._text = text
        self._sections = sections
        self._starts = [section.start for section in sections]
        self._paragraphs = [start for start, _ in layout.paragraphs]

    def begin(self, start: int, before: Sequence[Brackets]) -> int:
        """Return where the task begins.

        It is the section around the bracket; after an earlier bracket of the same section, what
        follows that.  A bracket on a line of its own below several parts, none of which named
        offices before, closes them all.
        """
        since = before[-1].end if before else 0
        number = bisect_right(self._starts, start) - 1
        if number < 0:
            paragraph = bisect_right(self._paragraphs, start) - 1
            begin = self._paragraphs[paragraph] if paragraph >= 0 else 0
        else:
            begin = self._sections[number].start
            if begin >= since and self._own_line(start):
                begin = self._whole(number, since)
        begin = max(begin, since)
        text = self._text
        while begin < start and (text[begin].isspace() or text[begin] in "。；;"):
            begin += 1
        return begin

    def _own_line(self, start: int) -> bool:
        found = bisect_left(self._paragraphs, start)
        return found < len(self._paragraphs) and self._paragraphs[found] == start

    def _whole(self, number: int, since: int) -> int:
        """Return the start of the section above, where this is the last of its parts."""
        section = self._sections[number]
        first = number
        # More parts than this below one heading are chapters, not steps of one task.
        while number - first < 20 and first > 0:
            before = self._sections[first - 1]
            if before.level < section.level:
                parts = number - first + 1
                whole = parts > 1 and before.level > 1 and before.start >= since
                return before.start if whole else section.start
            first -= 1
        return section.start
