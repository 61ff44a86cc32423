"""What is made of a thing, made once for as long as the thing is the same object.

Rows and groups are shared between the states of a ledger (``views.blocks``): what stood on the last
page stands on most of the next, and only what was judged again is another object.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from dashboards.messages import language

__all__ = ["Remembered"]

T = TypeVar("T")
S = TypeVar("S")


class Remembered(Generic[T, S]):
    """A function of a thing, asked under a name; each name remembers the last thing, by language.

    Args:
        make: makes something of a thing and of nothing else.
        most: names remembered before all are forgotten.
    """

    __slots__ = ("_known", "_make", "_most")

    def __init__(self, make: Callable[[T], S], most: int) -> None:
        self._make, self._most = make, most
        self._known: dict[Hashable, tuple[T, S]] = {}

    def __call__(self, name: Hashable, thing: T) -> S:
        """Return what is made of a thing."""
        key = name, language()
        known = self._known.get(key)
        if known is not None and known[0] is thing:
            return known[1]
        if len(self._known) >= self._most:
            self._known.clear()
        made = self._make(thing)
        self._known[key] = thing, made
        return made
