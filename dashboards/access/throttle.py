"""Failed logins cost time: the wait doubles from the fifth failure on, up to a quarter of an hour."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

__all__ = ["Throttle"]

FREE = 5
LONGEST = 900.0
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
        if failures < FREE:
            return 0.0
        return last + min(LONGEST, 2.0 ** (failures - FREE + 1))

    def failed(self, *keys: str) -> None:
        """Remember a failure."""
        with self._lock:
            for key in keys:
                failures, _ = self._failed.pop(key, (0, 0.0))
                self._failed[key] = (failures + 1, self._clock())
            while len(self._failed) > REMEMBERED:
                self._failed.popitem(last=False)

    def succeeded(self, *keys: str) -> None:
        """Forget the failures of an account that came in."""
        with self._lock:
            for key in keys:
                self._failed.pop(key, None)
