"""Tables in kept text as grids of cells, whatever their layout.

Three layouts are read: cells parted by tabs (what file readers write for real tables), columns
parted by blanks, and a cell a line (what remains of many a table in PDF text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from indicators import units

__all__ = ["Cell", "Grid", "find", "is_value"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place in the kept text."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Grid:
    """A table: header rows and body rows; an absent cell is None."""

    header: list[list[Cell | None]]
    rows: list[list[Cell | None]]
    start: int
    end: int
    caption: str = ""
    """Lines directly above: title and 单位：…."""
    notes: str = ""
    """Lines directly below that explain it."""
    ragged: bool = False
    """Whether columns were inferred from a cell a line."""
    marks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


_NUMBER = r"[-－]?\d[\d,，]*(?:\.\d+)?"
_VALUE = re.compile(
    rf"[〔\[（(【]?\s*(?:约|近|超过?|不低于|不少于|不超过|控制在|大于|小于|达到?)?[>＞<＜≥≤≧≦~～±]?\s*{_NUMBER}\s*(?:[%％‰]|个?百分点|[万亿]?[\u4e00-\u9fffA-Za-z/²³℃]{{0,6}})?"
    rf"(?:\s*[-—–~～至]+\s*{_NUMBER}\s*(?:[%％‰]|[万亿]?[\u4e00-\u9fff]{{0,4}})?)?\s*(?:以上|以下|以内|左右|及以上)?\s*[〕\]）)】]?(?:\s*[①-⑩*＊]|\s*\[\d\])?"
)
_BLANK = re.compile(r"[-—–―－/／…*]{1,4}|——|无|空白")
_HEAD_WORD = re.compile(
    r"(?:指标(?:名称)?|主要指标|具体指标|序号|类别|类型|项目(?:名称)?|名称|领域|分类|指标体系|单位|地区|城市|属性|指标属性|指标类型|一级指标|二级指标|设区市|市县|区域|年份|年度|县市区|县区|行业|产品名称)"
)
_YEAR = re.compile(r"(?:19|20)\d\d\s*年?")
_HEAD_CELL = re.compile(
    r"(?:19|20)\d\d\s*年?|目标|现状|基期|实际|完成|年均|累计|增速|增长|属性|单位|备注|规划|指标|性质|数值|十[二三四五六]五|值|比重|同比"
)
_UNIT_BRACKET = re.compile(r"[（(][^（）()]{1,10}[）)]$")
_INDEXED = re.compile(r"\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]")
_YEAR_HEAD = re.compile(r"(?:19|20)\d\d\s*年")
_SUFFIX = re.compile(r"(?:及)?以[上下内]|左右|[%％‰]|年")
_CAPTION = re.compile(r"(?:附?表|专栏|图|表格|附件)\s*[\d一二三四五六七八九十]")
_SENSE_WORD = re.compile(r"(?:实际|目标|现状|规划|预期|完成|基期|指标)(?:值|数|目标)?|基数|目标值")
_SENTENCE = re.compile(r"[。；！？]|[，,].*[，,]")
_ATTRIBUTE = re.compile(r"(?:约束性?|预期性?|指导性?|约束类|预期类|创新性?|引导性?|约束性指标|预期性指标)")
_NOTE = re.compile(r"\s*(?:注|备注|说明|数据来源|资料来源)\s*[0-9一二三]*\s*[：:.．]|^\s*[①-⑩]")
_HINT = re.compile(
    r"\t|^[ \u3000]*(?:指[ \u3000]*标(?:名称)?|序[ \u3000]*号|主要指标|类[ \u3000]*别|项[ \u3000]*目|名[ \u3000]*称|具体指标|城[ \u3000]*市|地[ \u3000]*区|区[ \u3000]*域|设区市|市[ \u3000]*县|年[ \u3000]*[份度])[ \u3000]*$"
    r"|^[^\n。；]*[^\s\d][^\n。；]*?[ \u3000]+[<>＜＞≥≤〔\[]?\d[\d.,]*[%％〕\]]?[ \u3000]+(?:[<>＜＞≥≤〔\[]*\d|—|约束|预期)",
    re.MULTILINE,
)
_PARTED = re.compile(r"[ \u3000\xa0]{2,}|\u3000|\t")
_CAPTION_UNIT = re.compile(r"单位\s*[：:]")


def is_value(text: str) -> bool:
    """Tell whether a cell holds a number (with its unit and signs) and nothing else."""
    text = text.strip()
    return _VALUE.fullmatch(text) is not None and _YEAR_HEAD.match(text) is None


def is_blank(text: str) -> bool:
    """Tell whether a cell says that there is no value."""
    return not text or _BLANK.fullmatch(text) is not None


def find(text: str) -> list[Grid]:
    """Return the tables of a kept text in order."""
    if _HINT.search(text) is None:
        return []
    lines = list(_lines(text))
    grids: list[Grid] = []
    index = 0
    while index < len(lines):
        grid, after = _tabbed(lines, index)
        if grid is None:
            grid, after = _spaced(lines, index)
        if grid is None:
            grid, after = _stacked(lines, index)
        if grid is None:
            index += 1
            continue
        _surround(grid, lines, index, after)
        grids.append(grid)
        index = after
    return grids


def _lines(text: str) -> Iterator[_Line]:
    position = 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip("\r\n\f\v \u3000\xa0")
        if stripped:
            begin = position + raw.index(stripped[0]) if stripped else position
            begin = position + len(raw) - len(raw.lstrip("\r\n\f\v \u3000\xa0"))
            yield _Line(begin, begin + len(stripped), stripped)
        position += len(raw)


def _split(line: _Line, pattern: re.Pattern[str]) -> list[Cell]:
    """Cut a line into cells."""
    cells: list[Cell] = []
    here = 0
    for match in pattern.finditer(line.text):
        cells.append(_cell(line, here, match.start()))
        here = match.end()
    cells.append(_cell(line, here, len(line.text)))
    return cells


def _cell(line: _Line, start: int, end: int) -> Cell:
    words = line.text[start:end]
    stripped = words.strip()
    begin = start + len(words) - len(words.lstrip())
    return Cell(stripped, line.start + begin, line.start + begin + len(stripped))


def _tabbed(lines: list[_Line], index: int) -> tuple[Grid | None, int]:
    """Read rows of cells parted by tabs."""
    stop = index
    while stop < len(lines) and "\t" in lines[stop].text:
        stop += 1
    if stop - index < 2:
        return None, index + 1
    tab = re.compile(r"\t")
    rows: list[list[Cell | None]] = [list(_split(line, tab)) for line in lines[index:stop]]
    return _grid(rows, lines[index].start, lines[stop - 1].end), stop


def _spaced(lines: list[_Line], index: int) -> tuple[Grid | None, int]:
    """Read rows whose columns are parted by blanks, the last ones being values."""
    if _CAPTION.match(lines[index].text):
        return None, index + 1
    rows: list[list[Cell | None]] = []
    stop = index
    values = 0
    misses = 0
    while stop < len(lines) and stop - index < 400:
        line = lines[stop]
        if "\t" in line.text or len(line.text) > 160 or line.text.count("。"):
            break
        cells = _columns(line)
        if cells is None:
            if values and (is_value(line.text) or misses >= 2 or len(line.text) > 40 or _NOTE.match(line.text)):
                break
            misses += 1
            if not rows or misses > 2:
                break
            cells = [_cell(line, 0, len(line.text))]
        else:
            misses = 0
        values += sum(is_value(cell.text) for cell in cells) >= 1 and len(cells) > 1
        rows.append(list(cells))
        stop += 1
    while rows and len(rows[-1]) == 1:
        rows.pop()
        stop -= 1
    numeric = [row for row in rows if len(row) > 1 and any(cell and is_value(cell.text) for cell in row)]
    if len(numeric) < 2 or len(rows[0]) < 2:
        return None, index + 1
    width = max(len(row) for row in numeric)
    if width < 3 and not _HEAD_CELL.search(lines[index].text):
        return None, index + 1
    if not any(
        _HEAD_CELL.search(cell.text) or _HEAD_WORD.fullmatch(cell.text) for cell in rows[0] if cell
    ):
        return None, index + 1
    _second_head(rows)
    return _grid(rows, lines[index].start, lines[stop - 1].end), stop


def _second_head(rows: list[list[Cell | None]]) -> None:
    """Move a second line of heads, which holds units only, under the last columns."""
    if len(rows) < 2 or len(rows[1]) >= len(rows[0]):
        return
    if all(cell and _UNIT_BRACKET.fullmatch(cell.text) for cell in rows[1]):
        rows[1] = [*([None] * (len(rows[0]) - len(rows[1]))), *rows[1]]


def _columns(line: _Line) -> list[Cell] | None:
    """Cut a line at wide blanks, and before values at single ones; None if it has no columns."""
    if " " not in line.text and "\u3000" not in line.text:
        return None
    cells = _split(line, _PARTED)
    refined: list[Cell] = []
    for cell in cells:
        heads = _heads_apart(cell)
        refined.extend(heads if len(heads) > 1 else _values_apart(cell))
    if len(refined) < 2 or any(len(cell.text) > 60 or "。" in cell.text for cell in refined):
        return None
    refined = [cell for cell in refined if cell.text]
    if not refined or not (
        _HEAD_WORD.fullmatch(refined[0].text)
        or any(
            is_value(cell.text) or is_blank(cell.text) or _HEAD_CELL.search(cell.text)
            or _UNIT_BRACKET.fullmatch(cell.text)
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
            or (_SUFFIX.fullmatch(part.text) and is_value(parts[-1].text))
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
        and bool(_HEAD_WORD.fullmatch(part.text) or _HEAD_CELL.search(part.text) or _UNIT_BRACKET.search(part.text))
        for part in parts
    )
    if len(parts) < 3 or any(is_value(part.text) and not _YEAR.fullmatch(part.text) for part in parts):
        return [cell]
    headed = _HEAD_WORD.fullmatch(parts[0].text) and all(len(part.text) <= 12 for part in parts)
    return parts if headed or known >= len(parts) - 1 else [cell]


def _values_apart(cell: Cell) -> list[Cell]:
    """Cut ``5 移动宽带普及率（%） 57 85 预期性`` at its single blanks."""
    if " " not in cell.text:
        return [cell]
    parts = _words(cell)
    kinds = [is_value(part.text) or is_blank(part.text) or bool(_ATTRIBUTE.fullmatch(part.text)) or bool(_YEAR.fullmatch(part.text)) for part in parts]
    if not any(kinds):
        return [cell]
    result: list[Cell] = []
    run: list[Cell] = []
    for part, value in zip(parts, kinds, strict=True):
        if value:
            if len(run) > 1 and units.lookup(run[-1].text) is not None:
                result += [_merge(run[:-1]), run[-1]]
                run = []
            if run:
                result.append(_merge(run))
                run = []
            result.append(part)
        else:
            run.append(part)
    if run:
        result.append(_merge(run))
    return result


def _merge(run: list[Cell]) -> Cell:
    return Cell("".join(cell.text for cell in run), run[0].start, run[-1].end)


def _grid(rows: list[list[Cell | None]], start: int, end: int) -> Grid | None:
    """Part header rows from body rows."""
    body = 0
    while body < len(rows) and body < 4:
        cells = [cell for cell in rows[body] if cell and cell.text]
        values = [cell for cell in cells if is_value(cell.text) and not _YEAR.fullmatch(cell.text)]
        if values:
            break
        if body and any(_ATTRIBUTE.fullmatch(cell.text) for cell in cells):
            break
        body += 1
    if body == 0 or body >= len(rows):
        return None
    return Grid(rows[:body], rows[body:], start, end)


def _stacked(lines: list[_Line], index: int) -> tuple[Grid | None, int]:
    """Read a cell a line: a header that begins with 指标 or 序号, then name and values."""
    first = re.sub(r"\s", "", lines[index].text)
    if _HEAD_WORD.fullmatch(first) is None:
        return None, index + 1
    header: list[Cell] = []
    position = index
    years = 0
    while position < len(lines) and position - index < 16:
        line = lines[position]
        words = re.sub(r"\s", "", line.text)
        if header and words.startswith(("（", "(")) and len(words) < 14:
            last = header[-1]
            header[-1] = Cell(last.text + words, last.start, line.end)
            position += 1
            continue
        if header and _SENSE_WORD.fullmatch(words) and _YEAR.fullmatch(header[-1].text):
            last = header[-1]
            header[-1] = Cell(last.text + words, last.start, line.end)
            position += 1
            continue
        known = _HEAD_WORD.fullmatch(words) or (
            len(words) <= 16 and (_HEAD_CELL.search(words) or _UNIT_BRACKET.search(words))
        )
        if known and header and _INDEXED.match(words):
            break
        if not known or (is_value(words) and not _YEAR.fullmatch(words)):
            break
        years += bool(_YEAR.search(words)) or bool(re.search(r"目标|完成|现状|实际|值", words)) or bool(_UNIT_BRACKET.search(words))
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
    lines: list[_Line], position: int, header: list[Cell]
) -> tuple[list[list[Cell | None]], int]:
    """Group the lines behind a stacked header into rows."""
    labels = {cell.text for cell in header}
    texts = [cell.text for cell in header]
    value_columns = [
        place for place, text in enumerate(texts)
        if _YEAR.search(text)
        or (place and not re.search(r"单位$|属性|性质|备注|序号|类[别型]|责任", text)
            and not (re.search(r"指标(?!值)|项目|名称|领域|内容", text) and not _UNIT_BRACKET.search(text)))
    ]  # fmt: skip
    unit_column = next((place for place, text in enumerate(texts) if "单位" in text), None)
    attribute_column = next((place for place, text in enumerate(texts) if re.search("属性|性质|类型", text)), None)
    name_column = next((place for place, text in enumerate(texts) if re.search(r"指标(?!属性|类型)|项目|名称|内容", text)), 0)
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

    while position < len(lines):
        line = lines[position]
        words = re.sub(r"\s", "", line.text)
        if _NOTE.match(words) or len(words) > 45 or _SENTENCE.search(words):
            break
        if not names and re.match(r"[一二三四五六七八九十]+、", words) and rows and not _follow_values(lines, position):
            break
        cell = Cell(words, line.start, line.end)
        if words in labels and not is_value(words):
            close()
        elif _ATTRIBUTE.fullmatch(words):
            attribute = cell
        elif is_value(words) or is_blank(words):
            following = lines[position + 1].text if position + 1 < len(lines) else ""
            lone = re.fullmatch(r"\d{1,2}", words) and not is_value(re.sub(r"\s", "", following)) and not is_blank(following)
            if lone and (not names or (values and len(values) >= len(value_columns))) and not _ATTRIBUTE.fullmatch(following.strip()):
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


def _follow_values(lines: list[_Line], position: int) -> bool:
    """Tell whether values stand in the lines that follow soon."""
    return any(is_value(re.sub(r"\s", "", line.text)) for line in lines[position + 1 : position + 5])


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
            names[first].text.startswith(("（", "(")) or names[first - 1].text.endswith(("的", "占", "和", "及", "与", "、", "（"))
            or len(names[first - 1].text) >= 16
        ):
            first -= 1
    chosen = names[first:]
    return _merge(chosen), unit


def _surround(grid: Grid, lines: list[_Line], index: int, after: int) -> None:
    """Take caption and notes: up to three lines above, and the notes below."""
    above = [line for line in lines[max(0, index - 3) : index] if len(line.text) <= 60 and "。" not in line.text]
    grid.caption = "\n".join(line.text for line in above)
    below: list[str] = []
    position = after
    while position < len(lines) and _NOTE.match(lines[position].text):
        below.append(lines[position].text)
        grid.end = lines[position].end
        position += 1
    grid.notes = "\n".join(below)
