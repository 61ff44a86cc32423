"""Log lines of requests: one each, with an id, without values, queries or names of people."""

from __future__ import annotations

import logging
import time
from uuid import uuid4

import flask

__all__ = ["add_records", "request_id", "whereabouts"]

log = logging.getLogger("dashboards.requests")

HEADER = "X-Request-ID"
QUIET = ("/assets/", "/_dash-component-suites/", "/_favicon.ico")
"""First parts of addresses whose requests say nothing about the service."""


def request_id() -> str:
    """Return the id of the request being answered, else a new one."""
    if not flask.has_request_context():
        return uuid4().hex[:12]
    known: str = flask.g.setdefault("request_id", uuid4().hex[:12])
    return known


def whereabouts(error: BaseException) -> str:
    """Return kind and place of an error; its own words may hold values and stay out of the log."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f"{at.tb_frame.f_code.co_qualname}:{at.tb_lineno}" if at else "?"
    return f"{type(error).__name__} at={where}"


def add_records(server: flask.Flask) -> None:
    """Give every request an id, tell it to the asker, and write a line when it is answered."""

    @server.before_request
    def begin() -> None:
        flask.g.began = time.perf_counter()
        request_id()

    @server.after_request
    def end(response: flask.Response) -> flask.Response:
        request = flask.request
        response.headers[HEADER] = request_id()
        if request.path.startswith(QUIET):
            return response
        # The rule, not the address: an address may hold what somebody searched for.
        rule = request.url_rule.rule if request.url_rule else "-"
        began: float = flask.g.get("began", time.perf_counter())
        log.info(
            "request id=%s method=%s rule=%s status=%d ms=%d",
            request_id(),
            request.method,
            rule,
            response.status_code,
            (time.perf_counter() - began) * 1000,
        )
        return response
