"""Readings of a target in its own accumulation, and what they say by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Readings of a case in the target's accumulation, in order of time."""

    readings: tuple[Reading, ...]
    values: tuple[float, ...]
    reasons: tuple[int, ...]


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


def courses_of(goals: Sequence[Goal], cases: Sequence[Sequence[Reading]]) -> list[Course]:
    """Convert every reading; what cannot be compared at all is left out where others remain."""
    row, begin, end, basis, value = [], [], [], [], []
    for index, (goal, readings) in enumerate(zip(goals, cases, strict=True)):
        for each in readings:
            seen = each.observation
            row.append(index)
            begin.append(months(seen.period_start - timedelta(days=1)))
            end.append(each.end)
            basis.append(BASES.index(seen.basis))
            value.append(_bent(goal, float(seen.magnitude)))
    series = Series(
        row=np.array(row, np.int64),
        begin=np.array(begin, np.int32),
        end=np.array(end, np.int32),
        basis=np.array(basis, np.int8),
        value=np.array(value, float),
    )
    converted, reasons = convert(
        series,
        np.array([BASES.index(counted_in(goal)) for goal in goals], np.int8),
        np.array([months(goal.start) for goal in goals], np.int32),
        np.array([not adds_up(goal) and goal.sort != "level" for goal in goals], bool),
    )
    courses, place = [], 0
    misfit = REASONS.index("basis")
    for goal, readings in zip(goals, cases, strict=True):
        rows = range(place, place + len(readings))
        place += len(readings)
        kept = [index for index in rows if reasons[index] != misfit] or list(rows)
        if yearly(goal):
            kept = [index for index in kept if series.end[index] <= months(goal.deadline)]
        courses.append(
            Course(
                readings=tuple(readings[index - rows.start] for index in kept),
                values=tuple(_bent(goal, float(converted[index]), back=True) for index in kept),
                reasons=tuple(int(reasons[index]) for index in kept),
            )
        )
    return courses


def readings_of(
    goals: Sequence[Goal],
    courses: Sequence[Course],
    picked: Sequence[int],
    wanted: Sequence[int],
    as_of: date,
) -> Readings:
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
        passed=np.array([as_of > goal.deadline for goal in goals], bool),
        overdue=overdue,
        grain=grain,
    )


def trend(goal: Goal, values: Sequence[float]) -> Trend:
    if yearly(goal) or len(values) < 2 or not np.isfinite(values[-2:]).all():
        return ""
    step = values[-1] - values[-2]
    if step == 0:
        return "flat"
    return "improving" if (step > 0) == (goal.better == "up") else "worsening"


def lost(goal: Goal, values: Sequence[float]) -> bool:
    """Tell whether the target had been reached before and is not now."""
    if (
        yearly(goal)
        or goal.sort in ("growth", "range", "milestone")
        or goal.direction == "maintain"
    ):
        return False
    sign = 1.0 if goal.better == "up" else -1.0
    aim = float(goal.value) - sign * float(goal.tolerance)
    met = reached(np.array(values), np.full(len(values), aim), np.full(len(values), sign))
    return bool(met[:-1].any() and not met[-1])
