"""What is doubtful in the headings of a table: none, blank ones, double ones, units in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indicators.findings import Finding
from indicators.submissions.column import Column, unit_over
from indicators.submissions.problems import FINDINGS
from indicators.submissions.sheet import Sheet
from indicators.submissions.views import TableView
from indicators.submissions.words import unit_of_heading, unit_of_line

__all__ = ["heading_findings"]

_COUNTED = 100
"""Rows that tell whether a column numbers them."""


def heading_findings(table: TableView, file: str) -> Iterator[Finding]:
    """Return what is doubtful in the headings of a table."""
    name = table.sheet.name
    if not table.header_rows:
        first = table.range.partition(":")[0]
        yield FINDINGS["header-missing"].at(file, sheet=name, cell=first)
        return
    row = table.header_rows[-1]
    seen: dict[str, list[Column]] = {}
    for column in table.columns:
        if column.heading:
            seen.setdefault(column.heading, []).append(column)
        elif column.filled and not (
            column is table.columns[0] and (not column.numeric or _counts(table, column))
        ):
            # Over the labels of the rows, or their numbers 1, 2, 3, a blank corner is usual.
            for cell, text in _filled(table, column):
                yield FINDINGS["header-blank"].at(file, sheet=name, cell=cell, found=text)
    for heading, columns in seen.items():
        if _one_cell(table.sheet, row, columns):
            continue
        where = "、".join(f"{each.letter}{row}" for each in columns)
        for column in columns if len(columns) > 1 else ():
            yield FINDINGS["header-duplicate"].at(
                file, sheet=name, cell=f"{column.letter}{row}", found=heading, expected=where
            )
    outer = unit_over(table.titles, name)[0]
    if "、" in outer and not any(each.unit_column for each in table.columns):
        # Where each row has its own unit the line above decides nothing.
        yield FINDINGS["unit-ambiguous"].at(
            file, sheet=name, cell=_stating(table.sheet, outer, row), found=outer
        )
    required = [each for each in table.columns if each.heading.rstrip().endswith("*")]
    if required and len(required) < len(table.columns):
        where = "、".join(f"{each.letter}{row} {each.heading}" for each in required)
        yield FINDINGS["header-required"].at(
            file, sheet=name, cell=f"{required[0].letter}{row}", found=where
        )


def _counts(table: TableView, column: Column) -> bool:
    """Tell whether a column numbers the rows: 0, 1, 2 or 1, 2, 3."""
    values = [table.sheet.cell(row, column.number).value for row in table.rows[:_COUNTED]]
    return values in ([*range(len(values))], [*range(1, len(values) + 1)])


def _stating(sheet: Sheet, unit: str, header: int) -> str:
    """Return the cell above the header that states a unit, else the sheet as a whole."""
    for row in reversed([each for each in sheet.rows if each.number < header]):
        for cell in sheet.cells(row):
            if unit in {unit_of_line(cell.text), unit_of_heading(cell.text)[1]}:
                return cell.address
    return ""


def _one_cell(sheet: Sheet, row: int, columns: Sequence[Column]) -> bool:
    """Tell whether the heading of some columns is one cell merged over them all."""
    first, last = columns[0].number, columns[-1].number
    return first < last and any(
        merge.top <= row <= merge.bottom and merge.left <= first and last <= merge.right
        for merge in sheet.merges
    )


def _filled(table: TableView, column: Column, most: int = 20) -> Iterator[tuple[str, str]]:
    """Return the first cells that have something under a column, with what stands there."""
    for number in table.rows:
        cell = table.sheet.cell(number, column.number)
        if cell.kind != "blank":
            most -= 1
            yield cell.address, cell.text
        if not most:
            return
