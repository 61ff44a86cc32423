"""The rule itself, once: columns of targets and readings in, states and numbers out.

Thresholds are met after rounding to twelve significant digits, so that a gap of exactly -10 points
is exactly -10 whatever binary fractions made of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.assessment import course
from indicators.assessment.columns import (
    COURSES,
    REASONS,
    Codes,
    Columns,
    Flags,
    Floats,
    Months,
    Outcome,
    Readings,
    state_code,
)
from indicators.assessment.profile import Band, Profile
from indicators.assessment.ways import COUNT, Ways, finite, ways

__all__ = ["LIMIT", "Measures", "assess", "grade", "measures", "reached"]

LIMIT = 1e15
"""A gap wider than this many points is shown as this: it is no number any more."""
ANNUAL, SEASONAL = COURSES.index("annual_only"), COURSES.index("seasonal")
ACHIEVED, LATE, MISSED = (state_code(name) for name in ("achieved", "achieved_late", "missed"))
NOT_DUE, SILENT = state_code("not_due"), state_code("not_reported")
NO_BASELINE, UNKNOWN = state_code("no_baseline"), state_code("not_assessable")
ON_SCHEDULE, FAR = state_code("on_schedule"), state_code("far_behind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What the states follow from."""

    actual: Floats
    expected: Floats
    done: Floats
    elapsed: Floats
    points: Floats
    """Gap in percentage points of the way."""
    gap: Floats
    short: Floats
    """Shortfall in percent of the target, for what is judged directly."""
    met: Flags
    in_time: Flags
    """The value at the deadline had reached the target."""
    straight: Flags


def reached(value: Floats, aim: Floats, sign: Floats) -> Flags:
    """Tell where a value is on the good side of an aim, to twelve significant digits."""
    slack = 5e-13 * np.maximum(np.abs(value), np.abs(aim))
    met: Flags = sign * (value - aim) >= -slack
    return met


def grade(values: Floats, bands: tuple[Band, ...]) -> Codes:
    """Return the number of the first band that each value is in; the last takes the rest."""
    number = np.full(len(values), len(bands) - 1, np.int8)
    for index in range(len(bands) - 2, -1, -1):
        band = bands[index]
        inside = values >= band.limit if band.closed else values > band.limit
        number[inside] = index
    return number


def _toward(base: Floats, value: Floats) -> Floats:
    """Round a course of counts to whole ones, toward its start: what is begun is not yet due."""
    way = value - base
    small = np.abs(way) < LIMIT
    whole = np.trunc(np.round(np.where(small, way, 0.0), 9))
    return np.where(small, base + whole, value)


def _met(way: Ways, value: Floats, goal: Floats, sign: Floats) -> Flags:
    met = reached(value, goal, sign)
    if way.ranged.any():
        up = np.ones(len(value))
        inside = reached(value, way.low, up) & reached(way.high, value, up)
        met = np.where(way.ranged, inside, met)
    return met


def measures(columns: Columns, readings: Readings, way: Ways, *, whole_counts: bool) -> Measures:
    """Return what states follow from; of a profile it takes only whether counts are whole."""
    sign, actual = columns.sign, finite(readings.actual)
    line, bent = course.expected(columns, way.origin, way.aim, readings.at)
    expected = line
    if way.yearly.any():
        share = course.within_year(columns, readings.at, way.due)
        expected = np.where(way.yearly, way.goal * share, line)
    if whole_counts:
        rows = np.flatnonzero((columns.sort == COUNT) & way.pace)
        origin = way.origin[rows]
        rows = rows[np.abs(origin - np.round(origin)) < 1e-9]
        expected[rows] = _toward(way.origin[rows], expected[rows])
    expected = np.where(way.pace, expected, way.goal)
    if way.ranged.any():
        expected = np.where(way.ranged, np.clip(actual, way.low, way.high), expected)
    long = way.goal - way.origin
    done = np.round((actual - way.origin) / long, 12)
    elapsed = np.round((expected - way.origin) / long, 12)
    # Without a baseline nothing is expected yet; the distance to the target is known all the same.
    against = np.where(np.isnan(expected), way.goal, expected)
    gap = np.where(way.ranged, -np.abs(actual - against), sign * (actual - against))
    return Measures(
        actual=actual,
        expected=expected,
        done=done,
        elapsed=elapsed,
        points=np.clip(np.round(100 * (done - elapsed), 9), -LIMIT, LIMIT),
        gap=gap,
        short=np.clip(np.round(-100 * gap / np.abs(expected), 9), -LIMIT, LIMIT),
        met=_met(way, actual, way.goal, sign),
        in_time=_met(way, finite(readings.on_time), way.aim, sign),
        straight=way.straight | (bent & ~way.yearly),
    )


