"""What a cell says as a day or a quarter, in every form that people write."""

from __future__ import annotations

import re
from datetime import date

from indicators import numerals, periods
from indicators.submissions.sheet import Cell
from indicators.submissions.values import normal

__all__ = ["read_day", "read_quarter"]

_DAY = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*(?:日|号)?(?:\s+\d{1,2}:.*)?"
)
_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?(?:底|末)?")
_YEAR = re.compile(r"(\d{4})\s*年(?:底|末)?")
_PACKED = re.compile(r"(20\d{2}|19\d{2})(\d{2})(\d{2})")
_HAN_DAY = re.compile(
    r"([〇零○Oo0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号])?"
)
_HAN_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(r"(\d{4})\s*年?\s*(?:第\s*)?([一二三四1-4])\s*季度?")
_CODE = re.compile(r"(?<!\d)(\d{4})\s*(?:年|[-_/.])?\s*[Qq]\s*([1-4])(?!\d)")
_CODE_BACK = re.compile(r"(?<![A-Za-z])[Qq]([1-4])\s*[-_/.]?\s*(\d{4})(?!\d)")
_HALF = re.compile(r"(\d{4})\s*年\s*(上半年|前三季度|全年|年度)")
_MONTHS = re.compile(r"(\d{4})\s*年?\s*(?:0?1\s*(?:月份?)?\s*[-—–~至到]\s*)(\d{1,2})\s*月")
_MARCH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?\s*(?:底|末)")
_AS_OF = re.compile(r"截[至止]?(?:至|到)?\s*(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")
_UNTIL = {"上半年": 2, "前三季度": 3, "全年": 4, "年度": 4}


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_day(cell: Cell) -> date | None:
    """Return the day of a cell; a month or a year stands for its last day; None where none."""
    if cell.kind == "date":
        return cell.day
    if cell.kind == "number":
        # A serial number in General format (46387) is a day only where a day is asked for.
        number = cell.magnitude
        packed = _PACKED.fullmatch(str(number))
        if packed:
            return _day(packed[1], packed[2], packed[3])
        if number is not None and 36_526 <= number < 73_051 and number == int(number):
            return Cell(
                cell.row, cell.column, int(number), "yyyy-mm-dd", date1904=cell.date1904
            ).day
        return None
    text = normal(cell.text)
    if found := _DAY.fullmatch(text) or _PACKED.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if (found := _MONTH.fullmatch(text)) and (first := _day(found[1], found[2], "1")):
        return periods.month_end(first)
    if found := _HAN_DAY.fullmatch(text.replace(" ", "")):
        year, month = found[1].translate(_HAN_DIGITS), str(numerals.parse(found[2]))
        if found[3]:
            return _day(year, month, str(numerals.parse(found[3])))
        first = _day(year, month, "1")
        return periods.month_end(first) if first else None
    if found := _YEAR.fullmatch(text):
        return _day(found[1], "12", "31")
    quarter = read_quarter(text)
    return periods.quarter(quarter).end if quarter else None


def read_quarter(text: str) -> str:
    """Return the quarter that a text names (2026年一季度, 2026Q1, 2026年1-3月), else nothing."""
    bare = normal(text)
    if found := _QUARTER.search(bare):
        return f"{found[1]}Q{_QUARTERS[found[2]]}"
    if found := _CODE.search(bare):
        return f"{found[1]}Q{found[2]}"
    if found := _CODE_BACK.search(bare):
        return f"{found[2]}Q{found[1]}"
    if found := _HALF.search(bare):
        return f"{found[1]}Q{_UNTIL[found[2]]}"
    found = _AS_OF.search(bare)
    day = _day(found[1], found[2], found[3]) if found else None
    if day is not None and day.month % 3 == 0 and day == periods.month_end(day):
        return periods.quarter_of(day)
    for pattern in (_MONTHS, _MARCH):
        if (found := pattern.search(bare)) and found[2] in ("3", "6", "9", "12", "03", "06", "09"):
            return f"{found[1]}Q{int(found[2]) // 3}"
    return ""
