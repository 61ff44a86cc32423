"""Merges, splits and relations as people decide them, each one batch and undoable."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence

from indicators.errors import UsageError
from indicators.ledger import Ledger, Reader, Transaction
from indicators.model import Commitment, Indicator, Relation
from indicators.register.carrying import carried
from indicators.register.draft import Draft
from indicators.register.holdings import roots
from indicators.register.likeness import relation_id
from indicators.register.proposing import refresh
from indicators.register.settling import rows_where, settle

__all__ = [
    "join_indicators",
    "merge",
    "obstacle",
    "relate",
    "split",
    "take_relations",
    "unmerge",
    "unsplit",
    "wholes",
]


def obstacle(
    sort: str,
    subject: Indicator | None,
    object_: Indicator | None,
    above: Mapping[str, Collection[str]],
) -> tuple[str, str] | None:
    """Return why two indicators cannot be tied, as (kind of finding, words), or nothing.

    Args:
        sort: merged_into, part_of or contributes_to.
        subject: the left one.
        object_: the right one.
        above: all that each indicator is merged into, or part of, by relations of this sort.
    """
    if subject is None or object_ is None:
        return "register-key", "没有这个指标"
    if subject.indicator_id == object_.indicator_id:
        return "register-circle", f"{subject.name} → {subject.name}"
    if subject.dimension != object_.dimension:
        return "register-dimension", f"{subject.name}（{subject.unit}）"
    if subject.indicator_id in _reached(object_.indicator_id, above):
        return "register-circle", f"{subject.name} → {object_.name} → {subject.name}"
    if sort == "merged_into" and (subject.retired or object_.retired):
        gone = subject if subject.retired else object_
        return "register-relation", f"指标“{gone.name}”已并入别的指标或停用"
    return None


def _reached(start: str, above: Mapping[str, Collection[str]]) -> set[str]:
    """Return every indicator that lies above one, by any way: a part may have several wholes."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for each in above.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


def wholes(relations: Iterable[Relation]) -> dict[str, dict[str, set[str]]]:
    """Return by sort of relation what each indicator is accepted to be tied under."""
    above: dict[str, dict[str, set[str]]] = {}
    for each in relations:
        if each.status == "accepted":
            above.setdefault(each.sort, {}).setdefault(each.subject, set()).add(each.object)
    return above


def _above(reader: Reader, sort: str) -> Mapping[str, Collection[str]]:
    return wholes(reader.current(Relation, status="accepted")).get(sort, {})


def take_relations(transaction: Transaction, relations: Sequence[Relation]) -> None:
    """Record relations in an open batch and settle what follows from merges and splits."""
    ends = {end for each in relations for end in (each.subject, each.object)}
    before = transaction.current(Relation, status="accepted")
    transaction.add(relations)
    moving = [each for each in relations if each.sort in ("merged_into", "split_from")]
    if not moving:
        return
    digests = {
        each.document_digest
        for name in ("indicator_id", "commitment_id")
        for each in rows_where(transaction, Commitment, name, ends)
    }
    after = {each.relation_id: each for each in (*before, *relations)}
    standing = [each for each in after.values() if each.status == "accepted"]
    transaction.add(carried(transaction, before, standing))
    settled = settle(transaction, digests, relations=moving)
    refresh(transaction, settled.holdings)


def join_indicators(
    known: Mapping[str, Relation], subject: str, object_: str, reason: str
) -> list[Relation]:
    """Return the relations of a merge: the merge itself, and the proposal it answers."""
    rows = [
        Relation(
            relation_id=relation_id("merged_into", subject, object_),
            sort="merged_into",
            subject=subject,
            object=object_,
            status="accepted",
            reason=reason,
        )
    ]
    proposal = known.get(relation_id("same_as", subject, object_))
    if proposal:
        rows.append(dataclasses.replace(proposal, status="accepted"))
    return rows


def _indicators(reader: Reader, wanted: Iterable[str]) -> dict[str, Indicator]:
    return {
        each.indicator_id: each for each in rows_where(reader, Indicator, "indicator_id", wanted)
    }


def _refuse(found: tuple[str, str] | None) -> None:
    if found:
        code, words = found
        says = {
            "register-dimension": f"{words} 与另一指标量纲不同，不能合并",
            "register-circle": f"形成循环：{words}",
        }.get(code, words)
        raise UsageError(says, action="请核对两个指标的编号")


def merge(
    ledger: Ledger,
    subject: str,
    object_: str,
    *,
    who: str,
    reason: str = "",
    demonstration: bool = False,
) -> None:
    """Merge one indicator into another; the first is retired, its targets and values follow.

    Raises:
        UsageError: unknown, retired, of another dimension, or it would close a circle.
    """
    with ledger.batch("merge", who=who, reason=reason, demonstration=demonstration) as transaction:
        open_batch = Draft(transaction)
        both = _indicators(open_batch, (subject, object_))
        above = _above(open_batch, "merged_into")
        _refuse(obstacle("merged_into", both.get(subject), both.get(object_), above))
        known = {each.relation_id: each for each in open_batch.current(Relation)}
        take_relations(open_batch, join_indicators(known, subject, object_, reason))


