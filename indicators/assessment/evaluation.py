"""Cases to columns, through the kernel, and back to verdicts with all their numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite

import numpy as np

from indicators import units
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
    met_on,
    readings_of,
    trend,
    yearly,
)
from indicators.assessment.verdict import (
    LIGHTS,
    REVISED,
    STATE_LIGHTS,
    STATES,
    Light,
    State,
    Trend,
    Verdict,
)
from indicators.assessment.ways import Ways, ways
from indicators.periods import Period

__all__ = ["assess_goals", "decimal", "shown", "verdicts", "verdicts_under"]


def decimal(number: float) -> Decimal | None:
    """Return a number of the kernel as Decimal, to twelve significant digits."""
    if not isfinite(number):
        return None
    text = format(number, ".12g")
    found = Decimal(text)
    # A large number is written out; quantize would refuse more digits than the context has.
    return Decimal(int(found)) if "e+" in text or not found else found


def assess_goals(
    rules: Profile,
    columns: Columns,
    readings: Readings,
    way: Ways | None = None,
    found: kernel.Measures | None = None,
) -> Outcome:
    """Judge columns by a profile, whatever its method."""
    if rules.method == "growth":
        return growth.assess_columns(rules, columns, readings)
    return kernel.assess(rules, columns, readings, way, found)


@dataclass(frozen=True, slots=True)
class _Run:
    """One pass of the kernel over all cases, every column as the values of verdicts."""

    rules: Profile
    as_of: date
    state: Sequence[State]
    light: Sequence[Light]
    reason: Sequence[str]
    category: Sequence[str]
    score: Sequence[Decimal | None]
    expected: Sequence[Decimal | None]
    actual: Sequence[Decimal | None]
    broken: Sequence[int]
    done: Sequence[Decimal | None]
    elapsed: Sequence[Decimal | None]
    gap: Sequence[Decimal | None]
    points: Sequence[Decimal | None]
    run_rate: Sequence[Decimal | None]
    quarters: Sequence[int]


def shown(outcome: Outcome) -> tuple[list[State], list[Light]]:
    """Return the states of an outcome and their lights, where a profile sets no other."""
    states = [STATES[code] for code in outcome.state.tolist()]
    lights: list[Light] = [STATE_LIGHTS[state] for state in states]
    if outcome.light is not None:
        own = outcome.light.tolist()
        lights = [
            LIGHTS[code] if code >= 0 else light for code, light in zip(own, lights, strict=True)
        ]
    return states, lights


def _run(rules: Profile, as_of: date, outcome: Outcome, readings: Readings) -> _Run:
    states, lights = shown(outcome)
    size = len(states)
    bands = rules.growth.bands if rules.growth else rules.bands
    classes = (
        [""] * size
        if outcome.category is None
        else [bands[code].category if code >= 0 else "" for code in outcome.category.tolist()]
    )

    def numbers(values: Floats) -> list[Decimal | None]:
        return [decimal(value) for value in values.tolist()]

    return _Run(
        rules=rules,
        as_of=as_of,
        state=states,
        light=lights,
        reason=[REASONS[code] for code in outcome.reason.tolist()],
        category=classes,
        score=[None] * size if outcome.score is None else numbers(outcome.score),
        expected=numbers(outcome.expected),
        actual=numbers(readings.actual),
        broken=readings.broken.tolist(),
        done=numbers(outcome.done),
        elapsed=numbers(outcome.elapsed),
        gap=numbers(outcome.gap),
        points=numbers(outcome.points),
        run_rate=numbers(outcome.run_rate),
        quarters=outcome.quarters.tolist(),
    )


def _marks(
    case: Case, course: Course, pick: int, run: _Run, row: int, going: Trend
) -> tuple[str, ...]:
    goal, state = case.made.goal, run.state[row]
    assert goal is not None
    marks = []
    if run.reason[row] == "deadline_passed":
        marks.append("逾期")
    if state == "achieved_late":
        marks.append("逾期完成")
    near = 0 <= (goal.deadline - run.as_of).days <= run.rules.near_days
    if near and state not in ("achieved", "achieved_late", "missed"):
        marks.append("临期")
    shown = course.readings[pick] if pick >= 0 else None
    if shown is not None:
        if shown.pending:
            marks.append("待审")
        if shown.observation.bound == "at_least":
            marks.append("≥")
        if shown.others:
            marks.append("来源不一")
        if lost(goal, course, pick):
            marks.append("得而复失")
    if going == "worsening" and state == "achieved":
        marks.append("趋势变差")
    marks += _revised(case)
    if (
        case.target.demonstration
        or (case.setting is not None and case.setting.demonstration)
        or (shown is not None and shown.observation.demonstration)
    ):
        marks.append("演示数据")
    return tuple(marks)


def _revised(case: Case) -> list[str]:
    """Return the mark that names the target that a revision replaced, its day where that moved."""
    old = case.replaced
    if old is None:
        return []
    value = units.display(old.magnitude, old.unit)
    if old.magnitude_high is not None:
        value = f"{value}至{units.display(old.magnitude_high, old.unit)}"
    moved = old.deadline is not None and old.deadline != case.target.deadline
    return [f"{REVISED}{value}" + (f"（{old.deadline}）" if moved else "")]


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
    goal = case.made.goal
    assert goal is not None
    reading = course.readings[pick] if pick >= 0 else None
    seen = reading.observation if reading else None
    actual = None
    if seen is not None and not run.broken[row]:
        same = seen.basis in (counted_in(goal), "") or not adds_up(goal)
        actual = seen.magnitude if same else run.actual[row]
    base, source = goal.baseline, case.made.baseline_source
    if base is None and goal.one_year and yearly(goal):
        base, source = Decimal(0), "year"
    going = trend(goal, course.values[: pick + 1])
    quarters = run.quarters[row]
    return Verdict(
        target=case.target,
        indicator=case.indicator,
        setting=case.setting,
        goal=goal,
        state=run.state[row],
        light=run.light[row],
        category=run.category[row],
        score=run.score[row],
        marks=_marks(case, course, pick, run, row, going),
        why=why(run.reason[row]),
        as_of=run.as_of,
        period=_period(goal, reading) if reading else None,
        observation=seen,
        others=reading.others if reading else (),
        baseline=base,
        baseline_date=goal.start if base is not None else None,
        baseline_source=source,
        expected=run.expected[row],
        actual=actual,
        share_done=run.done[row],
        share_elapsed=run.elapsed[row],
        gap=run.gap[row],
        gap_points=run.points[row],
        run_rate=run.run_rate[row],
        quarters_left=quarters if quarters >= 0 else None,
        direction=goal.direction,
        accumulation=goal.accumulation,
        schedule=goal.schedule,
        sort=goal.sort,
        steps=goal.steps,
        trend=going,
        met_on=met_on(goal, course, pick) if run.state[row] == "achieved_late" else None,
        profile=run.rules.name,
        profile_version=run.rules.version,
    )


def _unjudged(case: Case, rules: Profile, as_of: date) -> Verdict:
    seen = case.readings[-1].observation if case.readings else None
    return Verdict(
        target=case.target,
        indicator=case.indicator,
        setting=case.setting,
        state="not_assessable",
        light="grey",
        marks=(*_revised(case), *(("演示数据",) if case.target.demonstration else ())),
        why=case.made.why,
        as_of=as_of,
        period=Period(seen.period_start, seen.period_end, seen.basis) if seen else None,
        observation=seen,
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


def verdicts_under(
    profiles: Sequence[Profile],
    case: Case,
    course: Course,
    wanted: Sequence[int],
    as_of: date,
    *,
    but: Light | None = None,
) -> list[Verdict | None]:
    """Return what several profiles say of one case; the last light beside a grey one is left out.

    Profiles differ in the month by which a value is due and in how a course is judged, not in the
    way in which a target is to be judged at all.

    Args:
        profiles: the rules.
        case: a target that has a goal.
        course: its course.
        wanted: the month that should have been reported by then, for each profile.
        as_of: the day of looking.
        but: the light that needs no words: None stands for a verdict that gives it.
    """
    goal = case.made.goal
    assert goal is not None
    columns, pick = columns_of([goal]), len(course.readings) - 1
    seen = {month: readings_of([goal], [course], [pick], [month], [as_of]) for month in set(wanted)}
    made: list[Verdict | None] = []
    with np.errstate(all="ignore"):
        way = ways(columns, seen[wanted[0]])
        measured = {
            whole: kernel.measures(columns, seen[wanted[0]], way, whole_counts=whole)
            for whole in {rules.whole_counts for rules in profiles}
        }
    for rules, month in zip(profiles, wanted, strict=True):
        outcome = assess_goals(rules, columns, seen[month], way, measured[rules.whole_counts])
        if shown(outcome)[1] == [but]:
            made.append(None)
        else:
            made.append(_verdict(_run(rules, as_of, outcome, seen[month]), case, course, pick, 0))
    return made


def verdicts(cases: Sequence[Case], rules: Profile, as_of: date) -> list[Verdict]:
    """Return the verdict of every case, those that cannot be judged at all after the others."""
    judged = [case for case in cases if case.made.goal is not None]
    goals = [case.made.goal for case in judged if case.made.goal is not None]
    courses = courses_of(goals, [case.readings for case in judged])

    def run(
        rows: Sequence[int], picked: Sequence[int], wanted: Sequence[int], day: date
    ) -> list[Verdict]:
        some, way = [goals[row] for row in rows], [courses[row] for row in rows]
        readings = readings_of(some, way, picked, wanted, [day] * len(some))
        outcome = assess_goals(rules, columns_of(some), readings)
        done = _run(rules, as_of, outcome, readings)
        return [
            _verdict(done, judged[row], courses[row], pick, place)
            for place, (row, pick) in enumerate(zip(rows, picked, strict=True))
        ]

    picked = [len(course.readings) - 1 for course in courses]
    made = run(range(len(judged)), picked, [case.wanted for case in judged], as_of)
    back = {
        row: pick for row, each in enumerate(made) if (pick := _earlier(courses[row], each)) >= 0
    }
    earlier = run(list(back), list(back.values()), [-1] * len(back), date.min) if back else []
    for row, last in zip(back, earlier, strict=True):
        if last.light != "grey":
            made[row] = dataclasses.replace(made[row], last=last)
    return made + [_unjudged(case, rules, as_of) for case in cases if case.made.goal is None]
