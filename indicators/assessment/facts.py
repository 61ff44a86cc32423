"""What the ledger says of some targets, gathered once: their rows by indicator and target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from indicators.assessment.chosen import Reading, Usable, choose, usable
from indicators.ledger import Entry, Reader
from indicators.model import (
    CalendarEntry,
    Commitment,
    Indicator,
    Observation,
    Option,
    Place,
    Record,
    Relation,
    Setting,
    Share,
    Submission,
    Target,
)
from indicators.register.holdings import roots

__all__ = ["Facts", "gather"]

R = TypeVar("R", bound=Record)
Keys = frozenset[str] | None
"""Ids to look for; None for all."""
_FEW = 2000
"""Keys that are looked up; for more of them the whole table is looked through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the ledger says, by indicator and target."""

    targets: Sequence[Target]
    siblings: Mapping[str, Sequence[Target]]
    """Targets by indicator."""
    replaced: Mapping[str, Target]
    """Targets that a revision replaced, by id."""
    indicators: Mapping[str, Indicator]
    settings: Mapping[str, Setting]
    commitments: Mapping[str, Commitment]
    baselines: Mapping[str, Sequence[Commitment]]
    """Accepted ones by indicator, with those of what was merged into it; the latest first."""
    shares: Mapping[str, Mapping[str, Decimal]]
    calendar: Sequence[CalendarEntry]
    readings: Mapping[str, Sequence[Reading]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The ledger as known at a moment, asked for all rows of a table or for those of some keys."""

    reader: Reader
    known_at: datetime | None

    def all(self, record: type[R]) -> Sequence[R]:
        return self.reader.current(record, known_at=self.known_at)

    def few(self, keys: Keys) -> bool:
        """Tell whether keys are so few that looking them up is cheaper than looking through."""
        return keys is not None and len(keys) <= _FEW

    def rows(self, record: type[R], field: str, keys: Keys) -> Sequence[R]:
        """Return the rows whose field is one of the keys; all rows without keys."""
        if keys is None or not self.few(keys):
            return [row for row in self.all(record) if keys is None or getattr(row, field) in keys]
        asked: dict[str, Any] = {field: keys}
        return self.reader.current(record, known_at=self.known_at, **asked)

    def observations(self, keys: Keys) -> Sequence[Entry[Observation]]:
        """Return the observations of some indicators with their batches."""
        if keys is not None and self.few(keys):
            return self.reader.entries(Observation, known_at=self.known_at, indicator_id=keys)
        every = self.reader.entries(Observation, known_at=self.known_at)
        return [each for each in every if keys is None or each.row.indicator_id in keys]


def _below(asked: _Asked, place: str) -> frozenset[str]:
    """Return a place and everything under it."""
    children: dict[str, list[str]] = defaultdict(list)
    for each in asked.all(Place):
        children[each.parent].append(each.place)
    found, waiting = {place}, [place]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return frozenset(found)


def _in_force(asked: _Asked, keys: Keys, as_of: date) -> tuple[list[Target], dict[str, Target]]:
    """Return the accepted targets of a day, and those that they replaced, by id.

    A revision counts from its day on.
    """

    def counts(each: Target) -> bool:
        return each.status == "accepted" and (
            each.effective_on is None or each.effective_on <= as_of
        )

    if asked.few(keys):
        mine = [each for each in asked.rows(Target, "indicator_id", keys) if counts(each)]
        after = asked.rows(Target, "supersedes", frozenset(each.target_id for each in mine))
    else:
        mine = after = [each for each in asked.all(Target) if counts(each)]
    left = {each.supersedes for each in after if counts(each)}
    standing = [
        each
        for each in mine
        if each.target_id not in left and (keys is None or each.indicator_id in keys)
    ]
    revised = frozenset(each.supersedes for each in standing if each.supersedes)
    old = asked.rows(Target, "target_id", revised) if revised else ()
    return standing, {each.target_id: each for each in old}


