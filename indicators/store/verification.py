"""Is the ledger what was written? Chain, rows, files, and what nothing speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

import sqlalchemy as sql

from indicators.errors import StoreError
from indicators.findings import Finding
from indicators.store import reading
from indicators.store.chain import FACTS, GENESIS, batch_digest, row_digest
from indicators.store.damage import (
    BATCH_CHANGED,
    CHAIN_BROKEN,
    DAMAGED,
    FILE_CHANGED,
    FILE_MISSING,
    FILE_ORPHAN,
    IMPORTS_WRONG,
    ROW_CHANGED,
    ROW_ORPHAN,
)
from indicators.store.reading import StoredRow
from indicators.store.rows import canonical, columns_of
from indicators.tables import Table, tables

if TYPE_CHECKING:
    from indicators.store.ledger import Store

__all__ = ["verify"]

_KEPT = {"documents": ("document_digest", "text_digest"), "submissions": ("file_digest",)}
"""Fields that name a file which must be there; other digests may name files that never came in."""


def verify(store: Store) -> Iterator[Finding]:
    """Yield what is wrong with a ledger; an untouched one yields nothing.

    Everything is read anew from the database, in one snapshot; memory does not grow with the
    number of rows.

    Raises:
        StoreError: the database cannot be read at all.
    """
    check = _Check(store)
    yield from check.run()


@dataclass(slots=True)
class _Stream:
    """The rows of a table, a batch at a time."""

    table: Table
    rows: Iterator[StoredRow]
    next: StoredRow | None = None

    def advance(self) -> None:
        self.next = next(self.rows, None)

    def until(self, seq: int) -> Iterator[StoredRow]:
        while self.next is not None and self.next.seq <= seq:
            yield self.next
            self.advance()


class _Check:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._label = store.location.label
        self._needed: dict[str, str] = {}
        self._mentioned: set[str] = set()

    def run(self) -> Iterator[Finding]:
        connections = self._store.connections
        with connections.reading(snapshot=True) as connection:
            yield from self._database(connection)
            batches = (
                connection.execute(
                    sql.select(connections.schema.batches).order_by(
                        connections.schema.batches.c.seq
                    )
                )
                .mappings()
                .all()
            )
            yield from self._chain(connection, batches)
            yield from self._imports(connection)
        yield from self._files()

    def _database(self, connection: sql.Connection) -> Iterator[Finding]:
        if connection.dialect.name == "sqlite":
            for (words,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
                if words != "ok":
                    yield DAMAGED.at(self._label, found=words)

    def _chain(
        self, connection: sql.Connection, batches: Sequence[sql.RowMapping]
    ) -> Iterator[Finding]:
        streams = []
        for name in sorted(tables()):
            table = tables()[name]
            rows = reading.stored_rows(connection, self._store.connections, table)
            stream = _Stream(table, rows)
            try:
                stream.advance()
            except StoreError as error:
                yield DAMAGED.at(self._label, found=error.message)
                continue
            streams.append(stream)
        previous, number, moment = GENESIS, 0, ""
        for batch in batches:
            number += 1
            if (
                batch["seq"] != number
                or batch["previous"] != previous
                or batch["committed_at"] <= moment
            ):
                yield CHAIN_BROKEN.at(self._label, found=batch["batch"])
            number, moment = batch["seq"], batch["committed_at"]
            previous = batch["digest"]
            if batch["file_digest"]:
                self._needed.setdefault(batch["file_digest"], f"批次 {batch['batch']}")
            texts: list[bytes] = []
            sound = True
            for stream in streams:
                try:
                    for found in self._rows(stream, batch["seq"], texts):
                        sound = False
                        yield found
                except StoreError as error:
                    sound = False
                    stream.next = None
                    yield DAMAGED.at(self._label, found=error.message)
            digest = batch_digest(batch["previous"], {name: batch[name] for name in FACTS}, texts)
            if sound and (digest != batch["digest"] or len(texts) != batch["rows"]):
                yield BATCH_CHANGED.at(self._label, found=batch["batch"], expected=batch["rows"])
        for stream in streams:
            left = sum(1 for _ in stream.until(2**31))
            if left:
                yield ROW_ORPHAN.at(self._label, found=left, table=stream.table.name)

    def _rows(self, stream: _Stream, seq: int, texts: list[bytes]) -> Iterator[Finding]:
        name = stream.table.name
        digests = [each.name for each in stream.table.fields if each.name.endswith("digest")]
        rows = stream.until(seq)
        while some := list(islice(rows, 20_000)):
            orphans = sum(stored.seq < seq for stored in some)
            if orphans:
                yield ROW_ORPHAN.at(self._label, found=orphans, table=name)
                some = some[orphans:]
            found = canonical(
                stream.table, columns_of(stream.table, [stored.row for stored in some])
            )
            texts += found
            for stored, text in zip(some, found, strict=True):
                if row_digest(text) != stored.digest:
                    yield ROW_CHANGED.at(self._label, table=name, batch=seq, line=stored.line + 1)
            for digest in digests:
                self._mentioned.update(map(attrgetter(digest), (stored.row for stored in some)))
            for kept in _KEPT.get(name, ()):
                for stored in some:
                    owner = f"{name} 批次 {seq} 第 {stored.line + 1} 行"
                    self._needed.setdefault(getattr(stored.row, kept), owner)

    def _imports(self, connection: sql.Connection) -> Iterator[Finding]:
        imports = self._store.connections.schema.imports
        recorded = {tuple(row) for row in connection.execute(sql.select(imports))}
        standing = {
            (each.seq, each.file_digest, each.place, each.office, each.quarter)
            for each in self._store.batches()
            if each.action == "import" and each.file_digest and not each.voided_by
        }
        for seq, *_ in sorted(recorded ^ standing):
            yield IMPORTS_WRONG.at(self._label, found=f"批次 {seq}")

    def _files(self) -> Iterator[Finding]:
        kept = set(self._store.files.digests())
        for digest, owner in self._needed.items():
            if digest and digest not in kept:
                yield FILE_MISSING.at(self._label, found=digest[:16], owner=owner)
        for digest in sorted(kept):
            try:
                self._store.files.content(digest)
            except StoreError:
                yield FILE_CHANGED.at(self._label, found=digest[:16])
                continue
            if digest not in self._needed and digest not in self._mentioned:
                yield FILE_ORPHAN.at(self._label, found=digest[:16])
