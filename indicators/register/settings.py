"""Settings of indicators: what is proposed, what is wrong with them, and what is still missing.

Everything here is a pure function of rows; the workbook and the page call the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from indicators import units
from indicators.ledger import Reader
from indicators.model import (
    Accumulation,
    Commitment,
    Indicator,
    Observation,
    Relation,
    Setting,
    Target,
)
from indicators.register.holdings import is_blank, roots
from indicators.register.offices import expand

__all__ = [
    "Lack",
    "Proposal",
    "Subject",
    "in_force",
    "lacks",
    "proposal",
    "reviewed",
    "subjects",
    "work_list",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Something that an indicator still needs before it can be judged or reported."""

    indicator: Indicator
    lacks: str
    """基期, 报送单位, 期限 or 审核."""
    proposal: str = ""


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
        if latest.unit == subject.indicator.unit:
            value, day, source = latest.magnitude, latest.date, f"原文基期 {latest.as_written}"
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


def _from_zero(subject: Subject) -> bool:
    return subject.indicator.sort in ("count", "growth", "change", "range", "milestone")


def lacks(subject: Subject) -> list[Lack]:
    """Return what one indicator still lacks; one without targets needs only an office."""
    found = []
    offered = proposal(subject)
    setting = subject.setting
    if any(each.status == "proposed" for each in subject.targets):
        found.append(Lack(indicator=subject.indicator, lacks="审核"))
    if not setting.reporting_office:
        found.append(
            Lack(indicator=subject.indicator, lacks="报送单位", proposal=offered.reporting_office)
        )
    accepted = [each for each in subject.targets if each.status == "accepted"]
    if accepted and setting.baseline is None and not _from_zero(subject):
        stated = any(
            each.kind == "baseline" and each.review != "proposed" for each in subject.commitments
        )
        if not stated:
            words = (
                f"{units.display(offered.baseline, subject.indicator.unit)}（{offered.baseline_date}）"
                if offered.baseline is not None
                else ""
            )
            found.append(Lack(indicator=subject.indicator, lacks="基期", proposal=words))
    found += [
        Lack(indicator=subject.indicator, lacks="期限")
        for each in accepted
        if each.deadline is None
    ]
    return found


def reviewed(subject: Subject) -> bool:
    """Tell whether somebody has accepted a statement or a contribution of it, or set anything."""
    return bool(subject.decided or subject.contributes_to) or any(
        each.review in ("accepted", "corrected") for each in subject.commitments
    )


def work_list(reader: Reader, place: str = "") -> list[Lack]:
    """Return everything that indicators still lack, for the desk."""
    return [each for subject in subjects(reader, place) for each in lacks(subject)]
