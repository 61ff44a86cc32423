"""Actual values as bars with their targets as strokes, one row a place."""

from __future__ import annotations

from typing import Any

from dashboards.messages import joined, text
from dashboards.quantities import figure
from dashboards.theme import FILLS, INK, MUTED, axis, layout
from dashboards.views.comparison import Compared, Comparison

__all__ = ["comparison_figure"]


def _words(row: Compared, told: Comparison) -> str:
    """Return actual and target as they stand behind a bar; no-break spaces keep off the stroke."""
    parts = [
        f"{text(f'compare.{name}')} {figure(value, told.unit, scale=told.scale)}"
        for name, value in (("actual", row.actual), ("target", row.target))
        if value is not None
    ]
    return "\u00a0\u00a0" + joined(parts, "space")


def comparison_figure(told: Comparison) -> dict[str, Any]:
    """Return the chart of a comparison, the first row on top."""
    rows = list(reversed(told.rows))
    factor = told.scale.factor
    names = [
        f"{row.place}<br>{row.name}{'' if row.same else text('compare.other_mark')}" for row in rows
    ]
    furthest = max((max(row.actual or 0, row.target or 0) for row in rows), default=0)
    bars = {
        "type": "bar",
        "orientation": "h",
        "name": text("compare.actual"),
        "y": names,
        "x": [None if row.actual is None else float(row.actual / factor) for row in rows],
        "marker": {
            "color": [INK if row.same else FILLS["grey"] for row in rows],
            # A pattern tells other calibers apart where colour does not reach.
            "pattern": {"shape": ["" if row.same else "/" for row in rows], "fgcolor": "#ffffff"},
        },
        "width": 0.5,
        "hovertext": [figure(row.actual, told.unit, scale=told.scale) for row in rows],
        "hovertemplate": "%{y}<br>" + text("compare.actual") + " %{hovertext}<extra></extra>",
        "customdata": [f"/indicators/{row.indicator_id}" for row in rows],
    }
    strokes = {
        "type": "scatter",
        "mode": "markers",
        "name": text("compare.target"),
        "y": names,
        "x": [None if row.target is None else float(row.target / factor) for row in rows],
        "marker": {"symbol": "line-ns-open", "size": 26, "color": MUTED, "line": {"width": 3}},
        "hovertext": [figure(row.target, told.unit, scale=told.scale) for row in rows],
        "hovertemplate": "%{y}<br>" + text("compare.target") + " %{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
    words = {
        "type": "scatter",
        "mode": "text",
        "y": names,
        "x": [float(max(row.actual or 0, row.target or 0) / factor) for row in rows],
        "text": [_words(row, told) for row in rows],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    return {
        "data": [bars, strokes, words],
        "layout": layout(
            margin={"l": 8, "r": 24, "t": 8, "b": 44},
            xaxis=axis(
                # Room for the words behind the longest bar.
                range=[0, float(furthest / factor) * 1.45 or 1],
                title={"text": told.scale.unit, "font": {"size": 12}, "standoff": 6},
                exponentformat="none",
            ),
            yaxis=axis(automargin=True, showgrid=False, ticks=""),
        ),
    }
