"""What the register holds, worked out from statements and decisions alone.

``work_out`` is a pure function: the same commitments, relations and settings give the same
indicators, targets and observations, in whatever order they came.  Undoing a decision is therefore
working it out again without it.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from indicators import units
from indicators.bulk import collector_at_rest
from indicators.errors import IndicatorsError
from indicators.model import (
    Commitment,
    Indicator,
    Observation,
    Relation,
    Setting,
    Source,
    SourceDocument,
    Target,
    digest_id,
)
from indicators.register.bulk import assigned
from indicators.register.identity import Group, Joined, group, join
from indicators.register.kinds import target_type
from indicators.register.likeness import authority
from indicators.register.names import Synonyms, key

__all__ = [
    "Facts",
    "Holdings",
    "apart",
    "continued",
    "grouped",
    "is_blank",
    "roots",
    "synonyms_of",
    "target_id",
    "work_out",
]

_SOURCES: Mapping[str, Source] = {
    "plan": "plan",
    "policy": "plan",
    "report": "report",
    "bulletin": "bulletin",
    "news": "news",
    "": "report",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the register is worked out from."""

    commitments: Sequence[Commitment]
    """With corrections in them; every statement of the documents concerned."""
    documents: Mapping[str, SourceDocument]
    relations: Sequence[Relation] = ()
    settings: Mapping[str, Setting] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    """As they stand, for those that no statement makes (named contributions)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What follows from the facts."""

    groups: Sequence[Group]
    commitments: Sequence[Commitment]
    """Each with the indicator that its document makes of it."""
    indicators: Sequence[Indicator]
    targets: Sequence[Target]
    observations: Sequence[Observation]


def is_blank(setting: Setting | None) -> bool:
    """Tell whether settings say nothing: none were made, or an undone merge took them back."""
    return setting is None or setting == Setting(
        indicator_id=setting.indicator_id, demonstration=setting.demonstration
    )


def target_id(commitment_id: str) -> str:
    """Return the id of the target whose first commitment this is."""
    return digest_id("target", commitment_id)


def roots(relations: Iterable[Relation]) -> dict[str, str]:
    """Return, for each indicator that was merged away, the one that it leads to."""
    above = {
        each.subject: each.object
        for each in relations
        if each.sort == "merged_into" and each.status == "accepted"
    }
    found = {}
    for start in above:
        seen = {start}
        end = start
        while end in above and above[end] not in seen:
            end = above[end]
            seen.add(end)
        found[start] = end
    return found


def apart(relations: Iterable[Relation]) -> dict[str, str]:
    """Return commitment_id → indicator_id for statements that a person split off."""
    return {
        each.subject: each.object
        for each in relations
        if each.sort == "split_from" and each.status == "accepted"
    }


def synonyms_of(
    settings: Iterable[Setting], indicators: Mapping[str, Indicator]
) -> dict[tuple[str, str], str]:
    """Return the synonyms that settings declare, each for the place of its indicator."""
    found: dict[tuple[str, str], str] = {}
    for each in settings:
        owner = indicators.get(each.indicator_id)
        if owner is None:
            continue
        for word in each.synonyms:
            if key(word) != key(owner.name):
                found[owner.place, key(word)] = key(owner.name)
    return found


def continued(groups: Sequence[Group], set_up: Iterable[str] = ()) -> list[Group]:
    """Let a group keep the id under which its statements stand already.

    A newer extractor that finds an earlier statement, a rejected first one or a new synonym would
    otherwise give the indicator another id and lose its settings.

    Args:
        groups: as the statements make them, each statement with the indicator it stood under.
        set_up: indicators that have settings: where several become one, theirs is kept.
    """
    taken = {each.indicator_id for each in groups}
    set_up = set(set_up)
    result = []
    for each in groups:
        identity = each.indicator_id
        before = [one.indicator_id for one in each.commitments if one.indicator_id]
        free = [one for one in before if one not in taken]
        wanted = next((one for one in free if one in set_up), "")
        if identity not in set_up and wanted:
            identity = wanted
        elif before and identity not in before and free:
            identity = free[0]
        taken.add(identity)
        result.append(
            each
            if identity == each.indicator_id
            else dataclasses.replace(each, indicator_id=identity)
        )
    return result


def grouped(facts: Facts) -> list[Group]:
    """Group the statements of the facts, ids continued."""
    synonyms: Synonyms = synonyms_of(facts.settings.values(), facts.indicators)
    made = group(facts.commitments, synonyms, apart(facts.relations))
    return continued(made, facts.settings)


def _in_unit(commitment: Commitment, magnitude: Decimal, unit: str) -> Decimal:
    if commitment.unit == unit:
        return magnitude
    try:
        return units.convert(magnitude, commitment.unit, unit)
    except IndicatorsError:
        # A unit that the table does not know converts by what extraction worked out.
        return magnitude


def _accepted(joined: Joined) -> bool:
    return any(each.review in ("accepted", "corrected") for each in joined.commitments)


