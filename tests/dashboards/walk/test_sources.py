"""Every number leads in at most two clicks to its sentence in a document or its cell in a workbook."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.dashboards.walk.house import PLACE

pytestmark = pytest.mark.browser

PAGES = {
    "/": "项目标",
    f"/?place={PLACE}": f"{PLACE}：",
    "/indicators/{key}": "智算规模",
    "/history/{key}": "变更记录",
    "/documents/{plan}": "行动方案",
    "/compare": "对比",
    "/bulletin?quarter=2026Q2": "2026年二季度",
    "/bulletin?quarter=2026Q1": "2026年一季度",
    "/submissions?quarter=2026Q2": "2026年第二季度",
}
"""Page → words of its title."""
FIND = r"""() => {
  // What was set by hand has no sentence: the record of who set it stands in its history.
  // A value is digits with a unit behind them; days, quarters, counts of the page are none.
  const value = /\d(?:\.\d+)?\s?(?:万|亿)?(?:EFLOPS|P|元|个|家|架|%)(?!百分点|季度|单位|地区)/;
  const cell = /^\/workbooks\/[0-9a-f]{64}\?sheet=[^&]+&cell=[^&]+#cell$/;
  const sentence = /^\/documents\/[0-9a-f]{64}\?mark=[0-9a-f]+#c-[0-9a-f]+$|^#[cs]-[0-9a-f]+$/;
  // What is worked out rests on the target and the value that stand beside it.
  const around = "tr, li, figure, blockquote, form, .worst, .facts > div, .facts, .facts-small, .paper p";
  const found = {sources: [], through: [], lost: []};
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  const walker = document.createTreeWalker(document.getElementById("page"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, holder = node.parentElement;
    if (!value.test(node.data) || !holder.checkVisibility()) continue;
    if (holder.closest("option, select, .js-plotly-plot, nav, h1, h2, .lead, .filters, .note, .verdict-sentence"))
      continue;
    let place = holder.closest(around), ways = [];
    // The line below one of the bulletin belongs to it, as the caption does to its quotation.
    for (; place; place = place.parentElement.closest(around)) {
      const parts = [place];
      if (place.matches("tr.below")) parts.push(place.previousElementSibling);
      if (place.matches("tr") && place.nextElementSibling && place.nextElementSibling.matches(".below"))
        parts.push(place.nextElementSibling);
      ways = parts.flatMap(each => [each, ...each.querySelectorAll("a[href]")]).concat(
        holder.closest("a[href]") || []).map(each => each.getAttribute && each.getAttribute("href"))
        .filter(Boolean);
      if (ways.length) break;
    }
    // A page about one indicator names it at its top: that is a way, too.
    if (!ways.length) ways = [...document.querySelectorAll(".kicker a[href]")].map(each => each.getAttribute("href"));
    const there = ways.filter(each => cell.test(each) || sentence.test(each));
    const next = ways.filter(each => /^\/(indicators|history)\/[0-9a-f]+/.test(each));
    if (there.length) found.sources.push(...there);
    else if (next.length) found.through.push(...next);
    else found.lost.push(node.data.trim());
  }
  return found;
}"""


@pytest.fixture(scope="module")
def told(browser, unguarded, built, keys):
    """By page, where its numbers lead: at once, through an indicator's page, or nowhere."""
    page = browser.new_page()
    page.goto(unguarded)
    found = {}
    for path, title in PAGES.items():
        page.evaluate("path => window.desk.go(path)", path.format(**keys))
        expect(page.locator("#page h1")).to_contain_text(title)
        found[path] = page.evaluate(FIND)
    page.close()
    return found


def test_no_number_of_a_page_is_left_without_a_way(told):
    """Each value stands in a line or card that leads to its source or to its indicator."""
    assert {path: each["lost"] for path, each in told.items() if each["lost"]} == {}
    # The search itself saw values on every page.
    assert [path for path, each in told.items() if not each["sources"] + each["through"]] == []


def test_what_leads_on_ends_at_a_marked_number_or_cell(told, unguarded, page):
    """One of each sort of way of each page is followed: the number stands marked at its end."""
    ways: dict[str, str] = {}
    for path, each in told.items():
        for href in each["sources"]:
            if href.startswith("/"):
                ways.setdefault(f"{path} {href.split('/')[1]}", href)
    followed = set(ways.values())
    assert {href.split("/")[1] for href in followed} == {"documents", "workbooks"}
    for href in sorted(followed):
        page.goto(unguarded + href)
        if href.startswith("/documents"):
            mark = page.locator(f"[id='{href.rpartition('#')[2]}'].found")
            expect(mark).to_be_in_viewport()
            assert re.search(r"\d", mark.inner_text())
        else:
            expect(page.locator(".cell-here")).to_have_text(re.compile(r"\d"))
            asked = unquote(href.partition("cell=")[2].partition("#")[0])
            expect(page.locator(".sheet-where")).to_contain_text(asked)


def test_an_indicator_leads_on_from_its_first_lines(told, unguarded, page, keys):
    """From an overview: its name, then the target or the latest value: two clicks to the source."""
    through = told["/"]["through"]
    assert through
    page.goto(unguarded)
    page.locator(".worst-name").click()
    target, value = (page.locator(".facts > div", has_text=each) for each in ("目标", "最近实际值"))
    expect(value.locator("a")).to_have_text("11 EFLOPS")
    value.locator("a").click()
    expect(page.locator(".cell-here")).to_have_text("11")
    page.go_back()
    target.first.locator("a").click()
    expect(page.locator(".mark-link.found")).to_have_text("30EFlops")


def test_a_task_and_its_place_in_the_text_lead_to_each_other(unguarded, page, keys):
    """From the task ledger into the text, from there to the list beside it, and back."""
    page.goto(f"{unguarded}/tasks")
    task = page.locator(".ledger .task-title").nth(4)
    name = task.inner_text()
    task.click()
    mark = page.locator(".task-mark.found")
    expect(mark).to_be_in_viewport()
    mark.click()
    row = page.locator(".tasks li.found")
    expect(row.locator(".task-title")).to_have_text(name)
    row.locator("a.task-title").click()
    expect(page.locator(".task-mark.found")).to_be_in_viewport()
