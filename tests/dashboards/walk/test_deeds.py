"""What each role does, in the browser: hand in, decide, set, revise, lock, issue, take away."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from indicators.model import (
    Board,
    CalendarEntry,
    Commitment,
    Indicator,
    Observation,
    Relation,
    ReviewDecision,
    Setting,
    Submission,
    Target,
)
from indicators.store import open_store
from tests.dashboards.walk.conftest import Watched, open_house
from tests.dashboards.walk.house import DATA, INDUSTRY, PLACE, fill

pytestmark = pytest.mark.browser
QUARTER = "/submissions?quarter=2026Q3"


@pytest.fixture
def served(house):
    """The address of a house that a test may change."""
    with open_house(house) as address:
        yield address


@pytest.fixture
def ledger(house):
    """The ledger of that house, to look what was recorded."""
    with open_store(house.store) as store:
        yield store


def taken(walker: Watched, click, path) -> bytes:
    """What a click on a link hands out, as a file."""
    with walker.page.expect_download() as loading:
        click.click()
    loading.value.save_as(path)
    return path.read_bytes()


def hand_in(walker: Watched, path) -> None:
    """Hand a workbook in on the page that is open."""
    walker.page.locator("form.hand-in input[type=file]").first.set_input_files(path)
    walker.page.get_by_role("button", name="交表并检查").first.click()
    expect(walker.page).to_have_url(re.compile("/answers/"))


def test_a_reporter_hands_in_and_a_steward_judges(browse, served, house, ledger, tmp_path):
    """Template, findings at the cell, the marked workbook, a receipt; returned, handed in again, accepted."""
    with browse(served) as reporter, browse(served) as steward:
        reporter.enter("数据报送")
        reporter.go(QUARTER)
        page = reporter.page
        expect(page.locator("#page h1")).to_contain_text("2026年第三季度")
        book = tmp_path / "三季度.xlsx"
        taken(reporter, page.get_by_role("link", name="填报模板"), book)
        fill(book, {"智算规模": "很多", "高质量数据集": 66, "数据中心总体上架率": 72})
        hand_in(reporter, book)
        expect(page.locator(".findings")).to_contain_text("很多")
        expect(page.locator(".cell-error")).to_contain_text("很多")
        marked = taken(
            reporter, page.get_by_role("link", name="下载标好问题的工作簿"), tmp_path / "m.xlsx"
        )
        notes = [
            cell.comment
            for row in load_workbook(io.BytesIO(marked))["填报表"]
            for cell in row
            if cell.comment
        ]
        assert any("很多" in each.text for each in notes)
        assert not ledger.current(Submission, quarter="2026Q3")

        fill(book, {"智算规模": 12, "高质量数据集": 66, "数据中心总体上架率": 72})
        reporter.go(QUARTER)
        hand_in(reporter, book)
        expect(page.locator("#page h1")).to_contain_text("已入库")
        expect(page.locator(".changes")).to_contain_text("智算规模")
        page.get_by_role("link", name="回到报送").click()
        expect(page.locator(".handed")).to_contain_text("待审")

        steward.enter("督查")
        steward.go(QUARTER)
        desk = steward.page
        expect(desk.locator(".standings")).to_contain_text(INDUSTRY)
        desk.get_by_placeholder("意见").fill("请附说明")
        desk.get_by_role("button", name="退回").click()
        expect(desk.locator(".handed")).to_contain_text("已退回")
        reporter.go("/")
        reporter.go(QUARTER)
        expect(page.locator(".handed")).to_contain_text("请附说明")

        hand_in(reporter, book)
        expect(page.locator(".findings")).to_contain_text("已被退回：请附说明")
        fill(book, {"智算规模": 12.5})
        reporter.go(QUARTER)
        hand_in(reporter, book)
        expect(page.locator("#page h1")).to_contain_text("已入库")
        steward.go("/")
        steward.go(QUARTER)
        desk.get_by_role("button", name="确认").click()
        expect(desk.locator(".handed")).to_contain_text("已确认")
        states = {each.status for each in ledger.current(Submission, quarter="2026Q3")}
        assert states == {"returned", "accepted"}
        (value,) = (
            each
            for each in ledger.current(Observation, file_name="三季度.xlsx")
            if each.magnitude == Decimal("12.5")
        )
        reporter.go(f"/indicators/{value.indicator_id}?quarter=2026Q3")
        expect(page.locator("#page")).to_contain_text("12.5")


def test_a_reporter_meets_its_own_office_only(browse, served, house, ledger):
    """Another office's line, template and workbook are neither shown nor given, however asked for."""
    with browse(served) as reporter:
        reporter.enter("工信报送")
        reporter.go("/submissions?quarter=2026Q2")
        expect(reporter.page.locator(".standings")).to_contain_text(INDUSTRY)
        expect(reporter.page.locator("#page")).not_to_contain_text(DATA)
        told = reporter.page.evaluate(
            """async ([office, place]) => {
                const form = new FormData();
                const names = { office: office, place: place, quarter: "2026Q3" };
                Object.keys(names).forEach(name => form.append(name, names[name]));
                form.append("workbook", new File(["x"], "x.xlsx"));
                const sent = await fetch("/submissions", { method: "POST", body: form });
                const asked = await fetch("/template.xlsx?" + new URLSearchParams(names));
                return [sent.status, asked.status];
            }""",
            [DATA, PLACE],
        )
        assert told == [403, 403]
        assert not ledger.current(Submission, quarter="2026Q3")
        # The browser itself notes what was refused.
        reporter.troubles = [each for each in reporter.troubles if "403" not in each]


