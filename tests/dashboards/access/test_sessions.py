"""Sessions of local accounts end when they should, and nobody gets into one from outside."""

from __future__ import annotations

import io
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboards.access import AccessMode, choose
from dashboards.access import sessions as room
from dashboards.app import create_app
from indicators.cli import main
from indicators.store import Store, open_store

PASSWORD, NEW = "一个足够长的访问口令", "另一个足够长的访问口令"
HTML = {"Accept": "text/html"}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with the account 甲, and the folder of what was left in a place of its own."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    keep(tmp_path, monkeypatch, "add", "甲", typed=PASSWORD)
    return tmp_path


def keep(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str, typed: str = "") -> None:
    """Run a command on accounts."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    assert main(["user", *words, "--store", str(folder / "store"), "--who", "管理"]) == 0


@pytest.fixture
def store(house: Path) -> Iterator[Store]:
    with open_store(house / "store") as ledger:
        yield ledger


def client_of(store: Store) -> FlaskClient:
    """A browser at one worker process; all of them sign with one key."""
    return create_app(
        store, access=AccessMode(sort="accounts"), secret="geheim"
    ).server.test_client()


def enter(client: FlaskClient, password: str = PASSWORD) -> TestResponse:
    return client.post("/login", data={"user": "甲", "password": password})


def inside(client: FlaskClient) -> bool:
    return client.get("/export/targets.csv").status_code == 200


def test_a_new_password_ends_the_sessions_of_the_old_one(house, store, monkeypatch) -> None:
    """Whoever came in with the old password is out at the next request; the new one lets in."""
    client = client_of(store)
    enter(client)
    assert inside(client)
    keep(house, monkeypatch, "password", "甲", typed=NEW)
    assert not inside(client)
    assert enter(client).status_code == 401
    assert enter(client, NEW).status_code == 302
    assert inside(client)


def test_a_closed_account_stays_out_when_it_is_opened_again(house, store, monkeypatch) -> None:
    """Closing ends its sessions for good, also when the same name is given an account again."""
    client = client_of(store)
    enter(client)
    keep(house, monkeypatch, "remove", "甲")
    assert not inside(client)
    kept = client.get_cookie("indicators")
    keep(house, monkeypatch, "add", "甲", typed=NEW)
    if kept is not None:
        client.set_cookie("indicators", kept.value)
    assert not inside(client)


def test_a_role_that_is_taken_away_counts_at_once(house, store, monkeypatch) -> None:
    """The session goes on, with what the account may do now."""
    keep(house, monkeypatch, "role", "甲", "steward")
    client = client_of(store)
    enter(client)
    assert client.get("/books/settings.xlsx").status_code == 200
    keep(house, monkeypatch, "role", "甲", "viewer")
    assert client.get("/books/settings.xlsx").status_code == 403
    assert inside(client)


def test_a_copied_cookie_ends_with_its_session(store) -> None:
    """After leaving, the same cookie lets nobody in, at another worker process neither."""
    mine, other = client_of(store), client_of(store)
    enter(mine)
    copied = mine.get_cookie("indicators").value
    other.set_cookie("indicators", copied)
    assert inside(other)
    mine.post("/logout")
    assert not inside(mine)
    other.set_cookie("indicators", copied)
    assert not inside(other)


def test_an_answer_under_way_does_not_bring_a_left_session_back(store, monkeypatch) -> None:
    """A cookie that was made longer while its owner left belongs to a session that is over."""
    client = client_of(store)
    enter(client)
    monkeypatch.setattr(room, "RENEWED", -1.0)
    assert inside(client)
    renewed = client.get_cookie("indicators").value
    client.post("/logout")
    client.set_cookie("indicators", renewed)
    assert not inside(client)


def test_a_session_from_before_the_login_is_not_taken_over(store) -> None:
    """What somebody put into a browser before its owner logged in is worth nothing afterwards."""
    victim, attacker = client_of(store), client_of(store)
    for forged in ("eyJ1c2VyIjoi55SyIn0.aaaa.bbbb", ""):
        victim.set_cookie("indicators", forged)
        enter(victim)
        assert victim.get_cookie("indicators").value != forged
        attacker.set_cookie("indicators", forged)
        assert not inside(attacker)


@pytest.mark.parametrize("secure", [False, True])
def test_the_cookie_is_kept_from_scripts_and_other_sites(store, secure) -> None:
    """HttpOnly and SameSite always, Secure where the house is served over HTTPS."""
    mode = choose("0.0.0.0", login="accounts", secure=secure)
    client = create_app(store, access=mode, secret="geheim").server.test_client()
    sent = SimpleCookie(enter(client).headers["Set-Cookie"])["indicators"]
    assert sent["httponly"]
    assert sent["samesite"] == "Lax"
    assert bool(sent["secure"]) == secure
    assert sent["path"] == "/"


def test_another_site_cannot_log_anybody_in_or_out(store) -> None:
    """Unsafe requests of another origin are refused at the login, too."""
    client = client_of(store)
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        sent = client.post("/login", data={"user": "甲", "password": PASSWORD}, headers=headers)
        assert sent.status_code == 403
    enter(client)
    assert client.post("/logout", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert inside(client)


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1:8050", 200), ("localhost", 200), ("[::1]:8050", 200), ("LOCALHOST:1", 200),
     ("evil.example:8050", 403), ("127.0.0.1.evil.example", 403), ("localhost.evil.example", 403)],
)  # fmt: skip
def test_without_a_login_only_this_machines_names_are_answered(store, host, status) -> None:
    """A page that gives its own name this machine's address gets nothing out of the house."""
    client = create_app(store).server.test_client()
    for path in ("/", "/export/targets.csv", "/health"):
        answer = client.get(path, headers={"Host": host, **HTML})
        assert answer.status_code == status, path
    assert status == 200 or "不是本机的名称" in answer.text
