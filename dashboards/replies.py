"""Answers of the page callback kept as bytes: a page is a function of ledger, address and person.

Whoever asks for the same page at the same seq of the ledger gets the bytes that the first one got.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from operator import methodcaller
from threading import Lock
from typing import Any

import flask
import orjson
from dash.development.base_component import Component

from dashboards.messages import Language, language, speaking
from dashboards.views import Desk
from indicators.access import Person
from indicators.bulk import collector_at_rest
from indicators.errors import StoreError
from indicators.model import User

__all__ = ["add_replies", "keep_reply"]

ROUTE = "/_dash-update-component"
OUTPUT = "..page.children...navigation.children...title.data.."
LONGEST = 2000
"""Characters of an address that are looked at."""
_KEPT = 96
"""Answers kept, at most 300 KB each."""
_RENEWED = 6
"""Answers that are made anew in the background when the ledger has grown."""

Key = tuple[int, str, Language, str, str]
"""Seq of the ledger, person, language and address."""
Filled = tuple[Component, list[Component], str]
"""A page, the navigation around it and its title."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer, for whom it was made, and who was known by then."""

    body: bytes
    person: Person | None
    users: Sequence[User]


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
    return str(values[0] or "/")[:LONGEST], str(values[1] or "")[:LONGEST]


def _written(filled: Filled) -> bytes:
    """Return a page as Dash sends it, Chinese written as it is."""
    page, links, title = filled
    told = {
        "multi": True,
        "response": {
            "page": {"children": page},
            "navigation": {"children": links},
            "title": {"data": title},
        },
    }
    return orjson.dumps(told, default=_PLAIN)


_PLAIN = methodcaller("to_plotly_json")


def add_replies(server: flask.Flask, desk: Desk, fill: Callable[[str, str], Filled]) -> None:
    """Answer the page callback; call it after the guard is in place, so that nobody passes it.

    Dash's own way of answering (checks of arguments, an encoder for every sort of array, a copy of
    the context) costs as much as a page; what pages are made of is plain.
    """
    kept: OrderedDict[Key, _Kept] = OrderedDict()
    lock = Lock()

    def made(address: tuple[str, str], key: Key | None) -> bytes:
        """Make a page, and keep it where it may be given again."""
        # The seq was just read: the page need not ask the database for it again.
        with desk.ledger.at_rest() if key else nullcontext(), collector_at_rest():
            body = _written(fill(*address))
            keep = key and flask.g.pop("keep_reply", False)
            users = desk.ledger.current(User) if keep else ()
        if key and keep:
            with lock:
                kept[key] = _Kept(body, flask.g.get("person"), users)
                for old in [each for each in kept if each[0] < key[0]]:
                    del kept[old]
                while len(kept) > _KEPT:
                    kept.popitem(last=False)
        return body

    def renew() -> None:
        """Make the pages anew that were looked at last, each for whom it was made before."""
        seq = desk.ledger.seq
        with lock:
            last = list(kept.items())[-_RENEWED:]
        users = desk.ledger.current(User)
        for (known, name, spoken, *address), before in reversed(last):
            # Who somebody is was told by the guard: it counts while the list of people stands.
            if known < seq and before.users == users:
                with speaking(spoken), server.test_request_context(ROUTE, method="POST"):
                    flask.g.person = before.person
                    made((address[0], address[1]), (seq, name, spoken, address[0], address[1]))

    desk.grown.append(renew)

    @server.before_request
    def known() -> flask.Response | None:
        request = flask.request
        if request.path != ROUTE or request.method != "POST":
            return None
        address = _address(request.get_json(silent=True))
        if address is None:
            return None
        key: Key | None = None
        with suppress(StoreError):  # the page says so
            key = (
                desk.ledger.seq,
                getattr(flask.g.get("person"), "name", ""),
                language(),
                *address,
            )
        with lock:
            ready = kept.get(key) if key else None
            if key and ready is not None:
                kept.move_to_end(key)
        body = ready.body if ready else made(address, key)
        return flask.Response(body, mimetype="application/json")
