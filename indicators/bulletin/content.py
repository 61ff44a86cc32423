"""What a bulletin says, before it is a Word document or a page: plain records with every source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators import periods
from indicators.assessment import Assessment, Verdict
from indicators.assessment.verdict import LIGHT_LABELS, STATE_LABELS, Light, State
from indicators.bulletin.words import amount, excerpt, points_words, target_words
from indicators.errors import UsageError
from indicators.ledger import Reader
from indicators.model import (
    Board,
    Commitment,
    Indicator,
    Setting,
    SourceDocument,
    Submission,
    Target,
)

__all__ = ["Bulletin", "Change", "Line", "Missing", "compose", "of_office"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One target on a bulletin: texts ready to print, and where each figure stands."""

    target_id: str
    light: Light
    state: State
    name: str
    place: str
    office: str
    target: str
    deadline: date | None
    expected: str
    actual: str
    gap: str
    marks: tuple[str, ...]
    sentence: str
    quote: str
    """The sentence that made the commitment, line breaks removed, a long one cut at its clauses."""
    document: str
    """《Title》 of the document; its file name where it has none."""
    section: str
    cell: str
    """``FILE!SHEET!CELL`` or document of the value judged; empty without one."""
    repeat: str
    """连续两次黄灯, with the measure that the rules of escalation ask for; empty the first time."""
    revised: str
    """Old and new target with the approving document, where the target was revised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A light that differs from the last issued board."""

    name: str
    place: str
    before: str
    after: str
    cause: str


@dataclass(frozen=True, slots=True)
class Missing:
    """An office that has not reported the quarter, with what it owes."""

    place: str
    office: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """A board in words."""

    title: str
    quarter: str
    scope: str
    as_of: date
    profile: str
    version: str
    known_seq: int
    issued: Board | None
    """The board it prints; None for a preview."""
    lights: Mapping[Light, int]
    states: Mapping[State, int]
    lines: Sequence[Line]
    changes: Sequence[Change]
    missing: Sequence[Missing]
    demonstration: bool
    office: str = ""
    """To whom a 督办单 goes, with its place; empty on a bulletin."""

    def of(self, light: Light) -> list[Line]:
        """Return the lines of one light, worst first."""
        return [line for line in self.lines if line.light == light]


def _line(
    verdict: Verdict,
    commitments: Mapping[str, Commitment],
    targets: Mapping[str, Target],
    titles: Mapping[str, str],
    repeat: str,
) -> Line:
    stated = [commitments[each] for each in verdict.target.commitments if each in commitments]
    first = stated[0] if stated else None
    seen = verdict.observation
    cell = ""
    if seen is not None:
        cell = "!".join(part for part in (seen.file_name, seen.sheet, seen.cell) if part)
        if not cell and seen.commitment_id in commitments:
            told = commitments[seen.commitment_id]
            cell = titles.get(told.document_digest, told.document)
    old = targets.get(verdict.target.supersedes)
    revised = ""
    if old is not None:
        new = verdict.target
        before, after = target_words(old), target_words(new)
        if old.deadline != new.deadline:
            before, after = f"{before}（{old.deadline}）", f"{after}（{new.deadline}）"
        revised = f"原目标 {before}，调整为 {after}（{new.approved_by or '未注文号'}）"
    sign = "≥" if seen is not None and seen.bound == "at_least" else ""
    points = verdict.gap_points
    return Line(
        target_id=verdict.target.target_id,
        light=verdict.light,
        state=verdict.state,
        name=verdict.indicator.name,
        place=verdict.indicator.place,
        office=verdict.office,
        target=target_words(verdict.target),
        deadline=verdict.target.deadline,
        expected=amount(verdict.expected, verdict.indicator.unit),
        actual=("" if verdict.actual is None else sign)
        + amount(verdict.actual, verdict.indicator.unit),
        gap="—" if points is None else points_words(points),
        # The line on the revision says more than its mark.
        marks=tuple(each for each in verdict.marks if not revised or each != verdict.revised),
        sentence=verdict.sentence(),
        quote=excerpt(first.sentence, first.start - first.sentence_start) if first else "",
        document=titles.get(first.document_digest, first.document) if first else "",
        section=first.section.replace(" / ", " › ") if first else "",
        cell=cell,
        repeat=repeat,
        revised=revised,
    )


