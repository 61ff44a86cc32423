"""Time expressions of a sentence, resolved to the last day of the period they mean.

``2026年6月底前`` is 2026-06-30, ``2027年前`` 2026-12-31, “十五五” 2030-12-31, 今年 the year of issue.
A duration (未来三年) and a time of comparison (比2020年) govern no quantity.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indicators.extraction import festivals

__all__ = ["ANY_DAY", "Time", "find", "plan_years"]

ANY_DAY = date(2020, 1, 1)
"""A day of issue for those who only ask where the times stand."""

_PERIODS = {"十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030, "十六": 2035}
_DIGIT = {word: value for value, word in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
_MONTHS = {
    word: place + 1
    for place, word in enumerate(
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    )
}
_YEAR = 12
"""Months."""
_FEW = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_WITHIN = (
    r"(?:(?:\d{{1,2}}月?[-—–~～至到])?(?P<{0}m>\d{{1,2}})月(?:份)?(?:(?P<{0}d>\d{{1,2}})[日号])?"
    r"|(?P<{0}half>[上下])半年|(?:第)?(?P<{0}q>[一二三四1-4])季度|前(?P<{0}pq>[三二两])季度|前(?P<{0}pm>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})个?月(?:份)?)?"
)
_TIME = re.compile(
    r"(?:"
    r"(?P<y1>(?:19|20)\d\d)年?[-—–~～至到]{1,2}(?P<y2>(?:19|20)\d\d)(?:年|(?=[）)]))"
    r"|(?:(?P<fy>(?:19|20)\d\d)年|(?P<fr>今年|明年))?[“‘]?(?P<f>春节|元旦|五一|七一|国庆|十一)(?:劳动节|节)?[”’]?(?:之?前(?!夕|后|三|两|几|来|往|一)|以前)"
    r"|(?P<y>(?:19|20)\d\d)年(?:度(?!假))?"
    + _WITHIN.format("y")
    + r"|(?P<c>[一二][九〇○零][〇○零一二三四五六七八九]{2})年"
    r"|“?(?P<p>十[一二三四五六])五”?(?P<pe>末|期末|时期|期间|规划|以来)?(?:的?前(?P<pn>[一二三四两1-4])年)?"
    r"|(?P<r>今年|本年度?|(?<![\d一二两三四五六七八九十几])年内|当年|(?:去年|上年)(?:全年)?|明年|前年|全年|新的?一年|过去的?一年)"
    + _WITHIN.format("r")
    + r"|(?P<e>(?<![\d年今去明当前每本同一二三四五六七八九十〇零])年[底末](?=之?前|以前))"
    r"|(?P<b>(?:\d{1,2}月?[-—–~～至到])?(?P<bm>\d{1,2})月(?:份)?(?:(?P<bd>\d{1,2})[日号])?|(?P<bhalf>[上下])半年|(?P<bq>[一二三四])季度|前(?P<bpq>[三二])季度|前(?P<bpm>\d{1,2}|[一二三四五六七八九十]{1,2})个?月(?:份)?)"
    r")(?P<tail>年?[底末](?:之?前|以前)?|之?前(?!沿|列|期|景|\d|[一二两三四五六七八九几]年)|以前|初(?!步)|中期|(?<=年)内(?![部外涵容生在地需陆循]))?"
)
_HALF = 6
"""After this month 新的一年 is the next one."""
_RUN = re.compile(r"\d+")
_FIRST = re.compile(
    r"[\d“十一二三四第今本去上明前全当年下新过春元五七国](?:(?<=[\d“十])|(?<=春)(?=节)|(?<=元)(?=旦)|(?<=[五七])(?=一)|(?<=国)(?=庆)|(?<=[一二])(?=[九〇○零])"
    r"|(?<=[今本去上明前全当年下])(?=[年内三二两半\d一四五六七八九十])|(?<=新)(?=的?一年)|(?<=过)(?=去的?一年)|(?<=[一二三四第])(?=[一二三四1-4]?季)|(?<=年)(?=[底末][之以前]))"
)
_COMPARED = re.compile(
    r"(?:末?的(?:近|约|超)?\d[\d.]*(?:余|多)?倍|基础上|为基|的?基数|相比|同期|水平|末(?:增长|下降|提高|降低|增加|减少)|(?<![到在于]\d{4}年)年?底?(?:增长|下降|提高|降低|增加|减少|上升|翻|高|低|新增|净增|多|少|快|提升|改善))"
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a sentence states."""

    start: int
    end: int
    day: date
    """Last day of the period meant."""
    begin: date
    """First day of it."""
    relative: bool
    """Whether the year is that of the document (今年), not written."""
    compared: bool
    """Whether it is what something is compared with (比2020年)."""
    bare: bool
    """Whether only a month or quarter is written."""


def plan_years(text: str) -> tuple[int, int] | None:
    """Return first and last year of the plan period that a title or heading names."""
    for found in find(text, None):
        if found.begin.year < found.day.year:
            return found.begin.year, found.day.year
    return None


