"""Quarters, year-to-date periods, month ends: the times that commitments and reports live in.

A quarter is written ``2026Q1`` and ends on its last day.  A period is (start, end, basis): the full
year 2025 and the year-to-date of 2025Q4 are the same period.  Whole months are counted between
month ends, a day up to the 15th standing for the end of the month before (design 6).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from indicators.errors import UsageError
from indicators.model import Accumulation

__all__ = [
    "SHANGHAI",
    "Period",
    "add_months",
    "elapsed",
    "end_of_day",
    "from_basis",
    "label",
    "local_day",
    "month",
    "month_end",
    "months",
    "next_quarter",
    "previous_quarter",
    "quarter",
    "quarter_of",
    "quarters",
    "since_start",
    "snap",
    "year",
    "year_to_date",
]

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_QUARTER: Final = re.compile(r"(\d{4})Q([1-4])\Z", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days and how a value adds up over it."""

    start: date
    end: date
    basis: Accumulation = "period"

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end < self.start:
            raise UsageError(f"期间止于 {self.end}，早于起始 {self.start}", action="请检查起止日期")

    @property
    def quarter(self) -> str:
        """The quarter that it ends in."""
        return quarter_of(self.end)

    @property
    def label(self) -> str:
        """The period as a reader calls it: 2026年一季度, 2025年, 2026年上半年, 2026年1—5月."""
        first, last = self.start, self.end
        if first == last:
            return str(last)
        if last != month_end(last) or first.day != 1:
            return f"{first}至{last}"
        if first.year != last.year:
            return f"{first.year}年{first.month}月至{last.year}年{last.month}月"
        name = _NAMED.get((first.month, last.month))
        if name is None:
            name = (
                f"{first.month}月" if first.month == last.month else f"{first.month}—{last.month}月"
            )
        return f"{first.year}年{name}"


_NAMED: Final = {
    (1, 12): "",
    (1, 3): "一季度",
    (4, 6): "二季度",
    (7, 9): "三季度",
    (10, 12): "四季度",
    (1, 6): "上半年",
    (7, 12): "下半年",
    (1, 9): "前三季度",
}


def _parts(code: str) -> tuple[int, int]:
    """Split ``2026Q1``."""
    found = _QUARTER.match(code.strip().upper())
    if not found or not 1 <= int(found[1]) <= 9998:
        raise UsageError(f"“{code}”不是季度", action="请写成 2026Q1 的形式")
    return int(found[1]), int(found[2])


@lru_cache(maxsize=4096)
def quarter(code: str) -> Period:
    """Return the three months of a quarter such as ``2026Q1``, basis ``period``.

    Raises:
        UsageError: it is not written so.
    """
    in_year, number = _parts(code)
    return Period(
        date(in_year, 3 * number - 2, 1), month_end(date(in_year, 3 * number, 1)), "period"
    )


def year(number: int) -> Period:
    """Return a calendar year, which is also the year-to-date of its last quarter."""
    return Period(date(number, 1, 1), date(number, 12, 31), "year_to_date")


def year_to_date(code: str) -> Period:
    """Return 1 January to the end of a quarter, basis ``year_to_date``."""
    end = quarter(code).end
    return Period(date(end.year, 1, 1), end, "year_to_date")


def since_start(code: str, since: date) -> Period:
    """Return the start of the plan to the end of a quarter, basis ``since_start``."""
    return Period(since, quarter(code).end, "since_start")


@lru_cache(maxsize=4096)
def from_basis(code: str, basis: Accumulation, *, since: date | None = None) -> Period:
    """Return the period that a value reported for a quarter is of, by how values add up.

    A ``level`` is measured at the end: its period is that day alone.

    Raises:
        UsageError: the quarter is not one, or ``since_start`` is asked without its start.
    """
    if basis == "year_to_date":
        return year_to_date(code)
    if basis == "since_start":
        if since is None:
            raise UsageError("自规划起累计的指标没有累计起点", action="请在指标设置中填写累计起点")
        return since_start(code, since)
    whole = quarter(code)
    return Period(whole.end, whole.end, "level") if basis == "level" else whole


def month(in_year: int, number: int) -> Period:
    """Return one month, basis ``period``."""
    first = date(in_year, number, 1)
    return Period(first, month_end(first), "period")


def quarter_of(day: date) -> str:
    """Return the quarter that a day lies in."""
    return f"{day.year:04}Q{(day.month + 2) // 3}"


def next_quarter(code: str) -> str:
    """Return the quarter after."""
    in_year, number = _parts(code)
    return f"{in_year + 1:04}Q1" if number == 4 else f"{in_year:04}Q{number + 1}"


def previous_quarter(code: str) -> str:
    """Return the quarter before."""
    in_year, number = _parts(code)
    return f"{in_year - 1:04}Q4" if number == 1 else f"{in_year:04}Q{number - 1}"


def quarters(first: str, last: str) -> list[str]:
    """Return the quarters from first to last, both included; empty if last is before first."""
    (y1, q1), (y2, q2) = _parts(first), _parts(last)
    return [f"{n // 4:04}Q{n % 4 + 1}" for n in range(4 * y1 + q1 - 1, 4 * y2 + q2)]


def label(code: str) -> str:
    """Return a quarter in Chinese: 2026年一季度."""
    return quarter(code).label


def month_end(day: date) -> date:
    """Return the last day of the month that a day lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def snap(day: date) -> date:
    """Return the month end that a day stands for: up to the 15th the end of the month before."""
    return day.replace(day=1) - timedelta(days=1) if day.day <= 15 else month_end(day)


def months(first: date, last: date) -> int:
    """Return the whole months between the month ends that two days stand for; may be negative."""
    one, other = snap(first), snap(last)
    return 12 * (other.year - one.year) + other.month - one.month


def elapsed(start: date, day: date, end: date) -> tuple[int, int]:
    """Return (months gone, months in all) from start to end at a day, gone clipped to 0 … all."""
    whole = months(start, end)
    return max(0, min(months(start, day), whole)), whole


def add_months(day: date, number: int) -> date:
    """Return the month end that lies whole months after the one a day stands for."""
    one = snap(day)
    index = 12 * one.year + one.month - 1 + number
    return month_end(date(index // 12, index % 12 + 1, 1))


def end_of_day(day: date) -> datetime:
    """Return the last moment of a day in Asia/Shanghai, in UTC: what "known at" a date means."""
    return datetime.combine(day, time.max, SHANGHAI).astimezone(UTC)


def local_day(moment: datetime) -> date:
    """Return the day in Asia/Shanghai on which a moment falls."""
    return moment.astimezone(SHANGHAI).date()
