"""A workbook as the rooms behind the reader see it: plain frozen records, no library.

Rows are kept compactly (a tuple of values, a tuple of number formats that many rows share), so
that two hundred thousand of them fit; a ``Cell`` is made when one is looked at.  A value is text,
a number, a truth value, ``None``, or a ``Trouble``: an error value or a formula that was never
calculated.  A day is kept as its serial number, as the file has it; the number format says that it
is one, and ``Cell.day`` reads it in the date system of its workbook.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Literal, NamedTuple

from indicators.submissions.formats import FormatSort, format_sort

__all__ = [
    "Cell",
    "CellKind",
    "Merge",
    "Row",
    "Sheet",
    "Trouble",
    "Value",
    "Workbook",
    "address",
    "column_number",
    "letter",
    "span",
]

CellKind = Literal["blank", "text", "number", "boolean", "date", "error", "uncalculated"]

_STRIP = 64
"""Rows of a sheet that share a list of the merged ranges in them."""
UNCALCULATED = "="
"""What a ``Trouble`` says of a formula without a cached value."""


class Trouble(NamedTuple):
    """What stands in a cell that has no usable value: ``#DIV/0!`` … or ``=``."""

    name: str


Value = str | int | float | bool | Trouble | None


@lru_cache(maxsize=20_000)
def letter(column: int) -> str:
    """Return the letters of a column, 1 being A."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """Return the number of a column by its letters."""
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - 64
    return number


def address(row: int, column: int) -> str:
    """Return the address of a cell, such as C7."""
    return f"{letter(column)}{row}"


def span(top: int, left: int, bottom: int, right: int) -> str:
    """Return the address of a range, such as A1:C7."""
    return f"{address(top, left)}:{address(bottom, right)}"


class Merge(NamedTuple):
    """A merged range; its value stands in the first cell."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def width(self) -> int:
        """Columns it covers."""
        return self.right - self.left + 1

    @property
    def height(self) -> int:
        """Rows it covers."""
        return self.bottom - self.top + 1


class Cell(NamedTuple):
    """One cell."""

    row: int
    column: int
    value: Value
    format: str = "General"
    formula: bool = False
    date1904: bool = False

    @property
    def address(self) -> str:
        """Such as C7."""
        return address(self.row, self.column)

    @property
    def sort(self) -> FormatSort:
        """What its number format shows: a plain number, a percentage, a day."""
        return format_sort(self.format)

    @property
    def kind(self) -> CellKind:
        """What stands in it."""
        value = self.value
        if value is None:
            return "blank"
        if isinstance(value, str):
            return "text" if value.strip() else "blank"
        if isinstance(value, Trouble):
            return "uncalculated" if value.name == UNCALCULATED else "error"
        if value.__class__ is bool:
            return "boolean"
        if not isfinite(value):
            return "error"  # a file may say NaN or 1e999; no program writes it
        return "date" if format_sort(self.format) in ("date", "time", "elapsed") else "number"

    @property
    def text(self) -> str:
        """The value as text, the way a person would write it; percent as it is shown."""
        value = self.value
        if value is None:
            return ""
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, Trouble):
            return value.name
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        sort = self.sort
        if sort == "date" and (day := self.day) is not None:
            return day.isoformat()
        if sort == "percent":
            return f"{plain(Decimal(repr(value)) * 100)}%"
        return str(value) if isinstance(value, int) else plain(Decimal(repr(value)))

    @property
    def magnitude(self) -> Decimal | None:
        """The number as it is shown: a cell in a percent format counts in percent points."""
        value = self.value
        if value.__class__ is int:
            exact = Decimal(value)
        elif value.__class__ is float and isfinite(value):
            exact = Decimal(repr(value))
        else:
            return None
        return exact * 100 if self.sort == "percent" else exact

    @property
    def day(self) -> date | None:
        """The day of a date cell."""
        moment = self.moment
        return None if moment is None else moment.date()

    @property
    def moment(self) -> datetime | None:
        """The moment of a date cell; serial 60 (29 February 1900, which never was) is none."""
        value = self.value
        if isinstance(value, bool | str | Trouble) or value is None:
            return None
        if self.sort not in ("date", "time"):
            return None
        return serial_moment(float(value), date1904=self.date1904)


def plain(number: Decimal) -> str:
    """Return a number without exponent and without trailing zeros."""
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def serial_moment(serial: float, *, date1904: bool = False) -> datetime | None:
    """Return the moment of a serial day number, or None where there is none."""
    if date1904:
        start = datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet's day has no zone
    elif 60 <= serial < 61:
        return None
    else:
        # Excel counts a 29 February 1900; before it the count starts a day later.
        start = datetime(1899, 12, 30 if serial >= 61 else 31)  # noqa: DTZ001
    if not 0 <= serial < 2_958_466:
        return None
    return start + timedelta(seconds=round(serial * 86_400))


