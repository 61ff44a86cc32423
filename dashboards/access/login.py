"""The login page of local accounts: plain HTML, no script, throttled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Flask, redirect, render_template_string, request, session
from flask.typing import ResponseReturnValue
from werkzeug.security import check_password_hash, generate_password_hash

from dashboards.access.sessions import Sessions
from dashboards.access.throttle import Throttle
from dashboards.messages import text
from indicators.model import User

if TYPE_CHECKING:
    from indicators.ledger import Reader

__all__ = ["add_login"]

PAGE = """<!doctype html>
<html lang="{{ text('site.language') }}"><head><meta charset="utf-8"><title>{{ text('login.title') }} · {{ site }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/login.css"></head>
<body class="login"><main><h1>{{ site }}</h1>
{% if problem %}<p role="alert">{{ problem }}</p>{% endif %}
<form method="post" action="/login">
<label for="user">{{ text('login.user') }}</label>
<input id="user" name="user" autocomplete="username" required autofocus value="{{ user }}">
<label for="password">{{ text('login.password') }}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">{{ text('login.do') }}</button></form>
<p><a href="/language/{{ text('site.switch_to') }}" lang="{{ text('site.switch_to') }}">{{ text('site.switch') }}</a></p></main></body></html>"""

LONGEST_INPUT = 200


def add_login(
    server: Flask,
    reader: Callable[[], Reader],
    throttle: Throttle | None = None,
    sessions: Sessions | None = None,
) -> None:
    """Add ``/login`` and ``/logout`` to a server with local accounts."""
    slow, known_sessions = throttle or Throttle(), sessions or Sessions()
    # Checked for unknown accounts too, so that the time of an answer does not tell which exist.
    nobody = generate_password_hash("nobody", method="scrypt")

    def page(problem: str = "", user: str = "", status: int = 200) -> ResponseReturnValue:
        return render_template_string(
            PAGE, problem=problem, user=user, site=text("site.name"), text=text
        ), status

    @server.get("/login")
    def show() -> ResponseReturnValue:
        return redirect("/") if session.get("user") else page()

    @server.post("/login")
    def enter() -> ResponseReturnValue:
        user = request.form.get("user", "")[:LONGEST_INPUT]
        password = request.form.get("password", "")[:LONGEST_INPUT]
        account, address = f"user:{user}", f"address:{request.remote_addr}"
        if (left := slow.wait(account, address)) > 0:
            return page(text("login.wait", seconds=int(left) + 1), user, 429)
        found = [each for each in reader().current(User, user=user) if each.active]
        known = found[0].password if found and found[0].password else nobody
        if not check_password_hash(known, password) or known is nobody:
            slow.failed(account, address)
            return page(text("login.wrong"), user, 401)
        slow.succeeded(account)
        known_sessions.begin(found[0])
        return redirect("/")

    @server.post("/logout")
    def leave() -> ResponseReturnValue:
        known_sessions.end()
        return redirect("/login")
