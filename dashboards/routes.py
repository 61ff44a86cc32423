"""What is served beside the pages: words for scripts, kept files, health."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import flask

from dashboards import messages
from dashboards.access import may_take
from dashboards.messages import text
from dashboards.views import Choice, Desk, story
from dashboards.views.leaf import file_name
from dashboards.views.listing import csv_lines, value_lines
from indicators.errors import AccessDenied, StoreError

__all__ = ["add_routes"]

_DIGEST = re.compile(r"[0-9a-f]{64}")
_LISTS = frozenset({"days", "shortDays", "months", "shortMonths"})


def _calendar() -> dict[str, Any]:
    """Return days and months as Plotly writes them."""
    words = messages.section("calendar")
    named = {key: said.split() if key in _LISTS else said for key, said in words.items()}
    # Never one of Plotly's own locales: ours says less than those, and would take their place.
    return {**named, "date": "%Y-%m-%d", "decimal": ".", "thousands": ","}


def add_routes(server: flask.Flask, desk: Desk) -> None:
    """Add the routes to the server."""

    @server.get("/texts.js")
    def texts() -> flask.Response:
        """The words that scripts need, from the message file; Plotly takes its locale from here."""
        locale = {
            "moduleType": "locale",
            "name": messages.text("site.language"),
            "dictionary": dict(messages.section("plotly")),
            "format": _calendar(),
        }
        words = dict(messages.section("script"))
        body = (
            f"window.PlotlyLocales = [{json.dumps(locale, ensure_ascii=False)}];\n"
            f"window.deskTexts = {json.dumps(words, ensure_ascii=False)};\n"
        )
        return flask.Response(body, mimetype="text/javascript")

    @server.get("/health")
    def health() -> tuple[flask.Response, int]:
        """Whether the ledger answers, and how far it has grown."""
        try:
            return flask.jsonify(status="ok", seq=desk.ledger.seq), 200
        except StoreError:
            return flask.jsonify(status="store unavailable"), 503

    @server.get("/export/targets.csv")
    def targets() -> flask.Response:
        """The targets that the address chooses, as CSV."""
        choice = Choice.read(flask.request.query_string.decode())
        snapshot = desk.snapshot(choice.quarter)
        name = f"targets-{snapshot.assessment.quarter or 'all'}.csv"
        return flask.Response(
            csv_lines(snapshot, choice),
            mimetype="text/csv",
            headers={"Content-Disposition": f"attachment; filename={name}"},
        )

    @server.get("/export/indicators/<indicator_id>.csv")
    def values(indicator_id: str) -> flask.Response:
        """Every value of one indicator, as CSV."""
        told = story(desk.snapshot(), indicator_id)
        if told is None:
            flask.abort(404)
        return flask.Response(
            value_lines(told),
            mimetype="text/csv",
            headers={"Content-Disposition": f"attachment; filename=indicator-{indicator_id}.csv"},
        )

    @server.get("/files/<digest>")
    def kept(digest: str) -> flask.Response:
        """A kept document or workbook, as it was handed in."""
        if not _DIGEST.fullmatch(digest):
            flask.abort(404)
        name = file_name(desk.ledger, digest)
        if not name:
            flask.abort(404)
        if not may_take(desk.ledger, digest):
            raise AccessDenied(text("workbook.not_whole"), action=text("workbook.not_whole_action"))
        content = desk.ledger.content(digest)
        # Never shown in place: a kept page or macro must not run under this address.
        return flask.send_file(
            io.BytesIO(content),
            mimetype="application/octet-stream",
            as_attachment=True,
            download_name=name,
        )
