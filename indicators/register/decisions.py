"""Decisions of people on statements, each with who, when and why, all undoable.

Every function opens one batch; what cannot be done is refused before anything is written.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from indicators.bulk import collector_at_rest
from indicators.errors import UsageError
from indicators.ledger import Ledger, Reader, Transaction
from indicators.model import Commitment, Review, ReviewDecision
from indicators.register.correction import corrected
from indicators.register.draft import Draft
from indicators.register.merging import merge, relate, split, unmerge, unsplit
from indicators.register.proposing import refresh
from indicators.register.settling import history_where, rows_where, settle

__all__ = [
    "Decision",
    "decide",
    "merge",
    "pending",
    "relate",
    "split",
    "take_decisions",
    "unmerge",
    "unsplit",
]


_STATED = attrgetter(
    *(each.name for each in dataclasses.fields(Commitment) if each.name != "review")
)
"""All that a statement says.  While that stays, so do groups and proposals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decides of one statement; ``proposed`` takes an earlier decision back."""

    commitment_id: str
    decision: Review
    corrections: tuple[str, ...] = ()
    """As ``field=value``, over what stands now."""
    reason: str = ""


def pending(reader: Reader, *, place: str = "", document: str = "") -> list[Commitment]:
    """Return the statements that wait for a decision, the surest first."""
    rows = (
        reader.current(Commitment, review="proposed", place=place)
        if place
        else reader.current(Commitment, review="proposed")
    )
    wanted = [each for each in rows if not document or each.document == document]
    return sorted(wanted, key=lambda each: (-each.confidence, each.document, each.start))


def _undecided(reader: Reader, wanted: Iterable[str]) -> dict[str, Commitment]:
    """Return statements as the extractor gave them last while nobody had decided on them."""
    wanted = set(wanted)
    decided: dict[str, list[tuple[int, Review]]] = defaultdict(list)
    for decision in history_where(reader, ReviewDecision, "commitment_id", wanted):
        if not decision.batch.voided_by:
            decided[decision.row.commitment_id].append((decision.batch.seq, decision.row.decision))

    def undecided_at(statement: str, seq: int) -> bool:
        # What a load writes of a decided statement has the decision in it.
        before = [decision for when, decision in decided[statement] if when < seq]
        return not before or before[-1] == "proposed"

    return {
        entry.row.commitment_id: entry.row
        for entry in history_where(reader, Commitment, "commitment_id", wanted)
        if not entry.batch.voided_by
        and entry.batch.action == "load"
        and undecided_at(entry.row.commitment_id, entry.batch.seq)
    }


def _merged(before: ReviewDecision | None, corrections: Iterable[str]) -> tuple[str, ...]:
    """Return corrections laid over earlier ones, by field."""
    told = dict(each.split("=", 1) for each in (before.corrections if before else ()))
    told |= dict(each.split("=", 1) for each in corrections)
    return tuple(f"{name}={value}" for name, value in sorted(told.items()))


def take_decisions(
    transaction: Transaction, decisions: Sequence[Decision], *, demonstration: bool = False
) -> int:
    """Record decisions in an open batch and settle what follows; returns the rows changed.

    Raises:
        UsageError: a statement is unknown, or a correction does not fit.
    """
    wanted = [each.commitment_id for each in decisions]
    known = {
        each.commitment_id: each
        for each in rows_where(transaction, Commitment, "commitment_id", wanted)
    }
    earlier = {
        each.commitment_id: each
        for each in rows_where(transaction, ReviewDecision, "commitment_id", wanted)
    }
    undone = [each.commitment_id for each in decisions if each.decision == "proposed"]
    read = _undecided(transaction, undone) if undone else {}
    told: list[ReviewDecision] = []
    changed: list[Commitment] = []
    regroups = False
    for each in decisions:
        now = known.get(each.commitment_id)
        undo = each.decision == "proposed"
        if now is None or (undo and now.commitment_id not in read):
            raise UsageError(
                f"没有编号为 {each.commitment_id} 的表述", action="请用 review export 查编号"
            )
        before = None if undo else earlier.get(each.commitment_id)
        corrections = _merged(before, each.corrections)
        decision: Review = each.decision
        if decision == "accepted" and corrections:
            decision = "corrected"
        row = ReviewDecision(
            commitment_id=each.commitment_id,
            decision=decision,
            corrections=corrections,
            reason=each.reason,
            demonstration=demonstration,
        )
        start = read[each.commitment_id] if undo else now
        if start.indicator_id != now.indicator_id:
            start = dataclasses.replace(start, indicator_id=now.indicator_id)
        # What was corrected before stands in the statement already.
        fresh = (
            row
            if corrections == each.corrections
            else dataclasses.replace(row, corrections=each.corrections)
        )
        new = corrected(start, fresh)
        if new == now and each.commitment_id in earlier:
            continue
        regroups = (
            regroups or "rejected" in (now.review, new.review) or _STATED(new) != _STATED(now)
        )
        told.append(row)
        changed.append(new)
    if not told:
        return 0
    transaction.add(told)
    settled = settle(transaction, {each.document_digest for each in changed}, changed=changed)
    if regroups:
        refresh(transaction, settled.holdings)
    return len(told)


@collector_at_rest()
def decide(
    ledger: Ledger,
    decisions: Sequence[Decision],
    *,
    who: str,
    reason: str = "",
    demonstration: bool = False,
) -> int:
    """Record decisions on statements in one batch; returns how many changed something."""
    with ledger.batch("review", who=who, reason=reason, demonstration=demonstration) as transaction:
        open_batch = Draft(transaction)
        return take_decisions(open_batch, decisions, demonstration=demonstration)
