"""A table as a file: CSV, Parquet or a workbook, safe to open and with its words beside it.

CSV is UTF-8 with a byte order mark, so that Excel reads Chinese; a text that a spreadsheet would
take for a formula gets an apostrophe before it (OWASP, "CSV Injection").  In a workbook every text
is stored as text.  Lists are joined by ``；``.  Magnitudes keep all their digits in CSV and Parquet;
a workbook holds at most 15, a longer one is written as text.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.errors import UsageError
from indicators.model import Record
from indicators.tables import Field, Table, table_of

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

__all__ = ["FORMATS", "neutral", "write"]

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_SHEET_ROWS = 1_000_000
_CELL_CHARACTERS = 32_767
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "\ufffd")


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_ACTIVE) else text


def _stated(value: object) -> object:
    """Return a value as CSV shows it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, tuple):
        return neutral("；".join(value))
    return value


def _write_csv(record: type[Record], rows: Iterable[Record], path: Path) -> None:
    names = [field.name for field in table_of(record).fields]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(names)
        for row in rows:
            lines.writerow([_stated(getattr(row, name)) for name in names])


def _write_parquet(record: type[Record], rows: Iterable[Record], path: Path) -> None:
    import pyarrow.parquet as pq

    from indicators.store.frames import frame_of

    pq.write_table(frame_of(record, list(rows)), path, compression="zstd")


class _Workbook:
    """A workbook written row by row, so that its size does not matter."""

    def __init__(self) -> None:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill

        self.book = Workbook(write_only=True)
        self._cell = WriteOnlyCell
        self._bold = Font(bold=True)
        self._fill = PatternFill("solid", fgColor="E8EEF4")
        self._wrap = Alignment(vertical="center", wrap_text=True)

    def sheet(self, title: str, headings: Sequence[str]) -> Any:
        from openpyxl.utils import get_column_letter

        sheet: Any = self.book.create_sheet(title)
        for place, heading in enumerate(headings, 1):
            width = min(60, 6 + 2 * len(heading))
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = "A2"
        sheet.append([self._heading(sheet, heading) for heading in headings])
        return sheet

    def _heading(self, sheet: Any, words: str) -> Cell:
        cell = self._text(sheet, words)
        cell.font, cell.fill, cell.alignment = self._bold, self._fill, self._wrap
        return cell

    def _text(self, sheet: Any, text: str) -> Cell:
        text = text.translate(_CONTROL)
        if len(text) > _CELL_CHARACTERS:
            text = text[: _CELL_CHARACTERS - 9] + "…（已截断）"
        cell: Cell = self._cell(sheet)
        cell.value = text
        cell.data_type = "s"  # openpyxl would make a formula of what begins with =
        return cell

    def value(self, sheet: Any, value: object) -> object:
        """Return what stands in a cell."""
        if isinstance(value, Decimal):
            digits = len(value.normalize().as_tuple().digits)
            return float(value) if digits <= 15 else self._text(sheet, format(value, "f"))
        if isinstance(value, datetime):
            return self._text(sheet, value.astimezone(UTC).isoformat())
        if isinstance(value, tuple):
            return self._text(sheet, "；".join(value))
        if isinstance(value, str):
            return self._text(sheet, value) if value else None
        return value


def _heading(field: Field) -> str:
    unit = {"unit": "", "base unit": "", "code points": ""}.get(
        field.column.unit, field.column.unit
    )
    return f"{field.column.zh}（{unit}）" if unit else field.column.zh


def _write_workbook(record: type[Record], rows: Iterable[Record], path: Path) -> None:
    table = table_of(record)
    book = _Workbook()
    names = [field.name for field in table.fields]
    headings = [_heading(field) for field in table.fields]
    remaining = iter(rows)
    for number, part in enumerate(_parts(remaining), 1):
        title = table.name if number == 1 else f"{table.name} {number}"
        sheet = book.sheet(title, headings)
        for row in part:
            sheet.append([book.value(sheet, getattr(row, name)) for name in names])
    words = book.sheet("字段说明", ["字段", "名称", "英文说明", "单位", "主键", "取值"])
    for described in describe(table):
        words.append([book.value(words, text) for text in described])
    book.book.save(path)


def _parts(rows: Iterator[Record]) -> Iterator[list[Record]]:
    """Yield the rows sheet by sheet; an empty table is one empty sheet."""
    yield list(islice(rows, _SHEET_ROWS))
    while part := list(islice(rows, _SHEET_ROWS)):
        yield part


def describe(table: Table) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Yield for each field its name, Chinese label, English words, unit, key and choices."""
    for field in table.fields:
        column = field.column
        choices = "、".join(filter(None, field.choices))
        yield field.name, column.zh, column.en, column.unit, "是" if column.key else "", choices


_WRITERS: Mapping[str, Callable[[type[Record], Iterable[Record], Path], None]] = {
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".xlsx": _write_workbook,
}
FORMATS = tuple(suffix[1:] for suffix in _WRITERS)


def write(record: type[Record], rows: Iterable[Record], path: Path, suffix: str = "") -> None:
    """Write a table to a file.

    Args:
        record: the class of the rows.
        rows: the rows, in order.
        path: the file; it is written over.
        suffix: ``.csv``, ``.parquet`` or ``.xlsx`` where the file's own name does not say.

    Raises:
        UsageError: the suffix is none of these.
    """
    suffix = suffix or path.suffix.lower()
    if suffix not in _WRITERS:
        raise UsageError(
            f"不认识的表格格式“{suffix}”", place=str(path), action="请用 .csv、.parquet 或 .xlsx"
        )
    _WRITERS[suffix](record, rows, path)
