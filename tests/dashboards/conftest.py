"""A filled ledger, the app over it, and the app served to a headless Chromium."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from dashboards.app import create_app
from dashboards.messages import speak
from dashboards.views import Desk
from indicators.store import open_store
from indicators.store.ledger import Store
from tests.dashboards import sample

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(autouse=True)
def _chinese() -> None:
    """Each test begins in Chinese: a request leaves its language in the thread that answered it."""
    speak("zh")


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    """A ledger with two documents, eleven targets and three quarters."""
    with open_store(tmp_path / "store") as ledger:
        sample.fill(ledger)
        yield ledger


@pytest.fixture
def desk(store) -> Desk:
    """A desk over it."""
    return Desk(store)


@pytest.fixture
def client(desk):
    """Flask's test client of the app."""
    return create_app(desk).server.test_client()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium; without one browser tests are skipped, on CI they fail."""
    # Charts are drawn late on a machine that runs the whole house's tests at once.
    expect.set_options(timeout=30_000)
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed, and CI must not skip browser tests")
        pytest.skip("chromium is not installed")
    return {**browser_type_launch_args, "executable_path": path, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def base_url() -> str:
    """No base address; the plugin's own fixture of this name warns under pytest 9."""
    return ""


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A Chinese reader."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Iterator[str]:
    """The address of the app over a filled ledger with one restated value."""
    with open_store(tmp_path_factory.mktemp("served") / "store") as ledger:
        sample.fill(ledger)
        sample.restate(ledger)
        app = create_app(ledger)
        server = make_server("127.0.0.1", 0, app.server, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def calm(page, served) -> Iterator:
    """A page that fails the test when the console shows an error or a request leaves the machine."""
    troubles: list[str] = []
    page.on(
        "console", lambda message: troubles.append(message.text) if message.type == "error" else 0
    )
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((served, "data:", "blob:"))
            else troubles.append(f"request to {request.url}")
        ),
    )
    yield page
    assert troubles == []
