"""Each page, looked at by each role: what it shows, which deeds it offers, nothing wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from tests.dashboards.walk.conftest import Watched
from tests.dashboards.walk.house import INDUSTRY, ROLES

pytestmark = pytest.mark.browser
WIDTHS = (1024, 390, 1440)
LOCAL = "local"
"""The one user of a house without login."""
MAY = {
    "look": {*ROLES, LOCAL},
    "submit": {"reporter", "steward", "administrator", LOCAL},
    "decide": {"steward", "administrator", LOCAL},
}
"""Who is offered a deed, by what it asks for."""
LINKS = {"总览": "look", "指标": "look", "文件": "look", "对比": "look", "通报": "look",
         "报送": "submit", "审核": "decide", "台账": "look", "设置": "decide"}  # fmt: skip
"""Links of the navigation."""


@dataclass(frozen=True)
class Stop:
    """A page of the walk."""

    path: str
    shows: tuple[str, ...]
    """Words that everybody sees; the first is the title."""
    offers: dict[str, str] = field(default_factory=dict)
    """Selector of a deed → what it asks for."""
    hides: dict[str, str] = field(default_factory=dict)
    """Role → words that it does not see."""


FORM = "form[method=post][action='{}']"
STOPS = (
    Stop(
        "/", ("项目标", "最需关注", "智算规模", "2026年第二季度"), {"a[href^='/export/']": "look"}
    ),
    Stop("/indicators", ("指标", "智算规模"), {"a[href^='/export/targets.csv']": "look"}),
    Stop(
        "/indicators/{key}",
        ("智算规模", "30EFlops", "实际值", "11"),
        {
            FORM.format("/indicators/{key}/notes"): "decide",
            "a[href^='/export/indicators/']": "look",
        },
    ),
    Stop("/history/{key}", ("变更记录", "督查", "目标确认")),
    Stop("/documents", ("文件", "武清区人民政府办公室"), {FORM.format("/documents"): "decide"}),
    Stop("/documents/{plan}", ("武清区", "30EFlops", "任务"), {"a[href='/files/{plan}']": "look"}),
    Stop("/workbooks/{book}", ("2026Q2_区数据局.xlsx", "智算规模")),
    Stop("/compare?mixed=1", ("对比",)),
    Stop(
        "/tasks",
        ("任务台账", "责任单位"),
        {FORM.format("/books/tasks"): "decide", "a[href^='/export/tasks.xlsx']": "look"},
    ),
    Stop(
        "/settings",
        ("设置", "待办"),
        {FORM.format("/books/settings"): "decide", "a[href='/settings/{key}']": "decide"},
    ),
    Stop(
        "/settings/{key}",
        ("指标设置",),
        {
            FORM.format("/settings/{key}"): "decide",
            FORM.format("/settings/{key}/shares"): "decide",
            FORM.format("/settings/{key}/revision"): "decide",
        },
    ),
    Stop(
        "/review",
        ("审核", "可能是同一指标", "待审核的表述"),
        {
            "form.decision button[value=accepted]": "decide",
            "form.merge button[value=accepted]": "decide",
            FORM.format("/books/review"): "decide",
        },
    ),
    Stop(
        "/bulletin",
        ("通报", "智算规模", "依据"),
        {FORM.format("/boards"): "decide", "a[href^='/bulletin.docx']": "look"},
    ),
    Stop(
        "/submissions?quarter=2026Q2",
        ("报送",),
        {
            FORM.format("/submissions"): "submit",
            "a[href^='/template.xlsx']": "submit",
            "form[action$='/return']": "decide",
        },
        {"reporter": INDUSTRY},
    ),
    Stop("/answers/none", ("这份回执已不在",)),
    Stop("/nowhere", ("没有这个页面",)),
    Stop("/indicators/none", ("没有这个指标",)),
    Stop("/documents/none", ("没有这个文件",)),
    Stop("/settings/none", ("没有这个指标",)),
    Stop("/workbooks/none", ("没有保存这个工作簿",)),
)


def forms(page) -> set[str]:
    """Where the forms of the page itself would post to."""
    told = page.locator("#page form[method=post]").evaluate_all(
        "found => found.map(each => each.getAttribute('action'))"
    )
    return set(told)


def wrong_deeds(page, stop: Stop, keys: dict[str, str], role: str) -> list[str]:
    """Deeds that are missing or too many."""
    wrong = [
        f"{selector} for {role}"
        for each, need in stop.offers.items()
        if bool(page.locator(selector := each.format(**keys)).count()) != (role in MAY[need])
    ]
    if role == "viewer":
        wrong += forms(page)
    if role == "reporter":
        wrong += forms(page) - {"/submissions"}
    return wrong


def looks_wrong(walker: Watched, looked_at: tuple[int, ...] = (390, 1440)) -> list[str]:
    """What sticks out at a width of the screen, or is a barrier where axe-core looks."""
    wrong = []
    for width in WIDTHS:
        if walker.too_wide(width):
            wrong.append(f"wider than {width}")
        if width in looked_at:
            wrong += [f"at {width} {each}" for each in walker.barriers()]
    return wrong


@pytest.mark.parametrize("role", [LOCAL, *ROLES])
def test_every_page_shows_each_role_what_it_may_do(browse, guarded, unguarded, keys, role):
    """One walk over all pages: words, deeds, three widths, no barrier, a silent console."""
    found: dict[str, list[str]] = {}
    with browse(unguarded if role == LOCAL else guarded) as walker:
        page = walker.page
        if role == LOCAL:
            page.goto(unguarded)
        else:
            walker.enter(ROLES[role])
        for stop in STOPS:
            walker.go(stop.path.format(**keys))
            title, *words = stop.shows
            expect(page.locator("#page h1")).to_contain_text(title)
            for each in words:
                expect(page.locator("#page")).to_contain_text(each)
            offered = [name for name, need in LINKS.items() if role in MAY[need]]
            expect(page.locator("#navigation a")).to_have_text(offered)
            wrong = wrong_deeds(page, stop, keys, role)
            # Who is offered everything is looked at on the telephone, too.
            wrong += looks_wrong(walker, (390, 1440) if role == "steward" else (1440,))
            expect(page.get_by_role("link", name="通报", exact=True)).to_be_in_viewport()
            if role in stop.hides and page.locator("#page").get_by_text(stop.hides[role]).count():
                wrong.append(f"shows {stop.hides[role]}")
            if wrong:
                found[stop.path] = wrong
        if role != LOCAL:
            page.get_by_role("button", name="退出").click()
            expect(page.get_by_role("button", name="登录")).to_be_visible()
    assert found == {}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/login", "登录"),
        ("/export/indicators/none.csv", "没有这个地址或文件"),
        ("/template.xlsx?office=区数据局&place=武清区&quarter=2026Q3", "无权报送"),
    ],
)
def test_pages_outside_of_the_app_are_as_good(browse, guarded, path, words):
    """The login and what a route refuses: in words, at three widths, without a barrier."""
    with browse(guarded) as walker:
        if path != "/login":
            walker.enter("看客")
            walker.page.wait_for_load_state("networkidle")
        walker.page.goto(guarded + path)
        expect(walker.page.locator("main")).to_contain_text(words)
        assert looks_wrong(walker) == []
        # The browser itself notes every page that was refused.
        walker.troubles = [each for each in walker.troubles if "Failed to load" not in each]
