"""Filters as plain selects in a form; a script writes what is chosen into the address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.attributes import attributes
from dashboards.messages import text

__all__ = ["chooser", "select"]


def select(
    name: str, label: str, everything: str, options: Iterable[tuple[str, str]], chosen: str
) -> Component:
    """Return a labelled select; ``options`` are (value, words), ``everything`` chooses none."""
    return html.Div(
        [
            html.Label(label, htmlFor=f"filter-{name}", className="filter-label"),
            html.Select(
                [
                    html.Option(everything, value="", selected=not chosen),
                    *(
                        html.Option(words, value=value, selected=value == chosen)
                        for value, words in options
                    ),
                ],
                name=name,
                id=f"filter-{name}",
            ),
        ],
        className="filter",
    )


def chooser(selects: Sequence[Component], *, clear: str = "", note: str = "") -> Component:
    """Return the form of filters, with the way to clear them and the number of rows found."""
    rest: list[Component] = []
    if clear:
        rest.append(dcc.Link(text("filter.clear"), href=clear, className="more"))
    if note:
        rest.append(html.Span(note, className="muted filter-note"))
    return html.Form(
        [*selects, *rest],
        className="chooser filters",
        role="search",
        **attributes(aria_label=text("filter.label")),
    )
