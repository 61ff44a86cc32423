"""A ledger in memory: rows by key and batch, as the store keeps them, without its guarantees."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

from indicators.ledger import Batch, Entry, fits
from indicators.tables import key_of


class MemoryLedger:
    def __init__(self):
        self.log = []
        self.done = []
        self.voided = {}
        self.files = {}

    @property
    def seq(self):
        return len(self.done)

    def _live(self, known_at=None):
        for row, batch in self.log:
            if batch.batch in self.voided:
                continue
            if known_at is None or batch.committed_at <= known_at:
                yield row, batch

    def entries(self, record, *, known_at=None, **equal):
        current = {}
        for row, batch in self._live(known_at):
            if type(row) is record:
                current[key_of(row)] = Entry(row, batch)
        return [
            entry
            for key, entry in sorted(current.items(), key=lambda item: str(item[0]))
            if fits(equal)(entry.row)
        ]

    def current(self, record, *, known_at=None, **equal):
        return [entry.row for entry in self.entries(record, known_at=known_at, **equal)]

    def history(self, record, **equal):
        return [
            Entry(row, batch) for row, batch in self.log if type(row) is record and fits(equal)(row)
        ]

    def batches(self):
        return list(self.done)

    def content(self, digest):
        return self.files[digest]

    def keep(self, content, *, name=""):
        from hashlib import sha256

        digest = sha256(content).hexdigest()
        self.files[digest] = content
        return digest

    def retract(self, batch, *, who, reason):
        self.voided[batch] = reason

    @contextlib.contextmanager
    def batch(self, action, *, who, reason="", **more):
        batch = Batch(
            batch=f"b{len(self.done) + 1}",
            seq=len(self.done) + 1,
            action=action,
            committed_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=len(self.done)),
            who=who,
            reason=reason,
            digest="",
            **more,
        )
        transaction = _Open(self, batch)
        yield transaction
        transaction.write()
        if transaction._pending:
            self.done.append(batch)


class _Open(MemoryLedger):
    """An open batch: as in the store, its reads see the ledger before it."""

    def __init__(self, ledger, batch):
        self.__dict__ = dict(ledger.__dict__)
        self.log = list(ledger.log)
        self._target = ledger
        self.now = batch
        self._pending = {}
        self._before = {}

    def add(self, rows):
        added = 0
        for row in rows:
            kind = type(row)
            if kind not in self._before:
                self._before[kind] = {key_of(one): one for one in self.current(kind)}
            key = key_of(row)
            if self._before[kind].get(key) == row:
                added -= self._pending.pop((kind, key), None) is not None
                continue
            added += (kind, key) not in self._pending
            self._pending[kind, key] = row
        return added

    def write(self):
        self._target.log += [(row, self.now) for row in self._pending.values()]
