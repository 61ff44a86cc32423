"""``indicators serve`` on this machine only, with plain words where it cannot."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from dashboards.serving import serve
from indicators.cli import main
from indicators.errors import StoreError, UsageError
from indicators.store import open_store


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
    """The command prints its address, answers there, and leaves with 0 on SIGTERM."""
    with open_store(tmp_path / "store"):
        pass
    command = [sys.executable, "-m", "indicators.cli", "serve", "--port", "0"]
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
