"""From what was read to the checks of the trade: each value beside its history and its wholes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Set as AbstractSet
from decimal import Decimal

from indicators import units
from indicators.checks import Fact, check
from indicators.findings import Finding
from indicators.ledger import Reader
from indicators.model import Indicator, Observation, Relation
from indicators.submissions.candidate import Candidate, Read
from indicators.submissions.patience import timed

__all__ = ["check_read"]


def check_read(reader: Reader, read: Read, file: str) -> list[Finding]:
    """Return what is doubtful in the values of a workbook against the ledger."""
    if not read.candidates:
        return []
    ids = [each.holding.indicator.indicator_id for each in read.candidates]
    keys = set(ids)
    # A workbook of one quarter names each indicator once.
    times = Counter(ids) if len(keys) < len(ids) else {}
    known: dict[str, list[Observation]] = defaultdict(list)
    for row in reader.current(Observation, source="workbook"):
        if not row.withdrawn:
            known[row.indicator_id].append(row)
    for rows in known.values():
        rows.sort(key=lambda each: each.period_end)
    wholes, parts = _relations(reader, keys)
    compared = known.keys() | wholes.keys() | parts.keys()
    comparable = [
        each
        for key, each in zip(ids, read.candidates, strict=True)
        if each.holding.targets
        or each.increment is not None
        or each.magnitude < 0
        or key in compared
        or (times and times[key] > 1)
    ]
    if not comparable:
        return []
    others = {each.indicator_id: each for each in reader.current(Indicator)}
    inside: dict[str, list[Candidate]] = defaultdict(list)
    for each in read.candidates:
        inside[each.holding.indicator.indicator_id].append(each)
    facts = []
    for each in timed(comparable):
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
                    (others[whole].name, value)
                    for whole in wholes.get(key, ())
                    if (value := _value_of(others.get(whole), each, inside, known)) is not None
                ],
                parts=[
                    (others[part].name, value)
                    for part in parts.get(key, ())
                    # A part in this very workbook is told at its own cell.
                    if part not in keys
                    and (value := _value_of(others.get(part), each, inside, known)) is not None
                ],
            )
        )
    return check(facts, file)


def _relations(
    reader: Reader, keys: AbstractSet[str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the accepted wholes and the accepted parts of each indicator."""
    wholes: dict[str, list[str]] = defaultdict(list)
    parts: dict[str, list[str]] = defaultdict(list)
    for each in reader.current(Relation, sort="part_of"):
        if each.status != "accepted":
            continue
        if each.subject in keys:
            wholes[each.subject].append(each.object)
        if each.object in keys:
            parts[each.object].append(each.subject)
    return wholes, parts


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
    other: Indicator | None,
    candidate: Candidate,
    inside: dict[str, list[Candidate]],
    known: dict[str, list[Observation]],
) -> Decimal | None:
    """Return the value of another indicator for the same period, in the unit of this one."""
    unit = candidate.holding.indicator.unit
    if other is None or not units.compatible(other.unit, unit):
        return None
    when = (candidate.period.end, candidate.period.basis)
    for each in inside.get(other.indicator_id, ()):
        if (each.period.end, each.period.basis) == when:
            return units.convert(each.magnitude, other.unit, unit)
    for row in known.get(other.indicator_id, ()):
        if (row.period_end, row.basis) == when:
            return units.convert(row.magnitude, row.unit, unit)
    return None
