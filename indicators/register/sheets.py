"""Workbooks that people filled in, read back: every value with its cell.

Reading finds the header by its words, so that a moved column is still understood.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.errors import UnreadableInput, unreadable
from indicators.findings import Finding
from indicators.register.books import DEMONSTRATION, Sheet
from indicators.register.findings import FINDINGS

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

__all__ = ["Cell", "Line", "is_demonstration", "lines", "open_book"]

_MOST_BYTES = 50 * 2**20
_MOST_UNPACKED = 300 * 2**20
_HEADER_ROWS = 12
"""How far down the header is looked for."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with where it stands."""

    value: Any
    address: str

    @property
    def text(self) -> str:
        """The value as text, days as ISO, whole numbers without a point."""
        value = self.value
        if value is None:
            return ""
        if isinstance(value, datetime | date):
            return value.strftime("%Y-%m-%d")
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value).strip()


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

    def decimal(self, key: str) -> Decimal | None:
        """Return a value as an exact number, nothing where it is empty.

        Raises:
            InvalidOperation: it is no number.
        """
        text = self.text(key).replace(",", "").replace("，", "")
        if not text:
            return None
        value = Decimal(text)
        if not value.is_finite():
            raise InvalidOperation
        return value

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


def is_demonstration(book: Workbook) -> bool:
    """Tell whether a workbook says of itself that it is made up for show."""
    if DEMONSTRATION in (book.properties.keywords or ""):
        return True
    return any(DEMONSTRATION in str(sheet["A1"].value or "") for sheet in book.worksheets)


def open_book(path: Path) -> Workbook:
    """Open a workbook that a person filled in.

    Raises:
        UnreadableInput: it is no workbook, encrypted, or too large to be one of ours.
    """
    from openpyxl import load_workbook

    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableInput(
            "是加密的工作簿或旧的 .xls 格式", place=str(path), action="请取消密码并另存为 .xlsx"
        )
    if not content.startswith(b"PK"):
        raise UnreadableInput("不是 .xlsx 工作簿", place=str(path), action="请使用导出的工作簿")
    unpacked = _unpacked(content)
    if len(content) > _MOST_BYTES or unpacked > _MOST_UNPACKED:
        raise UnreadableInput(
            f"展开后有 {unpacked // 2**20} MiB，过大",
            place=str(path),
            action="请使用导出的工作簿",
        )
    try:
        book: Workbook = load_workbook(BytesIO(content), data_only=True, keep_links=False)
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever its parsers raise
        raise UnreadableInput(
            f"工作簿已损坏（{type(error).__name__}）", place=str(path), action="请重新导出"
        ) from None
    return book


def _unpacked(content: bytes) -> int:
    """Return how many bytes a packed file says it unpacks to; 0 where it cannot be told."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            return sum(each.file_size for each in parts.infolist())
    except zipfile.BadZipFile:
        return 0


def lines(
    book: Workbook, layout: Sheet, file: str, findings: list[Finding], *, needed: Iterable[str] = ()
) -> Iterator[Line]:
    """Yield the rows of a sheet that hold anything, values by column key.

    Args:
        book: the workbook.
        layout: the sheet looked for; a missing one is a finding if any of ``needed`` is named.
        file: name of the workbook, for findings.
        findings: where findings go.
        needed: keys of columns that must be there.
    """
    needed = tuple(needed)
    if layout.name not in book.sheetnames:
        if needed:
            findings.append(FINDINGS["register-sheet"].at(file, expected=layout.name))
        return
    sheet = book[layout.name]
    headers = layout.headers
    at: dict[str, int] = {}
    header_row = 0
    for row in range(1, min(sheet.max_row, _HEADER_ROWS) + 1):
        found = {
            headers[str(cell.value).strip()]: cell.column
            for cell in sheet[row]
            if cell.value is not None and str(cell.value).strip() in headers
        }
        if len(found) > len(at):
            at, header_row = found, row
    words = {each.key: each.header for each in layout.columns}
    missing = [words[key] for key in needed if key not in at]
    if missing:
        findings += [
            FINDINGS["register-sheet"].at(file, sheet=layout.name, cell="A3", expected=word)
            for word in missing
        ]
        return
    for cells in sheet.iter_rows(min_row=header_row + 1):
        read = {
            key: Cell(cells[column - 1].value, cells[column - 1].coordinate)
            for key, column in at.items()
            if column <= len(cells)
        }
        if any(each.value not in (None, "") for each in read.values()):
            yield Line(layout.name, cells[0].row or 0, read)
