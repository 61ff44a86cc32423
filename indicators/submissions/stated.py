"""What a workbook without a template says of itself: office and quarter, in titles and headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.submissions.column import Column
from indicators.submissions.dates import read_quarter
from indicators.submissions.inspecting import SheetView, TableView
from indicators.submissions.values import normal

__all__ = [
    "column_quarters",
    "heading_quarter",
    "office_in",
    "quarter_column",
    "sheet_quarters",
    "stated_office",
    "stated_quarters",
]

_OFFICE = re.compile(
    r"(?:填报|报送|填表|编制)(?:单位|部门)(?:\s*\([^)]*\))?\s*[:]\s*([^\s:,;()]{2,30})"
)


def stated_office(sheets: Sequence[SheetView]) -> str:
    """Return the office that a line above a table names: 填报单位：区数据局."""
    for sheet in sheets:
        notes = [note for table in sheet.tables for note in table.notes]
        for said in [*_said(sheet), *notes]:
            if found := office_in(said):
                return found
    return ""


def office_in(text: str) -> str:
    """Return the office that a text names as the one that reports, else nothing."""
    found = _OFFICE.search(normal(text))
    return found[1] if found else ""


def _said(sheet: SheetView) -> list[str]:
    """Return the words around the tables of a sheet: titles, and the fields of its forms."""
    return [
        *(title for table in sheet.tables for title in table.titles),
        *(field for form in sheet.forms for field in form.words),
    ]


def heading_quarter(column: Column) -> str:
    """Return the quarter that the heading of a column names: 2025年 / 一季度 too."""
    return read_quarter(column.name) or read_quarter(column.name.replace(" / ", ""))


def quarter_column(table: TableView) -> Column | None:
    """Return the column in which every row names a quarter."""
    rows = table.rows[:20]
    return next(
        (
            each
            for each in table.columns
            if rows and all(read_quarter(table.sheet.cell(row, each.number).text) for row in rows)
        ),
        None,
    )


def sheet_quarters(sheets: Sequence[SheetView]) -> dict[str, str]:
    """Return the quarter of each sheet where a workbook has a sheet a quarter; else nothing."""
    found = {}
    for sheet in sheets:
        if sheet.tables:
            quarters = {quarter for said in _said(sheet) if (quarter := read_quarter(said))}
            own = read_quarter(sheet.sheet.name) or (quarters.pop() if len(quarters) == 1 else "")
            found[sheet.sheet.name] = own
    return found if all(found.values()) and len(set(found.values())) > 1 else {}


def column_quarters(sheets: Sequence[SheetView]) -> list[str]:
    """Return the quarters of single columns, rows or sheets, in order of time."""
    tables = [table for sheet in sheets for table in sheet.tables]
    found = set(sheet_quarters(sheets).values())
    found.update(
        quarter
        for table in tables
        for column in table.columns
        if column.numeric and (quarter := heading_quarter(column))
    )
    for table in tables:
        column = quarter_column(table)
        if column is not None:
            found.update(
                read_quarter(table.sheet.cell(row, column.number).text) for row in table.rows
            )
    return sorted(found - {""})


def stated_quarters(sheets: Sequence[SheetView], file: str) -> list[tuple[str, str]]:
    """Return the quarters that titles, sheet names and the file name state, with the words."""
    found: list[tuple[str, str]] = []
    for sheet in sheets:
        found.extend((read_quarter(said), said) for said in _said(sheet))
        if sheet.tables:
            found.append((read_quarter(sheet.sheet.name), sheet.sheet.name))
    found.append((read_quarter(file), file))
    return [(quarter, words) for quarter, words in found if quarter]
