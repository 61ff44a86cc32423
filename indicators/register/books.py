"""Workbooks that people decide in: one way to lay out a sheet and one way to read it back.

A sheet is a title line, a note, a header and rows.  Its first columns are hidden keys; choices are
drop-downs; what may be filled in has a light ground.  Reading finds the header by its words, so
that a moved column is still understood, and gives every value with its cell.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.errors import UnreadableInput
from indicators.findings import Finding
from indicators.register.findings import FINDINGS

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "DEMONSTRATION",
    "Cell",
    "Column",
    "Line",
    "Sheet",
    "height",
    "is_demonstration",
    "lines",
    "new_book",
    "open_book",
    "save",
    "write_sheet",
]

DEMONSTRATION = "演示数据"
"""Stands in the title of a workbook whose contents are made up for show."""
FONT = "Noto Sans CJK SC"
_INK, _GROUND, _FILL_IN, _RULE = "1F2D3D", "E8EEF4", "FFFBEA", "C9D3DD"
_MOST_BYTES = 50 * 2**20
_MOST_UNPACKED = 300 * 2**20
_LONGEST_TEXT = 32_767
_WIDE = 0x2E80
"""From this code point on a character takes two places."""
_HEADER_ROWS = 12
"""How far down the header is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a sheet."""

    key: str
    header: str
    width: float = 14
    hidden: bool = False
    filled_in: bool = False
    """People write here."""
    choices: tuple[str, ...] = ()
    format: str = ""
    wrap: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How a sheet looks."""

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    landscape: bool = True
    paper: int = 8
    """8 is A3, 9 is A4, as Excel numbers papers."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Header → key."""
        return {each.header: each.key for each in self.columns}


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


def new_book(title: str, *, demonstration: bool = False) -> Workbook:
    """Return an empty workbook; a demonstration says so in its properties."""
    from openpyxl import Workbook

    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    book.properties.title = title
    book.properties.creator = "indicators"
    book.properties.keywords = DEMONSTRATION if demonstration else ""
    return book


def is_demonstration(book: Workbook) -> bool:
    """Tell whether a workbook says of itself that it is made up for show."""
    if DEMONSTRATION in (book.properties.keywords or ""):
        return True
    return any(DEMONSTRATION in str(sheet["A1"].value or "") for sheet in book.worksheets)


def _put(cell: Any, value: object) -> None:
    from openpyxl.cell.rich_text import CellRichText

    if isinstance(value, str):
        value = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", value)[:_LONGEST_TEXT]
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    cell.value = value
    if isinstance(value, str | CellRichText):
        # Text that begins with = must stay text.
        cell.data_type = "s"


def height(
    values: Mapping[str, object], columns: Sequence[Column], narrow: Iterable[str] = ()
) -> float:
    """Return the height of a row in points: what its longest wrapped cell needs.

    Args:
        values: by column key.
        columns: with their widths, in characters.
        narrow: keys of columns that do not count, such as merged ones.
    """
    most = 1
    for column in columns:
        if column.hidden or column.key in narrow:
            continue
        for part in str(values.get(column.key) or "").split("\n"):
            wide = sum(2 if ord(sign) > _WIDE else 1 for sign in part)
            most = max(most, ceil(wide / max(1.0, column.width - 1.5)))
    return min(400.0, max(20.0, 13.5 * most + 6))


def write_sheet(
    book: Workbook,
    layout: Sheet,
    rows: Sequence[Mapping[str, object]],
    *,
    demonstration: bool = False,
    spare: int = 0,
) -> Worksheet:
    """Add a sheet with its rows, ready to fill in and to print.

    Args:
        book: the workbook.
        layout: how it looks.
        rows: values by column key.
        demonstration: mark the title.
        spare: empty rows below that may be filled in.
    """
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet: Worksheet = book.create_sheet(layout.name)
    visible = next((index for index, each in enumerate(layout.columns, 1) if not each.hidden), 1)
    mark = f"（{DEMONSTRATION}）" if demonstration else ""
    sheet["A1"].value = layout.title + mark
    if visible > 1:
        # The key columns are hidden: the words stand where they can be seen.
        sheet.cell(1, visible).value = layout.title + mark
    sheet.cell(1, visible).font = Font(name=FONT, size=15, bold=True, color=_INK)
    sheet.cell(2, visible).value = layout.note
    sheet.cell(2, visible).font = Font(name=FONT, size=9, color="5A6B7B")
    sheet.row_dimensions[1].height = 26
    sheet.row_dimensions[2].height = 18
    line = Side(style="thin", color=_RULE)
    border = Border(top=line, bottom=line, left=line, right=line)
    head_font = Font(name=FONT, size=10, bold=True, color=_INK)
    font = Font(name=FONT, size=10, color=_INK)
    ground = PatternFill("solid", start_color=_GROUND)
    fill_in = PatternFill("solid", start_color=_FILL_IN)
    last = 3 + len(rows) + spare
    wrapped = [each for each in layout.columns if each.wrap]
    for at, values in enumerate(rows, 4):
        sheet.row_dimensions[at].height = height(values, wrapped)
    for index, column in enumerate(layout.columns, 1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.hidden
        head = sheet.cell(3, index, column.header)
        head.font, head.fill, head.border = head_font, ground, border
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if column.choices and last > 3:
            check = DataValidation(
                type="list",
                formula1='"' + ",".join(column.choices) + '"',
                allow_blank=True,
                showErrorMessage=True,
                errorTitle="请从列表选择",
                error="可选：" + "、".join(column.choices),
            )
            check.add(f"{letter}4:{letter}{last}")
            sheet.add_data_validation(check)
        # One named style a column: to style cell by cell takes several times as long.
        style = NamedStyle(
            name=f"{layout.name} {column.header}",
            font=font,
            border=border,
            fill=fill_in if column.filled_in else PatternFill(),
            alignment=Alignment(
                vertical="center",
                wrap_text=column.wrap,
                horizontal="right" if column.right else None,
            ),
            number_format=column.format or "General",
        )
        book.add_named_style(style)
        for at in range(4, last + 1):
            cell = sheet.cell(at, index)
            cell.style = style.name
            if at - 4 < len(rows):
                _put(cell, rows[at - 4].get(column.key))
    sheet.row_dimensions[3].height = 30
    sheet.freeze_panes = f"{get_column_letter(visible + 2)}4"
    if rows:
        sheet.auto_filter.ref = f"A3:{get_column_letter(len(layout.columns))}{last}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape" if layout.landscape else "portrait"
    sheet.page_setup.paperSize = layout.paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "3:3"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    return sheet


def save(book: Workbook, path: Path) -> None:
    """Write a workbook whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    book.save(part)
    part.replace(path)


def open_book(path: Path) -> Workbook:
    """Open a workbook that a person filled in.

    Raises:
        UnreadableInput: it is no workbook, encrypted, or too large to be one of ours.
    """
    from openpyxl import load_workbook

    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(
            f"读不出（{error.strerror or error}）", place=str(path), action="请检查路径和权限"
        ) from None
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
