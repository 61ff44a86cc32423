"""What a room may ask of the ledger, as protocols, so that no room before the store imports it.

``store.Store`` fulfils ``Ledger``; ``MemoryLedger`` in the tests does too.  Reading is typed by the
record class: ``ledger.current(Observation)`` returns observations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar

from indicators.model import Record

__all__ = ["Batch", "Entry", "Growth", "Ledger", "Reader", "Transaction", "any_of", "fits"]

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One atomic addition to the ledger."""

    batch: str
    """Stable id; what ``indicators retract`` takes."""
    seq: int
    """Place in the chain, from 1."""
    action: str
    """What was done: load, import, review, settings, merge, issue, retract …"""
    committed_at: datetime
    """UTC, never before its predecessor."""
    who: str
    reason: str
    digest: str
    """SHA-256 over its rows and the batch before."""
    voids: str = ""
    """The batch that this one retracts."""
    voided_by: str = ""
    """The batch that retracted this one."""
    file_digest: str = ""
    """The file it recorded, if any."""
    place: str = ""
    office: str = ""
    quarter: str = ""
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A row with the batch that added it."""

    row: R
    batch: Batch


@dataclass(frozen=True, slots=True)
class Growth:
    """What was added to the ledger after a batch."""

    batches: Sequence[Batch]
    rows: Sequence[Record]
    """Of all tables; each as it was added, whatever became of it since."""


def any_of(wanted: object) -> Iterable[Any]:
    """Return the values that a question about a field asks for: those of a frozenset, or itself."""
    return wanted if isinstance(wanted, frozenset) else (wanted,)


def fits(equal: Mapping[str, object]) -> Callable[[object], bool]:
    """Return the test whether a row has the fields that are asked for."""
    asked = [(attrgetter(name), tuple(any_of(each))) for name, each in equal.items()]
    if len(asked) == 1 and not isinstance(next(iter(equal.values())), frozenset):
        field, (value,) = asked[0]
        return lambda row: bool(field(row) == value)
    return lambda row: all(field(row) in values for field, values in asked)


class Reader(Protocol):
    """Reading the ledger."""

    def current(
        self, record: type[R], *, known_at: datetime | None = None, **equal: object
    ) -> Sequence[R]:
        """Rows in force (highest seq a key, not voided), by order of key.

        ``known_at`` gives the rows as known at that moment; ``equal`` filters on fields;
        a frozenset asks for any of its values.
        """
        ...

    def entries(
        self, record: type[R], *, known_at: datetime | None = None, **equal: object
    ) -> Sequence[Entry[R]]:
        """As ``current``, each row with its batch."""
        ...

    def history(self, record: type[R], **equal: object) -> Sequence[Entry[R]]:
        """Every row ever added, voided ones included, by seq."""
        ...

    def batches(self) -> Sequence[Batch]:
        """Every batch by seq."""
        ...

    @property
    def seq(self) -> int:
        """The highest seq; 0 in an empty ledger."""
        ...

    def content(self, digest: str) -> bytes:
        """A kept file by its digest."""
        ...


class Transaction(Reader, Protocol):
    """An open batch: reads see the ledger as it is under the write lock, adds go in at the end."""

    def add(self, rows: Iterable[Record]) -> int:
        """Add rows; those equal to the current row of their key are left out.

        Returns the number added.
        """
        ...

    def keep(self, content: bytes, *, name: str = "") -> str:
        """Keep a file that this batch speaks of, if the batch is recorded; returns the digest."""
        ...


class Ledger(Reader, Protocol):
    """The ledger as rooms see it."""

    def at_rest(self) -> AbstractContextManager[None]:
        """Let this thread read what is known by now, and not ask for newer batches each time."""
        ...

    def growth(self, seq: int) -> Growth:
        """What was added after batch ``seq``: who keeps what was worked out works on from there."""
        ...

    def keep(self, content: bytes, *, name: str = "") -> str:
        """Keep a file by digest before the batch that speaks of it; returns the digest."""
        ...

    def batch(
        self,
        action: str,
        *,
        who: str,
        reason: str = "",
        file_digest: str = "",
        place: str = "",
        office: str = "",
        quarter: str = "",
        demonstration: bool = False,
    ) -> AbstractContextManager[Transaction]:
        """Open one atomic batch; nothing is recorded when the block raises or adds no row."""
        ...
