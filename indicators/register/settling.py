"""From changed statements or relations to the rows of one batch.

Reads what the change touches, works the register out again and adds what differs.  What is no
longer made stays on record as retired, withdrawn or rejected.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from indicators import units
from indicators.errors import IndicatorsError
from indicators.ledger import Entry, Reader, Transaction
from indicators.model import (
    Commitment,
    Indicator,
    Observation,
    Record,
    Relation,
    Setting,
    SourceDocument,
    Target,
)
from indicators.register.carrying import carried_parts, carried_revisions
from indicators.register.holdings import Facts, Holdings, is_blank, roots, work_out

__all__ = ["Settled", "facts_of", "history_where", "rows_where", "settle"]

R = TypeVar("R", bound=Record)

FEW = 40
"""Up to so many values are asked for one by one; beyond, the whole table is read once."""


def rows_where(reader: Reader, record: type[R], name: str, values: Iterable[object]) -> list[R]:
    """Return the current rows whose field has one of the values."""
    wanted = set(values)
    if len(wanted) <= FEW:
        found: list[R] = []
        for value in sorted(wanted, key=str):
            equal: dict[str, Any] = {name: value}
            found += reader.current(record, **equal)
        return found
    return [row for row in reader.current(record) if getattr(row, name) in wanted]


def history_where(
    reader: Reader, record: type[R], name: str, values: Iterable[object]
) -> list[Entry[R]]:
    """Return every row ever added whose field has one of the values, by seq for each value."""
    wanted = set(values)
    if len(wanted) <= FEW:
        found: list[Entry[R]] = []
        for value in sorted(wanted, key=str):
            equal: dict[str, Any] = {name: value}
            found += reader.history(record, **equal)
        return found
    return [entry for entry in reader.history(record) if getattr(entry.row, name) in wanted]


def _linked(relations: Sequence[Relation], identities: set[str]) -> set[str]:
    """Return every indicator that accepted merges tie to one of these."""
    leads = roots(relations)
    heads = {leads.get(each, each) for each in identities}
    return heads | {each for each, head in leads.items() if head in heads}


def facts_of(
    reader: Reader,
    digests: Iterable[str],
    changed: Mapping[str, Commitment] | None = None,
    relations: Iterable[Relation] = (),
) -> Facts:
    """Return the facts of some documents and of all that accepted merges tie to them.

    Args:
        reader: the ledger.
        digests: documents that changed.
        changed: statements as they will be, by id, over those of the ledger.
        relations: relations as they will be, over those of the ledger.
    """
    changed = changed or {}
    decided = {each.relation_id: each for each in reader.current(Relation, status="accepted")} | {
        each.relation_id: each for each in relations
    }
    accepted = [each for each in decided.values() if each.status == "accepted"]
    wanted = set(digests)
    while True:
        rows = {
            each.commitment_id: each
            for each in rows_where(reader, Commitment, "document_digest", wanted)
        }
        rows |= {
            identity: each for identity, each in changed.items() if each.document_digest in wanted
        }
        mine = {each.indicator_id for each in rows.values() if each.indicator_id}
        missing = _linked(accepted, mine) - mine
        beyond = {
            each.document_digest for each in rows_where(reader, Commitment, "indicator_id", missing)
        } - wanted
        if not beyond:
            break
        wanted |= beyond
    places = {each.place for each in rows.values()}
    indicators = {
        each.indicator_id: each for each in rows_where(reader, Indicator, "place", places)
    }
    # Those that a corrected place or a merge leads elsewhere are needed to retire or keep them.
    elsewhere = (missing | mine) - indicators.keys()
    for each in rows_where(reader, Indicator, "indicator_id", elsewhere):
        indicators[each.indicator_id] = each
    return Facts(
        commitments=list(rows.values()),
        documents={
            each.document_digest: each
            for each in rows_where(reader, SourceDocument, "document_digest", wanted)
        },
        relations=accepted,
        settings={
            each.indicator_id: each for each in reader.current(Setting) if not is_blank(each)
        },
        indicators=indicators,
    )


def _left_targets(before: Sequence[Target], held: Holdings, facts: Facts) -> Iterable[Target]:
    """Yield targets that are no longer made; revisions follow what they replace."""
    made = {each.target_id: each for each in held.targets}
    rejected = frozenset(
        each.commitment_id for each in facts.commitments if each.review == "rejected"
    )
    known = {each.commitment_id for each in facts.commitments}
    for each in before:
        if each.target_id in made or each.supersedes:
            continue
        if each.commitments and set(each.commitments) <= known:
            gone = set(each.commitments) <= rejected
            yield dataclasses.replace(each, status="rejected" if gone else "withdrawn")
    yield from carried_revisions([each for each in before if each.supersedes], made, rejected)


def _key(row: Observation) -> tuple[object, ...]:
    return (
        row.indicator_id,
        row.period_start,
        row.period_end,
        row.basis,
        row.source,
        row.origin,
    )


def _left_observations(
    before: Sequence[Observation], held: Holdings, facts: Facts
) -> Iterable[Observation]:
    """Yield observations read from statements that no longer give them."""
    made = {_key(each) for each in held.observations}
    known = {each.commitment_id for each in facts.commitments}
    for each in before:
        if each.commitment_id in known and not each.withdrawn and _key(each) not in made:
            yield dataclasses.replace(each, withdrawn=True)


def _moved_observations(
    before: Sequence[Observation], held: Holdings, facts: Facts
) -> Iterable[Observation]:
    """Yield reported values that follow a merge, and withdraw copies that an undone merge left."""
    leads = roots(facts.relations)
    unit = {each.indicator_id: each.unit for each in held.indicators}
    reported = [each for each in before if each.file_digest]
    present = {_key(each): each for each in reported}
    origins = {
        (each.file_digest, each.sheet, each.cell, each.period_end): each.indicator_id
        for each in reported
        if not each.reason.startswith(_MOVED)
    }
    for each in reported:
        head = leads.get(each.indicator_id)
        if head in unit and not each.withdrawn and not each.reason.startswith(_MOVED):
            try:
                value = units.convert(each.magnitude, each.unit, unit[head])
            except IndicatorsError:
                continue
            copy = dataclasses.replace(
                each,
                indicator_id=head,
                magnitude=value,
                unit=unit[head],
                reason=f"{_MOVED}{each.indicator_id}",
            )
            there = present.get(_key(copy))
            if there is None or there.withdrawn:
                yield copy
        elif each.reason.startswith(_MOVED) and not each.withdrawn:
            source = origins.get((each.file_digest, each.sheet, each.cell, each.period_end))
            if source and leads.get(source) != each.indicator_id:
                yield dataclasses.replace(each, withdrawn=True)


_MOVED = "并入自 "
"""How the reason of a value begins that a merge moved to another indicator."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a batch settled."""

    holdings: Holdings
    added: int
    """Rows added."""


