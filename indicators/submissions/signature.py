"""Where a sheet names people: its signature line, columns of contacts, telephone numbers.

Whoever looks where a figure came from need not see who wrote it down and how to call them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.submissions.sheet import Cell, Sheet

__all__ = ["signature_cells"]

_WHO = (
    r"(?:(?:单位|主要|分管)?负责人|填[表报]人|制表人?|经办人|审核人|复核人|联系人|联络员"
    r"|(?:联系|办公|固定)?电话|联系方式|手机号?码?|签[字名])"
)
_ALONE = re.compile(rf"{_WHO}(?:[（(].*[）)])?[:：]?")
_WITHIN = re.compile(rf"{_WHO}[:：]")
_DATED = re.compile(r"填[报表]日期[:：]")
_CALL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-—－]?\d{7,8})(?!\d)")
_SPACE = re.compile(r"\s+")


def signature_cells(sheet: Sheet) -> frozenset[tuple[int, int]]:
    """Return rows and columns of the cells that name people or how to reach them."""
    found: set[tuple[int, int]] = set()
    columns: set[int] = set()
    for row in sheet.rows:
        cells = [each for each in sheet.cells(row) if each.text]
        found.update(
            (row.number, each.column) for each in cells if _tells(each) or each.column in columns
        )
        for at, each in enumerate(cells):
            if not _label(each):
                continue
            after = cells[at + 1] if at + 1 < len(cells) else None
            if _heads(cells):
                columns.add(each.column)
            elif after is not None and not _label(after):
                found.add((row.number, after.column))
    return frozenset(found)


def _words(cell: Cell) -> str:
    return _SPACE.sub("", cell.text)


def _tells(cell: Cell) -> bool:
    words = _words(cell)
    # A form that nobody has signed yet names nobody.
    filled = _WITHIN.search(words) is not None and _DATED.sub("", _WITHIN.sub("", words)) != ""
    return filled or (cell.kind == "text" and _CALL.search(words) is not None)


def _label(cell: Cell) -> bool:
    return cell.kind == "text" and _ALONE.fullmatch(_words(cell)) is not None


def _heads(cells: Sequence[Cell]) -> bool:
    """Tell whether a row heads columns: words only, none with the colon of a form's field."""
    words = [_words(each) for each in cells]
    return len(words) > 2 and all(
        each.kind == "text" and not word.endswith((":", "："))
        for each, word in zip(cells, words, strict=True)
    )
