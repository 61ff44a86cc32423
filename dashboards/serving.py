"""Serving the dashboard: waitress on this machine's own address, stopped gracefully."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Event
from typing import Any

from dashboards.access import AccessMode, choose, secret_of
from dashboards.messages import Language, text, usage_error
from dashboards.stopping import Serving
from indicators.errors import reason

__all__ = ["address_of", "serve"]

LONGEST_JUDGING = 5.0
"""Seconds for which a stop waits for the judging in the background, which nobody waits for."""


def serve(
    store_url: str,
    host: str = "127.0.0.1",
    port: int = 8050,
    access: Mapping[str, Any] | None = None,
    language: Language = "zh",
) -> int:
    """Serve the dashboard of a store until interrupted; return the exit status.

    Args:
        store_url: folder or URL of the ledger.
        host: address to listen on; another than this machine's own needs a login.
        port: 0 takes a free one.
        language: of whoever has chosen none on a page.
        access: how people log in, as ``dashboards.access.choose`` takes it.

    Raises:
        UsageError: the host is reachable from elsewhere and there is no access control, or the
            port is taken.
        StoreError: the store cannot be opened.
    """
    mode = choose(host, **(access or {}))
    from waitress.server import create_server

    from dashboards.app import create_app
    from dashboards.security import LARGEST
    from dashboards.views import Desk
    from indicators.model import User
    from indicators.store import open_store

    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s %(message)s"
    )
    logging.getLogger("dashboards").setLevel(logging.INFO)
    with open_store(store_url) as store:
        desk, ended = Desk(store), Event()
        if mode.sort != "local" and not any(each.active for each in store.current(User)):
            logging.getLogger("dashboards").warning(text("serve.no_accounts"))
        app = create_app(desk, access=mode, secret=_secret(mode, store_url), language=language)
        wires: dict[int, Any] = {}
        server = create_server(
            app.server,
            map=wires,
            sockets=[_listen(host, port)],
            threads=6,
            ident=None,
            # A body is kept on disk before the app sees who sends it; the app's own limit, which
            # it says in words, is lower.
            max_request_body_size=4 * LARGEST,
        )
        print(address_of(host, server.effective_port), flush=True)  # noqa: T201 - the answer
        running, fresh = Serving(server, wires), desk.keep_fresh(ended)
        try:
            with running.listening():
                running.run()
        except KeyboardInterrupt:
            pass
        finally:
            server.close()
            ended.set()
            fresh.join(LONGEST_JUDGING)
    return 0


def address_of(host: str, port: int) -> str:
    """Return what is typed into a browser to get here."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _secret(mode: AccessMode, store_url: str) -> str:
    """Return the key of sessions; without logins there are none, and nothing is written."""
    if mode.sort == "local":
        return ""
    folder = Path(store_url)
    return secret_of(folder if folder.is_dir() else None)


def _listen(host: str, port: int) -> socket.socket:
    """Bind the address ourselves: waitress leaves sockets open where it cannot."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise usage_error("serve.port", place="--port", port=port, reason=reason(error)) from error
