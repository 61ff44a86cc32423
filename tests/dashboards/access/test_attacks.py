"""What people try on purpose: other people's answers, forged pages, races, a store that is taken away."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.security import generate_password_hash

from dashboards.access import AccessMode, choose
from dashboards.app import create_app
from indicators.model import Commitment, ReviewDecision, User
from indicators.register.reviewbook import version_of
from indicators.store import Store, open_store
from tests.dashboards import sample

KEY = sample.CASES[0].id
OFFICES = {"数据报送": "武清区/区数据局", "工信报送": "武清区/区工业和信息化局"}
PEOPLE = {"看客": "viewer", "数据报送": "reporter", "工信报送": "reporter", "督查": "steward"}
PASSWORD = "一个足够长的访问口令"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Store]:
    """The sample with one account a role, and a second reporter."""
    with open_store(tmp_path / "geheim") as store:
        sample.fill(store)
        password = generate_password_hash(PASSWORD, method="scrypt:1024:8:1")
        with store.batch("accounts", who="甲") as transaction:
            transaction.add(
                User(
                    user=user,
                    role=role,
                    offices=(OFFICES[user],) if user in OFFICES else (),
                    password=password,
                )
                for user, role in PEOPLE.items()
            )
        yield store


@pytest.fixture
def client(house: Store) -> FlaskClient:
    """The app behind a proxy that names the person."""
    mode = choose("0.0.0.0", login="proxy", header="X-User", proxies=("127.0.0.1",))
    return create_app(house, access=mode).server.test_client()


def named(user: str) -> dict[str, str]:
    return {"HTTP_X_USER": user, "REMOTE_ADDR": "127.0.0.1"}


def page(client: FlaskClient, user: str, path: str, query: str = "") -> str:
    answer = client.post(
        "/_dash-update-component",
        environ_overrides=named(user),
        json={
            "output": "..page.children...navigation.children...title.data..",
            "inputs": [{"value": path}, {"value": query}],
        },
    )
    assert answer.status_code == 200
    return json.dumps(json.loads(answer.data), ensure_ascii=False)


@pytest.mark.parametrize("path", ["/", "/login", "/tasks", "/export/targets.csv"])
@pytest.mark.parametrize("user", ["", "无此人"])
def test_whom_the_proxy_lets_in_without_an_account_is_told_so(
    client: FlaskClient, path: str, user: str
) -> None:
    """No login that does not exist and no empty page: a line that says whom to ask."""
    answer = client.get(path, environ_overrides=named(user), headers={"Accept": "text/html"})
    assert answer.status_code == 401
    assert "请联系管理员登记" in answer.text


def test_an_answer_is_its_senders_alone(client: FlaskClient, house: Store) -> None:
    """Who knows the token of somebody else's upload gets neither its page nor its workbook."""
    sent = client.post(
        "/submissions",
        environ_overrides=named("数据报送"),
        data={
            "office": "区数据局", "place": "武清区", "quarter": "2026Q4",
            "workbook": (io.BytesIO("指标,数值\n智算规模,很多\n".encode()), "表.csv"),
        },
    )  # fmt: skip
    assert sent.status_code == 303
    token = sent.location.rpartition("/")[2]
    assert "这份回执已不在" not in page(client, "数据报送", f"/answers/{token}")
    for other in ("工信报送", "看客", "督查"):
        assert "这份回执已不在" in page(client, other, f"/answers/{token}")
        asked = client.get(f"/answers/{token}/marked.xlsx", environ_overrides=named(other))
        assert asked.status_code == 404


@pytest.mark.parametrize(
    "path", ["/settings", f"/settings/{KEY}", "/review", "/tasks", "/documents"]
)
def test_a_page_made_for_a_steward_is_not_given_to_a_viewer(client: FlaskClient, path: str) -> None:
    """Whoever asks first, kept answers and all: forms are for who may post them."""
    for _ in range(2):
        assert '"method": "post"' in page(client, "督查", path)
        assert '"method": "post"' not in page(client, "看客", path)
        assert '"method": "post"' not in page(client, "数据报送", path)


