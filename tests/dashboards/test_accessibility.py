"""Every page passes axe-core without a violation and fits the screen, in one walk."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.dashboards import sample

pytestmark = pytest.mark.browser
WIDTHS, LOOKED_AT = (1440, 1024, 390), (1440, 390)
"""Widths of the screen, and those at which axe-core looks."""
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


def test_no_page_has_a_barrier_or_is_wider_than_the_screen(page, served):
    """At three widths nothing sticks out, every page can be reached, and axe-core finds nothing."""
    found = {}
    for path in PATHS:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(served + path)
        expect(page.locator("#page .page:not(.skeleton)")).to_be_visible()
        page.wait_for_timeout(700)
        page.add_script_tag(path=AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for _ in range(40):  # charts follow a new width a moment later
                page.wait_for_timeout(150)
                if page.locator("html").evaluate("e => e.scrollWidth") <= width:
                    break
            else:
                found[f"{path} {width}"] = ["wider than the screen"]
            expect(page.get_by_role("link", name="通报", exact=True)).to_be_in_viewport()
            if width in LOOKED_AT:
                told = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
                assert told["passes"]
                found |= {
                    f"{path} {width} {each['id']}": [
                        node["html"][:200] for node in each["nodes"][:3]
                    ]
                    for each in told["violations"]
                }
    assert found == {}
