"""Festivals by which something is to be done (春节前, “五一”前): the day before them."""

from __future__ import annotations

from datetime import date, timedelta

__all__ = ["eve"]

_FIXED = {"元旦": (1, 1), "五一": (5, 1), "七一": (7, 1), "国庆": (10, 1), "十一": (10, 1)}
_SPRING = {
    2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25),
    2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17),
    2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3), 2031: (1, 23), 2032: (2, 11),
    2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
}  # fmt: skip
"""New Year's day of the lunar calendar."""
_WINTER = frozenset(["春节", "元旦"])
_AUTUMN = 7
"""From this month on a festival of the winter is the coming one."""


def eve(name: str, year: int, month: int) -> date | None:
    """Return the day before a festival, none where the calendar of its year is not known.

    Args:
        name: 春节, 元旦, 五一, 七一, 国庆 or 十一.
        year: the year stated, or that of the text.
        month: month of the text; 0 where the year is stated.
    """
    if name in _WINTER and month >= _AUTUMN:
        year += 1
    day = _SPRING.get(year) if name == "春节" else _FIXED[name]
    return date(year, *day) - timedelta(days=1) if day else None
