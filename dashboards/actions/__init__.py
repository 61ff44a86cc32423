"""What a person does from a page: plain form posts, answered by a redirect to the page."""

from __future__ import annotations

import flask
from flask.typing import ResponseReturnValue
from markupsafe import escape

from dashboards.actions.bulletin import add_bulletin
from dashboards.actions.documents import add_documents
from dashboards.actions.indicators import add_indicators
from dashboards.actions.submissions import add_submissions
from dashboards.actions.targets import add_targets
from dashboards.answers import Answers
from dashboards.messages import text
from dashboards.views import Desk
from indicators.errors import AccessDenied, IndicatorsError, StoreError

__all__ = ["add_actions"]


def add_actions(server: flask.Flask, desk: Desk, answers: Answers) -> None:
    """Add every action, and the page that says what went wrong with one."""
    add_bulletin(server, desk)
    add_submissions(server, desk, answers)
    add_documents(server, desk, answers)
    add_indicators(server, desk, answers)
    add_targets(server, desk, answers)

    @server.errorhandler(IndicatorsError)
    def wrong(error: IndicatorsError) -> ResponseReturnValue:
        status = 403 if isinstance(error, AccessDenied) else 400
        if isinstance(error, StoreError):
            status = 503
        if "text/html" not in flask.request.headers.get("Accept", ""):
            return flask.jsonify(error=str(error)), status
        page = (
            f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
            f"<title>{escape(text('site.name'))}</title>"
            f'<link rel="stylesheet" href="/assets/login.css"></head><body class="login"><main>'
            f'<p role="alert">{escape(str(error))}</p>'
            f'<p><a href="/">{escape(text("error.back"))}</a></p></main></body></html>'
        )
        return page, status
