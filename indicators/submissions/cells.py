"""What is doubtful in single cells: error values, lost results, numbers as text, mixed percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from indicators.findings import Finding
from indicators.submissions.dates import read_day
from indicators.submissions.percentages import TableLike, mixed_percentages
from indicators.submissions.problems import FINDINGS, MARKS
from indicators.submissions.region import code_of
from indicators.submissions.sheet import UNCALCULATED, Cell, Sheet, Trouble, address
from indicators.submissions.values import looks_numeric, read_text_number
from indicators.submissions.words import is_day, is_identifier, is_period

if TYPE_CHECKING:
    from indicators.submissions.column import Column

__all__ = ["cell_findings"]

_ONE_BY_ONE = 1_000
"""Findings of a sort on a sheet that are told cell by cell; the rest in one."""
_TEXTS = 20
"""Cells of a sort in a column that are told cell by cell; more are told as one range."""


_LOST_ROWS = 2_000
_FEW = 5
"""Cells of a sort that all read well and are told one by one; more are told as one range."""
_MOST_WORDS = 2_000
"""Words in a column that are looked at one by one; where there are more it is one of words."""
_PACKED = re.compile(r"(?:19|20)\d{6}")
_LONG = 120
"""Characters of a comment that are told."""


def cell_findings(
    sheet: Sheet, tables: Sequence[TableLike], file: str, *, as_text: bool = False
) -> Iterator[Finding]:
    """Return what is doubtful in the cells of a sheet; ``as_text`` where the file is plain text."""
    yield from _troubles(sheet, file)
    if as_text:
        yield from _lost(sheet, file)
    for table in tables:
        texts, values = _sorts(sheet, table)
        # Exports of statistics hold every number as text: a range a column then tells enough.
        most = (
            _TEXTS
            if len(texts & {each.number for each in table.columns if each.numeric}) < 6
            else 3
        )
        for column in table.columns if not as_text else ():
            if column.number in texts:
                yield from _numbers_as_text(sheet, table, column, file, most)
        yield from mixed_percentages(sheet, table, file)
        mixed = [
            each
            for each in table.columns
            if each.number in texts and (each.numeric or each.number in values)
        ]
        yield from _words_among_values(sheet, table, mixed, file)
    yield from _comments(sheet, tables, file)


def _lost(sheet: Sheet, file: str) -> Iterator[Finding]:
    """Tell text whose characters a wrong encoding turned into question marks."""
    cells = [
        address(row.number, column)
        for row in sheet.rows[:_LOST_ROWS]
        for column, value in enumerate(row.values, row.start)
        if isinstance(value, str) and len(value) > 1 and not value.strip("?？�")
    ]
    if len(cells) >= _FEW:
        yield FINDINGS["characters-lost"].at(
            file, sheet=sheet.name, cell=cells[0], found=len(cells)
        )


def _sorts(sheet: Sheet, table: TableLike) -> tuple[set[int], set[int]]:
    """Return the columns that hold text, and those that hold values; one pass for all checks."""
    kinds = {(row.start, tuple(map(type, row.values))) for row in sheet.among(table.rows)}
    texts: set[int] = set()
    values: set[int] = set()
    for start, sorts in kinds:
        for column, sort in enumerate(sorts, start):
            if sort is str:
                texts.add(column)
            elif sort is not type(None):
                values.add(column)
    return texts, values


def _troubles(sheet: Sheet, file: str) -> Iterator[Finding]:
    """Return error values and formulas without a result, wherever they stand."""
    told = {"cell-error-value": 0, "cell-uncalculated": 0}
    last: dict[str, tuple[str, str]] = {}
    for row in sheet.rows:
        if Trouble not in map(type, row.values):
            continue
        for column, value in enumerate(row.values, row.start):
            if value.__class__ is not Trouble:
                continue
            name = value.name
            code = "cell-uncalculated" if name == UNCALCULATED else "cell-error-value"
            told[code] += 1
            where = address(row.number, column)
            last[code] = (where, name)
            if told[code] <= _ONE_BY_ONE:
                yield FINDINGS[code].at(file, sheet=sheet.name, cell=where, found=name)
    for code, times in told.items():
        if times > _ONE_BY_ONE:
            where, name = last[code]
            found = f"{name} 等，另有 {times - _ONE_BY_ONE} 处"
            yield FINDINGS[code].at(file, sheet=sheet.name, cell=where, found=found)


def _numbers_as_text(
    sheet: Sheet, table: TableLike, column: Column, file: str, most: int
) -> Iterator[Finding]:
    """Return numbers that were stored as text where numbers are meant."""
    last = column.heading.rpartition(" / ")[2]
    if (
        not column.numeric
        or any(map(is_identifier, column.heading.split(" / ")))
        or is_period(last)
        or is_day(last)
    ):
        return
    found: list[tuple[str, str]] = []
    for row in sheet.among(table.rows):
        at = column.number - row.start
        if not 0 <= at < len(row.values):
            continue
        value = row.values[at]
        if value.__class__ is str and looks_numeric(str(value)):
            found.append((address(row.number, column.number), str(value).strip()))
    if len(found) > most:
        cell = f"{found[0][0]}:{found[-1][0]}"
        yield FINDINGS["cell-number-as-text"].at(
            file, sheet=sheet.name, cell=cell, found=f"{len(found)} 个，如 {found[0][1]}",
            expected="原数",
        )  # fmt: skip
        return
    for cell, text in found:
        reading = read_text_number(text)
        magnitude = reading.magnitude if reading else None
        yield FINDINGS["cell-number-as-text"].at(
            file, sheet=sheet.name, cell=cell, found=text,
            expected=f"{magnitude}{reading.unit if reading else ''}",
        )  # fmt: skip


def _words_among_values(
    sheet: Sheet, table: TableLike, columns: Sequence[Column], file: str
) -> Iterator[Finding]:
    """Return words in columns of numbers and of days: 3000万 and 2017.03.02 are read, others not."""
    for column in columns:
        last = column.heading.rpartition(" / ")[2]
        if is_identifier(last):
            continue
        words: list[Cell] = []
        packed: list[Cell] = []
        numbers = days = 0
        for row in sheet.among(table.rows):
            at = column.number - row.start
            if not 0 <= at < len(row.values):
                continue
            code = code_of(row.values[at], row.formats[at])
            numbers += code in ("n", "N")
            days += code == "d"
            if code == "t":
                words.append(sheet.at(row, column.number))
            elif code in ("n", "N") and len(packed) <= _MOST_WORDS and is_day(last):
                cell = sheet.at(row, column.number)
                if code == "N" or _PACKED.fullmatch(cell.text):
                    packed.append(cell)
        if days or is_day(last):
            packed = [cell for cell in packed if read_day(cell) is not None]  # 20260331 is a day
            words = sorted([*words, *packed], key=lambda each: each.row)
            numbers -= len(packed)
        if not words or len(words) > _MOST_WORDS:
            continue
        for_days = days > numbers or is_day(last)
        read = {cell.address: _as_value(cell, for_days=for_days) for cell in words}
        known = sum(value is not None for value in read.values())
        if not known + numbers + days or (len(words) - known) * 2 > numbers + days + known:
            continue  # a column of words
        if known == len(words) > _FEW:
            code = "cell-day-as-text" if for_days else "cell-number-as-text"
            yield FINDINGS[code].at(
                file, sheet=sheet.name, cell=f"{words[0].address}:{words[-1].address}",
                found=f"{len(words)} 个，如 {words[0].text}", expected="原意",
            )  # fmt: skip
            continue
        for cell in words[:_TEXTS]:
            value = read[cell.address]
            if for_days:
                code = "cell-not-a-day" if value is None else "cell-day-as-text"
            else:
                code = "cell-not-a-number" if value is None else "cell-number-as-text"
            yield FINDINGS[code].at(
                file, sheet=sheet.name, cell=cell.address, found=cell.text, expected=value or "",
                severity="warning",
            )  # fmt: skip


def _as_value(cell: Cell, *, for_days: bool) -> str | None:
    """Return what a word says as a day or as a number, None where it says none."""
    if for_days:
        day = read_day(cell)
        return None if day is None else day.isoformat()
    reading = read_text_number(cell.text)
    if reading is None or reading.magnitude is None:
        return None
    return f"{reading.magnitude:f}{reading.unit}"


def _comments(sheet: Sheet, tables: Sequence[TableLike], file: str) -> Iterator[Finding]:
    """Return the comments in the cells of tables with their words, ours left out."""
    inside = [
        (address(row, column), " ".join(words.split()))
        for row, column, words in sorted(sheet.comments)
        if not words.startswith(tuple(MARKS.values()))
        and any(
            (row in table.header_rows or (table.rows and table.rows[0] <= row <= table.rows[-1]))
            and table.columns[0].number <= column <= table.columns[-1].number
            for table in tables
            if table.columns
        )
    ]
    for cell, words in inside[:_TEXTS]:
        short = words if len(words) <= _LONG else f"{words[:_LONG]}…"
        yield FINDINGS["cell-comment"].at(file, sheet=sheet.name, cell=cell, found=short)
    if len(inside) > _TEXTS:
        found = f"另有 {len(inside) - _TEXTS} 处批注"
        yield FINDINGS["cell-comment"].at(
            file, sheet=sheet.name, cell=inside[_TEXTS][0], found=found
        )
