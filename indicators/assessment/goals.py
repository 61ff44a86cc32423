"""Goals from the register: what a target, its indicator, settings and sentences amount to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

from indicators import units
from indicators.assessment.goal import Goal, GoalError, months
from indicators.assessment.profile import words
from indicators.assessment.reasons import why
from indicators.assessment.verdict import BaselineSource, Why
from indicators.errors import IndicatorsError
from indicators.model import (
    Accumulation,
    Commitment,
    Direction,
    Indicator,
    Schedule,
    Setting,
    Target,
    TargetType,
)
from indicators.periods import quarter, snap

__all__ = ["Made", "direction_of", "made"]

_CLAUSE = re.compile(r"[，。；;、：:\n\t（(]")
_RATES: frozenset[TargetType] = frozenset({"share", "growth", "range"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A goal with where its baseline came from, or the reason why there is none."""

    goal: Goal | None
    why: Why | None = None
    baseline_source: BaselineSource = ""
    sort: TargetType = ""
    accumulation: Accumulation = ""
    direction: Direction = ""


def _holds(text: str, some: Sequence[str]) -> bool:
    """Tell whether a text holds one of some words."""
    return any(map(text.__contains__, some))


def _before(commitment: Commitment) -> str:
    """Return the words of the clause in front of the number."""
    head = commitment.sentence[: max(commitment.start - commitment.sentence_start, 0)]
    return _CLAUSE.split(head)[-1]


def from_zero(indicator: Indicator, commitments: Sequence[Commitment]) -> bool:
    """Tell whether a count is introduced by a word of making and by none of a stock."""
    known = words()
    heads = [_before(each) for each in commitments] or [indicator.name]
    if any(_holds(head, known.stock) for head in heads):
        return False
    return any(_holds(head, known.from_zero) for head in heads)


def direction_of(
    indicator: Indicator, target: Target, setting: Setting | None
) -> tuple[Direction, Literal["up", "down"]]:
    """Return the direction and the good side: settings, verb of change, bound, word list, up."""
    chosen = setting.direction if setting else ""
    known = words()
    name = indicator.name
    side: Literal["up", "down"] = "up"
    if _holds(name, known.falling) or _holds(name, known.rising):
        side = "up"
    elif target.bound == "at_most":
        side = "down"
    elif target.bound == "at_least":
        side = "up"
    elif _holds(name, known.less_is_better):
        side = "down"
    if chosen in ("up", "down"):
        return chosen, chosen
    return chosen or side, side


def _sort(indicator: Indicator, target: Target) -> TargetType:
    counted = indicator.dimension in words().whole_counts
    if target.bound == "between" and (counted or indicator.sort in ("amount", "count")):
        return "count" if counted else "amount"
    if target.bound == "between" and indicator.sort in ("level", "share", ""):
        return "range"
    if indicator.sort == "range" and target.bound != "between":
        return "count" if counted else "level"
    return indicator.sort or ("count" if counted else "level")


def _accumulation(
    sort: TargetType, setting: Setting | None, commitments: Sequence[Commitment], *, zero: bool
) -> Accumulation:
    chosen = setting.accumulation if setting else ""
    stated = [each.accumulation for each in commitments if each.accumulation]
    found: Accumulation = chosen or (stated[0] if stated else "")
    if sort in _RATES or sort == "milestone":
        return "year_to_date" if found == "year_to_date" and sort != "milestone" else "level"
    if sort == "change":
        return found if found in ("year_to_date", "since_start", "period") else "since_start"
    if found:
        return found
    return "since_start" if sort == "count" and zero else "level"


def _split(
    goal_start: date, deadline: date, setting: Setting, shares: Mapping[str, Decimal]
) -> tuple[tuple[date, Decimal], ...]:
    """Return the yearly and quarterly values of settings and of the split as dated points."""
    values = dict(shares)
    for entry in (*setting.yearly_split, *setting.quarterly_split):
        part, _, number = entry.partition("=")
        try:
            values[part.strip()] = Decimal(number.strip())
        except InvalidOperation:
            raise GoalError(f"分解目标“{entry}”不是“2026=433.3”的写法") from None
    points: dict[date, Decimal] = {}
    for part, value in values.items():
        whole_year = part.isdigit() and len(part) == 4
        day = date(int(part), 12, 31) if whole_year else quarter(part).end
        if months(goal_start) < months(day) <= months(deadline):
            points[day] = value
    return tuple(sorted(points.items()))


def _summed(points: tuple[tuple[date, Decimal], ...]) -> tuple[tuple[date, Decimal], ...]:
    total, found = Decimal(0), []
    for day, value in points:
        total += value
        found.append((day, total))
    return tuple(found)


def _year_shares(
    points: tuple[tuple[date, Decimal], ...], year: int, whole: Decimal
) -> tuple[Decimal, ...]:
    """Return the share of a year's value due at each month, from its year-to-date points."""
    known = {0: Decimal(0), 12: Decimal(1)}
    for day, value in points:
        if day.year == year and whole:
            known[months(day) - (year - 1970) * 12] = value / whole
    marks = sorted(known)
    shares = []
    for month in range(1, 13):
        low = max(mark for mark in marks if mark < month)
        high = min(mark for mark in marks if mark >= month)
        part = Decimal(month - low) / (high - low)
        shares.append(known[low] + (known[high] - known[low]) * part)
    return tuple(shares)


