"""Projections: silent with few points, honest about their errors, chosen on the series itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.assessment.goal import Goal
from indicators.assessment.outlook import MINIMUM, covered, project, running
from indicators.periods import quarter, quarters

QUARTERS = [quarter(code).end for code in quarters("2022Q1", "2026Q4")]


def goal(value=100, deadline=date(2027, 12, 31), **more):
    return Goal(
        sort="level", value=Decimal(value), start=date(2021, 12, 31), deadline=deadline, **more
    )


def series(numbers):
    return list(zip(QUARTERS, map(float, numbers), strict=False))


def test_below_the_minimum_nothing_is_said():
    """Five points carry no projection."""
    assert project(goal(), series(range(MINIMUM - 1))) is None
    assert project(goal(), series(range(MINIMUM))) is not None


def test_a_straight_course_is_carried_on():
    """Two a quarter for eight quarters reach 2 · 24 = 48 at the deadline, without any doubt."""
    found = project(goal(48), series(range(2, 18, 2)))
    assert found.projected == pytest.approx(48)
    assert found.high - found.low == pytest.approx(0, abs=1e-9)
    assert (found.chance, found.points, found.quarters) == ("likely", 8, 16)


def test_a_course_that_stands_still_is_best_left_where_it_is():
    """Noise around a level: no growth is read into it, and the target is out of reach."""
    noise = [50, 51, 49, 50, 52, 48, 50, 49, 51, 50]
    found = project(goal(100), series(noise))
    assert abs(found.projected - 50) < 6
    assert found.chance == "unlikely"
    assert found.low < found.projected < found.high


@pytest.mark.parametrize(
    "made",
    [
        goal(deadline=date(2023, 6, 30)),
        Goal(sort="growth", value=Decimal(8), schedule="", start=date(2021, 12, 31),
             deadline=date(2027, 12, 31)),
    ],
    ids=["past its deadline", "growth"],
)  # fmt: skip
def test_what_has_no_course_has_no_outlook(made):
    """Past the deadline and for rates of growth nothing is projected."""
    assert project(made, series(range(10))) is None


@pytest.mark.parametrize("first", [2022, 2024])
def test_the_deadlines_year_is_taken_from_the_sum_that_runs_on(first):
    """25 a quarter make 100 in the deadline's year, whether it has begun or not."""
    yearly = Goal(sort="amount", value=Decimal(100), accumulation="year_to_date",
                  start=date(2021, 12, 31), deadline=date(2026, 12, 31))  # fmt: skip
    codes = quarters(f"{first}Q1", f"{first + 2}Q2")
    values = [(quarter(code).end, 25.0 * int(code[-1])) for code in codes]
    assert project(yearly, values).projected == pytest.approx(100)


def test_a_gap_between_years_starts_the_sum_again():
    """A year whose end is not known cannot be added to the next one."""
    days = [quarter(code).end for code in ("2024Q3", "2025Q1", "2025Q4", "2026Q1")]
    assert [number for _, number in running(zip(days, (7, 1, 4, 2), strict=True))] == [1, 4, 6]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=20), st.booleans())
def test_projections_are_finite_and_inside_their_interval(numbers, falling):
    """Whatever the numbers are, the interval is finite and holds its middle."""
    side = "down" if falling else "up"
    bound = "at_most" if falling else "at_least"
    found = project(goal(direction=side, better=side, bound=bound), series(numbers))
    assert np.isfinite([found.projected, found.low, found.high]).all()
    assert found.low <= found.projected <= found.high


def test_the_interval_covers_about_what_it_says():
    """Over 300 random courses with drift the nominal 80 % hold between 65 and 95 %."""
    random = np.random.default_rng(11)
    many = [series(np.cumsum(random.normal(1, 1, 14))) for _ in range(300)]
    found = covered(many)
    assert found.series == 300
    assert 0.65 <= found.inside / found.series <= 0.95
    assert "名义80%" in found.sentence()


def test_short_series_are_no_test_of_the_interval():
    """A series that is too short once it is cut does not count for the coverage."""
    assert covered([series(range(6))]).series == 0


def test_the_ledger_gives_its_outlooks(book):
    """Eight quarters of a level give an outlook with a sentence; a short series gives none."""
    from indicators.assessment.prospects import prospects

    long = book.target(30, setting={"baseline": Decimal(5)})
    short = book.target(30, name="短", setting={"baseline": Decimal(5)})
    for number, code in enumerate(quarters("2024Q4", "2026Q3")):
        book.report(long, code, 5 + number)
    book.report(short, "2026Q3", 7)
    found = prospects(book)
    assert list(found.outlooks) == [long.target_id]
    sentence = found.outlooks[long.target_id].sentence("EFLOPS")
    assert sentence.endswith("难以完成；据8期数据、10次回测")
    assert found.coverage.series == 1
