"""A web server that is told to stop: what is under way is answered whole, then it ends at once.

Waitress by itself drops what waits in its queue, gives what runs five seconds, and leaves what is
written but not sent yet.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

__all__ = ["Serving"]

PATIENCE = 60.0
"""Seconds that are given to requests under way."""


class Serving:
    """One server with its connections, until it is told to stop.

    Args:
        server: of waitress, for one socket.
        wires: its connections by file number, as it was made with.
        patience: seconds that are given to requests under way.
    """

    def __init__(
        self, server: Any, wires: MutableMapping[int, Any], patience: float = PATIENCE
    ) -> None:
        self.server, self.wires, self.patience = server, wires, patience
        self._told = 0

    def run(self) -> None:
        """Serve until told to stop, then answer what is under way.

        Raises:
            KeyboardInterrupt: it was told twice.
        """
        while not self._told:
            self._turn(1.0)
        self._finish()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take Ctrl+C and SIGTERM as the word to stop, a second time as the word to stop at once."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(number, self._tell) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)

    def _tell(self, _number: int, _frame: FrameType | None) -> None:
        self._told += 1
        if self._told > 1:
            raise KeyboardInterrupt
        self.server.pull_trigger()  # whoever waits for a connection looks up

    def _turn(self, seconds: float) -> None:
        from waitress import wasyncore

        poll = self.server.adj.asyncore_use_poll
        wasyncore.loop(timeout=seconds, use_poll=poll, map=self.wires, count=1)

    def _finish(self) -> None:
        from waitress import wasyncore

        wasyncore.dispatcher.close(self.server)  # nobody new comes in
        ends = time.monotonic() + self.patience
        while self.server.active_channels and time.monotonic() < ends:
            for wire in list(self.server.active_channels.values()):
                # Nothing being read, answered or sent: an open line that waits for a next request.
                if not (wire.request or wire.requests or wire.total_outbufs_len):
                    wire.will_close = True
            self._turn(0.05)
        self.server.task_dispatcher.shutdown(timeout=1)
