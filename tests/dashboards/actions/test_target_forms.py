"""Splits and revisions of targets on the page of settings."""

from __future__ import annotations

import io
import secrets
from decimal import Decimal

import pytest

from dashboards.access import choose
from dashboards.actions.targets import parts_of
from dashboards.answers import Answers
from dashboards.app import create_app
from indicators.errors import UsageError
from indicators.model import Setting, Share, Target, User
from tests.dashboards.actions.test_desk_work import FORM, KEY, shown, version_in


@pytest.fixture
def target(store) -> Target:
    """The accepted target of 智算规模: 30 EFLOPS by the end of 2027."""
    return next(iter(store.current(Target, indicator_id=KEY)))


def post(client, route, target, /, **fields):
    """Send a form of the page; return the page that answers it."""
    known = {
        "target": target.target_id,
        "version": version_in(shown(client, f"/settings/{KEY}"), 1),
    }
    answer = client.post(f"/settings/{KEY}/{route}", data=known | fields)
    assert answer.status_code == 303
    return shown(client, f"/settings/{KEY}", f"?{answer.location.partition('?')[2]}")


def split(store, target) -> dict[tuple[str, str], Decimal]:
    rows = store.current(Share, target_id=target.target_id)
    return {(row.sort, row.part): row.magnitude for row in rows if not row.withdrawn}


def test_a_split_is_kept_and_rewritten(client, store, target):
    """Parts by year end at the target; what is left out the next time counts no more."""
    assert "已保存" in post(client, "shares", target, sort="year", parts="2026=18、2027=30")
    assert split(store, target) == {("year", "2026"): 18, ("year", "2027"): 30}
    page = post(client, "shares", target, sort="year", parts="2027=30")
    assert "2027=30" in page
    assert split(store, target) == {("year", "2027"): 30}


@pytest.mark.parametrize(
    ("sort", "parts", "words"),
    [
        ("year", "2026=18、2027=29", "分解到期限时为"),
        ("office", "甲局=10、乙局=10", "不等于目标"),
        ("year", "明年=18", "写法不对"),
        ("year", "2026", "不是一项分解"),
        ("year", "2026=many", "不是数字"),
        ("year", "2026=1、2026=2", "写了两次"),
        ("month", "2026=1", "没有这种分解方式"),
        ("year", "", "没有改动"),
    ],
)
def test_parts_that_do_not_make_the_target_are_said(client, store, target, sort, parts, words):
    """What is wrong stands on the page, the parts stay in their field, nothing is recorded."""
    before = store.seq
    page = post(client, "shares", target, sort=sort, parts=parts)
    assert words in page
    assert parts in page
    assert store.seq == before


def test_parts_are_read_with_any_comma():
    """Chinese and plain separators and line breaks all part them."""
    assert parts_of("2026=1，2027=2;2028＝3\n2029=4") == {
        "2026": 1, "2027": 2, "2028": 3, "2029": 4
    }  # fmt: skip
    with pytest.raises(UsageError):
        parts_of("=3")


def test_a_revised_target_replaces_the_old_one(client, store, target):
    """From its day on the new one is judged; the page of the indicator shows both."""
    fields = {
        "magnitude": "20",
        "approved_by": "武政办发〔2026〕9号",
        "reason": "中期评估",
        "effective_on": "2026-07-01",
    }
    assert "已保存" in post(client, "revision", target, **fields)
    made = next(iter(store.current(Target, supersedes=target.target_id)))
    assert (made.magnitude, made.deadline, made.status) == (20, target.deadline, "accepted")
    page = shown(client, f"/indicators/{KEY}")
    assert "≥20 EFLOPS" in page
    assert "武政办发〔2026〕9号" in page
    assert "这个目标已被调整" in post(client, "revision", target, **fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"magnitude": "20", "reason": "评估"}, "缺少批准文号"),
        ({"magnitude": "20", "approved_by": "文"}, "缺少调整原因"),
        ({"magnitude": "二十", "approved_by": "文", "reason": "评估"}, "不是数字"),
        ({"deadline": "年底", "approved_by": "文", "reason": "评估"}, "不是日期"),
        ({"approved_by": "文", "reason": "评估"}, "目标没有改动"),
        ({"target": "none", "magnitude": "20"}, "没有这个目标"),
    ],
)
def test_a_revision_without_its_grounds_is_refused(client, store, target, fields, words):
    """Paper, reason and a change are needed; nothing is recorded without."""
    before = store.seq
    assert words in post(client, "revision", target, **fields)
    assert store.seq == before


def test_splits_of_settings_are_set_on_the_page(client, store):
    """Yearly values are kept as settings keep them; what cannot be read is said."""
    more = {"schedule": "split", "yearly_split": "2026=18，2027=30", "quarterly_split": ""}
    assert client.post(f"/settings/{KEY}", data={**FORM, **more}).status_code == 303
    row = next(iter(store.current(Setting, indicator_id=KEY)))
    assert row.yearly_split == ("2026=18", "2027=30")
    before = store.seq
    again = {**FORM, **more, "version": version_in(shown(client, f"/settings/{KEY}"), 0)}
    answer = client.post(f"/settings/{KEY}", data={**again, "yearly_split": "十八"})
    page = shown(client, f"/settings/{KEY}", f"?{answer.location.partition('?')[2]}")
    assert "“2026=433.3”的写法" in page
    assert store.seq == before


def test_only_who_may_decide_may_change_targets(store, target):
    """A viewer and a reporter get 403 and no form."""
    with store.batch("accounts", who="甲") as transaction:
        transaction.add([User(user=role, role=role) for role in ("viewer", "reporter")])
    mode = choose("0.0.0.0", login="proxy", header="X-User", proxies=("127.0.0.1",))
    client = create_app(store, access=mode).server.test_client()
    for role in ("viewer", "reporter"):
        client.environ_base["HTTP_X_USER"] = role
        for route in ("shares", "revision"):
            sent = client.post(f"/settings/{KEY}/{route}", data={"target": target.target_id})
            assert sent.status_code == 403
        assert '"method": "post"' not in shown(client, f"/settings/{KEY}")


def test_an_upload_tells_its_steps_to_its_sender_only(client, tmp_path):
    """The last step stands under the page's own token; a stranger and a wrong token get nothing."""
    watch = secrets.token_hex(18)
    words = "某区行动方案\n到2027年，机柜达到3万架以上。\n".encode()
    sent = {"document": (io.BytesIO(words), "某区行动方案.txt"), "watch": watch}
    assert client.post("/documents", data=sent).status_code == 303
    assert client.get(f"/documents/steps/{watch}").json == {"words": "正在记入台账"}
    assert client.get("/documents/steps/none").json == {"words": ""}
    kept = Answers(tmp_path / "answers")
    kept.step(watch, "甲", "reading")
    kept.step(watch, "甲", "extracting")
    kept.step("../short", "甲", "reading")
    assert (kept.step_of(watch, "甲"), kept.step_of(watch, "乙")) == ("extracting", "")
    assert len(list(kept.folder.iterdir())) == 1
