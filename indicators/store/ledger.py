"""The store: an append-only ledger in a database, with its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from indicators.bulk import made
from indicators.errors import StoreError, UsageError
from indicators.findings import Finding
from indicators.ledger import Batch, Entry, Growth
from indicators.model import Record
from indicators.store.batch import OpenBatch
from indicators.store.connection import Connections
from indicators.store.files import DatabaseFiles, Files, FolderFiles
from indicators.store.location import Location
from indicators.store.memory import Memory
from indicators.store.trouble import on_disk
from indicators.store.upgrade import prepare
from indicators.store.view import Version
from indicators.store.voiding import chosen
from indicators.tables import table_of

__all__ = ["Store"]

if TYPE_CHECKING:
    import pyarrow as pa
    import sqlalchemy as sql

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
        try:
            prepare(self.connections, create=create)
        except BaseException:
            self.connections.close()
            raise
        self.files: Files = (
            FolderFiles(location.files) if location.files else DatabaseFiles(self.connections)
        )
        self.memory = Memory(self.connections)

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

    @property
    def seq(self) -> int:
        """The highest seq; 0 in an empty ledger."""
        return self.memory.seq()

    def batches(self) -> Sequence[Batch]:
        """Return every batch by seq, each with what voids it."""
        return self.memory.batches()

    def at_rest(self) -> AbstractContextManager[None]:
        """Let this thread read what is known by now; what others add meanwhile comes later."""
        return self.memory.at_rest()

    def growth(self, seq: int) -> Growth:
        """Return the batches after ``seq`` with their rows of all tables."""
        return self.memory.growth(seq)

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
        _check_fields(record, equal)
        if known_at is None:
            return self.memory.rows(record, equal)
        return [version[1] for version in self.memory.versions(record, equal, known_at)]

    def entries(
        self, record: type[R], *, known_at: datetime | None = None, **equal: object
    ) -> Sequence[Entry[R]]:
        """Return the rows in force, each with its batch, by order of key."""
        _check_fields(record, equal)
        return self._entries(self.memory.versions(record, equal, known_at))

    def history(self, record: type[R], **equal: object) -> Sequence[Entry[R]]:
        """Return every row ever added, voided ones included, by seq."""
        _check_fields(record, equal)
        return self._entries(self.memory.history(record, equal))

    def _entries(self, versions: Sequence[Version[R]]) -> list[Entry[R]]:
        batches = self.memory.batches_of(versions)
        columns: dict[str, list[Any]] = {
            "row": [row for _, row in versions],
            "batch": [batches[seq] for seq, _ in versions],
        }
        return made(Entry, len(versions), columns)

    def keep(self, content: bytes, *, name: str = "", within: sql.Connection | None = None) -> str:
        """Keep a file by digest before the batch that speaks of it.

        Args:
            content: the file.
            name: what it is called.
            within: the transaction of an open batch, which a file in the database shares.

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
        with on_disk(self.location.label):
            digest = self.files.keep(content, name=name, within=within)
        self.step("kept")
        return digest

    def content(self, digest: str) -> bytes:
        """Return a kept file by its digest.

        Raises:
            StoreError: there is none, or it was changed.
        """
        with on_disk(self.location.label):
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
