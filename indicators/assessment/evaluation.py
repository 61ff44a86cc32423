"""Cases to columns, through the kernel, and back to verdicts with all their numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from indicators.assessment import growth, kernel
from indicators.assessment.chosen import Reading
from indicators.assessment.columns import REASONS, Columns, Floats, Outcome, Readings, columns_of
from indicators.assessment.goal import Goal
from indicators.assessment.profile import Profile
from indicators.assessment.reasons import why
from indicators.assessment.series import (
    Case,
    Course,
    adds_up,
    counted_in,
    courses_of,
    lost,
    readings_of,
    trend,
    yearly,
)
from indicators.assessment.verdict import LIGHTS, STATE_LIGHTS, STATES, Light, State, Verdict
from indicators.periods import Period

__all__ = ["assess_goals", "decimal", "verdicts"]


@dataclass(frozen=True, slots=True)
class _Run:
    """One pass of the kernel over all cases."""

    outcome: Outcome
    readings: Readings
    rules: Profile
    as_of: date


def decimal(number: float) -> Decimal | None:
    """Return a number of the kernel as Decimal, to twelve significant digits."""
    if not np.isfinite(number):
        return None
    found = Decimal(format(number, ".12g"))
    # Not by quantize, which refuses more digits than the context has.
    return Decimal(int(found)) if found == found.to_integral_value() else found


def assess_goals(rules: Profile, columns: Columns, readings: Readings) -> Outcome:
    """Judge columns by a profile, whatever its method."""
    if rules.method == "growth":
        return growth.assess_columns(rules, columns, readings)
    return kernel.assess(rules, columns, readings)


def _marks(
    case: Case, course: Course, pick: int, *, verdict_state: State, code: str, near: bool
) -> tuple[str, ...]:
    goal = case.made.goal
    marks = []
    if code == "deadline_passed":
        marks.append("逾期")
    if verdict_state == "achieved_late":
        marks.append("逾期完成")
    if near and verdict_state not in ("achieved", "achieved_late", "missed"):
        marks.append("临期")
    shown = course.readings[pick] if pick >= 0 else None
    if shown and shown.pending:
        marks.append("待审")
    if shown and shown.observation.bound == "at_least":
        marks.append("≥")
    if shown and shown.others:
        marks.append("来源不一")
    if goal and pick >= 0 and lost(goal, course.values[: pick + 1]):
        marks.append("得而复失")
    worse = goal and pick >= 0 and trend(goal, course.values[: pick + 1]) == "worsening"
    if worse and verdict_state == "achieved":
        marks.append("趋势变差")
    if (
        case.target.demonstration
        or (case.setting is not None and case.setting.demonstration)
        or (shown is not None and shown.observation.demonstration)
    ):
        marks.append("演示数据")
    return tuple(marks)


def _period(goal: Goal, reading: Reading) -> Period:
    seen = reading.observation
    wanted = counted_in(goal)
    if seen.basis in (wanted, "") or not adds_up(goal):
        return Period(seen.period_start, seen.period_end, seen.basis)
    first = (
        date(seen.period_end.year, 1, 1)
        if wanted == "year_to_date"
        else goal.start + timedelta(days=1)
    )
    return Period(min(first, seen.period_end), seen.period_end, wanted)


def _verdict(run: _Run, case: Case, course: Course, pick: int, row: int) -> Verdict:
    goal, outcome, rules, as_of = case.made.goal, run.outcome, run.rules, run.as_of
    assert goal is not None

    def number(values: Floats) -> Decimal | None:
        return decimal(float(values[row]))

    state = STATES[outcome.state[row]]
    light: Light = STATE_LIGHTS[state]
    band = -1 if outcome.category is None else int(outcome.category[row])
    if outcome.light is not None and outcome.light[row] >= 0:
        light = LIGHTS[outcome.light[row]]
    code = REASONS[outcome.reason[row]]
    reading = course.readings[pick] if pick >= 0 else None
    actual = None
    if reading is not None and not run.readings.broken[row]:
        seen = reading.observation
        same = seen.basis in (counted_in(goal), "") or not adds_up(goal)
        actual = seen.magnitude if same else decimal(float(run.readings.actual[row]))
    near = 0 <= (goal.deadline - as_of).days <= rules.near_days
    base, source = goal.baseline, case.made.baseline_source
    if base is None and yearly(goal) and goal.one_year:
        base, source = Decimal(0), "year"
    bands = rules.growth.bands if rules.growth else rules.bands
    return Verdict(
        target=case.target,
        indicator=case.indicator,
        setting=case.setting,
        goal=goal,
        state=state,
        light=light,
        category=bands[band].category if band >= 0 else "",
        score=None if outcome.score is None else number(outcome.score),
        marks=_marks(case, course, pick, verdict_state=state, code=code, near=near),
        why=why(code),
        as_of=as_of,
        period=_period(goal, reading) if reading else None,
        observation=reading.observation if reading else None,
        others=reading.others if reading else (),
        baseline=base,
        baseline_date=goal.start if base is not None else None,
        baseline_source=source,
        expected=number(outcome.expected),
        actual=actual,
        share_done=number(outcome.done),
        share_elapsed=number(outcome.elapsed),
        gap=number(outcome.gap),
        gap_points=number(outcome.points),
        run_rate=number(outcome.run_rate),
        quarters_left=int(outcome.quarters[row]) if outcome.quarters[row] >= 0 else None,
        direction=goal.direction,
        accumulation=goal.accumulation,
        schedule=goal.schedule,
        sort=goal.sort,
        steps=goal.steps,
        trend=trend(goal, course.values[: pick + 1]) if pick >= 0 else "",
        profile=rules.name,
        profile_version=rules.version,
    )


def _unjudged(case: Case, rules: Profile, as_of: date) -> Verdict:
    return Verdict(
        target=case.target,
        indicator=case.indicator,
        setting=case.setting,
        state="not_assessable",
        light="grey",
        marks=("演示数据",) if case.target.demonstration else (),
        why=case.made.why,
        as_of=as_of,
        sort=case.made.sort,
        accumulation=case.made.accumulation,
        profile=rules.name,
        profile_version=rules.version,
    )


def _earlier(course: Course, verdict: Verdict) -> int:
    """Return the reading of the verdict to show beside a grey one; -1 for none."""
    if verdict.why is None:
        return -1
    if verdict.why.code in ("quarter_missing", "deadline_passed"):
        return len(course.readings) - 1
    if verdict.why.code == "annual_only":
        ends = [i for i, each in enumerate(course.readings) if each.end % 12 == 0]
        return ends[-1] if ends else -1
    return -1


def verdicts(cases: Sequence[Case], rules: Profile, as_of: date) -> list[Verdict]:
    """Return the verdict of every case, in their order."""
    judged = [(case, case.made.goal) for case in cases if case.made.goal is not None]
    found = [_unjudged(case, rules, as_of) for case in cases if case.made.goal is None]
    if not judged:
        return found
    goals = [goal for _, goal in judged]
    courses = courses_of(goals, [case.readings for case, _ in judged])
    columns = columns_of(goals)
    wanted = [case.wanted for case, _ in judged]
    picked = [len(course.readings) - 1 for course in courses]

    def run(picked: Sequence[int], wanted: Sequence[int], day: date) -> list[Verdict]:
        readings = readings_of(goals, courses, picked, wanted, day)
        done = _Run(assess_goals(rules, columns, readings), readings, rules, as_of)
        return [
            _verdict(done, case, courses[row], picked[row], row)
            for row, (case, _) in enumerate(judged)
        ]

    made = run(picked, wanted, as_of)
    back = [_earlier(courses[row], each) for row, each in enumerate(made)]
    if any(pick >= 0 for pick in back):
        earlier = run(back, [-1] * len(back), date.min)
        made = [
            dataclasses.replace(each, last=last) if pick >= 0 and last.light != "grey" else each
            for each, last, pick in zip(made, earlier, back, strict=True)
        ]
    return made + found
