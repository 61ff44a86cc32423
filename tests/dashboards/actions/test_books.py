"""The workbooks of settings, tasks and review, out and back in through the browser."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from dashboards.access import choose
from dashboards.app import create_app
from indicators.model import Commitment, Setting, Target, Task, User
from tests.dashboards.actions.test_desk_work import KEY, shown

EXPORTS = {
    "settings": "/books/settings.xlsx",
    "tasks": "/export/tasks.xlsx",
    "review": "/books/review.xlsx",
}
PAGES = {"settings": "/settings", "tasks": "/tasks", "review": "/review"}
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage\0".encode("utf-16-le")
"""The beginning of a workbook with a password, and what it is known by."""
HEADS = 3
"""The row of the heads in all three."""


@pytest.fixture
def waiting(store) -> Commitment:
    """A statement that waits for a decision."""
    row = replace(next(iter(store.current(Commitment))), commitment_id="waiting", review="proposed")
    with store.batch("load", who="甲") as transaction:
        transaction.add([row])
    return row


def written(client, sort: str, key: str, head: str, value: object) -> bytes:
    """The workbook as it is handed out, with one cell of one line written."""
    book = load_workbook(io.BytesIO(client.get(EXPORTS[sort]).data))
    for sheet in book.worksheets:
        heads = {cell.value: cell.column for cell in sheet[HEADS]}
        for line in sheet.iter_rows(min_row=HEADS + 1):
            if line[0].value == key:
                sheet.cell(line[0].row, heads[head], value)
                made = io.BytesIO()
                book.save(made)
                return made.getvalue()
    raise AssertionError(f"no line {key}")


def line_of(store) -> str:
    """The key of the line of 智算规模 in the 台账."""
    return next(iter(store.current(Target, indicator_id=KEY))).target_id


def send(client, sort: str, content: bytes, name: str = "填好.xlsx", **fields: str) -> str:
    """Hand a workbook in; return the page that answers it."""
    sent = client.post(f"/books/{sort}", data={**fields, "book": (io.BytesIO(content), name)})
    assert sent.status_code == 303, sent.text
    assert sent.location.startswith(f"{PAGES[sort]}?answer=")
    return shown(client, PAGES[sort], f"?{sent.location.partition('?')[2]}")


def test_settings_are_taken_in_from_their_workbook(client, store):
    """A cell filled in is recorded with its reason; the same file again adds nothing."""
    content = written(client, "settings", KEY, "牵头单位", "区数据局")
    assert "个指标的设置" in send(client, "settings", content, reason="年度调整")
    assert next(iter(store.current(Setting, indicator_id=KEY))).lead_office == "区数据局"
    assert store.batches()[-1].reason == "年度调整"
    before = store.seq
    assert "先前已导入" in send(client, "settings", content)
    assert store.seq == before


def test_tasks_are_taken_in_from_their_workbook(client, store):
    """Words on progress come back from the printed 台账."""
    content = written(client, "tasks", line_of(store), "进展情况", "两个中心在建")
    before = store.seq
    page = send(client, "tasks", content)
    assert "填好.xlsx" in page
    assert store.seq == before + 1
    assert "两个中心在建" in shown(client, f"/indicators/{KEY}")


def test_decisions_are_taken_in_from_their_workbook(client, store, waiting):
    """A decision written into its cell leaves the list."""
    content = written(client, "review", waiting.commitment_id, "决定", "驳回")
    assert "决定 1 条表述" in send(client, "review", content)
    assert [each.review for each in store.current(Commitment, commitment_id="waiting")] == [
        "rejected"
    ]


@pytest.mark.parametrize(
    ("sort", "head", "value"),
    [("settings", "基期值", "很多"), ("tasks", "状态", "随便"), ("review", "决定", "也许")],
)
def test_what_is_wrong_stands_at_its_cell(client, store, waiting, sort, head, value):
    """Nothing of the workbook is kept; the page names sheet, cell and what was found."""
    key = {"settings": KEY, "tasks": line_of(store), "review": waiting.commitment_id}[sort]
    before = store.seq
    page = send(client, sort, written(client, sort, key, head, value))
    assert store.seq == before
    assert "answer-bad" in page
    assert value in page
    assert "c-cell" in page
    (address,) = re.findall(r"/answers/[^/]+/marked\.xlsx", page)
    marked = load_workbook(io.BytesIO(client.get(address).data))
    comments = {
        cell.value: cell.comment.text
        for sheet in marked.worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.comment
    }
    assert value in comments[value]


def test_a_marked_workbook_corrected_is_taken_in(client, store):
    """What was written beside the lines of a refused workbook is not read when it comes back."""
    page = send(client, "tasks", written(client, "tasks", line_of(store), "状态", "随便"))
    (address,) = re.findall(r"/answers/[^/]+/marked\.xlsx", page)
    book = load_workbook(io.BytesIO(client.get(address).data))
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.value == "随便":
                    cell.value = "推进中"
    made = io.BytesIO()
    book.save(made)
    assert "台账没有变化" in send(client, "tasks", made.getvalue())


def test_a_hostile_workbook_only_fails(client, store):
    """A bomb in place of a settings workbook is turned away before anything parses it here."""
    page = client.get(EXPORTS["settings"]).data
    made = io.BytesIO(page)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/bomb.xml", b"<a>" + b" " * 2**25)
    for sort in PAGES:
        sent = client.post(
            f"/books/{sort}", data={"book": (io.BytesIO(made.getvalue()), "表.xlsx")}
        )
        assert sent.status_code == 400
        assert "压缩比异常" in sent.json["error"]


def test_rows_that_somebody_changed_are_refused_or_left_out(client, store):
    """A workbook that was handed out before a change does not write over it."""
    old = written(client, "settings", KEY, "牵头单位", "甲局")
    send(client, "settings", written(client, "settings", KEY, "牵头单位", "乙局"))
    assert "answer-bad" in send(client, "settings", old)
    assert "1 行过期未导入" in send(client, "settings", old, skip_stale="yes")
    assert next(iter(store.current(Setting, indicator_id=KEY))).lead_office == "乙局"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "", "没有选择文件"),
        (b"PK", "表.docx", "不是可读的文件类型"),
        (b"nothing", "表.xlsx", "不是工作簿"),
        (b"PK\x03\x04damaged", "表.xlsx", "表.xlsx"),
        (LOCKED, "表.xlsx", "设了打开密码"),
        (b"PK", "长" * 90 + ".xlsx", "文件名过长"),
    ],
)
def test_what_is_no_workbook_is_said(client, store, content, name, words):
    """One line in words, nothing recorded, nothing of this machine's folders told."""
    before = store.seq
    for sort in PAGES:
        answer = client.post(f"/books/{sort}", data={"book": (io.BytesIO(content), name)})
        assert answer.status_code == 400
        assert words in answer.json["error"]
        assert "/tmp" not in answer.json["error"]
    assert store.seq == before


