"""Issue a board, and hand out its Word document or an office's 督办单."""

from __future__ import annotations

import io
from urllib.parse import quote, urlencode

import flask
from flask.typing import ResponseReturnValue

from dashboards.access import current_person, on_record
from dashboards.messages import usage_error
from dashboards.pages.bulletin_choice import known_rules
from dashboards.views import Desk
from indicators.access import require
from indicators.assessment.boards import issue as freeze
from indicators.bulletin.content import of_office
from indicators.bulletin.making import prepare
from indicators.bulletin.word import render

__all__ = ["add_bulletin"]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def add_bulletin(server: flask.Flask, desk: Desk) -> None:
    """Add the routes to the server."""

    @server.get("/bulletin.docx")
    def word() -> ResponseReturnValue:
        """The bulletin of ``quarter``, ``place`` and ``rules``; with ``office`` its order.

        An order says what the board it comes from says: its scope is the board's, and the place of
        the office stands beside it (``of``; the scope where it is not named).
        """
        given = flask.request.args
        place, office = given.get("place", ""), given.get("office", "")
        told = prepare(
            desk.ledger,
            quarter=given.get("quarter", ""),
            scope=place,
            rules=known_rules(given.get("rules", "")),
        )
        if office:
            told = of_office(told, given.get("of", place), office)
        return flask.send_file(
            io.BytesIO(render(told)),
            mimetype=WORD,
            as_attachment=True,
            download_name=f"{told.title}.docx",
        )

    @server.post("/boards")
    def issue() -> ResponseReturnValue:
        """Freeze the board of a quarter."""
        person = current_person()
        require(person, "issue")
        given = flask.request.form
        if not given.get("version"):
            raise usage_error("form.incomplete")
        freeze(
            desk.ledger,
            given.get("quarter", ""),
            who=on_record(person),
            scope=given.get("place", ""),
            rules=known_rules(given.get("rules", "")),
            demonstration=desk.snapshot(given.get("quarter", "")).demonstration,
            shown=given["version"],
        )
        query = urlencode(
            {key: given[key] for key in ("quarter", "place", "rules") if given.get(key)},
            quote_via=quote,
        )
        return flask.redirect(f"/bulletin?{query}", 303)