def test_a_page_that_follows_on_another_asks_for_its_own_quarter(browse, served):
    """The hidden fields of a form are those of the page that is shown, whichever was shown before."""
    with browse(served) as reporter:
        reporter.enter("数据报送")
        reporter.go("/submissions?quarter=2026Q2")
        page = reporter.page
        expect(page.locator("#page h1")).to_contain_text("2026年第二季度")
        expect(page.locator("form.hand-in input[name=quarter]").first).to_have_value("2026Q2")
        page.get_by_role("link", name="下一季").click()
        expect(page.locator("#page h1")).to_contain_text("2026年第三季度")
        expect(page.locator("form.hand-in input[name=quarter]").first).to_have_value("2026Q3")


def test_a_steward_locks_a_quarter_and_grants_an_exception(browse, served, ledger):
    """Days of all, then of one office; an exception without a reason is said beside the form."""
    with browse(served) as steward:
        steward.enter("督查")
        steward.go(QUARTER)
        page = steward.page
        form = page.locator("form[action='/submissions/calendar']")
        form.get_by_label("截止日").fill("2026-10-15")
        form.get_by_label("锁定日").fill("2026-10-20")
        form.get_by_role("button", name="设定日期").click()
        expect(page.locator("table.calendar")).to_contain_text("2026-10-20")
        form.get_by_label("适用范围").select_option(f"{PLACE}/{DATA}")
        form.get_by_label("截止日").fill("2030-10-30")
        form.get_by_label("锁定日").fill("2030-11-30")
        form.get_by_role("button", name="设定日期").click()
        expect(page.locator("#calendar .answer-bad")).to_contain_text("例外必须写明原因")
        expect(form.get_by_label("锁定日")).to_have_value("2030-11-30")
        form.get_by_label("原因").fill("系统故障")
        form.get_by_role("button", name="设定日期").click()
        expect(page.locator("table.calendar")).to_contain_text("系统故障")
        rows = {row.office: row for row in ledger.current(CalendarEntry, quarter="2026Q3")}
        assert rows[""].locks_on.isoformat() == "2026-10-20"
        assert (rows[DATA].locks_on.isoformat(), rows[DATA].reason) == ("2030-11-30", "系统故障")


def test_a_steward_reviews_by_mouse_and_by_keyboard(browse, served, ledger):
    """Accept, correct, reject and merge, each one batch, the next row in focus."""
    before = {row.commitment_id for row in ledger.current(ReviewDecision)}
    merges = [row for row in ledger.current(Relation, status="proposed") if row.sort == "same_as"]
    with browse(served) as steward:
        steward.enter("督查")
        steward.go("/review")
        page = steward.page
        answer = page.locator("#review-answer")
        rows = page.locator("form.decision:not(.merge):visible")
        # By mouse.
        rows.first.get_by_role("button", name="采纳").click()
        expect(answer).to_contain_text("已采纳")
        rows.first.get_by_text("更正", exact=False).first.click()
        rows.first.get_by_label("名称").fill("改过的名称")
        rows.first.get_by_role("button", name="保存更正").click()
        expect(answer).to_contain_text("已更正")
        # By keyboard.
        rows.first.focus()
        page.keyboard.press("x")
        expect(answer).to_contain_text("已驳回")
        expect(rows.first).to_be_focused()
        page.keyboard.press("j")
        expect(rows.nth(1)).to_be_focused()
        page.keyboard.press("k")
        page.keyboard.press("a")
        expect(answer).to_contain_text("已采纳")
        expect(rows.first).to_be_focused()
        page.keyboard.press("e")
        expect(rows.first.get_by_label("名称")).to_be_focused()
        page.keyboard.type("再改")
        page.keyboard.press("Escape")
        page.keyboard.press("s")
        expect(answer).to_contain_text("已更正")
        # Sameness: one by mouse, one by keyboard.
        page.locator("form.merge:visible").first.get_by_role("button", name="采纳").click()
        expect(answer).to_contain_text("可能是同一指标：已采纳")
        page.locator("form.merge:visible").first.focus()
        page.keyboard.press("x")
        expect(answer).to_contain_text("可能是同一指标：已驳回")
    told = [row for row in ledger.current(ReviewDecision) if row.commitment_id not in before]
    assert sorted(row.decision for row in told) == [
        "accepted", "accepted", "corrected", "corrected", "rejected"
    ]  # fmt: skip
    states = {row.relation_id: row.status for row in ledger.current(Relation)}
    assert sorted(states[row.relation_id] for row in merges) == ["accepted", "rejected"]
    assert {each.who for each in ledger.batches()[-7:]} == {"督查"}


