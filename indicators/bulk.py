"""Habits for very many rows: let the cycle collector rest, make and hand on records by columns.

A hundred thousand rows are half a million objects that hold no cycles.  The collector would walk all
of them again and again, which costs a third of the time and grows faster than they.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from itertools import repeat
from typing import TYPE_CHECKING, Any, Generic, TypeVar

__all__ = ["ByColumns", "collector_at_rest", "made"]

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")
_MANY = 100_000
"""Objects that take long to be looked through."""


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the cycle collector still; it goes on afterwards if it ran before.

    Very many objects made meanwhile count as old then: they are looked through with all else that
    is old, and not at once.
    """
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            # Where something is frozen for good, it would be thawed.
            if gc.get_count()[0] >= _MANY and not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def made(record: type[R], count: int, columns: Mapping[str, Iterable[Any]]) -> list[R]:
    """Return so many records of a slotted dataclass, made from their columns.

    A frozen record's own ``__init__`` sets its slots one by one through ``object.__setattr__`` and
    takes three times as long.

    Args:
        record: the class.
        count: how many.
        columns: the values of every field, in order; more than ``count`` are not looked at.

    Raises:
        TypeError: a field is left out, or there is no such field.
    """
    names = {field.name for field in fields(record)}
    if columns.keys() != names:
        raise TypeError(f"{record.__name__}: {sorted(columns.keys() ^ names)}")
    rows = list(map(record.__new__, repeat(record, count)))
    for name, values in columns.items():
        deque(map(getattr(record, name).__set__, rows, values), maxlen=0)
    return rows


class ByColumns(Generic[R]):
    """Records of one class by their columns; who only walks them sees records.

    Args:
        record: the class.
        columns: the values of every field, all of one length.

    Raises:
        TypeError: a field is left out, or there is no such field.
        ValueError: the columns differ in length.
    """

    __slots__ = ("columns", "record")

    def __init__(self, record: type[R], columns: Mapping[str, Sequence[Any]]) -> None:
        names = {field.name for field in fields(record)}
        if columns.keys() != names:
            raise TypeError(f"{record.__name__}: {sorted(columns.keys() ^ names)}")
        if len(set(map(len, columns.values()))) > 1:
            raise ValueError(f"{record.__name__}: {[*map(len, columns.values())]}")
        self.record = record
        self.columns = columns

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __iter__(self) -> Iterator[R]:
        return iter(made(self.record, len(self), self.columns))
