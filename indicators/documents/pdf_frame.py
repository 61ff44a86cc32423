"""The characters and ruled cells of a PDF page, turned so that the text stands upright.

pdfium gives the characters with their boxes (and the true characters, where other readers give
radicals); pdfplumber gives the cells of ruled tables, and only on pages that have ruling lines.
All boxes are (left, top, right, bottom) of the page as it is read, in points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import degrees
from typing import Any, Final

__all__ = ["Box", "Frame", "Glyph", "glyphs", "has_image", "ruled", "tables"]

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
class Frame:
    """A page as it is read: its media box, and by how many degrees it is turned for that."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is read."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn in {90, 270} else (width, height)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Return where a rectangle of the file's own coordinates stands on the page as read."""
        if self.turn == 90:
            return (y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left)
        if self.turn == 180:
            return (self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom)
        if self.turn == 270:
            return (self.top - y1, self.right - x1, self.top - y0, self.right - x0)
        return (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)

    def turned(self, box: Box, shown: int) -> Box:
        """Return a box of the page as it is shown (its /Rotate) on the page as it is read."""
        x0, y0, x1, y1 = box
        if shown == 90:
            own = (y0 + self.left, x0 + self.bottom, y1 + self.left, x1 + self.bottom)
        elif shown == 180:
            own = (self.right - x1, y0 + self.bottom, self.right - x0, y1 + self.bottom)
        elif shown == 270:
            own = (self.right - y1, self.top - x1, self.right - y0, self.top - x0)
        else:
            own = (x0 + self.left, self.top - y1, x1 + self.left, self.top - y0)
        return self.box(*own)


def glyphs(page: Any) -> tuple[list[Glyph], Frame]:
    """Return the characters of a pdfium page, and the page turned so that most stand upright.

    Landscape tables are drawn sideways on an upright page as often as the page itself is turned;
    only the direction of the characters tells.  Slanted characters are a watermark and left out.
    """
    from pypdfium2 import raw

    text = page.get_textpage()
    found: list[tuple[str, int, tuple[float, float, float, float]]] = []
    directions = Counter[int]()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char.isspace():  # gaps and heights tell better where a word or a line ends
            continue
        angle = round(degrees(raw.FPDFText_GetCharAngle(text, index))) % 360
        direction = (angle + 45) // 90 % 4 * 90
        if abs((angle - direction + 180) % 360 - 180) > 10:
            continue
        directions[direction] += 1
        found.append((char, direction, text.get_charbox(index, loose=True)))
    text.close()
    most = directions.most_common(1)[0][0] if directions else 0
    left, bottom, right, top = page.get_mediabox()
    frame = Frame(left, bottom, right, top, most)
    return [Glyph(char, frame.box(*box)) for char, _, box in found], frame


def has_image(page: Any) -> bool:
    """Tell whether a page shows a picture."""
    from pypdfium2 import raw

    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def ruled(page: Any) -> bool:
    """Tell whether a page has enough drawn paths for a table."""
    from pypdfium2 import raw

    paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)
    return sum(1 for _ in islice(paths, _RULES)) == _RULES


def tables(page: Any, frame: Frame, shown: int) -> list[tuple[Box, list[list[Box | None]]]]:
    """Return box and cells of the ruled tables of a pdfplumber page; frames of one cell are none.

    Args:
        page: the page, whose boxes are those of the page as it is shown.
        frame: the page as it is read.
        shown: by how many degrees the file turns the page.
    """
    found = []
    for table in page.find_tables():
        if len(table.cells) > _MOST_CELLS:
            continue
        cells = _grid([frame.turned(cell, shown) for cell in table.cells])
        if len(cells) >= 2 and len(cells[0]) >= 2 and len(table.cells) >= 4:
            found.append((frame.turned(table.bbox, shown), cells))
    return found


def _grid(cells: Sequence[Box]) -> list[list[Box | None]]:
    """Return cells by row and column; where a merged cell goes on there is none."""
    columns, rows = _edges(cell[0] for cell in cells), _edges(cell[1] for cell in cells)
    grid: list[list[Box | None]] = [[None] * len(columns) for _ in rows]
    for cell in cells:
        grid[_nearest(rows, cell[1])][_nearest(columns, cell[0])] = cell
    return grid


def _edges(values: Iterable[float]) -> list[float]:
    """Return the distinct edges, those within three points taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 3:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    """Return the edge that a value belongs to."""
    return max(0, bisect_right(edges, value + 0.01) - 1)
