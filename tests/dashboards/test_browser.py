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


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_page_is_wider_than_the_screen(calm, served, width):
    """At each width nothing sticks out sideways."""
    calm.set_viewport_size({"width": width, "height": 900})
    plan = sample.digest_of(sample.PLAN)
    for path in (
        "/",
        f"/indicators/{COMPUTE.id}",
        "/documents",
        f"/documents/{plan}",
        "/submissions",
        "/bulletin",
        "/review",
        "/settings",
    ):
        calm.goto(served + path)
        expect(calm.get_by_role("heading", level=1)).to_be_visible()
        assert calm.locator("html").evaluate("e => e.scrollWidth") <= width
        expect(calm.get_by_role("link", name="通报", exact=True)).to_be_in_viewport()


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


def test_the_keyboard_reaches_the_text_first(calm, served):
    """The first stop of the tabulator jumps over the navigation."""
    calm.goto(served)
    expect(calm.get_by_role("heading", level=1)).to_be_visible()
    calm.keyboard.press("Tab")
    expect(calm.get_by_role("link", name="跳到正文")).to_be_focused()
