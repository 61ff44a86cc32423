"""From what was read to the checks of the trade: each value beside its history and its wholes."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from indicators.checks import Fact, check
from indicators.findings import Finding
from indicators.ledger import Reader
from indicators.model import Indicator, Observation, Relation
from indicators.submissions.reading import Candidate, Read

__all__ = ["check_read"]


def check_read(reader: Reader, read: Read, file: str) -> list[Finding]:
    """Return what is doubtful in the values of a workbook against the ledger."""
    if not read.candidates:
        return []
    keys = {each.holding.indicator.indicator_id for each in read.candidates}
    known: dict[str, list[Observation]] = defaultdict(list)
    for row in reader.current(Observation, source="workbook"):
        if not row.withdrawn:
            known[row.indicator_id].append(row)
    for rows in known.values():
        rows.sort(key=lambda each: each.period_end)
    wholes = _wholes(reader, keys)
    names = {each.indicator_id: each.name for each in reader.current(Indicator)}
    inside: dict[str, list[Candidate]] = defaultdict(list)
    for each in read.candidates:
        inside[each.holding.indicator.indicator_id].append(each)
    facts = []
    for each in read.candidates:
        key = each.holding.indicator.indicator_id
        facts.append(
            Fact(
                indicator=each.holding.indicator,
                setting=each.holding.setting,
                targets=each.holding.targets,
                period=each.period,
                magnitude=each.magnitude,
                sheet=each.sheet,
                cell=each.cell,
                history=_history(each, known.get(key, []), inside[key]),
                increment=each.increment,
                increment_cell=each.increment_cell,
                wholes=[
                    (names.get(whole, whole), value)
                    for whole in wholes.get(key, ())
                    if (value := _value_of(whole, each, inside, known)) is not None
                ],
            )
        )
    return check(facts, file)


def _wholes(reader: Reader, keys: set[str]) -> dict[str, list[str]]:
    """Return the accepted wholes of each indicator."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in reader.current(Relation, sort="part_of"):
        if each.status == "accepted" and each.subject in keys:
            found[each.subject].append(each.object)
    return found


def _history(
    candidate: Candidate, known: list[Observation], inside: list[Candidate]
) -> list[Observation]:
    """Return earlier values of the same accumulation, those of the workbook itself among them."""
    here = {
        each.period.end: Observation(
            indicator_id=each.holding.indicator.indicator_id,
            period_start=each.period.start,
            period_end=each.period.end,
            basis=each.period.basis,
            source="workbook",
            origin="",
            magnitude=each.magnitude,
            unit=each.holding.indicator.unit,
        )
        for each in inside
        if each.period.end != candidate.period.end
    }
    rows = [
        row
        for row in known
        if row.basis == candidate.period.basis
        and row.period_end != candidate.period.end
        and row.period_end not in here
    ]
    return sorted([*rows, *here.values()], key=lambda each: each.period_end)


def _value_of(
    key: str,
    candidate: Candidate,
    inside: dict[str, list[Candidate]],
    known: dict[str, list[Observation]],
) -> Decimal | None:
    """Return the value of another indicator for the same period and accumulation."""
    for each in inside.get(key, ()):
        if (each.period.end, each.period.basis) == (candidate.period.end, candidate.period.basis):
            return each.magnitude
    for row in known.get(key, ()):
        if (row.period_end, row.basis) == (candidate.period.end, candidate.period.basis):
            return row.magnitude
    return None
