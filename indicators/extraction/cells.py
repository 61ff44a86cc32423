"""Cells, rows and grids of tables in text, and what tells a value from a head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = [
    "ATTRIBUTE",
    "BLANK",
    "CAPTION",
    "HEAD_CELL",
    "HEAD_WORD",
    "INDEXED",
    "NOTE",
    "SENSE_WORD",
    "SENTENCE",
    "SUFFIX",
    "UNIT_BRACKET",
    "WORDED",
    "YEAR",
    "Cell",
    "Grid",
    "Line",
    "cell_of",
    "is_blank",
    "is_value",
    "lines_of",
    "merge",
]


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


@dataclass(frozen=True, slots=True)
class Line:
    start: int
    end: int
    text: str
    flat: str
    """The text without blanks."""


_PIECE = 50_000
_NUMBER = r"[-－]?\d[\d,，]*(?:\.\d+)?"
VALUE = re.compile(
    rf"[〔\[［（(【]?\s*(?:约|近|超过?|不低于|不少于|不超过|控制在|大于|小于|达到?)?[>＞<＜≥≤≧≦~～±]?\s*{_NUMBER}(?![DGKdgk](?![A-Za-z]))\s*(?:[%％‰]|个?百分点|[万亿]?[\u4e00-\u9fffA-Za-z/²³℃]{{0,6}})?"
    rf"(?:\s*[-—–~～至]+\s*{_NUMBER}\s*(?:[%％‰]|[万亿]?[\u4e00-\u9fff]{{0,4}})?)?\s*(?:以上|以下|以内|左右|及以上)?\s*[〕\]］）)】]?(?:\s*[①-⑩*＊]|\s*\[\d\])?"
)
WORDED = re.compile(
    rf"(?P<words>[一-鿿（）()]{{2,9}}?)(?:约|近|超过?|不低于|不少于|不超过|控制在|大于|小于|达到?|保持)?[>＞<＜≥≤≧≦~～±]?\s*{_NUMBER}\s*[%％](?:以上|以下|以内|左右|及以上)?"
)
"""A value with words before it: where it holds (城市建成区≥20%), or how it changed (下降14%)."""
_WORDED_ENDS = frozenset("%％上下内右")
_SIGNS = frozenset("><≥≤＞＜≧≦")
_REMARK = re.compile(r"(?<=[\d%])[、，；][^\d]{2,24}$")
"""Words that go on behind the value of a cell (>7、力争高于…)."""
BLANK = re.compile(r"[-—–―－/／…*]{1,4}|——|无|空白")
HEAD_WORD = re.compile(
    r"(?:指标(?:名称)?|主要指标|具体指标|序号|类别|类型|项目(?:名称)?|名称|领域|分类|指标体系|单位|地区|城市|属性|指标属性|指标类型|一级指标|二级指标|设区市|市县|区域|年份|年度|县市区|县区|行业|产品名称)"
)
YEAR = re.compile(r"(?:19|20)\d\d\s*年?")
HEAD_CELL = re.compile(
    r"(?:19|20)\d\d\s*年?|目标|现状|基期|实际|完成|年均|累计|增速|增长|属性|单位|备注|规划|指标|性质|数值|十[二三四五六]五|值|比重|同比"
)
UNIT_BRACKET = re.compile(r"[（(][^（）()]{1,10}[）)]$")
INDEXED = re.compile(r"\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]")
YEAR_HEAD = re.compile(r"(?:19|20)\d\d\s*年")
SUFFIX = re.compile(r"(?:及)?以[上下内]|左右|[%％‰]|年")
CAPTION = re.compile(r"(?:附?表|专栏|图|表格|附件)\s*[\d一二三四五六七八九十]")
SENSE_WORD = re.compile(r"(?:实际|目标|现状|规划|预期|完成|基期|指标)(?:值|数|目标)?|基数|目标值")
SENTENCE = re.compile(r"[。；！？]|[，,].*[，,]")
ATTRIBUTE = re.compile(
    r"(?:约束性?|预期性?|指导性?|约束类|预期类|创新性?|引导性?|约束性指标|预期性指标)"
)
NOTE = re.compile(r"\s*(?:注|备注|说明|数据来源|资料来源)\s*[0-9一二三]*\s*[：:.．]|^\s*[①-⑩]")


def is_value(text: str) -> bool:
    """Tell whether a cell holds a number (with its unit and signs) and nothing else."""
    text = text.strip()
    if text[:1] in _SIGNS:
        text = _REMARK.sub("", text)
    if VALUE.fullmatch(text) is not None:
        return YEAR_HEAD.match(text) is None
    return text[-1:] in _WORDED_ENDS and WORDED.fullmatch(text) is not None


def is_blank(text: str) -> bool:
    """Tell whether a cell says that there is no value."""
    return not text or BLANK.fullmatch(text) is not None


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines that are not blank; a long text is not copied as a whole."""
    position = 0
    while position < len(text):
        piece = text[position : text.find("\n", position + _PIECE) + 1 or len(text)]
        for raw in piece.splitlines(keepends=True):
            stripped = raw.strip("\r\n\f\v \u3000\xa0")
            if stripped:
                begin = position + len(raw) - len(raw.lstrip("\r\n\f\v \u3000\xa0"))
                yield Line(begin, begin + len(stripped), stripped, "".join(stripped.split()))
            position += len(raw)


def cell_of(line: Line, start: int, end: int) -> Cell:
    words = line.text[start:end]
    stripped = words.strip()
    begin = start + len(words) - len(words.lstrip())
    return Cell(stripped, line.start + begin, line.start + begin + len(stripped))


def merge(run: list[Cell]) -> Cell:
    return Cell("".join(cell.text for cell in run), run[0].start, run[-1].end)
