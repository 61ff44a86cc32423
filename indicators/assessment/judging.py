"""The ledger in, an assessment out: one verdict for every accepted target with a deadline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from indicators import periods
from indicators.assessment import evaluation, goals, profile, series
from indicators.assessment.chosen import Reading, choose, usable
from indicators.assessment.goal import months
from indicators.assessment.profile import Profile
from indicators.assessment.seasons import within_year
from indicators.assessment.verdict import Assessment
from indicators.ledger import Entry, Reader
from indicators.model import (
    CalendarEntry,
    Commitment,
    Indicator,
    Observation,
    Option,
    Place,
    Setting,
    Share,
    Submission,
    Target,
)

__all__ = ["cases_of", "judge", "judged_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the ledger says, by indicator and target."""

    targets: Sequence[Target]
    siblings: Mapping[str, Sequence[Target]]
    """Targets by indicator."""
    indicators: Mapping[str, Indicator]
    settings: Mapping[str, Setting]
    commitments: Mapping[str, Commitment]
    baselines: Mapping[str, Sequence[Commitment]]
    shares: Mapping[str, Mapping[str, Decimal]]
    calendar: Sequence[CalendarEntry]
    readings: Mapping[str, Sequence[Reading]]


def judged_day(reader: Reader, known_at: datetime | None = None) -> date:
    """Return the end of the latest quarter that has data; the day of today where there are none."""
    rows = reader.current(Observation, known_at=known_at)
    today = periods.local_day(datetime.now(tz=periods.SHANGHAI))
    ends = [each.period_end for each in rows if not each.withdrawn]
    if not ends:
        return today
    return periods.quarter(periods.quarter_of(periods.snap(max(ends)))).end


def _quarter(day: date) -> str:
    """Return the latest quarter that is over at a day."""
    code = periods.quarter_of(day)
    return code if periods.quarter(code).end == day else periods.previous_quarter(code)


def _below(reader: Reader, place: str, known_at: datetime | None) -> frozenset[str]:
    """Return a place and everything under it."""
    children: dict[str, list[str]] = defaultdict(list)
    for each in reader.current(Place, known_at=known_at):
        children[each.parent].append(each.place)
    found, waiting = {place}, [place]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return frozenset(found)


def _in_force(targets: Sequence[Target], as_of: date) -> list[Target]:
    """Return accepted targets of a day: a revision counts from its day on."""
    accepted = [
        each
        for each in targets
        if each.status == "accepted" and (each.effective_on is None or each.effective_on <= as_of)
    ]
    replaced = {each.supersedes for each in accepted if each.supersedes}
    return [each for each in accepted if each.target_id not in replaced]


def _settled(
    reader: Reader,
    found: list[tuple[Entry[Observation], bool]],
    submissions: Sequence[Submission],
    known_at: datetime | None,
) -> list[tuple[Entry[Observation], bool]]:
    """Leave out what waits for acceptance where only accepted values count (``wait``).

    What it was to replace stands again, as long as nobody has accepted the new value.
    """
    options = {
        each.scope: each.value
        for each in reader.current(Option, known_at=known_at, option="submission_review")
    }
    if "wait" not in options.values():
        return found
    by_id = {each.submission_id: each for each in submissions}
    kept = []
    for entry, pending in found:
        row = entry.row
        place = by_id[row.submission_id].place if pending else ""
        if not pending or (options.get(place) or options.get("")) != "wait":
            kept.append((entry, pending))
            continue
        earlier = [
            each
            for each in reader.history(
                Observation, indicator_id=row.indicator_id, period_end=row.period_end,
                basis=row.basis, source=row.source, origin=row.origin,
            )
            if not each.batch.voided_by
            and (known_at is None or each.batch.committed_at <= known_at)
            and each.row.period_start == row.period_start
            and (each.row.submission_id not in by_id
                 or by_id[each.row.submission_id].status in ("accepted", "superseded"))
        ]  # fmt: skip
        if earlier and not earlier[-1].row.withdrawn:
            kept.append((earlier[-1], False))
    return kept


