"""The tables of a sheet: header, data rows, and every other row with the reason it is no data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indicators.submissions.cutting import blocks
from indicators.submissions.form import Form, find_form, find_preamble
from indicators.submissions.header import Header, Skipped, find_header
from indicators.submissions.patience import timed
from indicators.submissions.region import TYPED, Block, Grid, Place
from indicators.submissions.rowjudge import CONTINUED, RowJudge
from indicators.submissions.rowsort import why_skipped
from indicators.submissions.sheet import Sheet, span
from indicators.submissions.trimming import trimmed
from indicators.submissions.values import normal
from indicators.submissions.words import (
    header_words,
    is_metadata,
    is_note,
    unit_of_line,
)

__all__ = ["Table", "find_tables", "holds_numbers", "survey"]

_FORM_ROWS = 20
"""Rows that may go on with a form."""
_MOST_SKIPPED = 2_000
"""Skipped rows that are told one by one."""


@dataclass(slots=True, kw_only=True)
class Table:
    """One table of a sheet, while it is found."""

    sheet: Sheet
    left: int
    right: int
    header: tuple[int, ...]
    rows: list[int] = field(default_factory=list)
    """Numbers of the data rows."""
    skipped: list[Skipped] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    """Texts above the header."""
    notes: list[str] = field(default_factory=list)
    """Texts under the data, a row each."""

    @property
    def range(self) -> str:
        """From the first header row to the last data row."""
        numbers = [*self.header, *self.rows]
        return span(min(numbers), self.left, max(numbers), self.right)

    @property
    def bottom(self) -> int:
        """Last row of header or data."""
        return max([*self.header[-1:], *self.rows[-1:]], default=0)

    def skip(self, row: int, reason: str) -> None:
        """Note a row that is no data."""
        if len(self.skipped) < _MOST_SKIPPED:
            self.skipped.append(Skipped(row, reason))


def holds_numbers(table: Table) -> bool:
    """Tell whether numbers stand in the first rows of a table."""
    return any(
        isinstance(value, int | float) and not isinstance(value, bool)
        for row in table.sheet.among(table.rows[:50])
        for value in row.values
    )


def find_tables(sheet: Sheet) -> list[Table]:
    """Return the tables of a sheet in order."""
    return survey(sheet)[0]


def survey(sheet: Sheet) -> tuple[list[Table], list[Form]]:
    """Return the tables of a sheet and its forms, each in order."""
    finder = _Tables(Grid(sheet))
    cut = list(timed(blocks(finder.grid)))
    for at, block in enumerate(cut):
        finder.block(block, cut[at + 1] if at + 1 < len(cut) else None)
    tables = [trimmed(each, finder.grid) for each in finder.tables if each.rows or each.header]
    return tables, finder.forms


class _Tables:
    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.tables: list[Table] = []
        self.forms: list[Form] = []
        self.waiting: list[Skipped] = []
        """Rows above a table that is not there yet."""

    def block(self, block: Block, following: Block | None) -> None:
        """Take in one block: a form, a table, more of the last one, or words around tables."""
        before = self.before(block)
        form = find_form(self.grid, block)
        if form is None and before is None:
            form = find_preamble(self.grid, block, following)
        if form is not None and not self.signs(form, before):
            self.forms.append(form)
            self.waiting.extend(Skipped(number, "标题") for number in form.titles)
            self.waiting.extend(Skipped(number, "表单") for number in form.rows)
            rest = tuple(number for number in block.rows if number > form.rows[-1])
            if not rest:
                return
            block = self.under_form(Block(rest, block.left, block.right))
        header = find_header(self.grid, block)
        if header is None or self.only_words(block, header, before):
            self.words(block, before)
            return
        if before is not None and not header.rows and self.fits(block, before):
            self.blank_rows(before, block.top)
            before.left = min(before.left, block.left)
            before.right = max(before.right, block.right)
            for skipped in header.skipped:
                before.skip(skipped.row, skipped.reason)
            self.data(before, block, header.data)
            return
        if before is not None and header.rows and self.same_header(before, block, header):
            self.blank_rows(before, block.top)
            for skipped in header.skipped:
                before.skip(skipped.row, self.title(skipped.row, block, skipped.reason))
            for number in header.rows:
                before.skip(number, "重复表头")
            self.data(before, block, header.data)
            return
        self.open(block, header)

    def under_form(self, block: Block) -> Block:
        """Return a block without the rows that go on with the form above it.

        资金情况 | 总额 | 500 has no header of its own; the first full row of words after it is one.
        """
        header = find_header(self.grid, block)
        if header is None or header.rows:
            return block
        rows = {
            number: self.grid.places(number, block.left, block.right)
            for number in block.rows[:_FORM_ROWS]
        }
        width = block.right - block.left + 1
        for at, places in enumerate(rows.values()):
            words = all(place.code == "t" for place in places)
            if at and words and len(places) >= max(3, 0.8 * width):
                self.waiting.extend(Skipped(each, "表单") for each in block.rows[:at])
                return Block(block.rows[at:], block.left, block.right)
        return block

    def signs(self, form: Form, before: Table | None) -> bool:
        """Tell whether a form only signs the table above it: 审核人：| … | 填报日期：| …."""
        signing = sum(is_note(name) or is_metadata(name) for name, _ in form.fields)
        return before is not None and signing * 2 > len(form.fields)

    def before(self, block: Block) -> Table | None:
        """Return the last table over the same columns."""
        for table in reversed(self.tables):
            if (table.rows or table.header) and (
                table.left <= block.right and block.left <= table.right
            ):
                return table
        return None

    def open(self, block: Block, header: Header) -> None:
        """Begin a table."""
        table = Table(sheet=self.grid.sheet, left=block.left, right=block.right, header=header.rows)
        for each in self.waiting:
            if each.reason == "表单":
                table.skip(each.row, each.reason)
            else:
                self.above(table, each.row, each.reason)
        self.waiting = []
        for number in block.common:
            row = self.grid.sheet.row(number)
            table.titles.extend(
                cell.text
                for cell in (self.grid.sheet.cells(row) if row else ())
                if isinstance(cell.value, str) and not block.left <= cell.column <= block.right
            )
        for skipped in header.skipped:
            if skipped.row < header.data and (not header.rows or skipped.row < header.rows[0]):
                self.above(table, skipped.row, skipped.reason, block)
            else:
                table.skip(skipped.row, skipped.reason)
        self.tables.append(table)
        self.data(table, block, header.data)

    def above(self, table: Table, number: int, reason: str, block: Block | None = None) -> None:
        """Keep the texts of a row above the header."""
        row = self.grid.sheet.row(number)
        left, right = (block.left, block.right) if block else (1, 16_384)
        if row is not None:
            table.titles.extend(
                cell.text
                for cell in self.grid.sheet.cells(row)
                if isinstance(cell.value, str) and left <= cell.column <= right
            )
        table.skip(number, reason)

    def title(self, number: int, block: Block, reason: str) -> str:
        """Return why a row between two parts of a table is no data."""
        texts = [place.text for place in self.grid.places(number, block.left, block.right)]
        return "续表标题" if any(CONTINUED.search(text) for text in texts) else reason

    def blank_rows(self, table: Table, top: int) -> None:
        """Note the blank rows between a table and its next part."""
        known = {each.row for each in table.skipped}
        for number in range(table.bottom + 1, min(top, table.bottom + 50)):
            row = self.grid.sheet.row(number)
            if number not in known and (row is None or not any(self.grid.sheet.cells(row))):
                table.skip(number, "空行")

    def words(self, block: Block, before: Table | None) -> None:
        """Keep a block of words for the table above it, else for the one below."""
        if before is None or any(
            unit_of_line(place.text) or CONTINUED.search(place.text)
            for number in block.rows[-3:]
            for place in self.grid.places(number, block.left, block.right)
        ):
            self.waiting.extend(
                Skipped(number, why_skipped(self.grid.places(number, block.left, block.right)))
                for number in block.rows
            )
            return
        first = self.grid.places(block.top, block.left, block.right)
        title = (
            len(block.rows) <= 2
            and len(first) == 1
            and bool(
                re.match(r"\s*(?:附?表|附件|[一二三四五六七八九十]+、|\d+[-–.]\d+)", first[0].text)
            )
        )
        if title:
            self.waiting.extend(Skipped(number, "标题") for number in block.rows)
            return
        for number in block.rows:
            before.skip(number, "说明")

    def only_words(self, block: Block, header: Header, before: Table | None) -> bool:
        """Tell whether a block without values is prose or a line of signatures, and no table."""
        first = self.grid.places(block.top, block.left, block.right)
        numbered = [normal(place.text).lower().startswith("footnote") for place in first]
        if before is not None and len(first) == 2 and any(numbered):
            return True  # fnSeqID | Footnote, and under it 1 | Estimate.
        places: list[Place] = []
        for number in block.rows[:60]:
            here = self.grid.places(number, block.left, block.right)
            if any(place.code in TYPED for place in here):
                return False
            places.extend(here)
        if sum(is_metadata(place.text) for place in places) * 2 >= len(places):
            return True
        if before is not None and len(first) == 1 and is_note(first[0].text):
            return True  # 指标解释, and under it names and what they mean
        hits = sum(header_words(place.text) for place in places)
        if hits >= 2 or not header.rows:
            return False
        if before is None:
            return len(block.rows) < 2 and block.right - block.left < 2
        return block.right - block.left < 0.5 * (before.right - before.left) or len(block.rows) < 3

    def fits(self, block: Block, table: Table) -> bool:
        """Tell whether a block without a header goes on with a table."""
        return table.left - 1 <= block.left and block.right <= table.right + 1

    def same_header(self, table: Table, block: Block, header: Header) -> bool:
        """Tell whether a header says the same as that of the table before."""
        if not table.header or (table.left, table.right) != (block.left, block.right):
            return False
        one, other = (
            [
                normal(self.grid.text_at(rows[-1], column))
                for column in range(block.left, block.right + 1)
            ]
            for rows in (table.header, header.rows)
        )
        named = sum(bool(text) for text in one)
        return (
            named > 0 and sum(a == b != "" for a, b in zip(one, other, strict=True)) >= 0.8 * named
        )

    def data(self, table: Table, block: Block, first: int) -> None:
        """Take in the rows under a header."""
        rows = [number for number in block.rows if number >= first]
        judge = RowJudge(self.grid, table.header, block.left, block.right)
        # A block is cut from rows that are there: each of these numbers has one.
        for at, row in enumerate(timed(self.grid.sheet.among(rows))):
            number = row.number
            reason = judge.reason(row)
            if reason == "表头":
                rest = Block(tuple(rows[self.back_to(table, rows, at) :]), block.left, block.right)
                header = find_header(self.grid, rest)
                if header is not None and header.rows and header.rows[0] <= number:
                    self.open(rest, header)
                    return
                reason = ""
            if reason:
                table.skip(number, reason)
            else:
                table.rows.append(number)
                judge.learn(row)

    def back_to(self, table: Table, rows: Sequence[int], at: int) -> int:
        """Return where the titles of a new table begin that were taken for captions."""
        start = at
        while start > 0 and table.skipped and table.skipped[-1].row == rows[start - 1]:
            if table.skipped[-1].reason not in ("分组标题", "续表标题", "单位说明"):
                break
            table.skipped.pop()
            start -= 1
        return start
