"""Tables whose rows are lines: cells parted by tabs or by blanks."""

from __future__ import annotations

import re

from indicators import units
from indicators.extraction.cells import (
    ATTRIBUTE,
    CAPTION,
    HEAD_CELL,
    HEAD_WORD,
    INDEXED,
    NOTE,
    SUFFIX,
    UNIT_BRACKET,
    YEAR,
    Cell,
    Grid,
    Line,
    cell_of,
    is_blank,
    is_value,
    merge,
)

__all__ = ["spaced", "tabbed"]

_RULE = re.compile(r":?-{2,}:?")
"""A cell of the line that parts the head of a table from its rows (|---|---|)."""
_GROUP_HEAD = re.compile(r"类\s*[别型]|领域|分类|方面|维度|一级指标|指标类[别型]")
_PARTED = re.compile(r"[ \u3000\xa0]{2,}|\u3000|\t")
_WIDEST = 200
"""Cells of the widest row: more is a text full of tabs, and each cell would quote all others."""
_LONGEST = 10_000
"""Characters of the longest row."""


def tabbed(lines: list[Line], index: int) -> tuple[Grid | None, int]:
    """Read rows of cells parted by tabs, or by upright strokes as text made from web pages has."""
    mark = "\t" if "\t" in lines[index].text else "|"
    parted = re.compile(re.escape(mark))
    if any(
        is_value(cell.text) and not YEAR.fullmatch(cell.text)
        for cell in split(lines[index], parted)
    ):
        return None, index + 1  # no head: seen before the rows below are read again for each row
    stop = index
    while stop < len(lines) and 0 < lines[stop].text.count(mark) < _WIDEST:
        if len(lines[stop].text) > _LONGEST:
            break
        stop += 1
    if stop - index < 2:
        return None, index + 1
    rows: list[list[Cell | None]] = []
    for line in lines[index:stop]:
        row = split(line, parted)
        if mark == "|":
            row = row[not row[0].text : len(row) - (not row[-1].text)]
            if all(_RULE.fullmatch(cell.text) for cell in row):
                continue
        rows.append(list(row))
    if mark == "|" and any(len(row) < 2 for row in rows):
        return None, index + 1
    return _grid(rows, lines[index].start, lines[stop - 1].end), stop


def split(line: Line, pattern: re.Pattern[str]) -> list[Cell]:
    """Cut a line into cells."""
    cells: list[Cell] = []
    here = 0
    for match in pattern.finditer(line.text):
        cells.append(cell_of(line, here, match.start()))
        here = match.end()
    cells.append(cell_of(line, here, len(line.text)))
    return cells


def spaced(lines: list[Line], index: int) -> tuple[Grid | None, int]:
    """Read rows whose columns are parted by blanks, the last ones being values."""
    if CAPTION.match(lines[index].text):
        return None, index + 1
    first = _columns(lines[index])
    if first is None or len(first) < 2 or not _headed(first):
        return None, index + 1
    rows: list[list[Cell | None]] = []
    stop = index
    values = 0
    misses = 0
    while stop < len(lines):
        line = lines[stop]
        if "\t" in line.text or len(line.text) > 160 or line.text.count("。"):
            break
        cells = _columns(line)
        if cells is None:
            if values and (
                is_value(line.text) or misses >= 2 or len(line.text) > 40 or NOTE.match(line.text)
            ):
                break
            misses += 1
            if not rows or misses > 2:
                break
            cells = [cell_of(line, 0, len(line.text))]
        else:
            misses = 0
        values += sum(is_value(cell.text) for cell in cells) >= 1 and len(cells) > 1
        rows.append(list(cells))
        stop += 1
    while rows and len(rows[-1]) == 1:
        rows.pop()
        stop -= 1
    numeric = [
        row for row in rows if len(row) > 1 and any(cell and is_value(cell.text) for cell in row)
    ]
    if len(numeric) < 2:
        return None, index + 1
    width = max(len(row) for row in numeric)
    if width < 3 and not HEAD_CELL.search(lines[index].text):
        return None, index + 1
    _second_head(rows)
    _grouped(rows)
    return _grid(rows, lines[index].start, lines[stop - 1].end), stop


def _headed(row: list[Cell]) -> bool:
    """Tell whether a row can be the head of a table: a head word, and no value but years."""
    if any(is_value(cell.text) for cell in row):
        return False
    return any(HEAD_CELL.search(cell.text) or HEAD_WORD.fullmatch(cell.text) for cell in row)


def _second_head(rows: list[list[Cell | None]]) -> None:
    """Move a second line of heads, which holds units only, under the last columns."""
    if len(rows) < 2 or len(rows[1]) >= len(rows[0]):
        return
    if all(cell and UNIT_BRACKET.fullmatch(cell.text) for cell in rows[1]):
        rows[1] = [*([None] * (len(rows[0]) - len(rows[1]))), *rows[1]]


