"""Reading .xls and WPS .et with their formats, merges, hidden rows and error values."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib import import_module
from math import inf
from time import monotonic
from typing import Any, Literal

from indicators.submissions.guard import LONGEST_COMMENT
from indicators.submissions.reach import Reach
from indicators.submissions.sheet import Merge, Row, Sheet, Trouble, Value, Workbook

__all__ = ["ERRORS", "read_biff"]

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
"""What the error codes of a BIFF cell stand for: 29 is #NAME?, never the number 29."""

_BLANK, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 0, 1, 2, 3, 4, 5
_HIDDEN: tuple[Literal["", "hidden", "very_hidden"], ...] = ("", "hidden", "very_hidden")


def _value(sort: int, value: Any) -> Value:
    if sort == _TEXT:
        return str(value) or None
    if sort in (_NUMBER, _DATE):
        number = float(value)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    if sort == _BOOLEAN:
        return bool(value)
    if sort == _ERROR:
        return Trouble(ERRORS.get(int(value), "#ERROR"))
    return None


def _chinese(book: Any) -> bool:
    """Tell whether the declared code page lies: western, with Chinese read as mojibake."""
    if book.biff_version >= 80 or book.codepage in (936, 950, 1200, None):
        return False
    texts = [
        str(value)
        for sheet in book.sheets()
        for row in range(min(sheet.nrows, 40))
        for sort, value in zip(sheet.row_types(row), sheet.row_values(row), strict=True)
        if sort == _TEXT
    ]
    joined = "".join(texts)
    high = [each for each in joined if "\x80" <= each <= "\xff"]
    if len(high) < 4 or any("\u4e00" <= each <= "\u9fff" for each in joined):
        return False
    try:
        decoded = joined.encode(book.encoding or "latin-1", "replace").decode("gb18030")
    except (UnicodeDecodeError, LookupError):
        return False
    return sum("\u4e00" <= each <= "\u9fff" for each in decoded) * 2 >= len(high) * 0.8


def read_biff(content: bytes, reach: Reach | None = None) -> Workbook:
    """Read a BIFF workbook; with a ``reach`` the sheets and rows that its time allows.

    Raises:
        xlrd.XLRDError: it is encrypted or damaged.
    """
    xlrd: Any = import_module("xlrd")  # it comes without types

    quiet = io.StringIO()
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=quiet, on_demand=reach is not None
        )
    except (AssertionError, IndexError, KeyError, TypeError, ValueError, AttributeError):
        # A damaged style table: the values still read, percent formats are then unknown.
        return _without_formats(
            xlrd.open_workbook(file_contents=content, formatting_info=False, logfile=quiet)
        )
    if _chinese(book):
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=quiet, encoding_override="gb18030"
        )
    codes = {key: each.format_str for key, each in book.format_map.items()}
    styles = [codes.get(each.format_key, "General") for each in book.xf_list]
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    until = monotonic() + reach.seconds if reach else inf
    sheets = []
    for name, sheet in _sheets(book, until):
        if sheet is None:
            sheets.append(Sheet(name=name, rows=(), unread=-1))
            continue
        rows = []
        unread = 0
        for number in range(sheet.nrows):
            if monotonic() > until:
                unread = sheet.nrows - number
                break
            values = [
                _value(sort, value)
                for sort, value in zip(
                    sheet.row_types(number), sheet.row_values(number), strict=True
                )
            ]
            filled = [at for at, value in enumerate(values) if value is not None]
            if not filled:
                continue
            first, last = filled[0], filled[-1]
            formats = tuple(
                styles[sheet.cell_xf_index(number, at)] for at in range(first, last + 1)
            )
            rows.append(
                Row(
                    number + 1,
                    first + 1,
                    tuple(values[first : last + 1]),
                    shared.setdefault(formats, formats),
                )
            )
        sheets.append(
            Sheet(
                name=sheet.name,
                rows=tuple(rows),
                hidden=_HIDDEN[sheet.visibility if 0 <= sheet.visibility < 3 else 1],
                merges=tuple(
                    Merge(top + 1, left + 1, bottom, right)
                    for top, bottom, left, right in sheet.merged_cells
                ),
                hidden_rows=frozenset(
                    row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden
                ),
                hidden_columns=frozenset(
                    column + 1 for column, info in sheet.colinfo_map.items() if info.hidden
                ),
                comments=frozenset(
                    (row + 1, column + 1, str(note.text)[:LONGEST_COMMENT])
                    for (row, column), note in sheet.cell_note_map.items()
                ),
                date1904=bool(book.datemode),
                unread=unread,
            )
        )
    return Workbook(sheets=tuple(sheets), reader="biff", date1904=bool(book.datemode))


def _sheets(book: Any, until: float) -> Iterator[tuple[str, Any]]:
    """Load sheet after sheet, None in place of those for which no time is left."""
    for at, name in enumerate(book.sheet_names()):
        yield name, book.sheet_by_index(at) if monotonic() < until or not at else None


def _without_formats(book: Any) -> Workbook:
    """Return the values of a workbook whose styles cannot be read."""
    sheets = []
    for sheet in book.sheets():
        rows = []
        for number in range(sheet.nrows):
            types, given = sheet.row_types(number), sheet.row_values(number)
            values = tuple(map(_value, types, given))
            if any(value is not None for value in values):
                formats = tuple("yyyy-mm-dd" if sort == _DATE else "General" for sort in types)
                rows.append(Row(number + 1, 1, values, formats))
        sheets.append(
            Sheet(
                name=sheet.name,
                rows=tuple(rows),
                hidden=_HIDDEN[sheet.visibility if 0 <= sheet.visibility < 3 else 1],
                date1904=bool(book.datemode),
                formats_known=False,
            )
        )
    return Workbook(sheets=tuple(sheets), reader="biff", date1904=bool(book.datemode))
