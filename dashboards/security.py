"""What the server refuses and what it tells the browser: headers, origin, size."""

from __future__ import annotations

import flask
from dash import Dash
from flask.typing import ResponseReturnValue

from dashboards.messages import text
from dashboards.refusals import told

__all__ = ["LARGEST", "protect"]

LARGEST = 16 * 2**20
"""Bytes of one request: a workbook of 10 MB in the form in which callbacks carry files."""

_PUBLIC = ("/assets/", "/_dash-component-suites/", "/_favicon.ico", "/texts.js")
"""First parts of addresses that hold nothing of the ledger and may be kept."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def protect(app: Dash) -> None:
    """Add the same-origin check, the size limit and the security headers to every route.

    Call it after all callbacks are registered: the policy names the hashes of inline scripts.
    """
    server: flask.Flask = app.server
    server.config["MAX_CONTENT_LENGTH"] = LARGEST
    policy: list[str] = []

    @server.before_request
    def same_origin() -> flask.Response | None:
        """Refuse unsafe methods that another site's page sends (Fetch Metadata, else Origin)."""
        request = flask.request
        if request.method in _SAFE:
            return None
        site = request.headers.get("Sec-Fetch-Site")
        origin = request.headers.get("Origin")
        if site is not None:
            fine = site in ("same-origin", "none")
        else:
            fine = origin is None or origin.partition("://")[2] == request.host
        return None if fine else _refusal(text("error.forbidden"), 403)

    @server.errorhandler(413)
    def too_large(_: Exception) -> ResponseReturnValue:
        return told(text("error.too_large", limit=f"{LARGEST // 2**20} MB"), 413)

    @server.after_request
    def headers(response: flask.Response) -> flask.Response:
        if not policy:
            policy.append(_policy(app))
        response.headers.setdefault("Content-Security-Policy", policy[0])
        if not flask.request.path.startswith(_PUBLIC):
            # Figures that are not published yet stay out of the caches of browsers and proxies.
            response.headers["Cache-Control"] = "no-store"
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        return response


def _policy(app: Dash) -> str:
    scripts = " ".join(["'self'", *app.csp_hashes()])
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {scripts}",
            # Plotly, the grid and Dash write style attributes; no policy can name them by hash.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _refusal(words: str, status: int) -> flask.Response:
    return flask.Response(f"{words}\n", status=status, mimetype="text/plain")
