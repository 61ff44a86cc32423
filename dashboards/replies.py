"""Answers of the page callback kept as bytes: a page is a function of ledger, address and person.

Turning a page into JSON costs more than making it; whoever asks for the same page at the same seq of
the ledger gets the bytes that the first one got, Chinese written as it is.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock
from typing import Any

import flask

from dashboards.views import Desk
from indicators.errors import StoreError

__all__ = ["add_replies", "keep_reply"]

ROUTE = "/_dash-update-component"
OUTPUT = "..page.children...navigation.children...title.data.."
_KEPT = 96
"""Answers kept, at most 300 KB each."""

Key = tuple[int, str, str, str]


def keep_reply() -> None:
    """Say that the answer being made may be given again; outside of a request this does nothing."""
    if flask.has_request_context():
        flask.g.keep_reply = True


def _address(body: Any) -> tuple[str, str] | None:
    """Return path and query that a request of the page callback names; None of any other."""
    if not isinstance(body, dict) or body.get("output") != OUTPUT:
        return None
    inputs = body.get("inputs")
    if not isinstance(inputs, list) or len(inputs) != 2:
        return None
    values = [each.get("value") if isinstance(each, dict) else None for each in inputs]
    return str(values[0] or "/"), str(values[1] or "")


def add_replies(server: flask.Flask, desk: Desk) -> None:
    """Keep answers; call it after the guard is in place, so that nobody is answered past it."""
    kept: OrderedDict[Key, bytes] = OrderedDict()
    lock = Lock()

    @server.before_request
    def known() -> flask.Response | None:
        request = flask.request
        if request.path != ROUTE or request.method != "POST":
            return None
        address = _address(request.get_json(silent=True))
        if address is None:
            return None
        try:
            seq = desk.ledger.seq
        except StoreError:
            return None
        person = flask.g.get("person")
        key = (seq, getattr(person, "name", ""), *address)
        with lock:
            body = kept.get(key)
            if body is not None:
                kept.move_to_end(key)
        if body is not None:
            return flask.Response(body, mimetype="application/json")
        flask.g.reply_key = key
        return None

    @server.after_request
    def remember(response: flask.Response) -> flask.Response:
        key: Key | None = flask.g.pop("reply_key", None)
        if key is None or response.status_code != 200 or not flask.g.pop("keep_reply", False):
            return response
        told = json.loads(response.get_data())
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        response.set_data(body)
        with lock:
            kept[key] = body
            for old in [each for each in kept if each[0] < key[0]]:
                del kept[old]
            while len(kept) > _KEPT:
                kept.popitem(last=False)
        return response
