"""The ledger in, an assessment out: one verdict for every accepted target with a deadline."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from indicators import periods
from indicators.assessment import evaluation, goals, profile, series
from indicators.assessment.calibers import comparable
from indicators.assessment.facts import Facts, gather
from indicators.assessment.goal import Goal, months
from indicators.assessment.profile import Profile
from indicators.assessment.seasons import within_year
from indicators.assessment.verdict import Assessment
from indicators.bulk import collector_at_rest
from indicators.ledger import Reader
from indicators.model import CalendarEntry, Indicator, Observation, Setting, Target

__all__ = ["Wanted", "case_of", "cases_of", "judge", "judged_day"]


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


class Wanted:
    """The month that should have been reported by a day, by place, office and frequency."""

    def __init__(self, calendar: Sequence[CalendarEntry], as_of: date, rules: Profile) -> None:
        self.calendar, self.as_of, self.due_days = calendar, as_of, rules.due_days
        self.known: dict[tuple[str, str, str], int] = {}

    def of(self, indicator: Indicator, setting: Setting | None, goal: Goal | None) -> int:
        """Return that month for a goal; -1 where it has not begun by then."""
        office = setting.reporting_office if setting else ""
        often = setting.frequency if setting else ""
        month = self.month(indicator.place, office, often)
        return month if goal and month > months(goal.start) else -1

    def month(self, place: str, office: str, often: str) -> int:
        """Return the last month of the latest quarter whose value should be there by now."""
        key = place, office, often
        if key not in self.known:
            self.known[key] = months(periods.quarter(self._quarter(*key)).end)
        return self.known[key]

    def _quarter(self, place: str, office: str, often: str) -> str:
        asked = {"yearly": "4", "half_yearly": "24"}.get(often, "1234")
        quarter = _quarter(self.as_of)
        for _ in range(8):
            due = _due_on(self.calendar, quarter, place, office, self.due_days)
            if quarter[-1] in asked and due < self.as_of:
                return quarter
            quarter = periods.previous_quarter(quarter)
        return quarter


def case_of(facts: Facts, target: Target, wanted: Wanted) -> series.Case:
    """Return a target of some facts with what was observed of it."""
    indicator = facts.indicators[target.indicator_id]
    setting = facts.settings.get(target.indicator_id)
    found = comparable(
        target,
        setting,
        facts.readings.get(target.indicator_id, ()),
        facts.baselines.get(target.indicator_id, ()),
    )
    readings = found.readings
    made = goals.made(
        target,
        indicator,
        found.setting,
        [facts.commitments[key] for key in target.commitments if key in facts.commitments],
        baselines=found.baselines,
        shares=facts.shares.get(target.target_id),
        others=facts.siblings[target.indicator_id],
        profile=within_year(readings) if setting and setting.schedule == "seasonal" else (),
        year=readings[-1].observation.period_end.year if readings else None,
    )
    if found.why is not None:
        made = dataclasses.replace(made, goal=None, why=found.why)
    return series.Case(
        target=target,
        indicator=indicator,
        setting=setting,
        made=made,
        readings=tuple(readings),
        wanted=wanted.of(indicator, setting, made.goal),
        replaced=facts.replaced.get(target.supersedes),
    )


def cases_of(
    reader: Reader,
    rule: Profile,
    day: date,
    *,
    known_at: datetime | None = None,
    place: str | None = None,
    only: Collection[str] | None = None,
) -> list[series.Case]:
    """Return every target to judge with what was observed of it."""
    facts = gather(reader, day, known_at=known_at, place=place, only=only)
    wanted = Wanted(facts.calendar, day, rule)
    return [case_of(facts, target, wanted) for target in facts.targets]


def judge(
    reader: Reader,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    rules: str = "schedule",
    place: str | None = None,
    only: Collection[str] | None = None,
) -> Assessment:
    """Judge every accepted target with a deadline.

    A target's verdict rests on the rows of its own indicator and on what holds for all (calendar,
    options, places): judging some indicators gives exactly their verdicts of the whole.

    Args:
        reader: the ledger.
        as_of: the day of looking; by default the end of the latest quarter that has data.
        known_at: judge with what was known then; by default with everything.
        rules: name of a rule profile, or the path of its file.
        place: only this place and those under it.
        only: ids of the indicators to judge; by default all.

    Returns:
        The verdicts, worst first.

    Raises:
        UsageError: there is no such profile.
        ConfigurationError: the profile's file is wrong.
    """
    rule = profile.load(rules)
    day = as_of or judged_day(reader, known_at)
    with collector_at_rest():
        cases = cases_of(reader, rule, day, known_at=known_at, place=place, only=only)
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
