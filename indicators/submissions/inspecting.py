"""What the importer sees in a workbook: tables, columns, units, and everything doubtful."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indicators.findings import Finding
from indicators.submissions.cells import cell_findings
from indicators.submissions.column import Column, columns_of, unit_over
from indicators.submissions.form import Form
from indicators.submissions.header import Skipped
from indicators.submissions.patience import OutOfTime, bounded
from indicators.submissions.problems import FINDINGS
from indicators.submissions.region import Grid
from indicators.submissions.sandbox import Opened, open_bytes, open_workbook
from indicators.submissions.sheet import Sheet, Workbook, letter
from indicators.submissions.table import Table, holds_numbers, survey
from indicators.submissions.words import (
    is_metadata_sheet,
    is_unit_column,
    unit_of_heading,
    unit_of_line,
)

__all__ = [
    "Inspection",
    "SheetView",
    "TableView",
    "inspect",
    "inspect_bytes",
    "view",
    "whole_findings",
]

LOOK_SECONDS = 17.0
"""Of a whole look at a file, reading and understanding: somebody waits for it."""
_TOLD = 6
"""Fields of a form that are told."""
_COUNTED = 100
"""Rows that tell whether a column numbers them."""
_HIDDEN = {"hidden": "隐藏", "very_hidden": "深度隐藏"}


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


def inspect(path: Path) -> Inspection:
    """Look at the workbook in a file; nothing is recorded.

    Raises:
        UnreadableInput: there is no such file, or it may not be read.
    """
    return _bounded(path.name, lambda: open_workbook(path))


def inspect_bytes(content: bytes, name: str) -> Inspection:
    """Look at a workbook that was uploaded; nothing is recorded."""
    return _bounded(name, lambda: open_bytes(content, name))


def _bounded(name: str, opened: Callable[[], Opened]) -> Inspection:
    try:
        with bounded(LOOK_SECONDS):
            return _inspect(opened())
    except OutOfTime:
        heavy = FINDINGS["workbook-too-heavy"].at(name, found="超出等待时间", expected="")
        return Inspection(file=name, workbook=None, sheets=(), findings=(heavy,))


def _inspect(opened: Opened) -> Inspection:
    if opened.workbook is None:
        return Inspection(file=opened.name, workbook=None, sheets=(), findings=opened.findings)
    sheets, findings = view(opened.workbook, opened.name)
    return Inspection(
        file=opened.name, workbook=opened.workbook, sheets=sheets, findings=tuple(findings)
    )


def view(workbook: Workbook, file: str) -> tuple[tuple[SheetView, ...], list[Finding]]:
    """Return the sheets as they are understood, and what is doubtful in them."""
    findings = list(whole_findings(workbook, file))
    found = {sheet.name: survey(sheet) for sheet in workbook.sheets if not sheet.hidden}
    lists = workbook.list_sheets
    reporting = {
        name
        for name, (tables, _) in found.items()
        if tables
        and not is_metadata_sheet(name)
        and not (name in lists and not any(map(holds_numbers, tables)))
    }
    sheets = []
    for sheet in workbook.sheets:
        if sheet.hidden:
            findings.append(
                FINDINGS["sheet-hidden"].at(
                    file, sheet=sheet.name, found=sheet.name, expected=_HIDDEN[sheet.hidden]
                )
            )
            sheets.append(SheetView(sheet=sheet, tables=()))
            continue
        own, forms = found[sheet.name]
        findings.extend(_form(sheet, form, file) for form in forms)
        if own and reporting and sheet.name not in reporting:
            findings.append(FINDINGS["sheet-metadata"].at(file, sheet=sheet.name, found=sheet.name))
            sheets.append(SheetView(sheet=sheet, tables=(), forms=tuple(forms)))
            continue
        tables = tuple(_view(sheet, table) for table in own)
        findings.extend(_hidden(sheet, file))
        if not sheet.formats_known:
            findings.append(FINDINGS["formats-unknown"].at(file, sheet=sheet.name))
        for table in tables:
            findings.extend(_headings(table, file))
        findings.extend(cell_findings(sheet, tables, file, as_text=workbook.reader == "text"))
        sheets.append(SheetView(sheet=sheet, tables=tables, forms=tuple(forms)))
    if not any(each.tables for each in sheets):
        findings.append(FINDINGS["workbook-without-table"].at(file))
    return tuple(sheets), findings


def _form(sheet: Sheet, form: Form, file: str) -> Finding:
    said = [f"{name.rstrip(':： ')}＝{value}" for name, value in form.fields if value]
    found = "、".join(said[:_TOLD]) + (f" 等 {len(said)} 项" if len(said) > _TOLD else "")
    return FINDINGS["sheet-form"].at(
        file, sheet=sheet.name, cell=form.range, found=found or "各栏空白"
    )


def _view(sheet: Sheet, table: Table) -> TableView:
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


def whole_findings(workbook: Workbook, file: str) -> Iterator[Finding]:
    """Return what is to be said of a workbook as a whole: macros, links to others."""
    if workbook.macros:
        yield FINDINGS["workbook-macros"].at(file)
    if workbook.links:
        yield FINDINGS["workbook-links"].at(file)


def _hidden(sheet: Sheet, file: str) -> Iterator[Finding]:
    rows = [row.number for row in sheet.rows if row.number in sheet.hidden_rows]
    if rows:
        cell = f"{rows[0]}:{rows[-1]}" if len(rows) > 1 else f"{rows[0]}:{rows[0]}"
        yield FINDINGS["rows-hidden"].at(file, sheet=sheet.name, cell=cell, found=len(rows))
    used = {
        column
        for row in sheet.rows[:2_000]
        for column, value in enumerate(row.values, row.start)
        if value is not None and column in sheet.hidden_columns
    }
    if used:
        letters = "、".join(map(letter, sorted(used)))
        first, last = letter(min(used)), letter(max(used))
        yield FINDINGS["columns-hidden"].at(
            file, sheet=sheet.name, cell=f"{first}:{last}", found=letters
        )


def _headings(table: TableView, file: str) -> Iterator[Finding]:
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
    if "、" in outer and not any(is_unit_column(each.heading) for each in table.columns):
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
