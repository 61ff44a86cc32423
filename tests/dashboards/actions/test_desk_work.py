"""Taking a document in, a note, settings of one indicator: same functions as the commands, by role."""

from __future__ import annotations

import io
import json

import pytest

from dashboards.access import choose
from dashboards.actions.indicators import setting_of
from dashboards.app import create_app
from indicators.errors import UsageError
from indicators.model import Commitment, Note, Setting, SourceDocument, User
from indicators.register.settingsbook import setting_version
from tests.dashboards import sample

KEY = sample.CASES[0].id
FORM = {
    "version": setting_version(sample.setting(sample.CASES[0])),
    "baseline": "5",
    "baseline_date": "2024-12-31",
    "accumulation": "level",
    "schedule": "linear",
}
HTML = {"Accept": "text/html"}


def shown(client, path: str, query: str = "") -> str:
    """The page at an address, as the browser gets it."""
    body = {
        "output": "..page.children...navigation.children...title.data..",
        "outputs": [
            {"id": "page", "property": "children"},
            {"id": "navigation", "property": "children"},
            {"id": "title", "property": "data"},
        ],
        "inputs": [
            {"id": "address", "property": "pathname", "value": path},
            {"id": "address", "property": "search", "value": query},
        ],
        "changedPropIds": ["address.pathname"],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200
    return json.dumps(json.loads(answer.data), ensure_ascii=False)


def version_in(page: str, number: int) -> str:
    """The hidden version of a form of a page: its settings first, then its splits."""
    mark = '\\"name\\": \\"version\\", \\"value\\": \\"'
    return page.split(mark)[number + 1].split('\\"', maxsplit=1)[0]


def test_a_document_is_taken_in_and_waits_for_review(client, store):
    """The upload is extracted and recorded; its page says what it gave."""
    words = "某区行动方案\n到2027年，机柜达到3万架以上，上架率达到80%。\n".encode()
    answer = client.post("/documents", data={"document": (io.BytesIO(words), "某区行动方案.txt")})
    assert answer.status_code == 303
    path, _, query = answer.location.partition("?")
    digest = path.rpartition("/")[2]
    (row,) = store.current(SourceDocument, document_digest=digest)
    assert row.document == "某区行动方案.txt"
    found = store.current(Commitment, document_digest=digest)
    assert {each.as_written for each in found} == {"3万架", "80%"}
    assert {each.review for each in found} == {"proposed"}
    assert "已载入：" in shown(client, path, f"?{query}")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "空.txt", "文件是空的"),
        (b"x", "", "没有选择文件"),
        (b"a,b", "目录.csv", "不是可读的文件类型"),
        (b"\x7fELF\x00\x01" * 40, "程序.txt", ""),
        ("长".encode(), f"{'长' * 80}.txt", "文件名过长"),
    ],
)
def test_what_is_no_document_is_said(client, store, content, name, words):
    """One clear line, nothing recorded, nothing of this machine's folders told."""
    before = store.seq
    answer = client.post("/documents", data={"document": (io.BytesIO(content), name)}, headers=HTML)
    assert answer.status_code == 400
    assert words in answer.text
    assert "/tmp" not in answer.text
    assert store.seq == before


def test_a_note_is_kept_with_its_writer(client, store, monkeypatch):
    """A remark stands on the page of its indicator; an empty one is refused."""
    monkeypatch.setenv("INDICATORS_WHO", "张三")
    answer = client.post(f"/indicators/{KEY}/notes", data={"text": " 二期供电已批复 "})
    assert answer.location == f"/indicators/{KEY}#notes"
    assert [row.text for row in store.current(Note, subject=KEY)] == ["二期供电已批复"]
    page = shown(client, f"/indicators/{KEY}")
    assert "二期供电已批复" in page
    assert "张三" in page
    for wrong in ("  ", "长" * 1001):
        assert client.post(f"/indicators/{KEY}/notes", data={"text": wrong}).status_code == 400


def test_the_history_tells_who_set_what(client, store):
    """The story of an indicator names the change of its settings."""
    client.post(f"/settings/{KEY}", data={**FORM, "baseline": "6", "reason": "核对统计口径"})
    page = shown(client, f"/history/{KEY}")
    assert "基期 6" in page
    assert "核对统计口径" in page
    assert "没有这个指标" in shown(client, "/history/none")


def test_settings_of_one_indicator_are_saved(client, store):
    """The form sets what it shows and leaves the rest as it was."""
    before = next(iter(store.current(Setting, indicator_id=KEY)))
    fields = {"lead_office": "区数据局", "supporting_offices": "甲局，乙局", "direction": "up"}
    answer = client.post(f"/settings/{KEY}", data={**FORM, **fields})
    assert answer.status_code == 303
    after = next(iter(store.current(Setting, indicator_id=KEY)))
    assert (after.lead_office, after.direction) == ("区数据局", "up")
    assert after.supporting_offices == ("甲局", "乙局")
    assert (after.binding, after.synonyms) == (before.binding, before.synonyms)
    assert "已保存" in shown(client, f"/settings/{KEY}", answer.location.partition("?")[2])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"baseline": "五"}, "不是数字"),
        ({"baseline": "NaN"}, "不是数字"),
        ({"baseline_date": "昨天"}, "不是日期"),
        ({"schedule": "随便"}, "不在可选范围"),
    ],
)
def test_wrong_settings_are_said_beside_the_form(client, store, fields, words):
    """What was typed stays in the form, what is wrong stands above it, nothing is recorded."""
    before = store.seq
    answer = client.post(f"/settings/{KEY}", data={**FORM, **fields})
    assert store.seq == before
    page = shown(client, f"/settings/{KEY}", f"?{answer.location.partition('?')[2]}")
    assert words in page
    with pytest.raises(UsageError, match=words):
        setting_of(Setting(indicator_id=KEY), {**FORM, **fields})


def test_only_who_may_decide_may_do_any_of_it(store):
    """Viewers and reporters get 403 on each route and no form on the pages."""
    roles = ("viewer", "reporter", "steward")
    with store.batch("accounts", who="甲") as transaction:
        transaction.add([User(user=role, role=role) for role in roles])
    mode = choose("0.0.0.0", login="proxy", header="X-User", proxies=("127.0.0.1",))
    client = create_app(store, access=mode).server.test_client()
    for role in roles:
        client.environ_base["HTTP_X_USER"] = role
        asked = {
            "/documents": {"document": (io.BytesIO(b"x"), "x.txt")},
            f"/indicators/{KEY}/notes": {"text": "试"},
            f"/settings/{KEY}": dict(FORM),
        }
        allowed = role == "steward"
        for path, data in asked.items():
            status = client.post(path, data=data).status_code
            assert (status != 403) == allowed, (role, path)
        for path in ("/documents", f"/indicators/{KEY}", f"/settings/{KEY}"):
            assert ('"method": "post"' in shown(client, path)) == allowed, (role, path)
