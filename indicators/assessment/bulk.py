"""Targets by the million: Parquet in, Parquet out, through the same kernel.

Targets have one row each; observations stand by target and by the end of their period.  Only the
values that a verdict needs are converted, so that most of the work is reading and writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from indicators.assessment.arrow import (
    Judged,
    codes,
    days,
    floats,
    indices,
    months_of,
)
from indicators.assessment.columns import (
    BASES,
    BOUNDS,
    COURSES,
    REASONS,
    SORTS,
    Codes,
    Columns,
    Flags,
    Floats,
    Months,
    Readings,
)
from indicators.assessment.conversion import Series, convert
from indicators.assessment.evaluation import assess_goals
from indicators.assessment.goal import months
from indicators.assessment.profile import load
from indicators.assessment.ways import AMOUNT, CHANGE, COUNT, LEVEL
from indicators.errors import UnreadableInput

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["OBSERVATION_COLUMNS", "TARGET_COLUMNS", "judge_tables"]

TARGET_COLUMNS = (
    "target", "sort", "bound", "value", "high", "tolerance", "accumulation", "direction",
    "baseline", "start", "deadline", "schedule",
)  # fmt: skip
"""Key (int64, rising), words as in ``model``, values (float64), days (date32)."""
OBSERVATION_COLUMNS = ("target", "period_start", "period_end", "basis", "value")
"""Sorted by target and period_end; unsorted ones are sorted first."""
EPOCH = date(1970, 1, 1)


def _columns(targets: pa.Table) -> Columns:
    size = targets.num_rows
    direction = targets["direction"]
    sides = codes(direction, ("down", "up", "maintain"))
    bound = codes(targets["bound"], BOUNDS)
    # What is to be held has its good side from its bound.
    sign = np.where(sides == 0, -1.0, 1.0)
    sign = np.where((sides == 2) & (bound == BOUNDS.index("at_most")), -1.0, sign)
    return Columns(
        value=floats(targets["value"]),
        high=floats(targets["high"]),
        tolerance=np.nan_to_num(floats(targets["tolerance"])),
        sort=codes(targets["sort"], SORTS),
        bound=bound,
        basis=codes(targets["accumulation"], BASES),
        sign=sign,
        hold=sides == 2,
        baseline=floats(targets["baseline"]),
        start=months_of(days(targets["start"])),
        deadline=months_of(days(targets["deadline"])),
        course=codes(targets["schedule"], COURSES),
        rising=np.zeros(size, np.int8),
        season=np.full(size, -1, np.int32),
        profiles=np.zeros((0, 13)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Observations in order of target and day; what few verdicts need is converted on demand."""

    first: NDArray[np.int64]
    """Where each target's rows begin."""
    stop: NDArray[np.int64]
    """One past the last of them."""
    ends: NDArray[np.int32]
    value: Floats
    words: NDArray[np.integer[Any]]
    bases: Codes
    """What each number of ``words`` stands for."""
    begins: Any
    """Arrow column of the first days."""
    kept: NDArray[np.intp] | None
    """Rows of the Arrow column that are left, in order; None for all."""

    def basis(self, rows: NDArray[np.int64]) -> Codes:
        """Return what values add up over."""
        found: Codes = self.bases[self.words[rows]]
        return found

    def eve(self, rows: NDArray[np.int64]) -> Months:
        """Return the month before the own months of values."""
        begins = days(self.begins)
        found = begins[rows] if self.kept is None else begins[self.kept[rows]]
        return months_of(found, eve=1)


def _rows(targets: NDArray[np.int64], seen: pa.Table, as_of: int) -> _Rows:
    key, ends = seen["target"].to_numpy(), days(seen["period_end"])
    value = floats(seen["value"])
    words, bases = indices(seen["basis"], BASES)
    other = key[1:] != key[:-1]
    kept: NDArray[np.intp] | None = None
    if (key[1:] < key[:-1]).any() or ((ends[1:] < ends[:-1]) & ~other).any():
        kept = np.lexsort((ends, key))
    if ends.size and int(ends.max()) > as_of:
        order = np.arange(len(key)) if kept is None else kept
        kept = order[ends[order] <= as_of]
    if kept is not None:
        key, ends, value, words = key[kept], ends[kept], value[kept], words[kept]
        other = key[1:] != key[:-1]
    opens = np.concatenate(([0], np.flatnonzero(other) + 1)) if key.size else np.zeros(0, np.int64)
    closes = np.append(opens[1:], key.size) if key.size else opens
    mine = key[opens]
    first, stop = np.zeros(len(targets), np.int64), np.zeros(len(targets), np.int64)
    if mine.size == len(targets) and np.array_equal(mine, targets):
        first, stop = opens, closes
    elif mine.size:
        place = np.minimum(np.searchsorted(mine, targets), mine.size - 1)
        there = mine[place] == targets
        first[there], stop[there] = opens[place[there]], closes[place[there]]
    return _Rows(
        first=first,
        stop=stop,
        ends=ends,
        value=value,
        words=words,
        bases=bases,
        begins=seen["period_start"],
        kept=kept,
    )


