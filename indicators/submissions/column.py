"""The columns of a table: name from all header levels, unit from brackets, rows, title or format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators.submissions.formats import format_sort
from indicators.submissions.region import Grid, code_of
from indicators.submissions.rowsort import says_value
from indicators.submissions.sheet import letter
from indicators.submissions.table import Table
from indicators.submissions.values import looks_numeric, normal
from indicators.submissions.words import (
    is_identifier,
    is_period,
    is_rate,
    is_unit,
    is_unit_column,
    unit_of_heading,
    unit_of_line,
)

__all__ = ["Column", "columns_of", "unit_over"]

_YEAR = re.compile(r"\s*(?:19|20)\d{2}\s*(?:年度?)?\s*")
_PART = re.compile(
    r"\s*(?:第?[一二三四1-4]季度|[Qq][1-4]|\d{1,2}月份?|[上下]半年|前三季度|全年)\s*"
)
_SAMPLE = 400
"""Data rows that tell what a column holds."""
_CELLS = 400_000
"""Cells of them; of a very wide table fewer rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table."""

    number: int
    name: str
    """Levels of its header joined by ' / ', without the unit in brackets."""
    heading: str
    """The same with the unit, as it stands."""
    unit: str
    unit_source: str
    """heading, format, title, sheet; empty without a unit."""
    numeric: bool
    """Whether most of what it holds is numbers."""
    percent: bool
    """Whether most of its numbers are in a percent format."""
    filled: int
    """How many of the sampled rows have something in it."""
    unit_column: bool = False
    """Whether it says the unit of each row."""

    @property
    def letter(self) -> str:
        """Such as C."""
        return letter(self.number)


def levels(grid: Grid, table: Table, column: int) -> list[str]:
    """Return what each header row says of a column, merged ranges spread, repeats dropped."""
    found: list[str] = []
    for number in table.header:
        cell = grid.sheet.cell(number, column)
        text = grid.text_at(number, column)
        if cell.kind == "date" and cell.day is not None:
            day = cell.day
            text = f"{day.year}年{day.month}月" if day.day == 1 else day.isoformat()
        text = " ".join(text.split())
        if text and text not in found[-1:]:
            found.append(text)
    return found


def _spread(grid: Grid, table: Table) -> dict[int, list[str]]:
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
            text
            for number in table.header[:-1]
            if (text := " ".join(grid.text_at(number, column).split()))
        ]
        lowest = " ".join(grid.text_at(table.header[-1], column).split())
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


def _above(grid: Grid, table: Table, column: int) -> str:
    """Return the words of a merged band over a column that its header leaves without a name."""
    top = table.header[0]
    for number in (top - 1, top - 2):
        for merge in grid.merges.get(number, ()):
            if merge.left <= column <= merge.right and merge.width < table.right - table.left + 1:
                return " ".join(grid.text_at(number, column).split())
    return ""


def unit_over(titles: Sequence[str], sheet: str) -> tuple[str, str]:
    """Return the unit that titles, a unit line or the sheet's name state, and which did."""
    for text in reversed(titles):
        unit = unit_of_line(text)
        if unit:
            return unit, "title"
    for text in reversed(titles):
        if len(text) < 80:
            unit = unit_of_heading(text)[1]
            if unit:
                return unit, "title"
    unit = unit_of_line(sheet) or unit_of_heading(sheet)[1]
    return (unit, "sheet") if unit else ("", "")


def _parted(outer: str) -> tuple[str, str]:
    """Return the unit of amounts and that of rates: 单位：亿元、% says both, 亿元 only the first."""
    if "、" not in outer:
        return outer, "%" if outer == "%" else ""
    parts = outer.split("、")
    others = [each for each in parts if each != "%"]
    return (others[0] if len(others) == 1 else ""), ("%" if "%" in parts else "")


def _years(grid: Grid, table: Table, column: int) -> bool:
    """Tell whether the first column holds nothing but years."""
    texts = [cell.text for row in table.rows[:50] if (cell := grid.sheet.cell(row, column)).text]
    return len(texts) > 1 and all(re.fullmatch(r"(?:18|19|20|21)\d{2}", text) for text in texts)


