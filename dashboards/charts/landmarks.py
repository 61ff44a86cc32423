"""Landmarks of a course: baseline, what was expected by now, the target and the one it replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from dashboards.messages import text
from dashboards.quantities import Scale, day, figure, number
from dashboards.theme import INK, MUTED
from dashboards.views.story import Value
from indicators.assessment import Verdict
from indicators.model import Target

__all__ = ["Landmark", "landmarks"]

Corner = tuple[Literal["top", "bottom"], Literal["left", "right"]]
_NEAR = 100
"""Days between a baseline and a value within which their words would meet."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A point with its words."""

    at: date
    value: Decimal
    words: str
    symbol: str
    corner: Corner
    """Where the words stand, seen from the point."""

    def trace(self, scale: Scale) -> dict[str, Any]:
        """Return the point."""
        return {
            "type": "scatter",
            "mode": "markers",
            "x": [self.at.isoformat()],
            "y": [float(self.value / scale.factor)],
            "marker": {
                "symbol": self.symbol,
                "size": 11,
                "color": INK,
                "line": {"color": INK, "width": 2},
            },
            "hovertext": [f"{self.words}<br>{day(self.at)}"],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
        }

    def label(self, scale: Scale) -> dict[str, Any]:
        """Return the words, on a ground that keeps lines from running through them."""
        upper, side = self.corner
        return {
            "x": self.at.isoformat(),
            "y": float(self.value / scale.factor),
            "xanchor": "right" if side == "left" else "left",
            "yanchor": "bottom" if upper == "top" else "top",
            "xshift": -7 if side == "left" else 7,
            "yshift": 5 if upper == "top" else -5,
            "text": self.words,
            "showarrow": False,
            "font": {"size": 12, "color": MUTED},
            "bgcolor": "rgba(255,255,255,0.85)",
            "borderpad": 1,
        }


def _baseline(verdict: Verdict, series: Sequence[Value]) -> Corner:
    """Put the words of the baseline where neither schedule nor values run."""
    assert verdict.baseline is not None
    assert verdict.baseline_date is not None
    near = [
        value.magnitude
        for value in series
        if abs((value.period_end - verdict.baseline_date).days) <= _NEAR
    ]
    if verdict.baseline > verdict.target.magnitude:
        return ("bottom", "left") if near and near[0] > verdict.baseline else ("top", "right")
    # Below the point there is the axis where it is low, and values where they lie under it.
    low = verdict.baseline * 8 < verdict.target.magnitude
    below = bool(near) and min(near) <= verdict.baseline
    return ("top", "left") if low or below else ("bottom", "right")


def _expected(verdict: Verdict) -> Corner:
    """Put the words of the schedule on the side that the actual value and its number leave free."""
    ahead = verdict.gap is None or verdict.gap >= 0
    if verdict.direction == "down":
        return ("top", "right") if ahead else ("bottom", "left")
    return ("bottom", "right") if ahead else ("top", "left")


def _target_words(name: str, target: Target, unit: str, scale: Scale) -> str:
    shown = figure(
        target.magnitude, unit, high=target.magnitude_high, bound=target.bound, scale=scale
    )
    return f"{text(f'indicator.{name}')} {shown}"


def landmarks(
    verdict: Verdict, scale: Scale, replaced: Target | None, series: Sequence[Value]
) -> list[Landmark]:
    """Return the points that a course is read against, each with its words.

    Args:
        verdict: of the target that is looked at.
        scale: the unit they are shown in.
        replaced: the target that a revision put aside.
        series: actual values in time; words keep off them.
    """
    target, unit = verdict.target, verdict.indicator.unit
    found: list[Landmark] = []
    if verdict.baseline is not None and verdict.baseline_date:
        words = f"{text('indicator.baseline_point')} {number(verdict.baseline / scale.factor)}"
        corner = _baseline(verdict, series)
        found.append(
            Landmark(verdict.baseline_date, verdict.baseline, words, "circle-open", corner)
        )
    if verdict.expected is not None and verdict.period is not None:
        words = f"{text('column.expected')} {number(verdict.expected / scale.factor)}"
        corner = _expected(verdict)
        found.append(Landmark(verdict.period.end, verdict.expected, words, "line-ew-open", corner))
    old = replaced if replaced is not None and replaced.deadline is not None else None
    if target.deadline is not None:
        words = _target_words("target_line", target, unit, scale)
        # Of an old and a new target the higher one has its words above, the lower one below.
        under = old is not None and old.magnitude > target.magnitude
        corner = ("bottom" if under else "top", "left")
        found.append(Landmark(target.deadline, target.magnitude, words, "diamond", corner))
    if old is not None and old.deadline is not None:
        words = _target_words("replaced", old, unit, scale)
        corner = ("top" if old.magnitude > target.magnitude else "bottom", "left")
        found.append(Landmark(old.deadline, old.magnitude, words, "diamond-open", corner))
    return found
