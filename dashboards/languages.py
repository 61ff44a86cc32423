"""The language of a request: what the reader chose, else what the server was started with."""

from __future__ import annotations

from urllib.parse import urlsplit

import flask
from flask.typing import ResponseReturnValue

from dashboards.messages import Language, known_language, speak

__all__ = ["add_languages"]

COOKIE = "indicators-language"
LASTS = 365 * 24 * 3600
"""Seconds that a choice is remembered."""


def add_languages(server: flask.Flask, standard: Language) -> None:
    """Choose the language before every request; call it first, so that refusals speak it too."""

    @server.before_request
    def choose() -> None:
        speak(known_language(flask.request.cookies.get(COOKIE, "")) or standard)

    @server.get("/language/<chosen>")
    def change(chosen: str) -> ResponseReturnValue:
        """Remember a language and lead back to the page it was asked for on."""
        if known_language(chosen) is None:
            flask.abort(404)
        came = urlsplit(flask.request.referrer or "")
        back = came if came.netloc == flask.request.host else urlsplit("/")
        # One slash only: two would lead to another host.
        path = f"/{back.path.lstrip('/')}"
        answer = flask.redirect(f"{path}?{back.query}" if back.query else path, 303)
        answer.set_cookie(COOKIE, chosen, max_age=LASTS, httponly=True, samesite="Lax")
        return answer
