"""An open batch: what it reads is under the write lock, what it adds goes in at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sql

from indicators.bulk import ByColumns
from indicators.ledger import Batch, Entry
from indicators.model import Record, digest_id
from indicators.store.chain import GENESIS, batch_digest, row_digest
from indicators.store.rows import canonical, columns_of, same, settled
from indicators.store.values import encoders
from indicators.store.voiding import voided_by
from indicators.store.waiting import Columns, Waiting
from indicators.tables import table_of, tables

if TYPE_CHECKING:
    from indicators.store.ledger import Store

__all__ = ["OpenBatch"]

R = TypeVar("R", bound=Record)


class OpenBatch:
    """A transaction of the ledger (``indicators.ledger.Transaction``).

    ``batch`` is the recorded batch once the block has ended; it stays None where nothing was added.
    """

    def __init__(self, store: Store, connection: sql.Connection, facts: Mapping[str, Any]) -> None:
        self._store = store
        self._connection = connection
        self._facts = dict(facts)
        self._waiting: dict[str, Waiting] = {}
        self._files: list[tuple[bytes, str]] = []
        self._recorded: Batch | None = None
        self.batch: Batch | None = None

    @property
    def seq(self) -> int:
        """The highest seq recorded; this batch will be the next."""
        return self._store.seq

    def current(
        self, record: type[R], *, known_at: datetime | None = None, **equal: object
    ) -> Sequence[R]:
        """Rows in force before this batch."""
        return self._store.current(record, known_at=known_at, **equal)

    def entries(
        self, record: type[R], *, known_at: datetime | None = None, **equal: object
    ) -> Sequence[Entry[R]]:
        """As ``current``, each row with its batch."""
        return self._store.entries(record, known_at=known_at, **equal)

    def history(self, record: type[R], **equal: object) -> Sequence[Entry[R]]:
        """Every row ever added before this batch."""
        return self._store.history(record, **equal)

    def batches(self) -> Sequence[Batch]:
        """Every batch before this one."""
        return self._store.batches()

    def content(self, digest: str) -> bytes:
        """A kept file by its digest."""
        return self._store.content(digest)

    def add(self, rows: Iterable[Record]) -> int:
        """Add rows; those equal to the current row of their key are left out.

        Of several rows with one key in a batch the last one counts.  Very many of one table are
        best given ``ByColumns``.

        Returns:
            The number of rows taken.

        Raises:
            StoreError: a row does not fit its table.
        """
        if isinstance(rows, ByColumns):
            return self._take(rows.record, rows) if len(rows) else 0
        by_kind: dict[type[Record], list[Record]] = {}
        for row in rows:
            by_kind.setdefault(type(row), []).append(row)
        return sum(self._take(kind, found) for kind, found in by_kind.items())

    def _take(self, kind: type[Record], rows: Sequence[Record] | ByColumns[Any]) -> int:
        table = table_of(kind)
        columns = settled(table, columns_of(table, rows))
        waiting = self._waiting.setdefault(table.name, Waiting(table))
        keys, leading = waiting.keys(columns)
        versions = self._store.memory.view_for(table.record, leading).versions_of(keys)
        return waiting.put(keys, columns, versions)

    def keep(self, content: bytes, *, name: str = "") -> str:
        """Keep a file with this batch; what is refused under the lock leaves none behind.

        Returns:
            The SHA-256 of the content.
        """
        self._files.append((content, name))
        return sha256(content).hexdigest()

    def void(self, batch: Batch) -> None:
        """Let this batch retract another, and settle again which imports stand.

        Raises:
            AlreadyRecorded: an import that would stand again has been done anew meanwhile.
        """
        self._facts["voids"] = batch.batch

    def committed(self) -> None:
        """Say so: the block has ended and the database has the batch."""
        self.batch = self._recorded

    def write(self) -> None:
        """Write what was added; nothing where nothing was."""
        by_table = {name: rows.columns() for name, rows in self._waiting.items() if len(rows)}
        if not by_table and not self._facts["voids"]:
            return
        for content, name in self._files:
            self._store.keep(content, name=name, within=self._connection)
        self._store.step("rows")
        self._waiting.clear()
        self._record(by_table)

    def _record(self, by_table: Mapping[str, Columns]) -> None:
        last = self._store.memory.last()
        now = self._store.clock()
        # Moments rise by at least a microsecond, so that each names one state of the ledger.
        moment = max(now, last.committed_at + timedelta(microseconds=1)) if last else now
        facts = {
            **self._facts,
            "seq": (last.seq if last else 0) + 1,
            "committed_at": moment.astimezone(UTC).isoformat(timespec="microseconds"),
            "rows": sum(len(columns[0]) for columns in by_table.values()),
        }
        previous = last.digest if last else GENESIS
        # Lines run through the tables in order of name: that is how ``verify`` reads them back.
        names = sorted(by_table)
        marks: dict[str, list[str]] = {name: [] for name in names}
        texts = (text for name in names for text in _texts(name, by_table[name], marks[name]))
        digest = batch_digest(previous, facts, texts)
        recorded = {**facts, "batch": digest_id(digest), "previous": previous, "digest": digest}
        schema = self._store.connections.schema
        self._connection.execute(schema.batches.insert().values(recorded))
        self._store.step("batch")
        for name in names:
            self._insert(name, facts["seq"], by_table[name], marks[name])
            self._store.step(f"table {name}")
        self._claim(recorded)
        self._store.step("commit")
        self._recorded = _batch(recorded)

    def _insert(self, name: str, seq: int, columns: Columns, marks: Sequence[str]) -> None:
        table = tables()[name]
        target = self._store.connections.schema.rows[name]
        statement = str(target.insert().compile(dialect=self._connection.dialect))
        made = encoders(table, self._store.connections.dialect)
        for first, some in _cut(columns):
            count = len(some[0])
            rows: list[Iterable[object]] = [
                repeat(seq, count),
                range(first, first + count),
                marks[first : first + count],
            ]
            for values, encode in zip(some, made, strict=True):
                if encode is None:
                    rows.append(values)
                elif same(values):
                    value = values[0]
                    rows.append(repeat(value if value is None else encode(value), count))
                else:
                    rows.append([value if value is None else encode(value) for value in values])
            # The driver's own executemany: so many rows need no parameter objects between.
            self._connection.exec_driver_sql(statement, list(zip(*rows, strict=True)))

    def _claim(self, recorded: Mapping[str, Any]) -> None:
        """Settle which imports stand, so that the database can refuse a file that does already."""
        imports = self._store.connections.schema.imports
        if recorded["action"] == "import" and recorded["file_digest"]:
            self._connection.execute(imports.insert().values({n: recorded[n] for n in _CLAIM}))
        if not recorded["voids"]:
            return
        before = self._store.batches()
        new = _batch(recorded)
        void = voided_by([*before, new])
        for each in before:
            if each.action == "import" and each.file_digest:
                if each.seq in void and not each.voided_by:
                    self._connection.execute(imports.delete().where(imports.c.seq == each.seq))
                elif each.seq not in void and each.voided_by:
                    values = {name: getattr(each, name) for name in _CLAIM}
                    self._connection.execute(imports.insert().values(values))


def _cut(columns: Columns) -> Iterator[tuple[int, Columns]]:
    """Yield columns in pieces, each with the place of its first row."""
    for first in range(0, len(columns[0]), _AT_ONCE):
        yield first, [column[first : first + _AT_ONCE] for column in columns]


def _texts(name: str, columns: Columns, marks: list[str]) -> Iterator[bytes]:
    """Yield the text of each row, and note its digest: the texts of all rows are never in memory."""
    for _, some in _cut(columns):
        texts = canonical(tables()[name], some)
        marks += map(row_digest, texts)
        yield from texts


_AT_ONCE = 20_000
"""Rows that are written together."""
_CLAIM = ("seq", "file_digest", "place", "office", "quarter")


def _batch(recorded: Mapping[str, Any]) -> Batch:
    """Return the batch as reading gives it back."""
    facts = {name: value for name, value in recorded.items() if name not in {"rows", "previous"}}
    facts["committed_at"] = datetime.fromisoformat(recorded["committed_at"])
    return Batch(**facts)
