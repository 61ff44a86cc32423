"""Percentages among plain numbers in one column: an error at the cell, never a guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from indicators.findings import Finding
from indicators.submissions.formats import format_sort
from indicators.submissions.problems import FINDINGS
from indicators.submissions.sheet import Cell, Row, Sheet
from indicators.submissions.values import looks_numeric, read_number

if TYPE_CHECKING:
    from indicators.submissions.column import Column

__all__ = ["TableLike", "mixed_percentages"]

_ONE_BY_ONE = 1_000
"""Findings that are told cell by cell."""


class TableLike(Protocol):
    """A table as these checks need it."""

    @property
    def header_rows(self) -> tuple[int, ...]:
        """Rows of its header."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns."""

    @property
    def rows(self) -> tuple[int, ...]:
        """Its data rows."""


def mixed_percentages(sheet: Sheet, table: TableLike, file: str) -> Iterator[Finding]:
    """Return plain numbers among percentages, and percentages among plain numbers.

    Where rows have units of their own, a row of percentages among rows of amounts is no mixture.
    """
    if any(each.unit_column for each in table.columns):
        return
    shared = {id(row.formats): row.formats for row in sheet.among(table.rows)}  # rows share them
    formats = any(format_sort(form) == "percent" for each in shared.values() for form in each)
    mixed = [
        (column, percents, plains)
        for column in table.columns
        if column.numeric and (formats or column.unit_source == "format")
        for percents, plains in [_by_format(sheet, table, column)]
        if percents and plains
    ]
    for column, percents, plains in mixed:
        others = [each for each in table.columns if each.numeric and each is not column]
        if column.unit != "%" and _by_rows(sheet, percents, plains, others):
            continue
        few = plains if len(plains) <= len(percents) else percents
        for cell in few[:_ONE_BY_ONE]:
            shown = cell.text
            exact = read_number(cell).magnitude
            if exact is None:
                continue
            if cell in plains:
                doubt = f"{exact}% 还是 {(exact * 100).normalize():f}%"
            else:
                doubt = f"{shown} 还是 {stored(cell)}"
            yield FINDINGS["cell-percent-mixed"].at(
                file, sheet=sheet.name, cell=cell.address, found=shown, expected=doubt
            )


def stored(cell: Cell) -> str:
    """Return the number that stands behind a percentage: 0.85, or 85 where it is text."""
    return (
        cell.text.rstrip("%％ ") if isinstance(cell.value, str) else f"{Decimal(repr(cell.value))}"
    )


def _by_format(sheet: Sheet, table: TableLike, column: Column) -> tuple[list[Cell], list[Cell]]:
    """Return the percentages and the plain numbers of a column, both empty where one is."""
    rows: dict[str, list[Row]] = {"percent": [], "plain": []}
    for row in sheet.among(table.rows):
        at = column.number - row.start
        if not 0 <= at < len(row.values):
            continue
        value = row.values[at]
        if value and value.__class__ in (int, float):
            found = rows.get(format_sort(row.formats[at]))
            if found is not None:
                found.append(row)
        elif column.unit_source == "format" and isinstance(value, str) and looks_numeric(value):
            rows["percent" if value.rstrip().endswith(("%", "％")) else "plain"].append(row)
    if not rows["percent"] or not rows["plain"]:
        return [], []
    percents, plains = (
        [sheet.at(row, column.number) for row in rows[sort]] for sort in ("percent", "plain")
    )
    return percents, plains


def _by_rows(
    sheet: Sheet, percents: Sequence[Cell], plains: Sequence[Cell], others: Sequence[Column]
) -> bool:
    """Tell whether the mixture goes by rows: all numbers of a row in one format."""
    agree = differ = 0
    for cells, expected in ((percents, True), (plains, False)):
        for cell in cells[:100]:
            for other in others:
                beside = sheet.cell(cell.row, other.number)
                if beside.kind == "number" and beside.value != 0:
                    if (beside.sort == "percent") is expected:
                        agree += 1
                    else:
                        differ += 1
    return agree > 0 and differ * 5 <= agree
