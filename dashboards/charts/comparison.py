"""Actual values as bars with their targets as strokes, one row a place."""

from __future__ import annotations

from typing import Any

from dashboards.messages import text
from dashboards.quantities import figure
from dashboards.theme import FILLS, INK, MUTED, axis, layout
from dashboards.views.comparison import Comparison

__all__ = ["comparison_figure"]


def comparison_figure(told: Comparison) -> dict[str, Any]:
    """Return the chart of a comparison, the first row on top."""
    rows = list(reversed(told.rows))
    factor = told.scale.factor
    names = [
        f"{row.place}　{row.name}{'' if row.same else text('compare.other_mark')}" for row in rows
    ]
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
        "text": [
            figure(row.actual, told.unit, scale=told.scale) if row.actual else "" for row in rows
        ],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}<br>%{text}<extra></extra>",
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
    return {
        "data": [bars, strokes],
        "layout": layout(
            margin={"l": 8, "r": 90, "t": 8, "b": 44},
            xaxis=axis(
                rangemode="tozero",
                title={"text": told.scale.unit, "font": {"size": 12}, "standoff": 6},
                exponentformat="none",
            ),
            yaxis=axis(automargin=True, showgrid=False, ticks=""),
            showlegend=True,
            legend={
                "orientation": "h",
                "y": 1.02,
                "yanchor": "bottom",
                "x": 0,
                "font": {"size": 12},
            },
        ),
    }
