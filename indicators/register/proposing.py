"""Proposals kept up with what a batch changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from indicators.ledger import Transaction
from indicators.model import Commitment, Indicator, Place, Relation, Setting, SourceDocument
from indicators.register.holdings import Holdings, roots, synonyms_of, work_out
from indicators.register.identity import Group
from indicators.register.likeness import propose
from indicators.register.settling import facts_of, rows_where

__all__ = ["refresh"]


def refresh(transaction: Transaction, held: Holdings, named: Sequence[Relation] = ()) -> int:
    """Propose relations anew around what a batch changed; returns how many are open.

    What a person decided stays; a proposal that no longer follows is undone.
    """
    places = {each.place for each in held.groups}
    parents = {each.place: each.parent for each in transaction.current(Place)}
    family = (
        places
        | {parents[each] for each in places if parents.get(each)}
        | {each for each, above in parents.items() if above in places}
    )
    groups = _groups(transaction, held, family)
    documents = {each.document_digest: each for each in transaction.current(SourceDocument)}
    settings = transaction.current(Setting)
    indicators = {
        each.indicator_id: each for each in rows_where(transaction, Indicator, "place", family)
    }
    proposed = {
        each.relation_id: each
        for each in (
            *propose(groups, documents, parents, synonyms_of(settings, indicators)),
            *named,
        )
    }
    present = {each.indicator_id for each in groups}
    # A proposal about an indicator that is no more says nothing either.
    present |= {each.indicator_id for each in indicators.values() if each.retired}
    known: dict[str, Relation] = {}
    for each in transaction.current(Relation):
        known[each.relation_id] = each
    leads = roots(known.values())
    rows = []
    for identity, each in proposed.items():
        before = known.get(identity)
        united = leads.get(each.subject, each.subject) == leads.get(each.object, each.object)
        if (before and before.status in ("accepted", "rejected")) or united:
            continue
        rows.append(each)
    gone = [
        dataclasses.replace(each, status="undone")
        for each in known.values()
        if each.status == "proposed"
        and each.relation_id not in proposed
        and {each.subject, each.object} <= present
    ]
    transaction.add([*rows, *gone])
    return len(rows)


def _groups(transaction: Transaction, held: Holdings, family: set[str]) -> Sequence[Group]:
    """Return the groups of every document that speaks of a family of places."""
    beyond = {
        each.document_digest for each in rows_where(transaction, Commitment, "place", family)
    } - {each.commitments[0].document_digest for each in held.groups}
    groups = list(held.groups)
    if beyond:
        groups += work_out(facts_of(transaction, beyond)).groups
    # Only places of the family are complete here: what is proposed of another would depend on the
    # order in which documents arrive.
    return [each for each in groups if each.place in family]
