"""What a retraction would take with it, told before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from indicators.ledger import Batch, Reader
from indicators.store.voiding import chosen
from indicators.tables import Table, tables

__all__ = ["Consequences", "consequences"]

_REFERENCES: Final = ("subject", "document_digest")
"""Fields beside those ending in ``_id`` that name a row of another table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What changes when a batch is retracted; all counts are rows by table."""

    batch: Batch
    fallen: Mapping[str, int]
    """In force now, and nothing in their place afterwards."""
    replaced: Mapping[str, int]
    """In force now; an earlier row of the same key will be again."""
    restored: Mapping[str, int]
    """Not in force now, but then: the batch is itself a retraction."""
    built: tuple[tuple[Batch, Mapping[str, int]], ...]
    """Later batches whose rows in force name what will have fallen."""


def consequences(reader: Reader, named: str) -> Consequences:
    """Return what retracting a batch would change; nothing is changed.

    Args:
        reader: the ledger.
        named: the batch's id, its first digits, or its seq.

    Raises:
        StoreError: there is no such batch, or it is void already.
    """
    batch = chosen(reader.batches(), named)
    fallen: Counter[str] = Counter()
    replaced: Counter[str] = Counter()
    restored: Counter[str] = Counter()
    gone: set[object] = set()
    owners = _owners()
    for table in tables().values():
        key = attrgetter(*table.keys)
        entries = reader.history(table.record)
        if batch.voids:
            restored[table.name] += sum(entry.batch.batch == batch.voids for entry in entries)
        standing = [entry for entry in entries if not entry.batch.voided_by]
        last = {key(entry.row): entry.batch.seq for entry in standing}
        mine = {each for each, seq in last.items() if seq == batch.seq}
        before = {key(entry.row) for entry in standing if entry.batch.seq < batch.seq}
        fallen[table.name] += len(mine - before)
        replaced[table.name] += len(mine & before)
        if table.name in owners:
            gone |= mine - before
    return Consequences(
        batch=batch,
        fallen=+fallen,
        replaced=+replaced,
        restored=+restored,
        built=_built(reader, batch, gone),
    )


def _owners() -> set[str]:
    """Return the tables whose rows others name: the first that has its key alone.

    A later one with the same key, as the settings of an indicator, says more of the same thing.
    """
    first: dict[str, str] = {}
    for table in tables().values():
        if len(table.keys) == 1:
            first.setdefault(table.keys[0], table.name)
    return set(first.values())


def _built(
    reader: Reader, batch: Batch, gone: set[object]
) -> tuple[tuple[Batch, Mapping[str, int]], ...]:
    later: dict[int, Batch] = {}
    counts: dict[int, Counter[str]] = {}
    for table in tables().values():
        names = _references(table)
        if not names or not gone:
            continue
        for entry in reader.entries(table.record):
            if entry.batch.seq <= batch.seq:
                continue
            if any(getattr(entry.row, name) in gone for name in names):
                later[entry.batch.seq] = entry.batch
                counts.setdefault(entry.batch.seq, Counter())[table.name] += 1
    return tuple((later[seq], counts[seq]) for seq in sorted(later))


def _references(table: Table) -> list[str]:
    return [
        field.name
        for field in table.fields
        if field.type == "text" and (field.name.endswith("_id") or field.name in _REFERENCES)
    ]
