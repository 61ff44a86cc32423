"""The schedule of a verdict as points for a chart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from indicators.assessment import course
from indicators.assessment.columns import columns_of
from indicators.assessment.evaluation import decimal
from indicators.assessment.goal import Goal, GoalError, months
from indicators.assessment.series import counted_in, yearly
from indicators.assessment.verdict import Verdict
from indicators.periods import month_end

__all__ = ["schedule_points"]


def _day(month: int) -> date:
    """Return the last day of a month counted from 1970."""
    return month_end(date(1970 + (month - 1) // 12, (month - 1) % 12 + 1, 1))


def _goal(verdict: Verdict) -> Goal | None:
    if verdict.goal is None or verdict.goal.direction == "maintain":
        return None
    if verdict.goal.sort in ("growth", "range", "milestone") or not verdict.goal.schedule:
        return None
    return verdict.goal


def schedule_points(verdict: Verdict) -> tuple[tuple[date, Decimal], ...]:
    """Return the expected course of a verdict's target, in order of time.

    Points stand at the start, at every quarter's end and at the deadline, in the target's unit.
    Values that start again each January go back to 0 on 1 January.  Where nothing is expected
    before the deadline (growth, ranges, what is to be held, no baseline), the value of the target
    stands at the deadline alone.
    """
    with np.errstate(all="ignore"):  # what becomes no number is left out
        return _points(verdict)


def _points(verdict: Verdict) -> tuple[tuple[date, Decimal], ...]:
    deadline = verdict.target.deadline
    goal = _goal(verdict)
    if deadline is None:
        return ()
    alone = ((deadline, verdict.target.magnitude),)
    if goal is None or (verdict.share_done is None and verdict.baseline is None):
        return alone
    start, end = months(goal.start), months(goal.deadline)
    ends = [month for month in range(start + 1, end) if month % 3 == 0] + [end]
    try:
        columns = columns_of([replace(goal)]).repeated(len(ends))
    except GoalError:
        return alone
    at = np.array(ends, np.int32)
    aim = columns.value - columns.sign * columns.tolerance
    days = [_day(month) for month in ends[:-1]] + [deadline]
    points: list[tuple[date, Decimal]] = []
    if yearly(goal):
        last = course.year_end(columns.deadline)
        year = np.minimum(course.year_end(at), last)
        base = columns.baseline
        plan = aim if goal.one_year else course.between(columns, base, aim, year, last)[0]
        due = np.where(year < last, year, columns.deadline).astype(np.int32)
        values = plan * course.within_year(columns, at, due)
        seen: set[int] = set()
        for day, value in zip(days, values, strict=True):
            if day.year not in seen:
                points.append((date(day.year, 1, 1), Decimal(0)))
                seen.add(day.year)
            if (number := decimal(float(value))) is not None:
                points.append((day, number))
        return tuple(points)
    base = np.where(np.isnan(columns.baseline), 0.0, columns.baseline)
    if goal.baseline is None and counted_in(goal) == "level":
        return alone
    values, _ = course.expected(columns, base, aim, at)
    points.append((_day(start), goal.baseline or Decimal(0)))
    points.extend(
        (day, number)
        for day, value in zip(days, values, strict=True)
        if (number := decimal(float(value))) is not None
    )
    return tuple(points)
