"""A workbook as it was understood: its sheets, their tables, and what is doubtful in them."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.findings import Finding
from indicators.submissions.column import Column, columns_of
from indicators.submissions.form import Form
from indicators.submissions.header import Skipped
from indicators.submissions.region import Grid
from indicators.submissions.sheet import Sheet, Workbook
from indicators.submissions.table import Table

__all__ = ["Inspection", "SheetView", "TableView", "table_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table as it was understood."""

    sheet: Sheet
    range: str
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    """Numbers of the data rows."""
    skipped: tuple[Skipped, ...]
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Texts under the data, a row each."""

    def plain(self) -> dict[str, object]:
        """Return what ``inspect --json`` shows of it."""
        return {
            "range": self.range,
            "header_rows": list(self.header_rows),
            "columns": [
                {"letter": each.letter, "name": each.name, "unit": each.unit}
                for each in self.columns
            ],
            "rows": len(self.rows),
            "skipped": [{"row": each.row, "reason": each.reason} for each in self.skipped],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """A sheet as it was understood."""

    sheet: Sheet
    tables: tuple[TableView, ...]
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A workbook as it was understood."""

    file: str
    workbook: Workbook | None
    sheets: tuple[SheetView, ...]
    findings: tuple[Finding, ...]

    def plain(self) -> dict[str, object]:
        """Return what ``inspect --json`` prints."""
        return {
            "file": self.file,
            "sheets": [
                {
                    "name": each.sheet.name,
                    "hidden": bool(each.sheet.hidden),
                    "tables": [table.plain() for table in each.tables],
                }
                for each in self.sheets
            ],
            "findings": [
                {
                    "code": each.code,
                    "severity": each.severity,
                    "sheet": each.sheet,
                    "cell": each.cell,
                    "found": each.found,
                    "message": each.message,
                    "action": each.action,
                }
                for each in self.findings
            ],
        }


def table_view(sheet: Sheet, table: Table) -> TableView:
    """Return a table that was found with its columns."""
    columns = columns_of(Grid(sheet), table)
    if columns:
        table.left, table.right = columns[0].number, columns[-1].number
    return TableView(
        sheet=sheet,
        range=table.range,
        header_rows=table.header,
        columns=tuple(columns),
        rows=tuple(table.rows),
        skipped=tuple(table.skipped),
        titles=tuple(table.titles),
        notes=tuple(table.notes),
    )