def unmerge(ledger: Ledger, subject: str, *, who: str, reason: str = "") -> None:
    """Undo the merge of an indicator: it stands by itself again, as if never merged.

    Raises:
        UsageError: it is not merged into another.
    """
    with ledger.batch("unmerge", who=who, reason=reason) as transaction:
        open_batch = Draft(transaction)
        known = {each.relation_id: each for each in open_batch.current(Relation)}
        merged = [
            each
            for each in known.values()
            if each.sort == "merged_into" and each.status == "accepted" and each.subject == subject
        ]
        if not merged:
            raise UsageError(f"指标 {subject} 没有并入别的指标", action="请用 history 查它的经过")
        rows = [
            dataclasses.replace(each, status="undone", reason=reason or each.reason)
            for each in merged
        ]
        proposals = [
            known.get(relation_id("same_as", each.subject, each.object)) for each in merged
        ]
        rows += [dataclasses.replace(each, status="proposed") for each in proposals if each]
        take_relations(open_batch, rows)


def split(
    ledger: Ledger, indicator: str, commitments: Sequence[str], *, who: str, reason: str = ""
) -> None:
    """Split statements off an indicator; together they make an indicator of their own.

    Raises:
        UsageError: a statement is not one of the indicator's, or all of them are named.
    """
    with ledger.batch("split", who=who, reason=reason) as transaction:
        open_batch = Draft(transaction)
        leads = roots(open_batch.current(Relation))
        united = [indicator, *(each for each, head in leads.items() if head == indicator)]
        members = {
            each.commitment_id: each
            for each in rows_where(open_batch, Commitment, "indicator_id", united)
        }
        strangers = [each for each in commitments if each not in members]
        if strangers or not commitments:
            raise UsageError(
                f"表述 {'、'.join(strangers) or '（未写）'} 不属于指标 {indicator}",
                action=f"它的表述是：{'、'.join(members) or '无'}",
            )
        if set(commitments) == set(members):
            raise UsageError("不能把全部表述都拆出", action="至少留下一条")
        take_relations(
            open_batch,
            [
                Relation(
                    relation_id=relation_id("split_from", each, members[each].indicator_id),
                    sort="split_from",
                    subject=each,
                    object=members[each].indicator_id,
                    status="accepted",
                    reason=reason,
                )
                for each in commitments
            ],
        )


def unsplit(ledger: Ledger, commitments: Sequence[str], *, who: str, reason: str = "") -> None:
    """Undo a split: the statements go back where they were.

    Raises:
        UsageError: a statement was not split off.
    """
    with ledger.batch("unsplit", who=who, reason=reason) as transaction:
        open_batch = Draft(transaction)
        parted = {
            each.subject: each
            for each in open_batch.current(Relation, status="accepted")
            if each.sort == "split_from"
        }
        strangers = [each for each in commitments if each not in parted]
        if strangers:
            raise UsageError(f"表述 {'、'.join(strangers)} 没有被拆出", action="请核对编号")
        take_relations(
            open_batch,
            [dataclasses.replace(parted[each], status="undone") for each in commitments],
        )


def relate(
    ledger: Ledger,
    relation: str,
    accept: bool,
    *,
    who: str,
    reason: str = "",
    waiting: bool = False,
) -> None:
    """Accept or reject a proposed relation; accepting a sameness merges left into right.

    Args:
        ledger: where to.
        relation: its id.
        accept: whether it holds.
        who: the person that goes on record.
        reason: why, for the batch.
        waiting: refuse one that was decided already.

    Raises:
        UsageError: there is no such relation, it is decided already, or it cannot be.
    """
    with ledger.batch("review", who=who, reason=reason) as transaction:
        open_batch = Draft(transaction)
        known = {each.relation_id: each for each in open_batch.current(Relation)}
        row = known.get(relation)
        if row is None:
            raise UsageError(f"没有编号为 {relation} 的关系", action="请用 review export 查编号")
        if waiting and row.status != "proposed":
            raise UsageError("这条关系刚刚已被他人处理", action="请刷新后再看")
        if not accept:
            take_relations(
                open_batch,
                [dataclasses.replace(row, status="rejected", reason=reason or row.reason)],
            )
            return
        both = _indicators(open_batch, (row.subject, row.object))
        sort = "merged_into" if row.sort == "same_as" else row.sort
        above = _above(open_batch, sort)
        _refuse(obstacle(sort, both.get(row.subject), both.get(row.object), above))
        rows = (
            join_indicators(known, row.subject, row.object, reason)
            if row.sort == "same_as"
            else [dataclasses.replace(row, status="accepted", reason=reason or row.reason)]
        )
        take_relations(open_batch, rows)
