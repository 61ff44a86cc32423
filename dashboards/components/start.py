"""What stands where no target is accepted yet: the next step, with the way there."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.access import may
from dashboards.components import markup as html
from dashboards.messages import text
from dashboards.views import Snapshot

__all__ = ["first_steps"]


def first_steps(snapshot: Snapshot) -> Component:
    """Return what to do next: load a document, or review what waits; links for who may."""
    waiting = sum(row.review == "proposed" for row in snapshot.commitments.values())
    words = (
        text("overview.empty_waiting", count=waiting) if waiting else text("overview.empty_action")
    )
    ways = [("/documents", "overview.empty_load", not waiting)]
    if waiting:
        ways.insert(0, ("/review", "overview.empty_review", True))
    links = [
        html.Link(text(key), href=href, className="button button-main" if main else "button")
        for href, key, main in ways
    ]
    offered: list[Component] = []
    if may("decide"):
        offered = [
            html.Div(links, className="tools"),
            html.P(text("overview.empty_command"), className="note"),
        ]
    return html.Div(
        [html.P(text("overview.empty")), html.P(words, className="muted"), *offered],
        className="empty",
    )
