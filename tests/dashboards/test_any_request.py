"""Whatever is sent to whatever address: plain words, nothing half done, and the server lives on."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dashboards.app import create_app
from dashboards.callbacks import GRID
from dashboards.replies import OUTPUT, ROUTE
from indicators.model import Target
from indicators.store import open_store
from tests.dashboards import sample

KEY = sample.CASES[0].id
PLAN = sample.digest_of(sample.PLAN)
PAGES = (
    "/", "/indicators", f"/indicators/{KEY}", "/documents", f"/documents/{PLAN}", "/compare", "/tasks",
    "/settings", f"/settings/{KEY}", "/review", "/submissions", "/bulletin", f"/history/{KEY}",
    f"/workbooks/{PLAN}", "/answers/x", "/nowhere",
)  # fmt: skip
TAKEN_AWAY = (
    "/export/targets.csv", f"/export/indicators/{KEY}.csv", "/export/compare.csv",
    "/export/tasks.xlsx", "/bulletin.docx", "/template.xlsx", "/books/settings.xlsx",
    "/books/review.xlsx", f"/files/{PLAN}", "/documents/steps/x", "/answers/x/marked.xlsx",
)  # fmt: skip
FORMS = (
    "/boards", "/books/settings", "/books/tasks", "/books/x", "/documents", f"/indicators/{KEY}/notes",
    "/indicators/x/notes", "/review/decide", f"/settings/{KEY}", f"/settings/{KEY}/revision",
    f"/settings/{KEY}/shares", "/settings/x", "/submissions", "/submissions/x/accept",
    "/submissions/x/return", "/submissions/x/y", "/submissions/calendar",
)  # fmt: skip
NAMES = (
    "quarter", "place", "office", "light", "document", "section", "search", "group", "target", "unit",
    "mark", "answer", "sheet", "cell", "status", "kind", "quantity", "mixed", "lacks", "scope", "rules",
)  # fmt: skip
FIELDS = (
    *NAMES, "text", "decision", "relation", "commitment", "version", "magnitude", "name", "date", "bound",
    "baseline", "baseline_date", "direction", "accumulation", "schedule", "yearly_split",
    "quarterly_split", "lead_office", "supporting_offices", "reporting_office", "reason", "sort",
    "parts", "deadline", "effective_on", "approved_by", "remarks", "accept_warnings", "skip_stale",
    "watch", "opens_on", "due_on", "locks_on",
)  # fmt: skip
KNOWN = (
    "2026Q3", "2026Q9", "0000Q1", "9999Q4", "２０２６Q１", "武清区", "区数据局", KEY, PLAN, "red", "behind",
    "智算规模", "EFLOPS", "万P", "A1", "ZZZ99999999", "A1:B2", "accepted", "corrected", "proposed",
    "target", "2027-12-31", "10000-01-01", "1e999", "-1", "NaN", "0", "document", "year", "linear",
    "2026=20、2027=30", "2026=1e999", "../../etc/passwd", "=1+1", "'\";--", "%", "\x00", "\u202e", "🚀",
)  # fmt: skip
ELSEWHERE = {"/health", "/texts.js", "/language/<chosen>"}
"""Routes that take nothing from outside, or have tests of their own; Dash's too."""
HOUSE = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
words = st.one_of(
    st.sampled_from(KNOWN), st.text(max_size=30), st.just("a").map(lambda sign: sign * 3000)
)
plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words, st.just("\ud800")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
"""Anything that JSON holds, NaN and half a surrogate pair included."""
parts = st.one_of(
    plain,
    st.fixed_dictionaries(
        {
            "id": st.one_of(st.sampled_from(("address", "targets", "page")), plain),
            "property": st.one_of(
                st.sampled_from(("pathname", "search", "getRowsRequest", "children")), plain
            ),
            "value": st.one_of(
                plain,
                st.fixed_dictionaries(
                    {"startRow": plain, "endRow": plain},
                    optional={"sortModel": plain, "filterModel": plain},
                ),
            ),
        }
    ),
)
callbacks = st.one_of(
    plain,
    st.fixed_dictionaries(
        {"output": st.one_of(st.sampled_from((OUTPUT, GRID, "title.clear_data")), plain)},
        optional={
            "inputs": st.one_of(plain, st.lists(parts, max_size=3)),
            "state": st.one_of(plain, st.lists(parts, max_size=2)),
            "outputs": plain,
            "changedPropIds": plain,
        },
    ),
)


