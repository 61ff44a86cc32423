"""One page of a PDF as lines and ruled tables, put together from where its characters stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from indicators.documents.cleaning import halved, join_lines, without_radicals
from indicators.documents.pdf_frame import Box, Glyph

__all__ = ["Line", "Sheet", "Table", "mended", "sheet"]

_NUMERIC: Final = re.compile(r"[^一-鿿]*\d[^一-鿿]*\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text."""

    text: str
    box: Box

    @property
    def height(self) -> float:
        """Height of its characters."""
        return max(self.box[3] - self.box[1], 1.0)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: words of its cells, empty where a merged cell goes on."""

    rows: tuple[tuple[str, ...], ...]
    box: Box


@dataclass(slots=True)
class Sheet:
    """What stands on one page, in the order in which it is read."""

    height: float
    items: list[Line | Table] = field(default_factory=list)
    scanned: bool = False
    garbled: bool = False
    characters: int = 0


def sheet(
    found: Sequence[Glyph],
    height: float,
    ruled_tables: Sequence[tuple[Box, list[list[Box | None]]]] = (),
) -> Sheet:
    """Put the characters of a page together to lines, and those inside tables to rows.

    The order of the file is kept from line to line; within a line characters are sorted, since
    quotation marks of another font are often drawn after the line is done.
    """
    page = Sheet(height)
    inside: list[list[Glyph]] = [[] for _ in ruled_tables]
    order: list[_Run | int] = []
    runs: list[_Run] = []
    odd = 0
    for glyph in found:
        page.characters += 1
        odd += glyph.char == "\ufffd" or "\ue000" <= glyph.char <= "\uf8ff"
        at = _holder(glyph.box, ruled_tables)
        if at is not None:
            if not inside[at]:
                order.append(at)
                runs.clear()
            inside[at].append(glyph)
            continue
        run = next((each for each in reversed(runs[-3:]) if each.takes(glyph, runs[-1])), None)
        if run is None:
            run = _Run()
            runs.append(run)
            order.append(run)
        run.add(glyph)
    for each in order:
        if isinstance(each, int):
            box, cells = ruled_tables[each]
            page.items.append(Table(_rows(inside[each], cells), box))
        elif (line := each.line()) is not None and not _printed_twice(page.items, line):
            page.items.append(line)
    page.garbled = odd * 5 > page.characters
    return page


@dataclass(slots=True)
class _Run:
    """Characters on one height."""

    glyphs: list[Glyph] = field(default_factory=list)
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0

    def takes(self, glyph: Glyph, newest: _Run) -> bool:
        """Tell whether a character stands on this line; on an older one only inside it."""
        left, top, right, bottom = glyph.box
        size, middle, own = max(bottom - top, 1.0), (top + bottom) / 2, (self.top + self.bottom) / 2
        if not (self.top <= middle <= self.bottom or top <= own <= bottom):
            return False  # a dash may have the box of its ink alone: either middle will do
        return self is newest or self.left - size <= left <= right <= self.right + 2 * size

    def add(self, glyph: Glyph) -> None:
        """Take a character."""
        left, top, right, bottom = glyph.box
        if not self.glyphs:
            self.left, self.top, self.right, self.bottom = glyph.box
        self.left, self.right = min(self.left, left), max(self.right, right)
        self.top, self.bottom = min(self.top, top), max(self.bottom, bottom)
        self.glyphs.append(glyph)

    def line(self) -> Line | None:
        """Return the line, spaces and columns told by the gaps between characters."""
        ordered = sorted(self.glyphs, key=lambda glyph: glyph.box[0])
        em = _em(ordered)
        parts = [ordered[0].char]
        for before, after in pairwise(ordered):
            parts += (_gap(before, after, em), after.char)
        text = without_radicals(halved("".join(parts).strip()))
        return Line(text, (self.left, self.top, self.right, self.bottom)) if text else None


def _em(ordered: Sequence[Glyph]) -> float:
    """Return the width of a full character of a line."""
    wide = [each.box[2] - each.box[0] for each in ordered if each.char > "\u2e7f"]
    if wide:
        return max(median(wide), 1.0)
    return max(0.8 * median(each.box[3] - each.box[1] for each in ordered), 1.0)


def _gap(before: Glyph, after: Glyph, em: float) -> str:
    """Return what stands between two characters: nothing, a space, or a tab between columns."""
    gap = after.box[0] - before.box[2]
    if gap > 2 * em:
        return "\t"
    both_narrow = before.char < "\u2e80" and after.char < "\u2e80"
    return " " if gap > (0.13 if both_narrow else 0.6) * em else ""


def _printed_twice(items: Sequence[Line | Table], line: Line) -> bool:
    """Tell whether a line was printed on top of the one before, to look bold."""
    last = next((each for each in reversed(items) if isinstance(each, Line)), None)
    return (
        last is not None
        and last.text == line.text
        and abs(last.box[0] - line.box[0]) < line.height / 2
        and abs(last.box[1] - line.box[1]) < line.height / 2
    )


def _holder(box: Box, ruled_tables: Sequence[tuple[Box, object]]) -> int | None:
    """Return the table that holds the middle of a box."""
    for at, (outer, _) in enumerate(ruled_tables):
        if _holds(outer, box):
            return at
    return None


def _holds(outer: Box, box: Box) -> bool:
    """Tell whether the middle of a box lies in another."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _rows(found: Sequence[Glyph], cells: list[list[Box | None]]) -> tuple[tuple[str, ...], ...]:
    """Return the words of the cells."""
    rows = []
    for row in cells:
        top = min((cell[1] for cell in row if cell), default=0.0)
        bottom = max((cell[3] for cell in row if cell), default=0.0)
        near = [each for each in found if top <= each.box[3] and each.box[1] <= bottom]
        rows.append(tuple("" if cell is None else _cell(near, cell) for cell in row))
    return tuple(rows)