def _states(bands: tuple[Band, ...]) -> Codes:
    return np.array([state_code(band.state) for band in bands], np.int8)


def _graded(
    profile: Profile, sign: Floats, way: Ways, found: Measures, running: Months
) -> tuple[Codes, Codes]:
    """Grade what has a course by its gap, rates by their shortfall, the rest by in or out."""
    by_gap = grade(found.points, profile.bands)
    if profile.not_started is not None:
        yellow, red = profile.not_started
        names = [band.state for band in profile.bands]
        idle = (found.done <= 0) & way.pace
        floor = np.where(running >= red, len(names) - 1, names.index("behind")).astype(np.int8)
        late = idle & (running >= yellow)
        by_gap[late] = np.maximum(by_gap, floor)[late]
    state = np.where(found.met, ON_SCHEDULE, FAR).astype(np.int8)
    state = np.where(way.pace, _states(profile.bands)[by_gap], state)
    rows = np.flatnonzero(way.direct)
    by_shortfall = grade(-found.short[rows], profile.shortfall)
    state[rows] = _states(profile.shortfall)[by_shortfall]
    nothing = way.direct & (found.expected == 0)
    state[nothing] = np.where(found.met, ON_SCHEDULE, state_code(profile.zero_target))[nothing]
    # A year's own value on the way to a later target is its pace, not yet the target.
    on_the_way = way.yearly & (way.goal != way.aim) & ~reached(found.actual, way.aim, sign)
    state[found.met & (way.pace | way.milestone) & ~on_the_way] = ACHIEVED
    return state, np.where(way.pace, by_gap, -1).astype(np.int8)


def _ratio(profile: Profile, sign: Floats, way: Ways, found: Measures) -> tuple[Codes, Codes]:
    """Grade actual against expected to date; the plain ratio of what should fall turns round."""
    base = way.origin if profile.measure == "distance" else np.zeros(len(sign))
    ratio = np.round((found.actual - base) / (found.expected - base), 12)
    number = grade(ratio, profile.bands)
    if profile.measure == "plain":
        # The source swaps the label of what should fall and leaves the ratio as it is.
        number = np.where(sign < 0, len(profile.bands) - 1 - number, number).astype(np.int8)
    none = ~np.isfinite(ratio)
    state = np.where(none, UNKNOWN, _states(profile.bands)[number]).astype(np.int8)
    return state, np.where(none, -1, number).astype(np.int8)


def _settle(
    profile: Profile,
    columns: Columns,
    readings: Readings,
    *,
    way: Ways,
    found: Measures,
    state: Codes,
) -> Codes:
    """Let what is grey, final or late override the class; return the reasons."""
    month = readings.at
    seen = (month >= 0) & ~np.isnan(found.actual) & (readings.broken == 0)
    reason = np.zeros(len(state), np.int8)

    def rule(where: Flags, to: int, why: str) -> None:
        state[where] = to
        reason[where] = REASONS.index(why)

    reason[found.straight & seen] = REASONS.index("line")
    lacking = (columns.course == SEASONAL) & (columns.season < 0)
    reason[lacking & seen] = REASONS.index("no_profile")
    if profile.method == "ratio":
        rule(state == UNKNOWN, UNKNOWN, "zero")
    rule(way.pace & np.isnan(found.points) & (state != ACHIEVED), NO_BASELINE, "no_baseline")
    rule(way.milestone & ~found.met, NOT_DUE, "milestone_open")
    rule(readings.overdue, SILENT, "quarter_missing")
    partial = (columns.course == ANNUAL) & (month % 12 != 0) & (month != columns.deadline)
    rule(partial, NOT_DUE, "annual_only")
    if profile.final:
        rule(readings.passed, SILENT, "deadline_passed")
        final = seen & (month >= columns.deadline)
        after = final & (month > columns.deadline)
        state[final] = np.where(found.met, ACHIEVED, MISSED)[final]
        state[after & found.met & ~found.in_time] = LATE
        state[after & ~found.met & found.in_time] = ACHIEVED
        reason[final] = 0
    rule(month <= columns.start, NOT_DUE, "not_started")
    rule(~seen, NOT_DUE, "no_value")
    rule(~seen & readings.overdue, SILENT, "quarter_missing")
    rule(~seen & readings.passed, SILENT, "deadline_passed")
    broken = readings.broken > 0
    state[broken] = UNKNOWN
    reason[broken] = readings.broken[broken]
    return reason


