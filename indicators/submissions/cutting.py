"""Cutting a sheet into blocks: at blank rows, and between tables that stand beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from indicators.submissions.region import Block, Grid, is_filled
from indicators.submissions.sheet import Row
from indicators.submissions.words import is_identifier

__all__ = ["blocks"]

_HEAD = 20
"""Rows that tell whether a table is folded."""


def blocks(grid: Grid) -> Iterator[Block]:
    """Cut a sheet at its blank rows, and a block at blank columns where two tables stand abreast."""
    run: list[Row] = []
    for row in grid.sheet.rows:
        # The first value of a row is hardly ever an empty text.
        if not is_filled(row.values[0]) and not any(map(is_filled, row.values)):
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


def _bridged(grid: Grid, above: int, below: int) -> bool:
    """Tell whether a merged range holds two rows together over the blank ones between."""
    return any(
        merge.bottom >= below - 1 and merge.top <= above for merge in grid.merges.get(above, ())
    )


def _extent(row: Row) -> tuple[int, int]:
    if is_filled(row.values[0]) and is_filled(row.values[-1]):
        return row.start, row.start + len(row.values) - 1
    filled = [at for at, value in enumerate(row.values, row.start) if is_filled(value)]
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
    again = _again(grid, run) if len(groups) == 1 else []
    if again:
        groups = again
    elif len(groups) < 2:
        yield whole
        return
    parts = []
    common = _common(run, groups)
    for first, last in groups:
        inside = tuple(
            row.number
            for row in run
            if any(
                is_filled(value)
                for at, value in enumerate(row.values, row.start)
                if first <= at <= last
            )
        )
        parts.append(Block(inside, first, last, common))
    if again or _apart(grid, parts):
        yield from parts
    else:
        yield whole


def _common(run: Sequence[Row], groups: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Return the rows above the first in which every group has two cells or more."""
    for at, row in enumerate(run):
        filled = [column for column, value in enumerate(row.values, row.start) if is_filled(value)]
        if all(sum(first <= each <= last for each in filled) > 1 for first, last in groups):
            return tuple(each.number for each in run[:at])
    return ()


def _groups(grid: Grid, run: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the runs of columns that are used; a row with one cell, a title, uses none."""
    used: set[int] = set()
    full: set[tuple[int, int]] = set()
    for row in run:
        merges = grid.merges.get(row.number, ())
        if not merges and len(row.values) > 1 and all(map(is_filled, row.values)):
            full.add((row.start, len(row.values)))
            continue
        filled = {at for at, value in enumerate(row.values, row.start) if is_filled(value)}
        if len(filled) > 1:
            used |= filled
            for merge in merges:
                if merge.top == row.number and merge.left in filled:
                    used.update(range(merge.left, merge.right + 1))
    for start, width in full:
        used.update(range(start, start + width))
    return list(_runs(sorted(used)))


def _again(grid: Grid, run: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the parts of a table that is folded: 地区 | 产值 | 地区 | 产值 in one header.

    Each part begins with a column of names; 目标 | 完成 | 目标 | 完成 under groups does not.
    """
    for at, row in enumerate(run[:_HEAD]):
        places = grid.places(row.number)
        texts = [place.text.strip() for place in places]
        if len(texts) < 4 or any(place.code != "t" or place.width > 1 for place in places):
            continue
        width = next(
            (
                each
                for each in range(2, len(texts) // 2 + 1)
                if len(texts) % each == 0
                and len(set(texts[:each])) == each
                and texts == texts[:each] * (len(texts) // each)
            ),
            0,
        )
        if not width or places[-1].right - places[0].left + 1 != len(places):
            continue
        starts = [place.left for place in places[::width]]
        if grid.covering(row.number) or (at and _grouped(grid, run[at - 1], starts, width)):
            return []
        below = [grid.codes(each) for each in run[at + 1 : at + 1 + _HEAD]]
        # 序号 before the names numbers them.
        labels = [start + is_identifier(texts[0]) for start in starts]
        named = all(
            any(codes.get(label) == "t" for codes in below)
            and all(codes.get(label, "t") == "t" for codes in below)
            for label in labels
        )
        return [(start, start + width - 1) for start in starts] if named else []
    return []


def _begins_alike(
    grid: Grid, part: Block, head: Mapping[int, str], first: Mapping[int, str]
) -> bool:
    """Tell whether a part has labels of its own: words, or what the first part begins with."""
    if head.get(part.left) and head.get(part.left) == next(iter(first.values()), ""):
        return True
    below = [grid.codes(row).get(part.left) for row in grid.sheet.among(part.rows[1 : 1 + _HEAD])]
    return sum(code == "t" for code in below) * 2 > len(below)


def _grouped(grid: Grid, above: Row, starts: Sequence[int], width: int) -> bool:
    """Tell whether the parts are groups of one table: 收入 | 支出, merged over 项目 | 金额 each."""
    groups = grid.places(above.number)
    return [(each.left, each.width) for each in groups] == [
        (start, width) for start in starts
    ] and not any(each.text.strip().endswith("表") for each in groups)


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
    # A row of one cell, a caption, belongs to none of them alone.
    rows = [
        {row.number for row in grid.sheet.among(part.rows) if sum(map(is_filled, row.values)) > 1}
        for part in parts
    ]
    if any(each != rows[0] for each in rows[1:]):
        return True
    heads: list[Mapping[int, str]] = []
    for part in parts:
        row = grid.sheet.row(min(rows[0], default=part.top))
        heads.append({} if row is None else {
            at: str(value).strip()
            for at, value in enumerate(row.values, row.start)
            if part.left <= at <= part.right and isinstance(value, str) and value.strip()
        })  # fmt: skip
    if not all(
        _begins_alike(grid, part, head, heads[0]) for part, head in zip(parts, heads, strict=True)
    ):
        return False
    first = set(heads[0].values())
    return all(len(first & set(head.values())) * 2 >= len(first) > 0 for head in heads[1:])
