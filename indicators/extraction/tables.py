"""Indicator tables: each numeric cell a commitment, with name, unit and year of its row and column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators import numerals, units
from indicators.documents import Article, Document
from indicators.extraction import cells, grids, quantities, times, traits
from indicators.extraction.cells import Cell, Grid
from indicators.extraction.sentences import squeeze
from indicators.model import Binding, Bound, Commitment, DateSource, Kind, digest_id
from indicators.units import Unit

__all__ = ["Gridded", "extract"]

_INDEX = re.compile(r"^[（(]?\d{1,3}[）)．.、]?\s*(?=[^\d%.])|^[①-⑳]")
_BRACKET = re.compile(r"[（(]([^（）()]{1,16})[）)]")
_MARK = re.compile(r"\[\d\]|[①-⑳*＊]|\d(?=$)")
_UNIT_CAPTION = re.compile(r"单位\s*[：:]\s*([^\s，,。；）)]+)")
_NUMBER = re.compile(r"[-－]?\d[\d,，]*(?:\.\d+)?")
_LEAST = re.compile(r"[>＞≥≧]|超过?|不低于|不少于|大于|以上")
_MOST = re.compile(r"[<＜≤≦]|不超过|控制在|小于|不高于|以内|以下|低于")
_ABOUT = re.compile(r"[~～±约近]|左右")
_BRACKETED = re.compile(r"^[〔\[［【（(].*[〕\]］】）)]$")
_PLAN = re.compile(r"目标|规划|预期|计划|指标值|任务|到")
_DONE = re.compile(r"实际|完成(?!率|目标)|现状|基期|基数|基准|达到(?!目标)|执行|上年|完成值|现值")
_RATE = re.compile(r"年均(?:增速|增长|增长率|提高|下降|降低|变化)?|年平均(?:增速|增长)")
_TOTAL = re.compile(r"累计|[五5]年(?:合计|累计)")
_GROWTH = re.compile(r"增长|增速|增幅|升降|增减|同比|比上年|比去年|±")
_RATIO = re.compile(r"完成率|完成比例|执行率|达成率")
_NOT_VALUE = re.compile(
    r"序号|编号|备注|单位$|计量单位|属性|性质|责任|牵头|部门|说明|文号|时限|类型$"
)
_NAME_HEAD = re.compile(
    r"指标(?!值|属性|类型|性质|单位)|名称|项目|内容|地区|城市|市县|领域|区域|任务|指标体系|单位名称"
)
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$|^单\s*位$")
_ATTRIBUTE_HEAD = re.compile(r"属性|性质|指标类型")
_DATED_NOTE = re.compile(r"为((?:19|20)\d\d)年(?:的)?(?:数据|数|值)")
_POINTS_NOTE = re.compile(r"(?:累计|〔|\[)[^。]{0,20}单位为(个?百分点)")


@dataclass(slots=True)
class Gridded:
    """What tables gave, and the stretches of text they cover."""

    commitments: list[Commitment]
    spans: list[Grid]


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds."""

    role: str
    """index, name, unit, attribute, value or other."""
    head: str
    day: date | None
    sense: str
    """plan, done, rate, total, ratio or empty."""
    unit: str
    measure: str
    """Words of the head that belong to the name (管网长度)."""


def extract(document: Document) -> Gridded:
    """Return the commitments of all tables of a document, and where the tables stand."""
    found = grids.find(document.text)
    result = Gridded([], found)
    for grid in found:
        result.commitments.extend(_table(document, grid))
    return result


def _table(document: Document, grid: Grid) -> list[Commitment]:
    columns = _columns(document, grid)
    names = [place for place, column in enumerate(columns) if column.role == "name"]
    values = [place for place, column in enumerate(columns) if column.role == "value"]
    if not values or not names:
        return []
    result: list[Commitment] = []
    caption_unit = _caption_unit(grid)
    labels = {column.head for column in columns if column.head}
    for row in grid.rows:
        texts = [cell.text if cell else "" for cell in row]
        if len(row) > 1 and sum(text in labels for text in texts if text) >= max(
            2, len(texts) // 2
        ):
            continue
        aligned = _align(row, columns)
        result.extend(_row(document, grid, columns, names, values, aligned, caption_unit))
    return result


