"""Remarks on an indicator: what was written, by whom, and the form for another."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from dash.development.base_component import Component

from dashboards.access import may
from dashboards.components import heading
from dashboards.components import markup as html
from dashboards.components.controls import control
from dashboards.messages import text
from dashboards.views import Snapshot
from indicators.model import Note

__all__ = ["notes"]

CHINA = ZoneInfo("Asia/Shanghai")
LONGEST = "1000"


def notes(snapshot: Snapshot, indicator_id: str) -> Component:
    """Return the remarks, the latest first, the way to the history, and the form where it may be used."""
    entries = list(snapshot.reader.entries(Note, subject=indicator_id))
    entries.sort(key=lambda each: each.batch.seq, reverse=True)
    items = [
        html.Li(
            [
                html.Span(each.row.text, className="note-text"),
                html.Span(
                    text(
                        "indicator.note_by",
                        who=each.batch.who,
                        day=each.batch.committed_at.astimezone(CHINA).strftime("%Y-%m-%d"),
                    ),
                    className="muted",
                ),
            ]
        )
        for each in entries
    ]
    parts: list[Component] = [heading(text("indicator.notes"))]
    if items:
        parts.append(html.Ul(items, className="plain notes"))
    elif not may("decide"):
        parts.append(html.P(text("indicator.notes_empty"), className="muted"))
    if may("decide"):
        parts.append(
            html.Form(
                [
                    html.Label(
                        text("indicator.note_text"), htmlFor="note", className="visually-hidden"
                    ),
                    control(
                        "note", "text", "text", required="required", maxlength=LONGEST,
                        placeholder=text("indicator.note_text"),
                    ),
                    html.Button(text("indicator.note_add"), type="submit", className="button"),
                ],
                method="post",
                action=f"/indicators/{indicator_id}/notes",
                className="note-form no-print",
            )
        )  # fmt: skip
    # On paper a heading over nothing but a form would stand alone.
    return html.Section(parts, className="block" if items else "block no-print", id="notes")
