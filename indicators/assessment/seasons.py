"""How a year's value comes in over its months, learned from complete earlier years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from indicators.assessment.chosen import Reading

__all__ = ["within_year"]


def within_year(readings: Sequence[Reading]) -> tuple[Decimal, ...]:
    """Return the share of a year's value reached at the end of each month; empty if unknown.

    Years with a year-to-date value at every quarter's end count, all together: the sum at a month
    over the sum of the full years, so that a large year weighs more than a small one.  Between
    known months the share is a straight line.
    """
    years: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for reading in readings:
        row = reading.observation
        if row.basis == "year_to_date" or (
            row.basis == "period" and row.period_start.month == 1 and row.period_start.day == 1
        ):
            years[row.period_end.year][row.period_end.month] = row.magnitude
        elif row.basis == "period":
            before = years[row.period_end.year].get(row.period_start.month - 1)
            if before is not None:
                years[row.period_end.year][row.period_end.month] = before + row.magnitude
    full = [year for year in years.values() if {3, 6, 9, 12} <= set(year)]
    total = sum((year[12] for year in full), Decimal(0))
    if total <= 0:
        return ()
    marks = sorted(set.intersection(*(set(year) for year in full)))
    known = {0: Decimal(0), **{m: sum(year[m] for year in full) / total for m in marks}}
    shares = []
    for month in range(1, 13):
        low = max(mark for mark in known if mark < month)
        high = min(mark for mark in known if mark >= month)
        shares.append(known[low] + (known[high] - known[low]) * (month - low) / (high - low))
    return tuple(shares)
