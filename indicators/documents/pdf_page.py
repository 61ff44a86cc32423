"""One page of a PDF as lines and ruled tables, with where they stand on the paper.

pdfium gives the characters with their boxes (and the true characters, where other readers give
radicals); pdfplumber gives the cells of ruled tables, and only on pages that have ruling lines.
All boxes are (left, top, right, bottom) of the page as it is looked at, in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from statistics import median
from typing import Any, Final

from indicators.documents.cleaning import halved, join_lines, without_radicals

__all__ = ["Glyph", "Line", "Sheet", "Table", "glyphs", "has_image", "ruled", "sheet", "tables"]

Box = tuple[float, float, float, float]

_RULES: Final = 4
"""Fewer drawn paths make no table."""
_MOST_CELLS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and where it stands."""

    char: str
    box: Box


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

    width: float
    height: float
    items: list[Line | Table] = field(default_factory=list)
    scanned: bool = False
    garbled: bool = False
    characters: int = 0


def glyphs(page: Any) -> tuple[list[Glyph], float, float]:
    """Return the characters of a pdfium page with their boxes, and its width and height."""
    from pypdfium2 import raw

    left, bottom, right, top = page.get_mediabox()
    turn = page.get_rotation()
    width, height = right - left, top - bottom
    if turn in {90, 270}:
        width, height = height, width
    text = page.get_textpage()
    found: list[Glyph] = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char in "\r\n":  # put in by pdfium; heights tell better where a line ends
            continue
        x0, y0, x1, y1 = text.get_charbox(index, loose=True)
        if turn == 90:
            box = (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        elif turn == 180:
            box = (right - x1, y0 - bottom, right - x0, y1 - bottom)
        elif turn == 270:
            box = (top - y1, right - x1, top - y0, right - x0)
        else:
            box = (x0 - left, top - y1, x1 - left, top - y0)
        found.append(Glyph(char, box))
    text.close()
    return found, width, height


def has_image(page: Any) -> bool:
    """Tell whether a page shows a picture."""
    from pypdfium2 import raw

    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def ruled(page: Any) -> bool:
    """Tell whether a page has enough drawn paths for a table."""
    from pypdfium2 import raw

    paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)
    return sum(1 for _ in islice(paths, _RULES)) == _RULES


def tables(page: Any) -> list[tuple[Box, list[list[Box | None]]]]:
    """Return box and cells of the ruled tables of a pdfplumber page; frames of one cell are none."""
    found = []
    for table in page.find_tables():
        cells = [list(row.cells) for row in table.rows]
        columns = max((len(row) for row in cells), default=0)
        filled = sum(cell is not None for row in cells for cell in row)
        if columns >= 2 and len(cells) >= 2 and 4 <= filled <= _MOST_CELLS:
            found.append((table.bbox, cells))
    return found


def sheet(
    found: Sequence[Glyph],
    width: float,
    height: float,
    ruled_tables: Sequence[tuple[Box, list[list[Box | None]]]] = (),
) -> Sheet:
    """Put the characters of a page together to lines, and those inside tables to rows.

    The order of the file is kept from line to line; within a line characters are sorted, since
    quotation marks of another font are often drawn after the line is done.
    """
    page = Sheet(width, height)
    inside: list[list[Glyph]] = [[] for _ in ruled_tables]
    order: list[_Run | int] = []
    runs: list[_Run] = []
    odd = 0
    for glyph in found:
        if glyph.char.isspace():
            continue
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
