"""How a year's value comes in over its months, learned from complete earlier years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from indicators.assessment.chosen import Reading

__all__ = ["within_year"]

QUARTER_ENDS = frozenset({3, 6, 9, 12})


def _years(readings: Sequence[Reading]) -> Mapping[int, Mapping[int, Decimal]]:
    """Return what each year had brought by the end of its months, as far as it is known."""
    years: dict[int, dict[int, Decimal]] = defaultdict(dict)
    stocks: dict[tuple[int, int], Decimal] = {}
    for reading in readings:
        row = reading.observation
        year, month = row.period_end.year, row.period_end.month
        if row.basis == "year_to_date":
            years[year][month] = row.magnitude
        elif row.basis == "period":
            first = row.period_start.month
            before = Decimal(0) if first == 1 else years[year].get(first - 1)
            if before is not None:
                years[year][month] = before + row.magnitude
        else:
            stocks[year, month] = row.magnitude
    for (year, month), value in stocks.items():
        opening = stocks.get((year - 1, 12))
        if opening is not None:
            years[year].setdefault(month, value - opening)
    return years


def within_year(readings: Sequence[Reading]) -> tuple[Decimal, ...]:
    """Return the share of a year's value reached at the end of each month; empty if unknown.

    Years that are known at every quarter's end count, all together: the sum at a month over the
    sum of the full years, so that a large year weighs more than a small one.  Of stocks and sums
    since a start it is the year's increment that has a season.  Between known months the share is
    a straight line.
    """
    full = [year for year in _years(readings).values() if set(year) >= QUARTER_ENDS]
    total = sum((year[12] for year in full), Decimal(0))
    if not total:
        return ()
    marks = sorted(set.intersection(*(set(year) for year in full)))
    known = {0: Decimal(0), **{m: sum(year[m] for year in full) / total for m in marks}}
    shares = []
    for month in range(1, 13):
        low = max(mark for mark in known if mark < month)
        high = min(mark for mark in known if mark >= month)
        shares.append(known[low] + (known[high] - known[low]) * (month - low) / (high - low))
    return tuple(shares)
