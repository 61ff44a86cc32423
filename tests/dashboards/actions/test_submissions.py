"""Handing in, answering, accepting and returning in the browser, and who may."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboards.access import AccessMode, choose
from dashboards.app import create_app
from indicators.errors import UsageError
from indicators.model import (
    CalendarEntry,
    Indicator,
    Observation,
    Office,
    Setting,
    Submission,
    Target,
    User,
)
from indicators.store import Store, open_store
from indicators.submissions.calendar import version_of
from indicators.submissions.flow import give_back, set_policy

OFFICE = {"office": "某局", "place": "某区", "quarter": "2026Q3"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "own") as store:
        fill(store)
        yield store


def fill(store: Store) -> None:
    with store.batch("test", who="甲") as tx:
        tx.add(
            [
                Indicator(
                    indicator_id="i1", name="机柜", place="某区", unit="架", dimension="count"
                ),
                Office(place="某区", office="某局"),
                Setting(
                    indicator_id="i1",
                    baseline=Decimal(1000),
                    baseline_date=date(2024, 12, 31),
                    accumulation="level",
                    reporting_office="某局",
                ),
                Target(
                    target_id="t1",
                    indicator_id="i1",
                    magnitude=Decimal(3000),
                    unit="架",
                    bound="at_least",
                    deadline=date(2027, 12, 31),
                    status="accepted",
                ),
                User(user="报送甲", role="reporter", offices=("某区/某局",)),
                User(user="报送乙", role="reporter", offices=("某区/别局",)),
                User(user="督查", role="steward"),
                User(user="看客", role="viewer"),
            ]
        )


def client_of(ledger: Store, mode: AccessMode | None = None) -> FlaskClient:
    app = create_app(ledger, access=mode)
    app.server.testing = True
    return app.server.test_client()


@pytest.fixture
def client(ledger: Store) -> Iterator[FlaskClient]:
    with client_of(ledger) as made:
        yield made


def filled(client: FlaskClient, value: object) -> bytes:
    """The template of the office, filled in."""
    content = client.get("/template.xlsx", query_string=OFFICE).data
    book = load_workbook(io.BytesIO(content))
    sheet = book["填报表"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    sheet.cell(5, heads["value_level"], value)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def hand_in(client: FlaskClient, content: bytes, **more: str) -> str:
    answer = client.post(
        "/submissions", data={**OFFICE, **more, "workbook": (io.BytesIO(content), "三季度.xlsx")}
    )
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_a_workbook_without_errors_is_recorded(client: FlaskClient, ledger: Store) -> None:
    """The value of the cell is in the ledger with its cell, and the answer has a page."""
    place = hand_in(client, filled(client, 1800))
    assert place.startswith("/answers/")
    (value,) = ledger.current(Observation)
    assert (value.magnitude, value.sheet, value.origin) == (Decimal(1800), "填报表", "某局")


def test_a_wrong_cell_is_answered_in_the_senders_workbook(
    client: FlaskClient, ledger: Store
) -> None:
    """Nothing is recorded, and the marked workbook comes back."""
    place = hand_in(client, filled(client, "很多"))
    assert not ledger.current(Observation)
    marked = client.get(f"{place}/marked.xlsx")
    assert marked.status_code == 200
    book = load_workbook(io.BytesIO(marked.data))
    comments = [cell.comment for row in book["填报表"].iter_rows() for cell in row if cell.comment]
    assert any("很多" in comment.text for comment in comments)


def test_no_file_is_said_in_words(client: FlaskClient) -> None:
    """A form without a workbook says what to do."""
    answer = client.post("/submissions", data=OFFICE)
    assert answer.status_code == 400
    assert "没有选择文件" in answer.json["error"]


def test_a_steward_returns_with_remarks_only(client: FlaskClient, ledger: Store) -> None:
    """Returning needs remarks, and takes the values out of the board."""
    hand_in(client, filled(client, 1800))
    (known,) = ledger.current(Submission)
    place = f"/submissions/{known.submission_id}/return"
    form = {"version": "accepted", "remarks": "请核对单位"}
    assert "必须写明意见" in client.post(place, data={**form, "remarks": " "}).json["error"]
    assert "不完整" in client.post(place, data={"remarks": "请核对单位"}).json["error"]
    assert client.post(place, data=form).status_code == 303
    (known,) = ledger.current(Submission)
    assert (known.status, known.remarks) == ("returned", "请核对单位")


@pytest.mark.parametrize(
    ("user", "method", "path", "status"),
    [
        ("看客", "POST", "/submissions", 403),
        ("看客", "GET", "/template.xlsx", 403),
        ("看客", "POST", "/boards", 403),
        ("看客", "POST", "/submissions/x/accept", 403),
        ("报送甲", "GET", "/template.xlsx", 200),
        ("报送甲", "POST", "/submissions", 400),
        ("报送甲", "POST", "/submissions/x/return", 403),
        ("报送甲", "POST", "/boards", 403),
        ("报送乙", "GET", "/template.xlsx", 403),
        ("报送乙", "POST", "/submissions", 403),
        ("督查", "GET", "/template.xlsx", 200),
        ("督查", "POST", "/submissions/x/accept", 400),
        ("无此人", "GET", "/template.xlsx", 401),
        ("无此人", "POST", "/submissions", 401),
        ("无此人", "POST", "/review/decide", 401),
        ("看客", "POST", "/review/decide", 403),
        ("无此人", "POST", "/_dash-update-component", 401),
        ("无此人", "GET", "/_dash-layout", 401),
        ("无此人", "GET", "/export/targets.csv", 401),
        ("无此人", "GET", "/bulletin.docx", 401),
        ("无此人", "GET", "/health", 200),
    ],
)
def test_each_role_meets_its_limits(
    ledger: Store, user: str, method: str, path: str, status: int
) -> None:
    """A role gets at a route what it may, in words, and an unknown person nothing."""
    mode = choose("0.0.0.0", login="proxy", header="X-User", proxies=("127.0.0.1",))
    client = client_of(ledger, mode)
    answer = client.open(
        path,
        method=method,
        data=OFFICE if method == "POST" else None,
        query_string=OFFICE if method == "GET" else None,
        environ_overrides={"HTTP_X_USER": user, "REMOTE_ADDR": "127.0.0.1"},
    )
    assert answer.status_code == status, answer.text


def test_an_answer_is_for_its_person_only(ledger: Store) -> None:
    """Another account that learns the address of an answer gets nothing."""
    mode = choose("0.0.0.0", login="proxy", header="X-User", proxies=("127.0.0.1",))
    client = client_of(ledger, mode)

    def as_(user: str) -> dict[str, str]:
        return {"HTTP_X_USER": user, "REMOTE_ADDR": "127.0.0.1"}

    content = client.get("/template.xlsx", query_string=OFFICE, environ_overrides=as_("督查")).data
    place = client.post(
        "/submissions",
        data={**OFFICE, "workbook": (io.BytesIO(content), "空.xlsx")},
        environ_overrides=as_("报送甲"),
    ).location
    assert client.get(f"{place}/marked.xlsx", environ_overrides=as_("报送甲")).status_code == 200
    assert client.get(f"{place}/marked.xlsx", environ_overrides=as_("督查")).status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 61, "..", "A" * 32])
def test_a_made_up_token_finds_nothing(client: FlaskClient, token: str) -> None:
    """A token names one kept answer and never another file."""
    assert client.get(f"/answers/{token}/marked.xlsx").status_code == 404


def shown(ledger: Store, user: str, query: str = "?quarter=2026Q3") -> str:
    """The page of 报送 as somebody sees it, as text."""
    mode = choose("0.0.0.0", login="proxy", header="X-User", proxies=("127.0.0.1",))
    with client_of(ledger, mode) as made:
        answer = made.post(
            "/_dash-update-component",
            environ_overrides={"HTTP_X_USER": user, "REMOTE_ADDR": "127.0.0.1"},
            json={
                "output": "..page.children...navigation.children...title.data..",
                "inputs": [{"value": "/submissions"}, {"value": query}],
            },
        )
    return answer.get_data(as_text=True)


def test_a_reporter_sees_the_own_indicators_with_what_is_missing(
    ledger: Store, client: FlaskClient
) -> None:
    """Each with its value of the quarter and the one before; an office without any sees none."""
    before = shown(ledger, "报送甲")
    assert "某区 某局：应报 1 项，已报 0 项" in before
    assert '"机柜"' in before
    assert "机柜" not in shown(ledger, "报送乙")
    hand_in(client, filled(client, 1500))
    after = shown(ledger, "报送甲")
    assert "某区 某局：应报 1 项，已报 1 项" in after
    assert "1500架" in after
    # The value of the quarter leads to its cell, and stands as the one before a quarter later.
    assert "/workbooks/" in after
    assert "已报 0 项" in shown(ledger, "报送甲", "?quarter=2026Q4")
    assert "1500架" in shown(ledger, "报送甲", "?quarter=2026Q4")


def test_a_steward_sets_days_and_exceptions_on_the_page(ledger: Store, client: FlaskClient) -> None:
    """They are recorded; a day that is none, or an exception without a reason, is said there."""
    given = {"quarter": "2026Q3", "scope": "", "due_on": "2026-10-10", "locks_on": "2026-10-20"}
    assert client.post("/submissions/calendar", data=given).status_code == 303
    assert not ledger.current(CalendarEntry)  # without the version that was shown

    def known() -> dict[str, str]:
        return {"version": version_of(ledger.current(CalendarEntry, quarter="2026Q3"))}

    stale = known()
    answer = client.post("/submissions/calendar", data=given | stale)
    assert (answer.status_code, answer.location.rpartition("#")[2]) == (303, "calendar")
    exception = {"quarter": "2026Q3", "scope": "某区/某局", "due_on": "2026-10-25"}
    refused = client.post("/submissions/calendar", data=exception | known())
    query = refused.location.partition("/submissions")[2].partition("#")[0]
    with client_of(ledger) as made:
        told = made.post(
            "/_dash-update-component",
            json={
                "output": "..page.children...navigation.children...title.data..",
                "inputs": [{"value": "/submissions"}, {"value": query}],
            },
        ).get_data(as_text=True)
    assert "单个单位的例外必须写明原因" in told
    # What was typed stays in the form.
    assert "2026-10-25" in told
    meant = {**exception, "locks_on": "2026-10-31", "reason": "系统迁移"}
    client.post("/submissions/calendar", data=meant | stale)
    assert len(ledger.current(CalendarEntry)) == 1  # somebody else had set days meanwhile
    client.post("/submissions/calendar", data=meant | known())
    rows = {each.office: each for each in ledger.current(CalendarEntry, quarter="2026Q3")}
    assert rows[""].locks_on == date(2026, 10, 20)
    assert (rows["某局"].due_on, rows["某局"].reason) == (date(2026, 10, 25), "系统迁移")
    wrong = client.post("/submissions/calendar", data={**given, **known(), "due_on": "十月"})
    assert wrong.status_code == 303
    assert ledger.current(CalendarEntry, quarter="2026Q3", office="")[0].due_on == date(
        2026, 10, 10
    )


def test_a_steward_sees_what_was_restated(ledger: Store, client: FlaskClient) -> None:
    """The old value, the new one at its cell, and the reason that was given."""
    hand_in(client, filled(client, 1500))
    assert "已报数值" not in shown(ledger, "督查")
    hand_in(client, filled(client, 1600), reason="漏计一期")
    told = shown(ledger, "督查")
    assert "本季工作簿改动了的已报数值" in told
    assert "漏计一期" in told
    assert told.index("1500架") < told.index("1600架")


def test_a_decision_on_what_was_shown_otherwise_is_refused(
    client: FlaskClient, ledger: Store
) -> None:
    """Who saw a submission wait does not return what somebody else has accepted meanwhile."""
    set_policy(ledger, "mark", who="甲")
    hand_in(client, filled(client, 1800))
    (known,) = ledger.current(Submission)
    place = f"/submissions/{known.submission_id}"
    seen = {"version": "submitted", "remarks": "请核对"}
    assert client.post(f"{place}/accept", data=seen).status_code == 303
    answer = client.post(f"{place}/return", data=seen)
    assert answer.status_code == 400
    assert "已是“已确认”，与页面上的不同" in answer.json["error"]
    with pytest.raises(UsageError, match="已是“已确认”"):
        give_back(ledger, known.submission_id, who="乙", remarks="请核对", seen="submitted")
    assert [each.status for each in ledger.current(Submission)] == ["accepted"]


def test_a_reporter_names_the_office_for_which_it_hands_in(ledger: Store) -> None:
    """A form without an office does not let the workbook's own words say whose it is."""
    content = filled(client_of(ledger), 1800)
    reporter = client_of(ledger, choose("0.0.0.0", login="proxy", proxies=("127.0.0.1",)))
    reporter.environ_base["HTTP_X_REMOTE_USER"] = "报送乙"
    for forged in (
        {},
        {"office": "别局"},
        {"place": "某区"},
        {"office": "别局", "place": "某区"},
        {"office": "某局", "place": "某区"},
    ):
        sent = {**forged, "quarter": "2026Q3", "workbook": (io.BytesIO(content), "三季度.xlsx")}
        answer = reporter.post("/submissions", data=sent)
        assert answer.status_code in (303, 400, 403), forged
        assert not ledger.current(Submission), forged


