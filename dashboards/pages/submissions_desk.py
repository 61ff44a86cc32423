"""报送 for a steward: days of the quarter, exceptions, and what was restated in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from dash.development.base_component import Component

from dashboards.components import heading
from dashboards.components import markup as html
from dashboards.components.controls import control
from dashboards.components.tables import table
from dashboards.messages import text
from dashboards.pages.submissions_asked import reported
from dashboards.quantities import day
from dashboards.views import Snapshot
from dashboards.views.handing import restated
from indicators import periods
from indicators.model import CalendarEntry, Submission
from indicators.submissions.calendar import version_of
from indicators.submissions.flow import Standing

__all__ = ["calendar", "restatements"]

DAYS = ("opens_on", "due_on", "locks_on")
USUAL = (1, 10, 20)
"""Days after the end of a quarter that the fields show as an example."""


def calendar(
    snapshot: Snapshot, code: str, found: Sequence[Standing], told: Mapping[str, Any] | None
) -> Component:
    """Return the days of a quarter with its exceptions, and the form that sets them.

    Args:
        snapshot: the ledger.
        code: the quarter.
        found: the offices that report in it.
        told: what became of the form that was sent, if it was.
    """
    rows = snapshot.reader.current(CalendarEntry, quarter=code)
    lines = [
        {
            "scope": " ".join(part for part in (each.place, each.office) if part)
            or text("submissions.everyone"),
            **{name: day(getattr(each, name)) for name in DAYS},
            "reason": each.reason or text("site.none"),
        }
        for each in rows
    ]
    given = {} if told is None or told["saved"] else told["given"]
    answer: list[Component] = []
    if told is not None:
        words = text("submissions.days_set") if told["saved"] else told["problem"]
        look = "answer" if told["saved"] else "answer answer-bad"
        answer = [html.P(words, className=look, role="status")]
    return html.Section(
        [
            heading(text("submissions.calendar"), text("submissions.calendar_note")),
            table("calendar", ("scope", *DAYS, "reason"), lines)
            if lines
            else html.P(text("submissions.no_days"), className="muted"),
            *answer,
            _form(code, found, given, version_of(rows)),
        ],
        id="calendar",
        className="no-print",
    )


def _form(
    code: str, found: Sequence[Standing], given: Mapping[str, str], version: str
) -> Component:
    over = periods.quarter(code).end
    scopes = [("", text("submissions.everyone"))]
    scopes += [(place, place) for place in sorted({each.place for each in found})]
    scopes += [(f"{each.place}/{each.office}", f"{each.place} {each.office}") for each in found]

    def field(name: str, label: str, hint: str = "") -> Component:
        key = f"days-{name}"
        more = {"placeholder": hint} if hint else {}
        return html.Div(
            [
                html.Label(label, htmlFor=key),
                control(key, "text", name, value=given.get(name, ""), autocomplete="off", **more),
            ]
        )

    return html.Form(
        html.Div(
            [
                control("", "hidden", "quarter", value=code),
                control("", "hidden", "version", value=version),
                html.Div(
                    [
                        html.Label(text("column.scope"), htmlFor="days-scope"),
                        html.Select(
                            [
                                html.Option(
                                    words, value=value, selected=value == given.get("scope", "")
                                )
                                for value, words in scopes
                            ],
                            name="scope",
                            id="days-scope",
                        ),
                    ]
                ),
                *(
                    field(name, text(f"column.{name}"), day(over + timedelta(days=after)))
                    for name, after in zip(DAYS, USUAL, strict=True)
                ),
                field("reason", text("column.reason"), text("submissions.reason_hint")),
                html.Button(text("submissions.set_days"), type="submit", className="button"),
            ],
            className="form-grid",
        ),
        method="post",
        action="/submissions/calendar",
        className="setting-form",
    )


def restatements(snapshot: Snapshot, shown: Sequence[Submission]) -> Sequence[Component]:
    """Return what the workbooks of a quarter changed of values that stood before."""
    rows = [
        {
            "indicator": html.Link(
                f"{each.indicator.place} {each.indicator.name}",
                href=f"/indicators/{each.indicator.indicator_id}#values",
            ),
            "old": each.old,
            "new": reported(each.new),
            "office": each.office,
            "reason": each.reason,
        }
        for each in restated(snapshot, shown)
    ]
    if not rows:
        return ()
    columns = ("indicator", "old", "new", "office", "reason")
    return (
        html.Section(
            [
                heading(text("submissions.restated"), text("submissions.restated_note")),
                table("restated", columns, rows),
            ]
        ),
    )