def _wanted(columns: Columns) -> tuple[Codes, Flags]:
    """Return the accumulation in which each target is judged, and where values do not add up."""
    one_year = columns.start // 12 == (columns.deadline - 1) // 12
    own = columns.basis == BASES.index("period")
    per_year = own & one_year & (columns.sort != CHANGE)
    wanted = np.where(own, BASES.index("since_start"), columns.basis)
    wanted = np.where(per_year, BASES.index("year_to_date"), wanted).astype(np.int8)
    adds = (columns.sort == AMOUNT) | (columns.sort == COUNT) | (columns.sort == CHANGE)
    stock = columns.basis == BASES.index("level")
    return wanted, ~(adds & ~stock) & (columns.sort != LEVEL)


def _picked(columns: Columns, rows: _Rows) -> tuple[Floats, Codes, Months, Floats]:
    """Return value, reason and month of the judged observation, and the value at the deadline."""
    size = len(columns)
    some = np.flatnonzero(rows.stop > rows.first)
    last = rows.stop[some] - 1
    value, at = np.full(size, np.nan), np.full(size, -1, np.int32)
    reason, on_time = np.zeros(size, np.int8), np.full(size, np.nan)
    at[some] = months_of(rows.ends[last])
    value[some] = rows.value[last]
    wanted, rates = _wanted(columns)
    same = rates[some] | (rows.basis(last) == wanted[some])
    # Where the last value is in the right accumulation and not past the deadline it is all we need.
    simple = same & (at[some] <= columns.deadline[some])
    on_time[some] = value[some]
    other = some[~simple]
    if other.size:
        _convert(columns, rows, other, (wanted, rates), (value, reason, at, on_time))
    return value, reason, at, on_time


def _convert(
    columns: Columns,
    rows: _Rows,
    other: NDArray[np.int64],
    kind: tuple[Codes, Flags],
    found: tuple[Floats, Codes, Months, Floats],
) -> None:
    """Convert all values of some targets and pick the last usable one of each."""
    wanted, rates = kind
    value, reason, at, on_time = found
    count = (rows.stop - rows.first)[other]
    opens = np.cumsum(count) - count
    owner = np.repeat(np.arange(other.size), count)
    index = rows.first[other][owner] + np.arange(count.sum()) - opens[owner]
    end = months_of(rows.ends[index])
    converted, why = convert(
        Series(
            row=owner,
            begin=rows.eve(index),
            end=end,
            basis=rows.basis(index),
            value=rows.value[index],
        ),
        wanted[other],
        columns.start[other],
        rates[other],
    )
    yearly = (wanted[other] == BASES.index("year_to_date"))[owner]
    deadline = columns.deadline[other][owner]
    usable = (why != REASONS.index("basis")) & ~(yearly & (end > deadline))
    for wish, onto in ((usable, None), (usable & (end <= deadline), on_time)):
        best = np.full(other.size, -1, np.int64)
        np.maximum.at(best, owner[wish], np.flatnonzero(wish))
        has = best >= 0
        if onto is not None:
            onto[other] = np.where(has, converted[best], np.nan)
            continue
        value[other] = np.where(has, converted[best], np.nan)
        at[other] = np.where(has, end[best], at[other])
        reason[other] = np.where(has, why[best], REASONS.index("basis"))


def judge_tables(
    targets: pa.Table, observations: pa.Table, *, rules: str = "schedule", as_of: date
) -> Judged:
    """Judge a table of targets by a table of observations.

    Args:
        targets: ``TARGET_COLUMNS``.
        observations: ``OBSERVATION_COLUMNS``.
        rules: profile.
        as_of: day of looking; later observations are left out.

    Raises:
        UnreadableInput: a column is missing or has a word that is none.
    """
    for table, names in ((targets, TARGET_COLUMNS), (observations, OBSERVATION_COLUMNS)):
        missing = [name for name in names if name not in table.column_names]
        if missing:
            raise UnreadableInput(
                f"缺少列 {'、'.join(missing)}", action=f"应有列 {'、'.join(names)}"
            )
    key = targets["target"].to_numpy()
    if (np.diff(key) <= 0).any():
        raise UnreadableInput("目标的编号必须递增且不重复", action="请按 target 排序并去重")
    columns = _columns(targets)
    day = (as_of - EPOCH).days
    rows = _rows(key, observations, day)
    value, reason, at, on_time = _picked(columns, rows)
    profile = load(rules)
    passed = days(targets["deadline"]) < day
    # A quarter is missing where its due day is over and nothing reaches its end.
    over = months(as_of) // 3 * 3
    quarter_end = np.datetime64("1970-01", "M") + over
    due = int(quarter_end.astype("datetime64[D]").astype(int)) - 1 + profile.due_days
    wanted = over if due < day else over - 3
    readings = Readings(
        actual=value,
        at=at,
        on_time=on_time,
        broken=reason,
        passed=passed,
        overdue=at < np.minimum(np.where(wanted > columns.start, wanted, -1), columns.deadline),
        grain=np.zeros(len(columns)),
    )
    return Judged(target=key, outcome=assess_goals(profile, columns, readings), readings=readings)
