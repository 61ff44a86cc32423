"""Forged, stale and simultaneous requests, and a store that vanishes: plain words, nothing lost."""

from __future__ import annotations

import logging
import socket
import threading
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import make_url

from dashboards.app import create_app
from dashboards.deciding import decide
from indicators.access import LOCAL
from indicators.errors import UsageError
from indicators.model import (
    Board,
    Indicator,
    Note,
    Observation,
    Relation,
    Setting,
    Share,
    Target,
)
from indicators.store import open_store
from indicators.store.ledger import Store
from tests.dashboards import sample
from tests.dashboards.actions.test_desk_work import FORM, KEY, shown, version_in

HTML = {"Accept": "text/html"}
REVISION = {"magnitude": "40", "approved_by": "某政发〔2026〕8号", "reason": "需求增长"}


def callback(output: str, *values: object, **state: object) -> dict[str, object]:
    """The body that a browser would send for a callback with one input."""
    name, _, prop = output.partition(".")
    given = [{"id": name, "property": "getRowsRequest", "value": each} for each in values]
    kept = [{"id": "address", "property": key, "value": value} for key, value in state.items()]
    return {
        "output": output, "outputs": {"id": name, "property": prop}, "inputs": given,
        "state": kept, "changedPropIds": [f"{name}.getRowsRequest"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        {"startRow": "秘密"},
        {"startRow": 0, "endRow": "秘密"},
        {"startRow": 0, "endRow": 9, "sortModel": "秘密"},
        {"startRow": 0, "endRow": 9, "sortModel": 7},
        ["秘密"],
    ],
)
def test_a_forged_block_of_the_grid_is_refused_in_words(client, caplog, rows):
    """Nonsense for rows and order gets 400 in Chinese; its content reaches no log."""
    answer = client.post(
        "/_dash-update-component", json=callback("targets.getRowsResponse", rows, search="")
    )
    assert answer.status_code == 400
    assert "请刷新页面" in answer.json["error"]
    assert "秘密" not in caplog.text


@pytest.mark.parametrize("end", [10**9, -1])
def test_no_request_gets_the_whole_table(client, end):
    """However many rows are asked for, a block stays a block."""
    body = callback("targets.getRowsResponse", {"startRow": 0, "endRow": end}, search="")
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200
    assert len(answer.data) < 300 * 1024


@pytest.mark.parametrize("body", ["[]", "null", '{"output": "秘密.children", "inputs": []}'])
def test_a_callback_that_does_not_exist_is_refused_in_words(client, caplog, body):
    """It never reaches Dash; the log has its line, without what was sent."""
    caplog.set_level(logging.INFO)
    answer = client.post(
        "/_dash-update-component", data=body.encode(), content_type="application/json"
    )
    assert answer.status_code == 400
    assert "请刷新页面" in answer.json["error"]
    assert f"id={answer.headers['X-Request-ID']}" in caplog.text
    assert "status=400" in caplog.text
    assert "秘密" not in caplog.text


def test_what_nobody_foresaw_is_told_with_its_number(client, caplog, monkeypatch):
    """Neither the answer nor the log holds a traceback or a value; the number joins them."""

    def stumble(*_: object) -> None:
        raise RuntimeError("秘密")

    monkeypatch.setattr("dashboards.routes.story", stumble)
    answer = client.get(f"/export/indicators/{KEY}.csv")
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.json["error"]
    lines = [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]
    assert len(lines) == 1
    assert answer.headers["X-Request-ID"] in lines[0]
    assert "秘密" not in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        ("GET", "/export/indicators/none.csv", 404, "没有这个地址或文件"),
        ("GET", "/answers/none/marked.xlsx", 404, "没有这个地址或文件"),
        ("POST", "/export/targets.csv", 405, "不接受这样的请求"),
        ("DELETE", "/", 405, "不接受这样的请求"),
    ],
)
def test_an_address_that_is_none_is_said_in_chinese(client, method, path, status, words):
    """What the framework refuses reads like the rest, as a page and as data."""
    assert words in client.open(path, method=method).json["error"]
    page = client.open(path, method=method, headers=HTML)
    assert page.status_code == status
    assert words in page.text


