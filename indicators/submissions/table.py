"""The tables of a sheet: header, data rows, and every other row with the reason it is no data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indicators.submissions.header import Header, Skipped, find_header
from indicators.submissions.region import TYPED, Block, Grid, Place, blocks
from indicators.submissions.sheet import Row, Sheet, span
from indicators.submissions.values import normal
from indicators.submissions.words import (
    header_words,
    is_metadata,
    is_note,
    is_total,
    unit_of_line,
)

__all__ = ["Table", "find_tables"]

_CONTINUED = re.compile(r"续\s*表|[(（]续[)）]|\bcontinued\b|\bcont['.]?d\b", re.IGNORECASE)
_GROUP = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十]+)|[（(][共计]*\s*\d+\s*[项个家条件类][)）]"
)
"""How the label of a group begins, or what it counts."""
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

    @property
    def range(self) -> str:
        """From the first header row to the last data row."""
        numbers = [*self.header, *self.rows]
        return span(min(numbers), self.left, max(numbers), self.right)

    @property
    def bottom(self) -> int:
        """Last row of header or data."""
        return max([*self.header[-1:], *self.rows[-1:]])

    def skip(self, row: int, reason: str) -> None:
        """Note a row that is no data."""
        if len(self.skipped) < _MOST_SKIPPED:
            self.skipped.append(Skipped(row, reason))


def find_tables(sheet: Sheet) -> list[Table]:
    """Return the tables of a sheet in order."""
    finder = _Tables(Grid(sheet))
    for block in blocks(finder.grid):
        finder.block(block)
    return [_trimmed(table, finder.grid) for table in finder.tables if table.rows or table.header]


class _Tables:
    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.tables: list[Table] = []
        self.waiting: list[int] = []
        """Rows above a table that is not there yet."""

    def block(self, block: Block) -> None:
        """Take in one block: a table, more of the last one, or words around tables."""
        header = find_header(self.grid, block)
        before = self.before(block)
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

    def before(self, block: Block) -> Table | None:
        """Return the last table over the same columns."""
        for table in reversed(self.tables):
            if table.left <= block.right and block.left <= table.right:
                return table
        return None

    def open(self, block: Block, header: Header) -> None:
        """Begin a table."""
        table = Table(sheet=self.grid.sheet, left=block.left, right=block.right, header=header.rows)
        for number in self.waiting:
            self.above(table, number, "标题")
        self.waiting = []
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
        return "续表标题" if any(_CONTINUED.search(text) for text in texts) else reason

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
            unit_of_line(place.text) or _CONTINUED.search(place.text)
            for number in block.rows[-3:]
            for place in self.grid.places(number, block.left, block.right)
        ):
            self.waiting.extend(block.rows)
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
            self.waiting.extend(block.rows)
            return
        for number in block.rows:
            before.skip(number, "说明")

    def only_words(self, block: Block, header: Header, before: Table | None) -> bool:
        """Tell whether a block without values is prose or a line of signatures, and no table."""
        places: list[Place] = []
        for number in block.rows[:60]:
            here = self.grid.places(number, block.left, block.right)
            if any(place.code in TYPED for place in here):
                return False
            places.extend(here)
        if sum(is_metadata(place.text) for place in places) * 2 >= len(places):
            return True
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
        judge = _RowJudge(self.grid, table, block)
        for at, number in enumerate(rows):
            row = self.grid.sheet.row(number)
            if row is None:
                continue
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


class _RowJudge:
    """Tells what each row of a table is."""

    def __init__(self, grid: Grid, table: Table, block: Block) -> None:
        self.grid = grid
        self.table = table
        self.left, self.right = block.left, block.right
        self.width = block.right - block.left + 1
        self.heads = [
            {
                column: normal(text)
                for column in range(self.left, min(self.right, self.left + 400) + 1)
                if (text := grid.text_at(number, column))
            }
            for number in table.header
        ]
        self.typed: dict[int, int] = {}
        self.seen = 0

    def learn(self, row: Row) -> None:
        """Remember which columns hold values; a few hundred rows tell enough."""
        if self.seen >= _taught(self.table):
            return
        self.seen += 1
        for column, code in self.grid.codes(row).items():
            if code in TYPED:
                self.typed[column] = self.typed.get(column, 0) + 1

    def reason(self, row: Row) -> str:
        """Return why a row is no data, empty where it is, 表头 where another table begins."""
        texts: list[tuple[int, str]] = []
        numbers = 0
        column = row.start - 1
        for value in row.values:
            column += 1
            if value is None or not self.left <= column <= self.right:
                continue
            if value.__class__ is not str:
                numbers += 1
                if numbers > 1 and len(texts) >= 2:
                    break
            elif value.strip():
                texts.append((column, value))
        if not texts and not numbers:
            return "空行"
        if not texts:
            return ""
        label = texts[0][1].strip()
        if numbers and len(label) < 2_000:
            if any(is_total(text) for _, text in texts[:2]):
                return "合计行"
            return "合计行（标签跨列合并）" if self.heads_group(row, label) else ""
        return self.without_numbers(row, texts)

    def heads_group(self, row: Row, label: str) -> bool:
        """Tell whether 一、续建项目（2项）, merged over the columns that name, sums up what follows."""
        return bool(_GROUP.search(label)) and any(
            merge.top == merge.bottom and merge.left == self.left and self.width > merge.width >= 3
            for merge in self.grid.merges.get(row.number, ())
        )

    def without_numbers(self, row: Row, texts: Sequence[tuple[int, str]]) -> str:
        """Judge a row that holds only text, numbers as text among it."""
        codes = {
            at: code for at, code in self.grid.codes(row).items() if self.left <= at <= self.right
        }
        label = texts[0][1].strip()
        typed = [at for at, code in codes.items() if code in TYPED]
        if self.repeats_header(texts):
            return "重复表头"
        if is_total(label) or (len(texts) > 1 and is_total(texts[1][1])):
            return "合计行" if typed or len(codes) > 1 else "分组标题"
        if len(codes) == 1:
            if _CONTINUED.search(label) and len(label) < 80:
                return "续表标题"
            if unit_of_line(label):
                return "单位说明"
            if is_note(label):
                return "说明"
            return "分组标题" if self.width > 2 else ""
        signed = sum(is_metadata(text) for _, text in texts) * 2 > len(texts)
        if is_note(label) and not typed and (signed or len(codes) * 2 <= self.width):
            return "说明"
        if not typed and any(unit_of_line(text) for _, text in texts) and len(texts) <= 3:
            return "单位说明"
        if self.another_header(codes):
            return "表头"
        return ""

    def repeats_header(self, texts: Sequence[tuple[int, str]]) -> bool:
        """Tell whether a row says again what a row of the header says."""
        if len(texts) < 2:
            return False
        found = {column: normal(text) for column, text in texts}
        for head in self.heads:
            same = sum(head.get(column) == text for column, text in found.items())
            if same >= 2 and same >= 0.6 * len(found):
                return True
        return False

    def another_header(self, codes: dict[int, str]) -> bool:
        """Tell whether words stand where values stood: the header of another table."""
        if self.seen < 2:
            return False
        usual = {at for at, times in self.typed.items() if times >= 0.6 * self.seen}
        words = {at for at in usual if codes.get(at) == "t"}
        return (
            len(usual) >= 1
            and len(words) >= max(1, 0.6 * len(usual))
            and not any(code in TYPED and code != "N" for code in codes.values())
            and len(codes) >= max(2, 0.5 * self.width)
        )


def _taught(table: Table) -> int:
    """Return how many rows tell which columns hold values; of a very wide table fewer do."""
    return max(12, min(300, 400_000 // (table.right - table.left + 1)))


def _trimmed(table: Table, grid: Grid) -> Table:
    """Take notes off the end of a table: rows of a few words where values stood."""
    typed: dict[int, int] = {}
    taught = min(len(table.rows), _taught(table))
    for number in table.rows[:taught]:
        row = grid.sheet.row(number)
        for column, code in (grid.codes(row) if row else {}).items():
            if code in TYPED:
                typed[column] = typed.get(column, 0) + 1
    usual = {at for at, times in typed.items() if times * 2 >= taught}
    if usual:
        while len(table.rows) > 1:
            row = grid.sheet.row(table.rows[-1])
            codes = grid.codes(row) if row else {}
            fitting = any(at in usual and code in "nNdbe=-" for at, code in codes.items())
            if fitting or len(codes) * 2 > table.right - table.left + 1:
                break
            table.skip(table.rows.pop(), "说明")
    captions = [
        each for each in table.skipped if each.reason == "分组标题" and each.row > table.bottom
    ]
    for caption in captions:
        table.skipped[table.skipped.index(caption)] = Skipped(caption.row, "说明")
    table.skipped.sort(key=lambda each: each.row)
    return table
