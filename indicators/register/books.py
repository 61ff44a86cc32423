"""Workbooks that people decide in: one way to lay out a sheet, ready to fill in and to print.

A sheet is a title line, a note, a header and rows.  Its first columns are hidden keys; choices are
drop-downs; what may be filled in has a light ground.  ``sheets`` reads it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "DEMONSTRATION",
    "FONT",
    "Column",
    "Sheet",
    "height",
    "new_book",
    "save",
    "write_sheet",
]

DEMONSTRATION = "演示数据"
"""Stands in the title of a workbook whose contents are made up for show."""
FONT = "Noto Sans CJK SC"
_INK, _GROUND, _FILL_IN, _RULE = "1F2D3D", "E8EEF4", "FFFBEA", "C9D3DD"
_LONGEST_TEXT = 32_767
_WIDE = 0x2E80
"""From this code point on a character takes two places."""


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
