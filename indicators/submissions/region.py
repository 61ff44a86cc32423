"""A stretch of a sheet, seen row by row: what sort each cell is, and which cells are one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from indicators.submissions.formats import format_sort
from indicators.submissions.sheet import UNCALCULATED, Merge, Row, Sheet, Trouble, Value
from indicators.submissions.values import MISSING, looks_numeric, normal

__all__ = ["TYPED", "Block", "Grid", "Place", "code_of", "is_filled"]

TYPED = frozenset("nNdbe=")
"""Codes of cells that hold a value and not a word."""

_MOST_MERGED_ROWS = 400_000
_MOST_PLACES = 250_000
"""Cells of the rows that are kept as places."""


@lru_cache(maxsize=65_536)
def _text_code(text: str) -> str:
    bare = text.strip()
    if not bare:
        return ""
    if looks_numeric(bare):
        return "N"
    return "-" if normal(bare).lower() in MISSING else "t"


def is_filled(value: Value) -> bool:
    """Tell whether something stands in a cell."""
    return value is not None and not (value.__class__ is str and not value.strip())


def code_of(value: Value, form: str) -> str:
    """Return what sort a cell is.

    t text, n number, N number as text, d day, b truth value, e error value, = formula without a
    value, - mark of a missing value; empty for a blank cell.
    """
    if value is None:
        return ""
    kind = value.__class__
    if kind is str:
        return _text_code(value)
    if kind is bool:
        return "b"
    if kind is Trouble:
        return "=" if value.name == UNCALCULATED else "e"  # type: ignore[union-attr]  # likewise
    return "d" if format_sort(form) in ("date", "time", "elapsed") else "n"


class Place(NamedTuple):
    """One cell as a reader sees it: a merged range is one."""

    left: int
    right: int
    top: int
    bottom: int
    code: str
    text: str
    value: Value

    @property
    def width(self) -> int:
        """Columns it covers."""
        return self.right - self.left + 1


class Grid:
    """A sheet with its merges by row."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.merges: dict[int, list[Merge]] = {}
        self.seen: dict[int, list[Place]] = {}
        """Rows that were asked for, as long as there is room for their cells."""
        self.room = _MOST_PLACES
        left = _MOST_MERGED_ROWS
        for merge in sorted(sheet.merges):
            left -= merge.height
            if left < 0:
                break
            for row in range(merge.top, merge.bottom + 1):
                self.merges.setdefault(row, []).append(merge)

    def codes(self, row: Row) -> dict[int, str]:
        """Return the sort of each cell of a row that is not blank."""
        found = {}
        for column, (value, form) in enumerate(
            zip(row.values, row.formats, strict=True), row.start
        ):
            code = code_of(value, form)
            if code:
                found[column] = code
        return found

    def places(self, number: int, left: int = 1, right: int = 16_384) -> list[Place]:
        """Return the cells that begin in a row, merged ranges as one, from left to right."""
        found = self.seen.get(number)
        if found is None:
            row = self.sheet.row(number)
            found = [] if row is None else self.placed(row)
            self.room -= len(found)
            if self.room > 0:
                self.seen[number] = found
        if not found or (left <= found[0].left and max(each.right for each in found) <= right):
            return found
        return [
            each if each.right <= right else each._replace(right=right)
            for each in found
            if left <= each.left <= right
        ]

    def placed(self, row: Row) -> list[Place]:
        """Return the cells that begin in a row."""
        number = row.number
        starts = {merge.left: merge for merge in self.merges.get(number, ()) if merge.top == number}
        found = []
        for column, (value, form) in enumerate(
            zip(row.values, row.formats, strict=True), row.start
        ):
            if value is None or not (code := code_of(value, form)):
                continue
            text = value.strip() if isinstance(value, str) else self.sheet.at(row, column).text
            merge = starts.get(column) if starts else None
            last, bottom = (merge.right, merge.bottom) if merge else (column, number)
            found.append(Place(column, last, number, bottom, code, text, value))
        return found

    def covering(self, number: int, left: int = 1, right: int = 16_384) -> list[Merge]:
        """Return merges with a value that reach into a row from above."""
        return [
            merge
            for merge in self.merges.get(number, ())
            if merge.top < number
            and left <= merge.left <= right
            and self.sheet.cell(merge.top, merge.left).kind != "blank"
        ]

    def text_at(self, number: int, column: int) -> str:
        """Return the text of a cell, that of its merged range where it is in one."""
        for merge in self.merges.get(number, ()):
            if merge.left <= column <= merge.right:
                return self.sheet.cell(merge.top, merge.left).text
        return self.sheet.cell(number, column).text


@dataclass(frozen=True, slots=True)
class Block:
    """Rows without a blank one between them, and the columns it reaches over."""

    rows: tuple[int, ...]
    left: int
    right: int
    common: tuple[int, ...] = ()
    """Rows above it that it shares with the tables beside it: their title, their unit."""

    @property
    def top(self) -> int:
        """First row."""
        return self.rows[0]

    @property
    def bottom(self) -> int:
        """Last row."""
        return self.rows[-1]