def find(text: str, issued: date | None) -> list[Time]:
    """Return the times of a sentence in order.

    Args:
        text: joined sentence or heading.
        issued: day the text was issued; without it 今年 is not resolved.
    """
    found: list[Time] = []
    year = issued.year if issued else None
    stated, past = False, 0
    for match in _matches(text):
        whole = match["r"] == "全年" and (stated or past > 0)
        if match["f"]:
            span = _festival(match, issued)
        elif issued and match["r"] and match["r"].startswith("新"):
            span = _span(match, issued.year + (issued.month > _HALF))
        else:
            this = past if whole and past else year if whole or not match["r"] else None
            span = _span(match, this or (issued.year if issued else None))
            if issued and match["r"] and match["r"].startswith(("去", "上年", "过")) and span:
                past = span[1].year
        if span is None:
            continue
        begin, day = span
        if match["pe"] in {"末", "期末"}:
            begin = date(day.year, 1, 1)
        tail = match["tail"] or ""
        if (
            tail.endswith("前")
            and not match["e"]
            and not tail.startswith(("底", "末", "年底", "年末"))
        ):
            if not (match["yd"] or match["bd"] or match["rd"]):
                day = (
                    date(begin.year - 1, 12, 31)
                    if begin.month == 1
                    else _last(begin.year, begin.month - 1)
                )
        elif tail == "初":
            day = _last(begin.year, begin.month)
        start = match.start()
        before = text[start - 1 : start] if start else ""
        compared = (
            before in {"比", "较"}
            or text.endswith("提前", 0, start)
            or (
                (
                    before in {"在", "以", "同", "为", "是", "到", "于"}
                    or text.startswith(("末的", "的"), match.end())
                )
                and _COMPARED.match(text, match.end()) is not None
            )
        )
        if match["y"] or match["y2"] or match["c"]:
            year = day.year if match["y2"] is None else year
            stated = not compared
        found.append(
            Time(
                start,
                match.end(),
                day,
                begin,
                relative=match["f"] is not None
                or match["r"] is not None
                or match["b"] is not None
                or match["e"] is not None,
                compared=compared,
                bare=match["b"] is not None,
            )
        )
    return found


def _matches(text: str) -> Iterator[re.Match[str]]:
    position = 0
    while (first := _FIRST.search(text, position)) is not None:
        match = _TIME.match(text, first.start())
        if match is None:
            run = _RUN.match(text, first.start())
            position = run.end() if run else first.end()
        else:
            yield match
            position = max(match.end(), first.end())


def _festival(match: re.Match[str], issued: date | None) -> tuple[date, date] | None:
    """Return the year's first day and the day before a festival."""
    if issued is None and not match["fy"]:
        return None
    year, month = (int(match["fy"]), 0) if match["fy"] else (issued.year, issued.month)  # type: ignore[union-attr]
    if match["fr"]:
        year, month = year + (match["fr"] == "明年"), 0
    day = festivals.eve(match["f"], year, month)
    return (date(day.year, 1, 1), day) if day else None


def _span(match: re.Match[str], year: int | None) -> tuple[date, date] | None:
    """Return first and last day of the period a match means."""
    if match["y2"]:
        return date(int(match["y1"]), 1, 1), date(int(match["y2"]), 12, 31)
    if match["y"]:
        return _within(match, "y", int(match["y"]))
    if match["c"]:
        number = int("".join(str(_DIGIT[char]) for char in match["c"]))
        return date(number, 1, 1), date(number, 12, 31)
    if match["p"]:
        last = _PERIODS[match["p"]]
        first = last - 4
        return date(first, 1, 1), date(
            first + int(_FEW.get(match["pn"], match["pn"])) - 1 if match["pn"] else last, 12, 31
        )
    if year is None:
        return None
    if match["e"]:
        return date(year, 1, 1), date(year, 12, 31)
    if match["r"]:
        shift = {"去": -1, "上": -1, "过": -1, "明": 1}.get(match["r"][0], 0)
        return _within(match, "r", year + (-2 if match["r"] == "前年" else shift))
    return _within(match, "b", year)


def _within(match: re.Match[str], prefix: str, year: int) -> tuple[date, date] | None:
    """Narrow a year to month, day, half or quarter."""
    month, day = match[prefix + "m"], match[prefix + "d"]
    if month:
        if not 1 <= int(month) <= 12:
            return None
        last = _last(year, int(month))
        if day:
            if not 1 <= int(day) <= last.day:
                return None
            return date(year, int(month), int(day)), date(year, int(month), int(day))
        return date(year, int(month), 1), last
    if match[prefix + "half"]:
        upper = match[prefix + "half"] == "上"
        return date(year, 1 if upper else 7, 1), date(year, 6, 30) if upper else date(year, 12, 31)
    if match[prefix + "q"]:
        number = _QUARTER[match[prefix + "q"]]
        return date(year, 3 * number - 2, 1), _last(year, 3 * number)
    if months := match[prefix + "pm"]:
        count = int(months) if months.isdigit() else _MONTHS.get(months, 0)
        return (date(year, 1, 1), _last(year, count)) if 1 <= count <= _YEAR else None
    if match[prefix + "pq"]:
        return date(year, 1, 1), _last(year, 9 if match[prefix + "pq"] == "三" else 6)
    return date(year, 1, 1), date(year, 12, 31)


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
