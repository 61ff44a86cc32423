"""The rows of the settings workbook, from what the register holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indicators import units
from indicators.ledger import Reader
from indicators.model import (
    Contact,
    Indicator,
    Office,
    Option,
    Setting,
    Share,
    SourceDocument,
    Target,
    digest_id,
)
from indicators.register.amount import show
from indicators.register.correction import ACCUMULATIONS, BOUNDS
from indicators.register.policy import OPTIONS
from indicators.register.settings import (
    BINDINGS,
    CHANGES,
    DIRECTIONS,
    FREQUENCIES,
    SCHEDULES,
    Subject,
    proposal,
)
from indicators.register.settingschecks import split_points
from indicators.register.settingslayout import PARTS
from indicators.register.worklist import lacks

__all__ = [
    "bounded",
    "document_rows",
    "indicator_rows",
    "lack_rows",
    "office_rows",
    "option_rows",
    "phrase",
    "setting_version",
    "share_rows",
    "target_rows",
    "target_version",
]

STATUSES = {
    "proposed": "待审核",
    "accepted": "已确认",
    "rejected": "已驳回",
    "withdrawn": "已取消",
}
_BOUND_WORDS = {
    "at_least": "不低于 ",
    "at_most": "不高于 ",
    "about": "约 ",
    "between": "",
    "equal": "",
}


def _word(words: Mapping[str, str], value: str) -> str | None:
    return next((word for word, meant in words.items() if meant == value), None) or None


def value_of(target: Target) -> str:
    """Return the value of a target in words, both ends of a range: 1个至2个."""
    value = units.display(target.magnitude, target.unit)
    if target.magnitude_high is None:
        return value
    return f"{value}至{units.display(target.magnitude_high, target.unit)}"


def bounded(target: Target) -> str:
    """Return what a target asks for in words: 不低于 30EFLOPS."""
    return f"{_BOUND_WORDS[target.bound]}{value_of(target)}"


def phrase(target: Target) -> str:
    """Return a target in words: 不低于 30EFLOPS（2027-12-31）."""
    day = f"（{target.deadline}）" if target.deadline else "（无期限）"
    return f"{bounded(target)}{day}"


def without_target(subject: Subject) -> str:
    """Return what stands for the target of an indicator that has none."""
    whole = subject.contributes_to
    return f"（分级贡献：{whole.place} {whole.name}）" if whole else "（无目标）"


def setting_version(setting: Setting | None) -> str:
    """Return a digest of settings as exported; empty where there were none."""
    return digest_id(setting)[:8] if setting else ""


def target_version(target: Target) -> str:
    """Return a digest of what a target promises."""
    return digest_id(
        target.indicator_id,
        target.magnitude.normalize(),
        target.bound,
        target.deadline,
        target.status,
    )[:8]


def _split(entries: Sequence[str], unit: str) -> str | None:
    words = []
    for part, value in split_points(entries).items():
        shown = show(value, unit)
        words.append(
            f"{part}={shown if isinstance(shown, str) else format(value.normalize(), 'f')}"
        )
    return "; ".join(words) or None


def indicator_rows(subjects: Sequence[Subject]) -> list[dict[str, Any]]:
    """Return the rows of the sheet of indicators."""
    rows = []
    for each in subjects:
        setting, unit = each.setting, each.indicator.unit
        offered = proposal(each)
        baseline = (
            f"{units.display(offered.baseline, unit)}（{offered.baseline_date}，{offered.baseline_source}）"
            if offered.baseline is not None
            else None
        )
        offices = "、".join(
            name for name in (offered.reporting_office, *offered.supporting_offices) if name
        )
        rows.append(
            {
                "key": each.indicator.indicator_id,
                "version": setting_version(setting if each.decided else None),
                "place": each.indicator.place,
                "name": each.indicator.name,
                "unit": unit,
                "target": "\n".join(phrase(one) for one in each.targets) or without_target(each),
                "baseline": show(setting.baseline, unit),
                "baseline_date": _day(setting.baseline_date),
                "direction": _word(DIRECTIONS, setting.direction),
                "accumulation": _word(ACCUMULATIONS, setting.accumulation),
                "since": _day(setting.since),
                "schedule": _word(SCHEDULES, setting.schedule),
                "yearly_split": _split(setting.yearly_split, unit),
                "quarterly_split": _split(setting.quarterly_split, unit),
                "reporting_office": setting.reporting_office or None,
                "lead_office": setting.lead_office or None,
                "supporting_offices": "、".join(setting.supporting_offices) or None,
                "frequency": _word(FREQUENCIES, setting.frequency),
                "binding": _word(BINDINGS, setting.binding),
                "change": _word(CHANGES, setting.change),
                "caliber": setting.caliber or None,
                "caliber_since": _day(setting.caliber_since),
                "synonyms": "、".join(setting.synonyms) or None,
                "note": setting.note or None,
                "offered_baseline": baseline,
                "offered_offices": offices or None,
            }
        )
    return rows


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def target_rows(subjects: Sequence[Subject], past: Mapping[str, Target]) -> list[dict[str, Any]]:
    """Return the rows of the sheet of targets; ``past`` are superseded ones by id."""
    rows = []
    for each in subjects:
        for target in each.targets:
            told, at = [], target
            while at.supersedes in past:
                before = past[at.supersedes]
                told.append(f"{at.effective_on} {at.approved_by}：{phrase(before)} → {phrase(at)}")
                at = before
            rows.append(
                {
                    "key": target.target_id,
                    "version": target_version(target),
                    "place": each.indicator.place,
                    "name": each.indicator.name,
                    "value": value_of(target),
                    "bound": _word(BOUNDS, target.bound),
                    "deadline": _day(target.deadline),
                    "as_written": target.as_written,
                    "status": STATUSES[target.status],
                    "history": "\n".join(told) or None,
                }
            )
    return rows


def share_rows(
    shares: Sequence[Share], targets: Mapping[str, Target], indicators: Mapping[str, Indicator]
) -> list[dict[str, Any]]:
    """Return the rows of the sheet of splits."""
    rows = []
    for each in shares:
        target = targets.get(each.target_id)
        indicator = indicators.get(target.indicator_id) if target else None
        if each.withdrawn or target is None or indicator is None:
            continue
        rows.append(
            {
                "key": each.target_id,
                "version": digest_id(each)[:8],
                "place": indicator.place,
                "name": indicator.name,
                "deadline": _day(target.deadline),
                "sort": _word(PARTS, each.sort),
                "part": each.part,
                "magnitude": show(each.magnitude, each.unit),
                "unit": each.unit,
            }
        )
    return rows


def office_rows(offices: Sequence[Office], contacts: Sequence[Contact]) -> list[dict[str, Any]]:
    """Return the rows of the sheet of offices."""
    reach = {(each.place, each.office): each for each in contacts}
    return [
        {
            "version": digest_id(each, reach.get((each.place, each.office)))[:8],
            "place": each.place,
            "office": each.office,
            "aliases": "、".join(each.aliases) or None,
            "parent": each.parent or None,
            "sort": "群组" if each.sort == "group" else "单位",
            "leader": told.leader if told else None,
            "contact": told.contact if told else None,
            "phone": told.phone if told else None,
        }
        for each in offices
        for told in [reach.get((each.place, each.office))]
    ]


def document_rows(documents: Sequence[SourceDocument]) -> list[dict[str, Any]]:
    """Return the rows of the sheet of documents."""
    names = {each.document_digest: each.number or each.document for each in documents}
    return [
        {
            "key": each.document_digest,
            "document": each.document,
            "title": each.title,
            "number": each.number,
            "issuer": each.issuer,
            "issued_on": _day(each.issued_on),
            "superseded_by": names.get(each.superseded_by, each.superseded_by) or None,
        }
        for each in documents
    ]


def option_rows(reader: Reader) -> list[dict[str, Any]]:
    """Return the rows of the sheet of options."""
    return [
        {"option": OPTIONS[each.option], "scope": each.scope, "value": each.value}
        for each in reader.current(Option)
        if each.option in OPTIONS
    ]


def lack_rows(subjects: Sequence[Subject]) -> list[dict[str, Any]]:
    """Return the rows of the work list."""
    return [
        {
            "place": each.indicator.place,
            "name": each.indicator.name,
            "lacks": each.lacks,
            "proposal": each.proposal or None,
        }
        for subject in subjects
        for each in lacks(subject)
    ]
