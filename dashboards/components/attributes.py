"""Attributes whose names hold a hyphen (aria-label, data-label), and charts with our settings."""

from __future__ import annotations

from typing import Any

from dash import dcc
from dash.development.base_component import Component

from dashboards.components import markup as html
from dashboards.theme import GRAPH_CONFIG

__all__ = ["attributes", "chart"]


def attributes(**named: str) -> dict[str, Any]:
    """Return attributes with their hyphens: ``aria_label`` becomes ``aria-label``."""
    return {name.replace("_", "-"): value for name, value in named.items()}


def chart(name: str, figure: dict[str, Any], label: str, *, height: int = 0) -> Component:
    """Return a chart that a screen reader announces by its label; its height else from the style."""
    config: Any = dict(GRAPH_CONFIG)
    drawn = dcc.Graph(
        id=name,
        figure=figure,
        config=config,
        className=f"chart chart-{name}",
        responsive=True,
        style={"height": f"{height}px"} if height else {},
    )
    return html.Div(drawn, role="figure", **attributes(aria_label=label))
