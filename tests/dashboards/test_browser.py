"""In a real browser: the walk from overview to evidence, at three widths, without a complaint."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.dashboards import sample

pytestmark = pytest.mark.browser
COMPUTE = sample.CASES[0]


def test_from_the_overview_to_the_sentence_in_the_document(calm, served):
    """Overview, worst target, evidence, the number marked in the document: three clicks."""
    calm.goto(served)
    expect(calm.get_by_role("heading", level=1)).to_have_text("11 项目标，1 项亮红灯")
    expect(calm.get_by_text("研判日 2026-09-30")).to_be_visible()
    calm.get_by_role("link", name="智算规模").first.click()
    expect(calm.get_by_role("heading", name="智算规模", level=1)).to_be_visible()
    expect(calm.locator(".verdict-sentence")).to_contain_text("30")
    expect(calm.locator(".js-plotly-plot")).to_be_visible()
    calm.get_by_role("link", name="在文件中查看").first.click()
    expect(calm.get_by_role("heading", level=1)).to_contain_text("武清区")
    marked = calm.locator(".mark-link.found")
    expect(marked).to_have_text("30EFlops")
    expect(marked).to_be_in_viewport()


def test_the_chart_speaks_chinese_and_shares_nothing(calm, served):
    """Quarter ticks, the number at each point, no button that sends the chart away."""
    calm.goto(f"{served}/indicators/{COMPUTE.id}")
    plot = calm.locator(".chart-course .js-plotly-plot")
    expect(plot.locator(".xtick text").first).to_have_text(re.compile(r"^20\d\dQ[1-4]$"))
    assert plot.locator(".textpoint").all_inner_texts() != []
    expect(calm.get_by_text(re.compile("share|cloud", re.IGNORECASE))).to_have_count(0)
    expect(calm.locator("[data-title*='hare'], [data-title*='loud']")).to_have_count(0)


def test_a_filter_goes_into_the_address_and_back(calm, served):
    """Choosing a light changes the address; going back restores the view."""
    calm.goto(served)
    calm.get_by_label("亮灯", exact=True).select_option("red")
    expect(calm).to_have_url(re.compile(r"\?light=red$"))
    expect(calm.get_by_role("heading", level=1)).to_have_text("1 项目标，1 项亮红灯")
    calm.go_back()
    expect(calm.get_by_role("heading", level=1)).to_have_text("11 项目标，1 项亮红灯")


def test_an_earlier_quarter_can_be_looked_at(calm, served):
    """The quarter is chosen in the line that is always visible, and stands in the address."""
    calm.goto(served)
    calm.get_by_label("季度").select_option("2026Q1")
    expect(calm.get_by_text("研判日 2026-03-31")).to_be_visible()
    expect(calm).to_have_url(re.compile("quarter=2026Q1"))


def test_a_point_of_the_chart_opens_its_indicator(calm, served):
    """Clicking a point of the overview's chart leads to the indicator."""
    calm.goto(served)
    point = calm.locator(".chart-progress .scatterlayer .point").first
    expect(point).to_be_visible()
    calm.wait_for_timeout(1500)
    calm.locator(".chart-progress").scroll_into_view_if_needed()
    box = point.bounding_box()
    calm.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    calm.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(calm).to_have_url(re.compile("/indicators/"))


def test_the_first_view_answers_what_is_worst_why_and_where(calm, served):
    """Without a click: the worst target, its verdict, the sentence with its number; one click: its page."""
    calm.set_viewport_size({"width": 1440, "height": 900})
    calm.goto(served)
    calm.get_by_label("地区", exact=True).select_option("武清区")
    told = calm.locator(".worst")
    expect(told).to_contain_text("武清区 智算规模")
    expect(told).to_contain_text("落后30.3个百分点")
    expect(told.locator("mark")).to_have_text("30EFlops")
    expect(told.locator("mark")).to_be_in_viewport()
    told.get_by_role("link", name="在文件中查看").click()
    expect(calm.locator(".mark-link.found")).to_have_text("30EFlops")


def test_an_upload_shows_how_far_it_is_and_what_was_wrong(page, served, tmp_path):
    """A document leads to its page; a wrong file is said beside the form, which can be sent again."""
    plan, wrong = tmp_path / "某区行动方案.txt", tmp_path / "目录.csv"
    plan.write_text("某区行动方案\n到2027年，机柜达到3万架以上。\n", encoding="utf-8")
    wrong.write_text("a,b", encoding="utf-8")
    page.goto(f"{served}/documents")
    field = page.locator("form.upload input[type=file]")
    field.set_input_files(wrong)
    page.get_by_role("button", name="载入并抽取").click()
    expect(page.locator(".sending")).to_contain_text("不是可读的文件类型")
    field.set_input_files(plan)
    page.get_by_role("button", name="载入并抽取").click()
    expect(page).to_have_url(re.compile(r"/documents/[0-9a-f]{64}\?answer="))
    expect(page.locator(".loaded")).to_contain_text("已载入")


def test_a_workbook_of_settings_is_answered_on_its_page(calm, served, tmp_path):
    """Fetched, sent back and answered without leaving the page; what is none is said beside the form."""
    calm.goto(f"{served}/settings")
    calm.get_by_text("用工作簿成批设置").click()
    with calm.expect_download() as loading:
        calm.locator("details.book").get_by_role("link", name="下载工作簿").click()
    book = tmp_path / "设置.xlsx"
    loading.value.save_as(book)
    calm.locator("form.book-form input[type=file]").set_input_files(book)
    calm.get_by_role("button", name="交回并检查").click()
    expect(calm.locator(".answer[role=status]")).to_contain_text("设置.xlsx：")
    expect(calm).to_have_url(re.compile(r"/settings\?answer="))
    expect(calm.locator("details.book")).to_have_attribute("open", "")


def test_the_grid_puts_rows_under_their_group(calm, served):
    """A line names the group with its counts; its rows follow."""
    calm.goto(f"{served}/indicators")
    calm.get_by_label("分组").select_option("office")
    expect(calm.locator(".group-row").first).to_contain_text("红灯 1")
    expect(calm).to_have_url(re.compile("group=office"))


def test_the_keyboard_reaches_the_text_first(calm, served):
    """The first stop of the tabulator jumps over the navigation."""
    calm.goto(served)
    expect(calm.get_by_role("heading", level=1)).to_be_visible()
    calm.keyboard.press("Tab")
    expect(calm.get_by_role("link", name="跳到正文")).to_be_focused()