@pytest.mark.parametrize(
    "path",
    [
        "/files/../../../../etc/passwd",
        "/files/%2e%2e%2f%2e%2e%2fledger.sqlite",
        "/assets/..%2f..%2f..%2fpyproject.toml",
        "/assets/%2e%2e/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/answers/..%2f..%2fsession/marked.xlsx",
        "/documents/steps/..%2f..%2fsession",
        "/_dash-component-suites/dash/..%2f..%2f..%2fapp.py",
    ],
)
def test_no_path_leads_out_of_what_is_served(client: FlaskClient, path: str) -> None:
    """Neither code, store nor keys come out of an address."""
    answer = client.get(path, environ_overrides=named("督查"))
    # Any other address answers with the app itself, which shows that there is no such page.
    assert answer.status_code in (200, 404, 500)
    for inside in ("root:", "SQLite format", "create_app(", "[project]"):
        assert inside not in answer.get_data(as_text=True)


def test_of_two_stewards_who_decide_one_row_at_the_same_moment_one_does(house: Store) -> None:
    """Both press at once, row by row: one decision is recorded, the other one is told."""
    rows = [
        replace(each, commitment_id=f"waiting{number}", review="proposed")
        for number, each in enumerate(list(house.current(Commitment))[:6])
    ]
    with house.batch("load", who="甲") as transaction:
        transaction.add(rows)
    app = create_app(house).server
    start = Barrier(2)

    def press(decision: str, row: Commitment) -> int:
        with app.test_client() as one:
            form = {"commitment": row.commitment_id, "version": version_of(row)}
            start.wait(20)
            return one.post("/review/decide", data={**form, "decision": decision}).status_code

    with ThreadPoolExecutor(2) as people:
        for row in rows:
            both = [people.submit(press, each, row) for each in ("accepted", "rejected")]
            assert sorted(each.result(60) for each in both) == [200, 409]
            told = house.history(ReviewDecision, commitment_id=row.commitment_id)
            assert len(told) == 1


def test_a_store_that_vanishes_is_said_to_who_is_logged_in_too(
    house: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Plain words for every route and page, a line without names, and afterwards it goes on."""
    caplog.set_level(logging.INFO)
    app = create_app(house, access=AccessMode(sort="accounts"), secret="geheim")
    client = app.server.test_client()
    enter = {"user": "督查", "password": PASSWORD}
    assert client.post("/login", data=enter).status_code == 302
    file = tmp_path / "geheim" / "ledger.sqlite"
    file.rename(tmp_path / "away")
    asked: list[Any] = [
        client.get("/", headers={"Accept": "text/html"}),
        client.get("/bulletin.docx?quarter=2026Q3"),
        client.get("/books/settings.xlsx"),
        client.get(f"/files/{sample.digest_of(sample.PLAN)}"),
        client.post(f"/indicators/{KEY}/notes", data={"text": "试"}),
        client.post("/login", data=enter),
        client.get("/health"),
    ]
    assert {each.status_code for each in asked} == {503}
    told = [each.get_data(as_text=True) for each in asked]
    assert not any("geheim" in each or "Traceback" in each for each in told)
    assert "服务仍在运行" in told[0]
    (tmp_path / "away").rename(file)
    assert client.get("/export/targets.csv").status_code == 200
    for name in (*PEOPLE, "geheim", PASSWORD, "试"):
        assert name not in caplog.text


def test_the_log_of_a_login_holds_no_name(house: Store, caplog: pytest.LogCaptureFixture) -> None:
    """Neither who came in, nor who did not, nor with what."""
    caplog.set_level(logging.DEBUG)
    client = create_app(house, access=AccessMode(sort="accounts"), secret="x").server.test_client()
    client.post("/login", data={"user": "督查", "password": "错的口令一二三"})
    client.post("/login", data={"user": "督查", "password": PASSWORD})
    client.post("/documents", data={"document": (io.BytesIO(b"x"), "秘密名单.exe")})
    client.post("/logout")
    for word in ("督查", "错的口令", PASSWORD, "秘密名单"):
        assert word not in caplog.text
    assert "rule=/login status=302" in caplog.text
