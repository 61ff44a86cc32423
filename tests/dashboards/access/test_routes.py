"""Every route and every callback there is, asked by every role: none is forgotten."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook

from dashboards.access import AccessMode, choose
from dashboards.app import create_app
from indicators.model import SourceDocument, Submission, User
from indicators.store import open_store

OFFICE = {"office": "某局", "place": "某区", "quarter": "2026Q3"}
ROLES = {
    "看客": "viewer",
    "某局报送": "reporter",
    "别局报送": "reporter",
    "督查": "steward",
    "管理": "administrator",
}
STAFF = frozenset({"督查", "管理"})
MAY = {
    "open": frozenset({*ROLES, ""}),
    "look": frozenset(ROLES),
    "submit": STAFF | {"某局报送"},
    "decide": STAFF,
    "issue": STAFF,
}
"""Who gets through, by what a route asks for; nobody is the empty name."""

ROUTES = {
    "GET /": "look",
    "GET /<path:path>": "look",
    "GET /_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": "look",
    "GET /_dash-dependencies": "look",
    "GET /_dash-layout": "look",
    "POST /_dash-update-component": "look",
    "GET /_favicon.ico": "look",
    "GET /_reload-hash": "look",
    "GET /answers/<token>/marked.xlsx": "look",
    "GET /assets/<path:filename>": "look",
    "POST /boards": "issue",
    "POST /books/<sort>": "decide",
    "GET /books/review.xlsx": "decide",
    "GET /books/settings.xlsx": "decide",
    "GET /bulletin.docx": "look",
    "POST /documents": "decide",
    "GET /documents/steps/<token>": "look",
    "GET /export/compare.csv": "look",
    "GET /export/indicators/<indicator_id>.csv": "look",
    "GET /export/targets.csv": "look",
    "GET /export/tasks.xlsx": "look",
    "GET /files/<digest>": "look",
    "GET /health": "open",
    "GET /language/<chosen>": "open",
    "POST /indicators/<key>/notes": "decide",
    "GET /login": "open",
    "POST /login": "open",
    "POST /logout": "look",
    "POST /review/decide": "decide",
    "POST /settings/<key>": "decide",
    "POST /settings/<key>/revision": "decide",
    "POST /settings/<key>/shares": "decide",
    "GET /static/<path:filename>": "look",
    "POST /submissions": "submit",
    "POST /submissions/<key>/<decision>": "decide",
    "POST /submissions/calendar": "decide",
    "GET /template.xlsx": "submit",
    "GET /texts.js": "look",
}
"""What each route asks for.  A new route fails the test below until it stands here."""
CALLBACKS = {
    "..page.children...navigation.children...title.data..",
    "targets.getRowsResponse",
    "title.clear_data",
}
"""Callbacks; all of them only look, and the last runs in the browser."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A ledger with one account a role, and one of another office."""
    with open_store(tmp_path_factory.mktemp("routes") / "own") as store:
        with store.batch("accounts", who="甲") as transaction:
            transaction.add(
                User(
                    user=user,
                    role=role,
                    offices=(f"某区/{user[:2]}",) if role == "reporter" else (),
                )
                for user, role in ROLES.items()
            )
        yield store


@pytest.fixture(scope="module")
def client(ledger: Any) -> FlaskClient:
    """The app behind a proxy that names the person."""
    mode = choose("0.0.0.0", login="proxy", header="X-User", proxies=("127.0.0.1",))
    return create_app(ledger, access=mode).server.test_client()


def asked(client: FlaskClient, user: str, method: str, path: str, **more: Any) -> int:
    named = {"HTTP_X_USER": user, "REMOTE_ADDR": "127.0.0.1"}
    return client.open(path, method=method, environ_overrides=named, **more).status_code


def test_every_route_and_callback_is_listed(ledger: Any) -> None:
    """The table is the server's own list of rules, with accounts switched on."""
    app = create_app(ledger, access=AccessMode(sort="accounts"))
    rules = {
        f"{method} {rule.rule}"
        for rule in app.server.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }
    assert rules == set(ROUTES)
    assert set(app.callback_map) == CALLBACKS