@pytest.mark.parametrize(
    "name", ["../../三季度.xlsx", "..\\三季度.xlsx", "C:\\三季度.xlsx", "/etc/三季度.xlsx"]
)
def test_a_path_in_the_name_of_a_workbook_is_dropped(
    client: FlaskClient, ledger: Store, name: str
) -> None:
    """Only the last part of a name is kept, and the answer's file is named by it."""
    content = filled(client, "很多")
    sent = {**OFFICE, "workbook": (io.BytesIO(content), name)}
    place = client.post("/submissions", data=sent).location
    told = client.get(f"{place}/marked.xlsx").headers["Content-Disposition"]
    assert "attachment" in told
    kept = unquote(told.partition("UTF-8''")[2])
    assert kept.endswith("三季度_问题.xlsx")
    assert not {"/", "\\"} & set(kept)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("三季度.docx", "不是可读的文件类型"),
        ("三季度.xlsx.exe", "不是可读的文件类型"),
        ("长" * 90 + ".xlsx", "文件名过长"),
        ("三\x07季度.xlsx", "不能显示的字符"),
        ("..", "没有选择文件"),
    ],
)
def test_a_file_of_another_kind_is_no_workbook(
    client: FlaskClient, ledger: Store, name: str, words: str
) -> None:
    """It is refused in words before it is read."""
    sent = {**OFFICE, "workbook": (io.BytesIO(b"PK\x03\x04"), name)}
    answer = client.post("/submissions", data=sent)
    assert answer.status_code == 400
    assert words in answer.json["error"]
