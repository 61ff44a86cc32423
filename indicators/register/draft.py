"""A batch as it will be: reads see what was added in it, which an open batch alone does not show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from indicators.ledger import Batch, Entry, Transaction, fits
from indicators.model import Record
from indicators.tables import key_of, table_of

__all__ = ["Draft"]

R = TypeVar("R", bound=Record)


class Draft:
    """An open batch whose ``current`` lays the rows added so far over the ledger's."""

    def __init__(self, transaction: Transaction) -> None:
        self._open = transaction
        self._added: dict[type[Record], dict[tuple[object, ...], Record]] = {}

    @property
    def seq(self) -> int:
        """The highest seq recorded before this batch."""
        return self._open.seq

    def add(self, rows: Iterable[Record]) -> int:
        """Add rows to the batch; returns how many differ from what is in force."""
        taken = list(rows)
        for row in taken:
            self._added.setdefault(type(row), {})[key_of(row)] = row
        return self._open.add(taken)

    def keep(self, content: bytes, *, name: str = "") -> str:
        """Keep a file with the batch; returns its digest."""
        return self._open.keep(content, name=name)

    def current(
        self, record: type[R], *, known_at: datetime | None = None, **equal: object
    ) -> Sequence[R]:
        """Rows in force once this batch is recorded; of the past, as the ledger has them."""
        before = self._open.current(record, known_at=known_at, **equal)
        added = self._added.get(table_of(record).record)
        if not added or known_at is not None:
            return before
        fields = {each.name for each in table_of(record).fields}
        if not equal.keys() <= fields:
            raise KeyError(*sorted(equal.keys() - fields))
        kept = [row for row in before if key_of(row) not in added]
        new = [row for row in added.values() if isinstance(row, record) and fits(equal)(row)]
        return kept + new

    def entries(
        self, record: type[R], *, known_at: datetime | None = None, **equal: object
    ) -> Sequence[Entry[R]]:
        """Rows with their batches, as before this batch."""
        return self._open.entries(record, known_at=known_at, **equal)

    def history(self, record: type[R], **equal: object) -> Sequence[Entry[R]]:
        """Every row ever added before this batch."""
        return self._open.history(record, **equal)

    def batches(self) -> Sequence[Batch]:
        """Every batch before this one."""
        return self._open.batches()

    def content(self, digest: str) -> bytes:
        """A kept file by its digest."""
        return self._open.content(digest)
