"""What the columns of a table hold: read from their heads, and where these are silent from cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from indicators import units
from indicators.documents import Document
from indicators.extraction import cells, times
from indicators.extraction.cells import Cell, Grid
from indicators.extraction.sentences import squeeze

__all__ = ["Column", "align", "caption_unit", "columns_of"]

_BRACKET = re.compile(r"[（(]([^（）()]{1,16})[）)]")
_UNIT_CAPTION = re.compile(r"单位\s*[：:]\s*([^\s，,。；）)]+)")
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
_CONTENT_HEAD = re.compile(r"内容|规模|要求|举措")
"""The head of a column that describes what another one names."""
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$|^单\s*位$")
_DUE_HEAD = re.compile(r"完成时[限间]|时限|截止(?:时间|日期)|时间(?:节点|要求|安排)|完成期限")
_PERIOD_HEAD = re.compile(r"年\s*[份度]|年|时间")
_ATTRIBUTE_HEAD = re.compile(r"属性|性质|指标类型")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds."""

    role: str
    """index, name, period, unit, attribute, due, value or other."""
    head: str
    day: date | None
    sense: str
    """plan, done, rate, total, ratio or empty."""
    unit: str
    measure: str
    """Words of the head that belong to the name (管网长度)."""


def columns_of(document: Document, grid: Grid) -> list[Column]:
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
    result: list[Column] = []
    named = False
    for place, head in enumerate(heads):
        role = _role(head, place, grid)
        named = named or role == "name"
        result.append(_column(head, role, issued))
    names = [place for place, column in enumerate(result) if column.role == "name"]
    if len(names) > 1:
        for place in names:
            if _CONTENT_HEAD.search(result[place].head):
                result[place] = Column("other", result[place].head, None, "", "", "")
    if not named:
        for place, column in enumerate(result):
            if column.role in {"other", "value"} and _is_text(grid, place):
                result[place] = Column("name", column.head, None, "", "", "")
                break
    return result


def _role(head: str, place: int, grid: Grid) -> str:
    if re.search(r"序号|编号|^No", head):
        return "index"
    if _UNIT_HEAD.search(head):
        return "unit"
    if _DUE_HEAD.search(head):
        return "due"
    if _ATTRIBUTE_HEAD.search(head):
        return "attribute"
    if _PERIOD_HEAD.fullmatch(head):
        return "period"
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


def _column(head: str, role: str, issued: date | None) -> Column:
    """Read year, sense and unit of a column's head."""
    if role != "value":
        return Column(role, head, None, "", "", "")
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
        r"(?:19|20)\d\d年?|“?十[一二三四五]五”?|[（(][^（）()]*[）)]|目标值?|规划|实际|现状|完成值?|预期|预计|指标值|基期|基数|数值|绝对[数额]|年末数|全年|全部|计划(?!投资|总投资|完成投资)|任务|情况|其中|[：:]|值|末|底|期间|时期|[-—~]",
        "",
        head,
    )
    return Column(role, head, day, sense, unit, measure if sense in {"", "plan", "done"} else "")


def _head_unit(head: str) -> str:
    for match in _BRACKET.finditer(head):
        word = match.group(1).removeprefix("单位：").removeprefix("单位:")
        if units.lookup(word) is not None:
            return word
    return ""


def caption_unit(grid: Grid) -> str:
    """Return the unit that the caption states for all values; of 亿元、% the first, % has its heads."""
    match = _UNIT_CAPTION.search(grid.caption)
    for word in match.group(1).split("、") if match else ():
        if units.lookup(word) is not None:
            return word
    return ""


def align(row: list[Cell | None], columns: list[Column]) -> list[Cell | None]:
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


def _fits(cell: Cell | None, column: Column) -> bool:
    if cell is None or not cell.text:
        return False
    value = cells.is_value(cell.text) or cells.is_blank(cell.text)
    return value if column.role == "value" else not value