def _grouped(rows: list[list[Cell | None]]) -> None:
    """Leave the first column empty where a row states no group: its group is that of a row above."""
    head = rows[0]
    if len(head) < 3 or head[0] is None or _GROUP_HEAD.fullmatch(head[0].text) is None:
        return
    for place, row in enumerate(rows):
        if len(row) == len(head) - 1 and row[1] and _valued(row[1]):
            rows[place] = [None, *row]


def _valued(cell: Cell) -> bool:
    return is_value(cell.text) or is_blank(cell.text)


def _columns(line: Line) -> list[Cell] | None:
    """Cut a line at wide blanks, and before values at single ones; None if it has no columns."""
    if " " not in line.text and "\u3000" not in line.text:
        return None
    cells = split(line, _PARTED)
    refined: list[Cell] = []
    for cell in cells:
        heads = _heads_apart(cell)
        refined.extend(heads if len(heads) > 1 else _values_apart(cell))
    if len(refined) < 2 or any(len(cell.text) > 60 or "。" in cell.text for cell in refined):
        return None
    refined = [cell for cell in refined if cell.text]
    if not refined or not (
        HEAD_WORD.fullmatch(refined[0].text)
        or any(
            is_value(cell.text) or is_blank(cell.text) or HEAD_CELL.search(cell.text)
            or UNIT_BRACKET.fullmatch(cell.text)
            for cell in refined
        )
    ):  # fmt: skip
        return None
    return refined


def _words(cell: Cell) -> list[Cell]:
    """Cut at blanks, but keep 2025 年 and 75 以上 together."""
    parts: list[Cell] = []
    for match in re.finditer(r"\S+", cell.text):
        part = Cell(match.group(), cell.start + match.start(), cell.start + match.end())
        if parts and (
            (part.text.startswith("年") and re.search(r"\d{4}$", parts[-1].text))
            or (SUFFIX.fullmatch(part.text) and is_value(parts[-1].text))
        ):
            parts[-1] = Cell(parts[-1].text + part.text, parts[-1].start, part.end)
        else:
            parts.append(part)
    return parts


def _heads_apart(cell: Cell) -> list[Cell]:
    """Cut a line of column heads at single blanks (序号 指标名称 单位 2020年 2025年)."""
    parts = _words(cell)
    known = sum(
        len(part.text) <= 14
        and bool(
            HEAD_WORD.fullmatch(part.text)
            or HEAD_CELL.search(part.text)
            or UNIT_BRACKET.search(part.text)
        )
        for part in parts
    )
    if len(parts) > 1 and all(UNIT_BRACKET.fullmatch(part.text) for part in parts):
        return parts
    if len(parts) < 3 or any(
        is_value(part.text) and not YEAR.fullmatch(part.text) for part in parts
    ):
        return [cell]
    headed = HEAD_WORD.fullmatch(parts[0].text) and all(len(part.text) <= 12 for part in parts)
    return parts if headed or known >= len(parts) - 1 else [cell]


def _values_apart(cell: Cell) -> list[Cell]:
    """Cut ``5 移动宽带普及率（%） 57 85 预期性`` at its single blanks."""
    if " " not in cell.text:
        return [cell]
    parts = _words(cell)
    kinds = [
        is_value(part.text)
        or is_blank(part.text)
        or bool(ATTRIBUTE.fullmatch(part.text))
        or bool(YEAR.fullmatch(part.text))
        for part in parts
    ]
    if not any(kinds):
        return [cell]
    result: list[Cell] = []
    run: list[Cell] = []
    for part, value in zip(parts, kinds, strict=True):
        if value:
            if len(run) > 1 and INDEXED.match(run[1].text):
                result.append(run[0])
                run = run[1:]
            if len(run) > 1 and units.lookup(run[-1].text) is not None:
                result += [merge(run[:-1]), run[-1]]
                run = []
            if run:
                result.append(merge(run))
                run = []
            result.append(part)
        else:
            run.append(part)
    if run:
        result.append(merge(run))
    return result


def _grid(rows: list[list[Cell | None]], start: int, end: int) -> Grid | None:
    """Part header rows from body rows."""
    body = 0
    while body < len(rows) and body < 4:
        cells = [cell for cell in rows[body] if cell and cell.text]
        values = [cell for cell in cells if is_value(cell.text) and not YEAR.fullmatch(cell.text)]
        if values:
            break
        if body and any(ATTRIBUTE.fullmatch(cell.text) for cell in cells):
            break
        body += 1
    if body == 0 or body >= len(rows):
        return None
    return Grid(rows[:body], rows[body:], start, end)
