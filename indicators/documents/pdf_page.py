"""One page of a PDF as lines and ruled tables, with where they stand on the paper.

pdfium gives the characters with their boxes (and the true characters, where other readers give
radicals); pdfplumber gives the cells of ruled tables, and only on pages that have ruling lines.
All boxes are (left, top, right, bottom) of the page as it is looked at, in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from indicators.documents.cleaning import halved, join_lines, without_radicals

__all__ = ["Glyph", "Line", "Sheet", "Table", "glyphs", "has_image", "ruled", "sheet", "tables"]

Box = tuple[float, float, float, float]

_RULES: Final = 4
"""Fewer drawn paths make no table."""
_MOST_CELLS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and where it stands; the breaks that pdfium puts between lines have no box."""

    char: str
    box: Box | None


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
        if char in "\r\n":
            found.append(Glyph("\n", None))
            continue
        x0, y0, x1, y1 = text.get_charbox(index)
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
    """Put the characters of a page together to lines, and those inside tables to rows."""
    page = Sheet(width, height)
    inside: list[list[Glyph]] = [[] for _ in ruled_tables]
    placed: dict[int, int] = {}
    run: list[Glyph] = []
    odd = 0
    for glyph in found:
        if glyph.box is None:
            _end(page, run)
            for each in inside:
                if each and each[-1].box is not None:
                    each.append(glyph)
            continue
        if not glyph.char.isspace():
            page.characters += 1
            odd += glyph.char == "\ufffd" or "\ue000" <= glyph.char <= "\uf8ff"
        at = _holder(glyph.box, ruled_tables)
        if at is None:
            run.append(glyph)
        else:
            _end(page, run)
            if at not in placed:
                placed[at] = len(page.items)
                page.items.append(Table((), ruled_tables[at][0]))
            inside[at].append(glyph)
    _end(page, run)
    for at, place in placed.items():
        box, cells = ruled_tables[at]
        page.items[place] = Table(_rows(inside[at], cells), box)
    page.garbled = odd * 5 > page.characters
    return page


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


def _end(page: Sheet, run: list[Glyph]) -> None:
    """Make a line of the characters so far, unless it was printed on top of the one before."""
    boxes = [glyph.box for glyph in run if glyph.box is not None and not glyph.char.isspace()]
    if boxes:
        parts: list[str] = []
        before: Box | None = None
        em = max(1.0, *(box[3] - box[1] for box in boxes))
        for glyph in run:
            if glyph.box is None or (glyph.char.isspace() and glyph.char != "\u3000"):
                parts.append(" ")
                continue
            if before is not None and glyph.box[0] - before[2] > 3 * em:
                parts.append("\t")  # a column that no line rules
            parts.append(glyph.char)
            before = glyph.box
        words = " ".join("".join(parts).split(" "))
        text = without_radicals(halved(_tidy(words)))
        box = (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )
        last = next((each for each in reversed(page.items) if isinstance(each, Line)), None)
        twice = (
            last is not None
            and last.text == text
            and abs(last.box[0] - box[0]) < em / 2
            and abs(last.box[1] - box[1]) < em / 2
        )
        if text and not twice:
            page.items.append(Line(text, box))
    run.clear()


def _tidy(words: str) -> str:
    """Fold spaces; those beside a tab go."""
    cells = (" ".join(cell.split()) for cell in words.split("\t"))
    return "\t".join(cell for cell in cells if cell)


def _rows(found: Sequence[Glyph], cells: list[list[Box | None]]) -> tuple[tuple[str, ...], ...]:
    """Return the words of the cells."""
    rows = []
    for row in cells:
        top = min((cell[1] for cell in row if cell), default=0.0)
        bottom = max((cell[3] for cell in row if cell), default=0.0)
        near = [
            each
            for each in found
            if each.box is None or (top <= each.box[3] and each.box[1] <= bottom)
        ]
        rows.append(tuple("" if cell is None else _cell(near, cell) for cell in row))
    return tuple(rows)


def _cell(found: Sequence[Glyph], cell: Box) -> str:
    """Return the words of one cell; a new line is where the characters step down."""
    lines: list[str] = []
    baseline: float | None = None
    for glyph in found:
        if glyph.box is None or not _holds(cell, glyph.box):
            continue
        size = max(glyph.box[3] - glyph.box[1], 1.0)
        if glyph.char.isspace():
            if lines:
                lines[-1] += " "
            continue
        if baseline is None or glyph.box[3] - baseline > 0.8 * max(size, 6.0):
            lines.append("")
        baseline = (
            glyph.box[3] if baseline is None or not lines[-1] else max(baseline, glyph.box[3])
        )
        lines[-1] += glyph.char
    return without_radicals(join_lines([" ".join(line.split()) for line in lines]))
