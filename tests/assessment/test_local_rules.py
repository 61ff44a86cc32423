"""The rules of offices and tools with the figures that they published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import STATES
from indicators.assessment.goal import Goal, months
from indicators.assessment.profile import load

D = Decimal


def amount(value=100, year=2020, **more):
    return Goal(
        sort="amount", value=D(str(value)), accumulation="year_to_date",
        start=date(year - 1, 12, 31), deadline=date(year, 12, 31), **more,
    )  # fmt: skip


def states(outcome):
    return [STATES[code] for code in outcome.state]


@pytest.mark.parametrize(("share", "gap"), [(45.2, 3.5), (43.2, 1.5)])
def test_may_is_five_twelfths(weigh, share, gap):
    """45.2 % and 43.2 % in May are 3.5 and 1.5 points ahead of 41.7 %."""
    found = weigh("schedule", (amount(), share, date(2020, 5, 31)))
    assert found.points[0] == pytest.approx(gap, abs=0.05)


def test_xuancheng_in_november(weigh):
    """91.7 % is the limit in November, and growth is compared with the target growth directly."""
    growth = Goal(sort="growth", value=D(8), schedule="", start=date(2019, 12, 31),
                  deadline=date(2020, 12, 31))  # fmt: skip
    day = date(2020, 11, 30)
    found = weigh(
        "xuancheng",
        (amount(), 91.7, day),
        (amount(), 91.6, day),
        (growth, 8, day),
        (growth, 7.9, day),
    )
    assert states(found) == ["on_schedule", "behind", "on_schedule", "behind"]


def test_44_of_55_are_80_percent(weigh):
    """Outcome of the published year: 44 of 55 reached the schedule, 80.0 %."""
    day = date(2020, 11, 30)
    found = weigh("xuancheng", *[(amount(), 95 if n < 44 else 80, day) for n in range(55)])
    assert states(found).count("on_schedule") / 55 == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("share", "light"),
    [(50, "on_schedule"), (49.9, "slightly_behind"), (40, "behind"), (20, "behind"),
     (19.99, "far_behind")],
)  # fmt: skip
def test_yinchuan_lights_and_their_ends(weigh, share, light):
    """10 and 30 points below the schedule are both still yellow; a hair more than 30 is red."""
    found = weigh("yinchuan", (amount(), share, date(2020, 6, 30)))
    assert states(found) == [light]


def test_yinchuan_not_started(weigh):
    """What has not begun is yellow in its first month and red after three months running."""
    january, march = date(2020, 1, 31), date(2020, 3, 31)
    found = weigh("yinchuan", (amount(), 0, january), (amount(), 0, march), (amount(), 1, march))
    assert states(found) == ["behind", "far_behind", "behind"]


def test_tola_within_fifteen_percent(weigh):
    """TolaData's own cases: ends inclusive, and only the label turns for what should fall."""
    start, first, end = date(2019, 12, 31), date(2020, 6, 30), date(2020, 12, 31)

    def planned(one, two, better="up"):
        return Goal(
            sort="count", value=D(two), accumulation="since_start", direction=better, better=better,
            bound="at_least" if better == "up" else "at_most", start=start, deadline=end,
            schedule="split", steps=((first, D(one)),), baseline=D(0),
        )  # fmt: skip

    bands = load("tola15").bands
    cases = (
        (planned(500, 1300), 1300, end, "within"),  # non-cumulative: sums 1300 of 1300
        (planned(500, 800), 1300, end, "above"),  # cumulative: 1300 of 800
        (planned(500, 800), 950, end, "above"),  # non-summing cumulative: 950 of 800
        (planned(500, 800, "down"), 950, end, "below"),
        (planned(500, 800), 350, first, "below"),  # only the first period reported
        (planned(500, 800, "down"), 350, first, "above"),
        (planned(500, 800), 920, end, "within"),  # 1.15 itself
        (planned(500, 800), 680, end, "within"),  # 0.85 itself
    )
    found = weigh("tola15", *[case[:3] for case in cases])
    assert [bands[number].category for number in found.category] == [case[3] for case in cases]


