"""What must hold for any target and any value: symmetry, units, monotony, finite numbers."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from indicators.assessment import STATES, kernel, profile
from indicators.assessment.columns import Columns, Readings, columns_of
from indicators.assessment.goal import Goal, GoalError, months
from indicators.assessment.verdict import LIGHTS, STATE_LIGHTS

QUIET = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
FLOWS = ("year_to_date", "since_start", "period")
BY_COURSE = ("schedule", "xuancheng", "yinchuan")
"""Rules that look at the gap to the course; a ratio turns round where what is planned is negative."""


def month_end(number: int) -> date:
    year, month = 1970 + (number - 1) // 12, (number - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


numbers = st.decimals(min_value=-100, max_value=100, places=1)
months_on = st.integers(1, 40)


@st.composite
def goals(draw, two_sided=True):
    """Any goal that can be made."""
    sort = draw(st.sampled_from(("amount", "level", "share", "growth", "change", "count", "range")))
    start = draw(st.integers(600, 680))
    bounds = ["at_least", "at_most", "equal", "about"] + (["between"] if two_sided else [])
    bound = "between" if sort == "range" else draw(st.sampled_from(bounds))
    value = draw(numbers)
    better = {"at_least": "up", "at_most": "down"}.get(bound, draw(st.sampled_from(("up", "down"))))
    hold = draw(st.booleans()) and draw(st.booleans())
    schedules = ["linear", "compound", "seasonal", "piecewise", "annual_only"]
    if sort == "change":
        schedules = ["linear", "compound", ""]
    schedule = (
        ""
        if sort in ("growth", "range")
        else "linear"
        if hold
        else draw(st.sampled_from(schedules))
    )
    length = draw(st.integers(6, 60))
    baseline = draw(
        st.none()
        | numbers
        | st.integers(1, 90).map(lambda way: value - way if better == "up" else value + way)
        | st.integers(1, 90).map(lambda way: value - way if better == "up" else value + way)
    )
    steps, within = (), ()
    if schedule == "piecewise":
        # A course may wait or hurry, but it does not turn back.
        at = sorted(draw(st.sets(st.integers(1, length - 1), min_size=1, max_size=3)))
        parts = sorted(draw(st.lists(st.integers(0, 100), min_size=len(at), max_size=len(at))))
        aim = abs(value) if sort == "count" else value
        base = baseline if baseline is not None else Decimal(0)
        steps = tuple(
            (month_end(start + month), base + (aim - base) * part / 100)
            for month, part in zip(at, parts, strict=True)
        )
    if schedule == "seasonal" and draw(st.booleans()):
        within = tuple(
            Decimal(part) / 100
            for part in [
                *sorted(draw(st.lists(st.integers(0, 100), min_size=11, max_size=11))),
                100,
            ]
        )
    try:
        return Goal(
            sort=sort,
            value=abs(value) if sort == "count" else value,
            bound=bound,
            high=abs(value) + abs(draw(numbers)) if bound == "between" else None,
            accumulation=draw(
                st.sampled_from(
                    FLOWS if sort in ("amount", "change", "count") else ("level",)
                )
            ),
            direction="maintain" if hold else better,
            better=better,
            schedule=schedule,
            steps=steps,
            within_year=within,
            change=draw(st.sampled_from(("additive", "compound"))) if sort == "change" else "additive",
            falling=draw(st.booleans()),
            start=month_end(start),
            deadline=month_end(start + length),
            baseline=baseline,
        )  # fmt: skip
    except GoalError:
        assume(False)


@st.composite
def cases(draw, two_sided=True):
    """A goal with a value somewhere on its way, before it or beyond it."""
    goal = draw(goals(two_sided))
    if goal.baseline is None or draw(st.booleans()):
        return goal, draw(numbers)
    part = Decimal(draw(st.integers(-5, 25))) / 20
    return goal, goal.baseline + (goal.value - goal.baseline) * part


def readings(size=1, **given) -> Readings:
    given = {name: np.atleast_1d(value) for name, value in given.items()}
    return Readings(
        actual=given["actual"].astype(float),
        at=given["at"].astype(np.int32),
        on_time=given.get("on_time", np.full(size, np.nan)).astype(float),
        broken=np.zeros(size, np.int8),
        passed=given.get("passed", np.zeros(size, bool)),
        overdue=np.zeros(size, bool),
        grain=np.zeros(size),
    )


def outcome(goal, value, month, rules="schedule", **more):
    found = readings(actual=float(value), at=month, on_time=float(value), **more)
    return kernel.assess(profile.load(rules), columns_of([goal]), found)


def light(found) -> int:
    """0 green, 1 yellow, 2 red, 3 grey."""
    return LIGHTS.index(STATE_LIGHTS[STATES[found.state[0]]])


def mirrored(columns: Columns) -> Columns:
    """Turn every value and the good side round."""
    ranged = ~np.isnan(columns.high)
    from indicators.assessment.columns import BOUNDS

    least, most = BOUNDS.index("at_least"), BOUNDS.index("at_most")
    bound = columns.bound.copy()
    bound[columns.bound == least], bound[columns.bound == most] = most, least
    return replace(
        columns,
        value=np.where(ranged, -columns.high, -columns.value),
        high=np.where(ranged, -columns.value, np.nan),
        baseline=-columns.baseline,
        sign=-columns.sign,
        bound=bound,
        rising=-columns.rising,
        knots=columns.knots and replace(columns.knots, value=-columns.knots.value),
    )


@QUIET
@given(cases(), months_on)
def test_a_mirror_leaves_the_verdict(case, later):
    """What should rise and its mirror image that should fall get the same state and gap."""
    goal, value = case
    month = months(goal.start) + later
    columns = columns_of([goal])
    there = outcome(goal, value, month)
    back = kernel.assess(
        profile.load("schedule"),
        mirrored(columns),
        readings(actual=-float(value), at=month, on_time=-float(value)),
    )
    assert back.state[0] == there.state[0]
    assert np.allclose(back.points, there.points, equal_nan=True)


@QUIET
@given(cases(), months_on, st.sampled_from(("0.001", "10", "1000", "10000", "0.3")))
def test_another_unit_leaves_the_verdict(case, later, factor):
    """万元 or 元, P or EFLOPS: the state is the same."""
    goal, value = case
    # A whole number of companies has no other unit; a change that multiplies is in percent.
    assume(goal.sort != "count" and goal.change == "additive")
    month, scale = months(goal.start) + later, float(factor)
    columns = columns_of([goal])
    scaled = replace(
        columns,
        value=columns.value * scale,
        high=columns.high * scale,
        tolerance=columns.tolerance * scale,
        baseline=columns.baseline * scale,
        knots=columns.knots and replace(columns.knots, value=columns.knots.value * scale),
    )
    there = outcome(goal, value, month)
    here = kernel.assess(
        profile.load("schedule"),
        scaled,
        readings(actual=float(value) * scale, at=month, on_time=float(value) * scale),
    )
    assert here.state[0] == there.state[0]


@QUIET
@given(cases(two_sided=False), st.decimals(0, 50, places=1), months_on, st.sampled_from(BY_COURSE))
def test_a_better_value_never_gives_a_worse_light(case, more, later, rules):
    """For one-sided targets a value further to the good side is never a worse coloured light."""
    goal, value = case
    assume(goal.bound != "between")
    month = months(goal.start) + later
    better = value + more if goal.better == "up" else value - more
    worse_light, better_light = (
        light(outcome(goal, value, month, rules)),
        light(outcome(goal, better, month, rules)),
    )
    assume(3 not in (worse_light, better_light))
    assert better_light <= worse_light


@QUIET
@given(cases(two_sided=False), st.integers(1, 12), st.integers(1, 11), st.sampled_from(BY_COURSE))
def test_more_time_at_equal_value_never_gives_a_better_light(case, later, more, rules):
    """Within one reporting year, waiting with an unchanged value never improves a coloured light."""
    goal, value = case
    assume(goal.bound != "between")
    first = months(goal.start) + later
    second = first + more
    assume((first - 1) // 12 == (second - 1) // 12)
    before, after = (
        light(outcome(goal, value, first, rules)),
        light(outcome(goal, value, second, rules)),
    )
    assume(3 not in (before, after))
    assert after >= before


extremes = st.sampled_from(
    (0.0, -0.0, 5e-324, -5e-324, 1e-300, 1.0, -1.0, 1e29, -1e29, 1e150, 1.7e308, -1.7e308)
) | st.floats(allow_nan=False, allow_infinity=False)


@QUIET
@given(
    goals(), extremes, extremes, extremes | st.just(np.nan), extremes, st.integers(-5, 100),
    st.booleans(),
    st.sampled_from(("schedule", "yinchuan", "xuancheng", "tola15", "planned")),
)  # fmt: skip
def test_no_finite_input_gives_an_infinite_number(
    goal, value, high, base, actual, later, passed, rules
):
    """Whatever finite numbers come in, every number that goes out is finite or none."""
    columns = replace(
        columns_of([goal]),
        value=np.array([value]),
        high=np.array([max(value, high)]) if goal.high is not None else np.array([np.nan]),
        baseline=np.array([base]),
    )
    found = kernel.assess(
        profile.load(rules),
        columns,
        readings(actual=actual, at=months(goal.start) + later, passed=passed, on_time=actual),
    )
    for numbers_out in (found.expected, found.done, found.elapsed, found.gap, found.points,
                        found.run_rate):  # fmt: skip
        assert not np.isinf(numbers_out).any()
    state = STATES[found.state[0]]
    if STATE_LIGHTS[state] != "grey":
        assert np.isfinite(found.gap[0])


@QUIET
@given(st.lists(st.tuples(extremes, extremes, extremes | st.just(np.nan)), min_size=1, max_size=5))
def test_growth_rates_stay_finite(rows):
    """The growth-rate rule says "not available" where it can say nothing, never NaN or infinity."""
    from indicators.assessment import growth

    rule = profile.load("statcan").growth
    base, current, target = (np.array(each, float) for each in zip(*rows, strict=True))
    size = len(rows)
    found = growth.assess(
        rule, base=base, base_year=np.full(size, 2015.0), current=current,
        current_year=np.full(size, 2023.0), target=target, target_year=np.full(size, 2030.0),
        direction=np.ones(size), limit=np.full(size, np.nan),
    )  # fmt: skip
    assert not np.isinf(found.value).any()
    assert (np.isnan(found.score) | (np.abs(found.score) <= 5)).all()


@QUIET
@given(cases(), months_on)
def test_one_target_is_the_same_kernel_with_one_row(case, later):
    """A row's verdict does not depend on its neighbours."""
    goal, value = case
    month = months(goal.start) + later
    alone = outcome(goal, value, month)
    others = [goal, replace(goal, baseline=Decimal(1)), goal]
    together = kernel.assess(
        profile.load("schedule"),
        columns_of(others),
        readings(
            size=3,
            actual=np.full(3, float(value)),
            at=np.full(3, month),
            on_time=np.full(3, float(value)),
        ),
    )
    assert together.state[0] == together.state[2] == alone.state[0]
    assert np.array_equal(together.points[[0]], alone.points, equal_nan=True)
