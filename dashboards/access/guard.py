"""The guard before every route: who asks, from where, and may they come in."""

from __future__ import annotations

import getpass
import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, g, has_request_context, jsonify, redirect, request, session
from flask.typing import ResponseReturnValue

from dashboards.access.mode import LOOPBACK, AccessMode
from dashboards.access.sessions import LASTS, Sessions
from dashboards.messages import text
from dashboards.refusals import told
from indicators.access import LOCAL, Action, Person, allows
from indicators.errors import AccessDenied
from indicators.model import User

if TYPE_CHECKING:
    from indicators.ledger import Reader

__all__ = ["admit", "current_person", "may", "on_record", "secret_of"]

OPEN = frozenset({"/health", "/assets/login.css"})
"""Paths that answer without a person; with local accounts the login, too."""


def current_person() -> Person:
    """Return the person of the request; the local user outside of requests' guard.

    Raises:
        AccessDenied: the request has none.
    """
    person: Person | None = g.get("person")
    if person is None:
        raise AccessDenied(text("login.none"), action=text("login.none_action"))
    return person


def may(action: Action) -> bool:
    """Tell whether the page being made offers an action; the routes themselves ask again.

    Pages made outside of a request, as by a test, are those of the local user; a request that has
    not passed the guard (Dash makes the layout once before it) may nothing.
    """
    if not has_request_context():
        return allows(LOCAL, action)
    person: Person | None = g.get("person")
    return person is not None and allows(person, action)


def on_record(person: Person) -> str:
    """Return the name that goes on record; of the one local user, that of the login."""
    if person is not LOCAL:
        return person.name
    try:
        return os.environ.get("INDICATORS_WHO") or getpass.getuser()
    except (KeyError, OSError):
        return person.name


def secret_of(folder: Path | None) -> str:
    """Return the key that signs sessions: ``INDICATORS_SECRET``, else one kept in the folder.

    The file is made once with mode 600, so that several worker processes agree on it.  Without a
    folder that can be written the key lasts as long as this process.
    """
    named = os.environ.get("INDICATORS_SECRET")
    if named:
        return named
    if folder is None or not os.access(folder, os.W_OK):
        return secrets.token_hex(32)
    path = folder / "session.key"
    if not path.exists():
        # Written beside and then named: whoever finds the file finds a whole key in it.
        handle, made = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(made, path)
        Path(made).unlink()
    return path.read_text(encoding="ascii")


def _account(mode: AccessMode, reader: Callable[[], Reader], sessions: Sessions) -> Person | None:
    """Return who asks, by a means that the mode believes."""
    if mode.sort == "proxy":
        name = request.headers.get(mode.header, "") if mode.trusts(request.remote_addr) else ""
    else:
        name = str(session.get("user", ""))
    found = reader().current(User, user=name) if name else ()
    for user in found:
        if user.active and (mode.sort == "proxy" or sessions.holds(user)):
            return Person.of(user)
    return None


def _here(host: str) -> bool:
    """Tell whether a request names this machine by a name that only this machine has."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    return name.strip("[]").lower() in LOOPBACK


def admit(
    server: Flask,
    mode: AccessMode,
    reader: Callable[[], Reader],
    secret: str,
    sessions: Sessions | None = None,
) -> None:
    """Admit only known people to a server, Dash's own endpoints and assets included.

    The same-origin check of unsafe requests stands in ``dashboards.security``.

    Args:
        server: the Flask application.
        mode: how people are known.
        reader: gives the ledger to look accounts up in.
        secret: key that signs sessions.
        sessions: what the cookies of local accounts say.
    """
    known = sessions or Sessions()
    server.secret_key = secret
    server.config.update(
        SESSION_COOKIE_NAME="indicators",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=mode.secure,
        PERMANENT_SESSION_LIFETIME=LASTS,
        SESSION_REFRESH_EACH_REQUEST=False,
    )

    @server.before_request
    def guard() -> ResponseReturnValue | None:
        if mode.sort == "local":
            # A page of another site may bring its own name to this address after it was loaded;
            # to the browser both are then one site, and here is no login that would stop it.
            if not _here(request.host):
                return told(text("login.other_host"), 403)
            g.person = LOCAL
            return None
        person = _account(mode, reader, known)
        if person is not None:
            g.person = person
            return None
        session.clear()
        if request.path in OPEN or request.path.startswith("/language/"):
            return None
        if mode.sort == "proxy":
            # The proxy has let somebody in whom nobody has registered here: there is no login.
            return told(text("login.unknown"), 401)
        if request.path == "/login":
            return None
        if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
            return redirect("/login")
        return jsonify(error=text("login.ended")), 401
