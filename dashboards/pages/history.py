"""变更记录: what happened to an indicator, in order, with who and when; the latest first."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from dash.development.base_component import Component

from dashboards.components import badges, empty, frame, notice
from dashboards.components import markup as html
from dashboards.components.attributes import content
from dashboards.components.tables import table
from dashboards.messages import said, text
from dashboards.views import Snapshot
from dashboards.views.evidence import address, cell_address
from indicators.model import Commitment, Observation

__all__ = ["page"]

CHINA = ZoneInfo("Asia/Shanghai")
SHOWN = 200


def page(snapshot: Snapshot, indicator_id: str) -> Component:
    """Return the story of an indicator; retracted batches are told too, marked as void."""
    from indicators.register.chronicle import history

    indicator = snapshot.indicators.get(indicator_id)
    if indicator is None:
        return notice(text("indicator.missing"), text("indicator.missing_action"))
    events = history(snapshot.reader, indicator_id)
    events.reverse()
    where = _addresses(snapshot, indicator_id)
    rows = [
        {
            "moment": each.batch.committed_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"),
            "event": [
                html.Span(said(each.sort)),
                *badges([text("history.void")] if each.void else []),
            ],
            "words": [
                html.Span(each.words, className="event-words", **content()),
                _evidence(each.evidence, where) if each.evidence else "",
                html.Span(text("history.reason", reason=each.batch.reason), className="where")
                if each.batch.reason
                else "",
            ],
            "who": each.batch.who,
        }
        for each in events[:SHOWN]
    ]
    note = text("history.note", count=len(events))
    if len(events) > SHOWN:
        note = text("history.capped", shown=SHOWN, count=len(events))
    return frame(
        html.Div(
            [
                html.P(
                    html.Link(
                        f"{indicator.place} {indicator.name}", href=f"/indicators/{indicator_id}"
                    ),
                    className="kicker",
                ),
                html.H1(text("indicator.history")),
                html.P(note, className="muted"),
            ],
            className="headline",
        ),
        table("history", ("moment", "event", "words", "who"), rows)
        if rows
        else empty(text("history.empty")),
        snapshot=snapshot,
    )


def _addresses(snapshot: Snapshot, indicator_id: str) -> Mapping[str, str]:
    """Return by the words of a cell or sentence where it can be seen."""
    found = {}
    for entry in snapshot.reader.history(Observation, indicator_id=indicator_id):
        row = entry.row
        words = "!".join(part for part in (row.file_name, row.sheet, row.cell) if part)
        if words and row.file_digest:
            found[words] = cell_address(row.file_digest, row.sheet, row.cell)
    for stated in snapshot.reader.history(Commitment, indicator_id=indicator_id):
        words = "".join(stated.row.sentence.split())
        found[words] = address(stated.row.document_digest, stated.row.commitment_id)
    return found


def _evidence(words: str, where: Mapping[str, str]) -> Component:
    """Return what an event rests on, leading to its cell or sentence."""
    if words in where:
        return html.Span(html.Link(words, href=where[words]), className="where", **content())
    return html.Span(words, className="where", **content())