class Complaints(logging.Handler):
    """Keeps what the log calls an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[tuple[object, object, Complaints]]:
    """A client, its ledger, and what the log complains of."""
    heard = Complaints()
    logging.getLogger().addHandler(heard)
    with open_store(tmp_path_factory.mktemp("any") / "store") as store:
        sample.fill(store)
        yield create_app(store).server.test_client(), store, heard
    logging.getLogger().removeHandler(heard)


def fine(house, answer, statuses: tuple[int, ...]) -> None:
    """The answer has one of some statuses, refusals say so in words, and the log has no error."""
    client, _, heard = house
    complaints, heard.lines = heard.lines, []
    assert complaints == []
    assert answer.status_code in statuses, answer.data[:300]
    if answer.status_code >= 400:
        said = answer.json.get("error") or answer.json["words"]
        assert any("\u4e00" <= sign <= "\u9fff" for sign in said)
    assert b"Traceback" not in answer.data
    assert client.get("/health").status_code == 200


def test_no_route_is_forgotten(house):
    """Every address that takes something is asked below."""
    rules = house[0].application.url_map
    here = rules.bind("localhost")
    for method, paths in (("GET", TAKEN_AWAY), ("POST", FORMS)):
        known = {
            each.rule
            for each in rules.iter_rules()
            if method in (each.methods or ())
            and not each.rule.startswith(("/_", "/static", "/assets"))
        }
        asked = {here.match(path, method=method, return_rule=True)[0].rule for path in paths}
        assert asked == known - ELSEWHERE - {"/", "/<path:path>"}


@HOUSE
@given(callbacks)
@example({"output": OUTPUT, "inputs": []})
@example({"output": {"index": "ALL", "type": "x"}, "inputs": [{"id": {"index": "ALL"}}]})
def test_no_callback_makes_the_server_stumble(house, body):
    """Other outputs, ids, types and numbers than a page of ours sends are refused or answered."""
    sent = json.dumps(body)
    answer = house[0].post(ROUTE, data=sent, content_type="application/json")
    fine(house, answer, (200, 204, 400))


@HOUSE
@given(plain, plain, plain)
@example(float("inf"), float("nan"), [{"colId": "gap", "sort": "desc"}])
@example(10**400, -(10**400), {"colId": "gap"})
def test_no_block_of_the_grid_makes_the_server_stumble(house, start, end, order):
    """Any rows and any order are refused, or give a block."""
    asked = {"startRow": start, "endRow": end, "sortModel": order}
    rows = {"id": "targets", "property": "getRowsRequest", "value": asked}
    query = {"id": "address", "property": "search", "value": ""}
    body = {"output": GRID, "inputs": [rows], "state": [query]}
    fine(house, house[0].post(ROUTE, json=body), (200, 204, 400))


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (b"[" * 200_000, "application/json"),
        (b'{"output":' * 100_000, "application/json"),
        (b'{"output": ' + b"9" * 100_000 + b"}", "application/json"),
        (b"\xff\xfe\x00", "application/json"),
        (json.dumps({"output": OUTPUT}).encode(), "text/plain"),
        (b"", "application/json"),
        (b"a=1", "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_no_json_is_refused_in_words(house, sent, kind):
    """Nesting without end, numbers without end, other encodings and other types get 400."""
    fine(house, house[0].post(ROUTE, data=sent, content_type=kind), (400,))


@HOUSE
@given(
    st.one_of(st.sampled_from(PAGES), st.text(max_size=20).map("/".__add__)),
    st.lists(st.tuples(st.sampled_from(NAMES), words), max_size=4),
    st.booleans(),
)
def test_no_address_of_a_page_makes_the_server_stumble(house, path, pairs, written):
    """Any filter, date, quarter, unit or id gives a page; what it does not know it leaves out."""
    query = "?" + "&".join(f"{name}={quote(value) if written else value}" for name, value in pairs)
    inputs = [
        {"id": "address", "property": "pathname", "value": path},
        {"id": "address", "property": "search", "value": query},
    ]
    fine(house, house[0].post(ROUTE, json={"output": OUTPUT, "inputs": inputs}), (200,))


@HOUSE
@given(
    st.sampled_from(TAKEN_AWAY),
    st.dictionaries(st.sampled_from(NAMES), words, max_size=4),
)
def test_no_query_of_a_file_makes_the_server_stumble(house, path, query):
    """Tables, papers and templates are made or refused in words, whatever they are asked for."""
    answer = house[0].get(path, query_string=query)
    fine(house, answer, (200, 400, 404))


@HOUSE
@given(
    st.sampled_from(FORMS),
    st.dictionaries(st.sampled_from(FIELDS), words, max_size=6),
    st.one_of(
        st.none(),
        st.tuples(
            st.sampled_from(("document", "book", "workbook")),
            st.one_of(
                st.sampled_from((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7")),
                st.binary(max_size=60),
            ),
            st.sampled_from(("a.xlsx", "a.xls", "a.csv", "a.docx", "a.pdf", "a.txt", "a.exe", "..", "a")),
        ),
    ),
)  # fmt: skip
def test_no_form_makes_the_server_stumble(house, path, given_fields, file):
    """Any form is done or refused in words; what is refused has recorded nothing."""
    client, store, _ = house
    before = store.seq
    data: dict[str, object] = dict(given_fields)
    if file is not None:
        field, content, name = file
        data[field] = (io.BytesIO(content), name)
    answer = client.post(path, data=data, content_type="multipart/form-data")
    fine(house, answer, (200, 303, 400, 404, 409))
    if answer.status_code >= 400:
        assert store.seq == before


numbers = st.one_of(
    st.sampled_from(
        ("", "5", "1e999", "1e-999", "9" * 60, "0.0000000000001", "NaN", "-0", "1,0", "１２")
    ),
    st.decimals().map(str),
    words,
)
days = st.one_of(
    st.dates().map(str), st.sampled_from(("", "2024-12-31", "2024-02-30", "10000-01-01")), words
)
split = st.lists(st.tuples(st.one_of(st.integers(0, 10**5).map(str), words), numbers), max_size=4).map(
    lambda pairs: "、".join(f"{name}={value}" for name, value in pairs)
)  # fmt: skip
SETTING = {
    "baseline": numbers, "baseline_date": days, "yearly_split": split, "quarterly_split": split,
    "direction": st.sampled_from(("", "up", "down", "maintain", "x")),
    "accumulation": st.sampled_from(("", "level", "year_to_date", "since_start", "period", "x")),
    "schedule": st.sampled_from(("", "linear", "compound", "yearly_steps", "split", "x")),
    "lead_office": words, "supporting_offices": words, "reason": words,
}  # fmt: skip
REVISION = {
    "magnitude": numbers, "deadline": days, "effective_on": days, "approved_by": words, "reason": words
}  # fmt: skip
SHARES = {"sort": st.sampled_from(("year", "quarter", "office", "place", "x")), "parts": split}


@pytest.mark.parametrize(
    ("way", "fields"), [("", SETTING), ("/revision", REVISION), ("/shares", SHARES)]
)
@HOUSE
@given(data=st.data())
def test_whatever_stands_in_a_form_of_settings_is_taken_or_said(house, way, fields, data):
    """Numbers and days of any size are recorded or refused beside the form, and pages go on."""
    client, store, _ = house
    given_fields = data.draw(st.fixed_dictionaries({}, optional=fields))
    target = max(each.target_id for each in store.current(Target, indicator_id=KEY))
    answer = client.post(f"/settings/{KEY}{way}", data={"target": target, **given_fields})
    fine(house, answer, (303,))
    path, _, query = answer.location.partition("?")
    for page, search in ((path, f"?{query}"), (f"/indicators/{KEY}", ""), ("/", "")):
        inputs = [
            {"id": "address", "property": "pathname", "value": page},
            {"id": "address", "property": "search", "value": search},
        ]
        fine(house, client.post(ROUTE, json={"output": OUTPUT, "inputs": inputs}), (200,))