def test_an_administrator_sets_revises_and_issues(browse, served, ledger, tmp_path):
    """Settings edited, a revision recorded, a document loaded, a board issued and taken as Word."""
    key = next(each for each in ledger.current(Indicator) if each.name == "智算规模").indicator_id
    with browse(served) as walker:
        walker.enter("管理")
        walker.go("/settings")
        page = walker.page
        page.locator(f"a[href='/settings/{key}']").first.click()
        page.get_by_label("基期值").fill("6")
        page.locator(".setting-form").first.get_by_label("变更原因").fill("核对统计口径")
        page.get_by_role("button", name="保存设置").click()
        expect(page.locator(".answer")).to_contain_text("已保存")
        assert next(iter(ledger.current(Setting, indicator_id=key))).baseline == 6

        form = page.locator(f"form[action='/settings/{key}/revision']")
        form.get_by_label("新目标值").fill("40")
        form.get_by_label("批准文号").fill("某政发〔2026〕8号")
        form.get_by_label("变更原因").fill("需求增长")
        form.get_by_role("button", name="调整目标").click()
        expect(page.locator(".answer")).to_contain_text("已保存")
        assert [
            each.magnitude for each in ledger.current(Target, indicator_id=key) if each.supersedes
        ] == [40]
        walker.go(f"/history/{key}")
        expect(page.locator("#page")).to_contain_text("某政发〔2026〕8号")

        walker.go(f"/indicators/{key}")
        page.get_by_placeholder("备注").or_(page.locator("#note")).first.fill("二期供电已批复")
        page.locator(".note-form button").click()
        expect(page.locator(".notes")).to_contain_text("二期供电已批复")

        plan = tmp_path / "某区行动方案.txt"
        plan.write_text("某区行动方案\n到2027年，机柜达到3万架以上。\n", encoding="utf-8")
        walker.go("/documents")
        page.locator("form.upload input[type=file]").set_input_files(plan)
        page.get_by_role("button", name="载入并抽取").click()
        expect(page.locator(".loaded")).to_contain_text("已载入")

        walker.go("/bulletin")
        page.get_by_role("button", name="签发本期通报").click()
        expect(page.locator(".headline")).to_contain_text("已签发")
        word = taken(walker, page.get_by_role("link", name="下载 Word"), tmp_path / "通报.docx")
        body = ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
        assert "智算规模" in body
        assert {each.quarter for each in ledger.current(Board)} == {"2026Q1", "2026Q2"}
        assert ledger.batches()[-1].who == "管理"


def test_a_viewer_takes_away_but_changes_nothing(browse, served, ledger, tmp_path):
    """Tables, pictures, documents and bulletins are for looking; whom to call is not among them."""
    key = next(each for each in ledger.current(Indicator) if each.name == "智算规模").indicator_id
    before = ledger.seq
    with browse(served) as viewer:
        viewer.enter("看客")
        page = viewer.page
        viewer.go(f"/indicators/{key}")
        expect(page.locator(".js-plotly-plot").first).to_be_visible()
        csv = taken(
            viewer, page.locator("a[href^='/export/indicators/']").first, tmp_path / "v.csv"
        )
        assert "智算规模".encode() in csv
        picture = taken(viewer, page.locator("[data-picture=png]").first, tmp_path / "c.png")
        assert picture.startswith(b"\x89PNG")
        viewer.go("/tasks")
        book = taken(
            viewer, page.locator("a[href^='/export/tasks.xlsx']").first, tmp_path / "t.xlsx"
        )
        words = [
            str(cell.value)
            for sheet in load_workbook(io.BytesIO(book))
            for row in sheet
            for cell in row
        ]
        assert "王负责" in words
        assert "联系人" not in words
        assert not any("李联系" in each for each in words)
        viewer.go("/bulletin")
        taken(viewer, page.get_by_role("link", name="下载 Word"), tmp_path / "b.docx")
    assert ledger.seq == before
    assert ledger.current(Commitment, review="proposed")
