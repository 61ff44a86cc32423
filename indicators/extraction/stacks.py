"""Tables of which a cell a line is left, as in much PDF text."""

from __future__ import annotations

import itertools
import re

from indicators.extraction.cells import (
    ATTRIBUTE,
    HEAD_CELL,
    HEAD_WORD,
    INDEXED,
    NOTE,
    SENSE_WORD,
    SENTENCE,
    UNIT_BRACKET,
    YEAR,
    Cell,
    Grid,
    Line,
    is_blank,
    is_value,
    merge,
)

__all__ = ["numbered", "stacked"]

_SENSE = re.compile(r"目标|完成|现状|实际|值")
_NO_VALUE = re.compile(r"单位$|属性|性质|备注|序号|类[别型]|责任")
_TEXTUAL = re.compile(r"指标(?!值)|项目|名称|领域|内容")
_ATTRIBUTIVE = re.compile(r"属性|性质|类型")
_NAMING = re.compile(r"指标(?!属性|类型)|项目|名称|内容")
_CHAPTER = re.compile(r"[一二三四五六七八九十]+、")
_LONE = re.compile(r"\d{1,2}")
_DOTS = re.compile(r"[.．、]")


def stacked(lines: list[Line], index: int) -> tuple[Grid | None, int]:
    """Read a cell a line: a header that begins with 指标 or 序号, then name and values."""
    first = lines[index].flat
    if HEAD_WORD.fullmatch(first) is None:
        return None, index + 1
    header: list[Cell] = []
    position = index
    years = 0
    while position < len(lines) and position - index < 16:
        line = lines[position]
        words = line.flat
        if header and words.startswith(("（", "(")) and len(words) < 14:
            last = header[-1]
            header[-1] = Cell(last.text + words, last.start, line.end)
            position += 1
            continue
        if header and SENSE_WORD.fullmatch(words) and YEAR.fullmatch(header[-1].text):
            last = header[-1]
            header[-1] = Cell(last.text + words, last.start, line.end)
            position += 1
            continue
        known = HEAD_WORD.fullmatch(words) or (
            len(words) <= 16 and (HEAD_CELL.search(words) or UNIT_BRACKET.search(words))
        )
        if known and header and INDEXED.match(words):
            break
        if not known or (is_value(words) and not YEAR.fullmatch(words)):
            break
        years += (
            bool(YEAR.search(words))
            or bool(_SENSE.search(words))
            or bool(UNIT_BRACKET.search(words))
        )
        header.append(Cell(words, line.start, line.end))
        position += 1
    if len(header) < 2 or not years:
        return None, index + 1
    rows, stop = _stacked_rows(lines, position, header)
    if len(rows) < 2:
        return None, index + 1
    grid = Grid([list(header)], rows, lines[index].start, lines[stop - 1].end, ragged=True)
    return grid, stop


def _stacked_rows(
    lines: list[Line], position: int, header: list[Cell]
) -> tuple[list[list[Cell | None]], int]:
    """Group the lines behind a stacked header into rows."""
    labels = {cell.text for cell in header}
    texts = [cell.text for cell in header]
    value_columns = [
        place for place, text in enumerate(texts)
        if YEAR.search(text)
        or (place and not _NO_VALUE.search(text)
            and not (_TEXTUAL.search(text) and not UNIT_BRACKET.search(text)))
    ]  # fmt: skip
    unit_column = next((place for place, text in enumerate(texts) if "单位" in text), None)
    attribute_column = next(
        (place for place, text in enumerate(texts) if _ATTRIBUTIVE.search(text)), None
    )
    name_column = next(
        (place for place, text in enumerate(texts) if _NAMING.search(text)),
        0,
    )
    rows: list[list[Cell | None]] = []
    names: list[Cell] = []
    values: list[Cell] = []
    attribute: Cell | None = None
    stop = position

    def close() -> None:
        nonlocal names, values, attribute
        if names and values:
            row: list[Cell | None] = [None] * len(header)
            title, unit = _title(names, unit_column is not None)
            row[name_column] = title
            if unit_column is not None:
                row[unit_column] = unit
            for place, value in zip(value_columns, values, strict=False):
                row[place] = value
            if attribute_column is not None:
                row[attribute_column] = attribute
            rows.append(row)
        names, values, attribute = [], [], None

    begin = position
    while position < len(lines):
        if not rows and not values and position - begin > 40:
            break
        line = lines[position]
        words = line.flat
        if NOTE.match(words) or len(words) > 45 or SENTENCE.search(words):
            break
        if not names and _CHAPTER.match(words) and rows and not _follow_values(lines, position):
            break
        cell = Cell(words, line.start, line.end)
        if words in labels and not is_value(words):
            close()
        elif ATTRIBUTE.fullmatch(words):
            attribute = cell
        elif is_value(words) or is_blank(words):
            after = lines[position + 1] if position + 1 < len(lines) else None
            following = after.text if after else ""
            lone = (
                _LONE.fullmatch(words)
                and not (after and is_value(after.flat))
                and not is_blank(following)
            )
            if (
                lone
                and (not names or (values and len(values) >= len(value_columns)))
                and not ATTRIBUTE.fullmatch(following.strip())
            ):
                close()
            elif names:
                values.append(cell)
        else:
            if values:
                close()
            names.append(cell)
        position += 1
        if values:
            stop = position
    close()
    return rows, max(stop, 1)


