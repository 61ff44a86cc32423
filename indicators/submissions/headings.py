"""What the header of a table says of each of its columns, level by level."""

from __future__ import annotations

import re
from collections import Counter

from indicators.submissions.region import Grid
from indicators.submissions.table import Table

__all__ = ["band_over", "levels", "one_line", "spread"]

_YEAR = re.compile(r"\s*(?:19|20)\d{2}\s*(?:年度?)?\s*")
_PART = re.compile(
    r"\s*(?:第?[一二三四1-4]季度|[Qq][1-4]|\d{1,2}月份?|[上下]半年|前三季度|全年)\s*"
)
_WRAPPED = re.compile("(?<=[\u3001-\u9fff\uff01-\uff65])\r?\n(?=[\u3001-\u9fff\uff01-\uff65])")


def one_line(text: str) -> str:
    """Return a heading on one line: 建设 over 性质 in a cell is 建设性质, Year under 年份 a word."""
    return " ".join(_WRAPPED.sub("", text.strip()).split())


def levels(grid: Grid, table: Table, column: int) -> list[str]:
    """Return what each header row says of a column, merged ranges spread, repeats dropped."""
    found: list[str] = []
    for number in table.header:
        cell = grid.sheet.cell(number, column)
        text = grid.text_at(number, column)
        if cell.kind == "date" and cell.day is not None:
            day = cell.day
            text = f"{day.year}年{day.month}月" if day.day == 1 else day.isoformat()
        text = one_line(text)
        if text and text not in found[-1:]:
            found.append(text)
    return found


def spread(grid: Grid, table: Table) -> dict[int, list[str]]:
    """Return the levels of each column.

    A group that is not merged heads what follows it only where names would be double otherwise.
    """
    named = {column: levels(grid, table, column) for column in range(table.left, table.right + 1)}
    if len(table.header) < 2:
        return named
    joined = Counter(" / ".join(each) for each in named.values() if each)
    years = _years_over_parts(grid, table)
    if not years and not any(times > 1 for times in joined.values()):
        return named
    group: list[str] = []
    filled = {}
    for column, own in named.items():
        upper = [
            text for number in table.header[:-1] if (text := one_line(grid.text_at(number, column)))
        ]
        lowest = one_line(grid.text_at(table.header[-1], column))
        if upper:
            group = upper
            filled[column] = own
        elif lowest and group:
            filled[column] = [*group, lowest]
        else:
            filled[column] = own
    again = Counter(" / ".join(each) for each in filled.values() if each)
    better = sum(times > 1 for times in again.values()) < sum(
        times > 1 for times in joined.values()
    )
    return filled if better or years else named


def _years_over_parts(grid: Grid, table: Table) -> bool:
    """Tell whether years stand over quarters or months, merged or not: 2025年 over 一季度."""
    upper, lower = (
        [grid.text_at(number, column) for column in range(table.left, table.right + 1)]
        for number in table.header[-2:]
    )
    return any(map(_YEAR.fullmatch, upper)) and sum(map(bool, map(_PART.fullmatch, lower))) > 1


def band_over(grid: Grid, table: Table, column: int) -> str:
    """Return the words of a merged band over a column that its header leaves without a name."""
    top = table.header[0]
    for number in (top - 1, top - 2):
        for merge in grid.merges.get(number, ()):
            if merge.left <= column <= merge.right and merge.width < table.right - table.left + 1:
                return one_line(grid.text_at(number, column))
    return ""
