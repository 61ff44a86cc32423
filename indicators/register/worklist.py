"""What indicators still lack, and what no longer fits what was decided since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indicators import units
from indicators.ledger import Reader
from indicators.model import Indicator, Target
from indicators.register.findings import FINDINGS
from indicators.register.settings import Subject, proposal, stated_in, subjects
from indicators.register.settingschecks import check, part_words, wrong_parts

__all__ = ["Lack", "lacks", "work_list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Something that an indicator still needs before it can be judged or reported."""

    indicator: Indicator
    lacks: str
    """审核, 报送单位, 基期, 期限, 设置, 任务分解 or 目标调整."""
    proposal: str = ""
    """What the documents suggest, or what does not fit."""


def _needs_baseline(subject: Subject, target: Target) -> bool:
    """Tell whether a target can be judged only from a baseline, as design and rules have it.

    What adds up from a known start begins at 0 there; what starts again each January is compared
    with the year before, unless it is a target of one year.  A count is either: 新增 adds up from
    its start, 累计建成 is what stands.  Caps and floors of one year need none.
    """
    sort, setting = subject.indicator.sort, subject.setting
    if sort in ("growth", "change", "range", "milestone") or target.deadline is None:
        return False
    of = {each.commitment_id: each for each in subject.commitments}
    stated = [of[each].accumulation for each in target.commitments if each in of]
    accumulation = setting.accumulation or next(filter(None, stated), "")
    one_year = target.plan_start is None or target.plan_start.year == target.deadline.year
    if sort in ("amount", "count") and accumulation not in ("", "level"):
        return accumulation == "year_to_date" and not one_year
    if setting.direction == "maintain" or (one_year and target.bound in ("at_least", "at_most")):
        return False
    return sort != "count" or accumulation == "level"


def lacks(subject: Subject) -> list[Lack]:
    """Return what one indicator still lacks; one without targets needs only an office."""
    return [
        Lack(indicator=subject.indicator, lacks=what, proposal=words)
        for way in (_missing, _settings, _parts, _revisions)
        for what, words in way(subject)
    ]


def _missing(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield what nobody has decided yet."""
    offered = proposal(subject)
    unit = subject.indicator.unit
    setting = subject.setting
    if any(each.status == "proposed" for each in subject.targets):
        yield "审核", ""
    if not setting.reporting_office:
        yield "报送单位", offered.reporting_office
    accepted = [each for each in subject.targets if each.status == "accepted"]
    needed = any(_needs_baseline(subject, each) for each in accepted)
    # What was measured before the deadline is offered even where a rule could do without.
    measured = accepted and subject.indicator.sort == "level" and offered.baseline is not None
    if setting.baseline is None and (needed or measured):
        stated = any(
            each.kind == "baseline"
            and each.review != "proposed"
            and each.date
            and stated_in(unit, each) is not None
            for each in subject.commitments
        )
        if not stated:
            words = (
                f"{units.display(offered.baseline, unit)}（{offered.baseline_date}）"
                if offered.baseline is not None
                else ""
            )
            yield "基期", words
    for each in accepted:
        if each.deadline is None:
            yield "期限", ""


def _settings(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with settings: they were right when they were made.

    A corrected, merged or revised target may have left its yearly split or baseline behind.
    """
    if not subject.decided:
        return
    parts = {
        each.part: each.magnitude for each in subject.shares if each.sort in ("year", "quarter")
    }
    for code, _, words in check(subject.setting, subject.indicator, subject.targets, parts):
        if FINDINGS[code].severity == "error":
            yield "设置", FINDINGS[code].at("", **words).message


def _parts(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield splits that do not make their target, and those that a revision left behind."""
    accumulation = subject.setting.accumulation
    for target in subject.targets:
        own = {each.sort for each in subject.shares if each.target_id == target.target_id}
        for sort in sorted(own):
            parts = {
                each.part: each.magnitude
                for each in subject.shares
                if (each.target_id, each.sort) == (target.target_id, sort)
            }
            wrong = wrong_parts(subject.indicator, target, sort, parts, accumulation)
            if wrong:
                found, expected = part_words(target, wrong[1])
                said = FINDINGS[wrong[0]].at("", found=found, expected=expected)
                yield "任务分解", said.message
        left = 0
        before = target.target_id
        while before := subject.replaced.get(before, ""):
            left += len(
                [one for one in subject.shares if one.target_id == before and one.sort not in own]
            )
        if left:
            yield "任务分解", FINDINGS["settings-split-left"].at("", found=left).message


def _revisions(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield revisions of what was merged into an indicator that had been revised itself."""
    for each in subject.waiting:
        if not any(_carries_on(mine, each) for mine in subject.targets):
            value = units.display(each.magnitude, each.unit)
            yield "目标调整", f"并入的指标曾调整为 {value}（{each.approved_by}），没有带过来"


def _carries_on(mine: Target, other: Target) -> bool:
    """Tell whether a target says what a revision of another indicator said, or by its paper."""
    same = stated_in(mine.unit, other) == mine.magnitude and mine.deadline == other.deadline
    return same or (bool(mine.supersedes) and mine.approved_by == other.approved_by)


def work_list(reader: Reader, place: str = "") -> list[Lack]:
    """Return everything that indicators still lack, for the desk."""
    return [each for subject in subjects(reader, place) for each in lacks(subject)]
