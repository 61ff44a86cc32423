"""What a route answers when it cannot do what it was asked: plain words, and a line in the log."""

from __future__ import annotations

import logging

import flask
from flask.typing import ResponseReturnValue
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from dashboards.messages import complaint, section, text
from dashboards.records import request_id, whereabouts
from indicators.errors import AccessDenied, IndicatorsError, StoreError, UnfitRow

__all__ = ["add_refusals", "store_words", "told"]

log = logging.getLogger("dashboards")


def store_words(error: StoreError) -> str:
    """Return what is wrong with the store without where it lies: folders and hosts stay here."""
    return text("error.store_words", message=error.message)


def add_refusals(server: flask.Flask) -> None:
    """Add the words for whatever goes wrong in a route, ours or one of Dash's own."""

    @server.errorhandler(IndicatorsError)
    def wrong(error: IndicatorsError) -> ResponseReturnValue:
        if isinstance(error, StoreError) and not isinstance(error, UnfitRow):
            log.warning("store id=%s error=%s", request_id(), type(error).__name__)
            return told(store_words(error), 503)
        return told(complaint(error), 403 if isinstance(error, AccessDenied) else 400)

    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None or error.code is None or error.code < 400:
            return error.get_response()
        words = section("refusal")
        return told(words.get(str(error.code), words["other"]), error.code)

    @server.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        # Flask's own way would write the error's words to the log, and they may hold values.
        number = request_id()
        log.error("route id=%s error=%s", number, whereabouts(error))
        return told(text("error.unexpected_route", number=number), 500)


def told(words: str, status: int) -> ResponseReturnValue:
    """Return words as a small page where a page was asked for, else as data."""
    if "text/html" not in flask.request.headers.get("Accept", ""):
        return flask.jsonify(error=words), status
    page = (
        f'<!doctype html><html lang="{text("site.language")}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(text('site.name'))}</title>"
        f'<link rel="icon" href="data:,">'
        f'<link rel="stylesheet" href="/assets/login.css"></head><body class="login"><main>'
        f"<h1>{escape(text('site.name'))}</h1>"
        f'<p role="alert">{escape(words)}</p>'
        f'<p><a href="/">{escape(text("error.back"))}</a></p></main></body></html>'
    )
    return page, status