def _columns(document: Document, grid: Grid) -> list[_Column]:
    """Decide what each column holds from its head, and where that is silent from its cells."""
    width = max(len(row) for row in (*grid.header, *grid.rows))
    heads = [""] * width
    for row in grid.header:
        last = ""
        if len(row) == 1 and width > 2:
            continue
        for place in range(width):
            cell = row[place] if place < len(row) else None
            text = squeeze(cell.text)[0] if cell else ""
            if not text and row is grid.header[0] and len(grid.header) > 1:
                text = last
            last = text or last
            if text and text not in heads[place]:
                heads[place] += text
    issued = document.article_at(grid.start).issued_on
    result: list[_Column] = []
    named = False
    for place, head in enumerate(heads):
        role = _role(head, place, grid)
        named = named or role == "name"
        result.append(_column(head, role, issued))
    if not named:
        for place, column in enumerate(result):
            if column.role in {"other", "value"} and _is_text(grid, place):
                result[place] = _Column("name", column.head, None, "", "", "")
                break
    return result


def _role(head: str, place: int, grid: Grid) -> str:
    if re.search(r"序号|编号|^No", head):
        return "index"
    if _UNIT_HEAD.search(head):
        return "unit"
    if _ATTRIBUTE_HEAD.search(head):
        return "attribute"
    text = _is_text(grid, place)
    if _NAME_HEAD.search(head) and text:
        return "name"
    if _NOT_VALUE.search(head) or text:
        return "other"
    return "value"


def _is_text(grid: Grid, place: int) -> bool:
    """Tell whether a column holds words rather than values."""
    column = [row[place] for row in grid.rows if place < len(row)]
    filled = [cell for cell in column if cell and not cells.is_blank(cell.text)]
    if not filled:
        return False
    return sum(not cells.is_value(cell.text) for cell in filled) * 2 > len(filled)


def _column(head: str, role: str, issued: date | None) -> _Column:
    """Read year, sense and unit of a column's head."""
    if role != "value":
        return _Column(role, head, None, "", "", "")
    found = [each for each in times.find(head, issued) if not each.compared and not each.relative]
    if re.match(r"(?:同)?比(?:上年|去年)", head):
        found = []
    day = found[-1].day if found else None
    if day is None and (year := re.search(r"(?:19|20)\d\d", head)):
        day = date(int(year.group()), 12, 31)
    unit = _head_unit(head)
    sense = ""
    if _RATIO.search(head):
        sense = "ratio"
    elif _RATE.search(head):
        sense = "rate"
    elif _TOTAL.search(head):
        sense = "total"
    elif _GROWTH.search(head):
        sense = "growth"
    elif _DONE.search(head):
        sense = "done"
    elif _PLAN.search(head):
        sense = "plan"
    measure = re.sub(
        r"(?:19|20)\d\d年?|“?十[一二三四五]五”?|[（(][^（）()]*[）)]|目标值?|规划|实际|现状|完成值?|预期|指标值|基期|数值|全年|全部|计划|任务|情况|其中|[：:]|值|末|底|期间|时期|[-—~]",
        "",
        head,
    )
    return _Column(role, head, day, sense, unit, measure if sense in {"", "plan", "done"} else "")


def _head_unit(head: str) -> str:
    for match in _BRACKET.finditer(head):
        word = match.group(1).removeprefix("单位：").removeprefix("单位:")
        if units.lookup(word) is not None:
            return word
    return ""


def _caption_unit(grid: Grid) -> str:
    match = _UNIT_CAPTION.search(grid.caption)
    if match and units.lookup(match.group(1)) is not None:
        return match.group(1)
    return ""