def _facts(reader: Reader, as_of: date, known_at: datetime | None, place: str | None) -> Facts:
    indicators = {
        each.indicator_id: each
        for each in reader.current(Indicator, known_at=known_at)
        if not each.retired
    }
    if place:
        inside = _below(reader, place, known_at)
        indicators = {key: each for key, each in indicators.items() if each.place in inside}
    targets = [
        each
        for each in _in_force(reader.current(Target, known_at=known_at), as_of)
        if each.indicator_id in indicators and each.deadline is not None
    ]
    commitments = reader.current(Commitment, known_at=known_at)
    baselines: dict[str, list[Commitment]] = defaultdict(list)
    for commitment in commitments:
        if commitment.kind == "baseline" and commitment.review in ("accepted", "corrected"):
            baselines[commitment.indicator_id].append(commitment)
    shares: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for share in reader.current(Share, known_at=known_at):
        if share.sort in ("year", "quarter") and not share.withdrawn:
            shares[share.target_id][share.part] = share.magnitude
    submissions = reader.current(Submission, known_at=known_at)
    found = usable(reader.entries(Observation, known_at=known_at), submissions, as_of)
    found = _settled(reader, found, submissions, known_at)
    siblings: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        siblings[target.indicator_id].append(target)
    return Facts(
        targets=targets,
        siblings=siblings,
        indicators=indicators,
        settings={each.indicator_id: each for each in reader.current(Setting, known_at=known_at)},
        commitments={each.commitment_id: each for each in commitments},
        baselines=baselines,
        shares=shares,
        calendar=reader.current(CalendarEntry, known_at=known_at),
        readings=choose(found),
    )


def _due_on(
    calendar: Sequence[CalendarEntry], quarter: str, place: str, office: str, due_days: int
) -> date:
    """Return the day by which an office reports a quarter: its own line, its place's, everyone's."""
    best, rank = None, -1
    for each in calendar:
        if each.quarter != quarter or each.due_on is None:
            continue
        if each.place in ("", place) and each.office in ("", office):
            closeness = 2 * bool(each.office) + bool(each.place)
            if closeness > rank:
                best, rank = each.due_on, closeness
    return best or periods.quarter(quarter).end + timedelta(days=due_days)


def _wanted_quarter(
    facts: Facts, indicator: Indicator, setting: Setting | None, as_of: date, rules: Profile
) -> str:
    """Return the latest quarter whose value should have been reported by a day."""
    office = setting.reporting_office if setting else ""
    often = setting.frequency if setting else ""
    quarter = _quarter(as_of)
    for _ in range(8):
        asked = {"yearly": "4", "half_yearly": "24"}.get(often, "1234")
        due = _due_on(facts.calendar, quarter, indicator.place, office, rules.due_days)
        if quarter[-1] in asked and due < as_of:
            return quarter
        quarter = periods.previous_quarter(quarter)
    return quarter


def _case(facts: Facts, target: Target, as_of: date, rules: Profile) -> series.Case:
    indicator = facts.indicators[target.indicator_id]
    setting = facts.settings.get(target.indicator_id)
    readings = facts.readings.get(target.indicator_id, ())
    made = goals.made(
        target,
        indicator,
        setting,
        [facts.commitments[key] for key in target.commitments if key in facts.commitments],
        baselines=facts.baselines.get(target.indicator_id, ()),
        shares=facts.shares.get(target.target_id),
        others=facts.siblings[target.indicator_id],
        profile=within_year(readings) if setting and setting.schedule == "seasonal" else (),
        year=readings[-1].observation.period_end.year if readings else None,
    )
    wanted = _wanted_quarter(facts, indicator, setting, as_of, rules)
    last_day = periods.quarter(wanted).end
    return series.Case(
        target=target,
        indicator=indicator,
        setting=setting,
        made=made,
        readings=tuple(readings),
        wanted=months(last_day) if made.goal and months(last_day) > months(made.goal.start) else -1,
    )


def cases_of(
    reader: Reader, rule: Profile, day: date, known_at: datetime | None, place: str | None
) -> list[series.Case]:
    """Return every target to judge with what was observed of it."""
    facts = _facts(reader, day, known_at, place)
    return [_case(facts, target, day, rule) for target in facts.targets]


def judge(
    reader: Reader,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    rules: str = "schedule",
    place: str | None = None,
) -> Assessment:
    """Judge every accepted target with a deadline.

    Args:
        reader: the ledger.
        as_of: the day of looking; by default the end of the latest quarter that has data.
        known_at: judge with what was known then; by default with everything.
        rules: name of a rule profile, or the path of its file.
        place: only this place and those under it.

    Returns:
        The verdicts, worst first.

    Raises:
        UsageError: there is no such profile.
        ConfigurationError: the profile's file is wrong.
    """
    rule = profile.load(rules)
    day = as_of or judged_day(reader, known_at)
    cases = cases_of(reader, rule, day, known_at, place)
    verdicts = evaluation.verdicts(cases, rule, day)
    verdicts.sort(key=lambda each: (each.rank, each.target.target_id))
    batches = [
        each for each in reader.batches() if known_at is None or each.committed_at <= known_at
    ]
    return Assessment(
        as_of=day,
        quarter=_quarter(day),
        known_at=known_at,
        known_seq=max((each.seq for each in batches), default=0),
        profile=rule.name,
        version=rule.version,
        verdicts=tuple(verdicts),
    )
