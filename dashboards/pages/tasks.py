"""台账: tasks of all documents with their offices, deadlines and states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from dash.development.base_component import Component

from dashboards.answers import Answers
from dashboards.components import empty, frame
from dashboards.components import markup as html
from dashboards.components.filters import chooser, select
from dashboards.components.tables import table
from dashboards.messages import joined, section, text
from dashboards.pages.books import book
from dashboards.quantities import day
from dashboards.views import Snapshot
from indicators.model import Task

__all__ = ["page"]

SHOWN = 200


def page(snapshot: Snapshot, given: Mapping[str, str], answers: Answers | None = None) -> Component:
    """Return the task ledger that the address chooses."""
    head = html.Div(
        [html.H1(text("task.title")), html.P(text("task.note"), className="muted")],
        className="headline",
    )
    everything = snapshot.reader.current(Task)
    if not everything:
        return frame(head, empty(text("task.empty"), text("task.empty_action")), snapshot=snapshot)
    rows = [row for row in everything if _takes(row, given)]
    rows.sort(key=lambda row: (row.document, row.start))
    shown = rows[:SHOWN]
    words = section("task_status")
    offices = sorted({each for row in everything for each in _offices(row)})
    titles = {
        digest: snapshot.documents[digest].title or snapshot.documents[digest].document
        for digest in {row.document_digest for row in everything}
        if digest in snapshot.documents
    }
    form = chooser(
        [
            _select(
                "place",
                [(each, each) for each in sorted({row.place for row in everything if row.place})],
                given,
            ),
            _select("office", [(each, each) for each in offices], given),
            _select("document", sorted(titles.items(), key=lambda pair: pair[1]), given),
            _select("status", list(words.items()), given),
        ],
        clear="/tasks" if any(given.get(name) for name in _FILTERS) else "",
        note=text("filter.showing", count=len(rows)),
    )
    body: list[Component] = [empty(text("task.no_match"))]
    if shown:
        body = _by_document(shown, titles)
    if len(rows) > len(shown):
        body.append(
            html.P(text("task.capped", shown=len(shown), count=len(rows)), className="note")
        )
    place = urlencode({"place": given["place"]}) if given.get("place") else ""
    workbook = html.A(
        text("task.workbook"),
        href=f"/export/tasks.xlsx{'?' * bool(place)}{place}",
        className="more",
    )
    take = html.P(workbook, className="downloads no-print")
    return frame(
        head, *book("tasks", given, answers), form, take, html.Div(body), snapshot=snapshot
    )


_FILTERS = ("place", "office", "document", "status")
_COLUMNS = ("task", "office", "deadline", "status")


def _by_document(rows: Sequence[Task], titles: Mapping[str, str]) -> list[Component]:
    """Return a table for each document, its title and the number of its tasks above it."""
    found: dict[str, list[Task]] = {}
    for row in rows:
        found.setdefault(row.document_digest, []).append(row)
    return [
        html.Section(
            [
                html.Div(
                    [
                        html.H2(
                            html.Link(
                                titles.get(digest, mine[0].document), href=f"/documents/{digest}"
                            )
                        ),
                        html.Span(text("filter.showing", count=len(mine)), className="note"),
                    ],
                    className="heading",
                ),
                table("ledger", _COLUMNS, [_line(row) for row in mine]),
            ],
            className="ledger-document",
        )
        for digest, mine in found.items()
    ]


def _select(name: str, options: list[tuple[str, str]], given: Mapping[str, str]) -> Component:
    plural = {"status": "statuses"}.get(name, f"{name}s")
    return select(
        name,
        text(f"filter.{name}"),
        text(f"filter.all_{plural}"),
        options,
        given.get(name, ""),
    )


def _offices(row: Task) -> list[str]:
    given = [row.lead_office, *row.supporting_offices, *row.offices]
    return list(dict.fromkeys(each for each in given if each))


def _takes(row: Task, given: Mapping[str, str]) -> bool:
    return (
        given.get("place", "") in ("", row.place)
        and given.get("document", "") in ("", row.document_digest)
        and given.get("status", "") in ("", row.status)
        and (not given.get("office") or given["office"] in _offices(row))
    )


def _line(row: Task) -> dict[str, object]:
    where = row.section.replace(" / ", " › ")
    lead = (
        [html.Span(text("task.lead", office=row.lead_office), className="where")]
        if row.lead_office
        else []
    )
    sort = text(f"task_sort.{row.sort}")
    status = [html.Span(text(f"task_status.{row.status}"))]
    if row.sealed_on:
        status.append(html.Span(day(row.sealed_on), className="where"))
    return {
        "task": [
            html.Link(
                f"{row.number} {row.title}".strip(),
                href=f"/documents/{row.document_digest}#k-{row.task_id}",
                className="task-title",
            ),
            html.Span(" · ".join(part for part in (sort, where) if part), className="where"),
        ],
        "office": [joined(_offices(row)) or text("site.none"), *lead],
        "deadline": [
            day(row.deadline),
            html.Span(row.frequency, className="where") if row.frequency else "",
        ],
        "status": status,
    }
