"""Writing workbooks: text that stays text, fonts that show Chinese, bytes that repeat.

A text that begins with ``=`` is stored as text and never as a formula.  The same content gives the
same bytes, so that a template or a demonstration workbook can be compared and its digest kept.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["FONT", "clean", "lines_of", "neutralised", "print_wide", "put", "workbook_bytes"]

FONT = "宋体"
"""In every Chinese Office and WPS; LibreOffice puts a Song face in its place."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EPOCH = (2000, 1, 1, 0, 0, 0)


def clean(text: str) -> str:
    """Return text without the control characters that XML cannot hold."""
    return _CONTROL.sub("", text)


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
        cell.value = clean(value)
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
