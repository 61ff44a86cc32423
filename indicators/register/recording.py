"""Documents into the ledger: statements, tasks, offices and all that is proposed from them.

One batch a call.  Recording the same again adds nothing; ``again=True`` records what a newer
extractor changes and says what, and what a person decided stays decided.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indicators.ledger import Ledger, Reader, Transaction
from indicators.model import (
    Commitment,
    Indicator,
    Office,
    Option,
    Place,
    Relation,
    ReviewDecision,
    Setting,
    SourceDocument,
    Task,
)
from indicators.register import territory
from indicators.register.correction import corrected
from indicators.register.draft import Draft
from indicators.register.holdings import Holdings, roots, synonyms_of, work_out
from indicators.register.identity import Group
from indicators.register.levels import contributions
from indicators.register.likeness import propose
from indicators.register.offices import expand, offices_of
from indicators.register.policy import Policy, policy_of
from indicators.register.settling import facts_of, rows_where, settle

__all__ = ["Change", "LoadReport", "record"]

_PLACED_BY_PEOPLE = (
    "lead_office",
    "supporting_offices",
    "leader",
    "contact",
    "status",
    "sealed_on",
)
"""Fields of a task that people fill in; a newer extractor leaves them alone."""
_UNCOMPARED = frozenset({"review", "indicator_id", "confidence"})
"""Fields whose change alone is no change of a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a newer extractor changes of one statement."""

    sort: str
    """added, gone or different."""
    commitment: Commitment
    before: Commitment | None = None
    decided: bool = False
    """A person decided on it: what they decided stays."""

    @property
    def sentence(self) -> str:
        """The change in one line."""
        each = self.commitment
        where = f"{each.document}:{each.start}-{each.end}"
        words = {"added": "新增", "gone": "不再抽出", "different": "变化"}[self.sort]
        kept = "（人工决定不变）" if self.decided else ""
        if self.before is None:
            return f"{where} {words}{kept}：{each.name} {each.as_written}"
        names = [one.name for one in dataclasses.fields(each) if one.name not in _UNCOMPARED]
        parts = [
            f"{name} {getattr(self.before, name)}→{getattr(each, name)}"
            for name in names
            if getattr(self.before, name) != getattr(each, name)
        ]
        return f"{where} {words}{kept}：{each.name} {each.as_written}，{'，'.join(parts)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What recording documents did."""

    documents: int = 0
    """Documents given."""
    new_documents: int = 0
    commitments: int = 0
    tasks: int = 0
    indicators: int = 0
    targets: int = 0
    observations: int = 0
    proposals: int = 0
    """Relations proposed: merges, parts, contributions."""
    accepted: int = 0
    """Statements that the policy of the house accepted by itself."""
    rows: int = 0
    """Rows added to the ledger; 0 when everything was there."""
    changes: Sequence[Change] = field(default=())
    """What a newer extractor changed (``again=True``)."""
    unchanged: Sequence[str] = ()
    """Documents that were there already and were left alone."""

    @property
    def sentence(self) -> str:
        """The report in one line."""
        if not self.rows and not self.changes:
            return f"{self.documents} 份文件都已入库，没有新内容"
        return (
            f"{self.documents} 份文件：{self.commitments} 条表述，{self.tasks} 项任务；"
            f"形成 {self.indicators} 个指标、{self.targets} 个目标、{self.observations} 个实际值，"
            f"{self.proposals} 条关系待定"
            + (f"，自动接受 {self.accepted} 条" if self.accepted else "")
            + (f"，变化 {len(self.changes)} 处" if self.changes else "")
        )


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
        if each.name not in _UNCOMPARED
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
            if decision is not None:
                new = corrected(raw, decision)
            else:
                accepts = self._policy.accepts(raw, document)
                self.accepted += accepts and (old is None or old.review != "accepted")
                new = dataclasses.replace(raw, review="accepted" if accepts else raw.review)
            new = dataclasses.replace(new, indicator_id=old.indicator_id if old else "")
            self.rows.append(new)
            if known and (old is None or not _same(old, new)):
                sort = "added" if old is None else "different"
                self.changes.append(
                    Change(sort=sort, commitment=new, before=old, decided=decision is not None)
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
