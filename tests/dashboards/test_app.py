"""The app answers every address with a page, and every abuse with a plain refusal."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace

import pytest

from dashboards.app import create_app, respond
from dashboards.security import LARGEST
from dashboards.views import Desk
from indicators.errors import StoreError
from indicators.model import Commitment, Target
from tests.dashboards import sample

COMPUTE = sample.CASES[0]
PLAN = sample.digest_of(sample.PLAN)


def ask(client, path: str, search: str = "", **headers: str):
    """Post the callback that fills the page."""
    return client.post(
        "/_dash-update-component",
        json={
            "output": "..page.children...navigation.children...title.data..",
            "outputs": [
                {"id": "page", "property": "children"},
                {"id": "navigation", "property": "children"},
                {"id": "title", "property": "data"},
            ],
            "inputs": [
                {"id": "address", "property": "pathname", "value": path},
                {"id": "address", "property": "search", "value": search},
            ],
            "changedPropIds": ["address.pathname"],
        },
        headers=headers,
    )


def words(response) -> str:
    return json.dumps(response.get_json(), ensure_ascii=False)


def test_the_overview_names_the_worst_target(client):
    """The first page says how many targets there are, which is worst and what comes due."""
    told = words(ask(client, "/"))
    assert "11 项目标" in told
    assert "最需关注" in told
    assert f"/indicators/{COMPUTE.id}" in told
    assert "研判日 2026-09-30" in told


def test_made_up_data_are_marked_on_every_page(client):
    """Wherever demonstration rows show, the page says so."""
    for path in ("/", f"/indicators/{COMPUTE.id}", "/documents", f"/documents/{PLAN}"):
        assert "演示数据" in words(ask(client, path)), path


def test_an_indicator_shows_sentence_evidence_and_cell(client):
    """The page holds the verdict in words, the quoted number and the workbook cell."""
    told = words(ask(client, f"/indicators/{COMPUTE.id}"))
    assert "−30.3 个百分点" in told
    assert "30EFlops" in told
    assert "季度数据!F7" in told


def test_filters_of_the_address_narrow_the_overview(client):
    """A view that was sent shows the same rows."""
    told = words(ask(client, "/", "?light=red"))
    assert "1 项目标" in told
    assert "5G基站" not in told
    assert "没有符合筛选条件的目标" in words(ask(client, "/", "?place=nowhere"))


def test_an_unknown_address_says_so(client):
    """Unknown pages, indicators and documents are answered in words."""
    assert "没有这个页面" in words(ask(client, "/nothing/here"))
    assert "没有这个指标" in words(ask(client, "/indicators/0000"))
    assert "没有这个文件" in words(ask(client, f"/documents/{'0' * 64}"))
    assert "没有保存这个工作簿" in words(ask(client, f"/workbooks/{'0' * 64}"))


@pytest.mark.parametrize("path", ["/", f"/indicators/{COMPUTE.id}", f"/documents/{PLAN}"])
def test_a_page_is_small(client, path):
    """A page sends at most 300 KB beside the static assets."""
    assert len(ask(client, path).data) <= 300_000


def test_an_empty_ledger_says_what_to_do(tmp_path):
    """Without targets the overview says how to load documents."""
    from indicators.store import open_store

    with open_store(tmp_path / "store") as ledger:
        client = create_app(ledger).server.test_client()
        front = words(ask(client, "/"))
        assert "indicators load" in front
        assert "去载入文件" in front
        assert "还没有载入文件" in words(ask(client, "/documents"))


class Broken:
    """A ledger that vanished."""

    @property
    def seq(self) -> int:
        raise StoreError("台账库不见了", place="data/store", action="请从备份恢复")


def test_a_store_that_vanishes_gets_a_page_and_the_server_lives(caplog):
    """The reader is told plainly, health says so, and the next request is answered."""
    client = create_app(Desk(Broken())).server.test_client()  # type: ignore[arg-type]  # on purpose
    assert "台账暂时读不出" in words(ask(client, "/"))
    assert client.get("/health").status_code == 503
    assert client.get("/").status_code == 200
    assert "store id=" in caplog.text


def test_a_mistake_of_ours_gets_a_number_and_a_log_line(caplog):
    """An unexpected error never reaches the reader as a traceback."""

    def judge(reader, as_of, only=None):
        raise ZeroDivisionError("secret value")

    class Ledger:
        seq = 1
        at_rest = nullcontext

    page = json.dumps(respond(Desk(Ledger(), judge=judge), "/", "").to_plotly_json(), default=repr)
    assert "ZeroDivisionError" not in page
    assert "secret" not in page
    assert "id=" in caplog.text


def test_every_response_carries_the_security_headers(client):
    """No outside host, no framing, no sniffing; scripts by origin and hash only."""
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "http" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_another_site_cannot_post(client):
    """Unsafe requests of another origin are refused, our own are served."""
    assert ask(client, "/", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert ask(client, "/", Origin="http://evil.example").status_code == 403
    assert ask(client, "/", Origin="http://localhost").status_code == 200
    assert ask(client, "/", **{"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_an_oversized_request_is_refused_in_words(client):
    """More than the limit gets 413 and says the limit."""
    answer = client.post(
        "/_dash-update-component", data=b"x" * (LARGEST + 1), content_type="application/json"
    )
    assert answer.status_code == 413
    assert "16 MB" in answer.json["error"]


def test_what_the_ledger_holds_is_kept_in_no_cache(client):
    """Pages, exports and files are fetched anew each time; assets may be kept."""
    for path in ("/", "/_dash-layout", "/export/targets.csv", f"/files/{PLAN}"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    assert ask(client, "/").headers["Cache-Control"] == "no-store"
    asset = client.get("/assets/desk.css", buffered=True)
    assert asset.headers.get("Cache-Control") != "no-store"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"output": "nothing.children", "inputs": []}', b"null"],
)
def test_a_forged_callback_does_not_kill_the_server(client, body):
    """Nonsense gets an error status, and the next request is served."""
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.post("/_dash-update-component", data=body, content_type="application/json")
    assert answer.status_code >= 400
    assert ask(client, "/").status_code == 200


def test_kept_files_are_handed_out_as_downloads(client):
    """A document comes back byte for byte, never to be shown in place; unknown ones do not exist."""
    answer = client.get(f"/files/{PLAN}")
    assert answer.data == (sample.SEEDS / sample.PLAN).read_bytes()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/files/{sample.books()[0]}").status_code == 200
    for digest in ("0" * 64, "..", "short"):
        assert client.get(f"/files/{digest}").status_code == 404


def test_health_tells_the_seq(client, store):
    """Health answers with the seq of the ledger."""
    assert client.get("/health").get_json() == {"status": "ok", "seq": store.seq}


def test_the_words_for_scripts_are_chinese(client):
    """Plotly's locale comes from the message file."""
    body = client.get("/texts.js").get_data(as_text=True)
    assert '"name": "zh-CN"' in body
    assert "下载图" in body


def test_statements_that_wait_lead_to_the_review(store, client):
    """With documents loaded and nothing accepted yet, the first page leads on to 审核."""
    with store.batch("test", who="甲") as transaction:
        transaction.add(
            replace(row, status="withdrawn") for row in store.current(Target, status="accepted")
        )
        transaction.add(
            replace(row, review="proposed") for row in list(store.current(Commitment))[:3]
        )
    front = words(ask(client, "/"))
    assert "有 3 条量化表述等待审核" in front
    assert "去审核" in front


def test_a_bulletin_of_a_scope_without_targets_says_so(client):
    """A place where nothing is followed gets one sentence and no empty sections."""
    told = words(ask(client, "/bulletin", "?place=无此地"))
    assert "所选范围没有纳入跟踪的量化目标" in told
    assert "应报单位均已报送" not in told
