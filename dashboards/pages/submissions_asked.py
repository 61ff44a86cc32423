"""报送: the indicators that an office is asked for this quarter, each with what it has reported."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboards.components import heading
from dashboards.components import markup as html
from dashboards.components.tables import table
from dashboards.messages import text
from dashboards.views import Snapshot
from dashboards.views.evidence import cell_address
from dashboards.views.handing import Asked, Reported, asked
from indicators.submissions.flow import Standing

__all__ = ["asked_sections", "reported"]

LISTED = 120
"""Indicators listed, of all offices that the person hands in for."""


def asked_sections(
    snapshot: Snapshot, own: Sequence[Standing], code: str, *, folded: bool
) -> Sequence[Component]:
    """Return what each office is asked for; folded away for who only looks after the offices."""
    made: list[Component] = []
    listed, room = [], LISTED
    for each in own:
        if 0 < each.asked <= room:
            room -= each.asked
            listed.append((each.place, each.office))
    for (place, office), rows in asked(snapshot, code, listed).items():
        words = text(
            "submissions.asked_of",
            office=f"{place} {office}",
            done=sum(row.now is not None for row in rows),
            total=len(rows),
        )
        lines = table("asked", ("indicator", "last", "now"), [_line(row) for row in rows])
        made.append(
            html.Details([html.Summary(words), lines], className="book asked-of")
            if folded
            else html.Section([heading(words), lines], className="asked-of")
        )
    if made and folded:
        return (
            html.Section([heading(text("submissions.asked_all")), *made], className="no-print"),
        )
    return made


def _line(row: Asked) -> dict[str, object]:
    return {
        "indicator": html.Link(
            row.indicator.name, href=f"/indicators/{row.indicator.indicator_id}"
        ),
        "last": reported(row.before) if row.before else text("site.none"),
        "now": reported(row.now)
        if row.now
        else html.Span(text("submissions.not_yet"), className="badge"),
    }


def reported(value: Reported) -> Component:
    """Return a value that leads to its cell, with its quarter."""
    shown: Component = html.Span(value.shown)
    if value.file_digest:
        href = cell_address(value.file_digest, value.sheet, value.cell)
        shown = html.Link(value.shown, href=href)
    return html.Span([shown, html.Span(value.quarter, className="where")])
