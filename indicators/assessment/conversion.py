"""Observations of any accumulation, brought to the one that the target counts in.

Every value covers a window: from 1 January (``year_to_date``), from the start of the plan
(``since_start``) or its own months (``period``).  A window that begins later than the one wanted is
completed by the value that ends where it begins; a missing link makes the value unknown, never a
partial sum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.assessment.columns import BASES, REASONS, Codes, Floats, Months

__all__ = ["Series", "convert"]

STOCK, YEAR, START, OWN = (
    BASES.index(each) for each in ("level", "year_to_date", "since_start", "period")
)
UNSAID = BASES.index("")
GAP, MISFIT = REASONS.index("gap"), REASONS.index("basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Observations by target and month: ``row`` does not fall, ``end`` rises within a row."""

    row: NDArray[np.int64]
    begin: Months
    """Last month before a value's own months; read where the basis is ``period``."""
    end: Months
    basis: Codes
    value: Floats


def _window(basis: Codes, begin: Months, end: Months, start: Months) -> Months:
    """Return the month after which the window of a value opens."""
    opened = np.where(basis == YEAR, (end - 1) // 12 * 12, begin)
    found: Months = np.where(basis == START, start, opened).astype(np.int32)
    return found


def convert(
    series: Series, wanted: Codes, start: Months, rates: NDArray[np.bool_]
) -> tuple[Floats, Codes]:
    """Return each value in its target's accumulation, with the reason where there is none.

    Args:
        series: the observations.
        wanted: accumulation of each target (``year_to_date`` or ``since_start`` for flows).
        start: month at which each target's course starts.
        rates: targets whose values do not add up (levels, shares, growth): taken as they are.

    Returns:
        Values (NaN where unknown) and reason numbers (0 where known), one an observation.
    """
    row = series.row
    want = wanted[row]
    plain = rates[row] | (series.basis == want) | (series.basis == UNSAID)
    reason = np.zeros(len(row), np.int8)
    if plain.all():
        return series.value, reason
    misfit = ~plain & ((series.basis == STOCK) | (want == STOCK))
    value = series.value.copy()
    opens = _window(series.basis, series.begin, series.end, start[row])
    aim = _window(want, series.begin, series.end, start[row])
    odd = ~plain & ~misfit & (opens != aim)
    # One key for a target's month, so that the value that ends there is found by bisection.
    first = int(min(series.end.min(), opens.min(), aim.min()))
    span = int(max(series.end.max(), opens.max(), aim.max())) - first + 1
    key = row * span + (series.end - first)

    def at(where: NDArray[np.int64], month: Months) -> NDArray[np.int64]:
        sought = row[where] * span + (month[where] - first)
        # Most windows begin where the value just before them ends.
        found = np.maximum(where - 1, 0)
        apart = np.flatnonzero(key[found] != sought)
        if apart.size:
            found[apart] = np.minimum(np.searchsorted(key, sought[apart]), len(key) - 1)
            found[key[found] != sought] = -1
        return found

    link = np.full(len(row), -1, np.int64)
    late = np.flatnonzero(odd & (opens > aim))
    link[late] = at(late, opens)
    lost = np.zeros(len(row), dtype=bool)
    lost[late[link[late] < 0]] = True
    early = np.flatnonzero(odd & (opens < aim))
    if early.size:
        there = at(early, aim)
        fits = (there >= 0) & (opens[there] == opens[early])
        value[early] = np.where(fits, series.value[early] - series.value[there], np.nan)
        lost[early[~fits]] = True
    # Follow the chain of windows; each round doubles the length that is summed.
    lost |= misfit
    while late.size:
        ahead = link[late]
        linked = ahead >= 0
        if not linked.all():
            late, ahead = late[linked], ahead[linked]
        total, broken, further = value[late] + value[ahead], lost[late] | lost[ahead], link[ahead]
        value[late], lost[late], link[late] = total, broken, further
    reason[lost] = GAP
    reason[misfit] = MISFIT
    value[lost] = np.nan
    return value, reason
