"""A server that is told to stop answers what is under way, whole, and ends as soon as it has."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from waitress.server import create_server

from dashboards.stopping import Serving

LARGE = b"x" * 3_000_000
"""More than the buffers of a connection hold: it is still being sent after it was answered."""


class Slow:
    """A served application that answers when a test lets it, and the one who is to stop it."""

    def __init__(self) -> None:
        self.free, self.begun = threading.Event(), threading.Event()
        wires: dict[int, object] = {}
        self.server = create_server(self.answer, map=wires, port=0, threads=1)
        self.serving = Serving(self.server, wires, patience=10)
        self.running = threading.Thread(target=self.serving.run, daemon=True)
        self.running.start()

    def answer(self, environ, start):
        self.begun.set()
        assert self.free.wait(20)
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(LARGE)))])
        return [LARGE]

    def ask(self) -> int:
        """How many bytes an answer has."""
        wire = http.client.HTTPConnection("127.0.0.1", self.server.effective_port, timeout=20)
        wire.request("GET", "/")
        told = len(wire.getresponse().read())
        wire.close()
        return told


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow()
    yield made
    made.free.set()
    if not made.serving._told:
        made.serving._tell(0, None)
    made.running.join(20)
    made.server.close()


def test_what_is_under_way_and_what_waits_is_answered_whole(slow):
    """One request runs, one waits for it; both get every byte, then the server ends."""
    with ThreadPoolExecutor(2) as people:
        asked: list[Future[int]] = [people.submit(slow.ask) for _ in range(2)]
        assert slow.begun.wait(20)
        while len(slow.server.active_channels) < 2 or not slow.server.task_dispatcher.queue:
            time.sleep(0.01)
        slow.serving._tell(0, None)
        slow.running.join(0.3)
        assert slow.running.is_alive()
        slow.free.set()
        assert [each.result(20) for each in asked] == [len(LARGE)] * 2
        slow.running.join(5)
        assert not slow.running.is_alive()


def test_an_open_line_without_a_request_does_not_hold_a_stop_up(slow):
    """A browser keeps its connection; the stop takes no longer for it."""
    slow.free.set()
    wire = http.client.HTTPConnection("127.0.0.1", slow.server.effective_port, timeout=20)
    wire.request("GET", "/")
    wire.getresponse().read()
    began = time.monotonic()
    slow.serving._tell(0, None)
    slow.running.join(8)
    assert not slow.running.is_alive()
    assert time.monotonic() - began < 8
    assert wire.sock.recv(1) == b""
    wire.close()


def test_told_twice_it_stops_at_once(slow):
    """Who is in a hurry says it again."""
    slow.serving._told = 1
    with pytest.raises(KeyboardInterrupt):
        slow.serving._tell(0, None)
