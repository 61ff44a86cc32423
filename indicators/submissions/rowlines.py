"""The lines of a table with an indicator a row: where each thing stands, and what a row says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from indicators.submissions.column import Column
from indicators.submissions.figure import cell_of
from indicators.submissions.inspecting import TableView
from indicators.submissions.lines import Line
from indicators.submissions.matching import Matcher
from indicators.submissions.problems import MARKS
from indicators.submissions.sheet import Cell, Row, Sheet
from indicators.submissions.valuecolumns import ValueColumn, meant
from indicators.submissions.words import unit_of_heading

__all__ = ["RowLines"]

_TEXTS = ("progress", "problems", "next_steps")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLines:
    """The lines of a table with an indicator a row, made when they are asked for."""

    table: TableView
    matcher: Matcher
    name: Column
    units: Column | None
    """Says the unit of each row."""
    texts: Mapping[str, Column]
    """What stands beside the numbers, by its meaning."""
    by_quarter: Sequence[tuple[str, Sequence[ValueColumn]]]

    @classmethod
    def of(
        cls, table: TableView, name: Column, values: Sequence[ValueColumn], matcher: Matcher
    ) -> RowLines:
        """Find the columns of a table whose names and values are known."""
        quarters = sorted({value.quarter for value in values})
        return cls(
            table=table,
            matcher=matcher,
            name=name,
            units=next((each for each in table.columns if each.unit_column), None),
            texts={
                meaning: each
                for each in reversed(table.columns)
                if (meaning := meant(each)) in (*_TEXTS, "expected_on")
            },
            by_quarter=[
                (each, [one for one in values if one.quarter == each]) for each in quarters
            ],
        )

    def __iter__(self) -> Iterator[Line]:
        """Walk the lines of all rows."""
        for row in self.rows():
            yield from self.lines(row)

    def rows(self) -> Iterator[Row]:
        """Walk the rows that may speak of an indicator."""
        sheet, name = self.table.sheet, self.name.number
        sums = [
            each.row
            for each in self.table.skipped
            if each.reason.startswith("合计")
            # 财政收入合计 may be the very indicator that is followed.
            and self.matcher.exact(cell_of(sheet, each.row, name).text) is not None
        ]
        return sheet.among(sorted([*self.table.rows, *sums]) if sums else self.table.rows)

    def lines(self, held: Row) -> Iterator[Line]:
        """Walk the lines of a row, one a quarter."""
        sheet, texts = self.table.sheet, self.texts
        at = partial(sheet.at, held)
        said, name_cell = _stated(sheet, held, self.name)
        if not said:
            return
        own_unit = unit = unit_cell = ""
        if self.matcher.exact(said) is None:
            said, own_unit = unit_of_heading(said)
        if self.units:
            unit, unit_cell = _stated(sheet, held, self.units, words=False)
        day = at(texts["expected_on"].number) if "expected_on" in texts else None
        for quarter, columns in self.by_quarter:
            cells = [
                (value.basis, cell)
                for value in columns
                if (cell := at(value.column.number)).kind != "blank"
            ]
            if not cells and len(self.by_quarter) > 1:
                continue
            last = quarter == self.by_quarter[-1][0]
            yield Line(
                sheet=sheet.name,
                row=held.number,
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


def _texts(at: Callable[[int], Cell], columns: Mapping[str, Column]) -> dict[str, Cell]:
    return {
        key: cell
        for key in _TEXTS
        if key in columns
        and (cell := at(columns[key].number)).text
        and not cell.text.startswith(tuple(MARKS.values()))
    }
