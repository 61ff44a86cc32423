"""Understanding a workbook sheet by sheet: its tables, forms, and everything doubtful.

What is understood stays when the time of a look is over: then the beginning of each sheet that is
left is looked at, and what was left out is told.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from indicators.findings import Finding
from indicators.submissions.cells import cell_findings
from indicators.submissions.form import Form
from indicators.submissions.headingchecks import heading_findings
from indicators.submissions.problems import FINDINGS
from indicators.submissions.sheet import Row, Sheet, Workbook, letter
from indicators.submissions.table import Table, holds_numbers, survey
from indicators.submissions.views import SheetView, table_view
from indicators.submissions.words import is_metadata_sheet

__all__ = ["Understanding", "whole_findings"]

_TOLD = 6
"""Fields of a form that are told."""
_HIDDEN = {"hidden": "隐藏", "very_hidden": "深度隐藏"}
_GLANCED, _LEAST_ROWS = 100_000, 12
"""Cells of a sheet that are looked at when the time is over, and rows whatever their cells."""


class Understanding:
    """What is understood of a workbook."""

    def __init__(self, workbook: Workbook, file: str) -> None:
        self.workbook = workbook
        self.file = file
        self.sheets = list(workbook.sheets)
        self.found: dict[int, tuple[list[Table], list[Form]]] = {}
        """Tables and forms by the place of their sheet."""
        self.done: dict[int, tuple[SheetView, list[Finding]]] = {}

    def look(self) -> None:
        """Understand every sheet that is not yet."""
        for at, sheet in enumerate(self.sheets):
            if at not in self.found and not sheet.hidden:
                self.found[at] = survey(sheet)
        reporting = self.reporting()
        for at, sheet in enumerate(self.sheets):
            if at not in self.done:
                self.done[at] = self.sheet(at, sheet, reporting)

    def shorten(self) -> None:
        """Keep the beginning of every sheet that is not understood yet."""
        for at, sheet in enumerate(self.sheets):
            if at in self.done:
                continue
            kept = _beginning(sheet.rows)
            if kept < len(sheet.rows):
                self.found.pop(at, None)
                left = len(sheet.rows) - kept + max(sheet.unread, 0)
                self.sheets[at] = replace(sheet, rows=sheet.rows[:kept], unread=left)

    def give_up_unfound(self) -> None:
        """Leave out every sheet whose tables are not found yet."""
        self.give_up(kept=self.found)

    def give_up(self, kept: Container[int] = ()) -> None:
        """Leave out every sheet that is not understood yet."""
        for at, sheet in enumerate(self.sheets):
            if at not in self.done and at not in kept:
                self.found[at] = ([], [])
                left = sheet.unread + len(sheet.rows) if sheet.unread >= 0 else -1
                self.sheets[at] = replace(sheet, rows=(), unread=left or -1)

    @property
    def seen(self) -> tuple[tuple[SheetView, ...], list[Finding]]:
        """The sheets as they are understood, and what is doubtful in them."""
        findings = list(whole_findings(self.workbook, self.file))
        views = []
        for at in range(len(self.sheets)):
            view, own = self.done[at]
            views.append(view)
            findings.extend(own)
        if not any(each.tables for each in views):
            findings.append(FINDINGS["workbook-without-table"].at(self.file))
        return tuple(views), findings

    def reporting(self) -> set[int]:
        """Return the sheets that report something: no parameters, no lists for drop-downs."""
        lists = self.workbook.list_sheets
        return {
            at
            for at, (tables, _) in self.found.items()
            if tables
            and not is_metadata_sheet(name := self.sheets[at].name)
            and not (name in lists and not any(map(holds_numbers, tables)))
        }

    def sheet(self, at: int, sheet: Sheet, reporting: set[int]) -> tuple[SheetView, list[Finding]]:
        """Return a sheet as it is understood, and what is doubtful in it."""
        file = self.file
        if sheet.hidden:
            state = _HIDDEN[sheet.hidden]
            hidden = FINDINGS["sheet-hidden"]
            told = hidden.at(file, sheet=sheet.name, found=sheet.name, expected=state)
            return SheetView(sheet=sheet, tables=()), [told]
        own, forms = self.found[at]
        findings = [*_left_out(sheet, file), *(_form(sheet, form, file) for form in forms)]
        if own and reporting and at not in reporting:
            findings.append(FINDINGS["sheet-metadata"].at(file, sheet=sheet.name, found=sheet.name))
            return SheetView(sheet=sheet, tables=(), forms=tuple(forms)), findings
        tables = tuple(table_view(sheet, table) for table in own)
        findings.extend(_hidden(sheet, file))
        if not sheet.formats_known:
            findings.append(FINDINGS["formats-unknown"].at(file, sheet=sheet.name))
        for table in tables:
            findings.extend(heading_findings(table, file))
        as_text = self.workbook.reader == "text"
        findings.extend(cell_findings(sheet, tables, file, as_text=as_text))
        return SheetView(sheet=sheet, tables=tables, forms=tuple(forms)), findings


def _beginning(rows: tuple[Row, ...]) -> int:
    """Return how many rows of a sheet are looked at when the time is over."""
    cells = 0
    for at, row in enumerate(rows):
        cells += len(row.values)
        if cells > _GLANCED and at >= _LEAST_ROWS:
            return at
    return len(rows)


def _left_out(sheet: Sheet, file: str) -> Iterator[Finding]:
    """Tell which rows of a sheet nobody looked at."""
    if not sheet.unread:
        return
    left = "若干" if sheet.unread < 0 else str(sheet.unread)
    if not sheet.rows:
        yield FINDINGS["sheet-not-read"].at(file, sheet=sheet.name, found=sheet.name, expected=left)
        return
    last = sheet.rows[-1].number
    yield FINDINGS["sheet-read-in-part"].at(
        file, sheet=sheet.name, cell=f"A{last + 1}", found=f"第 {last} 行", expected=left
    )


def _form(sheet: Sheet, form: Form, file: str) -> Finding:
    said = [f"{name.rstrip(':： ')}＝{value}" for name, value in form.fields if value]
    found = "、".join(said[:_TOLD]) + (f" 等 {len(said)} 项" if len(said) > _TOLD else "")
    return FINDINGS["sheet-form"].at(
        file, sheet=sheet.name, cell=form.range, found=found or "各栏空白"
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
