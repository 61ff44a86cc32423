"""Every page at two widths passes axe-core without a violation."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.dashboards import sample

pytestmark = pytest.mark.browser
AXE = Path(__file__).with_name("vendor") / "axe.min.js"
PATHS = (
    "/",
    "/indicators",
    f"/indicators/{sample.CASES[0].id}",
    "/documents",
    f"/documents/{sample.digest_of(sample.PLAN)}",
    "/compare?mixed=1",
    "/tasks",
    "/settings",
    f"/settings/{sample.CASES[0].id}",
    f"/history/{sample.CASES[0].id}",
    "/review",
    "/bulletin",
    "/submissions",
    "/nowhere",
)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """axe is put into the page from outside, which the page's own policy would refuse."""
    return {**browser_context_args, "bypass_csp": True}


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_has_a_barrier(page, served, width):
    """Names, roles, contrast, order of headings and landmarks: axe-core finds nothing."""
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for path in PATHS:
        page.goto(served + path)
        expect(page.locator("#page .page:not(.skeleton)")).to_be_visible()
        page.wait_for_timeout(700)
        page.add_script_tag(path=AXE)
        told = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert told["passes"]
        found |= {
            f"{path} {each['id']}": [node["html"][:200] for node in each["nodes"][:3]]
            for each in told["violations"]
        }
    assert found == {}
