"""Where a course is heading: simple projections, chosen and measured on the series itself.

With 4 to 20 points no model deserves trust that it has not earned: four plain ones are tried on the
past of the series (rolling origin), the best is used, and its own errors make the interval.  Below
the minimum of points nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indicators.assessment.goal import Goal, months
from indicators.assessment.verdict import Language

__all__ = ["MODEL_LABELS", "Coverage", "Outlook", "covered", "project", "running"]

Floats = NDArray[np.float64]
Model = Literal["flat", "drift", "recent", "line"]
Chance = Literal["likely", "open", "unlikely"]

MINIMUM, MAXIMUM = 6, 20
"""Points below which nothing is said, and points that are looked back at."""
LEVEL = 0.8
FIRST = 4
"""Points that the first origin of a back-test has."""

MODEL_LABELS: Mapping[Model, str] = {
    "flat": "维持现值",
    "drift": "平均增速",
    "recent": "近四期增速",
    "line": "直线拟合",
}
CHANCE_LABELS: Mapping[Chance, str] = {
    "likely": "有望完成",
    "open": "难以断定",
    "unlikely": "难以完成",
}

_ENGLISH: Mapping[Model | Chance, str] = {
    "flat": "the present value kept",
    "drift": "the average pace",
    "recent": "the pace of the last four quarters",
    "line": "a straight line",
    "likely": "likely to be reached",
    "open": "open",
    "unlikely": "unlikely to be reached",
}


def _drift(at: Floats, value: Floats, ahead: Floats) -> Floats:
    slope = (value[-1] - value[0]) / (at[-1] - at[0])
    return np.asarray(value[-1] + slope * (ahead - at[-1]))


def _line(at: Floats, value: Floats, ahead: Floats) -> Floats:
    middle = at.mean()
    slope = ((at - middle) * (value - value.mean())).sum() / ((at - middle) ** 2).sum()
    return np.asarray(value.mean() + slope * (ahead - middle))


MODELS: Mapping[Model, Callable[[Floats, Floats, Floats], Floats]] = {
    "flat": lambda _, value, ahead: np.full(len(ahead), value[-1]),
    "drift": _drift,
    "recent": lambda at, value, ahead: _drift(at[-5:], value[-5:], ahead),
    "line": _line,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A projection to the deadline with its interval."""

    model: Model
    points: int
    quarters: float
    """Quarters from the last value to the deadline."""
    projected: float
    low: float
    high: float
    level: float
    chance: Chance
    """Whether the whole interval, a part or none of it meets the target."""
    tests: int
    """Errors of the back-test that the interval rests on."""

    def sentence(self, unit: str, language: Language = "zh") -> str:
        """Return the projection in words, with its interval and its ground."""
        numbers = (f"{each:,.4g}" for each in (self.projected, self.low, self.high))
        middle, low, high = numbers
        if language == "en":
            return (
                f"With {_ENGLISH[self.model]}, about {middle} {unit} by the deadline "
                f"({self.level:.0%} interval {low} to {high}): {_ENGLISH[self.chance]}; "
                f"from {self.points} values and {self.tests} back-tests"
            )
        return (
            f"按{MODEL_LABELS[self.model]}推算，到期约{middle}{unit}"
            f"（{self.level:.0%}区间 {low}—{high}），{CHANCE_LABELS[self.chance]}"
            f"；据{self.points}期数据、{self.tests}次回测"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How often the intervals held what came, over all series."""

    series: int
    inside: int
    level: float

    def sentence(self, language: Language = "zh") -> str:
        """Return the coverage as it is printed beside projections."""
        if language == "en":
            if not self.series:
                return "The interval is untested: no series is long enough"
            return (
                f"Such intervals held in {self.inside} of {self.series} series "
                f"(nominally {self.level:.0%})"
            )
        if not self.series:
            return "推算区间未经检验：没有足够长的序列"
        return f"推算区间的实际覆盖：{self.series}个序列中{self.inside}个（名义{self.level:.0%}）"


def _errors(at: Floats, value: Floats, model: Model) -> tuple[Floats, Floats]:
    """Return the errors of a model from every origin, and how far ahead each looked."""
    errors: list[float] = []
    ahead: list[float] = []
    for origin in range(FIRST, len(at)):
        found = MODELS[model](at[:origin], value[:origin], at[origin:])
        errors.extend((value[origin:] - found).tolist())
        ahead.extend((at[origin:] - at[origin - 1]).tolist())
    return np.array(errors), np.array(ahead)


def _projected(at: Floats, value: Floats, end: float) -> tuple[Model, float, float, int]:
    """Return the best model, its projection, half the width of its interval, and the tests."""
    tried = {model: _errors(at, value, model) for model in MODELS}
    scaled = {model: np.abs(error) / np.sqrt(ahead) for model, (error, ahead) in tried.items()}
    best = min(MODELS, key=lambda model: float(scaled[model].mean()))
    # The quantile of so few errors is taken one error further out than the plain one.
    sizes = np.sort(scaled[best])
    rank = min(ceil((len(sizes) + 1) * LEVEL), len(sizes))
    half = float(sizes[rank - 1]) * sqrt(max(end - at[-1], 0.0))
    middle = float(MODELS[best](at, value, np.array([end]))[0])
    return best, middle, half, len(sizes)


def _series(values: Sequence[tuple[date, float]]) -> tuple[Floats, Floats] | None:
    latest = [(months(day), number) for day, number in values if np.isfinite(number)][-MAXIMUM:]
    if len(latest) < MINIMUM:
        return None
    at = np.array([month / 3 for month, _ in latest])
    value = np.array([number for _, number in latest], float)
    if (np.diff(at) <= 0).any() or np.abs(value).max() > 1e30:
        return None
    return at, value


def _resets(goal: Goal) -> bool:
    """Tell whether values start again each January."""
    return goal.sort in ("amount", "count") and (
        goal.accumulation == "year_to_date" or (goal.accumulation == "period" and goal.one_year)
    )


def running(values: Sequence[tuple[date, float]]) -> list[tuple[date, float]]:
    """Return years to date as one sum that runs on, from the last gap between years."""
    found: list[tuple[date, float]] = []
    before, year = 0.0, None
    last: tuple[date, float] | None = None
    for day, number in values:
        if year is not None and day.year != year:
            closed = last is not None and last[0].month == 12 and day.year == year + 1
            before, found = (before + last[1], found) if closed and last else (0.0, [])
        year, last = day.year, (day, number)
        found.append((day, before + number))
    return found


def _opening(at: Floats, value: Floats, model: Model, end: float) -> float:
    """Return what the running sum was, or will be, when the deadline's year begins."""
    opening = float(ceil(end / 4) - 1) * 4
    if opening >= at[-1]:
        return float(MODELS[model](at, value, np.array([opening]))[0])
    known = np.flatnonzero(at == opening)
    # A sum that begins within the deadline's year began at 0.
    return float(value[known[-1]]) if known.size else 0.0


def project(goal: Goal, values: Sequence[tuple[date, float]]) -> Outlook | None:
    """Project a course to its deadline.

    Args:
        goal: the target; only what has a course (no growth, range or milestone).
        values: day and value, in order of time, in the goal's accumulation.

    Returns:
        The outlook; None below six points and past the deadline.  Of values that start again each
        January the sum that runs on is projected, and the deadline's year taken from it.
    """
    made = _series(running(values) if _resets(goal) else values)
    end = months(goal.deadline) / 3
    if made is None or goal.sort in ("growth", "range", "milestone") or made[0][-1] >= end:
        return None
    at, value = made
    model, middle, half, tests = _projected(at, value, end)
    if _resets(goal):
        middle -= _opening(at, value, model, end)
    low, high = middle - half, middle + half
    sign = 1.0 if goal.better == "up" else -1.0
    aim = float(goal.value) - sign * float(goal.tolerance)
    ends = [sign * (each - aim) >= 0 for each in (low, high)]
    chance: Chance = "likely" if all(ends) else "open" if any(ends) else "unlikely"
    return Outlook(
        model=model,
        points=len(at),
        quarters=float(end - at[-1]),
        projected=middle,
        low=low,
        high=high,
        level=LEVEL,
        chance=chance,
        tests=tests,
    )


def covered(many: Sequence[Sequence[tuple[date, float]]], ahead: int = 1) -> Coverage:
    """Return how often intervals held the value that came ``ahead`` points later.

    Each series is cut before its last points, projected from there, and compared with what came;
    series that would be too short for a projection after the cut are left out.
    """
    inside = series = 0
    for values in many:
        whole = _series(values)
        if whole is None or len(whole[0]) - ahead < MINIMUM:
            continue
        at, value = whole
        _, middle, half, _ = _projected(at[:-ahead], value[:-ahead], float(at[-1]))
        series += 1
        inside += bool(abs(value[-1] - middle) <= half + 1e-12 * abs(middle))
    return Coverage(series=series, inside=inside, level=LEVEL)
