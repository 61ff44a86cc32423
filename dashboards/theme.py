"""Ink, lights and type: the one place that knows a colour.

A light is never colour alone: it has a shape (the same in text, tables and charts) and a word.
Text colours reach a contrast of 4.5 on white (WCAG 2.2, 1.4.3), shapes 3.0 (1.4.11); a test
computes both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indicators.assessment.verdict import Light

__all__ = [
    "FILLS",
    "GLYPHS",
    "GRAPH_CONFIG",
    "GRAVITY",
    "GRID",
    "GROUND",
    "INK",
    "MUTED",
    "SYMBOLS",
    "WORDS",
    "axis",
    "layout",
]

INK = "#14263d"
MUTED = "#566375"
GRID = "#dfe4ea"
GROUND = "#ffffff"

WORDS: Mapping[Light, str] = {
    "green": "#1c6b43",
    "yellow": "#835500",
    "red": "#a61b1b",
    "grey": "#566375",
}
"""Colour of a light's word on white."""

FILLS: Mapping[Light, str] = {
    "green": "#2a8c5b",
    "yellow": "#c98a00",
    "red": "#c22f2f",
    "grey": "#8592a3",
}
"""Colour of a light's shape on white."""

GLYPHS: Mapping[Light, str] = {"green": "●", "yellow": "▲", "red": "■", "grey": "○"}
GRAVITY: tuple[Light, ...] = ("red", "yellow", "green", "grey")
"""Lights in the order in which a leader asks for them."""
SYMBOLS: Mapping[Light, str] = {
    "green": "circle",
    "yellow": "triangle-up",
    "red": "square",
    "grey": "circle-open",
}
"""The same shapes as Plotly names them."""

FONT = (
    '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", '
    '"Noto Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif'
)

GRAPH_CONFIG: Mapping[str, Any] = {
    "displaylogo": False,
    "responsive": True,
    # Unpublished figures must not leave the machine: plotly.js 4 offers a button that would send
    # the chart to a cloud service.
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "modeBarButtonsToRemove": ["sendChartToCloud", "lasso2d", "select2d", "autoScale2d"],
    "displayModeBar": False,
}
"""Configuration of every chart."""


def axis(**more: object) -> dict[str, object]:
    """Return the axis of every chart, with what this one adds."""
    return {
        "gridcolor": GRID,
        "linecolor": INK,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": GRID,
        "tickfont": {"size": 12, "color": MUTED},
        "fixedrange": True,
        **more,
    }


def layout(**more: object) -> dict[str, object]:
    """Return the layout of every chart, with what this one adds."""
    return {
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 56, "r": 24, "t": 16, "b": 48},
        "showlegend": False,
        # A decimal point and no separator of thousands: 万 and 亿 shorten instead.
        "separators": ".",
        "hoverlabel": {
            "bgcolor": GROUND,
            "bordercolor": INK,
            "font": {"family": FONT, "size": 13, "color": INK},
            "align": "left",
        },
        "dragmode": False,
        "uirevision": "chart",
        **more,
    }