def _units_in_labels(grid: Grid, table: Table) -> bool:
    """Tell whether the labels of the rows say the units: 产值（亿元）, 企业（户）."""
    for column in range(table.left, min(table.right, table.left + 3) + 1):
        texts = [
            str(value)
            for row in grid.sheet.among(table.rows[:50])
            if isinstance(value := grid.sheet.cell(row.number, column).value, str)
        ]
        if texts and sum(bool(unit_of_heading(text)[1]) for text in texts) * 2 > len(texts):
            return not any(looks_numeric(text) for text in texts)
    return False


def columns_of(grid: Grid, table: Table) -> list[Column]:
    """Return the columns of a table from left to right."""
    counts: dict[int, Counter[str]] = {}
    percents: Counter[int] = Counter()
    signs: Counter[int] = Counter()
    wide = _CELLS // (table.right - table.left + 1)
    for number in table.rows[: max(12, min(_SAMPLE, wide))]:
        row = grid.sheet.row(number)
        if row is None:
            continue
        for column, (value, form) in enumerate(
            zip(row.values, row.formats, strict=True), row.start
        ):
            code = code_of(value, form)
            if code == "t" and says_value(str(value)):
                code = "v"
            if code:
                counts.setdefault(column, Counter())[code] += 1
                if code == "n" and form != "General":
                    sort = format_sort(form)
                    percents[column] += sort == "percent"
                    signs[column] += sort == "percent_sign"
                elif code == "N":
                    percents[column] += str(value).rstrip().endswith(("%", "％"))
    names = _spread(grid, table)
    outer, source = unit_over(table.titles, table.sheet.name)
    amounts, rates = _parted(outer)
    by_row = any(is_unit_column(" ".join(each[-1:])) for each in names.values())
    by_row = by_row or _units_in_labels(grid, table)
    found = []
    for column in range(table.left, table.right + 1):
        held = counts.get(column, Counter())
        numbers = held["n"] + held["N"] + held["v"]
        own = names[column]
        heading = " / ".join(own)
        name, unit, unit_source = heading_unit(own)
        numeric = numbers > 0 and numbers >= 0.5 * sum(
            times for code, times in held.items() if code != "-"
        )
        percent = percents[column] * 2 > numbers > 0
        if not table.header:
            name = heading = letter(column)
        elif not name:
            name = heading = _above(grid, table, column)
        shares = max(percents[column], signs[column])
        # Where each row has its unit, one row of amounts among rates shows whose the % is.
        if not unit and shares * 2 > numbers > 0 and not (by_row and shares < numbers):
            unit, unit_source = "%", "format"
        last = own[-1] if own else ""
        named = is_identifier(last) or is_period(last)
        if numeric and column == table.left and _years(grid, table, column):
            numeric = False
        stated = rates if is_rate(last) else amounts
        if not unit and stated and numeric and not named and not by_row:
            unit, unit_source = stated, source
        found.append(
            Column(
                number=column,
                name=name,
                heading=heading,
                unit=unit,
                unit_source=unit_source,
                numeric=numeric,
                percent=percent,
                filled=sum(held.values()),
                unit_column=is_unit_column(own[-1]) if own else False,
            )
        )
    times = Counter(each.name for each in found)
    found = [
        # Phase 1 / # beside Phase 1 / %: where only the unit tells two columns apart, it stays.
        replace(each, name=each.heading) if times[each.name] > 1 and each.heading else each
        for each in found
    ]
    while found and not found[-1].heading and not found[-1].filled:
        found.pop()
    return found


def heading_unit(own: Sequence[str]) -> tuple[str, str, str]:
    """Return the name of a column from its levels, its unit, and where that stands.

    A level that only says the unit is no part of the name.
    """
    unit = ""
    kept: list[str] = []
    last = own[-1] if own else ""
    # 位次 and 增速 under 产值（亿元） are not in 亿元.
    own_kind = len(own) > 1 and (is_period(last) or is_rate(last) or is_identifier(last))
    for at, text in enumerate(reversed(own)):
        bare = text.strip("()（）[]【】 ")
        if not unit and len(own) > 1 and is_unit(bare):
            unit = "%" if normal(bare) == "%" else bare
            continue
        name, inner = unit_of_heading(text)
        if inner and not unit and not (at and own_kind and inner != "%"):
            unit = inner
        kept.append(name if inner else text)
    return " / ".join(each for each in reversed(kept) if each), unit, "heading" if unit else ""
