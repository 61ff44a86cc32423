"""Values of one accumulation are brought to another, or not at all: never a partial sum."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.assessment import judge

QUARTERS = tuple(f"{year}Q{number}" for year in (2025, 2026) for number in (1, 2, 3, 4))
FLOW = {"unit": "亿元", "dimension": "cny", "sort": "amount"}


def flow(book, accumulation, value=100, deadline="2027-12-31"):
    return book.target(
        value, name="投资", deadline=deadline, setting={"accumulation": accumulation}, **FLOW
    )


def actual(book):
    (found,) = judge(book).verdicts
    return found.actual, found.why.code if found.why else ""


def report(book, target, values, basis, skip=()):
    total = {"year_to_date": 0, "since_start": 0, "period": 0}
    for quarter, value in zip(QUARTERS, values, strict=False):
        if quarter.endswith("Q1"):
            total["year_to_date"] = 0
        total = {"year_to_date": total["year_to_date"] + value,
                 "since_start": total["since_start"] + value, "period": value}  # fmt: skip
        if quarter not in skip:
            book.report(target, quarter, total[basis], basis)


@pytest.mark.parametrize("basis", ["period", "year_to_date", "since_start"])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.lists(st.integers(0, 50), min_size=1, max_size=8))
def test_every_basis_gives_the_same_sum_since_the_start(book, basis, values):
    """Quarters, years to date and sums since the start tell the same story."""
    book.__init__()
    target = flow(book, "since_start", value=1000)
    report(book, target, values, basis)
    assert actual(book)[0] == sum(values)


@pytest.mark.parametrize("basis", ["period", "year_to_date", "since_start"])
def test_every_basis_gives_the_same_year_to_date(book, basis):
    """Six quarters of 1 to 6: the second year stands at 5 + 6."""
    target = flow(book, "year_to_date")
    report(book, target, (1, 2, 3, 4, 5, 6), basis)
    assert actual(book) == (11, "no_baseline")


@pytest.mark.parametrize(
    ("basis", "skip"),
    [("period", ("2025Q2",)), ("period", ("2025Q1",)), ("year_to_date", ("2025Q4",))],
)
def test_a_gap_is_never_bridged(book, basis, skip):
    """A missing link makes the sum unknown."""
    target = flow(book, "since_start")
    report(book, target, (1, 2, 3, 4, 5, 6), basis, skip)
    assert actual(book) == (None, "gap")


def test_the_missing_year_end_hides_this_year(book):
    """Sums since the start give this year only if last year's end is known."""
    target = flow(book, "year_to_date")
    report(book, target, (1, 2, 3, 4, 5), "since_start", ("2025Q4",))
    assert actual(book) == (None, "gap")


def test_a_stock_is_no_flow(book):
    """The stock at a quarter's end says nothing about what was added."""
    target = flow(book, "since_start")
    book.report(target, "2025Q2", 7, "level")
    assert actual(book) == (None, "basis")


def test_a_value_that_cannot_be_compared_steps_back_behind_one_that_can(book):
    """A stock from a newspaper does not hide the sum that the office reported before."""
    target = flow(book, "since_start")
    book.report(target, "2025Q1", 7, "since_start")
    book.report(target, "2025Q2", 70, "level", source="news", origin="d")
    assert actual(book)[0] == 7


def test_what_is_per_period_is_summed_over_the_plan_or_the_year(book):
    """本期新增 of a plan adds up since its start, of one year since January."""
    plan, year = flow(book, "period"), flow(book, "period", 40, "2025-12-31")
    for target in (plan, year):
        for quarter, value in (("2025Q1", 5), ("2025Q2", 6)):
            book.report(target, quarter, value, "period")
    found = {each.target.target_id: each for each in judge(book).verdicts}
    assert (found[plan.target_id].actual, found[year.target_id].actual) == (11, 11)
    assert found[year.target_id].expected == 20


def test_compound_changes_multiply(book):
    """Three yearly falls of 10 % are 27.1 % if changes multiply, 30 % if they add."""
    for change, total in (("compound", "27.1"), ("additive", "30")):
        target = book.target(
            40, name=f"能耗降低{change}", unit="%", dimension="proportion", sort="change",
            start="2021-01-01", deadline="2025-12-31",
            setting={"accumulation": "since_start", "schedule": "linear", "change": change},
        )  # fmt: skip
        for year in (2021, 2022, 2023):
            book.report(target, f"{year}Q4", 10, "period", period_start=date(year, 1, 1))
        (found,) = (each for each in judge(book).verdicts if each.target == target)
        assert found.actual == Decimal(total)
