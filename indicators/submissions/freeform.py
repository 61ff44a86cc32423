"""The lines of an office's own sheet: which column is the name, which the value, of which quarter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from indicators.findings import Finding
from indicators.submissions.column import Column
from indicators.submissions.dates import read_quarter
from indicators.submissions.figure import cell_of
from indicators.submissions.inspecting import SheetView, TableView
from indicators.submissions.lines import Line
from indicators.submissions.matching import Matcher
from indicators.submissions.problems import FINDINGS
from indicators.submissions.rowlines import RowLines
from indicators.submissions.stated import quarter_column, sheet_quarters
from indicators.submissions.valuecolumns import meant, value_columns
from indicators.submissions.words import unit_of_heading

__all__ = ["Free", "free_lines"]


@dataclass(slots=True)
class Free:
    """What was read of free-form sheets."""

    lines: list[Iterable[Line]] = field(default_factory=list)
    """Of each table, made one by one: a large sheet has very many."""
    findings: list[Finding] = field(default_factory=list)


def free_lines(sheets: Sequence[SheetView], matcher: Matcher, file: str) -> Free:
    """Return the lines of every table that speaks of indicators."""
    free = Free()
    tables = [table for sheet in sheets for table in sheet.tables]
    plans = [(table, plan) for table in tables if (plan := _Plan.of(table, matcher)) is not None]
    known = [(table, plan) for table, plan in plans if plan.matched]
    by_sheet = sheet_quarters(sheets)
    for table, plan in known or plans:
        if plan.by_rows:
            free.lines.append(_across(table, plan, matcher))
            continue
        values, doubt = value_columns(table, plan.name)
        if doubt:
            free.findings.append(_ambiguous(table, doubt, file))
            continue
        quarter = by_sheet.get(table.sheet.name, "")
        if quarter:
            values = [replace(each, quarter=each.quarter or quarter) for each in values]
        free.lines.append(RowLines.of(table, plan.name, values, matcher))
    return free


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where a table says what its rows speak of."""

    name: Column
    matched: int
    """Rows (or columns) whose name is that of an indicator."""
    by_rows: bool = False
    """Whether indicators stand in the header and quarters in the rows."""

    @classmethod
    def of(cls, table: TableView, matcher: Matcher) -> _Plan | None:
        """Return the plan of a table, None where it can have nothing to do with indicators."""
        texts = [each for each in table.columns if not each.numeric and each.filled]
        counts = {
            each.number: sum(
                _named(cell_of(table.sheet, row, each.number).text, matcher)
                for row in table.rows[:500]
            )
            for each in texts
        }
        best = max(texts, key=lambda each: counts[each.number], default=None)
        heads = sum(matcher.exact(each.name) is not None for each in table.columns)
        quarters = quarter_column(table)
        if heads and quarters is not None and (best is None or heads > counts[best.number]):
            return cls(quarters, heads, by_rows=True)
        if best is not None and counts[best.number]:
            return cls(best, counts[best.number])
        titled = next((each for each in texts if meant(each) == "name"), None)
        return cls(titled, 0) if titled is not None else None


def _named(text: str, matcher: Matcher) -> bool:
    """Tell whether a cell names an indicator, with its unit in brackets or without."""
    return matcher.exact(text) is not None or matcher.exact(unit_of_heading(text)[0]) is not None


def _ambiguous(table: TableView, columns: Sequence[Column], file: str) -> Finding:
    row = table.header_rows[-1] if table.header_rows else table.rows[0]
    where = "、".join(f"{each.letter} {each.name}" for each in columns) or "没有数值列"
    return FINDINGS["value-column-ambiguous"].at(
        file,
        sheet=table.sheet.name,
        cell=f"{columns[0].letter}{row}" if columns else "",
        found=where,
        expected="本期完成",
    )


def _across(table: TableView, plan: _Plan, matcher: Matcher) -> Iterator[Line]:
    """Walk the lines of a table with an indicator a column and a quarter a row."""
    header = table.header_rows[-1] if table.header_rows else 0
    for column in table.columns:
        if column is plan.name or matcher.exact(column.name) is None:
            continue
        for row in table.rows:
            cell = table.sheet.cell(row, column.number)
            quarter = read_quarter(table.sheet.cell(row, plan.name.number).text)
            if quarter and cell.kind != "blank":
                yield Line(
                    sheet=table.sheet.name,
                    row=row,
                    name=column.name,
                    name_cell=f"{column.letter}{header}",
                    unit=column.unit,
                    values=(("", cell),),
                    quarter=quarter,
                )
