"""In a real browser: the login, a session that has ended, the name that a proxy gives."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from werkzeug.security import generate_password_hash
from werkzeug.serving import make_server

from dashboards.access import AccessMode, choose
from dashboards.app import create_app
from indicators.model import User
from indicators.store import open_store
from tests.dashboards import sample

PASSWORD = "一个足够长的口令"
ROLES = ("viewer", "reporter", "steward", "administrator")


def users() -> list[User]:
    password = generate_password_hash(PASSWORD, method="scrypt:1024:8:1")
    return [User(user=f"{role}甲", role=role, password=password) for role in ROLES]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory) -> Iterator[str]:
    """The app with local accounts, one a role."""
    with open_store(tmp_path_factory.mktemp("guarded") / "store") as ledger:
        sample.fill(ledger)
        with ledger.batch("accounts", who="甲") as transaction:
            transaction.add(users())
        app = create_app(ledger, access=AccessMode(sort="accounts"))
        server = make_server("127.0.0.1", 0, app.server, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.browser
def test_the_login_page_asks_for_nothing_it_may_not_have(page, guarded):
    """Nobody's browser meets a refusal, so the console stays empty."""
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.goto(f"{guarded}/login")
    expect(page.get_by_role("button", name="登录")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert troubles == []


@pytest.mark.browser
def test_an_ended_session_leads_back_to_the_login(page, guarded):
    """Who is logged out elsewhere gets the login at the next click, not an empty page."""
    page.goto(f"{guarded}/login")
    page.get_by_label("账号").fill("viewer甲")
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".person")).to_be_visible()
    # An answer under way would renew the session.
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    page.get_by_role("link", name="台账").click()
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def test_behind_a_proxy_the_name_is_shown_without_a_way_out(store):
    """The proxy keeps the session: the header names the person, and only the proxy's word counts."""
    with store.batch("accounts", who="甲") as transaction:
        transaction.add(users())
    mode = choose("0.0.0.0", login="proxy", header="X-User", proxies=("10.1.0.0/16",))
    client = create_app(store, access=mode).server.test_client()
    asked = {"HTTP_X_USER": "viewer甲", "REMOTE_ADDR": "10.1.2.3"}
    told = client.get("/_dash-layout", environ_overrides=asked).get_data(as_text=True)
    assert "viewer" in told
    assert "/logout" not in told
    assert client.get("/_dash-layout", headers={"X-User": "viewer甲"}).status_code == 401