def _cell(found: Sequence[Glyph], cell: Box) -> str:
    """Return the words of one cell, its lines joined."""
    runs: list[_Run] = []
    for glyph in found:
        if _holds(cell, glyph.box):
            run = next((each for each in reversed(runs) if each.takes(glyph, each)), None)
            if run is None:
                run = _Run()
                runs.append(run)
            run.add(glyph)
    lines = [run.line() for run in sorted(runs, key=lambda run: run.top)]
    return join_lines([line.text.replace("\t", " ") for line in lines if line is not None])


def mended(pages: Sequence[list[Line | Table]]) -> Sequence[list[Line | Table]]:
    """Mend tables that go on over the page: a repeated header goes, a parted row is put together."""
    header: Sequence[tuple[str, ...]] = ()
    for before, page in pairwise(pages):
        if not (before and page):
            continue
        above, below = before[-1], page[0]
        if not (
            isinstance(above, Table) and isinstance(below, Table) and above.rows and below.rows
        ):
            header = ()
            continue
        if len(above.rows[0]) != len(below.rows[0]):
            header = ()
            continue
        header = header or above.rows
        rows = list(below.rows)
        again = 0
        while again < min(len(rows) - 1, len(header), 3) and rows[again] == header[again]:
            again += 1
        rows = rows[again:]
        if _goes_on(rows[0]):
            whole = tuple(map(_joined, above.rows[-1], rows.pop(0)))
            before[-1] = Table((*above.rows[:-1], whole), above.box)
        page[0] = Table(tuple(rows), below.box)
    return pages


def _goes_on(row: tuple[str, ...]) -> bool:
    """Tell whether a row is the rest of the one on the page before: few cells, none of them a number."""
    filled = [cell for cell in row if cell]
    return bool(filled) and 2 * len(filled) < len(row) and not any(map(_NUMERIC.match, filled))


def _joined(above: str, below: str) -> str:
    """Join the halves of a cell."""
    return join_lines([above, below])