def settle(
    transaction: Transaction,
    digests: Iterable[str],
    changed: Iterable[Commitment] = (),
    relations: Iterable[Relation] = (),
    *,
    carry: bool = True,
) -> Settled:
    """Add what follows from changed statements and relations, these included.

    Args:
        transaction: the open batch.
        digests: documents whose holdings may change.
        changed: statements as they are to be.
        relations: relations as they are to be.
        carry: let the parts of a target follow it; not beside parts that people set.

    Returns:
        What the register holds of the documents concerned, and how many rows that added.
    """
    relations = list(relations)
    changes = {each.commitment_id: each for each in changed}
    added_relations = transaction.add(relations)
    facts = facts_of(transaction, digests, changes, relations)
    held = work_out(facts)
    before = {each.indicator_id for each in facts.commitments if each.indicator_id}
    made = {each.indicator_id for each in held.indicators}
    concerned, gone = before | made, before - made
    old_targets = rows_where(transaction, Target, "indicator_id", concerned)
    old_observations = rows_where(transaction, Observation, "indicator_id", concerned)
    retired = [
        dataclasses.replace(each, retired=True)
        for identity, each in facts.indicators.items()
        if identity in gone
    ]
    keep = {
        each.target_id: each
        for each in old_targets
        if each.status == "withdrawn" and each.approved_by
    }
    new_targets = [
        *(keep.get(each.target_id, each) for each in held.targets),
        *_left_targets(old_targets, held, facts),
    ]
    added = sum(
        transaction.add(rows)
        for rows in (
            held.commitments,
            [*held.indicators, *retired],
            new_targets,
            carried_parts(transaction, old_targets, new_targets) if carry else (),
            held.observations,
            _left_observations(old_observations, held, facts),
            _moved_observations(old_observations, held, facts),
        )
    )
    return Settled(held, added + added_relations)
