"""Failed logins cost time: after a few the wait doubles with each, up to a quarter of an hour."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

__all__ = ["Throttle"]

FREE, FREE_ADDRESS = 5, 30
"""Failures that cost nothing: of an account; of an address, which a whole office may share."""
LONGEST = 900.0
FORGOTTEN = 3600.0
"""Seconds after the last failure from which on none is counted any more."""
REMEMBERED = 10_000


class Throttle:
    """Counts failures by account and by address, in bounded memory.

    Each worker process counts for itself: with four workers an attacker has four times as many
    free tries, and the wait still doubles.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, *keys: str) -> float:
        """Return the seconds until a next try is heard; 0 when it may be made now."""
        now = self._clock()
        with self._lock:
            return max(0.0, *(self._until(key) - now for key in keys))

    def _until(self, key: str) -> float:
        failures, last = self._failed.get(key, (0, 0.0))
        free = FREE_ADDRESS if key.startswith("address:") else FREE
        if failures < free:
            return 0.0
        # No power of two beyond the longest wait: failures may run into thousands.
        return last + min(LONGEST, 2.0 ** min(failures - free + 1, 16))

    def failed(self, *keys: str) -> None:
        """Remember a failure."""
        with self._lock:
            for key in keys:
                failures, last = self._failed.pop(key, (0, 0.0))
                now = self._clock()
                self._failed[key] = (1 if now - last > FORGOTTEN else failures + 1, now)
            while len(self._failed) > REMEMBERED:
                self._failed.popitem(last=False)

    def succeeded(self, *keys: str) -> None:
        """Forget the failures of an account that came in."""
        with self._lock:
            for key in keys:
                self._failed.pop(key, None)