@pytest.fixture
def meanwhile(monkeypatch):
    """Do something else just before the next batch opens: after the form's own look, if it has one."""
    real, waiting = Store.batch, []

    def batch(self, *given, **named):
        while waiting:
            waiting.pop()()
        return real(self, *given, **named)

    monkeypatch.setattr(Store, "batch", batch)
    return waiting.append


def answer_of(client, path: str, **fields: str) -> str:
    sent = client.post(path, data=fields)
    assert sent.status_code == 303
    return shown(client, f"/settings/{KEY}", f"?{sent.location.partition('?')[2]}")


def in_force(store) -> Target:
    return next(iter(store.current(Target, indicator_id=KEY, supersedes="")))


def test_of_two_revisions_of_a_target_the_second_is_refused(client, store, meanwhile):
    """The look whether a target still stands happens under the write lock, not before it."""
    target = in_force(store).target_id
    path = f"/settings/{KEY}/revision"
    meanwhile(lambda: client.post(path, data={**REVISION, "target": target, "magnitude": "50"}))
    assert "已被调整" in answer_of(client, path, **REVISION, target=target)
    (revised,) = store.current(Target, supersedes=target)
    assert revised.magnitude == 50


def test_of_two_splits_of_a_target_the_second_is_told(client, store, meanwhile):
    """Parts that somebody else wrote meanwhile are not written over, and no mixture arises."""
    target, path = in_force(store).target_id, f"/settings/{KEY}/shares"
    page = shown(client, f"/settings/{KEY}")
    form = {"target": target, "sort": "year", "version": version_in(page, 1)}
    meanwhile(lambda: client.post(path, data={**form, "parts": "2026=18、2027=30"}))
    page = answer_of(client, path, **form, parts="2025=9、2027=30")
    assert "刚被他人改过" in page
    assert "2025=9、2027=30" in page
    parts = {row.part for row in store.current(Share, target_id=target) if not row.withdrawn}
    assert parts == {"2026", "2027"}


def test_of_two_settings_of_an_indicator_the_second_is_told(client, store, meanwhile):
    """What the first steward set stays; what the second typed stands in the form again."""
    path = f"/settings/{KEY}"
    form = {**FORM, "version": version_in(shown(client, path), 0)}
    meanwhile(lambda: client.post(path, data={**form, "lead_office": "甲局"}))
    page = answer_of(client, path, **form, lead_office="乙局")
    assert "刚被他人改过" in page
    assert "乙局" in page
    assert next(iter(store.current(Setting, indicator_id=KEY))).lead_office == "甲局"
    again = {**form, "version": version_in(page, 0), "lead_office": "乙局"}
    assert "已保存" in answer_of(client, path, **again)


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("", FORM, "刚被他人改过"),
        ("/shares", {"sort": "year", "parts": "2026=18、2027=30"}, "刚被他人改过"),
    ],
)
def test_a_form_without_its_version_is_refused(client, store, path, fields, words):
    """Without what it was made from nobody can tell whether it writes over somebody's work."""
    target, before = in_force(store).target_id, store.seq
    sent = {key: value for key, value in fields.items() if key != "version"}
    assert words in answer_of(client, f"/settings/{KEY}{path}", **sent, target=target)
    assert store.seq == before


def test_a_board_is_issued_as_it_was_shown(client, store):
    """Without the version of the preview, or after the data changed, nothing is issued."""
    page = shown(client, "/bulletin")
    form = {"quarter": "2026Q3", "place": ""}
    assert "不完整" in client.post("/boards", data=form).json["error"]
    form["version"] = version_in(page, 0)
    sample.restate(store, "11.9")
    with store.batch("import", who="甲", quarter="2026Q3") as transaction:
        last = store.current(Observation, indicator_id=KEY, period_end=sample.ENDS["2026Q3"])
        transaction.add([replace(last[0], magnitude=Decimal(29))])
    assert "预览之后数据有变化" in client.post("/boards", data=form).json["error"]
    assert not store.current(Board)
    form["version"] = version_in(shown(client, "/bulletin"), 0)
    assert client.post("/boards", data=form).status_code == 303
    assert [each.quarter for each in store.current(Board)] == ["2026Q3"]