def _missing(
    reader: Reader, assessment: Assessment, place: str, known_at: datetime | None
) -> list[Missing]:
    """Offices that should report the quarter and of which no accepted or open submission stands."""
    handed = {
        (each.place, each.office)
        for each in reader.current(Submission, known_at=known_at, quarter=assessment.quarter)
        if each.status in ("submitted", "accepted")
    }
    followed = {verdict.indicator.indicator_id for verdict in assessment.verdicts}
    indicators = {each.indicator_id: each for each in reader.current(Indicator, known_at=known_at)}
    owed: dict[tuple[str, str], list[str]] = {}
    for setting in reader.current(Setting, known_at=known_at):
        indicator = indicators.get(setting.indicator_id)
        if indicator is None or indicator.indicator_id not in followed:
            continue
        office = (indicator.place, setting.reporting_office)
        if setting.reporting_office and office not in handed and place in ("", office[0]):
            owed.setdefault(office, []).append(indicator.name)
    return [Missing(*office, tuple(sorted(names))) for office, names in sorted(owed.items())]


def compose(
    reader: Reader,
    assessment: Assessment,
    *,
    scope: str = "",
    issued: Board | None = None,
    changes: Sequence[Change] = (),
    repeats: Mapping[str, str] | None = None,
    known_at: datetime | None = None,
) -> Bulletin:
    """Return the bulletin of an assessment; the same board gives the same bulletin.

    Args:
        reader: the ledger.
        assessment: the verdicts to print.
        scope: the place it is about, empty for all.
        issued: the board, None for a preview.
        changes: against the last board of an earlier quarter.
        repeats: words on a light that repeats, by target.
        known_at: the moment up to which the board knew the ledger.
    """
    commitments = {
        each.commitment_id: each for each in reader.current(Commitment, known_at=known_at)
    }
    targets = {each.target_id: each for each in reader.current(Target, known_at=known_at)}
    titles = {
        each.document_digest: f"《{each.title}》"
        for each in reader.current(SourceDocument, known_at=known_at)
        if each.title
    }
    verdicts = assessment.verdicts
    demonstration = any(
        verdict.target.demonstration
        or (verdict.observation is not None and verdict.observation.demonstration)
        or (verdict.setting is not None and verdict.setting.demonstration)
        for verdict in verdicts
    )
    when = periods.label(assessment.quarter) if assessment.quarter else f"{assessment.as_of}"
    title = f"{scope}{when}目标进度通报"
    return Bulletin(
        title=issued.title if issued is not None and issued.title else title,
        quarter=assessment.quarter,
        scope=scope,
        as_of=assessment.as_of,
        profile=assessment.profile,
        version=assessment.version,
        known_seq=assessment.known_seq,
        issued=issued,
        lights=assessment.lights(),
        states=assessment.counts(),
        lines=[
            _line(
                verdict,
                commitments,
                targets,
                titles,
                (repeats or {}).get(verdict.target.target_id, ""),
            )
            for verdict in verdicts
        ],
        changes=changes,
        missing=_missing(reader, assessment, scope, known_at),
        demonstration=demonstration,
    )


def of_office(bulletin: Bulletin, place: str, office: str) -> Bulletin:
    """Return what a 督办单 to one office says: its flagged lines and what it has not reported.

    Raises:
        UsageError: nothing of the place is this office's, or nothing of it has to be pressed for.
    """
    from dataclasses import replace

    own = (place, office)
    known = {(each.place, each.office) for each in bulletin.lines}
    if own not in known | {(each.place, each.office) for each in bulletin.missing}:
        raise UsageError(
            f"{bulletin.title}中没有“{place} {office}”负责的目标",
            action="请核对地区和单位的名称，名称见 indicators submission list",
        )

    flagged = [
        line
        for line in bulletin.lines
        if (line.place, line.office) == own
        and (line.light in ("yellow", "red") or "逾期" in line.marks)
    ]
    missing = [each for each in bulletin.missing if (each.place, each.office) == own]
    if not flagged and not missing:
        raise UsageError(
            f"{place}{office}没有黄灯、红灯、逾期或未报送的目标，无须督办",
            action="需要全部情况的，请生成通报（不写单位）",
        )
    return replace(
        bulletin,
        title=f"督办单：{place}{office}",
        office=f"{place}{office}",
        lines=flagged,
        lights={light: sum(line.light == light for line in flagged) for light in LIGHT_LABELS},
        states={state: sum(line.state == state for line in flagged) for state in STATE_LABELS},
        changes=[
            each
            for each in bulletin.changes
            if any((line.name, line.place) == (each.name, each.place) for line in flagged)
        ],
        missing=missing,
    )