def test_tola_says_nothing_of_a_zero_target(weigh):
    """A ratio to zero is no ratio."""
    goal = Goal(sort="level", value=D(0), start=date(2019, 12, 31), deadline=date(2020, 12, 31),
                baseline=D(0))  # fmt: skip
    assert states(weigh("tola15", (goal, 3, date(2020, 6, 30)))) == ["not_assessable"]


def test_achievement_against_the_planned_value(weigh):
    """ServiceNow's cases: 88 yellow, 96, 94.7, 96.8 green; 70 red; 89.5 falls to yellow."""
    ends = [date(2020, 3, 31), date(2020, 6, 30), date(2020, 9, 30), date(2020, 12, 31)]
    plan = (250, 500, 750, 1000)
    goal = Goal(
        sort="count", value=D(1000), accumulation="since_start", start=date(2019, 12, 31),
        deadline=ends[3], schedule="split", baseline=D(0),
        steps=tuple(zip(ends[:3], map(D, plan[:3]), strict=True)),
    )  # fmt: skip
    values = [*zip((220, 480, 710, 968), ends, strict=True), (700, ends[3]), (895, ends[3])]
    found = weigh("planned", *[(goal, value, day) for value, day in values])
    bands = load("planned").bands
    assert [bands[number].category for number in found.category] == [
        "yellow", "green", "green", "green", "red", "yellow",
    ]  # fmt: skip


def five_years(**more):
    return Goal(
        sort="change", value=D("13.5"), accumulation="since_start", start=date(2020, 12, 31),
        deadline=date(2025, 12, 31), baseline=D(0), falling=True, **more,
    )  # fmt: skip


@pytest.mark.parametrize(("done", "behind"), [(7.3, 0.8), (3.3, 4.8)])
def test_energy_intensity_after_three_of_five_years(weigh, done, behind):
    """-13.5 % in five years is 8.1 % after three; two official series differ by 4 points."""
    found = weigh("schedule", (five_years(schedule="linear"), done, date(2023, 12, 31)))
    assert found.expected[0] == pytest.approx(8.1)
    assert found.gap[0] == pytest.approx(-behind)


def test_changes_of_years_multiply_or_add(weigh):
    """-20 % with -15.61 % after four years: the last year needs 5.20 % if changes multiply."""
    made = {"sort": "change", "value": D(20), "accumulation": "since_start", "baseline": D(0),
            "start": date(2005, 12, 31), "deadline": date(2010, 12, 31), "schedule": "linear",
            "falling": True}  # fmt: skip
    day = date(2009, 12, 31)
    rows = [(Goal(**made, change=change), 15.61, day) for change in ("additive", "compound")]
    found = weigh("schedule", *rows)
    added, multiplied = found.run_rate
    assert 4 * added == pytest.approx(4.39)
    assert 100 * (1 - (1 - multiplied / 100) ** 4) == pytest.approx(5.20, abs=0.005)
    assert found.expected[1] == pytest.approx(100 * (1 - 0.8 ** (4 / 5)))


def test_half_the_year_half_the_task(weigh):
    """双过半: at the end of June half of the year's value is due."""
    found = weigh("schedule", *[(amount(), value, date(2020, 6, 30)) for value in (50, 49)])
    assert states(found) == ["on_schedule", "slightly_behind"]


def test_yearly_steps_are_20_40_60_80_100(book):
    """A course of yearly steps passes 20, 40, 60 and 80 % of the way, straight between them."""
    from indicators.assessment import judge, schedule_points

    target = book.target(
        100, deadline="2025-12-31", start="2021-01-01",
        setting={"baseline": D(0), "baseline_date": date(2020, 12, 31), "schedule": "yearly_steps"},
    )  # fmt: skip
    book.report(target, "2023Q2", 41)
    (verdict,) = judge(book).verdicts
    points = dict(schedule_points(verdict))
    assert [points[date(year, 12, 31)] for year in range(2021, 2026)] == [20, 40, 60, 80, 100]
    assert (verdict.expected, verdict.state) == (50, "slightly_behind")
    assert months(date(2023, 6, 30)) - months(date(2020, 12, 31)) == 30