def assess(
    profile: Profile,
    columns: Columns,
    readings: Readings,
    way: Ways | None = None,
    found: Measures | None = None,
) -> Outcome:
    """Judge every target by a profile of the method ``schedule`` or ``ratio``.

    Args:
        profile: bands and choices of the rule.
        columns: the targets.
        readings: what was observed of each.
        way: how each is judged, where that is known: it is the same under every profile.
        found: the measures, where they are known: they are the same under profiles that agree on
            whole counts.

    Returns:
        States, reasons and numbers, one a target; every number is finite or NaN for "none".
    """
    with np.errstate(all="ignore"):
        way = ways(columns, readings) if way is None else way
        if found is None:
            found = measures(columns, readings, way, whole_counts=profile.whole_counts)
        if profile.method == "ratio":
            state, category = _ratio(profile, columns.sign, way, found)
        else:
            first = np.where(way.yearly, (way.due - 1) // 12 * 12, columns.start)
            running = (readings.at - first).astype(np.int32)
            state, category = _graded(profile, columns.sign, way, found, running)
        reason = _settle(profile, columns, readings, way=way, found=found, state=state)
        return _outcome(columns, readings, way, found, (state, reason, category))


def _outcome(
    columns: Columns,
    readings: Readings,
    way: Ways,
    found: Measures,
    codes: tuple[Codes, Codes, Codes],
) -> Outcome:
    """Return the numbers that are worth showing beside a state."""
    state, reason, category = codes
    month = readings.at
    seen = (month >= 0) & ~np.isnan(found.actual) & (readings.broken == 0)
    shown = seen & (month > columns.start)
    paced = shown & way.pace & ~np.isnan(found.points)
    direct = shown & way.direct & (found.expected != 0)
    left: NDArray[np.int32] = np.maximum(-((month - way.due) // 3), 0).astype(np.int32)
    need = (way.goal - found.actual) / np.maximum(left, 1)
    changes = np.flatnonzero(columns.rising)
    if changes.size:
        # Changes that multiply: the same rate each quarter that makes up what is missing.
        turn = columns.rising[changes] / 100
        missing = (1 + turn * way.goal[changes]) / (1 + turn * found.actual[changes])
        rate = (np.power(missing, 1 / np.maximum(left[changes], 1)) - 1) / turn
        need[changes] = np.where(np.isfinite(rate), rate, need[changes])
    need = np.where(found.met, 0.0, need)
    runs = shown & (left > 0) & (way.pace | way.hold)
    return Outcome(
        state=state,
        reason=reason,
        expected=np.where(shown, found.expected, np.nan),
        done=np.where(paced, np.clip(found.done, -LIMIT, LIMIT), np.nan),
        elapsed=np.where(paced, np.clip(found.elapsed, -LIMIT, LIMIT), np.nan),
        gap=np.where(shown, found.gap, np.nan),
        points=np.where(paced, found.points, np.where(direct, -found.short, np.nan)),
        run_rate=np.where(runs, need, np.nan),
        quarters=np.where(shown, left, -1).astype(np.int32),
        category=np.where(paced | (shown & ~way.pace), category, -1).astype(np.int8),
    )
