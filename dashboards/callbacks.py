"""What the browser may ask of the callback endpoint: the page, and blocks of the grid; nothing else.

Dash would read any request far before it finds out that no page of ours sends it.  So whatever is
not formed as the browser forms it is refused here in words, and Dash's own dispatch is not reached.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import flask
from dash.exceptions import PreventUpdate
from flask.typing import ResponseReturnValue

from dashboards.messages import text
from dashboards.refusals import told
from dashboards.replies import OUTPUT, ROUTE

__all__ = ["GRID", "add_callbacks"]

GRID = "targets.getRowsResponse"
_ASKED: Mapping[str, Sequence[str]] = {
    OUTPUT: ("address.pathname", "address.search"),
    GRID: ("targets.getRowsRequest", "address.search"),
}
"""Inputs and states of each callback, as the browser names them."""

Rows = Callable[[dict[str, Any] | None, str | None], dict[str, Any]]


def _body() -> Any:
    """Return what was sent, None where it is no JSON, or nested deeper than anybody reads."""
    try:
        return flask.request.get_json(silent=True)
    except RecursionError:
        return None


def _value(part: Any, name: str) -> Any:
    """Return the value of an input; one that does not say its name is known by its place.

    Raises:
        ValueError: it is another one than asked for, or no text that can be written.
    """
    if not isinstance(part, dict):
        raise ValueError(name)  # noqa: TRY004 - it came from outside
    if f"{part.get('id')}.{part.get('property')}" not in (name, "None.None"):
        raise ValueError(name)
    value = part.get("value")
    if name.startswith("address."):
        if not isinstance(value, str | None):
            raise ValueError(name)
        (value or "").encode()  # half a pair of surrogates is no text
    return value


def _values(body: Any) -> tuple[str, list[Any]]:
    """Return the callback that a request is for and the values that it carries.

    Raises:
        ValueError: it is not formed as the browser forms it.
    """
    given = body if isinstance(body, dict) else {}
    output, inputs, states = given.get("output"), given.get("inputs"), given.get("state") or []
    names = _ASKED.get(output) if isinstance(output, str) else None
    if names is None or not isinstance(inputs, list) or not isinstance(states, list):
        raise ValueError("output")
    values = [_value(*each) for each in zip([*inputs, *states], names, strict=True)]
    return str(output), values


def add_callbacks(server: flask.Flask, rows: Rows) -> None:
    """Answer the grid and refuse what is no callback; the page itself is left to ``replies``.

    Args:
        server: the Flask application, its guards in place.
        rows: makes a block of the grid from its request and the query of the address.
    """

    @server.before_request
    def asked() -> ResponseReturnValue | None:
        if flask.request.path != ROUTE or flask.request.method != "POST":
            return None
        try:
            output, values = _values(_body())
        except ValueError:
            return told(text("refusal.400"), 400)
        if output != GRID:
            return None
        try:
            block = rows(*values)
        except PreventUpdate:
            return "", 204
        name, _, prop = GRID.partition(".")
        return flask.jsonify(multi=True, response={name: {prop: block}})
