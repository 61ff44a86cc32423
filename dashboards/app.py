"""The app: one page frame, one callback that fills it from the address, the routes beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from secrets import token_hex
from typing import Any
from urllib.parse import parse_qs

from dash import ClientsideFunction, Dash, Input, Output, State, dcc
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from flask import g, has_request_context

from dashboards import messages
from dashboards.access import AccessMode, add_login, admit
from dashboards.actions import add_actions
from dashboards.answers import Answers
from dashboards.callbacks import add_callbacks
from dashboards.components import markup as html
from dashboards.components.attributes import attributes
from dashboards.components.shell import navigation, notice, person, switch
from dashboards.deciding import add_deciding
from dashboards.exports import add_exports
from dashboards.languages import add_languages
from dashboards.messages import Language, text
from dashboards.pages import (
    answer,
    bulletin,
    compare,
    documents,
    history,
    indicator,
    listing,
    overview,
    review,
    setting,
    settings,
    submissions,
    tasks,
    workbook,
)
from dashboards.records import add_records, request_id, whereabouts
from dashboards.refusals import add_refusals, store_words
from dashboards.replies import add_replies, keep_reply
from dashboards.routes import add_routes
from dashboards.security import protect
from dashboards.views import Choice, Desk, Snapshot
from dashboards.views.listing import COLUMNS, block
from indicators.errors import StoreError, UsageError
from indicators.ledger import Ledger

__all__ = ["create_app"]

log = logging.getLogger("dashboards")


class _App(Dash):
    """Dash, whose first page is made in the language of whoever asks."""

    def interpolate_index(self, *parts: Any, **named: Any) -> str:
        """Return the first page: title, language and what stands where scripts are off."""
        fill: Any = super().interpolate_index
        page: str = fill(*parts, **named | {"title": text("site.name")})
        return page.replace("{noscript}", text("site.noscript")).replace(
            "{language}", text("site.language")
        )


def create_app(
    store: Ledger | Desk,
    *,
    access: AccessMode | None = None,
    secret: str = "",
    language: Language = "zh",
) -> Dash:
    """Return the app that shows a store.

    Args:
        store: the ledger, or a desk over it (tests pass one with their own judge).
        access: how people are known; by default one local user without login.
        secret: key that signs sessions; by default one that lasts as long as this process.
        language: of whoever has chosen none.
    """
    desk = store if isinstance(store, Desk) else Desk(store)
    app = _App(
        __name__,
        title=text("site.name"),
        update_title="",
        suppress_callback_exceptions=True,
        enable_mcp=False,
        add_log_handler=False,
        # The login page stands outside of the app and brings its own style sheet.
        assets_ignore=r"^login\.css$",
        external_scripts=["/texts.js"],
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.index_string = _INDEX
    mode = access or AccessMode()
    app.layout = lambda: _layout(mode)

    @app.callback(
        Output("page", "children"),
        Output("navigation", "children"),
        Output("title", "data"),
        Input("address", "pathname"),
        Input("address", "search"),
    )
    def show(path: str | None, query: str | None) -> tuple[Component, list[Component], str]:
        return filled(desk, path or "/", query or "")

    @app.callback(
        Output("targets", "getRowsResponse"),
        Input("targets", "getRowsRequest"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def rows(request: dict[str, Any] | None, query: str | None) -> dict[str, Any]:
        if not request:
            raise PreventUpdate
        try:
            start, end = int(request["startRow"]), int(request["endRow"])
            order = [dict(each) for each in (request.get("sortModel") or ())[: len(COLUMNS)]]
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
            raise UsageError(text("refusal.400")) from None
        choice = Choice.read(query or "")
        snapshot = desk.snapshot(choice.quarter)
        with desk.ledger.at_rest():
            data, count = block(snapshot, choice, start, end, order)
        return {"rowData": data, "rowCount": count}

    in_browser: Any = app.clientside_callback
    in_browser(
        ClientsideFunction("desk", "settle"),
        Output("title", "clear_data"),
        Input("title", "data"),
        Input("page", "children"),
    )
    add_records(app.server)
    add_languages(app.server, language)
    add_refusals(app.server)
    add_routes(app.server, desk)
    add_exports(app.server, desk)
    add_deciding(app.server, desk)
    add_actions(app.server, desk, ANSWERS)
    admit(app.server, mode, lambda: desk.ledger, secret or token_hex(32))
    if mode.sort == "accounts":
        add_login(app.server, lambda: desk.ledger)
    protect(app)
    # Last: whoever the guards before it turn away is not answered here.
    add_callbacks(app.server, rows)
    add_replies(app.server, desk, partial(filled, desk))
    return app


_SAME_FOR_ALL = frozenset({"", "indicators", "documents", "workbooks"})
"""First parts of addresses whose pages depend on ledger and address alone."""


def filled(desk: Desk, path: str, query: str) -> tuple[Component, list[Component], str]:
    """Return what an address fills: the page, the navigation and the title."""
    path = path.rstrip("/") or "/"
    shown = respond(desk, path, query)
    keep = Choice(quarter=Choice.read(query).quarter).query()
    return shown, navigation(path, keep), _title(path)


def respond(desk: Desk, path: str, query: str) -> Component:
    """Return the page at an address; whatever goes wrong becomes a page that says so plainly."""
    try:
        shown = _page(desk, path, query)
    except StoreError as error:
        log.warning("store id=%s error=%s", request_id(), type(error).__name__)
        return notice(text("error.store"), store_words(error), back=False)
    except Exception as error:  # noqa: BLE001 - the server lives on, with a number for the reader
        number = request_id()
        log.error("page id=%s error=%s", number, whereabouts(error))  # noqa: TRY400 - no values
        return notice(text("error.unexpected"), text("error.unexpected_action", number=number))
    if path.strip("/").split("/")[0] in _SAME_FOR_ALL and "answer=" not in query:
        keep_reply()
    return shown


def _page(desk: Desk, path: str, query: str) -> Component:
    choice = Choice.read(query)
    snapshot = desk.snapshot(choice.quarter)
    with desk.ledger.at_rest():
        return _shown(snapshot, path, query, choice)


def _shown(snapshot: Snapshot, path: str, query: str, choice: Choice) -> Component:
    parts = path.strip("/").split("/")
    given = {name: values[0] for name, values in parse_qs(query.removeprefix("?")).items()}
    if path == "/":
        return overview.page(snapshot, choice)
    if len(parts) == 2 and parts[0] in _DETAILS:
        return _DETAILS[parts[0]](snapshot, parts[1], given)
    if path == "/indicators":
        return listing.page(snapshot, choice)
    if path == "/submissions":
        return submissions.page(snapshot, choice.quarter, ANSWERS, given.get("answer", ""))
    if path == "/bulletin":
        return bulletin.page(snapshot, choice, given.get("rules", ""))
    if path in _PAGES:
        return _PAGES[path](snapshot, given)
    return notice(text("error.not_found"), text("error.not_found_action"))


ANSWERS = Answers()
"""Answers to uploads; in files, so that every worker process finds them."""

_DETAILS: Mapping[str, Callable[[Snapshot, str, Mapping[str, str]], Component]] = {
    "indicators": lambda snapshot, key, given: indicator.page(
        snapshot, key, given.get("target", ""), given.get("unit", "")
    ),
    "documents": lambda snapshot, key, given: documents.page(
        snapshot, key, given.get("mark", ""), ANSWERS, given.get("answer", "")
    ),
    "history": lambda snapshot, key, _: history.page(snapshot, key),
    "settings": lambda snapshot, key, given: setting.page(
        snapshot, ANSWERS, key, given.get("answer", "")
    ),
    "answers": lambda snapshot, key, _: answer.page(snapshot, ANSWERS, key),
    "workbooks": lambda snapshot, key, given: workbook.page(
        snapshot, key, given.get("sheet", ""), given.get("cell", "")
    ),
}
"""Pages of one thing, by the first part of their address."""

_PAGES: Mapping[str, Callable[[Snapshot, Mapping[str, str]], Component]] = {
    "/documents": documents.listing,
    "/compare": compare.page,
    "/tasks": lambda snapshot, given: tasks.page(snapshot, given, ANSWERS),
    "/settings": lambda snapshot, given: settings.page(snapshot, given, ANSWERS),
    "/review": lambda snapshot, given: review.page(snapshot, given, ANSWERS),
}
"""Pages with filters of their own."""


def _title(path: str) -> str:
    name = path.strip("/").split("/")[0] or "overview"
    known = {**messages.section("nav"), "workbooks": text("workbook.title")}
    return f"{known[name]} · {text('site.name')}" if name in known else text("site.name")


def _layout(mode: AccessMode) -> Component:
    """Return the frame that stays while pages change; with a login, made for who asks."""
    known = mode.sort != "local" and has_request_context() and "person" in g
    return html.Div(
        [
            dcc.Location(id="address"),
            dcc.Store(id="title"),
            html.A(text("site.skip"), href="#page", className="skip"),
            html.Header(
                html.Div(
                    [
                        html.Link(
                            [html.Span(text("site.name"), className="site-name")],
                            href="/",
                            className="site",
                        ),
                        html.Nav(
                            navigation(""),
                            id="navigation",
                            **attributes(aria_label=text("site.main_navigation")),
                        ),
                        *([person(leaves=mode.sort == "accounts")] if known else ()),
                        switch(),
                    ],
                    className="top",
                ),
                className="header",
            ),
            html.Main(_skeleton(), id="page", tabIndex="-1"),
            html.Footer(html.Div(text("site.footer"), className="foot")),
        ]
    )


def _skeleton() -> Component:
    """Return the grey outline that stands until the first page arrives."""
    lines = [
        html.Div(className=f"bone bone-{size}") for size in ("short", "title", "wide", "chart")
    ]
    return html.Div(
        [html.P(text("site.loading"), className="visually-hidden", role="status"), *lines],
        className="page skeleton",
    )


_INDEX = """<!DOCTYPE html>
<html lang="{language}">
<head>
{%metas%}
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
<noscript>{noscript}</noscript>
{%app_entry%}
<footer class="scripts">
{%config%}
{%scripts%}
{%renderer%}
</footer>
</body>
</html>"""
