"""The desk in English: chosen by the reader or when serving starts, Chinese first."""

from __future__ import annotations

import json
import re
from dataclasses import astuple

import pytest
from playwright.sync_api import expect

from dashboards.app import create_app
from dashboards.languages import COOKIE
from indicators.model import Indicator
from indicators.tables import TABLES
from tests.dashboards import sample
from tests.dashboards.test_app import ask
from tests.dashboards.test_replies import made  # noqa: F401 - a fixture

KEY = sample.CASES[0].id
PLAN = sample.digest_of(sample.PLAN)
PAGES = (
    "/",
    "/indicators",
    f"/indicators/{KEY}",
    "/documents",
    f"/documents/{PLAN}",
    "/compare",
    "/tasks",
    "/settings",
    f"/settings/{KEY}",
    "/review",
    "/submissions",
    f"/history/{KEY}",
    "/nowhere",
)
CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")


@pytest.fixture
def english(desk):
    """A client of the app whose reader has chosen English."""
    client = create_app(desk).server.test_client()
    client.set_cookie(COOKIE, "en")
    return client


def strings(value: object) -> list[str]:
    """Every text of a page that is not marked as being in another language."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        if value.get("lang") == "zh-CN":
            return []
        # What a choice sends is for the address, not for reading.
        value = [part for key, part in value.items() if key != "value"]
    parts = value if isinstance(value, list) else ()
    return [each for part in parts for each in strings(part)]


def content(store) -> tuple[set[str], str]:
    """What no language changes: the words of fields of the ledger's rows, and the documents' text."""
    rows = [row for kind in TABLES.values() for row in store.current(kind)]
    fields = [str(value) for row in rows for value in astuple(row) if CHINESE.search(str(value))]
    fields += [f"{each.place}{each.name}" for each in store.current(Indicator)]
    fields += [f"{each.who} {each.reason}" for each in store.batches()]
    texts = [sample.text_of(name) for name in (sample.PLAN, sample.NEWS)]
    whole = re.sub(r"\s", "", "\n".join([*fields, *texts]))
    return {run for each in fields if len(each) < 40 for run in CHINESE.findall(each)}, whole


def ours(text: str, names: set[str], whole: str) -> list[str]:
    """The Chinese of a text that is not content: a short word must be a field's own."""
    runs = CHINESE.findall(text)
    return [run for run in runs if run not in names and (len(run) < 5 or run not in whole)]


@pytest.mark.parametrize("path", PAGES)
def test_an_english_page_holds_no_chinese_of_ours(english, store, path):
    """Whatever is Chinese on an English page stands in the ledger: names, sentences, units."""
    answer = ask(english, path)
    names, whole = content(store)
    told = strings(json.loads(answer.data))
    assert {run for each in told for run in ours(each, names, whole)} == set()


def test_chinese_comes_first(client):
    """Who has chosen nothing reads Chinese, whatever the browser asks for."""
    page = client.get("/", headers={"Accept-Language": "en"}).text
    assert '<html lang="zh-CN">' in page
    assert "<title>量化指标监测</title>" in page
    assert "项目标" in ask(client, "/", **{"Accept-Language": "en"}).text


def test_a_server_may_speak_english_to_whoever_has_not_chosen(desk):
    """The language of serving is that of the first page, of scripts, of refusals; a choice beats it."""
    client = create_app(desk, language="en").server.test_client()
    assert '<html lang="en-GB">' in client.get("/").text
    assert "<title>Indicator Monitor</title>" in client.get("/").text
    assert "Reading" in client.get("/texts.js").text
    assert "no such address" in client.get("/files/none").json["error"]
    client.set_cookie(COOKIE, "zh")
    assert '<html lang="zh-CN">' in client.get("/").text


def test_both_languages_are_kept_apart(client):
    """The pages that are kept as bytes are kept by language; one reader's choice is not another's."""
    first = ask(client, "/").data
    client.set_cookie(COOKIE, "en")
    assert b"11 targets" in ask(client, "/").data
    client.delete_cookie(COOKIE)
    assert ask(client, "/").data == first


def test_pages_made_anew_in_the_background_keep_their_language(desk, store):
    """When the ledger has grown, the page that an English reader looked at is renewed in English."""
    client = create_app(desk).server.test_client()
    client.set_cookie(COOKIE, "en")
    ask(client, "/")
    sample.restate(store)
    desk.snapshot()
    for each in desk.grown:
        each()
    client.delete_cookie(COOKIE)
    assert "项目标" in ask(client, "/").text
    client.set_cookie(COOKIE, "en")
    assert "11 targets" in ask(client, "/").text


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://localhost/indicators?light=red", "/indicators?light=red"),
        ("http://elsewhere.example/indicators", "/"),
        ("http://localhost//elsewhere.example/", "/elsewhere.example/"),
        ("", "/"),
    ],
)
def test_choosing_a_language_leads_back(client, came_from, leads_to):
    """The switch remembers the choice and leads back to the page, never to another host."""
    answer = client.get("/language/en", headers={"Referer": came_from})
    assert (answer.status_code, answer.location) == (303, leads_to)
    assert '<html lang="en-GB">' in client.get("/").text
    assert client.get("/language/xx").status_code == 404


def test_tables_taken_away_are_in_the_language_of_the_reader(english):
    """The head of a CSV file and its words follow the page; the file is written after the request."""
    head, first, *_ = english.get("/export/targets.csv").text.splitlines()
    assert head.startswith("\ufeffVerdict,Indicator,Place")
    assert first.startswith("Far behind,")
    assert "Actual" in english.get(f"/export/indicators/{KEY}.csv").text.splitlines()[0]


def test_forms_refuse_in_the_language_of_the_reader(english):
    """What is wrong with a form is said in English; the row stays as it was."""
    answer = english.post(f"/indicators/{KEY}/notes", data={"text": ""})
    assert answer.json["error"] == "The note is empty; write something and save again"


@pytest.mark.browser
def test_longer_words_fit_every_screen(calm, served):
    """In English nothing is wider than the screen, charts are drawn, and the switch leads both ways."""
    page = calm
    page.goto(f"{served}/indicators/{KEY}")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{served}/indicators/{KEY}")
    expect(page.get_by_role("heading", name="Where it is written")).to_be_visible()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    wide = []
    for path in PAGES:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(served + path)
        expect(page.locator("#page .page:not(.skeleton)")).to_be_visible()
        for width in (1024, 390):
            page.set_viewport_size({"width": width, "height": 900})
            for _ in range(40):  # charts follow a new width a moment later
                if page.locator("html").evaluate("e => e.scrollWidth") <= width:
                    break
                page.wait_for_timeout(150)
            else:
                wide.append((path, width))
            expect(page.get_by_role("link", name="中文")).to_be_in_viewport()
    assert wide == []
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("link", name="总览", exact=True)).to_be_visible()
