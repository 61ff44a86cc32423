"""Workbooks that people decide in: one way to lay out a sheet, ready to fill in and to print.

A sheet is a title line, a note, a header and rows.  Its first columns are hidden keys; choices are
drop-downs; what may be filled in has a light ground.  ``sheets`` reads it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators import figures
from indicators.outputs import printable, whole

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
_INK, _GROUND, _FILL_IN, _RULE = "1F2D3D", "E8EEF4", "FFFBEA", "A9B5C0"
_A3 = 8
"""As Excel numbers papers."""
_PRINTED = (15.7, 10.6)
"""Inches across and down that the margins leave of it."""
_SMALLEST = 0.6
"""What may be left of the size of letters before a sheet takes two pages across."""
_HEAD, _TITLE = 30.0, 52.0
"""Points of the header, which every page repeats, and of title and note above it."""
_HIGHEST = 400.0
"""Excel takes no row of more than 409 points."""
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
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How a sheet looks."""

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    size: int = 10
    """Points of the letters."""
    frozen: int = 2
    """Columns that stay in sight, hidden ones apart."""
    filtered: bool = True

    @property
    def headers(self) -> Mapping[str, str]:
        """Header → key."""
        return {each.header: each.key for each in self.columns}

    @property
    def inches(self) -> float:
        """How wide it is on the screen, hidden columns apart."""
        return sum(7 * each.width + 5 for each in self.columns if not each.hidden) / 96

    @property
    def first(self) -> int:
        """The number of the first column that is seen."""
        return next((index for index, each in enumerate(self.columns, 1) if not each.hidden), 1)