def _align(row: list[Cell | None], columns: list[_Column]) -> list[Cell | None]:
    """Shift a short row so that its values stand under value columns."""
    if len(row) >= len(columns):
        return row
    missing = len(columns) - len(row)
    lead = [column.role for column in columns[:missing]]
    if all(role in {"other", "index", "name"} for role in lead) and row and row[0]:
        shifted: list[Cell | None] = [*([None] * missing), *row]
        fits = sum(_fits(cell, column) for cell, column in zip(shifted, columns, strict=True))
        stays = sum(_fits(cell, column) for cell, column in zip(row, columns, strict=False))
        if fits > stays:
            return shifted
    return [*row, *([None] * missing)]


def _fits(cell: Cell | None, column: _Column) -> bool:
    if cell is None or not cell.text:
        return False
    value = cells.is_value(cell.text) or cells.is_blank(cell.text)
    return value if column.role == "value" else not value


def _row(
    document: Document,
    grid: Grid,
    columns: list[_Column],
    names: list[int],
    values: list[int],
    row: list[Cell | None],
    caption_unit: str,
) -> list[Commitment]:
    """Return the commitments of one row."""
    title = ""
    title_cell: Cell | None = None
    for place in names:
        cell = row[place] if place < len(row) else None
        if cell and cell.text and not cells.is_value(cell.text):
            title, title_cell = cell.text, cell
    if title_cell is None:
        return []
    unit_word, binding = caption_unit, traits.binding("")
    for place, column in enumerate(columns):
        cell = row[place] if place < len(row) else None
        if cell is None:
            continue
        if column.role == "unit" and cell.text:
            unit_word = cell.text.strip("（）()")
        if column.role == "attribute":
            binding = traits.binding(cell.text if "性" in cell.text else cell.text + "性")
    name, own = _name(title)
    if not name:
        return []
    unit_word = own or unit_word
    row_unit = _unit(unit_word)
    filled = [(place, row[place]) for place in values if place < len(row)]
    read = [
        (place, cell, _read(cell.text, row_unit, columns[place].unit))
        for place, cell in filled
        if cell is not None and cell.text and not cells.is_blank(cell.text)
    ]
    levels = {
        place: value.low
        for place, _, value in read
        if value is not None and columns[place].sense in {"", "plan", "done"}
    }
    result: list[Commitment] = []
    for place, cell, value in read:
        if value is None:
            continue
        result.append(
            _commitment(document, grid, columns, place, cell, value, name, levels, binding)
        )
    return result


@dataclass(frozen=True, slots=True)
class _Value:
    """A cell read."""

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: Unit
    bound: Bound
    total: bool
    """Whether the cell stands in brackets, the sign of a cumulative value."""
    written: str


def _unit(word: str) -> Unit | None:
    """Return the unit a row names; a multiplier alone (亿) counts persons or pieces."""
    word = re.sub(r"\s", "", word)
    if not word:
        return None
    found = units.lookup(word)
    if found is None and word in units.MULTIPLIERS:
        return Unit(symbol="", dimension="", factor=units.require("").factor, code="number",
                    multiplier=units.MULTIPLIERS[word])  # fmt: skip
    return found or Unit(symbol=word, dimension=word, factor=units.require("").factor, code=word)


