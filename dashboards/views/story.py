"""Everything one indicator's page tells: the verdict, each value with its source, the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from dashboards.messages import language, text
from dashboards.quantities import Scale, figure, scales_of
from dashboards.views.evidence import Evidence, evidence
from dashboards.views.rows import is_demonstration
from dashboards.views.snapshot import Snapshot
from indicators.assessment.outlook import Coverage, Outlook
from indicators.assessment.parts import portions, sums
from indicators.assessment.verdict import Verdict
from indicators.ledger import Entry
from indicators.model import (
    Accumulation,
    Indicator,
    Observation,
    Progress,
    Relation,
    Setting,
    Share,
    Source,
    Submission,
    Target,
)

__all__ = ["Earlier", "Story", "Value", "story"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A value that was restated."""

    magnitude: Decimal
    shown: str
    known_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One actual value with its source."""

    period_start: date
    period_end: date
    basis: Accumulation
    magnitude: Decimal
    shown: str
    source: Source
    origin: str
    """Office that reported it; empty where it stands in a document."""
    file_name: str
    file_digest: str
    sheet: str
    cell: str
    document_digest: str
    commitment_id: str
    known_at: datetime
    who: str
    reason: str
    pending: bool
    """Whether it waits for a steward's acceptance."""
    earlier: tuple[Earlier, ...]
    """Values that it replaced, the latest first."""
    judged: bool
    """Whether the verdict rests on it."""
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Related:
    """A part or whole of the indicator, with its latest value by the day of looking."""

    indicator: Indicator
    shown: str
    period_end: date | None
    demonstration: bool = False
    stated: str = ""
    """The latest value that a document states, where a workbook's is shown."""
    stated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the page of one indicator shows."""

    indicator: Indicator
    setting: Setting | None
    verdict: Verdict | None
    """Of the target that is looked at; None for an indicator without an accepted target."""
    replaced: Target | None
    """The target that the one looked at replaced, where it was revised."""
    others: tuple[Verdict, ...]
    """Verdicts of its other targets."""
    scale: Scale
    scales: tuple[Scale, ...]
    """Scales to switch between."""
    values: tuple[Value, ...]
    """Latest period first; of one period, the trusted source first."""
    evidence: tuple[Evidence, ...]
    stated: tuple[Evidence, ...]
    """Statements of its actual values and baselines in documents."""
    parts: tuple[Related, ...]
    whole: tuple[Related, ...]
    shares: tuple[str, ...]
    """What its parts make of it, and it of its whole, in a period that both have."""
    split: tuple[Share, ...]
    """How the target is split by year, quarter, office or place."""
    sums: tuple[str, ...]
    """What the places below add up to, against its own value."""
    progress: tuple[Progress, ...]
    outlook: Outlook | None
    """Where the course is heading; None below the minimum of points."""
    coverage: Coverage | None
    """How often such outlooks held what came, over all series of this ledger."""
    rules: tuple[Verdict, ...]
    """Verdicts of other rules that give another light."""
    demonstration: bool


def _key(row: Observation) -> tuple[object, ...]:
    return row.period_start, row.period_end, row.basis, row.source, row.origin


_TRUST: Mapping[Source, int] = {"workbook": 0, "bulletin": 1, "plan": 2, "report": 3, "news": 4}


def _values(
    history: Sequence[Entry[Observation]],
    verdict: Verdict | None,
    scale: Scale,
    waiting: frozenset[str],
) -> tuple[Value, ...]:
    """Return one value a key, with those it replaced; withdrawn and voided ones are left out."""
    stages: dict[tuple[object, ...], list[Entry[Observation]]] = {}
    for entry in history:
        if not entry.batch.voided_by:
            stages.setdefault(_key(entry.row), []).append(entry)
    judged = verdict.observation if verdict else None
    made = []
    for entries in stages.values():
        *before, last = entries
        if last.row.withdrawn:
            continue
        made.append(_value(last, before, judged, scale, pending=last.row.submission_id in waiting))
    made.sort(key=lambda each: (each.period_end, -_TRUST[each.source]), reverse=True)
    return tuple(made)


def _value(
    last: Entry[Observation],
    before: Iterable[Entry[Observation]],
    judged: Observation | None,
    scale: Scale,
    *,
    pending: bool,
) -> Value:
    row = last.row
    earlier: list[Earlier] = []
    known = row.magnitude
    for entry in reversed(list(before)):
        if entry.row.magnitude != known and not entry.row.withdrawn:
            known = entry.row.magnitude
            shown = figure(known, row.unit, scale=scale)
            earlier.append(Earlier(known, shown, entry.batch.committed_at))
    return Value(
        period_start=row.period_start,
        period_end=row.period_end,
        basis=row.basis,
        magnitude=row.magnitude,
        shown=figure(row.magnitude, row.unit, bound=row.bound, scale=scale),
        source=row.source,
        origin="" if row.document_digest else row.origin,
        file_name=row.file_name,
        file_digest=row.file_digest,
        sheet=row.sheet,
        cell=row.cell,
        document_digest=row.document_digest,
        commitment_id=row.commitment_id,
        known_at=last.batch.committed_at,
        who=last.batch.who,
        reason=row.reason,
        pending=pending,
        earlier=tuple(earlier),
        judged=judged is not None and _key(judged) == _key(row),
        demonstration=row.demonstration or last.batch.demonstration,
    )


def _waiting(snapshot: Snapshot, history: Sequence[Entry[Observation]]) -> frozenset[str]:
    """Return the submissions behind the values that no steward has accepted yet."""
    behind = frozenset(entry.row.submission_id for entry in history if entry.row.submission_id)
    if not behind:
        return behind
    rows = snapshot.reader.current(Submission, submission_id=behind)
    return frozenset(row.submission_id for row in rows if row.status == "submitted")


def _parts(snapshot: Snapshot, verdict: Verdict | None) -> tuple[Share, ...]:
    """Return how the target is split, by sort and part."""
    if verdict is None:
        return ()
    rows = snapshot.reader.current(Share, target_id=verdict.target.target_id)
    return tuple(
        sorted((row for row in rows if not row.withdrawn), key=lambda row: (row.sort, row.part))
    )


def _latest(snapshot: Snapshot, indicator: Indicator) -> Related:
    """Return the latest value of an indicator, and beside it the latest that a document states."""
    seen = [
        row
        for row in snapshot.reader.current(Observation, indicator_id=indicator.indicator_id)
        if not row.withdrawn and row.period_end <= snapshot.assessment.as_of
    ]
    if not seen:
        return Related(indicator, text("site.none"), None)

    def newest(rows: list[Observation]) -> Observation:
        return max(rows, key=lambda each: (each.period_end, -_TRUST[each.source]))

    def shown(row: Observation) -> str:
        return figure(row.magnitude, row.unit, bound=row.bound)

    row = newest(seen)
    documents = [each for each in seen if each.document_digest]
    stated = newest(documents) if documents and not row.document_digest else None
    return Related(
        indicator,
        shown(row),
        row.period_end,
        demonstration=row.demonstration,
        stated=shown(stated) if stated else "",
        stated_on=stated.period_end if stated else None,
    )


def _related(
    snapshot: Snapshot, indicator_id: str
) -> tuple[tuple[Related, ...], tuple[Related, ...]]:
    known = snapshot.indicators
    rows = [
        row
        for row in snapshot.reader.current(Relation, sort="part_of")
        if row.status not in ("rejected", "undone")
    ]
    parts = [row.subject for row in rows if row.object == indicator_id]
    whole = [row.object for row in rows if row.subject == indicator_id]
    return (
        tuple(_latest(snapshot, known[each]) for each in parts if each in known),
        tuple(_latest(snapshot, known[each]) for each in whole if each in known),
    )


def _replaced(snapshot: Snapshot, verdict: Verdict | None) -> Target | None:
    """Return the target that a revision put aside, whatever became of its status."""
    if verdict is None or not verdict.target.supersedes:
        return None
    rows = snapshot.reader.current(Target, target_id=verdict.target.supersedes)
    return rows[0] if rows else None


def story(
    snapshot: Snapshot, indicator_id: str, target_id: str = "", unit: str = ""
) -> Story | None:
    """Return the story of an indicator, or None where the ledger has no such indicator.

    Args:
        snapshot: the ledger, judged.
        indicator_id: the indicator.
        target_id: the target to see it from; the worst one if empty.
        unit: the unit to show it in, one of ``Story.scales``; the one that suits if empty.
    """
    indicator = snapshot.indicators.get(indicator_id)
    if indicator is None:
        return None
    verdicts = snapshot.verdicts.get(indicator_id, ())
    verdict = next((each for each in verdicts if each.target.target_id == target_id), None)
    if verdict is None and verdicts:
        verdict = verdicts[0]
    history = snapshot.reader.history(Observation, indicator_id=indicator_id)
    reach = verdict.target.magnitude if verdict else None
    if reach is None and history:
        reach = max(abs(entry.row.magnitude) for entry in history)
    scales = scales_of(reach, indicator.unit)
    scale = next((each for each in scales if each.unit == unit), scales[0])
    values = _values(history, verdict, scale, _waiting(snapshot, history))
    stating = verdict.target.commitments if verdict else ()
    stated = [each.commitment_id for each in values if each.commitment_id]
    parts, whole = _related(snapshot, indicator_id)
    as_of, mine = snapshot.assessment.as_of, (indicator_id,)
    outlook, rules = snapshot.ahead(verdict) if verdict else (None, ())
    return Story(
        indicator=indicator,
        setting=snapshot.settings.get(indicator_id),
        verdict=verdict,
        replaced=_replaced(snapshot, verdict),
        others=tuple(each for each in verdicts if each is not verdict),
        scale=scale,
        scales=scales,
        values=values,
        evidence=evidence(snapshot, stating),
        stated=evidence(snapshot, [each for each in dict.fromkeys(stated) if each not in stating]),
        parts=parts,
        whole=whole,
        split=_parts(snapshot, verdict),
        shares=tuple(
            each.sentence(language()) for each in portions(snapshot.reader, as_of=as_of, of=mine)
        ),
        sums=tuple(
            each.sentence(language()) for each in sums(snapshot.reader, as_of=as_of, of=mine)
        ),
        progress=tuple(
            sorted(
                snapshot.reader.current(Progress, subject=indicator_id),
                key=lambda row: row.quarter,
                reverse=True,
            )
        ),
        outlook=outlook,
        coverage=snapshot.coverage if outlook else None,
        rules=rules,
        demonstration=any(each.demonstration for each in values)
        or any(is_demonstration(each) for each in verdicts),
    )
