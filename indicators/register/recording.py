"""Documents into the ledger: statements, tasks, offices and all that is proposed from them.

One batch a call.  Recording the same again adds nothing; ``again=True`` records what a newer
extractor changes and says what, and what a person decided stays decided.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from indicators.ledger import Ledger, Reader, Transaction
from indicators.model import (
    Commitment,
    Office,
    Option,
    ReviewDecision,
    SourceDocument,
    Task,
)
from indicators.register import territory
from indicators.register.correction import CORRECTABLE, corrected
from indicators.register.draft import Draft
from indicators.register.levels import contributions
from indicators.register.loadreport import UNCOMPARED, Change, LoadReport
from indicators.register.offices import expand, offices_of
from indicators.register.policy import Policy, policy_of
from indicators.register.proposing import refresh
from indicators.register.settling import rows_where, settle

__all__ = ["record"]

_PLACED_BY_PEOPLE = (
    "lead_office",
    "supporting_offices",
    "leader",
    "contact",
    "status",
    "sealed_on",
)
"""Fields of a task that people fill in; a newer extractor leaves them alone."""


_DECIDED = (*CORRECTABLE, "base_magnitude", "dimension", "date_source")
"""Fields that a person who accepted a statement has seen and stands for."""


def _tasked(task: Task, before: Task | None) -> Task:
    """Return a task with its first office as lead, and with what people filled in kept."""
    names = [name for name, _ in expand(task.offices, task.place)]
    lead = task.lead_office or (names[0] if names else "")
    supporting = task.supporting_offices or tuple(names[1:])
    made = dataclasses.replace(task, lead_office=lead, supporting_offices=supporting)
    if before is None:
        return made
    kept = {name: getattr(before, name) for name in _PLACED_BY_PEOPLE if getattr(before, name)}
    return dataclasses.replace(made, **kept)


def _same(one: Commitment, other: Commitment) -> bool:
    return all(
        getattr(one, each.name) == getattr(other, each.name)
        for each in dataclasses.fields(one)
        if each.name not in UNCOMPARED
    )


class _Statements:
    """Statements of one load: those to write, and what changed."""

    def __init__(self, reader: Reader, policy: Policy) -> None:
        self._reader = reader
        self._policy = policy
        self.rows: list[Commitment] = []
        self.changes: list[Change] = []
        self.accepted = 0

    def take(
        self,
        document: SourceDocument,
        found: Sequence[Commitment],
        *,
        known: bool,
    ) -> None:
        """Take the statements of one document, decisions laid over them."""
        before = {
            each.commitment_id: each
            for each in self._reader.current(Commitment, document_digest=document.document_digest)
        }
        decisions: Mapping[str, ReviewDecision] = (
            {
                each.commitment_id: each
                for each in rows_where(self._reader, ReviewDecision, "commitment_id", before)
            }
            if before
            else {}
        )
        for raw in found:
            decision = decisions.get(raw.commitment_id)
            old = before.get(raw.commitment_id)
            read = None
            if decision is not None:
                new = read = corrected(raw, decision)
                if old is not None and decision.decision in ("accepted", "corrected"):
                    new = dataclasses.replace(
                        read, **{name: getattr(old, name) for name in _DECIDED}
                    )
            else:
                accepts = self._policy.accepts(raw, document)
                self.accepted += accepts and (old is None or old.review != "accepted")
                new = dataclasses.replace(raw, review="accepted" if accepts else raw.review)
            new = dataclasses.replace(new, indicator_id=old.indicator_id if old else "")
            self.rows.append(new)
            told = new if read is None else read
            if known and (old is None or not _same(old, told)):
                sort = "added" if old is None else "different"
                self.changes.append(
                    Change(sort=sort, commitment=told, before=old, decided=decision is not None)
                )
        present = {each.commitment_id for each in found}
        for identity, old in before.items():
            if identity in present or old.review == "rejected":
                continue
            decided = identity in decisions
            self.changes.append(Change(sort="gone", commitment=old, decided=decided))
            if not decided:
                self.rows.append(dataclasses.replace(old, review="rejected"))


def record(
    ledger: Ledger,
    documents: Sequence[SourceDocument],
    commitments: Iterable[Commitment],
    tasks: Iterable[Task],
    *,
    who: str,
    reason: str = "",
    again: bool = False,
) -> LoadReport:
    """Record documents with their statements and tasks, and all that is proposed from them.

    Args:
        ledger: where to.
        documents: rows of table ``documents``; their files are kept before.
        commitments: statements of these documents.
        tasks: tasks of these documents.
        who: the person that goes on record.
        reason: why, for the batch.
        again: take documents that are there already, too, and say what changes.

    Returns:
        What was recorded.
    """
    statements: dict[str, list[Commitment]] = {each.document_digest: [] for each in documents}
    for each in commitments:
        statements[each.document_digest].append(each)
    duties: dict[str, list[Task]] = {each.document_digest: [] for each in documents}
    for task in tasks:
        duties[task.document_digest].append(task)
    digest = documents[0].document_digest if len(documents) == 1 else ""
    place = documents[0].place if len(documents) == 1 else ""
    with ledger.batch(
        "load", who=who, reason=reason, file_digest=digest, place=place
    ) as transaction:
        return _record(Draft(transaction), documents, statements, duties, again=again)


def _record(
    transaction: Transaction,
    documents: Sequence[SourceDocument],
    statements: Mapping[str, Sequence[Commitment]],
    duties: Mapping[str, Sequence[Task]],
    *,
    again: bool,
) -> LoadReport:
    known = {
        each.document_digest
        for each in rows_where(
            transaction,
            SourceDocument,
            "document_digest",
            [one.document_digest for one in documents],
        )
    }
    taken = [each for each in documents if again or each.document_digest not in known]
    unchanged = tuple(each.document for each in documents if each not in taken)
    if not taken:
        return LoadReport(documents=len(documents), unchanged=unchanged)
    policy = policy_of(transaction.current(Option))
    reading = _Statements(transaction, policy)
    for each in taken:
        reading.take(each, statements[each.document_digest], known=each.document_digest in known)
    before = {
        task.task_id: task
        for task in rows_where(
            transaction, Task, "document_digest", [each.document_digest for each in taken]
        )
    }
    tasks = [
        _tasked(task, before.get(task.task_id))
        for each in taken
        for task in duties[each.document_digest]
    ]
    rows = transaction.add(taken) + transaction.add(tasks)
    named_places = {each.place for each in taken}
    named_places |= {each.place for each in reading.rows} | {each.place for each in tasks}
    rows += transaction.add(territory.places(named_places - {""}))
    rows += transaction.add(_offices(transaction, taken, reading.rows, tasks))
    digests = {each.document_digest for each in taken}
    settled = settle(transaction, digests, changed=reading.rows)
    held = settled.holdings
    present = {each.indicator_id: each for each in held.indicators}
    named = [
        found
        for each in taken
        for found in contributions(
            [task for task in tasks if task.document_digest == each.document_digest],
            [
                present[one.indicator_id]
                for one in held.groups
                if one.commitments[0].document_digest == each.document_digest
                and one.indicator_id in present
            ],
            territory.below,
        )
    ]
    rows += settled.added + transaction.add(
        each.indicator for each in named if each.indicator.indicator_id not in present
    )
    proposals = refresh(transaction, held, [each.relation for each in named])
    mine = {
        each.indicator_id
        for each in held.groups
        if each.commitments[0].document_digest in digests and not present[each.indicator_id].retired
    }
    return LoadReport(
        documents=len(documents),
        new_documents=len([each for each in taken if each.document_digest not in known]),
        commitments=len([each for each in reading.rows if each.review != "rejected"]),
        tasks=len(tasks),
        indicators=len(mine),
        targets=len(
            [
                each
                for each in held.targets
                if each.indicator_id in mine and each.status in ("proposed", "accepted")
            ]
        ),
        observations=len([each for each in held.observations if each.indicator_id in mine]),
        proposals=proposals,
        accepted=reading.accepted,
        rows=rows,
        changes=tuple(reading.changes),
        unchanged=unchanged,
    )


def _offices(
    reader: Reader,
    documents: Sequence[SourceDocument],
    commitments: Sequence[Commitment],
    tasks: Sequence[Task],
) -> list[Office]:
    place = {each.document_digest: each.place for each in documents}
    lists: dict[str, list[tuple[str, ...]]] = {}
    stated = [(task.document_digest, task.offices) for task in tasks]
    stated += [(each.document_digest, each.offices) for each in commitments]
    for digest, names in stated:
        if names and place.get(digest):
            lists.setdefault(place[digest], []).append(names)
    known = rows_where(reader, Office, "place", lists)
    return [each for name, named in lists.items() for each in offices_of(name, named, known)]