def _even(
    start: date, deadline: date, base: Decimal, value: Decimal
) -> tuple[tuple[date, Decimal], ...]:
    """Return the yearly steps 20, 40, 60, 80 % of a course of five years."""
    first, last = snap(start).year + 1, snap(deadline).year
    years = last - first + 1
    return tuple(
        (date(first + number - 1, 12, 31), base + (value - base) * number / years)
        for number in range(1, years)
    )


def _baseline(
    target: Target,
    indicator: Indicator,
    setting: Setting | None,
    stated: Sequence[Commitment],
    *,
    sort: TargetType,
    accumulation: Accumulation,
    zero: bool,
) -> tuple[Decimal | None, date, BaselineSource]:
    """Return the baseline, the start of the course and where the baseline came from."""
    deadline = target.deadline
    assert deadline is not None
    first = target.plan_start or date(snap(deadline).year, 1, 1)
    if first >= deadline:
        first = date(snap(deadline).year, 1, 1)
    eve = first - timedelta(days=1)
    if setting and setting.since and accumulation in ("since_start", "period"):
        eve = setting.since - timedelta(days=1)
    if setting and setting.baseline is not None:
        source: BaselineSource = "commitment" if setting.note.startswith("基期取自") else "setting"
        return setting.baseline, setting.baseline_date or eve, source
    for each in stated:
        if each.date is None or each.date >= deadline:
            continue
        if each.unit == indicator.unit:
            return each.magnitude, each.date, "commitment"
        try:
            value = units.convert(each.magnitude, each.unit, indicator.unit)
        except IndicatorsError:
            # A unit that does not convert says nothing of this indicator.
            continue
        return value, each.date, "commitment"
    if accumulation == "since_start" and sort in ("amount", "count", "change"):
        return Decimal(0), eve, "words" if zero else "definition"
    if sort == "count" and zero and accumulation == "level":
        return Decimal(0), eve, "words"
    return None, eve, ""


def made(
    target: Target,
    indicator: Indicator,
    setting: Setting | None,
    commitments: Sequence[Commitment] = (),
    *,
    baselines: Sequence[Commitment] = (),
    shares: Mapping[str, Decimal] | None = None,
    others: Sequence[Target] = (),
    profile: tuple[Decimal, ...] = (),
    year: int | None = None,
) -> Made:
    """Return the goal of a target.

    Args:
        target: with a deadline.
        indicator: of the target.
        setting: what the office decided of it.
        commitments: those that state the target.
        baselines: those of kind ``baseline`` for the indicator.
        shares: the target's split by year and quarter.
        others: other targets of the indicator, for a course of several dated targets.
        profile: share of a year's value due at each month in earlier years.
        year: the year judged, for a quarterly split of values that start again each January.
    """
    deadline = target.deadline
    if deadline is None:
        return Made(goal=None, why=why("no_deadline"))
    sort = _sort(indicator, target)
    zero = from_zero(indicator, commitments)
    accumulation = _accumulation(sort, setting, commitments, zero=zero)
    if sort == "amount" and accumulation == "level":
        sort = "level"
    if sort == "level" and accumulation != "level":
        sort = "amount"
    direction, better = direction_of(indicator, target, setting)
    base, start, source = _baseline(
        target, indicator, setting, baselines, sort=sort, accumulation=accumulation, zero=zero
    )
    schedule: Schedule = setting.schedule if setting else ""
    held = direction == "maintain"
    if sort in ("growth", "range", "milestone"):
        schedule = "annual_only" if schedule == "annual_only" else ""
    elif sort != "change":
        schedule = schedule or "linear"
    within: tuple[Decimal, ...] = ()
    steps: tuple[tuple[date, Decimal], ...] = ()
    try:
        if schedule == "split" and setting:
            steps = _split(start, deadline, setting, shares or {})
            yearly = accumulation == "year_to_date" or (
                accumulation == "period" and months(start) // 12 == (months(deadline) - 1) // 12
            )
            if accumulation == "period":
                steps = _summed(steps)
            if yearly and year:
                whole = dict(steps).get(date(year, 12, 31))
                whole = target.magnitude if whole is None and year == deadline.year else whole
                inner = tuple(each for each in steps if each[0].month != 12)
                within = _year_shares(inner, year, whole) if whole and inner else ()
                steps = tuple(each for each in steps if each[0].month == 12)
            if not steps and not within:
                schedule = "linear" if yearly and setting.yearly_split else schedule
        elif schedule == "piecewise":
            steps = tuple(
                sorted(
                    (each.deadline, each.magnitude)
                    for each in others
                    if each.deadline and months(start) < months(each.deadline) < months(deadline)
                )
            )
            schedule = "piecewise" if steps else "linear"
        elif schedule == "yearly_steps" and base is not None:
            steps = _even(start, deadline, base, target.magnitude)
        elif schedule == "seasonal":
            within = profile
        goal = Goal(
            sort=sort,
            value=target.magnitude,
            bound=target.bound,
            high=target.magnitude_high if target.bound == "between" else None,
            accumulation=accumulation,
            direction=direction,
            better=better,
            binding=setting.binding if setting else "",
            schedule="linear" if held and schedule not in ("", "annual_only") else schedule,
            change="compound" if setting and setting.change == "compound" else "additive",
            falling=_holds(indicator.name, words().falling),
            start=start,
            deadline=deadline,
            baseline=base,
            steps=() if held else steps,
            within_year=within,
        )
    except GoalError as error:
        return Made(goal=None, why=why("type", error.message), sort=sort, accumulation=accumulation)
    return Made(
        goal=goal, baseline_source=source, sort=sort, accumulation=accumulation, direction=direction
    )
