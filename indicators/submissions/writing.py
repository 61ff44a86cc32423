"""Writing workbooks: text that stays text, fonts that show Chinese, bytes that repeat.

A text that begins with ``=`` is stored as text and never as a formula.  The same content gives the
same bytes, so that a template or a demonstration workbook can be compared and its digest kept.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Literal

from indicators import figures
from indicators.outputs import printable
from indicators.submissions.sheet import letter

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import Border
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "FONT",
    "HEADING",
    "HEAD_FILL",
    "Head",
    "boxed",
    "lay_out",
    "lines_of",
    "neutralised",
    "print_wide",
    "put",
    "workbook_bytes",
]

FONT = "宋体"
"""In every Chinese Office and WPS; LibreOffice puts a Song face in its place."""
HEADING = "黑体"
HEAD_FILL = "DCE6F1"
_LINE, _TALLEST = 15.0, 400.0
"""Points of a line of text, and of the tallest row that Excel allows, nearly."""
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EPOCH = (2000, 1, 1, 0, 0, 0)


def neutralised(text: str) -> str:
    """Return text for a CSV cell that no spreadsheet takes for a formula.

    ``= + - @``, tab and carriage return begin one, full-width forms too; plain numbers do not.
    """
    bare = text.lstrip()
    if re.fullmatch(r"[+-]?\d[\d,]*(?:\.\d+)?%?", bare):
        return text
    risky = bare[:1] in set("=+-@＝＋－＠") or text[:1] in ("\t", "\r")
    return f"'{text}" if risky else text


def put(
    sheet: Worksheet, row: int, column: int, value: str | float | Decimal | date | None
) -> Cell:
    """Write one value; text is stored as text whatever it begins with."""
    from openpyxl.cell import Cell

    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} is inside a merged range")
    if isinstance(value, str):
        cell.value = printable(value)
        if value:
            cell.data_type = "s"
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
    else:
        cell.value = value
    return cell


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column so many characters wide; Chinese is two wide."""
    return sum(
        max(1, ceil(sum(2 if each > "\u2e7f" else 1 for each in line) / width))
        for line in text.split("\n")
    )


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a list: its heading, its width in digits, how it stands."""

    words: str
    width: float
    sort: Literal["text", "centre", "number"] = "text"


def boxed() -> Border:
    """Return the thin line around the cells of a table."""
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color="808080")
    return Border(left=line, right=line, top=line, bottom=line)


def lay_out(
    sheet: Worksheet,
    title: str,
    note: str,
    heads: Sequence[Head],
    rows: Sequence[Sequence[str | int | Decimal | None]],
) -> int:
    """Write a list that can be read and printed: title, note, header, rows; returns the first row."""
    from openpyxl.styles import Alignment, Font, PatternFill

    last = len(heads)
    for row, words, font in (
        (1, title, Font(name=HEADING, size=16, bold=True)),
        (2, note, Font(name=FONT, size=10.5, color="595959")),
    ):
        put(sheet, row, 1, words).font = font
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        sheet.cell(row, 1).alignment = Alignment(
            horizontal="center" if row == 1 else "left", vertical="center", wrap_text=True
        )
    sheet.row_dimensions[1].height = 32
    wide = sum(each.width for each in heads)
    sheet.row_dimensions[2].height = _LINE * lines_of(note, wide) + 5
    ways = {
        "text": Alignment(horizontal="left", vertical="center", wrap_text=True),
        "centre": Alignment(horizontal="center", vertical="center", wrap_text=True),
        "number": Alignment(horizontal="right", vertical="center"),
    }
    for column, head in enumerate(heads, start=1):
        cell = put(sheet, 3, column, head.words)
        cell.font, cell.border = Font(name=HEADING, size=10.5), boxed()
        cell.fill, cell.alignment = PatternFill("solid", HEAD_FILL), ways["centre"]
        sheet.column_dimensions[letter(column)].width = head.width
    sheet.row_dimensions[3].height = 24
    plain = Font(name=FONT, size=10.5)
    for row, line in enumerate(rows, start=4):
        tall = 1
        for column, (head, value) in enumerate(zip(heads, line, strict=True), start=1):
            cell = put(sheet, row, column, value)
            cell.font, cell.border, cell.alignment = plain, boxed(), ways[head.sort]
            if isinstance(value, Decimal):
                cell.number_format = figures.form(value)
            elif isinstance(value, str):
                tall = max(tall, lines_of(value, head.width - 1.5))
        sheet.row_dimensions[row].height = min(_TALLEST, _LINE * tall + 5)
    sheet.freeze_panes = "A4"
    print_wide(sheet, heads=3)
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.print_options.horizontalCentered = True
    return 4


def print_wide(sheet: Worksheet, *, heads: int = 0) -> None:
    """Print a sheet on A4 across, all columns on one page, so many first rows on each."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    if heads:
        sheet.print_title_rows = f"1:{heads}"


def workbook_bytes(workbook: Workbook) -> bytes:
    """Return the file, the same for the same content: no time of writing in it."""
    first = io.BytesIO()
    workbook.save(first)
    second = io.BytesIO()
    with (
        zipfile.ZipFile(first) as made,
        zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for name in sorted(made.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            content = made.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            fixed.writestr(info, content)
    return second.getvalue()
