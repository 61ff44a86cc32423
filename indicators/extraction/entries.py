"""One cell of a table as a value, and the head of a row as a name with its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from indicators import numerals, units
from indicators.extraction import cells, quantities, words
from indicators.extraction.sentences import squeeze
from indicators.model import Bound
from indicators.units import Unit

__all__ = ["Value", "name_of", "read", "unit_of"]

_INDEX = re.compile(
    r"^[（(]?\d{1,3}[)）．.、]\s*(?=[^\d%.])|^\d{1,3}\s*(?=[“《（(\u4e00-\u9fff])|^[①-⑳]"
)
"""Number of a row; before a Latin letter it belongs to the name (5G用户普及率)."""
_BRACKET = re.compile(r"[（(]([^（）()]{1,16})[）)]")
_MARK = re.compile(r"\[\d\]|[①-⑳*＊]|\d(?=$)")
_NUMBER = re.compile(r"[-－]?\d[\d,，]*(?:\.\d+)?")
_LEAST = re.compile(r"[>＞≥≧]|超过?|不低于|不少于|大于|以上")
_MOST = re.compile(r"[<＜≤≦]|不超过|控制在|小于|不高于|以内|以下|低于")
_ABOUT = re.compile(r"[~～±约近]|左右")
_BRACKETED = re.compile(r"^[〔\[［【（(].*[〕\]］】）)]$")


@dataclass(frozen=True, slots=True)
class Value:
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
    change: str = ""
    """Word of change before the number (下降14%)."""


def unit_of(word: str) -> Unit | None:
    """Return the unit a row names; a multiplier alone (亿) counts persons or pieces."""
    word = re.sub(r"\s", "", word)
    if not word:
        return None
    found = units.lookup(word)
    if found is None and word in units.MULTIPLIERS:
        return Unit(symbol="", dimension="", factor=units.require("").factor, code="number",
                    multiplier=units.MULTIPLIERS[word])  # fmt: skip
    return found or Unit(symbol=word, dimension=word, factor=units.require("").factor, code=word)


def read(text: str, row_unit: Unit | None, column_unit: str) -> Value | None:
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
    return Value(
        start, end, low, high, unit or units.require(""), bound,
        total=_BRACKETED.match(text.strip()) is not None, written=text, change=_change(text, start),
    )  # fmt: skip


def _change(text: str, start: int) -> str:
    """Return the word of change that stands before the number of a cell."""
    if start < 2:
        return ""
    found = words.tail("change_up", "change_down").match(text[:start].rstrip()[::-1])
    change = found.group()[::-1] if found else ""
    return "" if len(change) < 2 or change.endswith("于") else change


def _counted(title: str, end: int) -> bool:
    """Tell whether the number that opens a title counts what follows (3岁以下婴幼儿…)."""
    return title[end - 1].isdigit() and title.startswith(
        ("岁", "周岁", "年", "个月", "日", "小时"), end
    )


def name_of(title: str) -> tuple[str, str]:
    """Return the name of a row without number, marks and unit, and the unit it states."""
    title = squeeze(title)[0]
    index = _INDEX.match(title)
    if index and not _counted(title, index.end()):
        title = title[index.end() :]
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
