"""The lines of a workbook that speak of indicators, whatever its layout."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from indicators.model import Accumulation
from indicators.submissions.entry import ACCUMULATIONS, COLUMNS
from indicators.submissions.sheet import Cell, Sheet, Workbook

__all__ = ["Line", "template_heads", "template_lines"]

_FIRST_ROWS = 15


class Line(NamedTuple):
    """One indicator in one period, as a sheet states it."""

    sheet: str
    row: int
    key: str = ""
    name: str = ""
    name_cell: str = ""
    unit: str = ""
    """Unit stated for the value outside of its cell: by row, column, title."""
    unit_cell: str = ""
    values: tuple[tuple[Accumulation, Cell], ...] = ()
    """Value cells with the accumulation that their column states, empty where none is stated."""
    quarter: str = ""
    """The quarter that the column or title states, where it does."""
    standing: str = ""
    expected_on: Cell | None = None
    texts: Mapping[str, Cell] = MappingProxyType({})
    from_template: bool = False
    standing_cell: str = ""


def template_lines(workbook: Workbook) -> list[Line]:
    """Return the lines of the sheets that carry the hidden column keys of a template."""
    return [line for sheet in workbook.sheets if not sheet.hidden for line in _sheet_lines(sheet)]


def template_heads(sheet: Sheet) -> int:
    """Return the row of the hidden column keys; 0 where a sheet is none of a template."""
    found = _keys(sheet)
    return found[0] if found else 0


def _keys(sheet: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """Return the row of column keys and the column of each."""
    for row in sheet.rows:
        if row.number > _FIRST_ROWS:
            break
        columns = {
            str(value): column
            for column, value in enumerate(row.values, row.start)
            if isinstance(value, str) and value in COLUMNS
        }
        if {"key", "name"} <= columns.keys():
            return row.number, columns
    return None


def _sheet_lines(sheet: Sheet) -> list[Line]:
    found = _keys(sheet)
    if found is None:
        return []
    header, columns = found[0] + 1, found[1]
    lines = []
    for row in sheet.rows:
        if row.number <= header:
            continue

        def cell(key: str, number: int = row.number) -> Cell:
            return sheet.cell(number, columns.get(key, 0))

        key, name = cell("key"), cell("name")
        values: list[tuple[Accumulation, Cell]] = [
            (basis, value)
            for basis in ACCUMULATIONS
            if f"value_{basis}" in columns and (value := cell(f"value_{basis}")).kind != "blank"
        ]
        if not key.text and not name.text:
            continue
        if not key.text and not values:
            continue
        expected = cell("expected_on")
        lines.append(
            Line(
                sheet=sheet.name,
                row=row.number,
                key=key.text,
                name=name.text,
                name_cell=name.address,
                unit=cell("unit").text,
                unit_cell=cell("unit").address,
                values=tuple(values),
                standing=cell("standing").text,
                standing_cell=cell("standing").address if "standing" in columns else "",
                expected_on=expected if expected.kind != "blank" else None,
                texts={
                    each: cell(each)
                    for each in ("progress", "problems", "next_steps")
                    if cell(each).text
                },
                from_template=True,
            )
        )
    return lines
