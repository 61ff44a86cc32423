"""A sentence as the grammar reads it: joined, without blanks, with its clauses and a way back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from indicators.extraction import bounds, quantities, screening, times
from indicators.extraction.quantities import Quantity
from indicators.extraction.times import Time
from indicators.model import Kind

__all__ = ["Sentence", "read", "squeeze"]

_FULL = (
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
    "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ％℅﹪．＋／＜＞＝µ"
)
_WIDTH = str.maketrans(
    _FULL,
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%%%.+/<>=μ",
)
"""Full-width letters and digits to their plain forms, character by character, so no offset moves."""

_MARKS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）"}
_MARK = re.compile(r"[,:;()](?!(?<=\d.)\d)(?!(?<=[A-Za-z].)[A-Za-z])")
"""A mark as Latin text has it, between no digits and no letters: to the full-width one, in its place."""


def _wide(mark: re.Match[str]) -> str:
    return _MARKS[mark.group()]


_UNPLAIN = re.compile(rf"[\s{_FULL}]")
_BLANK = re.compile(r"(?<![A-Za-z])[\s\u3000\xa0]+|[\s\u3000\xa0]+(?![A-Za-z])")
_BREAK = re.compile(r"[，,；;：:。！？!?\t…•●■◆★▶►▲△◇○□※➢✓*＊|—](?:(?<!—)|—)")
_COMMA_IN_NUMBER = re.compile(r"\d,\d{3}(?!\d)")


@dataclass(slots=True)
class Sentence:
    """A joined sentence with its quantities, times and clauses; offsets are of ``text``."""

    text: str
    quantities: list[Quantity]
    tails: list[int]
    """One past the bound words after each quantity."""
    behind: list[str]
    """Bound that the words after each quantity state."""
    times: list[Time]
    breaks: list[int]
    """Positions one past each clause break."""
    topic: str = ""
    """Subject that an earlier sentence of the paragraph hands on."""
    groups: list[tuple[int, int, int]] = field(default_factory=list)
    """For each quantity the first of its list, its place in it, the length."""
    cues: list[tuple[int, Kind | None]] = field(default_factory=list)
    """Words that tell a kind, found when first asked for."""
    begun: dict[int, Kind] = field(default_factory=dict)
    """Kind of the first quantity of each part between semicolons, by where the part begins."""
    _marks: list[int] = field(default_factory=list)
    _asked: int = -1
    """Position whose clause was asked for last: all rules ask for that of one quantity in turn."""
    _span: tuple[int, int] = (0, 0)

    def clause(self, position: int) -> tuple[int, int]:
        """Return the span of the clause at a position, its closing mark left out."""
        if position == self._asked:
            return self._span
        index = bisect_right(self.breaks, position)
        start = self.breaks[index - 1] if index else 0
        end = self._marks[index] if index < len(self._marks) else len(self.text)
        self._asked, self._span = position, (start, end)
        return self._span

    def part(self, position: int) -> int:
        """Return where the part between semicolons begins that holds a position."""
        return max(self.text.rfind("；", 0, position), self.text.rfind(";", 0, position)) + 1


def squeeze(text: str) -> tuple[str, Sequence[int] | None]:
    """Return the text without blanks, and where each character stood; None if nothing went.

    Blanks between two Latin words stay.
    """
    if _MARK.search(text):
        text = _MARK.sub(_wide, text)
    if _UNPLAIN.search(text) is None:
        return text, None
    text = text.translate(_WIDTH)
    if _BLANK.search(text) is None:
        return text, None
    parts: list[str] = []
    places: list[int] = []
    here = 0
    for match in _BLANK.finditer(text):
        if "\t" in match.group():
            continue
        parts.append(text[here : match.start()])
        places.extend(range(here, match.start()))
        here = match.end()
    parts.append(text[here:])
    places.extend(range(here, len(text)))
    places.append(len(text))
    return "".join(parts), places


def read(text: str, issued: date | None) -> Sentence | None:
    """Read a joined sentence; None where it holds no quantity."""
    found: list[Quantity] = []
    tails: list[int] = []
    behind: list[str] = []
    for each in quantities.find(text):
        word, stop = bounds.after(text, each.unit_end)
        if screening.refused(text, each, word):
            continue
        found.append(each)
        tails.append(stop)
        behind.append(word)
    if not found:
        return None
    breaks: list[int] = []
    marks: list[int] = []
    starts = [each.start for each in found]
    for match in _BREAK.finditer(text):
        if match.group() == "," and _COMMA_IN_NUMBER.match(text, match.start() - 1):
            index = bisect_left(starts, match.start())
            if index and found[index - 1].end > match.start():
                continue
        marks.append(match.start())
        breaks.append(match.end())
    dates = times.find(text, issued)
    if dates and "《" in text:
        dates = [each for each in dates if not _titled(text, each.start)]
    return Sentence(text, found, tails, behind, dates, breaks, _marks=marks)


def _titled(text: str, position: int) -> bool:
    """Tell whether a place lies in the title of a document: 《2030年前碳达峰行动方案》 sets no time."""
    return text.rfind("《", 0, position) > text.rfind("》", 0, position)
