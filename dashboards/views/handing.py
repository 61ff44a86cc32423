"""What an office is asked for in a quarter and what it has answered; what was restated meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.quantities import figure
from dashboards.views.snapshot import Snapshot
from indicators import periods
from indicators.model import Indicator, Observation, Submission
from indicators.submissions.entry import reporting_office

__all__ = ["Asked", "Reported", "Restated", "asked", "restated"]


@dataclass(frozen=True, slots=True)
class Reported:
    """A value as it is shown, and the cell it stands in."""

    shown: str
    quarter: str
    file_digest: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One indicator that an office reports, with its value of the quarter and the one before."""

    indicator: Indicator
    before: Reported | None
    now: Reported | None


@dataclass(frozen=True, slots=True)
class Restated:
    """A value that took the place of another one."""

    indicator: Indicator
    old: str
    new: Reported
    office: str
    reason: str


def _reported(row: Observation) -> Reported:
    return Reported(
        shown=figure(row.magnitude, row.unit, bound=row.bound),
        quarter=periods.quarter_of(row.period_end),
        file_digest=row.file_digest,
        sheet=row.sheet,
        cell=row.cell,
    )


def asked(snapshot: Snapshot, quarter: str, place: str, office: str) -> Sequence[Asked]:
    """Return the indicators that an office reports, by name, each with what it has reported."""
    over = periods.quarter(quarter)
    mine = sorted(
        (
            row
            for row in snapshot.indicators.values()
            if row.place == place
            and not row.retired
            and reporting_office(snapshot.settings.get(row.indicator_id)) == office
        ),
        key=lambda row: row.name,
    )
    known = frozenset(row.indicator_id for row in mine)
    values: dict[str, list[Observation]] = {}
    for row in snapshot.reader.current(Observation, indicator_id=known) if known else ():
        if row.source == "workbook" and not row.withdrawn and row.period_end <= over.end:
            values.setdefault(row.indicator_id, []).append(row)
    made = []
    for indicator in mine:
        rows = sorted(values.get(indicator.indicator_id, ()), key=lambda row: row.period_end)
        now = [row for row in rows if row.period_end > over.start]
        before = [row for row in rows if row.period_end <= over.start]
        made.append(
            Asked(
                indicator,
                _reported(before[-1]) if before else None,
                _reported(now[-1]) if now else None,
            )
        )
    return made


def restated(snapshot: Snapshot, submissions: Iterable[Submission]) -> Sequence[Restated]:
    """Return the values of submissions that replaced others, each with the one it replaced."""
    again = {row.submission_id: row for row in submissions if row.reason}
    if not again:
        return ()
    made = []
    for row in snapshot.reader.current(Observation, submission_id=frozenset(again)):
        indicator = snapshot.indicators.get(row.indicator_id)
        if not row.reason or row.withdrawn or indicator is None:
            continue
        earlier = [
            entry.row
            for entry in snapshot.reader.history(
                Observation,
                indicator_id=row.indicator_id,
                period_end=row.period_end,
                basis=row.basis,
                source=row.source,
                origin=row.origin,
            )
            if not entry.batch.voided_by
            and entry.row.period_start == row.period_start
            and entry.row.magnitude != row.magnitude
            and not entry.row.withdrawn
        ]
        if earlier:
            old = figure(earlier[-1].magnitude, earlier[-1].unit, bound=earlier[-1].bound)
            office = again[row.submission_id].office
            made.append(Restated(indicator, old, _reported(row), office, row.reason))
    return sorted(made, key=lambda each: (each.indicator.place, each.indicator.name))
