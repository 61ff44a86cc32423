"""What can be taken away from a chart: its data as a table, its picture."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.components import markup as html
from dashboards.components.attributes import attributes
from dashboards.messages import text

__all__ = ["downloads"]


def downloads(name: str, table: str) -> Component:
    """Return the links under a chart; the pictures are made in the browser, of the section's chart.

    Args:
        name: what the files are called.
        table: address of the data as CSV.
    """
    pictures = [
        html.Button(
            text(f"download.{form}"),
            type="button",
            className="plain-button",
            **attributes(data_picture=form, data_name=name),
        )
        for form in ("svg", "png")
    ]
    return html.Div(
        [html.A(text("download.csv"), href=table, className="more"), *pictures],
        className="downloads",
    )
