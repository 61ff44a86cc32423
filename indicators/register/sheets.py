"""Workbooks that people filled in, read back: every value with its cell.

Opening a file is not this room's: ``submissions.filled`` does it behind the guard that every
workbook passes.  Reading finds the header by its words, so that a moved column is still understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from indicators.findings import Finding
from indicators.register.books import Sheet
from indicators.register.findings import FINDINGS

__all__ = ["Book", "Cell", "Line", "lines"]

_HEADER_ROWS = 12
"""How far down the header is looked for."""


Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with where it stands."""

    value: Value
    address: str
    trouble: str = ""
    """Why there is no usable value: an error value, a formula without a result."""

    @property
    def text(self) -> str:
        """The value as text, days as ISO, whole numbers without a point."""
        value = self.value
        if value is None:
            return ""
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value).strip()


Row = tuple[int, Mapping[int, Cell]]
"""Number of a row, and its cells that hold anything by number of column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook that a person filled in, opened and read."""

    file: str
    content: bytes
    sheets: Mapping[str, Sequence[Row]]
    """Rows that hold anything, by name of sheet."""
    demonstration: bool = False
    """It says of itself that it is made up for show."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet that was read: values by column key."""

    sheet: str
    row: int
    cells: Mapping[str, Cell] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Return a value as text, empty where there is none."""
        return self.cells[key].text if key in self.cells else ""

    def address(self, key: str) -> str:
        """Return the cell of a value."""
        return self.cells[key].address if key in self.cells else f"A{self.row}"

    def day(self, key: str) -> date | None:
        """Return a value as a day, nothing where it is empty.

        Raises:
            ValueError: it is no day.
        """
        text = self.text(key)
        if not text:
            return None
        found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
        if not found:
            raise ValueError(text)
        return date(int(found[1]), int(found[2]), int(found[3]))


def lines(
    book: Book, layout: Sheet, findings: list[Finding], *, needed: Iterable[str] = ()
) -> Iterator[Line]:
    """Yield the rows of a sheet that hold anything, values by column key.

    Args:
        book: the workbook.
        layout: the sheet looked for; a missing one is a finding if any of ``needed`` is named.
        findings: where findings go.
        needed: keys of columns that must be there.
    """
    needed = tuple(needed)
    rows = book.sheets.get(layout.name)
    if rows is None:
        if needed:
            findings.append(FINDINGS["register-sheet"].at(book.file, expected=layout.name))
        return
    headers = layout.headers
    at: dict[str, int] = {}
    header_row = 0
    for number, cells in rows:
        if number > _HEADER_ROWS:
            break
        found = {
            headers[cell.text]: column for column, cell in cells.items() if cell.text in headers
        }
        if len(found) > len(at):
            at, header_row = found, number
    words = {each.key: each.header for each in layout.columns}
    missing = [words[key] for key in needed if key not in at]
    if missing:
        findings += [
            FINDINGS["register-sheet"].at(book.file, sheet=layout.name, cell="A3", expected=word)
            for word in missing
        ]
        return
    heads = next(cells for number, cells in rows if number == header_row) if at else {}
    letters = {key: heads[column].address.rstrip("0123456789") for key, column in at.items()}
    for number, cells in rows:
        if number <= header_row:
            continue
        read = {
            key: cells.get(column) or Cell(None, f"{letters[key]}{number}")
            for key, column in at.items()
        }
        if not any(cell.value not in (None, "") or cell.trouble for cell in read.values()):
            continue
        findings += [
            FINDINGS["register-trouble"].at(
                book.file, sheet=layout.name, cell=cell.address, found=cell.trouble
            )
            for cell in read.values()
            if cell.trouble
        ]
        yield Line(layout.name, number, read)
