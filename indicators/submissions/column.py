"""The columns of a table: name from all header levels, unit from brackets, rows, title or format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators.submissions.formats import format_sort
from indicators.submissions.headings import band_over, spread
from indicators.submissions.patience import timed
from indicators.submissions.region import Grid, code_of, is_filled
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
    shown_unit,
    unit_of_heading,
    unit_of_line,
    unit_of_note,
)

__all__ = ["Column", "columns_of", "unit_over"]

_PERIOD = re.compile(r"(?:18|19|20|21)\d{2}(?:\s*[-/.]?\s*(?:[Qq][1-4]|[Mm]?(?:0?[1-9]|1[0-2])))?")
"""A year, also with a quarter or month: 2023, 2023 Q1, 2023-04."""
_NAMING = re.compile(r"(?:[Pp]er ?cent(?:age)?|百分比|占比)")
"""Words for a unit that name a column, too."""
_MONEY = re.compile(r"(?:金额|货币)\s*单\s*位")
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
    """heading, format, title, sheet, note; empty without a unit."""
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


def unit_over(titles: Sequence[str], sheet: str, notes: Sequence[str] = ()) -> tuple[str, str]:
    """Return the unit that titles, a unit line, the sheet's name or a note state, and which did."""
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
    if unit:
        return unit, "sheet"
    unit = next(filter(None, map(unit_of_note, notes)), "")
    return (unit, "note") if unit else ("", "")


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
    return len(texts) > 1 and all(map(_PERIOD.fullmatch, texts))


def _says_units(grid: Grid, table: Table, column: int, heading: str) -> bool:
    """Tell whether a column says the unit of each row; under 单位 offices may stand as well."""
    if not is_unit_column(heading):
        return False
    texts = [text for row in grid.sheet.among(table.rows[:50]) if len(text := row.text(column)) > 0]
    offices = normal(heading).strip() == "单位" and not any(map(is_unit, texts))
    return not (offices and len(texts) > 1)


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
    names = spread(grid, table)
    outer, source = unit_over(table.titles, table.sheet.name, table.notes)
    amounts, rates = _parted(outer)
    # 金额单位：万元 is that of 金额 even where each row has a unit of its own, for its 数量.
    money = amounts if any(map(_MONEY.search, table.titles)) else ""
    of_units = {
        column
        for column, own in names.items()
        if any(_says_units(grid, table, column, each) for each in own)
    }
    by_row = bool(of_units) or _units_in_labels(grid, table)
    found = []
    for column in timed(range(table.left, table.right + 1)):
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
            name = heading = band_over(grid, table, column)
        shares = max(percents[column], signs[column])
        # Where each row has its unit, one row of amounts among rates shows whose the % is.
        if not unit and shares * 2 > numbers > 0 and not (by_row and shares < numbers):
            unit, unit_source = "%", "format"
        last = own[-1] if own else ""
        named = is_period(last) or any(map(is_identifier, own))
        if numeric and column == table.left and _years(grid, table, column):
            numeric = False
        stated = rates if is_rate(last) else amounts
        if not unit and stated and numeric and not named and not by_row:
            unit, unit_source = stated, source
        elif not unit and money and numeric and by_row and last.rstrip().endswith("额"):
            unit, unit_source = money, source
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
                unit_column=column in of_units,
            )
        )
    times = Counter(each.name for each in found)
    found = [
        # Phase 1 / # beside Phase 1 / %: where only the unit tells two columns apart, it stays.
        replace(each, name=each.heading) if times[each.name] > 1 and each.heading else each
        for each in found
    ]
    return _in_use(grid, table, found)


def _in_use(grid: Grid, table: Table, columns: Sequence[Column]) -> list[Column]:
    """Return the columns that say or hold something; those between only keep others apart."""
    void = {each.number for each in columns if not each.heading and not each.filled}
    if void and len(table.rows) > _SAMPLE:
        for row in grid.sheet.among(table.rows):
            void -= {at for at, value in enumerate(row.values, row.start) if is_filled(value)}
    kept = [each for each in columns if each.number not in void]
    # Words beside a table, past a blank column and with nothing under them, are a remark.
    while (
        len(kept) > 2
        and not kept[-1].filled
        and kept[-1].number - 1 in void
        and any(each.filled and each.numeric for each in kept)
    ):
        kept.pop()
    return kept


def heading_unit(own: Sequence[str]) -> tuple[str, str, str]:
    """Return the name of a column from its levels, its unit, and where that stands.

    A level that only says the unit is no part of the name.
    """
    unit = ""
    kept: list[str] = []
    last = own[-1] if own else ""
    coded = any(map(is_identifier, own[:-1]))  # 类 | 款 | 项 under 科目编码 are no units
    # 位次 and 增速 under 产值（亿元） are not in 亿元.
    own_kind = len(own) > 1 and (is_period(last) or is_rate(last) or is_identifier(last))
    for at, text in enumerate(reversed(own)):
        bare = text.strip("()（）[]【】 ")
        if not unit and len(own) > 1 and is_unit(bare) and not (coded and bare == text):
            unit = shown_unit(bare)
            if not _NAMING.fullmatch(text.strip()):
                continue
        name, inner = unit_of_heading(text)
        if inner and not unit and not (at and own_kind and inner != "%"):
            unit = inner
        kept.append(name if inner else text)
    return " / ".join(each for each in reversed(kept) if each), unit, "heading" if unit else ""
