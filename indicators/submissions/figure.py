"""One cell as a table has it: the value of its merged range, numbers exact, days as days."""

from __future__ import annotations

from decimal import Decimal

from indicators.submissions.sheet import Cell, Sheet

__all__ = ["cell_of", "shown"]


def cell_of(sheet: Sheet, row: int, column: int) -> Cell:
    """Return the cell, that of the merged range where it lies in one."""
    cell = sheet.cell(row, column)
    merge = sheet.merge_at(row, column) if cell.kind == "blank" else None
    return cell if merge is None else sheet.cell(merge.top, merge.left)


def shown(sheet: Sheet, row: int, column: int) -> Decimal | str | bool | None:
    """Return what a cell says: a number as it is shown, a day as ISO text, an error by its name."""
    cell = cell_of(sheet, row, column)
    if cell.kind == "blank":
        return None
    if cell.kind == "boolean":
        return bool(cell.value)
    if cell.kind == "number":
        return cell.magnitude
    return cell.text
