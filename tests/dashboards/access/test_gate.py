"""The guard of every route, the login page and the choice of a mode."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.security import generate_password_hash

from dashboards.access.guard import admit, current_person, secret_of
from dashboards.access.login import add_login
from dashboards.access.mode import AccessMode, choose
from dashboards.access.throttle import Throttle
from indicators.errors import UsageError
from indicators.model import Record, User

PASSWORD = "一个足够长的口令"
USERS = [
    User(
        user="甲",
        role="reporter",
        offices=("武清区/区数据局",),
        password=generate_password_hash(PASSWORD, method="scrypt:1024:8:1"),
    ),
    User(user="乙", role="steward", active=False),
    User(user="丙", role="viewer"),
]


class Accounts:
    """A ledger that knows accounts only."""

    def current(self, record: type[Record], *, user: str = "", **_: object) -> list[User]:
        return [each for each in USERS if each.user == user]


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def server(mode: AccessMode, clock: Clock | None = None) -> Flask:
    made = Flask(__name__)
    made.testing = True
    admit(made, mode, Accounts, "geheim")
    if mode.sort == "accounts":
        add_login(made, Accounts, Throttle(clock or Clock()))

    @made.route("/", methods=["GET", "POST"])
    def home() -> str:
        return current_person().name

    return made


@pytest.fixture
def accounts() -> Iterator[FlaskClient]:
    with server(AccessMode(sort="accounts")).test_client() as client:
        yield client


def test_another_host_needs_a_login() -> None:
    """Listening beyond this machine is refused until a login is configured."""
    with pytest.raises(UsageError, match="没有配置登录，不能监听"):
        choose("0.0.0.0")
    assert choose("127.0.0.1").sort == "local"
    assert choose("0.0.0.0", login="accounts").sort == "accounts"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"login": "proxy"}, "要写明代理的地址"),
        ({"login": "proxy", "proxies": ("10.0.0.300",)}, "代理地址不对"),
        ({"login": "ldap"}, "不认识的登录方式“ldap”"),
    ],
)
def test_a_wrong_mode_is_said_in_words(options: dict[str, object], words: str) -> None:
    """A mode that could let anybody in is refused when serving starts."""
    with pytest.raises(UsageError, match=words):
        choose("0.0.0.0", **options)


def test_this_machine_has_one_user_without_login() -> None:
    """The default needs no account."""
    assert server(AccessMode()).test_client().get("/").text == "本机用户"


def test_nobody_gets_in_without_a_login(accounts: FlaskClient) -> None:
    """A page leads to the login, everything else is 401 in words."""
    page = accounts.get("/", headers={"Accept": "text/html"})
    assert (page.status_code, page.location) == (302, "/login")
    answer = accounts.post("/_dash-update-component", json={})
    assert answer.status_code == 401
    assert "重新登录" in answer.json["error"]


def test_the_right_password_lets_in_and_logout_out(accounts: FlaskClient) -> None:
    """A session begins with the password and ends with logout."""
    assert accounts.post("/login", data={"user": "甲", "password": PASSWORD}).location == "/"
    assert accounts.get("/").text == "甲"
    accounts.post("/logout")
    assert accounts.get("/").status_code == 401


@pytest.mark.parametrize("user", ["甲", "乙", "丙", "无此人"])
def test_a_wrong_password_tells_nothing(accounts: FlaskClient, user: str) -> None:
    """Unknown, closed and passwordless accounts answer as a wrong password does."""
    answer = accounts.post("/login", data={"user": user, "password": "nobody"})
    assert answer.status_code == 401
    assert "账号或口令不对" in answer.text


def test_failures_are_throttled() -> None:
    """After five failures even the right password must wait, and a wait that is over is over."""
    clock = Clock()
    client = server(AccessMode(sort="accounts"), clock).test_client()
    for _ in range(5):
        client.post("/login", data={"user": "甲", "password": "x"})
    assert client.post("/login", data={"user": "甲", "password": PASSWORD}).status_code == 429
    clock.now += 3
    assert client.post("/login", data={"user": "甲", "password": PASSWORD}).status_code == 302


def test_failures_are_forgotten_and_an_address_has_more_of_them() -> None:
    """Mistakes of long ago count no more, and one person does not lock out a whole office."""
    clock, address = Clock(), "address:10.0.0.1"
    slow = Throttle(clock)
    for number in range(29):
        slow.failed(f"user:{number}", address)
    assert slow.wait("user:甲", address) == 0
    slow.failed("user:甲", address)
    assert slow.wait("user:甲", address) > 0
    clock.now += 4000
    slow.failed("user:甲", address)
    assert slow.wait("user:甲", address) == 0


def test_however_many_failures_there_were_the_wait_stays_bounded() -> None:
    """Thousands of failures make nobody wait for ever, and no error."""
    clock = Clock()
    slow = Throttle(clock)
    for _ in range(3000):
        slow.failed("user:甲", "address:10.0.0.1")
    assert slow.wait("user:甲", "address:10.0.0.1") == 900


def test_the_header_is_believed_from_the_proxy_only() -> None:
    """A client that sends the proxy's header itself is nobody."""
    client = server(
        choose("0.0.0.0", login="proxy", header="X-User", proxies=("10.1.0.0/16",))
    ).test_client()
    for address, status in (
        ("10.1.2.3", 200),
        ("::ffff:10.1.2.3", 200),
        ("10.2.0.1", 401),
        ("::ffff:10.2.0.1", 401),
        ("", 401),
        ("10.1.2.3, 10.2.0.1", 401),
    ):
        answer = client.get("/", environ_overrides={"HTTP_X_USER": "丙", "REMOTE_ADDR": address})
        assert answer.status_code == status


def test_a_closed_account_loses_its_session(accounts: FlaskClient) -> None:
    """An account is looked up at every request, so that closing it counts at once."""
    accounts.post("/login", data={"user": "甲", "password": PASSWORD})
    kept = USERS[0]
    try:
        USERS[0] = User(user="甲", role="reporter", active=False)
        assert accounts.get("/").status_code == 401
    finally:
        USERS[0] = kept


def test_the_session_key_is_made_once_for_all_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers sign with one key, which only the owner may read."""
    monkeypatch.delenv("INDICATORS_SECRET", raising=False)
    first, second = secret_of(tmp_path), secret_of(tmp_path)
    assert first == second
    assert (tmp_path / "session.key").stat().st_mode & 0o777 == 0o600