def _read(text: str, row_unit: Unit | None, column_unit: str) -> _Value | None:
    """Read a numeric cell; a unit inside it wins over the column's, that over the row's."""
    match = _NUMBER.search(text)
    if match is None or not cells.is_value(text):
        return None
    plain = squeeze(text)[0]
    found = quantities.find(plain) if len(plain) == len(text) else []
    unit = units.lookup(column_unit) if column_unit else row_unit
    end = match.end()
    low: Decimal | None = None
    high: Decimal | None = None
    multiplier = unit.multiplier if unit else 1
    if found and found[0].unit.symbol and found[0].unit.symbol not in {"年", "月", "日"}:
        own = found[0]
        low, high, unit, end, multiplier = own.low, own.high, own.unit, own.end, 1
        start = own.start
    else:
        start = match.start()
        try:
            low = numerals.parse(match.group().lstrip("-－"))
        except ValueError:
            return None
        if match.group()[0] in "-－":
            low = -low
        rest = re.match(r"\s*[-—–~～至]+\s*(\d[\d,]*(?:\.\d+)?)", text[match.end() :])
        if rest:
            high = numerals.parse(rest.group(1))
            end = match.end() + rest.end()
    low *= multiplier
    high = high * multiplier if high is not None else None
    if high is not None and high <= low:
        return None
    bound: Bound = "equal"
    if high is not None:
        bound = "between"
    elif _ABOUT.search(text):
        bound = "about"
    elif _LEAST.search(text):
        bound = "at_least"
    elif _MOST.search(text):
        bound = "at_most"
    return _Value(
        start, end, low, high, unit or units.require(""), bound,
        total=_BRACKETED.match(text.strip()) is not None, written=text,
    )  # fmt: skip


def _name(title: str) -> tuple[str, str]:
    """Return the name of a row without number, marks and unit, and the unit it states."""
    title = squeeze(title)[0]
    title = _INDEX.sub("", title)
    unit = ""
    for match in _BRACKET.finditer(title):
        word = match.group(1).removeprefix("单位：").removeprefix("单位:")
        if units.lookup(word) is not None or word in units.MULTIPLIERS:
            unit = word
            title = title[: match.start()] + title[match.end() :]
            break
    if not unit and "，" in title:
        head, _, word = title.rpartition("，")
        if units.lookup(word) is not None:
            title, unit = head, word
    return _MARK.sub("", title).strip("：: 　其中"), unit


def _commitment(
    document: Document,
    grid: Grid,
    columns: list[_Column],
    place: int,
    cell: Cell,
    value: _Value,
    name: str,
    levels: dict[int, Decimal],
    binding: Binding,
) -> Commitment:
    """Make the record of one cell."""
    column = columns[place]
    article = document.article_at(cell.start)
    kind, day, source = _when(grid, columns, place, article, value.total, levels, name)
    unit = value.unit
    label = _measured(name, column.measure)
    if not unit.symbol and not unit.dimension and unit.multiplier > 1:
        person = re.search(r"人|网民|用户|学生|居民|职工", label)
        unit = units.require("人" if person else "个")
    if column.sense == "rate" and not value.total:
        if name.endswith(("增长", "增速", "增幅", "降低", "下降")):
            label = name if "年均" in name else name[:-2] + "年均" + name[-2:]
        elif not (_TOTAL.search(column.head) and name.endswith("率")):
            label = name if "年均" in name else name + "年均增速"
            if units.lookup(column.unit) is None and "%" not in value.written:
                unit = units.require("%")
    elif column.sense == "total" or value.total:
        label = name + "五年累计"
        if unit.symbol == "%" and _points(grid, columns, place, levels, value.low):
            unit = units.require("百分点")
    elif column.sense == "growth":
        measure = next(
            (each.measure for each in reversed(columns[:place]) if each.role == "value"), ""
        )
        label = _measured(name, measure) + ("" if name.endswith("增长") else "增长")
        if not column.unit and "%" not in value.written:
            unit = units.require("%")
    elif column.sense == "ratio":
        label = name + "完成率"
        unit = units.require("%") if unit.symbol in {"", "%"} or "%" in column.head else unit
    low, high = value.low, value.high
    if (
        column.sense == "rate"
        and not value.total
        and unit.symbol == "%"
        and value.unit.symbol != "%"
        and value.unit.multiplier > 1
    ):
        low = low / value.unit.multiplier
    plain = Unit(symbol=unit.symbol, dimension=unit.dimension, factor=unit.factor, code=unit.code)
    base, dimension = units.base(low, plain)
    start, end = cell.start + value.start, cell.start + value.end
    first, last = _line(document.text, start, end)
    return Commitment(
        commitment_id=digest_id(document.digest, start, end),
        document=document.name,
        document_digest=document.digest,
        start=start,
        end=end,
        as_written=value.written,
        sentence=document.text[first:last],
        sentence_start=first,
        section=traits.section(document, start),
        location=document.page_at(start),
        magnitude=low,
        magnitude_high=high,
        unit=unit.symbol,
        base_magnitude=base,
        dimension=dimension,
        name=label,
        place=article.place or document.place,
        kind=kind,
        bound=value.bound,
        date=day,
        date_source=source,
        accumulation="since_start" if label.endswith("累计") else "",
        binding=binding,
        confidence=0.9 if not grid.ragged else 0.92,
    )


