"""总览: what comes due, on a line of time and as a list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash.development.base_component import Component

from dashboards.components import empty, heading, light_mark
from dashboards.components import markup as html
from dashboards.components.attributes import attributes
from dashboards.messages import joined, text
from dashboards.quantities import day
from dashboards.views import TargetRow
from dashboards.views.roll import Roll

__all__ = ["deadlines"]

LISTED = 7
"""Targets listed."""
MARKED = 12
"""Days marked on the line."""
_APART = 7.0
"""Least distance of two labels on the line, in per cent of its length."""


@dataclass(frozen=True, slots=True)
class Due:
    """The targets of one day, worst first."""

    day: date
    count: int
    rows: Sequence[TargetRow]
    """The first of them, as many as are listed: there may be thousands."""


def _ahead(roll: Roll, as_of: date) -> list[Due]:
    """Return the days ahead with their targets; the roll is in order of deadline."""
    rows = roll.by_deadline

    def deadline(row: TargetRow) -> date:
        return row.deadline or date.max

    found: list[Due] = []
    at = bisect_left(rows, as_of, key=deadline)
    while at < len(rows) and rows[at].deadline is not None and len(found) < MARKED:
        until = bisect_right(rows, deadline(rows[at]), lo=at, key=deadline)
        found.append(Due(deadline(rows[at]), until - at, rows[at : min(until, at + LISTED)]))
        at = until
    return found


def deadlines(roll: Roll, as_of: date) -> Component:
    """Return the deadlines ahead of the targets that are shown."""
    ahead = _ahead(roll, as_of)
    body = [_line(ahead, as_of), _list(ahead, as_of)] if ahead else []
    return html.Section(
        [
            heading(text("overview.deadlines"), text("overview.deadlines_note")),
            *(body or [empty(text("overview.deadlines_empty"))]),
        ],
        className="column-side",
    )


def _left(deadline: date, as_of: date) -> str:
    days = (deadline - as_of).days
    return text("overview.days_left", days=days) if days else text("overview.today")


def _line(ahead: Sequence[Due], as_of: date) -> Component:
    """Return the line of time from the day of looking to the last deadline, one mark a day."""
    whole = max(1, (ahead[-1].day - as_of).days)
    marks: list[Component] = [
        html.Span(
            html.Span(text("overview.now"), className="strip-today"),
            className="strip-now",
            style={"left": "0%"},
        )
    ]
    last = -_APART  # the label of the first day keeps clear of 今
    for due in ahead:
        at = 100.0 * (due.day - as_of).days / whole
        labelled = (at - last >= _APART * 2 and at <= 100 - _APART * 2) or due is ahead[-1]
        marks.append(
            html.Span(
                [
                    html.Span(str(due.count), className="strip-count"),
                    html.Span(due.day.strftime("%Y-%m"), className="strip-day") if labelled else "",
                ],
                className="strip-mark strip-end" if due is ahead[-1] else "strip-mark",
                style={"left": f"{at:.1f}%"},
                title=text("overview.due_on", day=day(due.day), count=due.count),
            )
        )
        last = at if labelled else last
    said = joined((text("overview.due_on", day=day(d.day), count=d.count) for d in ahead), "clause")
    return html.Div(marks, className="strip", role="img", **attributes(aria_label=said))


def _list(ahead: Sequence[Due], as_of: date) -> Component:
    items: list[Component] = []
    room = LISTED
    for due in ahead:
        if room <= 0:
            break
        shown = due.rows[:room]
        room -= len(shown)
        rest = due.count - len(shown)
        items.append(
            html.Li(
                [
                    html.Time(day(due.day), dateTime=day(due.day)),
                    html.Span(_left(due.day, as_of), className="muted"),
                    html.Span(text("overview.due_rest", count=rest), className="muted")
                    if rest
                    else "",
                ],
                className="due-day",
            )
        )
        items += [_due(row) for row in shown]
    return html.Ol(items, className="timeline")


def _due(row: TargetRow) -> Component:
    return html.Li(
        [
            light_mark(row.light, row.label),
            html.Link(row.name, href=f"/indicators/{row.indicator_id}?target={row.target_id}"),
            html.Span(f"{row.place} {row.target}", className="muted"),
        ],
        className="due",
    )
