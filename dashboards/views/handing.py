"""What an office is asked for in a quarter and what it has answered; what was restated meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
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


def asked(
    snapshot: Snapshot, quarter: str, offices: Collection[tuple[str, str]]
) -> Mapping[tuple[str, str], Sequence[Asked]]:
    """Return by place and office the indicators it reports, by name, each with what it reported."""
    over = periods.quarter(quarter)
    mine: dict[tuple[str, str], list[Indicator]] = {each: [] for each in offices}
    for row in snapshot.indicators.values():
        office = reporting_office(snapshot.settings.get(row.indicator_id))
        if office and (row.place, office) in mine and not row.retired:
            mine[row.place, office].append(row)
    known = frozenset(row.indicator_id for rows in mine.values() for row in rows)
    values: dict[str, list[Observation]] = {}
    for value in snapshot.reader.current(Observation, indicator_id=known) if known else ():
        if value.source == "workbook" and not value.withdrawn and value.period_end <= over.end:
            values.setdefault(value.indicator_id, []).append(value)

    def told(indicator: Indicator) -> Asked:
        rows = sorted(values.get(indicator.indicator_id, ()), key=lambda row: row.period_end)
        now = [row for row in rows if row.period_end > over.start]
        before = [row for row in rows if row.period_end <= over.start]
        return Asked(
            indicator,
            _reported(before[-1]) if before else None,
            _reported(now[-1]) if now else None,
        )

    return {
        each: [told(row) for row in sorted(rows, key=lambda row: row.name)]
        for each, rows in mine.items()
    }


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
