"""The store: an append-only ledger in a database, with its files."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import sqlalchemy as sql

from indicators.errors import StoreError, UsageError
from indicators.findings import Finding
from indicators.ledger import Batch, Entry
from indicators.model import Record
from indicators.store import reading
from indicators.store.batch import OpenBatch
from indicators.store.connection import Connections
from indicators.store.files import DatabaseFiles, Files, FolderFiles
from indicators.store.location import Location
from indicators.store.trouble import translated
from indicators.store.upgrade import prepare
from indicators.store.view import TableView, Version, matching
from indicators.store.voiding import chosen, marked, voided_by
from indicators.tables import table_of

__all__ = ["Store"]

if TYPE_CHECKING:
    import pyarrow as pa

R = TypeVar("R", bound=Record)


def _now() -> datetime:
    return datetime.now(UTC)


def _onward(step: str) -> None:
    del step


def _check_fields(record: type[object], equal: Mapping[str, object]) -> None:
    known = {field.name for field in table_of(record).fields}
    for name in equal:
        if name not in known:
            raise UsageError(f"表 {table_of(record).name} 没有字段 {name}")


class Store:
    """The ledger (``indicators.ledger.Ledger``); one object may serve many threads.

    Args:
        location: where it lies.
        create: make an empty ledger where there is none.
        patience: seconds to wait for another writer.
        clock: the present moment, aware.
        step: told the name of each step of a batch before it is taken; tests stop there.
    """

    def __init__(
        self,
        location: Location,
        *,
        create: bool = True,
        patience: float = 30.0,
        clock: Callable[[], datetime] = _now,
        step: Callable[[str], None] = _onward,
    ) -> None:
        self.location = location
        self.clock = clock
        self.step = step
        self.connections = Connections(location, patience=patience)
        prepare(self.connections, create=create)
        self.files: Files = (
            FolderFiles(location.files) if location.files else DatabaseFiles(self.connections)
        )
        self._lock = threading.RLock()
        self._views: dict[type[object], TableView[Any]] = {}
        self._batches: list[Batch] = []
        self._voided: Mapping[int, Batch] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; the store can be used again, it opens new ones."""
        self.connections.close()

    def _refresh(self, connection: sql.Connection) -> None:
        """Read the batches that were added since; the caller holds the lock."""
        known = len(self._batches)
        new = reading.batches_after(connection, self.connections, known)
        if not new:
            return
        self._batches += new
        if any(batch.voids for batch in new):
            before, self._voided = self._voided, voided_by(self._batches)
            changed = before.keys() ^ self._voided.keys()
            for view in self._views.values():
                view.revalue(changed, self._voided)

    def _view(self, connection: sql.Connection, record: type[R]) -> TableView[R]:
        """Return a table's view, up to date; the caller holds the lock."""
        self._refresh(connection)
        view = self._views.get(record)
        if view is None:
            view = self._views[record] = TableView(record)
        head = len(self._batches)
        if view.seq < head:
            rows = reading.rows_after(connection, self.connections, record, view.seq, head)
            view.take(rows, head, self._voided)
        return view

    @contextmanager
    def _reading(self) -> Iterator[sql.Connection]:
        with self._lock, self.connections.reading() as connection:
            yield connection

    @property
    def seq(self) -> int:
        """The highest seq; 0 in an empty ledger."""
        with self._reading() as connection:
            self._refresh(connection)
            return len(self._batches)

    @property
    def last(self) -> Batch | None:
        """The last batch, if any."""
        with self._reading() as connection:
            self._refresh(connection)
            return self._batches[-1] if self._batches else None

    def batches(self) -> Sequence[Batch]:
        """Return every batch by seq, each with what voids it."""
        with self._reading() as connection:
            self._refresh(connection)
            return [marked(batch, self._voided) for batch in self._batches]

    def _versions(
        self, record: type[R], known_at: datetime | None, equal: Mapping[str, object]
    ) -> Sequence[Version[R]]:
        _check_fields(record, equal)
        with self._reading() as connection:
            view = self._view(connection, record)
            if known_at is not None:
                seq = self._known_seq(known_at)
                if seq < len(self._batches):
                    voided = voided_by(self._batches[:seq])
                    return matching(view.known(seq, voided), equal)
            return view.where(equal) if equal else view.versions()

    def _known_seq(self, known_at: datetime) -> int:
        if known_at.tzinfo is None:
            raise StoreError(
                f"时刻 {known_at.isoformat()} 没有时区",
                action="请给出带时区的时刻，如 2026-07-01T00:00+08:00",
            )
        return bisect_right(self._batches, known_at, key=lambda batch: batch.committed_at)

    def current(
        self, record: type[R], *, known_at: datetime | None = None, **equal: object
    ) -> Sequence[R]:
        """Return the rows in force, by order of key.

        Args:
            record: the class of the rows.
            known_at: an aware moment; the rows as known then.
            equal: fields with the value they must have.

        Raises:
            StoreError: the ledger cannot be read.
        """
        if known_at is None and not equal:
            with self._reading() as connection:
                return self._view(connection, record).rows()
        return [version[1] for version in self._versions(record, known_at, equal)]

    def entries(
        self, record: type[R], *, known_at: datetime | None = None, **equal: object
    ) -> Sequence[Entry[R]]:
        """Return the rows in force, each with its batch, by order of key."""
        versions = self._versions(record, known_at, equal)
        return self._entries(versions)

    def _entries(self, versions: Sequence[Version[R]]) -> list[Entry[R]]:
        with self._lock:
            shown = {seq: marked(self._batches[seq - 1], self._voided) for seq, _ in versions}
        return [Entry(row, shown[seq]) for seq, row in versions]

    def history(self, record: type[R], **equal: object) -> Sequence[Entry[R]]:
        """Return every row ever added, voided ones included, by seq."""
        _check_fields(record, equal)
        with self._reading() as connection:
            self._refresh(connection)
            rows = reading.rows_where(
                connection, self.connections, record, equal, len(self._batches)
            )
            return self._entries(rows)

    def view_of(self, record: type[R]) -> TableView[R]:
        """Return a table's view, up to date; for an open batch, while no other can be written."""
        with self._reading() as connection:
            return self._view(connection, record)

    def keep(self, content: bytes, *, name: str = "") -> str:
        """Keep a file by digest before the batch that speaks of it.

        Returns:
            The SHA-256 of the content.

        Raises:
            StoreError: it cannot be written.
        """
        if self.connections.read_only:
            raise StoreError(
                "台账库只能读，不能写",
                place=self.location.label,
                action="请检查文件夹和文件的写权限",
            )
        self.step("keep")
        with translated(self.location.label):
            digest = self.files.keep(content, name=name)
        self.step("kept")
        return digest

    def content(self, digest: str) -> bytes:
        """Return a kept file by its digest.

        Raises:
            StoreError: there is none, or it was changed.
        """
        with translated(self.location.label):
            return self.files.content(digest)

    @contextmanager
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
    ) -> Iterator[OpenBatch]:
        """Open one atomic batch; nothing is recorded when the block raises or adds no row.

        Raises:
            AlreadyRecorded: an import of this file stands for this office, place and quarter.
            StoreError: the ledger cannot be written.
        """
        facts = {
            "action": action,
            "who": who,
            "reason": reason,
            "voids": "",
            "file_digest": file_digest,
            "place": place,
            "office": office,
            "quarter": quarter,
            "demonstration": demonstration,
        }
        self.step("open")
        with self.connections.writing() as connection:
            self.step("locked")
            with self._reading() as seen:
                self._refresh(seen)
            transaction = OpenBatch(self, connection, facts)
            yield transaction
            transaction.write()
        transaction.committed()
        self.step("done")

    def retract(self, batch: str, *, who: str, reason: str) -> Batch:
        """Void a batch: its rows are as if never added; the batch itself stays on record.

        A retraction can itself be retracted.

        Args:
            batch: the batch's id, the first digits of it, or its seq.
            who: who does so.
            reason: why; required.

        Raises:
            StoreError: there is no such batch, it is void already, or no reason is given.
        """
        if not reason.strip():
            raise StoreError("撤回批次必须写明理由", action="请加 --reason")
        with self.batch("retract", who=who, reason=reason) as transaction:
            target = chosen(transaction.batches(), batch)
            transaction.void(target)
        if transaction.batch is None:  # pragma: no cover - a retraction always records itself
            raise StoreError("撤回没有记录")
        return transaction.batch

    def verify(self) -> Iterator[Finding]:
        """Yield what is wrong with the ledger: chain, rows, files, orphans.

        Raises:
            StoreError: the database cannot be read at all.
        """
        from indicators.store.verification import verify

        return verify(self)

    def frame(
        self, record: type[R], *, known_at: datetime | None = None, **equal: object
    ) -> pa.Table:
        """Return the rows in force as an Arrow table whose fields say what they are.

        Args:
            record: the class of the rows.
            known_at: an aware moment; the rows as known then.
            equal: fields with the value they must have.
        """
        from indicators.store.frames import frame_of

        return frame_of(record, self.current(record, known_at=known_at, **equal))
