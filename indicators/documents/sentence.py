"""Sentences of a text, and text without its soft breaks, both without losing an offset."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

__all__ = ["LONGEST", "Offsets", "Sentences", "join"]

LONGEST = 1000
"""A sentence is cut at a clause when it is longer, in characters.

Evidence that a person can read; and a text without punctuation stays linear when every number in it
asks for its sentence.
"""

_END = re.compile(r"[。！？!?][。！？!?]*[”’\"）)」』】〕]*")
_CLAUSE = re.compile(r"[；;，,、：:\n\t ](?!\d)")
_BETWEEN = re.compile(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])")


class Offsets:
    """Maps characters of a joined text to the kept text and back."""

    __slots__ = ("_length", "_places", "_skipped", "_start")

    def __init__(self, start: int, length: int, places: list[int], skipped: list[int]) -> None:
        self._start = start
        self._length = length
        # From joined position places[i] on, skipped[i] characters were left out before it.
        self._places = places
        self._skipped = skipped

    def __len__(self) -> int:
        return self._length + 1

    def __getitem__(self, position: int) -> int:
        if not 0 <= position <= self._length:
            raise IndexError(position)
        found = bisect_right(self._places, position) - 1
        return self._start + position + (self._skipped[found] if found >= 0 else 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the joined span stands in the kept text, breaks at its ends left out."""
        return (self[start], self[end - 1] + 1) if end > start else (self[start], self[start])

    def index(self, offset: int) -> int:
        """Return the joined position of a character of the kept text.

        A character inside a soft break has that of the next one that was kept.
        """
        low, high = 0, self._length
        while low < high:
            middle = (low + high) // 2
            if self[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low


def join(
    text: str,
    start: int,
    end: int,
    breaks: Sequence[tuple[int, int]],
    starts: Sequence[int],
) -> tuple[str, Offsets]:
    """Return ``text[start:end]`` without the breaks, and the map of its offsets.

    Between two Latin words one space of the break is kept.

    Args:
        text: the kept text.
        start: first character.
        end: one past the last.
        breaks: spans of the soft breaks, in order.
        starts: their first offsets.
    """
    first, last = bisect_right(starts, start), bisect_left(starts, end)
    if first > 0 and breaks[first - 1][1] > start:
        start = min(breaks[first - 1][1], end)
    if first >= last:
        return text[start:end], Offsets(start, end - start, [], [])
    parts: list[str] = []
    places: list[int] = []
    skipped: list[int] = []
    length = gone = 0
    here = start
    for cut, resume in breaks[first:last]:
        after = min(resume, end)
        before = text[cut - 1] if cut > start else ""
        behind = text[after] if after < end else ""
        keep = (
            1
            if before.isascii()
            and behind.isascii()
            and before.isalpha()
            and behind.isalpha()
            and text[after - 1].isspace()
            else 0
        )
        parts.append(text[here:cut])
        length += cut - here
        gone += after - keep - cut
        places.append(length)
        skipped.append(gone)
        if keep:
            parts.append(" ")
            length += 1
        here = after
    parts.append(text[here:end])
    length += end - here
    return "".join(parts), Offsets(start, length, places, skipped)


class Sentences:
    """The sentences of a text, found once, asked by offset."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str, paragraphs: Sequence[tuple[int, int]]) -> None:
        ends = {match.end() for match in _END.finditer(text)}
        ends.update(start for start, _ in paragraphs)
        ends.add(0)
        ends.discard(len(text))
        self._text = text
        self._starts = array("q", _shortened(text, sorted(ends)))

    def __len__(self) -> int:
        return len(self._starts)

    def at(self, offset: int) -> tuple[int, int]:
        """Return the span of the sentence at ``offset``, blank space at both ends left out."""
        text, starts = self._text, self._starts
        found = max(0, bisect_right(starts, offset) - 1)
        start = starts[found]
        end = starts[found + 1] if found + 1 < len(starts) else len(text)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return (start, end)


def _shortened(text: str, starts: list[int]) -> Iterator[int]:
    """Cut what is longer than ``LONGEST`` at its last clause, else between two characters."""
    for start, end in pairwise((*starts, len(text))):
        yield start
        here = start
        while end - here > LONGEST:
            window = (text, here + 1, here + LONGEST)
            cuts = [match.end() for match in _CLAUSE.finditer(*window)] or [
                match.end() for match in _BETWEEN.finditer(*window)
            ]
            here = cuts[-1] if cuts else here + LONGEST
            yield here
