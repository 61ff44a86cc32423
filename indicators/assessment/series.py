"""Readings of a target in its own accumulation, and what they say by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from math import isfinite

import numpy as np

from indicators.assessment.chosen import Reading
from indicators.assessment.columns import BASES, REASONS, Readings
from indicators.assessment.conversion import Series, convert
from indicators.assessment.goal import Goal, months
from indicators.assessment.goals import Made
from indicators.assessment.kernel import reached
from indicators.assessment.verdict import Trend
from indicators.model import Accumulation, Indicator, Setting, Target

__all__ = [
    "Case",
    "Course",
    "adds_up",
    "counted_in",
    "courses_of",
    "lost",
    "readings_of",
    "trend",
    "yearly",
]

MISFIT = REASONS.index("basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A target with what was observed of it."""

    target: Target
    indicator: Indicator
    setting: Setting | None
    made: Made
    readings: tuple[Reading, ...]
    wanted: int
    """Month that should have been reported by the day of looking; -1 for none."""
    replaced: Target | None = None
    """The target that this one replaced, where it was revised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Readings of a case in the target's accumulation, in order of time."""

    readings: tuple[Reading, ...]
    values: tuple[float, ...]
    reasons: tuple[int, ...]
    met: tuple[bool, ...]
    """Whether each value reaches the target."""


def counted_in(goal: Goal) -> Accumulation:
    """Return the accumulation in which a goal is judged: what is per period is summed first."""
    if goal.accumulation != "period":
        return goal.accumulation
    return "year_to_date" if goal.one_year and goal.sort != "change" else "since_start"


def adds_up(goal: Goal) -> bool:
    return goal.sort in ("amount", "count", "change") and goal.accumulation != "level"


def yearly(goal: Goal) -> bool:
    """Tell whether a goal's values start again each January."""
    return adds_up(goal) and counted_in(goal) == "year_to_date" and goal.sort != "change"


def _bent(goal: Goal, value: float, *, back: bool = False) -> float:
    """Turn changes that multiply into ones that add, and back."""
    if goal.change != "compound":
        return value
    sign = -1 if goal.falling else 1
    with np.errstate(all="ignore"):
        if back:
            return float(sign * 100 * np.expm1(value))
        return float(np.log1p(sign * value / 100))


@lru_cache(maxsize=4096)
def _opened(day: date) -> int:
    """Return the last month before a period that begins on a day."""
    return months(day - timedelta(days=1))


def courses_of(goals: Sequence[Goal], cases: Sequence[Sequence[Reading]]) -> list[Course]:
    """Convert every reading; what cannot be compared at all is left out where others remain."""
    every = [each for readings in cases for each in readings]
    seen = [each.observation for each in every]
    values = [float(each.magnitude) for each in seen]
    bounds = [0, *accumulate(map(len, cases))]
    bent = [index for index, goal in enumerate(goals) if goal.change == "compound"]
    for index in bent:
        for place in range(bounds[index], bounds[index + 1]):
            values[place] = _bent(goals[index], values[place])
    series = Series(
        row=np.repeat(np.arange(len(cases)), np.diff(bounds)),
        begin=np.array([_opened(each.period_start) for each in seen], np.int32),
        end=np.array([each.end for each in every], np.int32),
        basis=np.array([BASES.index(each.basis) for each in seen], np.int8),
        value=np.array(values, float),
    )
    converted, reasons = convert(
        series,
        np.array([BASES.index(counted_in(goal)) for goal in goals], np.int8),
        np.array([months(goal.start) for goal in goals], np.int32),
        np.array([not adds_up(goal) and goal.sort != "level" for goal in goals], bool),
    )
    values, codes = converted.tolist(), reasons.tolist()
    for index in bent:
        for place in range(bounds[index], bounds[index + 1]):
            values[place] = _bent(goals[index], values[place], back=True)
    sign = np.array([1.0 if goal.better == "up" else -1.0 for goal in goals])
    aim = np.array(
        [
            float(goal.value) - float(goal.tolerance) * side
            for goal, side in zip(goals, sign, strict=True)
        ]
    )
    met = reached(np.array(values, float), aim[series.row], sign[series.row]).tolist()
    courses = []
    for goal, first, last in zip(goals, bounds, bounds[1:], strict=False):
        kept: Sequence[int] = [place for place in range(first, last) if codes[place] != MISFIT]
        kept = kept or range(first, last)
        if yearly(goal):
            kept = [place for place in kept if every[place].end <= months(goal.deadline)]
        courses.append(
            Course(
                readings=tuple([every[place] for place in kept]),
                values=tuple([values[place] for place in kept]),
                reasons=tuple([codes[place] for place in kept]),
                met=tuple([met[place] for place in kept]),
            )
        )
    return courses


def readings_of(
    goals: Sequence[Goal],
    courses: Sequence[Course],
    picked: Sequence[int],
    wanted: Sequence[int],
    days: Sequence[date],
) -> Readings:
    """Return what a course says of each goal.

    Args:
        goals: the goals.
        courses: the course of each.
        picked: the reading of each course that counts; -1 for none.
        wanted: the month that should have been reported of each by its day; -1 for none.
        days: the day of looking at each.
    """
    size = len(goals)
    actual, on_time, grain = np.full(size, np.nan), np.full(size, np.nan), np.zeros(size)
    at, broken = np.full(size, -1, np.int32), np.zeros(size, np.int8)
    overdue = np.zeros(size, bool)
    for row, (goal, course, pick) in enumerate(zip(goals, courses, picked, strict=True)):
        deadline = months(goal.deadline)
        if pick >= 0:
            reading = course.readings[pick]
            actual[row], at[row] = course.values[pick], reading.end
            broken[row] = course.reasons[pick]
            exponent = reading.observation.magnitude.as_tuple().exponent
            grain[row] = (
                5 * 10.0 ** (exponent - 1) if isinstance(exponent, int) and exponent < 0 else 0
            )
        by_then = [i for i, each in enumerate(course.readings) if each.end <= deadline]
        if by_then:
            on_time[row] = course.values[by_then[-1]]
        overdue[row] = wanted[row] >= 0 and at[row] < min(wanted[row], deadline)
    return Readings(
        actual=actual,
        at=at,
        on_time=on_time,
        broken=broken,
        passed=np.array([day > goal.deadline for day, goal in zip(days, goals, strict=True)], bool),
        overdue=overdue,
        grain=grain,
    )


def trend(goal: Goal, values: Sequence[float]) -> Trend:
    if yearly(goal) or len(values) < 2 or not (isfinite(values[-1]) and isfinite(values[-2])):
        return ""
    step = values[-1] - values[-2]
    if step == 0:
        return "flat"
    return "improving" if (step > 0) == (goal.better == "up") else "worsening"


def met_on(goal: Goal, course: Course, pick: int) -> date | None:
    """Return the end of the first period after the deadline in which the target was reached."""
    deadline = months(goal.deadline)
    for reading, met in zip(course.readings[: pick + 1], course.met, strict=False):
        if met and reading.end > deadline:
            return reading.observation.period_end
    return None


def lost(goal: Goal, course: Course, pick: int) -> bool:
    """Tell whether the target had been reached before a reading and is not at it."""
    if (
        yearly(goal)
        or goal.sort in ("growth", "range", "milestone")
        or goal.direction == "maintain"
    ):
        return False
    return not course.met[pick] and any(course.met[:pick])
