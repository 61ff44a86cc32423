"""All targets of a view in the orders that pages ask for, patched where a batch touched them.

A page of a hundred thousand targets shows forty; what it says of the others are counts.  Counts,
groups and orders are made once and then carried from one state of the ledger to the next: a batch
costs the rows that it touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nsmallest
from operator import attrgetter
from typing import Any, Literal

from dashboards.views.blocks import Blocks
from dashboards.views.rows import TargetRow
from indicators.assessment.verdict import LIGHTS, STATE_LIGHTS, STATES, Light, State

__all__ = ["GROUPS", "Group", "Members", "Roll", "values_of", "worst_first"]

Group = Literal["place", "office", "document", "section"]
GROUPS: tuple[Group, ...] = ("place", "office", "document", "section")


_worst: Callable[[TargetRow], Any] = attrgetter("key")


def worst_first(rows: Iterable[TargetRow]) -> Blocks[TargetRow]:
    """Return sorted rows so that the next state can share them."""
    return Blocks(tuple(rows), _worst)


def _soonest(row: TargetRow) -> Any:
    return row.deadline or date.max, row.key


def values_of(row: TargetRow, group: Group) -> tuple[str, ...]:
    """Return the groups of a sort that a target belongs to."""
    if group == "place":
        return (row.place,) if row.place else ()
    if group == "office":
        return (row.office,) if row.office else ()
    return row.documents if group == "document" else row.sections


@dataclass(frozen=True, slots=True)
class Members:
    """The targets of one place, office, document or section."""

    rows: Blocks[TargetRow]
    """Worst first."""
    lights: Mapping[Light, int]

    @classmethod
    def of(cls, rows: Sequence[TargetRow]) -> Members:
        """Count rows that are sorted."""
        return cls(worst_first(rows), Counter([row.verdict.light for row in rows]))

    def patched(self, gone: Sequence[TargetRow], come: Sequence[TargetRow]) -> Members:
        """Return the group with some of its rows replaced by others."""
        lights = Counter(self.lights)
        for row in gone:
            lights[row.light] -= 1
        for row in come:
            lights[row.light] += 1
        return Members(self.rows.patched(gone, come), lights)


_NOBODY = Members(worst_first(()), {})


@dataclass(frozen=True)
class Roll:
    """Targets with their counts and orders; not slotted: what is asked seldom is made when asked."""

    rows: Blocks[TargetRow]
    """Worst first."""
    by_deadline: Blocks[TargetRow]
    states: Mapping[State, int]
    drawn: int
    """Targets that can be drawn against time."""
    demonstration: int
    groups: Mapping[Group, Mapping[str, Members]]
    """By place, office, document, section."""

    @classmethod
    def of(cls, rows: Iterable[TargetRow]) -> Roll:
        """Make a roll of rows that are sorted, the worst first."""
        rows = tuple(rows)
        found: dict[Group, dict[str, list[TargetRow]]] = {group: {} for group in GROUPS}
        for row in rows:
            for group in GROUPS:
                for value in values_of(row, group):
                    found[group].setdefault(value, []).append(row)
        return cls(
            rows=worst_first(rows),
            by_deadline=Blocks(sorted(rows, key=_soonest), _soonest),
            states=Counter(row.state for row in rows),
            drawn=sum(row.drawn for row in rows),
            demonstration=sum(row.demonstration for row in rows),
            groups={
                group: {value: Members.of(each) for value, each in members.items()}
                for group, members in found.items()
            },
        )

    def patched(self, gone: Sequence[TargetRow], come: Sequence[TargetRow]) -> Roll:
        """Return the roll with some of its rows replaced by others."""
        states = Counter(self.states)
        states.subtract(row.state for row in gone)
        states.update(row.state for row in come)
        return Roll(
            rows=self.rows.patched(gone, come),
            by_deadline=self.by_deadline.patched(gone, come),
            states=states,
            drawn=self.drawn + sum(row.drawn for row in come) - sum(row.drawn for row in gone),
            demonstration=self.demonstration
            + sum(row.demonstration for row in come)
            - sum(row.demonstration for row in gone),
            groups={group: self._regrouped(group, gone, come) for group in GROUPS},
        )

    def _regrouped(
        self, group: Group, gone: Sequence[TargetRow], come: Sequence[TargetRow]
    ) -> Mapping[str, Members]:
        out: dict[str, list[TargetRow]] = {}
        into: dict[str, list[TargetRow]] = {}
        for rows, found in ((gone, out), (come, into)):
            for row in rows:
                for value in values_of(row, group):
                    found.setdefault(value, []).append(row)
        if not out and not into:
            return self.groups[group]
        made = dict(self.groups[group])
        for value in {**out, **into}:
            before = made.get(value, _NOBODY)
            members = before.patched(out.get(value, ()), into.get(value, ()))
            if members.rows:
                made[value] = members
            else:
                del made[value]
        return made

    @cached_property
    def lights(self) -> Mapping[Light, int]:
        """Number of targets of each light."""
        found: dict[Light, int] = dict.fromkeys(LIGHTS, 0)
        for state in STATES:
            found[STATE_LIGHTS[state]] += self.states.get(state, 0)
        return found

    @cached_property
    def _ranked(self) -> dict[tuple[Group, int], list[tuple[str, Members]]]:
        return {}

    def worst(self, group: Group, most: int) -> list[tuple[str, Members]]:
        """Return so many of the places, offices … , the one with most red lights first."""

        def key(each: tuple[str, Members]) -> tuple[int, int, str]:
            lights = each[1].lights
            return -lights.get("red", 0), -lights.get("yellow", 0), each[0]

        known = self._ranked.get((group, most))
        if known is None:
            known = self._ranked[group, most] = nsmallest(most, self.groups[group].items(), key=key)
        return known
