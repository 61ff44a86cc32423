"""Settings taken in: one batch for a workbook, or for what a page changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from indicators.errors import InputRefused, UsageError
from indicators.findings import Finding, has_errors
from indicators.ledger import Ledger, Reader, Transaction
from indicators.model import (
    Bound,
    Commitment,
    Contact,
    Indicator,
    Office,
    Option,
    Relation,
    Setting,
    Share,
    SourceDocument,
    Target,
    digest_id,
)
from indicators.register.draft import Draft
from indicators.register.findings import FINDINGS
from indicators.register.holdings import roots
from indicators.register.proposing import refresh
from indicators.register.settings import in_force
from indicators.register.settingschecks import (
    PERIODS,
    check,
    part_words,
    split_points,
    wrong_parts,
)
from indicators.register.settling import rows_where, settle

__all__ = ["SORTS", "Changes", "apply", "check_settings", "divide", "revise", "take"]


Sort = Literal["year", "quarter", "office", "place"]
SORTS: Mapping[str, Sort] = {
    "year": "year",
    "quarter": "quarter",
    "office": "office",
    "place": "place",
}
"""What a target is split by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to be set, in one batch."""

    settings: Sequence[Setting] = ()
    targets: Sequence[Target] = ()
    """Revisions (with ``supersedes``) and targets withdrawn."""
    shares: Sequence[Share] = ()
    offices: Sequence[Office] = ()
    contacts: Sequence[Contact] = ()
    documents: Sequence[SourceDocument] = ()
    """With ``superseded_by`` set or emptied."""
    options: Sequence[Option] = field(default=())

    def __bool__(self) -> bool:
        """Tell whether there is anything to set."""
        return any(getattr(self, each.name) for each in dataclasses.fields(self))


def revise(
    target: Target,
    *,
    magnitude: Decimal,
    approved_by: str,
    reason: str,
    effective_on: date,
    bound: Bound | None = None,
    deadline: date | None = None,
) -> Target:
    """Return a revised target that replaces one from a day on; both stay on record.

    Raises:
        UsageError: the approving document or the reason is missing.
    """
    if not approved_by or not reason:
        missing = "批准文号" if not approved_by else "调整原因"
        raise UsageError(f"目标调整缺少{missing}", action="调整目标须写批准文号和调整原因")
    day = deadline or target.deadline
    return dataclasses.replace(
        target,
        target_id=digest_id("revision", target.target_id, magnitude.normalize(), day, approved_by),
        magnitude=magnitude,
        magnitude_high=None,
        bound=bound or ("equal" if target.bound == "between" else target.bound),
        deadline=day,
        date_source="stated" if deadline else target.date_source,
        status="accepted",
        supersedes=target.target_id,
        approved_by=approved_by,
        reason=reason,
        effective_on=effective_on,
    )


def divide(reader: Reader, target: Target, sort: str, parts: Mapping[str, Decimal]) -> list[Share]:
    """Return the rows that make parts the split of a target, those that fell out withdrawn.

    Args:
        reader: the ledger.
        target: what is split.
        sort: year, quarter, office or place.
        parts: value by part, in the target's unit; empty takes the split back.

    Raises:
        UsageError: a part is not written as its sort needs it.
        InputRefused: the parts do not make the target.
    """
    kind = SORTS.get(sort)
    if kind is None:
        raise UsageError("没有这种分解方式", action="请选择年度、季度、单位或地区")
    shape = PERIODS.get(sort)
    for part in parts:
        if shape and not shape[0].fullmatch(part):
            raise UsageError(f"分解对象“{part[:20]}”写法不对", action=f"请写{shape[1]}")
    indicator = next(iter(reader.current(Indicator, indicator_id=target.indicator_id)))
    settings = reader.current(Setting, indicator_id=target.indicator_id)
    accumulation = settings[0].accumulation if settings else ""
    wrong = wrong_parts(indicator, target, sort, parts, accumulation)
    if wrong:
        found, expected = part_words(target, wrong[1])
        said = FINDINGS[wrong[0]].at(
            "任务分解", sheet=indicator.name, cell=sort, found=found, expected=expected
        )
        raise InputRefused("任务分解没有保存", [said])
    before = {
        each.part: each
        for each in reader.current(Share, target_id=target.target_id)
        if each.sort == sort
    }
    gone = [
        dataclasses.replace(each, withdrawn=True)
        for part, each in before.items()
        if part not in parts and not each.withdrawn
    ]
    made = [
        Share(
            target_id=target.target_id,
            sort=kind,
            part=part,
            magnitude=magnitude,
            unit=target.unit,
        )
        for part, magnitude in parts.items()
    ]
    return gone + [each for each in made if before.get(each.part) != each]


def take(transaction: Transaction, changes: Changes) -> int:
    """Record settings in an open batch and settle what follows; returns the rows added."""
    before = {
        each.indicator_id: each
        for each in rows_where(
            transaction, Setting, "indicator_id", [one.indicator_id for one in changes.settings]
        )
    }
    renamed = [
        each.indicator_id
        for each in changes.settings
        for old in [before.get(each.indicator_id, Setting(indicator_id=each.indicator_id))]
        if old.synonyms != each.synonyms or old.caliber != each.caliber
    ]
    added = sum(
        transaction.add(rows)
        for rows in (
            changes.settings,
            changes.targets,
            changes.shares,
            changes.offices,
            changes.contacts,
            changes.documents,
            changes.options,
        )
    )
    digests = {each.document_digest for each in changes.documents}
    if renamed:
        leads = roots(transaction.current(Relation, status="accepted"))
        united = {*renamed, *(each for each, head in leads.items() if head in renamed)}
        places = {each.place for each in rows_where(transaction, Indicator, "indicator_id", united)}
        digests |= {
            each.document_digest for each in rows_where(transaction, Commitment, "place", places)
        }
    if digests:
        settled = settle(transaction, digests, carry=False)
        refresh(transaction, settled.holdings)
        added += settled.added
    return added


def check_settings(reader: Reader, settings: Sequence[Setting]) -> list[Finding]:
    """Return what is wrong with settings, at ``INDICATOR_ID`` and field, for a page."""
    indicators = {
        each.indicator_id: each
        for each in rows_where(
            reader, Indicator, "indicator_id", [one.indicator_id for one in settings]
        )
    }
    findings = []
    for each in settings:
        indicator = indicators.get(each.indicator_id)
        if indicator is None:
            findings.append(
                FINDINGS["register-key"].at(
                    "指标设置",
                    cell=each.indicator_id,
                    found=each.indicator_id,
                    problem="在台账库中没有",
                )
            )
            continue
        targets = in_force(reader.current(Target, indicator_id=each.indicator_id))
        parts = _parts(reader, targets)
        findings += [
            FINDINGS[code].at("指标设置", sheet=indicator.name, cell=name, **words)
            for code, name, words in check(each, indicator, targets, parts)
        ]
    return findings


def _parts(reader: Reader, targets: Sequence[Target]) -> Mapping[str, Decimal]:
    shares = rows_where(reader, Share, "target_id", [each.target_id for each in targets])
    return {
        each.part: each.magnitude
        for each in shares
        if not each.withdrawn and each.sort in ("year", "quarter")
    }


def apply(
    ledger: Ledger,
    changes: Changes | Callable[[Reader], Changes],
    *,
    who: str,
    reason: str = "",
    file_digest: str = "",
    demonstration: bool = False,
) -> list[Finding]:
    """Record settings in one batch; returns warnings.

    Args:
        ledger: where to.
        changes: what is to be set; where it depends on what stands, what makes it from the ledger
            as it is under the write lock, so that nobody changes it in between.
        who: the person that goes on record.
        reason: why, for the batch.
        file_digest: of the file it came with.
        demonstration: whether it is made up for show.

    Raises:
        InputRefused: the settings do not hold; nothing was recorded.
    """
    with ledger.batch(
        "settings", who=who, reason=reason, file_digest=file_digest, demonstration=demonstration
    ) as transaction:
        draft = Draft(transaction)
        made = changes(draft) if callable(changes) else changes
        findings = check_settings(draft, made.settings)
        if has_errors(findings):
            raise InputRefused("设置没有保存", findings)
        take(draft, made)
    return findings


def split_of(entries: Mapping[str, Decimal]) -> tuple[str, ...]:
    """Return parts of a split as settings keep them, in order of time."""
    ordered = sorted(entries.items())
    made = tuple(f"{part}={value.normalize():f}" for part, value in ordered)
    split_points(made)
    return made
