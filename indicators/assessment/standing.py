"""State and light of targets, without the numbers and words of a verdict.

Why a light changed is told by what it was at each of several steps: of those only the state counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indicators.assessment.columns import columns_of
from indicators.assessment.evaluation import assess_goals, shown
from indicators.assessment.profile import Profile
from indicators.assessment.series import Case, courses_of, readings_of
from indicators.assessment.verdict import Light, State
from indicators.model import Observation

__all__ = ["Standing", "standings"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a target stands at a day."""

    state: State
    light: Light
    observation: Observation | None
    """The value that it is judged by."""


def standings(cases: Sequence[Case], rules: Profile, days: Sequence[date]) -> list[Standing]:
    """Return how each case stands at its day, as ``evaluation.verdicts`` tells it.

    Args:
        cases: targets with what was observed of each by its day.
        rules: the profile that all are judged by.
        days: the day of looking at each.
    """
    made: list[Standing] = [
        Standing("not_assessable", "grey", case.readings[-1].observation if case.readings else None)
        for case in cases
    ]
    rows = [row for row, case in enumerate(cases) if case.made.goal is not None]
    goals = [goal for case in cases if (goal := case.made.goal) is not None]
    courses = courses_of(goals, [cases[row].readings for row in rows])
    readings = readings_of(
        goals,
        courses,
        [len(course.readings) - 1 for course in courses],
        [cases[row].wanted for row in rows],
        [days[row] for row in rows],
    )
    found = shown(assess_goals(rules, columns_of(goals), readings))
    for row, course, state, light in zip(rows, courses, *found, strict=True):
        last = course.readings[-1].observation if course.readings else None
        made[row] = Standing(state, light, last)
    return made
