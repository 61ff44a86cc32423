"""Times that titles, headings and opening words name: years, plan periods, spans, single days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

__all__ = ["day", "five_years", "period_of_title", "period_of_words"]

_DIGITS = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "Ｏ": 0,
}
_ORDINALS = {"十": 10, "十一": 11, "十二": 12, "十三": 13, "十四": 14, "十五": 15, "十六": 16,
             "十七": 17, "十八": 18, "十九": 19, "二十": 20}  # fmt: skip

_DAY = re.compile(
    r"(?P<year>(?:19|20)\s?\d\s?\d|[一二][〇○零Ｏ九一二三四五六七八]{3})\s*(?:年|[-/.])\s*"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:月|[-/.])\s*"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?"
)
_SPAN = re.compile(r"((?:19|20)\d\d)\s*年?\s*[-—–－~～至到]{1,2}\s*((?:19|20)?\d\d)\s*年?")
_FIVE = re.compile(
    r"[“\"]?(十[一二三四五六七八九])[·•]?五(?![”\"]?(?:年|重[大点]|项目|工程|[个条项家]))[”\"]?"
)
_FIVE_LONG = re.compile(r"第(二十|十[一二三四五六七八九]?)个五年(?:规划|计划)")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?")

_UNTIL = re.compile(r"(?:到|至)?\s*((?:19|20)\d\d)\s*年(底|末|年底)?(?:前)?")


def day(words: str) -> date | None:
    """Return the first full date in the words: 2026年5月22日, 二〇二五年三月三十日, 2026-04-24."""
    match = _DAY.search(words)
    if not match:
        return None
    try:
        return date(_number(match["year"]), _number(match["month"]), _number(match["day"]))
    except ValueError:
        return None


def _number(written: str) -> int:
    written = re.sub(r"\s", "", written)
    if written.isascii():
        return int(written)
    if len(written) == 4:
        return int("".join(str(_DIGITS[char]) for char in written))
    head, ten, tail = written.partition("十")
    if not ten:
        return _DIGITS[written]
    return (_DIGITS[head] if head else 1) * 10 + (_DIGITS[tail] if tail else 0)


def five_years(words: str) -> tuple[date, date] | None:
    """Return the five years of the last “十四五” in the words: 2021-01-01 to 2025-12-31."""
    found = _FIVE_LONG.findall(words) or _FIVE.findall(words)
    return _five(found[-1]) if found else None


def _five(ordinal: str) -> tuple[date, date]:
    # The first five-year plan began in 1953; from the sixth (1981) on they follow every five years.
    first = 1981 + 5 * (_ORDINALS[ordinal] - 6)
    return date(first, 1, 1), date(first + 4, 12, 31)


def period_of_title(title: str) -> tuple[date | None, date | None]:
    """Return the plan period that a title names, first and last day.

    （2025—2027年） and 2025-2027年 first, then “十四五” and 第十四个五年规划, then a single year
    (2026年工作要点).  A title that names a goal far away (2035年远景目标) keeps its five years.
    """
    if span := _SPAN.search(title):
        first, last = span.group(1), span.group(2)
        last = last if len(last) == 4 else first[:2] + last
        if first <= last:
            return date(int(first), 1, 1), date(int(last), 12, 31)
    if years := five_years(title):
        return years
    if (year := _YEAR.search(title)) and not re.search(r"年远景", title[year.start() :][:8]):
        return date(int(year.group(1)), 1, 1), date(int(year.group(1)), 12, 31)
    return None, None


_CHINESE_YEAR = re.compile(r"[一二][〇○零Ｏ九][〇○零Ｏ一二三四五六七八九]{2}(?=年)")
_TIMELY = re.compile(r"\d{4}|五|[〇○零Ｏ]|[今本明去上一][年]|新的一年")
_RELATIVE = (
    (re.compile(r"(?:过去|这|近)的?五年|五年来"), -5, -1),
    (re.compile(r"(?:今后|未来)五年"), 0, 4),
    (re.compile(r"过去的?一年|一年来|这一年|去年|上年"), -1, -1),
    (re.compile(r"今年|本年|新的一年"), 0, 0),
    (re.compile(r"明年"), 1, 1),
)
_MONTH = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月(?:份)?(底|末)?(前)?")
_PART = re.compile(
    r"((?:19|20)\d\d)\s*年\s*(?:(?P<half>上半年|年?中(?![一-鿿]))|(?P<third>前三季度)"
    r"|第?(?P<quarter>[一二三四1-4])季度|1\s?[-—–~至]\s?(?P<months>\d{1,2})月)"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def period_of_words(words: str, year: int | None) -> tuple[date | None, date | None]:
    """Return the time that a heading or opening words speak of.

    到2027年 and 2027年底 give a last day only; 2026年重点工作 gives that year; “十五五”时期 its five
    years; 今年, 过去一年, 五年来 count from ``year``, the year of the document.
    """
    if _TIMELY.search(words) is None:
        return None, None
    words = _CHINESE_YEAR.sub(_plain_year, words)
    if span := _SPAN.search(words):
        return period_of_title(span.group())
    if part := _PART.search(words):
        return _part(part)
    if whole_day := day(words):
        return None, whole_day
    if (month := _MONTH.search(words)) and 1 <= int(month.group(2)) <= 12:
        whole, number = int(month.group(1)), int(month.group(2))
        if month.group(4) and not month.group(3):
            whole, number = (whole, number - 1) if number > 1 else (whole - 1, 12)
        return None, date(whole, number, monthrange(whole, number)[1])
    if until := _UNTIL.search(words):
        whole = int(until.group(1))
        reached = until.group(2) or until.group()[0] in "到至"
        if until.group().endswith("前") and not until.group(2):
            return None, date(whole - 1, 12, 31)
        return (None if reached else date(whole, 1, 1)), date(whole, 12, 31)
    if found := _FIVE.search(words) or _FIVE_LONG.search(words):
        return _five(found.group(1))
    if year is not None:
        for pattern, first, last in _RELATIVE:
            if pattern.search(words):
                return date(year + first, 1, 1), date(year + last, 12, 31)
    return None, None


def _plain_year(match: re.Match[str]) -> str:
    """Return 二〇二八 as 2028."""
    return str(_number(match.group()))


def _part(match: re.Match[str]) -> tuple[date | None, date | None]:
    """Return the time of a part of a year: half, three quarters, a quarter, 1—9月."""
    year = int(match.group(1))
    first, last = 1, 6
    if match["third"]:
        last = 9
    elif match["quarter"]:
        last = 3 * _QUARTERS[match["quarter"]]
        first = last - 2
    elif match["months"]:
        last = min(12, max(1, int(match["months"])))
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
