"""Rows of a large sheet by pattern: the same cells as the parser of ``ooxml`` gives, faster.

Excel, WPS, LibreOffice and the usual libraries all write cells in one form, and most rows of a large
sheet have the same cells in the same styles: a form that is met often becomes a pattern of its own
(``shape``).  Where a row is not of the usual form, or the part holds anything unusual (comments,
CDATA, prefixes), the sheet is left to the parser; a test holds that all ways give every cell alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter

from indicators.submissions.guard import Weight
from indicators.submissions.shape import Form, Reading, Shape, form_of, steady
from indicators.submissions.sheet import Row

__all__ = ["LARGE", "rapid_rows", "rows_between"]

LARGE = 128 * 2**10
"""Bytes of a sheet from which the pattern is worth it."""

_ROW = re.compile(rb'<row r="(\d{1,7})"([^>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d{1,6})")?(?: t="([A-Za-z]{1,9})")?'
    rb"(?:/>|>(<f(?:/>| [^>]*/>|[^>]*>[^<]*</f>))?"
    rb'(?:<v(?: xml:space="preserve")?>([^<]*)</v>|(<v/>|<v></v>)|<is><t(?: [^>]*)?>([^<]*)</t></is>)?</c>)'
)
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_OFTEN = 20
"""Rows of one form after which it is worth a pattern."""
_SHAPES = 12
"""Patterns that are tried on a row, the last one that fitted first."""
_AT_ONCE = 8_192
"""Rows of a form that are read together."""
_FORMS, _WIDEST = 5_000, 256
"""Rows whose form is looked at, and cells of a row that may become a pattern."""


def rows_between(content: bytes) -> tuple[int, int] | None:
    """Return where a sheet's rows stand, None where it must be parsed as a whole."""
    start, end = content.find(b"<sheetData>"), content.rfind(b"</sheetData>")
    if start < 0 or end < start or content.find(b"<!", 0, end) >= 0:
        return None
    start += len(b"<sheetData>")
    if content.find(b"\x00", start, min(start + 200, end)) >= 0:
        return None
    return start, end


def rapid_rows(
    content: bytes,
    between: tuple[int, int],
    texts: Sequence[str],
    styles: Sequence[str],
    weight: Weight,
) -> tuple[list[Row], set[int]] | None:
    """Return the rows of a sheet and which are hidden, None where a row is of another form.

    Raises:
        Refused: the sheet passes a limit.
    """
    reader = _Rows(Reading(texts, styles), weight)
    place, end = between
    try:
        while place < end:
            place = reader.run(content, place, end) or reader.one(content, place, end)
            if not place:
                return None
        reader.read_met()
    except (ValueError, IndexError):
        return None
    reader.found.sort(key=itemgetter(0))
    return reader.found, reader.hidden


class _Rows:
    """Reads row after row, and learns their forms; the order of ``found`` is not that of the sheet."""

    def __init__(self, reading: Reading, weight: Weight) -> None:
        self.reading = reading
        self.weight = weight
        self.found: list[Row] = []
        self.hidden: set[int] = set()
        self.last = 0
        self.shapes: list[Shape] = []
        self.times: Counter[Form] = Counter()
        self.left = _FORMS

    def run(self, content: bytes, place: int, end: int) -> int:
        """Take in rows of known forms as long as they follow each other; return where they end."""
        start, last = place, self.last
        shapes = self.shapes
        while place < end:
            for shape in shapes:
                match = shape.match(content, place, end)
                if match is not None:
                    break
            else:
                break
            if shape is not shapes[0]:
                shapes.remove(shape)
                shapes.insert(0, shape)
            groups = match.groups()
            number = int(groups[0])
            if number <= last:
                raise ValueError(number)
            last = number
            if b"hidden" in groups[1] and _HIDDEN.search(groups[1]):
                self.hidden.add(number)
            shape.met.append(groups)
            if len(shape.met) >= _AT_ONCE:
                self.add(shape.rows())
            place = match.end()
        self.last = last
        return place if place > start else 0

    def one(self, content: bytes, place: int, end: int) -> int:
        """Take in a row by its cells; return where it ends, 0 where it is of no usual form."""
        match = _ROW.match(content, place, end)
        if match is None:
            return 0
        number = int(match[1])
        if number <= self.last or not self.read(number, match[3] or b""):
            return 0
        self.last = number
        if b"hidden" in match[2] and _HIDDEN.search(match[2]):
            self.hidden.add(number)
        return match.end()

    def read(self, number: int, body: bytes) -> bool:
        """Read a row by its cells; tell whether it is of the usual form."""
        cells = _CELL.findall(body)
        if len(cells) != body.count(b"<c ") + body.count(b"<c>"):
            return False
        row = self.reading.row(number, cells)
        if row is None:
            return False
        if row.values:
            self.add([row])
        if row.values and self.left and len(self.shapes) < _SHAPES and len(cells) <= _WIDEST:
            self.left -= 1
            form = form_of(cells)
            self.times[form] += 1
            if self.times[form] == _OFTEN and steady(form, self.reading, row):
                self.shapes.insert(0, Shape(form, self.reading, row))
        return True

    def read_met(self) -> None:
        """Read the rows that wait in the patterns."""
        for shape in self.shapes:
            self.add(shape.rows())

    def add(self, rows: Iterable[Row]) -> None:
        """Take rows in."""
        some = list(rows)
        self.weight.add_rows([len(row.values) for row in some])
        self.found += some
