"""The house built once, a copy of it for each test, and browsers that tell what troubles them."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from dashboards.access import AccessMode
from dashboards.app import create_app
from indicators.model import Indicator, SourceDocument, Submission
from indicators.store import open_store
from tests.dashboards.walk.house import DATA, PASSWORD, PLACE, House

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> House:
    """The house as the commands made it."""
    house = House(tmp_path_factory.mktemp("built"))
    house.build()
    return house


@pytest.fixture
def house(built, tmp_path) -> House:
    """A copy of it that a test may change."""
    shutil.copytree(built.folder, tmp_path / "house")
    return House(tmp_path / "house")


@contextmanager
def open_house(house: House, mode: AccessMode | None = None) -> Iterator[str]:
    """Serve a house, by default with local accounts; yields the address."""
    with open_store(house.store) as ledger:
        app = create_app(ledger, access=mode or AccessMode(sort="accounts"))
        server = make_server("127.0.0.1", 0, app.server, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def guarded(built) -> Iterator[str]:
    """The address of the house with a login, for tests that change nothing."""
    with open_house(built) as address:
        yield address


@pytest.fixture(scope="session")
def unguarded(built) -> Iterator[str]:
    """The same for one local user without login."""
    with open_house(built, AccessMode()) as address:
        yield address


@pytest.fixture(scope="session")
def keys(built) -> dict[str, str]:
    """What the addresses of single things are made of."""
    with open_store(built.store) as store:
        (row,) = store.current(Submission, quarter="2026Q2", office=DATA)
        key = next(each for each in store.current(Indicator) if each.name == "智算规模")
        plan = next(each for each in store.current(SourceDocument) if each.place == PLACE)
    return {
        "key": key.indicator_id,
        "plan": plan.document_digest,
        "book": row.file_digest,
    }


class Watched:
    """A page that keeps what its console said and which requests left the machine."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.troubles: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", self._asked)

    def _said(self, message: Any) -> None:
        if message.type == "error":
            self.troubles.append(message.text)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.troubles.append(f"request to {request.url}")

    def enter(self, user: str, password: str = PASSWORD) -> None:
        """Log in by the login page."""
        self.page.goto(f"{self.address}/login")
        self.page.get_by_label("账号").fill(user)
        self.page.get_by_label("口令").fill(password)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.locator(".person")).to_contain_text(user)

    def go(self, path: str) -> None:
        """Follow a link to a page of the app, as a click on one would."""
        self.page.evaluate("path => window.desk.go(path)", path)

    def barriers(self) -> list[str]:
        """What axe-core finds on the page."""
        if not self.page.evaluate("Boolean(window.axe)"):
            # Through the browser's own console, which the page's policy does not bind.
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        told = self.page.evaluate(
            "axe.run(document, {resultTypes: ['violations'], preload: false, iframes: false})"
        )
        assert told["passes"]
        return [
            f"{each['id']}: {node['html'][:200]}"
            for each in told["violations"]
            for node in each["nodes"][:3]
        ]

    def too_wide(self, width: int) -> bool:
        """Whether the page is wider than a screen of this width."""
        self.page.set_viewport_size({"width": width, "height": 900})
        for _ in range(100):  # charts follow a new width a moment later
            if self.page.locator("html").evaluate("e => e.scrollWidth") <= width:
                return False
            self.page.wait_for_timeout(100)
        return True


class Enter(Protocol):
    """What the fixture ``browse`` gives."""

    def __call__(self, address: str) -> AbstractContextManager[Watched]: ...


@pytest.fixture
def browse(new_context) -> Enter:
    """Open a browser of one person; leaving it fails when the console complained."""

    @contextmanager
    def opened(address: str) -> Iterator[Watched]:
        context = new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
        watched = Watched(context.new_page(), address)
        yield watched
        context.close()
        assert watched.troubles == []

    return opened