def new_book(title: str, *, demonstration: bool = False) -> Workbook:
    """Return an empty workbook; a demonstration says so in its properties."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    # Widths of columns are counted in digits of this font, on every machine alike.
    normal: Any = book._named_styles  # type: ignore[attr-defined]  # noqa: SLF001 - no public way
    normal["Normal"].font = Font(name=FONT, size=10)
    book.properties.title = printable(title)
    book.properties.creator = "indicators"
    book.properties.keywords = DEMONSTRATION if demonstration else ""
    return book


def _put(cell: Any, value: object) -> None:
    from openpyxl.cell.rich_text import CellRichText

    if isinstance(value, str):
        value = printable(value)[:_LONGEST_TEXT] or None
    if isinstance(value, Decimal):
        cell.number_format = figures.form(value)
        value = int(value) if value == value.to_integral_value() else float(value)
    cell.value = value
    if isinstance(value, str | CellRichText):
        # Text that begins with = must stay text.
        cell.data_type = "s"


def height(
    values: Mapping[str, object], columns: Iterable[Column], size: int, narrow: Iterable[str] = ()
) -> float:
    """Return the height of a row in points: what its longest wrapped cell needs.

    Args:
        values: by column key.
        columns: with their widths, in digits of ten points.
        size: points of the letters.
        narrow: keys of columns that do not count, such as merged ones.
    """
    most = 1
    for column in columns:
        if column.hidden or not column.wrap or column.key in narrow:
            continue
        room = max(2.0, column.width * 10.5 / size - 2)
        for part in str(values.get(column.key) or "").split("\n"):
            wide = sum(2 if ord(sign) > _WIDE else 1 for sign in part)
            most = max(most, ceil(wide / room))
    return min(_HIGHEST, max(20.0, 1.45 * size * most + 6))


def pages(layout: Sheet, heights: Iterable[float]) -> list[int]:
    """Return on which printed page each row falls, as near as it can be told before printing.

    Args:
        layout: how the sheet looks.
        heights: of its rows, in points.
    """
    room = _PRINTED[1] * 72 * max(1.0, layout.inches / _PRINTED[0]) - _HEAD
    page, left = 1, room - _TITLE
    found = []
    for each in heights:
        if each > left:
            page, left = page + 1, room
        left -= each
        found.append(page)
    return found


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
    from openpyxl.utils import get_column_letter

    sheet: Worksheet = book.create_sheet(layout.name)
    last = 3 + len(rows) + spare
    _title(sheet, layout, demonstration=demonstration)
    for at, values in enumerate(rows, 4):
        sheet.row_dimensions[at].height = height(values, layout.columns, layout.size)
    for index, column in enumerate(layout.columns, 1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.hidden
        if column.choices and last > 3:
            _offer(sheet, column, f"{letter}4:{letter}{last}")
        # One named style a column: to style cell by cell takes several times as long.
        style = _style(book, layout, column)
        for at in range(4, last + 1):
            cell = sheet.cell(at, index)
            cell.style = style
            if at - 4 < len(rows):
                _put(cell, rows[at - 4].get(column.key))
    _heads(sheet, layout)
    sheet.freeze_panes = f"{get_column_letter(layout.first + layout.frozen)}4"
    if rows and layout.filtered:
        sheet.auto_filter.ref = f"A3:{get_column_letter(len(layout.columns))}{last}"
    sheet.sheet_view.showGridLines = False
    _page(sheet, layout, demonstration=demonstration)
    return sheet


def _title(sheet: Worksheet, layout: Sheet, *, demonstration: bool) -> None:
    from openpyxl.styles import Font

    # The key columns are hidden: the words stand where they can be seen, and in A1 for readers.
    title = layout.title + (f"（{DEMONSTRATION}）" if demonstration else "")
    _put(sheet["A1"], title)
    _put(sheet.cell(1, layout.first), title)
    sheet.cell(1, layout.first).font = Font(name=FONT, size=15, bold=True, color=_INK)
    _put(sheet.cell(2, layout.first), layout.note)
    sheet.cell(2, layout.first).font = Font(name=FONT, size=9, color="5A6B7B")
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 26, 18


def _heads(sheet: Worksheet, layout: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for index, column in enumerate(layout.columns, 1):
        head = sheet.cell(3, index, column.header)
        head.font = Font(name=FONT, size=layout.size, bold=True, color=_INK)
        head.fill, head.border = PatternFill("solid", start_color=_GROUND), _border()
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[3].height = _HEAD


def _border() -> Any:
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color=_RULE)
    return Border(top=line, bottom=line, left=line, right=line)


def _style(book: Workbook, layout: Sheet, column: Column) -> str:
    """Add the style of a column's cells to a workbook; returns its name."""
    from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill

    style = NamedStyle(
        name=f"{layout.name} {column.header}",
        font=Font(name=FONT, size=layout.size, color=_INK),
        border=_border(),
        fill=PatternFill("solid", start_color=_FILL_IN) if column.filled_in else PatternFill(),
        alignment=Alignment(
            vertical="center",
            wrap_text=column.wrap,
            horizontal="right" if column.right else "center" if column.centred else None,
        ),
        number_format=column.format or "General",
    )
    book.add_named_style(style)
    return str(style.name)


def _offer(sheet: Worksheet, column: Column, cells: str) -> None:
    """Give cells a drop-down of a column's choices."""
    from openpyxl.worksheet.datavalidation import DataValidation

    check = DataValidation(
        type="list",
        formula1='"' + ",".join(column.choices) + '"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="请从列表选择",
        error="可选：" + "、".join(column.choices),
    )
    check.add(cells)
    sheet.add_data_validation(check)


def _page(sheet: Worksheet, layout: Sheet, *, demonstration: bool) -> None:
    """Print on A3 across, as wide as the page, or as two where it could not be read; heads on each."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    across = max(1, ceil(_SMALLEST * layout.inches / _PRINTED[0]))

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = across, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "3:3"
    if across > 1:
        sheet.page_setup.pageOrder = "overThenDown"
        sheet.print_title_cols = f"A:{get_column_letter(layout.first + layout.frozen - 1)}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.print_options.horizontalCentered = True
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
        sheet.oddFooter.left.text = DEMONSTRATION if demonstration else None


def save(book: Workbook, path: Path) -> None:
    """Write a workbook whole or not at all."""
    with whole(path) as part:
        book.save(part)