def _target(
    joined: Joined, identity: str, unit: str, documents: Mapping[str, SourceDocument]
) -> Target:
    first = joined.first
    document = documents.get(first.document_digest)
    high = first.magnitude_high
    # A document that was replaced as a whole promises nothing any more.
    replaced = all(
        told is not None and told.superseded_by
        for told in (documents.get(each.document_digest) for each in joined.commitments)
    )
    return Target(
        target_id=target_id(first.commitment_id),
        indicator_id=identity,
        magnitude=_in_unit(first, first.magnitude, unit),
        magnitude_high=None if high is None else _in_unit(first, high, unit),
        unit=unit,
        bound=joined.bound,
        deadline=joined.deadline,
        date_source=joined.date_source,
        commitments=tuple(each.commitment_id for each in joined.commitments),
        as_written=first.as_written,
        status="withdrawn" if replaced else "accepted" if _accepted(joined) else "proposed",
        plan_start=document.plan_start if document else None,
    )


def _period_start(commitment: Commitment, day: date, document: SourceDocument | None) -> date:
    if commitment.accumulation == "since_start" and document and document.plan_start:
        return min(document.plan_start, day)
    if commitment.accumulation in ("year_to_date", "since_start", "period"):
        return date(day.year, 1, 1)
    return day


def _observation(
    commitment: Commitment, identity: str, unit: str, document: SourceDocument | None
) -> Observation:
    day = commitment.date
    assert day is not None
    return Observation(
        indicator_id=identity,
        period_start=_period_start(commitment, day, document),
        period_end=day,
        basis=commitment.accumulation or "level",
        source=_SOURCES[document.genre if document else ""],
        origin=commitment.document_digest,
        magnitude=_in_unit(commitment, commitment.magnitude, unit),
        unit=unit,
        bound=commitment.bound,
        as_written=commitment.as_written,
        document_digest=commitment.document_digest,
        commitment_id=commitment.commitment_id,
    )


def _observations(
    members: Sequence[Commitment],
    identity: str,
    unit: str,
    documents: Mapping[str, SourceDocument],
) -> list[Observation]:
    """Return one observation a document and period; the first statement of it is quoted."""
    found: dict[tuple[object, ...], Observation] = {}
    for each in members:
        if each.kind == "target" or each.date is None or each.review == "rejected":
            continue
        made = _observation(each, identity, unit, documents.get(each.document_digest))
        found.setdefault((made.period_start, made.period_end, made.basis, made.origin), made)
    return list(found.values())


def _indicator(root: Group, members: Sequence[Commitment], setting: Setting | None) -> Indicator:
    leading = next((each for each in members if each.kind == "target"), members[0])
    caliber = (setting.caliber if setting else "") or root.distribution
    return Indicator(
        indicator_id=root.indicator_id,
        name=root.name,
        place=root.place,
        unit=leading.unit,
        dimension=root.dimension,
        caliber=caliber,
        sort=target_type(root.name, root.dimension, leading.bound),
    )


@collector_at_rest()
def work_out(facts: Facts) -> Holdings:
    """Return what the register holds of the facts.

    Indicators that were merged away are in it as retired, with their own targets withdrawn.
    """
    groups = grouped(facts)
    by_id = {each.indicator_id: each for each in groups}
    leads = roots(facts.relations)
    united: dict[str, list[Group]] = defaultdict(list)
    for each in groups:
        united[leads.get(each.indicator_id, each.indicator_id)].append(each)
    indicators: list[Indicator] = []
    targets: dict[str, Target] = {}
    observations: list[Observation] = []
    for identity, together in united.items():
        ordered = together
        if len(together) > 1:
            ordered = sorted(
                together,
                key=lambda each: (each.indicator_id != identity, authority(each, facts.documents)),
            )
        members = [one for each in ordered for one in each.commitments]
        root = by_id.get(identity)
        indicator = (
            _indicator(root, members, facts.settings.get(identity))
            if root
            else facts.indicators.get(identity)
        )
        if indicator is None:
            continue
        indicators.append(indicator)
        for joined in join(members):
            made = _target(joined, identity, indicator.unit, facts.documents)
            targets[made.target_id] = made
        observations += _observations(members, identity, indicator.unit, facts.documents)
    for each in groups:
        if each.indicator_id in leads:
            retired = _indicator(each, each.commitments, facts.settings.get(each.indicator_id))
            indicators.append(dataclasses.replace(retired, retired=True))
            for joined in join(each.commitments):
                made = _target(joined, each.indicator_id, retired.unit, facts.documents)
                targets.setdefault(made.target_id, dataclasses.replace(made, status="withdrawn"))
    member_of = {
        one.commitment_id: each.indicator_id for each in groups for one in each.commitments
    }
    # By groups, which are in the order of the texts: whichever way they came, one order is written,
    # and neighbours in a text are neighbours in memory.
    ordered_rows = [one for each in groups for one in each.commitments]
    ordered_rows += [each for each in facts.commitments if each.commitment_id not in member_of]
    return Holdings(
        groups=groups,
        commitments=assigned(ordered_rows, member_of),
        indicators=indicators,
        targets=list(targets.values()),
        observations=observations,
    )
