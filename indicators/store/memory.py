"""What a store keeps in memory: batches and the tables that were asked for, fed as they grow."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any, TypeVar, cast

import sqlalchemy as sql

from indicators.errors import StoreError
from indicators.ledger import Batch, Growth, any_of
from indicators.model import Record
from indicators.store import reading
from indicators.store.connection import Connections
from indicators.store.view import TableView, Version
from indicators.store.voiding import marked, voided_by
from indicators.tables import table_of, tables

__all__ = ["Memory"]

R = TypeVar("R", bound=Record)

_QUESTIONS = 32
"""Questions about a table that is not in memory before its size is looked at."""
_AT_ONCE = 500
"""Values that one question may ask for; a database takes only so many."""
_MOMENTS = 4
"""Past moments of which it is known what was void."""
_FEW = 2000
"""Rows of a batch that are looked up by their keys where their table is not in memory."""


class _Late:
    """A connection that is opened when it is first used: most questions need none."""

    def __init__(self, connections: Connections, opened: ExitStack) -> None:
        self._connections = connections
        self._opened = opened
        self._made: sql.Connection | None = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = self._opened.enter_context(self._connections.reading())
        return getattr(self._made, name)


class Memory:
    """Batches and views of one ledger; threads take turns."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._lock = threading.RLock()
        self._views: dict[type[object], TableView[Any]] = {}
        self._batches: list[Batch] = []
        self._voided: Mapping[int, Batch] = {}
        self._retracts = False
        """Whether any batch ever voided another."""
        self._marked: list[Batch] = []
        """The batches with what voids each, as they were last asked for."""
        self._then: dict[int, Mapping[int, Batch]] = {}
        """What was void after a batch."""
        self._asked: dict[type[object], tuple[int, int]] = {}
        self._rest = threading.local()

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Let this thread read what is known by now, without asking for newer batches each time."""
        before = getattr(self._rest, "on", False)
        self._rest.on = True
        try:
            yield
        finally:
            self._rest.on = before

    @contextmanager
    def _fresh(self) -> Iterator[sql.Connection]:
        """Take the turn and read the batches that were added since."""
        if getattr(self._rest, "on", False):
            with self._lock, ExitStack() as opened:
                yield cast("sql.Connection", _Late(self._connections, opened))
            return
        with self._lock, self._connections.reading() as connection:
            new = reading.batches_after(connection, self._connections, len(self._batches))
            self._batches += new
            if new:
                self._marked = []
            if any(batch.voids for batch in new):
                self._retracts = True
                before, self._voided = self._voided, voided_by(self._batches)
                changed = before.keys() ^ self._voided.keys()
                for view in self._views.values():
                    view.revalue(changed, self._voided)
            yield connection

    def seq(self) -> int:
        """Return the highest seq."""
        with self._fresh():
            return len(self._batches)

    def last(self) -> Batch | None:
        """Return the last batch, if any."""
        with self._fresh():
            return self._batches[-1] if self._batches else None

    def batches(self) -> list[Batch]:
        """Return every batch by seq, each with what voids it."""
        with self._fresh():
            if len(self._marked) < len(self._batches):
                self._marked = [marked(batch, self._voided) for batch in self._batches]
            return list(self._marked)

    def batches_of(self, versions: Sequence[Version[R]]) -> Mapping[int, Batch]:
        """Return the batches of some rows by seq."""
        with self._lock:
            seqs = {seq for seq, _ in versions}
            return {seq: marked(self._batches[seq - 1], self._voided) for seq in seqs}

    def rows(self, record: type[R], equal: Mapping[str, object]) -> Sequence[R]:
        """Return the rows in force whose fields equal what is asked, by order of key."""
        if getattr(self._rest, "on", False):
            with self._lock:
                known = self._views.get(record)
                if known is not None and known.seq == len(self._batches):
                    return known.where(equal) if equal else known.rows()
        with self._fresh() as connection:
            if equal:
                return self._narrow(connection, record, equal).where(equal)
            return self._view(connection, record).rows()

    def versions(
        self, record: type[R], equal: Mapping[str, object], known_at: datetime | None
    ) -> Sequence[Version[R]]:
        """Return the rows in force, or as known at a moment, with their seq, by order of key."""
        with self._fresh() as connection:
            view = (
                self._narrow(connection, record, equal) if equal else self._view(connection, record)
            )
            seq = len(self._batches) if known_at is None else self._known_seq(known_at)
            if seq < len(self._batches):
                voided = self._voided_then(seq)
                return view.known_where(equal, seq, voided) if equal else view.known(seq, voided)
            return view.versions_where(equal) if equal else view.versions()

    def history(self, record: type[R], equal: Mapping[str, object]) -> list[Version[R]]:
        """Return every row ever added whose fields equal what is asked, by seq."""
        with self._fresh() as connection:
            head = len(self._batches)
            leading = table_of(record).keys[0]
            if list(equal) == [leading] and record in self._views:
                (wanted,) = equal.values()
                if not isinstance(wanted, frozenset):
                    return self._view(connection, record).history(wanted)
            chunks = reading.rows_where(connection, self._connections, record, equal, head)
            return [each for seqs, rows in chunks for each in zip(seqs, rows, strict=True)]

    def growth(self, seq: int) -> Growth:
        """Return the batches after ``seq`` with their rows of all tables.

        Views of tables that got none are up to date from now on without a question of their own.
        """
        with self._fresh() as connection:
            head = len(self._batches)
            batches = [marked(batch, self._voided) for batch in self._batches[seq:]]
            rows: list[Record] = []
            if not batches:
                return Growth(batches, rows)
            grown = reading.tables_after(connection, self._connections, seq, head)
            for name, table in tables().items():
                view = self._views.get(table.record)
                if name in grown:
                    chunks = reading.rows_after(
                        connection, self._connections, table.record, seq, head
                    )
                    for _, some in chunks:
                        rows += some
                elif view is not None and view.seq >= seq:
                    view.seq = head
            return Growth(batches, rows)

    def view_for(self, record: type[R], leading: Sequence[object]) -> TableView[R]:
        """Return a view that knows what is in force for keys that begin so; for an open batch.

        A few rows do not bring a large table into memory.
        """
        with self._fresh() as connection:
            if record in self._views or len(leading) > _FEW:
                return self._view(connection, record)
            head = len(self._batches)
            view = TableView(record)
            some = list(dict.fromkeys(leading))
            found = reading.rows_led_by(connection, self._connections, record, some, head)
            view.take(found, head, self._voided)
            return view

    def _view(self, connection: sql.Connection, record: type[R]) -> TableView[R]:
        """Return a table's view, up to date."""
        view = self._views.get(record)
        if view is None:
            view = self._views[record] = TableView(record)
        head = len(self._batches)
        if view.seq < head:
            rows = reading.rows_after(connection, self._connections, record, view.seq, head)
            view.take(rows, head, self._voided)
        return view

    def _narrow(
        self, connection: sql.Connection, record: type[R], equal: Mapping[str, object]
    ) -> TableView[R]:
        """Return a view that answers a question about some fields.

        While a table is not in memory the database is asked for the keys in question, until so
        many questions were asked that the whole table is cheaper.
        """
        questions = max(len(tuple(any_of(each))) for each in equal.values())
        if record in self._views or not self._worth_asking(connection, record, questions):
            return self._view(connection, record)
        head = len(self._batches)
        view = TableView(record)
        rows = reading.rows_of_keys(connection, self._connections, record, equal, head)
        view.take(rows, head, self._voided)
        return view

    def _worth_asking(
        self, connection: sql.Connection, record: type[object], questions: int
    ) -> bool:
        asked, limit = self._asked.get(record, (0, _QUESTIONS))
        if asked + questions > _QUESTIONS == limit:
            # A question costs about as much as loading ninety rows (benchmarks/store.py).
            limit = max(limit, reading.count(connection, self._connections, record) // 90)
        self._asked[record] = (asked + questions, limit)
        return questions <= _AT_ONCE and asked + questions <= limit

    def _voided_then(self, seq: int) -> Mapping[int, Batch]:
        """Return the batches that were void after batch ``seq``."""
        if not self._retracts:
            return {}
        if seq not in self._then:
            while len(self._then) >= _MOMENTS:
                del self._then[next(iter(self._then))]
            self._then[seq] = voided_by(self._batches[:seq])
        return self._then[seq]

    def _known_seq(self, known_at: datetime) -> int:
        if known_at.tzinfo is None:
            raise StoreError(
                f"时刻 {known_at.isoformat()} 没有时区",
                action="请给出带时区的时刻，如 2026-07-01T00:00+08:00",
            )
        return bisect_right(self._batches, known_at, key=lambda batch: batch.committed_at)
