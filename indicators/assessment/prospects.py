"""Outlooks of all targets of a ledger, with the coverage of their intervals beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from indicators.assessment import profile
from indicators.assessment.goal import Goal
from indicators.assessment.judging import cases_of, judged_day
from indicators.assessment.outlook import Coverage, Outlook, covered, project, running
from indicators.assessment.series import Course, courses_of, yearly
from indicators.ledger import Reader

__all__ = ["Prospects", "ahead", "prospects"]

Values = list[tuple[date, float]]
"""Values with the day on which their period ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospects:
    """Outlooks by target, and how far such outlooks can be trusted here."""

    outlooks: Mapping[str, Outlook]
    coverage: Coverage


def prospects(
    reader: Reader,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    place: str | None = None,
    only: Collection[str] | None = None,
) -> Prospects:
    """Return the outlook of every target that has points enough.

    Args:
        reader: the ledger.
        as_of: day of looking; by default the judged day.
        known_at: with what was known then.
        place: only this place and those under it.
        only: ids of the indicators to look at; by default all.
    """
    day = as_of or judged_day(reader, known_at)
    found = _looked_ahead(reader, day, known_at, place, only)
    return Prospects(
        outlooks={key: outlook for key, outlook, _ in found},
        coverage=covered([values for _, _, values in found]),
    )


def ahead(goal: Goal, course: Course) -> tuple[Outlook, Values] | None:
    """Return the outlook of a course with the values that it comes from; None of too few points."""
    values = [
        (reading.observation.period_end, value)
        for reading, value in zip(course.readings, course.values, strict=True)
    ]
    found = project(goal, values)
    if found is None:
        return None
    return found, list(running(values)) if yearly(goal) else values


def _looked_ahead(
    reader: Reader,
    day: date,
    known_at: datetime | None,
    place: str | None,
    only: Collection[str] | None,
) -> list[tuple[str, Outlook, Values]]:
    """Return targets with their outlook and the values that it comes from."""
    rules = profile.load("schedule")
    cases = [
        (case, case.made.goal)
        for case in cases_of(reader, rules, day, known_at=known_at, place=place, only=only)
        if case.made.goal is not None
    ]
    courses = courses_of([goal for _, goal in cases], [case.readings for case, _ in cases])
    made = []
    for (case, goal), course in zip(cases, courses, strict=True):
        found = ahead(goal, course)
        if found is not None:
            made.append((case.target.target_id, *found))
    return made
