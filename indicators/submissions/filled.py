"""Workbooks of settings, 台账 and review, opened as every workbook is: guarded, in a limited process.

What people decide in comes back from anywhere, as reports do.  Values are taken as they are shown:
66 % in a percent format is 66 %, a day is a day, and a cell without a usable value says why.
"""

from __future__ import annotations

from pathlib import Path

from indicators.errors import UnreadableInput
from indicators.register.books import DEMONSTRATION
from indicators.register.sheets import Book, Cell, Row
from indicators.submissions.annotation import ours
from indicators.submissions.sandbox import Opened, open_workbook
from indicators.submissions.sheet import UNCALCULATED, Sheet, Trouble
from indicators.submissions.sheet import Cell as Found

__all__ = ["filled", "open_filled"]


def open_filled(path: Path) -> Book:
    """Open the filled workbook in a file.

    Raises:
        UnreadableInput: it cannot be read, or is no workbook.
    """
    return filled(open_workbook(path, patient=True))


def filled(opened: Opened) -> Book:
    """Return the rows of a workbook that was opened.

    Raises:
        UnreadableInput: it is no workbook, or the guard turned it away.
    """
    if opened.workbook is None:
        found = opened.findings[0]
        action = found.action.replace("报送", "导入")
        raise UnreadableInput(found.message, place=opened.name, action=action)
    sheets = [each for each in opened.workbook.sheets if not ours(each)]
    return Book(
        file=opened.name,
        content=opened.content,
        sheets={each.name: _rows(each) for each in sheets},
        demonstration=any(DEMONSTRATION in each.cell(1, 1).text for each in sheets),
    )


def _rows(sheet: Sheet) -> list[Row]:
    return [
        (row.number, {each.column: _cell(each) for each in sheet.cells(row)}) for row in sheet.rows
    ]


def _cell(found: Found) -> Cell:
    value = found.value
    if isinstance(value, Trouble):
        lost = value.name == UNCALCULATED
        return Cell(None, found.address, "没有计算结果的公式" if lost else f"错误值 {value.name}")
    if found.kind == "date":
        return Cell(found.day or found.text, found.address)
    if found.kind == "number" and found.sort == "percent":
        return Cell(found.text, found.address)
    return Cell(value, found.address)
