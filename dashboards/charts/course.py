"""One indicator over time: actual values, schedule, target, baseline and deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dashboards.charts.landmarks import landmarks
from dashboards.messages import joined, text
from dashboards.quantities import Scale, number, period_of, quarter_of
from dashboards.theme import FILLS, GRID, GROUND, INK, MUTED, SYMBOLS, WORDS, axis, layout
from dashboards.views.story import Story, Value
from indicators.assessment import Verdict, schedule_points

__all__ = ["course_figure"]

LABELLED = 14
"""Points that can carry their number without lying over each other."""


def _shown(value: Decimal, scale: Scale) -> float:
    return float(value / scale.factor)


def _series(values: Sequence[Value]) -> list[Value]:
    """Return one value a period, the trusted one, in time."""
    first: dict[date, Value] = {}
    for value in values:
        first.setdefault(value.period_end, value)
    return sorted(first.values(), key=lambda value: value.period_end)


def schedule_line(verdict: Verdict) -> list[tuple[date, Decimal]]:
    """Return the expected course as points; none where nothing is expected before the deadline."""
    points = schedule_points(verdict)
    return list(points) if len(points) > 1 else []


def _line(points: Sequence[tuple[date, Decimal]], scale: Scale) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": text("indicator.schedule_line"),
        "x": [at.isoformat() for at, _ in points],
        "y": [_shown(value, scale) for _, value in points],
        "line": {"color": MUTED, "width": 1.5, "dash": "dash"},
        "hoverinfo": "skip",
    }


def _caliber_day(story: Story) -> date | None:
    """Return the day from which values are of another caliber than before, if any."""
    setting = story.verdict.setting if story.verdict else None
    return setting.caliber_since if setting else None


def _actual(story: Story) -> list[dict[str, Any]]:
    """Return the values as one line, or as two that do not meet where the caliber changed."""
    series, day = _series(story.values), _caliber_day(story)
    if day is None:
        return _reported(story, series)
    parts = (
        [each for each in series if each.period_end < day],
        [each for each in series if each.period_end >= day],
    )
    return [trace for part in parts if part for trace in _reported(story, part)]


def _reported(story: Story, series: Sequence[Value]) -> list[dict[str, Any]]:
    light = story.verdict.light if story.verdict else "grey"
    sizes = [13 if value.judged else 9 for value in series]
    colors = [FILLS[light] if value.judged else INK for value in series]
    symbols = [SYMBOLS[light] if value.judged else "circle" for value in series]
    # A long course carries the number of its last point alone.
    first = 0 if len(series) <= LABELLED else len(series) - 1
    return [
        {
            "type": "scatter",
            "mode": "lines+markers+text",
            "name": text("indicator.actual"),
            "x": [value.period_end.isoformat() for value in series],
            "y": [_shown(value.magnitude, story.scale) for value in series],
            "line": {"color": INK, "width": 2},
            "marker": {
                "symbol": symbols,
                "size": sizes,
                "color": colors,
                # Plotly draws points of unequal size translucent unless told otherwise.
                "opacity": 1,
                "line": {"color": GROUND, "width": 1.5},
            },
            "text": [
                number(value.magnitude / story.scale.factor) if place >= first else ""
                for place, value in enumerate(series)
            ],
            "textposition": _positions(series, story.verdict),
            "textfont": {"size": 13, "color": INK},
            "hovertext": [
                joined((period_of(value.period_end), value.shown), "space") for value in series
            ],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
        }
    ]


def _outlook(story: Story) -> list[dict[str, Any]]:
    """Return the projection to the deadline as a band that opens from the last value."""
    told, verdict = story.outlook, story.verdict
    if told is None or verdict is None or verdict.target.deadline is None:
        return []
    series = _series(story.values)
    if not series or verdict.accumulation == "year_to_date":
        return []
    last, factor = series[-1], float(story.scale.factor)
    start, end = last.period_end.isoformat(), verdict.target.deadline.isoformat()
    at = float(last.magnitude) / factor
    low, high, middle = told.low / factor, told.high / factor, told.projected / factor
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": text("indicator.outlook"),
            "x": [start, end, end, start],
            "y": [at, high, low, at],
            "fill": "toself",
            "fillcolor": "rgba(86, 99, 117, 0.14)",
            "line": {"width": 0},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "x": [start, end],
            "y": [at, middle],
            "line": {"color": INK, "width": 1, "dash": "dot"},
            "hoverinfo": "skip",
        },
    ]


def _earlier(story: Story) -> list[dict[str, Any]]:
    """Return values that were restated, as small open points under what replaced them."""
    before = [(value, each) for value in story.values for each in value.earlier]
    if not before:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": text("indicator.restated_title"),
            "x": [value.period_end.isoformat() for value, _ in before],
            "y": [_shown(each.magnitude, story.scale) for _, each in before],
            "marker": {"symbol": "circle-open", "size": 8, "color": MUTED, "line": {"width": 1.5}},
            "hovertext": [text("indicator.restated", value=each.shown) for _, each in before],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]


def _positions(series: Sequence[Value], verdict: Verdict | None) -> list[str]:
    """Put each number beside its point where neither the schedule nor its own line runs.

    A rising course leaves free what lies right below and left above of a point, a falling one the
    two other corners; of these the schedule takes one.
    """
    free, other = "bottom right", "top left"
    falls = verdict is not None and verdict.direction == "down"
    ahead = verdict is None or verdict.gap is None or verdict.gap >= 0
    if falls:
        free, other = "top right", "bottom left"
    if ahead:
        free, other = other, free
    # A value that was restated has its old point on one side: the number takes the other.
    return [
        other
        if value.earlier
        and (value.earlier[0].magnitude < value.magnitude) != free.startswith("top")
        else free
        for value in series
    ]


def _gap(verdict: Verdict, scale: Scale) -> list[dict[str, Any]]:
    """Return the vertical stroke between what was expected and what was reached."""
    if verdict.period is None or verdict.expected is None or verdict.actual is None:
        return []
    at = verdict.period.end.isoformat()
    return [
        {
            "type": "line",
            "x0": at,
            "x1": at,
            "y0": _shown(verdict.expected, scale),
            "y1": _shown(verdict.actual, scale),
            "line": {"color": WORDS[verdict.light], "width": 2, "dash": "solid"},
            "layer": "below",
        }
    ]


_STEPS = (1, 2, 4, 8, 20, 40, 80, 200, 400, 2000, 10_000)
"""Quarters from tick to tick, up to all the years that a date can have."""


def _ticks(first: date, last: date) -> dict[str, Any]:
    """Return a tick at quarter ends, thinned to at most five, each written as 2026Q3.

    Five fit on a phone without running into each other.
    """
    ends = [
        date(year, month, 31 if month in (3, 12) else 30)
        for year in range(first.year, last.year + 1)
        for month in (3, 6, 9, 12)
    ]
    inside = [end for end in ends if first <= end <= last]
    step = next(each for each in _STEPS if len(inside) <= each * 5)
    # Counted from the last year's end, so that a thinned axis shows year ends.
    kept = [end for end in inside if (end.year * 4 + end.month // 3) % step == 0]
    return {
        "tickvals": [end.isoformat() for end in kept],
        "ticktext": [quarter_of(end) for end in kept],
    }


def course_figure(story: Story) -> dict[str, Any] | None:
    """Return the chart of an indicator, or None where there is nothing to draw."""
    verdict, scale = story.verdict, story.scale
    line = schedule_line(verdict) if verdict else []
    days = [value.period_end for value in story.values] + [at for at, _ in line]
    if verdict and verdict.target.deadline:
        days.append(verdict.target.deadline)
    if story.replaced and story.replaced.deadline:
        days.append(story.replaced.deadline)
    if not story.values and not line:
        return None
    traces: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = [_unit(scale)]
    if verdict:
        if line:
            traces.append(_line(line, scale))
        points = landmarks(verdict, scale, story.replaced, _series(story.values))
        traces += [point.trace(scale) for point in points]
        notes += [point.label(scale) for point in points]
        shapes += _gap(verdict, scale)
        if verdict.target.deadline:
            shapes.append(_upright(verdict.target.deadline))
        if changed := _caliber_day(story):
            shapes.append(_upright(changed, dash="dot", color=MUTED))
            notes.append(_note(changed))
            days.append(changed)
    if story.values:
        traces += _outlook(story) + _earlier(story) + _actual(story)
    first, last = min(days), max(days)
    room = max(40, (last - first).days // 14)
    return {
        "data": traces,
        "layout": layout(
            margin={"l": 48, "r": 24, "t": 40, "b": 36},
            xaxis=axis(
                type="date",
                range=[
                    date.fromordinal(first.toordinal() - room).isoformat(),
                    date.fromordinal(last.toordinal() + room).isoformat(),
                ],
                showgrid=False,
                tickangle=0,
                **_ticks(first, last),
            ),
            yaxis=axis(
                rangemode="normal" if scale.unit == "%" else "tozero",
                separatethousands=False,
                exponentformat="none",
            ),
            shapes=shapes,
            annotations=notes,
            hovermode="closest",
        ),
    }


def _upright(at: date, *, dash: str = "solid", color: str = GRID) -> dict[str, Any]:
    """Return a line over the whole height at a day."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": at.isoformat(),
        "x1": at.isoformat(),
        "y0": 0,
        "y1": 1,
        "line": {"color": color, "width": 1, "dash": dash},
        "layer": "below",
    }


def _unit(scale: Scale) -> dict[str, Any]:
    """Return the unit above the axis: upright a single 个 cannot be told from an arrow."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -44,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 10,
        "text": text("indicator.in_units", unit=scale.unit),
        "showarrow": False,
        "font": {"size": 12, "color": MUTED},
    }


def _note(at: date) -> dict[str, Any]:
    """Return the words at the day on which the caliber changed."""
    return {
        "x": at.isoformat(),
        "xref": "x",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": text("indicator.caliber_line"),
        "showarrow": False,
        "font": {"size": 12, "color": MUTED},
    }