def _measured(name: str, measure: str) -> str:
    """Add the measure of a column to the name of a row that has none (原煤 + 产量)."""
    if not measure or measure in name or (name[-1:] in "量额率" and measure[-1:] in "量额率"):
        return name
    return name + measure


def _points(
    grid: Grid, columns: list[_Column], place: int, levels: dict[int, Decimal], total: Decimal
) -> bool:
    """Tell whether a cumulative value of a percentage is in percentage points."""
    if _POINTS_NOTE.search(grid.notes):
        return True
    before = [value for each, value in sorted(levels.items()) if each < place]
    return len(before) >= 2 and abs(abs(before[-1] - before[0]) - abs(total)) <= Decimal("0.11")


def _when(
    grid: Grid,
    columns: list[_Column],
    place: int,
    article: Article,
    total: bool,
    levels: dict[int, Decimal],
    name: str,
) -> tuple[Kind, date | None, DateSource]:
    """Return kind and date of a cell from the head of its column."""
    column = columns[place]
    planned = article.genre in {"plan", "policy", ""}
    now = article.issued_on or article.plan_start
    day = column.day
    source: DateSource = "stated" if day else ""
    years = [each.day for each in columns if each.day]
    if day is None:
        told = [each for each in times.find(grid.caption, article.issued_on) if not each.compared]
        if told and not planned:
            day, source = told[-1].day, "section"
        elif article.genre == "bulletin" and now is not None:
            year = re.search(r"((?:19|20)\d\d)年", article.title)
            day = date(int(year.group(1)) if year else now.year - 1, 12, 31)
            source = "document"
    last = max(years) if years else None
    if column.sense in {"rate", "total"} or total:
        end = article.plan_end or last
        if column.sense != "done" and (planned or (last and now and last > now)):
            return "target", end, "plan_period" if end else ""
        return "actual", end, "stated" if end else ""
    if column.sense == "ratio":
        return "actual", day or last, "stated" if day or last else ""
    if column.sense == "done":
        goal = any(each.day and day and each.day > day for each in columns) or any(
            each.sense == "plan" for each in columns
        )
        same = any(each.sense == "plan" and each.day == day for each in columns)
        later = goal and not same and planned
        return ("baseline" if later else "actual"), day, source or ""
    if column.sense == "plan":
        return (
            "target",
            day or article.plan_end or last,
            source or ("plan_period" if article.plan_end else ""),
        )
    if day is not None and now is not None:
        start = article.plan_start
        if planned and start is not None:
            past = day < start
        else:
            past = day < now
        if past:
            goal = any(
                each.day and each.day > day and (not start or each.day >= start)
                for each in columns
                if each.role == "value"
            )
            return ("baseline" if goal and planned else "actual"), day, "stated"
        return ("target" if planned or day > now else "actual"), day, "stated"
    if planned:
        return "target", article.plan_end, "plan_period" if article.plan_end else ""
    return "actual", day, ""


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the line that holds a cell."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last
