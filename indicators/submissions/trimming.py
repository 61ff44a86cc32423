"""What is taken off the rows of a table once all are known: captions of groups, notes at the end."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indicators.submissions.header import Skipped
from indicators.submissions.region import TYPED, Grid, is_filled
from indicators.submissions.rowjudge import taught
from indicators.submissions.sheet import Row

if TYPE_CHECKING:
    from indicators.submissions.table import Table

__all__ = ["trimmed"]

_MOST_ROWS = 2_000
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]?")


def _caption_groups(table: Table, grid: Grid, usual: set[int]) -> None:
    """Take 一 | 经济发展 out of the rows: a group's ordinal and name over rows numbered 1, 2, 3."""

    def ordinal(row: Row) -> bool:
        first = next(filter(is_filled, row.values), None)
        return isinstance(first, str) and bool(_ORDINAL.fullmatch(first.strip()))

    if len(table.rows) > _MOST_ROWS:
        return  # no report in groups is that long
    rows = {row.number: row for row in grid.sheet.among(table.rows)}
    grouped = {number for number, row in rows.items() if len(row.values) <= 64 and ordinal(row)}
    if not grouped or len(grouped) * 2 > len(rows):
        return
    for number in sorted(grouped):
        codes = grid.codes(rows[number])
        if len(codes) == 2 and not any(at in usual for at in sorted(codes)[1:]):
            table.rows.remove(number)
            table.skip(number, "分组标题")


def _once(table: Table) -> None:
    """Keep each row once, in order: two blocks abreast may go on with one table."""
    rows = set(table.rows)
    if len(rows) < len(table.rows) or any(late < early for early, late in pairwise(table.rows)):
        table.rows[:] = sorted(rows)
    reasons = {each.row: each for each in reversed(table.skipped) if each.row not in rows}
    if len(reasons) < len(table.skipped):
        table.skipped[:] = reasons.values()


def trimmed(table: Table, grid: Grid) -> Table:
    """Take notes off the end of a table: rows of a few words where values stood."""
    _once(table)
    typed: dict[int, int] = {}
    looked = min(len(table.rows), taught(table.right - table.left + 1))
    for number in table.rows[:looked]:
        row = grid.sheet.row(number)
        for column, code in (grid.codes(row) if row else {}).items():
            if code in TYPED:
                typed[column] = typed.get(column, 0) + 1
    usual = {at for at, times in typed.items() if times * 2 >= looked}
    if usual:
        _caption_groups(table, grid, usual)
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
    for caption in [each for each in table.skipped if each.reason == "分组标题"]:
        row = grid.sheet.row(caption.row)
        if row is not None and any(cell.text in table.titles for cell in grid.sheet.cells(row)):
            table.skipped[table.skipped.index(caption)] = Skipped(caption.row, "续表标题")
    table.skipped.sort(key=lambda each: each.row)
    table.notes.extend(
        "".join(cell.text if cell.text.endswith((":", "：")) else f"{cell.text} " for cell in cells)
        for each in table.skipped
        if each.reason in ("说明", "单位说明")
        and each.row > table.bottom
        and (row := grid.sheet.row(each.row))
        for cells in [list(grid.sheet.cells(row))]
    )
    return table
