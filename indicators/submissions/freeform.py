"""The lines of an office's own sheet: which column is the name, which the value, of which quarter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from indicators.findings import Finding
from indicators.submissions.column import Column
from indicators.submissions.dates import read_quarter
from indicators.submissions.figure import cell_of
from indicators.submissions.inspecting import SheetView, TableView
from indicators.submissions.lines import Line
from indicators.submissions.matching import Matcher
from indicators.submissions.problems import FINDINGS, MARKS
from indicators.submissions.sheet import Cell, Row, Sheet
from indicators.submissions.stated import quarter_column, sheet_quarters
from indicators.submissions.valuecolumns import ValueColumn, meant, value_columns
from indicators.submissions.words import unit_of_heading

__all__ = ["Free", "free_lines"]

_TEXTS = ("progress", "problems", "next_steps")


@dataclass(slots=True)
class Free:
    """What was read of free-form sheets."""

    lines: Iterable[Line] = ()
    """Made one by one: a large sheet has very many."""
    findings: list[Finding] = field(default_factory=list)


def free_lines(sheets: Sequence[SheetView], matcher: Matcher, file: str) -> Free:
    """Return the lines of every table that speaks of indicators."""
    free = Free()
    tables = [table for sheet in sheets for table in sheet.tables]
    plans = [(table, plan) for table in tables if (plan := _Plan.of(table, matcher)) is not None]
    known = [(table, plan) for table, plan in plans if plan.matched]
    by_sheet = sheet_quarters(sheets)
    parts: list[Iterator[Line]] = []
    for table, plan in known or plans:
        if plan.by_rows:
            parts.append(_across(table, plan, matcher))
            continue
        values, doubt = value_columns(table, plan.name)
        if doubt:
            free.findings.append(_ambiguous(table, doubt, file))
            continue
        quarter = by_sheet.get(table.sheet.name, "")
        if quarter:
            values = [replace(each, quarter=each.quarter or quarter) for each in values]
        parts.append(_down(table, plan, values, matcher))
    free.lines = chain.from_iterable(parts)
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


def _down(
    table: TableView, plan: _Plan, values: Sequence[ValueColumn], matcher: Matcher
) -> Iterator[Line]:
    """Walk the lines of a table with an indicator a row."""
    sheet = table.sheet
    units = next((each for each in table.columns if each.unit_column), None)
    texts = {
        meaning: each
        for each in reversed(table.columns)
        if (meaning := meant(each)) in (*_TEXTS, "expected_on")
    }
    quarters = sorted({value.quarter for value in values})
    by_quarter = [(each, [one for one in values if one.quarter == each]) for each in quarters]
    sums = [
        each.row
        for each in table.skipped
        if each.reason.startswith("合计")
        # 财政收入合计 may be the very indicator that is followed.
        and matcher.exact(cell_of(sheet, each.row, plan.name.number).text) is not None
    ]
    for held in sheet.among(sorted([*table.rows, *sums])):
        row, at = held.number, partial(sheet.at, held)
        said, name_cell = _stated(sheet, held, plan.name)
        if not said:
            continue
        own_unit = unit = unit_cell = ""
        if matcher.exact(said) is None:
            said, own_unit = unit_of_heading(said)
        if units:
            unit, unit_cell = _stated(sheet, held, units, words=False)
        day = at(texts["expected_on"].number) if "expected_on" in texts else None
        for quarter, columns in by_quarter:
            cells = [
                (value.basis, cell)
                for value in columns
                if (cell := at(value.column.number)).kind != "blank"
            ]
            if not cells and len(quarters) > 1:
                continue
            last = quarter == quarters[-1]
            yield Line(
                sheet=sheet.name,
                row=row,
                name=said,
                name_cell=name_cell,
                unit=unit or own_unit or columns[0].column.unit,
                unit_cell=unit_cell,
                values=tuple(cells),
                quarter=quarter,
                expected_on=day if day is not None and last and day.kind != "blank" else None,
                texts=_texts(at, texts) if last and texts else {},
            )


def _stated(sheet: Sheet, row: Row, column: Column, *, words: bool = True) -> tuple[str, str]:
    """Return what stands in a column and where, in a merged range where the cell lies in one.

    ``words``: only text counts.
    """
    text = row.text(column.number)
    if text:
        return text, f"{column.letter}{row.number}"
    cell = cell_of(sheet, row.number, column.number)
    return cell.text if cell.kind == "text" or not words else "", cell.address


def _texts(at: Callable[[int], Cell], columns: dict[str, Column]) -> dict[str, Cell]:
    return {
        key: cell
        for key in _TEXTS
        if key in columns
        and (cell := at(columns[key].number)).text
        and not cell.text.startswith(tuple(MARKS.values()))
    }


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