def _follow_values(lines: list[Line], position: int) -> bool:
    """Tell whether values stand in the lines that follow soon."""
    return any(is_value(line.flat) for line in lines[position + 1 : position + 5])


def _title(names: list[Cell], has_unit: bool) -> tuple[Cell, Cell | None]:
    """Return the row's name of the text lines before its values, and its unit cell."""
    unit = None
    if has_unit and len(names) > 1:
        unit, names = names[-1], names[:-1]
    first = 0
    for place, cell in enumerate(names):
        if re.match(r"[（(]?\d{1,2}[）)．.、]?[^\d%]", cell.text):
            first = place
    if first == 0 and len(names) > 1 and not re.match(r"\d", names[0].text):
        first = len(names) - 1
        while first > 0 and (
            names[first].text.startswith(("（", "("))
            or names[first - 1].text.endswith(("的", "占", "和", "及", "与", "、", "（"))
            or len(names[first - 1].text) >= 16
        ):
            first -= 1
    chosen = names[first:]
    return merge(chosen), unit


_WEAK_HEAD = re.compile(
    r"(?:目标|情况|任务|指标|数值?|值|比例|比|率|[（(].*|年|实际|完成|现状|规划|目标值|增长|增速|合计|类别|属性|名称|完成情况|（.*）)"
)


def numbered(lines: list[Line], index: int) -> tuple[Grid | None, int]:
    """Read a cell a line where rows are numbered: 序号 … 1 … 2 …; the numbers part the rows."""
    if lines[index].flat not in {"序号", "序"}:
        return None, index + 1
    first = next(
        (
            place
            for place in range(index + 2, min(index + 26, len(lines)))
            if _is_number(lines[place], 1)
        ),
        None,
    )
    if first is None or any(
        len(line.text) > 24 or SENTENCE.search(line.text) for line in lines[index:first]
    ):
        return None, index + 1
    starts = [first]
    position = first + 1
    while position < len(lines) and position - starts[-1] <= 24:
        line = lines[position]
        if _is_number(line, len(starts) + 1) and position - starts[-1] >= 3:
            starts.append(position)
        elif len(line.text) > 45 or NOTE.match(line.text):
            break
        position += 1
    if len(starts) < 2:
        return None, index + 1
    sizes = [after - before for before, after in itertools.pairwise(starts)]
    width = max(set(sizes), key=sizes.count)
    heads = [_flat(line) for line in lines[index:first]]
    while len(heads) > width:
        weak = next(
            (
                place
                for place in range(len(heads) - 1, 0, -1)
                if _WEAK_HEAD.fullmatch(heads[place].text)
            ),
            None,
        )
        if weak is None:
            return None, index + 1
        heads[weak - 1 : weak + 1] = [merge(heads[weak - 1 : weak + 1])]
    if len(heads) != width:
        return None, index + 1
    rows: list[list[Cell | None]] = []
    stop = first
    for start, end in zip(starts, [*starts[1:], min(starts[-1] + width, len(lines))], strict=True):
        cells = [_flat(line) for line in lines[start:end]]
        while len(cells) > width:
            cells[1:3] = [merge(cells[1:3])]
        rows.append([*cells, *([None] * (width - len(cells)))])
        stop = end
    return Grid([list(heads)], rows, lines[index].start, lines[stop - 1].end, ragged=True), stop


def _is_number(line: Line, number: int) -> bool:
    return _DOTS.sub("", line.flat) == str(number)


def _flat(line: Line) -> Cell:
    return Cell(line.flat, line.start, line.end)
