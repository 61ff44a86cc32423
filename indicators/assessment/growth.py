"""The growth-rate rule: observed against required yearly growth, with scores.

Formulas: progress measurement of Open SDG as Statistics Canada publishes it.  With a target the
value is the ratio of observed to required compound growth; without one it is the observed growth,
against thresholds that shrink near a natural limit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.assessment.columns import (
    BASES,
    REASONS,
    Codes,
    Columns,
    Flags,
    Floats,
    Outcome,
    Readings,
    state_code,
)
from indicators.assessment.kernel import grade
from indicators.assessment.profile import Growth, Line, Profile
from indicators.assessment.verdict import LIGHTS
from indicators.assessment.ways import AMOUNT, COUNT

__all__ = ["NOT_AVAILABLE", "TARGET_ACHIEVED", "Progress", "assess", "assess_columns", "total"]

UNKNOWN, ACHIEVED = state_code("not_assessable"), state_code("achieved")
NOT_AVAILABLE, TARGET_ACHIEVED = "not_available", "target_achieved"
"""Words of the source for what lies outside its classes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What the rule says of every series."""

    value: Floats
    """Ratio of growth rates with a target, growth rate without; NaN for not available."""
    score: Floats
    achieved: Flags
    targeted: Flags
    band: Codes
    """Number of the class; -1 where the target is achieved or nothing can be said."""


def _rate(last: Floats, first: Floats, years: Floats) -> NDArray[np.complex128]:
    """Return compound yearly growth.

    Across zero the root is complex, and the rule takes the size of what results, as its source
    does: a target on the other side of zero is no reason to stay silent.
    """
    rate: NDArray[np.complex128] = np.power((last / first).astype(np.complex128), 1 / years) - 1
    real = last / first >= 0
    rate[real] = np.power((last / first)[real], 1 / years[real]) - 1
    return rate


def _shrink(base: Floats, limit: Floats, exponent: float) -> Floats:
    """Return the factor by which thresholds shrink near a natural limit; 1 without one."""
    size, edge = np.abs(base), np.abs(limit)
    inside = 1 - (size / edge) ** exponent
    beyond = 1 - ((2 * edge - size) / edge) ** exponent
    factor = np.where(size >= 2 * edge, 1.0, np.where(size <= edge, inside, beyond))
    shrunk: Floats = np.where(np.isnan(limit), 1.0, factor)
    return shrunk


def _score(value: Floats, lines: tuple[Line, ...], factor: Floats, limit: float) -> Floats:
    """Return the score of values by pieces of straight lines, clipped to ±limit."""
    score = np.full(len(value), np.nan)
    open_ = ~np.isnan(value)
    for line in lines:
        edge = line.limit * factor if np.isfinite(line.limit) else np.full(len(value), -np.inf)
        here = open_ & (value >= edge)
        slope = line.slope / factor if line.shrinks else np.full(len(value), line.slope)
        flat = line.shrinks & (factor == 0)
        with np.errstate(all="ignore"):
            piece = np.where(flat, limit, slope * value + line.intercept)
        score[here] = piece[here]
        open_ &= ~here
    clipped: Floats = np.clip(score, -limit, limit)
    return clipped


def _band(value: Floats, factor: Floats, rule: Growth, targeted: Flags, score: Floats) -> Codes:
    if rule.by_score:
        found = np.where(targeted, grade(score, rule.bands), grade(score, rule.free_bands))
        return found.astype(np.int8)
    with np.errstate(all="ignore"):
        free = np.full(len(value), len(rule.free_bands) - 1, np.int8)
        for number in range(len(rule.free_bands) - 2, -1, -1):
            band = rule.free_bands[number]
            free[value >= band.limit * factor] = number
    return np.where(targeted, grade(value, rule.bands), free).astype(np.int8)


def assess(
    rule: Growth,
    *,
    base: Floats,
    base_year: Floats,
    current: Floats,
    current_year: Floats,
    target: Floats,
    target_year: Floats,
    direction: Floats,
    limit: Floats,
) -> Progress:
    """Judge series by growth rates.

    Args:
        rule: thresholds, score lines and choices.
        base: value in ``base_year``; NaN for none.
        base_year: NaN stands for the rule's own.
        current: latest value.
        current_year: its year.
        target: NaN for a series without target; zero is replaced by the rule's small number.
        target_year: NaN stands for the rule's own.
        direction: +1 where more is better, -1 where less is.
        limit: natural limit; read only without a target.

    Returns:
        Values, scores and classes, one a series.
    """
    with np.errstate(all="ignore"):
        return _assess(
            rule,
            base=base,
            base_year=base_year,
            current=current,
            current_year=current_year,
            target=target,
            target_year=target_year,
            direction=direction,
            limit=limit,
        )


def _assess(
    rule: Growth,
    *,
    base: Floats,
    base_year: Floats,
    current: Floats,
    current_year: Floats,
    target: Floats,
    target_year: Floats,
    direction: Floats,
    limit: Floats,
) -> Progress:
    base_year = np.where(np.isnan(base_year), rule.base_year, base_year)
    target_year = np.where(np.isnan(target_year), rule.target_year, target_year)
    targeted = ~np.isnan(target)
    target = np.where(target == 0, rule.zero, target)
    achieved = targeted & (direction * (current - target) >= 0)
    factor = np.where(targeted, 1.0, _shrink(base, limit, rule.exponent))
    sign = np.where(base < 0, -1.0, 1.0)
    start = np.where(base == 0, rule.zero, base)
    known = (
        ~np.isnan(base)
        & ~np.isnan(current)
        & ~(start * current < 0)
        & (current_year - base_year >= 1)
    )
    observed = sign * direction * _rate(current, start, current_year - base_year).real
    # A target year before the base year is computed like any other, as the source does.
    span = target_year - base_year
    required = np.where(span != 0, np.abs(_rate(target, start, span)), np.nan)
    value = np.where(targeted, observed / required, observed)
    value = np.where(known & np.isfinite(value), value, np.nan)
    score = np.where(
        targeted,
        _score(value, rule.score, np.ones(len(value)), rule.score_limit),
        _score(value, rule.free_score, factor, rule.score_limit),
    )
    score = np.where(achieved, rule.score_limit, score)
    band = _band(value, factor, rule, targeted, score)
    band[achieved | np.isnan(value)] = -1
    return Progress(value=value, score=score, achieved=achieved, targeted=targeted, band=band)


def assess_columns(rules: Profile, columns: Columns, readings: Readings) -> Outcome:
    """Judge targets of the ledger by growth rates, their months as parts of years."""
    assert rules.growth is not None
    size = len(columns)
    none = np.full(size, np.nan)
    seen = (readings.at >= 0) & (readings.broken == 0)
    # A value of a part of a year has no yearly growth.
    partial = seen & (columns.basis == BASES.index("year_to_date")) & (readings.at % 12 != 0)
    partial &= (columns.sort == AMOUNT) | (columns.sort == COUNT)
    current = np.where(seen & ~partial, readings.actual, np.nan)
    progress = assess(
        rules.growth,
        base=columns.baseline,
        base_year=columns.start / 12,
        current=current,
        current_year=readings.at / 12,
        target=columns.value,
        target_year=columns.deadline / 12,
        direction=columns.sign,
        limit=none,
    )
    bands = rules.growth.bands
    states = np.array([state_code(band.state) for band in bands], np.int8)
    lights = np.array([LIGHTS.index(band.light) for band in bands], np.int8)
    state = np.where(progress.band >= 0, states[progress.band], UNKNOWN).astype(np.int8)
    state[progress.achieved] = ACHIEVED
    reason = np.zeros(size, np.int8)
    silent = (progress.band < 0) & ~progress.achieved
    reason[silent] = REASONS.index("one_point")
    with np.errstate(all="ignore"):
        reason[silent & (columns.baseline * current < 0)] = REASONS.index("signs")
    for where, to, code in (
        (silent & np.isnan(columns.baseline), "no_baseline", "no_baseline"),
        (np.isnan(current), "not_due", "no_value"),
        (np.isnan(current) & readings.overdue, "not_reported", "quarter_missing"),
        (partial, "not_due", "annual_only"),
    ):
        state[where] = state_code(to)
        reason[where] = REASONS.index(code)
    broken = readings.broken > 0
    state[broken], reason[broken] = UNKNOWN, readings.broken[broken]
    left = np.maximum(-((readings.at - columns.deadline) // 3), 0)
    return Outcome(
        state=state,
        reason=reason,
        expected=none,
        done=none,
        elapsed=none,
        gap=columns.sign * (current - columns.value),
        points=none,
        run_rate=none,
        quarters=np.where(np.isnan(current), -1, left).astype(np.int32),
        score=progress.score,
        category=progress.band,
        light=np.where(progress.band >= 0, lights[progress.band], -1).astype(np.int8),
    )


def total(rule: Growth, scores: Floats, achieved: Flags, targeted: Flags) -> tuple[float, str]:
    """Return the score and the class of an indicator, the mean of its series.

    It is achieved only if all its series are; where none of them has a target, the classes are
    those of ``free_total_bands``.
    """
    known = ~np.isnan(scores)
    if not known.any():
        return float("nan"), NOT_AVAILABLE
    mean = float(np.mean(scores[known]))
    if achieved[known].all():
        return mean, TARGET_ACHIEVED
    bands = rule.total_bands if targeted.any() else rule.free_total_bands
    return mean, bands[grade(np.array([mean]), bands)[0]].category