def _baselines(asked: _Asked, keys: Keys) -> Mapping[str, Sequence[Commitment]]:
    """Return the accepted baselines by the indicator that accepted merges lead them to."""
    leads = roots(
        asked.reader.current(
            Relation, known_at=asked.known_at, sort="merged_into", status="accepted"
        )
    )
    if keys is not None:
        keys |= {subject for subject, head in leads.items() if head in keys}
    found: dict[str, list[Commitment]] = defaultdict(list)
    for each in asked.rows(Commitment, "indicator_id", keys):
        if each.kind == "baseline" and each.review in ("accepted", "corrected"):
            found[leads.get(each.indicator_id, each.indicator_id)].append(each)
    for rows in found.values():
        # Neither the order of documents nor that of merges may choose the baseline.
        rows.sort(key=lambda each: each.commitment_id)
        rows.sort(key=lambda each: each.date or date.min, reverse=True)
    return found


def _settled(asked: _Asked, found: list[Usable], submissions: Sequence[Submission]) -> list[Usable]:
    """Leave out what waits for acceptance where only accepted values count (``wait``).

    What it was to replace stands again, as long as nobody has accepted the new value.
    """
    options = {
        each.scope: each.value for each in asked.all(Option) if each.option == "submission_review"
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
            for each in asked.reader.history(
                Observation, indicator_id=row.indicator_id, period_end=row.period_end,
                basis=row.basis, source=row.source, origin=row.origin,
            )
            if not each.batch.voided_by
            and (asked.known_at is None or each.batch.committed_at <= asked.known_at)
            and each.row.period_start == row.period_start
            and (each.row.submission_id not in by_id
                 or by_id[each.row.submission_id].status in ("accepted", "superseded"))
        ]  # fmt: skip
        if earlier and not earlier[-1].row.withdrawn:
            kept.append((earlier[-1], False))
    return kept


def gather(
    reader: Reader,
    as_of: date,
    *,
    known_at: datetime | None = None,
    place: str | None = None,
    only: Collection[str] | None = None,
) -> Facts:
    """Return what judging needs of the targets of a day.

    Args:
        reader: the ledger.
        as_of: the day of looking.
        known_at: with what was known then.
        place: only this place and those under it.
        only: only these indicators.
    """
    asked = _Asked(reader, known_at)
    keys = None if only is None else frozenset(only)
    indicators = {
        each.indicator_id: each
        for each in asked.rows(Indicator, "indicator_id", keys)
        if not each.retired
    }
    if place:
        inside = _below(asked, place)
        indicators = {key: each for key, each in indicators.items() if each.place in inside}
    siblings: dict[str, list[Target]] = {}
    standing, replaced = _in_force(asked, keys, as_of)
    for target in standing:
        if target.indicator_id in indicators and target.deadline is not None:
            siblings.setdefault(target.indicator_id, []).append(target)
    targets = [each for targets in siblings.values() for each in targets]
    cited: Keys = None
    wanted: Keys = None
    if keys is not None:
        cited = frozenset(key for each in targets for key in each.commitments)
        wanted = frozenset(each.target_id for each in targets)
    shares: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for share in asked.rows(Share, "target_id", wanted):
        if share.sort in ("year", "quarter") and not share.withdrawn:
            shares[share.target_id][share.part] = share.magnitude
    submissions = asked.all(Submission)
    found = usable(asked.observations(keys), submissions, as_of)
    return Facts(
        targets=targets,
        siblings=siblings,
        replaced=replaced,
        indicators=indicators,
        settings={each.indicator_id: each for each in asked.rows(Setting, "indicator_id", keys)},
        commitments={
            each.commitment_id: each for each in asked.rows(Commitment, "commitment_id", cited)
        },
        baselines=_baselines(asked, keys),
        shares=shares,
        calendar=asked.all(CalendarEntry),
        readings=choose(_settled(asked, found, submissions)),
    )