class Row(NamedTuple):
    """One row that has something in it."""

    number: int
    start: int
    """Column of the first value."""
    values: tuple[Value, ...]
    formats: tuple[str, ...]
    """Number format of each value; shared among rows."""
    formulas: tuple[int, ...] = ()
    """Columns whose values a formula gave."""

    def text(self, column: int) -> str:
        """Return the text that stands in a column, as ``Cell.text`` does; empty for all else."""
        place = column - self.start
        value = self.values[place] if 0 <= place < len(self.values) else None
        return value.strip() if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet."""

    name: str
    rows: tuple[Row, ...]
    """Rows with something in them, by number."""
    hidden: Literal["", "hidden", "very_hidden"] = ""
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: frozenset[tuple[int, int, str]] = frozenset()
    """Row, column and words of each."""
    date1904: bool = False
    formats_known: bool = True
    unread: int = 0
    """Rows that a look left out because there are too many; -1 where nobody counted them."""
    _numbers: tuple[int, ...] = field(default=(), repr=False, compare=False)
    _merged: dict[int, list[Merge]] = field(default_factory=dict, repr=False, compare=False)
    """Merged ranges by the strips of rows that they reach into; a list of every row could be long."""

    def __post_init__(self) -> None:
        """Index the rows by number, and the merged ranges."""
        object.__setattr__(self, "_numbers", tuple(row.number for row in self.rows))
        strips: dict[int, list[Merge]] = {}
        for merge in self.merges:
            for strip in range(merge.top // _STRIP, merge.bottom // _STRIP + 1):
                strips.setdefault(strip, []).append(merge)
        object.__setattr__(self, "_merged", strips)

    def row(self, number: int) -> Row | None:
        """Return a row by its number, None when nothing stands in it."""
        at = bisect_left(self._numbers, number)
        if at < len(self._numbers) and self._numbers[at] == number:
            return self.rows[at]
        return None

    def merge_at(self, row: int, column: int) -> Merge | None:
        """Return the merged range that a cell lies in, the first where a file has several."""
        for merge in self._merged.get(row // _STRIP, ()):
            if merge.top <= row <= merge.bottom and merge.left <= column <= merge.right:
                return merge
        return None

    def among(self, numbers: Iterable[int]) -> Iterator[Row]:
        """Walk the rows with these numbers, which rise; faster than asking for each."""
        at, rows = 0, self.rows
        for number in numbers:
            if not (at < len(rows) and rows[at].number == number):
                at = bisect_left(self._numbers, number)
            if at < len(rows) and rows[at].number == number:
                yield rows[at]
                at += 1

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; blank where the file has none."""
        found = self.row(row)
        if found is None or not 0 <= column - found.start < len(found.values):
            return Cell(row, column, None)
        return self.at(found, column)

    def at(self, row: Row, column: int) -> Cell:
        """Return the cell of a row in a column."""
        place = column - row.start
        if not 0 <= place < len(row.values):
            return Cell(row.number, column, None)
        return Cell(
            row.number,
            column,
            row.values[place],
            row.formats[place],
            column in row.formulas,
            self.date1904,
        )

    def cells(self, row: Row) -> Iterator[Cell]:
        """Walk the cells of a row that are not blank."""
        for column, value in enumerate(row.values, row.start):
            if value is not None and value != "":
                cell = self.at(row, column)
                if cell.kind != "blank":
                    yield cell


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as it was read."""

    sheets: tuple[Sheet, ...]
    reader: str
    """Which reader read it: ooxml, bulk, biff, text."""
    date1904: bool = False
    macros: bool = False
    links: bool = False
    """Whether it refers to other workbooks."""
    names: tuple[tuple[str, str], ...] = ()
    """Defined names with what they stand for; the sources of drop-downs without a name."""

    @property
    def list_sheets(self) -> frozenset[str]:
        """Names of the sheets from which drop-downs take their choices."""
        meaning = dict(self.names)
        sources = [meaning.get(text.lstrip("="), text) for name, text in self.names if not name]
        return frozenset(
            source.lstrip("=").rpartition("!")[0].strip("'").replace("''", "'")
            for source in sources
            if "!" in source
        )

    def sheet(self, name: str) -> Sheet | None:
        """Return a sheet by name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def parse_span(written: str) -> Merge | None:
    """Read a range such as A1:C7 or B2; None where it is no range."""
    found = _ADDRESS.findall(written)
    if not 1 <= len(found) <= 2:
        return None
    (left, top), (right, bottom) = found[0], found[-1]
    return Merge(int(top), column_number(left), int(bottom), column_number(right))
