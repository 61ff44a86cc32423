"""In which way each target is judged: by its pace, directly, by holding, in a range or as a step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.assessment import course
from indicators.assessment.columns import (
    BASES,
    BOUNDS,
    COURSES,
    SORTS,
    Columns,
    Flags,
    Floats,
    Readings,
)

__all__ = ["Ways", "finite", "ways"]

AMOUNT, COUNT = SORTS.index("amount"), SORTS.index("count")
LEVEL, SHARE = SORTS.index("level"), SORTS.index("share")
GROWTH, CHANGE = SORTS.index("growth"), SORTS.index("change")
MILESTONE = SORTS.index("milestone")
BETWEEN = BOUNDS.index("between")
AT_LEAST, AT_MOST = BOUNDS.index("at_least"), BOUNDS.index("at_most")
YEAR_TO_DATE, START, OWN = (BASES.index(each) for each in ("year_to_date", "since_start", "period"))
DIRECT_COURSE = COURSES.index("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The way of every target and the values that it is judged by."""

    pace: Flags
    """By the schedule."""
    direct: Flags
    """Against the value itself: growth, change, caps and floors of a year."""
    hold: Flags
    """To be kept: direction maintain, or a baseline that is past the target."""
    ranged: Flags
    milestone: Flags
    yearly: Flags
    """Values that start again each January."""
    aim: Floats
    """The value that meets the target."""
    low: Floats
    high: Floats
    origin: Floats
    """Value where the course begins; NaN for no baseline."""
    goal: Floats
    """The aim, or the value of the year judged."""
    due: NDArray[np.int32]
    """Month in which ``goal`` is due."""
    straight: Flags
    """A compound course was asked for and a line was taken."""


def finite(values: Floats) -> Floats:
    """Keep finite numbers so small that their differences stay finite."""
    return np.clip(values, -1e150, 1e150)


def ways(columns: Columns, readings: Readings) -> Ways:
    """Return the way in which each target is judged."""
    sign, month, sort, bound = columns.sign, readings.at, columns.sort, columns.bound
    additive = (sort == COUNT) | (sort == AMOUNT)
    low, high = finite(columns.value), finite(columns.high)
    ranged = (bound == BETWEEN) & ~additive
    aim = np.where(additive & (bound == BETWEEN) & (sign < 0), high, low)
    aim = aim - sign * columns.tolerance

    one_year = columns.start // 12 == (columns.deadline - 1) // 12
    basis = columns.basis
    resets = (basis == YEAR_TO_DATE) | ((basis == OWN) & one_year)
    flow = (resets | (basis == START) | (basis == OWN)) & (additive | (sort == CHANGE))
    yearly = flow & resets & (sort != CHANGE)
    baseline = finite(columns.baseline)
    baseline = np.where(flow & np.isnan(baseline) & (~yearly | one_year), 0.0, baseline)

    last_year = course.year_end(columns.deadline)
    this_year = np.minimum(course.year_end(month), last_year)
    due = np.where(yearly & (this_year < last_year), this_year, columns.deadline)
    goal, straight = aim, np.zeros(len(columns), dtype=bool)
    # What is to be held has the same value every year, and the year's own pace.
    several = yearly & ~one_year & ~columns.hold & (this_year < last_year)
    if several.any():
        plan, bent = course.between(columns, baseline, aim, this_year, last_year)
        goal, straight = np.where(several, plan, aim), bent & several
    # A flow that should stay small is a cap: its pace would forgive what time alone brings.
    spent = yearly & (sign * goal <= 0)

    milestone = sort == MILESTONE
    rate = (sort == GROWTH) | ((sort == CHANGE) & (columns.course == DIRECT_COURSE))
    bounded = (bound == AT_LEAST) | (bound == AT_MOST)
    stock = ((sort == LEVEL) | (sort == SHARE) | (sort == COUNT)) & ~yearly
    cap = bounded & one_year & np.isnan(baseline) & stock
    direct = (rate | cap | spent) & ~ranged & ~milestone
    size = np.maximum(np.abs(aim), np.abs(baseline))
    near = np.abs(aim - baseline) <= np.maximum(readings.grain, 1e-9 * size)
    past = ~yearly & (near | (sign * (aim - baseline) < 0))
    hold = ((columns.hold & ~yearly) | past) & ~ranged & ~milestone & ~direct
    return Ways(
        pace=~(direct | hold | ranged | milestone),
        direct=direct,
        hold=hold,
        ranged=ranged,
        milestone=milestone,
        yearly=yearly,
        aim=aim,
        low=low,
        high=high,
        origin=np.where(yearly, 0.0, baseline),
        goal=goal,
        due=due.astype(np.int32),
        straight=straight,
    )
