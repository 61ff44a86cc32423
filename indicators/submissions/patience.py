"""How long work on a workbook may take: it gives up at places where nothing is left half done.

A look is ended by an alarm, wherever it is.  An import is asked row by row whether its time is over,
which holds in a thread of the server too, where no alarm rings, and stops nothing in the middle of
the ledger.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from typing import TypeVar

__all__ = ["OutOfTime", "bounded", "in_time", "timed"]

T = TypeVar("T")

_UNTIL: ContextVar[float] = ContextVar("until", default=inf)
_AT_ONCE = 255
"""Items between two looks at the clock; one less than a power of two."""


class OutOfTime(Exception):
    """Work took longer than it may.

    It is no ``OSError``, as ``TimeoutError`` is: who reads a file would take that for the file's.
    """


@contextmanager
def bounded(seconds: float, *, alarm: bool = True) -> Iterator[None]:
    """Give up on work that takes longer.

    Args:
        seconds: how long, unless what it is a part of has less left.
        alarm: interrupt it anywhere, where this is the main thread; else only ``timed`` does.

    Raises:
        OutOfTime: the time is over.  A child that runs then is ended.
    """
    token = _UNTIL.set(min(_UNTIL.get(), time.monotonic() + seconds))
    try:
        if alarm and threading.current_thread() is threading.main_thread():
            with _alarm(seconds):
                yield
        else:
            yield
    finally:
        _UNTIL.reset(token)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def late(_number: int, _frame: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def in_time() -> None:
    """Go on where there is time left.

    Raises:
        OutOfTime: the time is over.
    """
    if time.monotonic() > _UNTIL.get():
        raise OutOfTime


def timed(items: Iterable[T]) -> Iterator[T]:
    """Pass items on for as long as there is time.

    Raises:
        OutOfTime: the time is over.
    """
    until = _UNTIL.get()
    for number, item in enumerate(items):
        if not number & _AT_ONCE and time.monotonic() > until:
            raise OutOfTime
        yield item
