"""The expected course: one function for every schedule, over columns.

``expected`` gives the value that should be reached at the end of a month; a straight line is the
plain case, knots, compound growth and a within-year profile bend it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indicators.assessment.columns import COURSES, Columns, Flags, Floats

__all__ = ["between", "expected", "within_year", "year_end"]

LINEAR, COMPOUND = COURSES.index("linear"), COURSES.index("compound")
Integers = NDArray[np.int32]


def year_end(month: Integers) -> Integers:
    """Return the last month of the year that a month ends in."""
    ends: Integers = ((month - 1) // 12 + 1) * 12
    return ends


def _share(month: Integers, start: Integers, end: Integers) -> Floats:
    span = np.maximum(end - start, 1)
    share: Floats = np.clip((month - start) / span, 0.0, 1.0)
    return share


def _compound(base: Floats, last: Floats, share: Floats, rising: NDArray[np.int8]) -> Floats:
    """Geometric course of levels, or of changes in percent that multiply (1 ± c/100)."""
    changes = rising != 0
    turn = np.where(changes, rising, 1)
    low = np.where(changes, 1 + turn * base / 100, base)
    high = np.where(changes, 1 + turn * last / 100, last)
    level = low * np.power(high / np.where(low == 0, 1, low), share)
    return np.where(changes, turn * 100 * (level - 1), level)


def between(
    columns: Columns, base: Floats, last: Floats, month: Integers, end: Integers
) -> tuple[Floats, Flags]:
    """Return the course from ``base`` at the start to ``last`` at ``end``.

    The flags tell where it is a line although a compound course was asked for (across or at zero).
    """
    share = _share(month, columns.start, end)
    value = base + (last - base) * share
    bent = np.flatnonzero((columns.course == COMPOUND) | (columns.rising != 0))
    straight = np.zeros(len(columns), dtype=bool)
    if bent.size:
        rising, low, high = columns.rising[bent], base[bent], last[bent]
        changes = rising != 0
        valid = np.where(
            changes,
            (1 + rising * low / 100 > 0) & (1 + rising * high / 100 > 0),
            (np.sign(low) * np.sign(high) > 0) & np.isfinite(high / low),
        )
        rows = bent[valid]
        value[rows] = _compound(base[rows], last[rows], share[rows], columns.rising[rows])
        straight[bent[~valid & ~np.isnan(low)]] = True
    if columns.knots is not None:
        _bend(columns, value, (base, last), month, end)
    return value, straight


def _bend(
    columns: Columns, value: Floats, ends: tuple[Floats, Floats], month: Integers, end: Integers
) -> None:
    """Put the course through the knots of the rows that have some."""
    assert columns.knots is not None
    base, last = ends
    first = columns.knots.first
    rows = np.flatnonzero((np.diff(first) > 0) & ~np.isnan(base))
    if not rows.size:
        return
    count = np.diff(first)[rows]
    # Every row's points with its two ends around them, one after the other.
    opens = np.concatenate(([0], np.cumsum(count + 2)))
    at, through = np.empty(opens[-1], np.int64), np.empty(opens[-1])
    owner = np.repeat(np.arange(rows.size), count)
    inner = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    source, place = first[rows][owner] + inner, opens[:-1][owner] + inner + 1
    at[place], through[place] = columns.knots.month[source], columns.knots.value[source]
    at[opens[:-1]], through[opens[:-1]] = columns.start[rows], base[rows]
    at[opens[1:] - 1], through[opens[1:] - 1] = end[rows], last[rows]
    # One rising key over all rows lets a single bisection find every segment.
    low = at.min()
    span = int(at.max() - low) + 1
    key = np.repeat(np.arange(rows.size), count + 2) * span + (at - low)
    sought = np.clip(month[rows], columns.start[rows], end[rows])
    left = np.searchsorted(key, np.arange(rows.size) * span + (sought - low), side="right") - 1
    left = np.minimum(left, opens[1:] - 2)
    part = (sought - at[left]) / np.maximum(at[left + 1] - at[left], 1)
    value[rows] = through[left] + (through[left + 1] - through[left]) * part


def within_year(columns: Columns, month: Integers, end: Integers) -> Floats:
    """Return the share of the year's value that is due at a month.

    The year's value is due at ``end``, which is December or, in its last year, the deadline.
    """
    done = month - (end - 1) // 12 * 12
    whole = end - (end - 1) // 12 * 12
    share = np.clip(done / whole, 0.0, 1.0)
    rows = np.flatnonzero(columns.season >= 0)
    if rows.size:
        profile = columns.season[rows]
        full = columns.profiles[profile, whole[rows]]
        part = columns.profiles[profile, np.clip(done[rows], 0, 12)]
        share[rows] = np.where(full > 0, part / np.where(full > 0, full, 1), share[rows])
    return share


def expected(columns: Columns, base: Floats, last: Floats, month: Integers) -> tuple[Floats, Flags]:
    """Return the value expected at a month of targets that are no flow of one year."""
    end = columns.deadline
    value, straight = between(columns, base, last, month, end)
    rows = np.flatnonzero(columns.season >= 0)
    if rows.size:
        # The year's own increment follows its profile.
        stop = np.minimum(year_end(month), end)
        begin = np.maximum(year_end(month) - 12, columns.start)
        before, _ = between(columns, base, last, begin, end)
        after, _ = between(columns, base, last, stop, end)
        profile = columns.season[rows]
        year = year_end(month) - 12

        def due(moment: Integers) -> Floats:
            picked: Floats = columns.profiles[profile, np.clip((moment - year)[rows], 0, 12)]
            return picked

        span = due(stop) - due(begin)
        part = np.where(span > 0, (due(month) - due(begin)) / np.where(span > 0, span, 1), 0.0)
        inside = month[rows] > begin[rows]
        bent = before[rows] + (after[rows] - before[rows]) * np.clip(part, 0.0, 1.0)
        value[rows] = np.where(inside & (span > 0), bent, value[rows])
    return value, straight
