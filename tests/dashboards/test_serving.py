"""``indicators serve`` on this machine only, with plain words where it cannot."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import Request

import pytest

from dashboards.app import create_app
from dashboards.replies import OUTPUT, ROUTE
from dashboards.serving import address_of, serve
from indicators.cli import main
from indicators.errors import StoreError, UsageError
from indicators.store import open_store
from tests.dashboards import sample


def test_another_host_is_refused(tmp_path):
    """Without access control only this machine's own address is served."""
    with pytest.raises(UsageError, match="没有配置登录"):
        serve(str(tmp_path / "store"), "0.0.0.0")


def test_a_taken_port_is_said(tmp_path):
    """A port in use names itself and what to do."""
    with open_store(tmp_path / "store"):
        pass
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"端口 {port} 用不了"):
            serve(str(tmp_path / "store"), "127.0.0.1", port)


def test_a_store_that_is_none_is_said(tmp_path):
    """A file that is no store is refused in words."""
    (tmp_path / "store").write_text("no store", encoding="utf-8")
    with pytest.raises(StoreError):
        serve(str(tmp_path / "store"))


@pytest.mark.parametrize("port", ["x", "-1", "70000"])
def test_a_port_that_is_none_is_refused(port, capsys):
    """Wrong use leaves with exit status 2 and one line."""
    with pytest.raises(SystemExit) as left:
        main(["serve", "--port", port])
    assert left.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_serve_answers_and_stops_when_told(tmp_path):
    """With a new ledger if asked: it prints its address, answers there, leaves with 0 on SIGTERM."""
    command = [sys.executable, "-m", "indicators.cli", "serve", "--create", "--port", "0"]
    with subprocess.Popen(
        [*command, "--store", str(tmp_path / "store")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}health", timeout=20) as answer:  # our own server
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


@contextmanager
def serving(where: Path | str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server process over a store, and its address."""
    command = [sys.executable, "-m", "indicators.cli", "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, "--store", str(where)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            yield process, process.stdout.readline().strip().rstrip("/")
        finally:
            process.kill()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_the_address_that_is_printed_can_be_opened(host):
    """Also that of the newer internet protocol, whose colons part no port."""
    told = urlsplit(address_of(host, 8050))
    assert (told.hostname, told.port) == (host, 8050)


def test_a_login_without_any_account_is_noted(tmp_path):
    """Who starts with a login before there are accounts reads how to add one; it serves all the same."""
    command = ["serve", "--create", "--port", "0", "--login", "accounts"]
    with subprocess.Popen(
        [sys.executable, "-m", "indicators.cli", *command, "--store", str(tmp_path / "store")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        assert "还没有账号" in process.stderr.readline()
        process.kill()


def asked(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:  # our own server
        return answer.read().decode()


def test_two_processes_agree_and_what_is_under_way_is_finished(tmp_path):
    """What one records the other shows next; a server that is told to stop answers first."""
    with open_store(tmp_path / "store") as store:
        sample.fill(store)
    with serving(tmp_path / "store") as one, serving(tmp_path / "store") as other:
        (first, here), (_, there) = one, other
        before = json.loads(asked(f"{there}/health"))["seq"]
        form = urlencode({"text": "两处都见"}).encode()
        note = Request(f"{here}/indicators/{sample.CASES[0].id}/notes", form, method="POST")
        with urllib.request.build_opener(Stay).open(note, timeout=30) as answer:
            assert answer.status == 303
        assert json.loads(asked(f"{there}/health"))["seq"] == before + 1
        token = secrets.token_urlsafe(24)
        with socket.create_connection(("127.0.0.1", urlsplit(here).port), timeout=60) as wire:
            wire.sendall(upload(urlsplit(here).netloc, token))
            while not json.loads(asked(f"{here}/documents/steps/{token}"))["words"]:
                time.sleep(0.02)
            first.send_signal(signal.SIGTERM)
            assert wire.recv(4096).startswith(b"HTTP/1.1 303")
        assert first.wait(timeout=20) == 0
        assert "Traceback" not in first.stderr.read()
        assert json.loads(asked(f"{there}/health"))["seq"] == before + 2


class Stay(urllib.request.HTTPRedirectHandler):
    """Takes a redirect as the answer."""

    def http_error_303(self, req, fp, code, msg, headers):
        return fp


def upload(host: str, token: str) -> bytes:
    """A form that carries a document, as a browser writes it."""
    parts = [
        ("watch", "", token),
        ("document", '; filename="某区方案.txt"', "到2027年，建成机柜3000架。\n" * 40),
    ]
    body = "".join(
        f'--edge\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'
        for name, more, value in parts
    )
    content = f"{body}--edge--\r\n".encode()
    head = (
        f"POST /documents HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def shown(address: str, path: str, query: str = "") -> str:
    """Return what the page callback of a server answers."""
    inputs = [
        {"id": "address", "property": name, "value": value}
        for name, value in (("pathname", path), ("search", query))
    ]
    body = json.dumps({"output": OUTPUT, "inputs": inputs}).encode()
    wanted = Request(f"{address}{ROUTE}", body, {"Content-Type": "application/json"}, method="POST")
    with urllib.request.urlopen(wanted, timeout=60) as answer:  # our own server
        return answer.read().decode()


def test_workers_over_one_ledger_show_the_same_after_each_batch(store_url):
    """Three processes over a folder or a server: what one records the others show at their next answer.

    One of them looked before, one only now; each says what a server started afterwards would say.
    """
    case = sample.CASES[0]
    pages = (("/", ""), ("/", "?place=武清区"), (f"/indicators/{case.id}", ""), ("/documents", ""))
    with (
        open_store(store_url) as store,
        serving(store_url) as (_, here),
    ):
        sample.fill(store)
        shown(here, "/")
        with serving(store_url) as (_, there):
            for value in ("11.5", "29", "3"):
                sample.restate(store, value)
                for path, query in pages:
                    told = shown(here, path, query)
                    assert told == shown(there, path, query)
                    written = (
                        create_app(store)
                        .server.test_client()
                        .post(
                            ROUTE,
                            json={"output": OUTPUT, "inputs": [{"value": path}, {"value": query}]},
                        )
                    )
                    assert told == written.text
                assert f"{value} EFLOPS" in shown(there, f"/indicators/{case.id}")