@pytest.mark.parametrize(
    "route", sorted(set(ROUTES) - {"GET /login", "POST /login", "POST /logout"})
)
def test_each_role_meets_its_limits_at_each_route(client: FlaskClient, route: str) -> None:
    """Nobody gets 401, whoever may not gets 403, and everyone else is served or told otherwise."""
    method, _, rule = route.partition(" ")
    path = "/".join("x" if part.startswith("<") else part for part in rule.split("/"))
    more: dict[str, Any] = {"data": OFFICE} if method == "POST" else {"query_string": OFFICE}
    if method == "POST" and "review" in rule:
        more = {"data": {"decision": "accepted", "relation": "none"}}
    for user in ("", "无此人", *ROLES):
        status = asked(client, user, method, path, **more)
        if (user if user in ROLES else "") in MAY[ROUTES[route]]:
            assert status not in (401, 403), (user, status)
        else:
            assert status == (403 if user in ROLES else 401), (user, status)


@pytest.mark.parametrize("output", sorted(CALLBACKS - {"title.clear_data"}))
def test_each_role_may_ask_each_callback(client: FlaskClient, output: str) -> None:
    """Nobody gets nothing from Dash's own endpoint; every role gets an answer."""
    rows = {"id": "targets", "property": "getRowsRequest", "value": {"startRow": 0, "endRow": 9}}
    inputs = {
        True: [rows],
        False: [
            {"id": "address", "property": "pathname", "value": "/tasks"},
            {"id": "address", "property": "search", "value": ""},
        ],
    }
    grid = output.startswith("targets")
    body = {
        "output": output,
        "outputs": {"id": "targets", "property": "getRowsResponse"},
        "inputs": inputs[grid],
        "state": [{"id": "address", "property": "search", "value": ""}] if grid else [],
        "changedPropIds": ["targets.getRowsRequest"] if grid else ["address.pathname"],
    }
    for user in ("", *ROLES):
        status = asked(client, user, "POST", "/_dash-update-component", json=body)
        assert status == (200 if user else 401), user


@pytest.fixture
def handed(tmp_path: Any) -> Iterator[tuple[FlaskClient, str, str]]:
    """The app over a workbook that 某局 handed in, signed, and a document; their digests."""
    book = Workbook()
    for row in (["指标", "数值"], ["机柜", 1800], ["填表人：李四　联系电话：022-12345678"]):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    with open_store(tmp_path / "handed") as store:
        digest = store.keep(made.getvalue(), name="三季度.xlsx")
        paper = store.keep("某区方案".encode(), name="某区方案.txt")
        with store.batch("import", who="甲") as transaction:
            transaction.add(
                [
                    Submission(
                        submission_id="s1", office="某局", place="某区", quarter="2026Q3",
                        file_digest=digest, file_name="三季度.xlsx", status="accepted",
                    ),
                    SourceDocument(
                        document_digest=paper, document="某区方案.txt", text_digest=paper,
                        characters=4, extractor="test",
                    ),
                    *(
                        User(
                            user=user,
                            role=role,
                            offices=(f"某区/{user[:2]}",) if role == "reporter" else (),
                        )
                        for user, role in ROLES.items()
                    ),
                ]
            )  # fmt: skip
        mode = choose("0.0.0.0", login="proxy", header="X-User", proxies=("127.0.0.1",))
        yield create_app(store, access=mode).server.test_client(), digest, paper


@pytest.mark.parametrize("user", ROLES)
def test_a_whole_workbook_is_for_its_office_and_for_who_decides(
    handed: tuple[FlaskClient, str, str], user: str
) -> None:
    """Others see the sheet, where the figure stands, without names and numbers of people."""
    client, digest, paper = handed
    may = user in MAY["submit"]
    assert asked(client, user, "GET", f"/files/{digest}") == (200 if may else 403)
    assert asked(client, user, "GET", f"/files/{paper}") == 200
    shown = client.post(
        "/_dash-update-component",
        environ_overrides={"HTTP_X_USER": user, "REMOTE_ADDR": "127.0.0.1"},
        json={
            "output": "..page.children...navigation.children...title.data..",
            "inputs": [{"value": f"/workbooks/{digest}"}, {"value": ""}],
        },
    ).get_data(as_text=True)
    assert "1800" in shown
    assert ("李四" in shown, "022-12345678" in shown) == (may, may)
    assert (f"/files/{digest}" in shown) == may
