"""Quarters, month ends and the months between them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import periods
from indicators.errors import UsageError

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))
CODES = st.builds(lambda y, q: f"{y}Q{q}", st.integers(1950, 2100), st.integers(1, 4))


def test_a_quarter_ends_on_its_last_day() -> None:
    """2026Q1 is January to the end of March."""
    assert periods.quarter("2026Q1") == periods.Period(date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    "code", ["2026Q5", "2026-Q1", "26Q1", "2026Q0", "", "２０２６Q1", "0000Q1", "9999Q4x"]
)
def test_a_wrong_quarter_is_refused(code: str) -> None:
    """A quarter is written one way."""
    with pytest.raises(UsageError, match="不是季度"):
        periods.quarter(code)


def test_the_year_is_the_year_to_date_of_its_last_quarter() -> None:
    """2025 and the year-to-date of 2025Q4 are the same period."""
    assert periods.year(2025) == periods.year_to_date("2025Q4")


@given(CODES)
def test_next_and_previous_are_inverse(code: str) -> None:
    """The quarter after the quarter before is the quarter, and they adjoin."""
    assert periods.next_quarter(periods.previous_quarter(code)) == code
    after = periods.quarter(periods.next_quarter(code))
    assert after.start == periods.quarter(code).end + timedelta(days=1)


@given(DAYS)
def test_a_day_lies_in_its_quarter(day: date) -> None:
    """quarter_of gives the quarter that holds the day."""
    whole = periods.quarter(periods.quarter_of(day))
    assert whole.start <= day <= whole.end


@given(CODES, st.integers(0, 40))
def test_a_run_of_quarters(code: str, count: int) -> None:
    """quarters gives each quarter once, in order."""
    last = code
    for _ in range(count):
        last = periods.next_quarter(last)
    run = periods.quarters(code, last)
    assert len(run) == count + 1
    assert (run[0], run[-1]) == (code, last)
    assert periods.quarters(last, code) == ([code] if count == 0 else [])


@pytest.mark.parametrize(
    ("day", "stands_for"),
    [
        (date(2025, 1, 1), date(2024, 12, 31)),
        (date(2026, 4, 24), date(2026, 4, 30)),
        (date(2026, 4, 15), date(2026, 3, 31)),
        (date(2026, 4, 16), date(2026, 4, 30)),
        (date(2026, 2, 28), date(2026, 2, 28)),
        (date(2024, 3, 1), date(2024, 2, 29)),
    ],
)
def test_a_day_stands_for_a_month_end(day: date, stands_for: date) -> None:
    """Up to the 15th it is the end of the month before."""
    assert periods.snap(day) == stands_for


@given(DAYS)
def test_a_month_end_stands_for_itself(day: date) -> None:
    """Snapping twice changes nothing."""
    assert periods.snap(periods.snap(day)) == periods.snap(day)
    assert (periods.month_end(day) + timedelta(days=1)).day == 1


@given(DAYS, DAYS, DAYS)
def test_months_add_up(one: date, other: date, third: date) -> None:
    """Whole months are additive and turn sign."""
    assert periods.months(one, other) + periods.months(other, third) == periods.months(one, third)


@given(DAYS.filter(lambda day: day.year < 2090), st.integers(-100, 100))
def test_adding_months_counts_them(day: date, number: int) -> None:
    """add_months is the inverse of months."""
    assert periods.months(day, periods.add_months(day, number)) == number


def test_the_share_gone_is_clipped() -> None:
    """Before the start nothing has gone, after the end everything."""
    start, end = date(2024, 12, 31), date(2027, 12, 31)
    assert periods.elapsed(start, date(2026, 3, 31), end) == (15, 36)
    assert periods.elapsed(start, date(2020, 1, 1), end) == (0, 36)
    assert periods.elapsed(start, date(2030, 1, 1), end) == (36, 36)


def test_the_end_of_a_day_is_shanghais() -> None:
    """Known at 2026-04-24 means up to 16:00 UTC of that day."""
    moment = periods.end_of_day(date(2026, 4, 24))
    assert moment == datetime(2026, 4, 24, 15, 59, 59, 999999, tzinfo=UTC)
    assert periods.local_day(moment) == date(2026, 4, 24)
    assert periods.local_day(moment + timedelta(microseconds=1)) == date(2026, 4, 25)


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (periods.quarter("2026Q1"), "2026年一季度"),
        (periods.year(2025), "2025年"),
        (periods.year_to_date("2026Q2"), "2026年上半年"),
        (periods.year_to_date("2026Q3"), "2026年前三季度"),
        (periods.month(2026, 5), "2026年5月"),
        (periods.Period(date(2026, 1, 1), date(2026, 5, 31)), "2026年1—5月"),
        (periods.since_start("2026Q1", date(2024, 1, 1)), "2024年1月至2026年3月"),
        (periods.from_basis("2026Q1", "level"), "2026-03-31"),
        (periods.Period(date(2026, 1, 5), date(2026, 5, 30)), "2026-01-05至2026-05-30"),
    ],
)
def test_a_period_has_a_chinese_label(period: periods.Period, label: str) -> None:
    """Readers see periods as they call them."""
    assert period.label == label


def test_a_period_cannot_end_before_it_starts() -> None:
    """Both days are named in the refusal."""
    with pytest.raises(UsageError, match="2026-01-01，早于起始 2026-02-01"):
        periods.Period(date(2026, 2, 1), date(2026, 1, 1))


def test_since_start_needs_its_start() -> None:
    """A cumulative indicator without its start is a wrong setting."""
    with pytest.raises(UsageError, match="累计起点"):
        periods.from_basis("2026Q1", "since_start")
