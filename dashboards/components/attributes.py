"""Attributes whose names hold a hyphen (aria-label, data-label), and charts with our settings."""

from __future__ import annotations

from typing import Any

from dash import dcc
from dash.development.base_component import Component

from dashboards.components import markup as html
from dashboards.messages import language, text
from dashboards.theme import GRAPH_CONFIG

__all__ = ["attributes", "chart", "content"]


def attributes(**named: str) -> dict[str, Any]:
    """Return attributes with their hyphens: ``aria_label`` becomes ``aria-label``."""
    return {name.replace("_", "-"): value for name, value in named.items()}


def content() -> dict[str, str]:
    """Return the attribute of what stands as it was written, on a page of another language."""
    return {} if language() == "zh" else {"lang": "zh-CN"}


def chart(name: str, figure: dict[str, Any], label: str, *, height: int = 0) -> Component:
    """Return a chart that a screen reader announces by its label; its height else from the style."""
    config: Any = {**GRAPH_CONFIG, "locale": text("site.language")}
    drawn = dcc.Graph(
        id=name,
        figure=figure,
        config=config,
        className=f"chart chart-{name}",
        responsive=True,
        style={"height": f"{height}px"} if height else {},
    )
    return html.Div(drawn, role="figure", **attributes(aria_label=label))
