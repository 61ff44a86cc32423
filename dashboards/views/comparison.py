"""One quantity across places in one unit; unlike calibers only where asked, and marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboards.messages import text
from dashboards.quantities import Scale, scale_of
from dashboards.views.snapshot import Snapshot
from indicators import units
from indicators.assessment.verdict import Light, Verdict
from indicators.model import Indicator, Observation

__all__ = ["Compared", "Comparison", "Quantity", "comparison", "quantities"]

MOST = 60
"""Rows compared at once."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """What can be compared: a name with its dimension."""

    name: str
    dimension: str
    indicators: int
    """How many indicators bear the name."""

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.dimension}:{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One indicator in the common unit."""

    indicator_id: str
    place: str
    name: str
    same: bool
    """Whether its caliber is that of the quantity asked for."""
    target: Decimal | None
    deadline: date | None
    actual: Decimal | None
    period_end: date | None
    light: Light
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The rows of one quantity."""

    quantity: Quantity
    unit: str
    units: tuple[str, ...]
    scale: Scale
    rows: tuple[Compared, ...]
    others: int
    """Indicators of the same dimension with another caliber."""


def _standing(snapshot: Snapshot) -> list[Indicator]:
    return [each for each in snapshot.indicators.values() if not each.retired]


def quantities(snapshot: Snapshot) -> list[Quantity]:
    """Return what can be compared: what most targets aim at first, then what has most likes."""
    standing = _standing(snapshot)
    counts = Counter((each.dimension, each.name) for each in standing)
    # A name that many places bear and none has a value of would open as an empty chart.
    aimed = Counter(
        (each.dimension, each.name) for each in standing if each.indicator_id in snapshot.verdicts
    )
    # Counters (个, 家 …) are alike in name only; a physical dimension can really be compared.
    alike = Counter(each.dimension for each in standing if not each.dimension.startswith("count"))
    made = [Quantity(name, dimension, count) for (dimension, name), count in counts.items()]
    return sorted(
        made,
        key=lambda each: (
            -aimed[each.dimension, each.name],
            -alike[each.dimension],
            -each.indicators,
            each.name,
        ),
    )


def _caliber(snapshot: Snapshot, indicator: Indicator) -> str:
    setting = snapshot.settings.get(indicator.indicator_id)
    return (setting.caliber if setting else "") or indicator.caliber


def _names(snapshot: Snapshot, indicator: Indicator) -> set[str]:
    setting = snapshot.settings.get(indicator.indicator_id)
    return {indicator.name, *(setting.synonyms if setting else ())}


def comparison(
    snapshot: Snapshot, key: str, *, mixed: bool = False, unit: str = ""
) -> Comparison | None:
    """Return the comparison of a quantity, the largest actual value first; None where there is none.

    Args:
        snapshot: the ledger, judged.
        key: a ``Quantity.key``.
        mixed: take indicators of the same dimension with other names and calibers too.
        unit: the common unit; that of the first indicator if empty or not convertible.
    """
    offered = quantities(snapshot)
    quantity = next((each for each in offered if each.key == key), None)
    if quantity is None:
        return None
    alike = [each for each in _standing(snapshot) if each.dimension == quantity.dimension]
    named = [each for each in alike if each.name == quantity.name]
    caliber = Counter(_caliber(snapshot, each) for each in named).most_common(1)[0][0]
    same = {
        each.indicator_id
        for each in alike
        if quantity.name in _names(snapshot, each) and _caliber(snapshot, each) == caliber
    }
    known = tuple(dict.fromkeys([each.unit for each in named] + [each.unit for each in alike]))
    common = unit if unit in known else known[0]
    fitting = [each for each in alike if units.compatible(each.unit, common)]
    chosen = [each for each in fitting if mixed or each.indicator_id in same][:MOST]
    rows = [_row(snapshot, each, common, each.indicator_id in same) for each in chosen]
    # Places that neither promise nor report anything would only be empty lines.
    rows = [row for row in rows if row.target is not None or row.actual is not None] or rows
    rows.sort(key=lambda row: (not row.same, -(row.actual or row.target or Decimal(0))))
    largest = max(
        (value for row in rows for value in (row.target, row.actual) if value), default=None
    )
    return Comparison(
        quantity=quantity,
        unit=common,
        units=known,
        scale=scale_of(largest, common),
        rows=tuple(rows),
        others=len(fitting) - len([each for each in fitting if each.indicator_id in same]),
    )


def _latest(snapshot: Snapshot, indicator_id: str) -> Observation | None:
    as_of = snapshot.assessment.as_of
    rows: Iterable[Observation] = snapshot.reader.current(Observation, indicator_id=indicator_id)
    seen = [row for row in rows if not row.withdrawn and row.period_end <= as_of]
    return max(seen, key=lambda row: row.period_end, default=None)


def _row(snapshot: Snapshot, indicator: Indicator, unit: str, same: bool) -> Compared:
    verdicts: Sequence[Verdict] = snapshot.verdicts.get(indicator.indicator_id, ())
    verdict = verdicts[0] if verdicts else None
    latest = verdict.observation if verdict and verdict.observation else None
    if latest is None:
        latest = _latest(snapshot, indicator.indicator_id)
    target = verdict.target if verdict else None
    return Compared(
        indicator_id=indicator.indicator_id,
        place=indicator.place,
        name=indicator.name,
        same=same,
        target=units.convert(target.magnitude, indicator.unit, unit) if target else None,
        deadline=target.deadline if target else None,
        actual=units.convert(latest.magnitude, indicator.unit, unit) if latest else None,
        period_end=latest.period_end if latest else None,
        light=verdict.light if verdict else "grey",
        label=text(f"state.{verdict.state}") if verdict else "",
    )
