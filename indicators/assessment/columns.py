"""Targets and observed values as columns: the one form that the kernels read and write.

All arrays have one entry a target.  Months are whole months since 1970 (``goal.months``); -1 stands
for "none".  Magnitudes are float64 in the target's unit, NaN for "none".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from indicators.assessment.goal import Goal, months
from indicators.assessment.verdict import STATES
from indicators.model import Accumulation, Bound, Schedule, TargetType

__all__ = [
    "BASES",
    "BOUNDS",
    "COURSES",
    "REASONS",
    "SORTS",
    "Columns",
    "Knots",
    "Outcome",
    "Readings",
    "columns_of",
    "state_code",
]

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]
Months = NDArray[np.int32]
Flags = NDArray[np.bool_]

SORTS: tuple[TargetType, ...] = get_args(TargetType)
BOUNDS: tuple[Bound, ...] = get_args(Bound)
BASES: tuple[Accumulation, ...] = get_args(Accumulation)
COURSES: tuple[Schedule, ...] = get_args(Schedule)
REASONS = (
    "",
    "not_started",  # the period ends on or before the start of the course
    "no_value",
    "quarter_missing",
    "deadline_passed",
    "annual_only",
    "milestone_open",
    "no_baseline",
    "gap",
    "basis",
    "zero",
    "line",  # compound across zero: the straight line was used
    "no_profile",  # seasonal without earlier years: the straight line was used
    "one_point",
    "signs",
    "type",
)
"""Codes of ``Outcome.reason``; the words are in ``reasons.py``."""


def state_code(state: str) -> int:
    """Return the number that stands for a state in ``Outcome.state``."""
    return [str(each) for each in STATES].index(state)


@dataclass(frozen=True, slots=True)
class Knots:
    """Points between start and deadline, row after row (compressed rows)."""

    first: NDArray[np.int64]
    """Where each row's points begin; one entry more than rows."""
    month: Months
    value: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What was observed of every target."""

    actual: Floats
    at: Months
    """Month in which the judged period ends; -1 without an observation."""
    on_time: Floats
    """Value at the deadline itself; NaN where it is not known."""
    broken: Codes
    """0, or the number of the reason why ``actual`` could not be formed."""
    passed: Flags
    """The day of looking is after the deadline."""
    overdue: Flags
    """A quarter is past its due day and has no value."""
    grain: Floats
    """Half of the last decimal place that was reported; 0 where whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Targets as columns."""

    value: Floats
    high: Floats
    tolerance: Floats
    sort: Codes
    bound: Codes
    basis: Codes
    sign: Floats
    """+1 where more is better, -1 where less is."""
    hold: Flags
    """Direction ``maintain``."""
    baseline: Floats
    start: Months
    deadline: Months
    course: Codes
    rising: Codes
    """Compound changes: 1 a rise, -1 a fall, 0 additive."""
    season: NDArray[np.int32]
    """Row of ``profiles``; -1 for the straight line within a year."""
    profiles: Floats
    """Share of a year's value due at the end of month 0 to 12, one row a profile."""
    knots: Knots | None = None

    def __len__(self) -> int:
        return len(self.value)

    def repeated(self, times: int) -> Columns:
        """Return these columns of one target as those of so many like it."""
        own = (each.name for each in fields(self) if each.name not in ("profiles", "knots"))
        made = {name: np.repeat(getattr(self, name), times) for name in own}
        knots = self.knots
        if knots is not None:
            knots = Knots(
                np.arange(times + 1, dtype=np.int64) * len(knots.month),
                np.tile(knots.month, times),
                np.tile(knots.value, times),
            )
        return replace(self, knots=knots, **made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a kernel says of every target."""

    state: Codes
    reason: Codes
    expected: Floats
    done: Floats
    elapsed: Floats
    gap: Floats
    points: Floats
    run_rate: Floats
    quarters: Months
    score: Floats | None = None
    category: Codes | None = None
    """Number of the profile's band, -1 for none."""
    light: Codes | None = field(default=None)
    """Number of the light where the profile sets another than its state's."""


def _array(values: Sequence[Any], kind: Any) -> NDArray[Any]:
    return np.array(values, dtype=kind)


def _number(value: Decimal | None) -> float:
    return np.nan if value is None else float(value)


def _course(goal: Goal) -> Schedule:
    if goal.schedule in ("yearly_steps", "split", "piecewise"):
        return "piecewise" if goal.steps else "linear"
    return goal.schedule


def columns_of(goals: Sequence[Goal]) -> Columns:
    """Return goals as columns."""
    profiles: list[tuple[float, ...]] = []
    season: list[int] = []
    first = [0]
    knot_months: list[int] = []
    knot_values: list[float] = []
    for goal in goals:
        if goal.within_year:
            season.append(len(profiles))
            profiles.append((0.0, *map(float, goal.within_year)))
        else:
            season.append(-1)
        end = months(goal.deadline)
        inner = [(months(day), float(value)) for day, value in goal.steps if months(day) < end]
        knot_months.extend(month for month, _ in inner)
        knot_values.extend(value for _, value in inner)
        first.append(len(knot_months))
    knots = Knots(
        np.array(first, np.int64), np.array(knot_months, np.int32), np.array(knot_values, float)
    )
    return Columns(
        value=_array([float(goal.value) for goal in goals], float),
        high=_array([_number(goal.high) for goal in goals], float),
        tolerance=_array([float(goal.tolerance) for goal in goals], float),
        sort=_array([SORTS.index(goal.sort) for goal in goals], np.int8),
        bound=_array([BOUNDS.index(goal.bound) for goal in goals], np.int8),
        basis=_array([BASES.index(goal.accumulation) for goal in goals], np.int8),
        sign=_array([1.0 if goal.better == "up" else -1.0 for goal in goals], float),
        hold=_array([goal.direction == "maintain" for goal in goals], bool),
        baseline=_array([_number(goal.baseline) for goal in goals], float),
        start=_array([months(goal.start) for goal in goals], np.int32),
        deadline=_array([months(goal.deadline) for goal in goals], np.int32),
        course=_array([COURSES.index(_course(goal)) for goal in goals], np.int8),
        rising=_array(
            [0 if goal.change == "additive" else -1 if goal.falling else 1 for goal in goals],
            np.int8,
        ),
        season=_array(season, np.int32),
        profiles=np.array(profiles, float).reshape(-1, 13),
        knots=knots if knot_months else None,
    )
