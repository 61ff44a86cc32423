"""What people take elsewhere: a comparison as CSV, the 台账 and the settings as workbooks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import flask

from dashboards.access import may
from dashboards.messages import text
from dashboards.quantities import day
from dashboards.views import Choice, Desk
from dashboards.views.comparison import Comparison, comparison
from dashboards.views.listing import safe, written

__all__ = ["add_exports"]

BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _lines(told: Comparison) -> Iterator[str]:
    names = ("indicator", "place", "target", "actual", "unit", "deadline", "period", "state")
    yield "\ufeff" + written([text(f"column.{name}") for name in names])
    for row in told.rows:
        mark = "" if row.same else text("compare.other_mark")
        yield written(
            [
                safe(row.name + mark),
                safe(row.place),
                "" if row.target is None else format(row.target.normalize(), "f"),
                "" if row.actual is None else format(row.actual.normalize(), "f"),
                told.unit,
                day(row.deadline) if row.deadline else "",
                day(row.period_end) if row.period_end else "",
                row.label,
            ]
        )


def add_exports(server: flask.Flask, desk: Desk) -> None:
    """Add the routes to the server."""

    @server.get("/export/compare.csv")
    def compared() -> flask.Response:
        """The comparison that the address asks for."""
        given = flask.request.args
        told = comparison(
            desk.snapshot(Choice.read(flask.request.query_string.decode()).quarter),
            given.get("quantity", ""),
            mixed=given.get("mixed") == "1",
            unit=given.get("unit", ""),
        )
        if told is None:
            flask.abort(404)
        return flask.Response(
            _lines(told),
            mimetype="text/csv",
            headers={"Content-Disposition": "attachment; filename=compare.csv"},
        )

    @server.get("/export/tasks.xlsx")
    def tasks() -> flask.Response:
        """The 台账 of a place, or of all; whom to call only for who calls."""
        from indicators.register.dutyfile import export_duties

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tasks.xlsx"
            place = flask.request.args.get("place", "")
            export_duties(desk.ledger, path, place=place, contacts=may("decide"))
            content = path.read_bytes()
        return flask.Response(
            content,
            mimetype=BOOK,
            headers={"Content-Disposition": "attachment; filename=tasks.xlsx"},
        )
