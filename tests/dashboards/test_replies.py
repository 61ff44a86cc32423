"""The same page at the same state of the ledger is made once."""

from __future__ import annotations

import json
import time
from threading import Event

import pytest

from dashboards import app as module
from dashboards.app import create_app
from indicators.errors import StoreError
from indicators.model import User
from tests.dashboards import sample
from tests.dashboards.test_app import ask


@pytest.fixture
def made(monkeypatch):
    """Addresses of the pages that were really made."""
    asked: list[str] = []
    page = module._page

    def counted(desk, path, query):
        asked.append(path + query)
        return page(desk, path, query)

    monkeypatch.setattr(module, "_page", counted)
    return asked


def test_a_page_is_made_once(client, made):
    """The second reader of an address gets the first one's bytes, Chinese written as it is."""
    first = ask(client, "/")
    assert ask(client, "/").data == first.data
    assert "项目标" in first.get_data(as_text=True)
    ask(client, "/", "?light=red")
    assert made == ["/", "/?light=red"]


def test_a_new_batch_shows_at_the_next_view(client, made, store):
    """What another process records is seen on the next refresh."""
    path = f"/indicators/{sample.CASES[0].id}"
    assert "11.5 EFLOPS" not in ask(client, path).get_data(as_text=True)
    sample.restate(store, "11.5")
    assert "11.5 EFLOPS" in ask(client, path).get_data(as_text=True)
    assert made == [path, path]


def test_a_page_that_failed_is_not_kept(desk, monkeypatch):
    """A store that was gone for a moment is asked again."""
    client = create_app(desk).server.test_client()

    def gone(*_):
        raise StoreError("台账库不见了")

    with monkeypatch.context() as broken:
        broken.setattr(module, "_page", gone)
        assert "台账暂时读不出" in json.dumps(ask(client, "/").get_json(), ensure_ascii=False)
    assert "项目标" in ask(client, "/").get_data(as_text=True)


def test_pages_of_work_are_always_fresh(client, made):
    """What a person works on is never given from memory."""
    ask(client, "/review")
    ask(client, "/review")
    assert made == ["/review", "/review"]


@pytest.fixture
def carried(desk, client):
    """A way to let the background look once, as it does each second."""

    def look():
        ended = Event()
        thread = desk.keep_fresh(ended, every=0.01)
        until = time.monotonic() + 30
        while desk.carried < desk.ledger.seq and time.monotonic() < until:
            time.sleep(0.01)
        ended.set()
        thread.join()

    return look


def test_what_was_looked_at_is_made_anew_before_somebody_asks(client, made, store, carried):
    """After a batch the background carries on the page too: the reader gets it ready, and new."""
    path = f"/indicators/{sample.CASES[0].id}"
    ask(client, path)
    sample.restate(store, "11.5")
    carried()
    assert made == [path, path]
    assert "11.5 EFLOPS" in ask(client, path).get_data(as_text=True)
    assert made == [path, path]


def test_nothing_is_made_anew_for_people_who_may_be_others_now(client, made, store, carried):
    """Where the list of people changed, each page waits for who asks and what they may do."""
    path = f"/indicators/{sample.CASES[0].id}"
    ask(client, path)
    with store.batch("user", who="某人") as batch:
        batch.add([User(user="新来的", role="viewer")])
    carried()
    assert made == [path]