def test_of_two_decisions_on_a_sameness_the_second_is_refused(desk, store, meanwhile):
    """A relation that was rejected meanwhile is not accepted with what was shown before."""
    one, other, *_ = sorted(each.indicator_id for each in store.current(Indicator))
    row = Relation(relation_id="r", sort="same_as", subject=one, object=other, status="proposed")
    with store.batch("load", who="甲") as transaction:
        transaction.add([row])
    meanwhile(lambda: decide(desk, LOCAL, {"relation": "r", "decision": "rejected"}))
    with pytest.raises(UsageError, match="已被他人处理"):
        decide(desk, LOCAL, {"relation": "r", "decision": "accepted"})
    assert [each.status for each in store.current(Relation, relation_id="r")] == ["rejected"]


def test_a_file_that_vanishes_while_serving_is_said_and_its_return_goes_on(tmp_path, caplog):
    """Pages and forms say so without telling folders; once it is back everything is there."""
    folder = tmp_path / "geheim"
    with open_store(folder) as store:
        sample.fill(store)
        client = create_app(store).server.test_client()
        seq, file = store.seq, folder / "ledger.sqlite"
        file.rename(tmp_path / "away")
        asked = {
            "/health": client.get("/health"),
            "/export/targets.csv": client.get("/export/targets.csv"),
            "/notes": client.post(f"/indicators/{KEY}/notes", data={"text": "试"}),
            "/decide": client.post(
                "/review/decide", data={"decision": "accepted", "relation": "r"}
            ),
        }
        assert {each.status_code for each in asked.values()} == {503}
        assert "台账暂时读不出" in shown(client, "/tasks")
        told = [each.get_data(as_text=True) for each in asked.values()]
        assert not any("geheim" in each for each in [*told, shown(client, "/tasks"), caplog.text])
        assert "store id=" in caplog.text
        (tmp_path / "away").rename(file)
        assert client.get("/health").json == {"status": "ok", "seq": seq}
        assert client.post(f"/indicators/{KEY}/notes", data={"text": "试"}).status_code == 303
        assert [each.text for each in store.current(Note)] == ["试"]


class Relay:
    """A wire between the app and the database that a test cuts and mends."""

    def __init__(self, host: str, port: int) -> None:
        self.there = (host, port)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.open = True
        self.ends: list[socket.socket] = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                near, _ = self.server.accept()
            except OSError:
                return
            if not self.open:
                near.close()
                continue
            far = socket.create_connection(self.there)
            self.ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    @staticmethod
    def carry(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        self.open = False
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.ends = []


def test_a_database_that_is_gone_while_serving_is_said_and_its_return_goes_on(postgres_url, caplog):
    """With the wire cut every form and page says so in words; mended, the work goes on."""
    asked = make_url(postgres_url)
    relay = Relay(asked.host or "127.0.0.1", asked.port or 5432)
    url = asked.set(host="127.0.0.1", port=relay.port)
    with open_store(url.render_as_string(hide_password=False)) as store:
        with store.batch("load", who="甲") as transaction:
            transaction.add(
                [
                    Indicator(
                        indicator_id=KEY, name="机柜", place="某区", unit="架", dimension="count"
                    )
                ]
            )
        client = create_app(store).server.test_client()
        seq = store.seq
        relay.cut()
        note = client.post(f"/indicators/{KEY}/notes", data={"text": "试"})
        assert note.status_code == 503
        assert "服务仍在运行" in note.json["error"]
        assert client.get("/health").status_code == 503
        assert "台账暂时读不出" in shown(client, "/tasks")
        assert asked.password is None or asked.password not in note.text
        assert "store id=" in caplog.text
        relay.open = True
        assert client.get("/health").json == {"status": "ok", "seq": seq}
        assert client.post(f"/indicators/{KEY}/notes", data={"text": "试"}).status_code == 303
    relay.cut()
    relay.server.close()
