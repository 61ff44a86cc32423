"""Settings of indicators: what belongs to each, and what its documents suggest.

Everything here is a pure function of rows; the workbook and the page call the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from indicators import units
from indicators.errors import IndicatorsError
from indicators.ledger import Reader
from indicators.model import (
    Accumulation,
    Commitment,
    Indicator,
    Observation,
    Relation,
    Setting,
    Share,
    Target,
)
from indicators.register.holdings import is_blank, roots
from indicators.register.offices import expand

__all__ = [
    "Proposal",
    "Subject",
    "in_force",
    "proposal",
    "reviewed",
    "stated_in",
    "subjects",
]

SCHEDULES = {
    "线性": "linear",
    "复合": "compound",
    "逐年等步": "yearly_steps",
    "按上年季节": "seasonal",
    "按阶段目标": "piecewise",
    "只看年度": "annual_only",
    "按分解": "split",
}
"""序时方式 as the workbook writes it."""
DIRECTIONS = {"上升": "up", "下降": "down", "保持": "maintain"}
FREQUENCIES = {"季报": "quarterly", "月报": "monthly", "半年报": "half_yearly", "年报": "yearly"}
BINDINGS = {"约束性": "binding", "预期性": "expected"}
CHANGES = {"相加": "additive", "连乘": "compound"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An indicator with what belongs to it."""

    indicator: Indicator
    setting: Setting
    """As it stands; one without values where nothing was set."""
    decided: bool
    """Whether somebody has set anything."""
    targets: Sequence[Target]
    """In force: accepted or proposed, not superseded."""
    observations: Sequence[Observation]
    commitments: Sequence[Commitment]
    shares: Sequence[Share] = ()
    """Parts in force of its targets, those of replaced ones among them."""
    replaced: Mapping[str, str] = field(default_factory=dict)
    """target_id → the target that it replaced."""
    waiting: Sequence[Target] = ()
    """Revisions of what was merged into it that none of its own targets carries on."""
    contributes_to: Indicator | None = None
    """What a confirmed relation makes it a named contribution to; it may have neither target nor
    statement of its own, and still needs an office that reports it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the documents suggest for the settings of an indicator; taken only by a person."""

    baseline: Decimal | None = None
    baseline_date: date | None = None
    baseline_source: str = ""
    reporting_office: str = ""
    supporting_offices: tuple[str, ...] = ()
    accumulation: Accumulation = ""


def in_force(targets: Iterable[Target]) -> list[Target]:
    """Return targets that count or may count: not rejected, withdrawn or superseded."""
    standing = [each for each in targets if each.status in ("proposed", "accepted")]
    replaced = {each.supersedes for each in standing if each.supersedes}
    kept = [each for each in standing if each.target_id not in replaced]
    return sorted(kept, key=lambda each: (each.deadline or date.max, each.target_id))


def subjects(reader: Reader, place: str = "") -> list[Subject]:
    """Return every indicator in use with its settings, targets, values and statements.

    Args:
        reader: the ledger.
        place: only of this place; empty for all.
    """
    indicators = [
        each
        for each in (reader.current(Indicator, place=place) if place else reader.current(Indicator))
        if not each.retired
    ]
    settings = {each.indicator_id: each for each in reader.current(Setting) if not is_blank(each)}
    by: dict[type[Any], dict[str, list[Any]]] = {Target: {}, Observation: {}, Commitment: {}}
    for target in reader.current(Target):
        by[Target].setdefault(target.indicator_id, []).append(target)
    shares: dict[str, list[Share]] = {}
    for share in reader.current(Share):
        if not share.withdrawn:
            shares.setdefault(share.target_id, []).append(share)
    for observation in reader.current(Observation):
        if not observation.withdrawn:
            by[Observation].setdefault(observation.indicator_id, []).append(observation)
    relations = reader.current(Relation, status="accepted")
    leads = roots(relations)
    everything = indicators if not place else reader.current(Indicator)
    named = {each.indicator_id: each for each in everything}
    whole = {
        each.subject: named.get(leads.get(each.object, each.object))
        for each in relations
        if each.sort == "contributes_to"
    }
    for commitment in reader.current(Commitment):
        if commitment.review != "rejected":
            head = leads.get(commitment.indicator_id, commitment.indicator_id)
            by[Commitment].setdefault(head, []).append(commitment)
    waiting: dict[str, list[Target]] = {}
    for subject, head in leads.items():
        for target in in_force(by[Target].get(subject, ())):
            waiting.setdefault(head, []).extend([target] if target.supersedes else ())
    found = [
        Subject(
            indicator=each,
            setting=settings.get(each.indicator_id, Setting(indicator_id=each.indicator_id)),
            decided=each.indicator_id in settings,
            targets=in_force(by[Target].get(each.indicator_id, ())),
            observations=sorted(
                by[Observation].get(each.indicator_id, ()), key=lambda one: one.period_end
            ),
            commitments=by[Commitment].get(each.indicator_id, []),
            shares=[
                part
                for one in by[Target].get(each.indicator_id, ())
                for part in shares.get(one.target_id, ())
            ],
            replaced={
                one.target_id: one.supersedes
                for one in by[Target].get(each.indicator_id, ())
                if one.supersedes
            },
            waiting=waiting.get(each.indicator_id, ()),
            contributes_to=whole.get(each.indicator_id),
        )
        for each in indicators
    ]
    return sorted(
        (
            each
            for each in found
            if each.targets or each.observations or each.decided or each.contributes_to
        ),
        key=lambda each: (
            each.indicator.place,
            min((one.start for one in each.commitments), default=0),
            each.indicator.name,
        ),
    )


def stated_in(unit: str, stated: Commitment | Target) -> Decimal | None:
    """Return what a statement or target says, in a unit; None where it does not convert."""
    if stated.unit == unit:
        return stated.magnitude
    try:
        return units.convert(stated.magnitude, stated.unit, unit)
    except IndicatorsError:
        return None


def proposal(subject: Subject) -> Proposal:
    """Return what the documents suggest.

    A baseline is suggested from a stated baseline, else from the earliest value that was measured
    before the first deadline.  The first office named is suggested to report and lead.
    """
    deadline = min((each.deadline for each in subject.targets if each.deadline), default=None)
    stated = [each for each in subject.commitments if each.kind == "baseline" and each.date]
    value: Decimal | None = None
    day: date | None = None
    source = ""
    if stated:
        latest = max(stated, key=lambda each: each.date or date.min)
        value = stated_in(subject.indicator.unit, latest)
        if value is not None:
            day, source = latest.date, f"原文基期 {latest.as_written}"
    elif subject.targets:
        before = [
            each for each in subject.observations if deadline is None or each.period_end < deadline
        ]
        if before:
            first = before[0]
            value, day = first.magnitude, first.period_end
            source = f"期限前的实际值 {first.as_written}".strip()
    named = next((each.offices for each in subject.commitments if each.offices), ())
    offices = [name for name, _ in expand(named, subject.indicator.place)]
    counted = Counter(each.accumulation for each in subject.commitments if each.accumulation)
    return Proposal(
        baseline=value,
        baseline_date=day,
        baseline_source=source,
        reporting_office=offices[0] if offices else "",
        supporting_offices=tuple(offices[1:]),
        accumulation=counted.most_common(1)[0][0] if counted else "",
    )


def reviewed(subject: Subject) -> bool:
    """Tell whether somebody has accepted a statement or a contribution of it, or set anything."""
    return bool(subject.decided or subject.contributes_to) or any(
        each.review in ("accepted", "corrected") for each in subject.commitments
    )
