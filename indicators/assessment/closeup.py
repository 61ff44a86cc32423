"""One target looked at closely: where it is heading, and what other rules say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from indicators.assessment import evaluation, profile
from indicators.assessment.facts import gather
from indicators.assessment.judging import Wanted, case_of
from indicators.assessment.outlook import Outlook
from indicators.assessment.prospects import ahead
from indicators.assessment.series import courses_of
from indicators.assessment.verdict import Light, Verdict
from indicators.ledger import Reader
from indicators.model import Target

__all__ = ["Closeup", "closeup"]


@dataclass(frozen=True, slots=True)
class Closeup:
    """What is told of one target alone."""

    outlook: Outlook | None
    """None below the minimum of points."""
    verdicts: Mapping[str, Verdict]
    """By rule profile, those of the light that was to be left out excepted; empty where nothing can
    be judged at all."""


def closeup(
    reader: Reader,
    target: Target,
    rules: Iterable[str],
    *,
    as_of: date,
    but: Light | None = None,
) -> Closeup:
    """Return the outlook of a target and its verdicts under several rule profiles.

    The ledger is read once, and the values are converted once: profiles differ in the day by which
    a value is due and in how a course is judged.

    Args:
        reader: the ledger.
        target: one that is judged at that day.
        rules: names of profiles.
        as_of: the day of looking.
        but: leave out the verdicts of this light.

    Raises:
        UsageError: there is no such profile.
        ConfigurationError: a profile's file is wrong.
    """
    facts = gather(reader, as_of, only={target.indicator_id})
    own = Wanted(facts.calendar, as_of, profile.load("schedule"))
    mine = [each for each in facts.targets if each.target_id == target.target_id]
    case = case_of(facts, mine[0], own) if mine else None
    if case is None or case.made.goal is None:
        return Closeup(None, {})
    goal = case.made.goal
    courses = courses_of([goal], [case.readings])
    profiles = {name: profile.load(name) for name in rules}
    wanted = [
        Wanted(facts.calendar, as_of, rule).of(case.indicator, case.setting, goal)
        for rule in profiles.values()
    ]
    told = evaluation.verdicts_under(
        list(profiles.values()), case, courses[0], wanted, as_of, but=but
    )
    found = ahead(goal, courses[0])
    verdicts = {name: each for name, each in zip(profiles, told, strict=True) if each is not None}
    return Closeup(found[0] if found else None, verdicts)