def test_another_sort_of_workbook_does_not_exist(client):
    """The name in the address is one of three."""
    sent = client.post("/books/accounts", data={"book": (io.BytesIO(b"PK"), "表.xlsx")})
    assert sent.status_code == 404


def test_a_copy_without_contacts_takes_none_away(client, store):
    """A viewer's 台账 does not say whom to call; filled in and handed in, it changes nothing of that."""
    (task,) = store.current(Task)
    with store.batch("test", who="甲") as transaction:
        transaction.add(
            [replace(task, contact="李联系 022-12345678"), User(user="看客", role="viewer")]
        )
    assert "李联系" in words_of(client.get(EXPORTS["tasks"]).data)
    mode = choose("0.0.0.0", login="proxy", header="X-User", proxies=("127.0.0.1",))
    viewer = create_app(store, access=mode).server.test_client()
    viewer.environ_base["HTTP_X_USER"] = "看客"
    assert "李联系" not in words_of(viewer.get(EXPORTS["tasks"]).data)
    content = written(viewer, "tasks", task.task_id, "进展情况", "已启动")
    assert "更新台账 1 行" in send(client, "tasks", content)
    assert [each.contact for each in store.current(Task)] == ["李联系 022-12345678"]


def words_of(content: bytes) -> str:
    """All words of a workbook."""
    book = load_workbook(io.BytesIO(content))
    return " ".join(
        str(cell.value) for sheet in book for row in sheet for cell in row if cell.value
    )
