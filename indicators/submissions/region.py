"""A stretch of a sheet, seen row by row: what sort each cell is, and which cells are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indicators.submissions.formats import format_sort
from indicators.submissions.sheet import UNCALCULATED, Merge, Row, Sheet, Trouble, Value
from indicators.submissions.values import MISSING, looks_numeric, normal

__all__ = ["TYPED", "Block", "Grid", "Place", "blocks", "code_of"]

TYPED = frozenset("nNdbe=")
"""Codes of cells that hold a value and not a word."""

_MOST_MERGED_ROWS = 400_000


@lru_cache(maxsize=65_536)
def _text_code(text: str) -> str:
    bare = text.strip()
    if not bare:
        return ""
    if looks_numeric(bare):
        return "N"
    return "-" if normal(bare).lower() in MISSING else "t"


def code_of(value: Value, form: str) -> str:
    """Return what sort a cell is.

    t text, n number, N number as text, d day, b truth value, e error value, = formula without a
    value, - mark of a missing value; empty for a blank cell.
    """
    if value is None:
        return ""
    kind = value.__class__
    if kind is str:
        return _text_code(value)
    if kind is bool:
        return "b"
    if kind is Trouble:
        return "=" if value.name == UNCALCULATED else "e"  # type: ignore[union-attr]  # likewise
    return "d" if format_sort(form) in ("date", "time", "elapsed") else "n"


@dataclass(frozen=True, slots=True)
class Place:
    """One cell as a reader sees it: a merged range is one."""

    left: int
    right: int
    top: int
    bottom: int
    code: str
    text: str
    value: Value

    @property
    def width(self) -> int:
        """Columns it covers."""
        return self.right - self.left + 1


class Grid:
    """A sheet with its merges by row."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.merges: dict[int, list[Merge]] = {}
        left = _MOST_MERGED_ROWS
        for merge in sorted(sheet.merges):
            left -= merge.height
            if left < 0:
                break
            for row in range(merge.top, merge.bottom + 1):
                self.merges.setdefault(row, []).append(merge)

    def codes(self, row: Row) -> dict[int, str]:
        """Return the sort of each cell of a row that is not blank."""
        found = {}
        for column, (value, form) in enumerate(
            zip(row.values, row.formats, strict=True), row.start
        ):
            code = code_of(value, form)
            if code:
                found[column] = code
        return found

    def places(self, number: int, left: int = 1, right: int = 16_384) -> list[Place]:
        """Return the cells that begin in a row, merged ranges as one, from left to right."""
        row = self.sheet.row(number)
        if row is None:
            return []
        starts = {merge.left: merge for merge in self.merges.get(number, ()) if merge.top == number}
        found = []
        for column, code in self.codes(row).items():
            if not left <= column <= right:
                continue
            cell = self.sheet.at(row, column)
            merge = starts.get(column, Merge(number, column, number, column))
            found.append(
                Place(
                    column,
                    min(merge.right, right),
                    number,
                    merge.bottom,
                    code,
                    cell.text,
                    cell.value,
                )
            )
        return found

    def covering(self, number: int, left: int = 1, right: int = 16_384) -> list[Merge]:
        """Return merges with a value that reach into a row from above."""
        return [
            merge
            for merge in self.merges.get(number, ())
            if merge.top < number
            and left <= merge.left <= right
            and self.sheet.cell(merge.top, merge.left).kind != "blank"
        ]

    def text_at(self, number: int, column: int) -> str:
        """Return the text of a cell, that of its merged range where it is in one."""
        for merge in self.merges.get(number, ()):
            if merge.left <= column <= merge.right:
                return self.sheet.cell(merge.top, merge.left).text
        return self.sheet.cell(number, column).text


@dataclass(frozen=True, slots=True)
class Block:
    """Rows without a blank one between them, and the columns it reaches over."""

    rows: tuple[int, ...]
    left: int
    right: int

    @property
    def top(self) -> int:
        """First row."""
        return self.rows[0]

    @property
    def bottom(self) -> int:
        """Last row."""
        return self.rows[-1]


def blocks(grid: Grid) -> Iterator[Block]:
    """Cut a sheet at its blank rows, and a block at blank columns where two tables stand abreast."""
    run: list[Row] = []
    for row in grid.sheet.rows:
        if not any(_filled(value) for value in row.values):
            continue
        if (
            run
            and row.number > run[-1].number + 1
            and not _bridged(grid, run[-1].number, row.number)
        ):
            yield from _abreast(grid, run)
            run = []
        run.append(row)
    if run:
        yield from _abreast(grid, run)


def _filled(value: Value) -> bool:
    return value is not None and not (value.__class__ is str and not value.strip())


def _bridged(grid: Grid, above: int, below: int) -> bool:
    """Tell whether a merged range holds two rows together over the blank ones between."""
    return any(
        merge.bottom >= below - 1 and merge.top <= above for merge in grid.merges.get(above, ())
    )


def _extent(row: Row) -> tuple[int, int]:
    filled = [at for at, value in enumerate(row.values, row.start) if _filled(value)]
    return filled[0], filled[-1]


def _abreast(grid: Grid, run: Sequence[Row]) -> Iterator[Block]:
    extents = [_extent(row) for row in run]
    left, right = min(first for first, _ in extents), max(last for _, last in extents)
    numbers = tuple(row.number for row in run)
    whole = Block(numbers, left, right)
    if right - left > 1_000 or len(run) > 5_000:
        yield whole
        return
    groups = _groups(grid, run)
    if len(groups) < 2:
        yield whole
        return
    parts = []
    for first, last in groups:
        inside = tuple(
            row.number
            for row in run
            if any(
                _filled(value)
                for at, value in enumerate(row.values, row.start)
                if first <= at <= last
            )
        )
        parts.append(Block(inside, first, last))
    if _apart(grid, parts):
        yield from parts
    else:
        yield whole


def _groups(grid: Grid, run: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the runs of columns that are used; a row with one cell, a title, uses none."""
    used: set[int] = set()
    for row in run:
        places = grid.places(row.number)
        if len(places) > 1:
            for place in places:
                used.update(range(place.left, place.right + 1))
    return list(_runs(sorted(used)))


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for number in numbers:
        if last and number > last + 1:
            yield first, last
            first = number
        first = first or number
        last = number
    if last:
        yield first, last


def _apart(grid: Grid, parts: Sequence[Block]) -> bool:
    """Tell whether blocks beside each other are tables of their own."""
    if any(part.right == part.left or len(part.rows) < 2 for part in parts):
        return False
    if any(part.rows != parts[0].rows for part in parts[1:]):
        return True
    heads: list[Mapping[int, str]] = []
    for part in parts:
        row = grid.sheet.row(part.top)
        heads.append({} if row is None else {
            at: str(value).strip()
            for at, value in enumerate(row.values, row.start)
            if part.left <= at <= part.right and isinstance(value, str) and value.strip()
        })  # fmt: skip
    first = set(heads[0].values())
    return all(len(first & set(head.values())) * 2 >= len(first) > 0 for head in heads[1:])
