"""A table of series, judged by a profile without any ledger: CSV in, CSV out."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from indicators.assessment import growth, kernel
from indicators.assessment.columns import Floats, Readings, columns_of
from indicators.assessment.goal import Goal, GoalError, months
from indicators.assessment.growth import NOT_AVAILABLE, TARGET_ACHIEVED
from indicators.assessment.profile import Growth, Profile
from indicators.assessment.series_file import COLUMNS, NUMBERS, number
from indicators.assessment.verdict import STATES

__all__ = [
    "ADDED",
    "COLUMNS",
    "Judged",
    "Totals",
    "judge_rows",
    "render",
    "render_totals",
    "totals",
]

ADDED = ("progress_value", "score", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a profile says of each row."""

    value: Sequence[float]
    """NaN for none."""
    score: Sequence[float]
    status: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a profile says of an indicator with several series."""

    id: str
    score: float
    status: str


def _columns(rows: Sequence[Mapping[str, str]]) -> dict[str, Floats]:
    found = {name: np.array([number(row[name], name) for row in rows], float) for name in NUMBERS}
    found["direction"] = np.where(np.isnan(found["direction"]), -1.0, found["direction"])
    return found


def judge_rows(profile: Profile, rows: Sequence[Mapping[str, str]]) -> Judged:
    """Judge a table of series.

    A profile of growth rates gives value, score and class as its source does.  The others judge the
    value at the end of ``current_year`` against the straight line from the end of ``base_year`` to
    the end of ``target_year``: value is the share done, score the gap in percentage points.
    """
    table = _columns(rows)
    if profile.growth is not None:
        return _by_growth(profile.growth, table)
    return _by_schedule(profile, table)


def _by_growth(rule: Growth, table: Mapping[str, Floats]) -> Judged:
    found = growth.assess(
        rule,
        base=table["base_value"],
        base_year=table["base_year"],
        current=table["current_value"],
        current_year=table["current_year"],
        target=table["target"],
        target_year=table["target_year"],
        direction=table["direction"],
        limit=table["limit"],
    )
    status = []
    for row, band in enumerate(found.band):
        if found.achieved[row] and not rule.by_score:
            status.append(TARGET_ACHIEVED)
        elif found.achieved[row]:
            status.append(rule.bands[0].category)
        elif band < 0:
            status.append(NOT_AVAILABLE)
        else:
            bands = rule.bands if found.targeted[row] else rule.free_bands
            status.append(bands[band].category)
    return Judged(value=found.value.tolist(), score=found.score.tolist(), status=status)


def _goal(table: Mapping[str, Floats], row: int) -> Goal | None:
    base, target = table["base_value"][row], table["target"][row]
    first, last = table["base_year"][row], table["target_year"][row]
    if np.isnan(target) or np.isnan(first) or np.isnan(last):
        return None
    up = table["direction"][row] > 0
    try:
        return Goal(
            sort="level",
            value=Decimal(repr(float(target))),
            bound="at_least" if up else "at_most",
            direction="up" if up else "down",
            better="up" if up else "down",
            start=date(int(first), 12, 31),
            deadline=date(int(last), 12, 31),
            baseline=None if np.isnan(base) else Decimal(repr(float(base))),
        )
    except (GoalError, ValueError):
        return None


def _by_schedule(profile: Profile, table: Mapping[str, Floats]) -> Judged:
    size = len(table["target"])
    goals = [_goal(table, row) for row in range(size)]
    rows = [row for row, goal in enumerate(goals) if goal is not None]
    value, score = [math.nan] * size, [math.nan] * size
    status = [NOT_AVAILABLE] * size
    if rows:
        years = table["current_year"][rows]
        known = ~np.isnan(years) & ~np.isnan(table["current_value"][rows])
        at = [
            months(date(int(year), 12, 31)) if there and 1 <= year <= 9999 else -1
            for year, there in zip(years, known, strict=True)
        ]
        readings = Readings(
            actual=table["current_value"][rows],
            at=np.array(at, np.int32),
            on_time=np.full(len(rows), np.nan),
            broken=np.zeros(len(rows), np.int8),
            passed=np.zeros(len(rows), bool),
            overdue=np.zeros(len(rows), bool),
            grain=np.zeros(len(rows)),
        )
        made = kernel.assess(profile, columns_of([goal for goal in goals if goal]), readings)
        ratio = profile.method == "ratio"
        values = made.done
        if ratio:
            origin = table["base_value"][rows] if profile.measure == "distance" else 0.0
            with np.errstate(all="ignore"):
                values = (readings.actual - origin) / (made.expected - origin)
            values = np.where(np.isfinite(values), values, np.nan)
        for place, row in enumerate(rows):
            value[row] = float(values[place])
            score[row] = math.nan if ratio else float(made.points[place])
            band = -1 if made.category is None else int(made.category[place])
            word = profile.bands[band].category if band >= 0 else ""
            status[row] = word or STATES[made.state[place]]
    return Judged(value=value, score=score, status=status)


def totals(profile: Profile, rows: Sequence[Mapping[str, str]], judged: Judged) -> list[Totals]:
    """Return score and class of every indicator: the mean of its series, achieved if all are."""
    if profile.growth is None:
        return []
    groups: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        groups.setdefault(row["id"], []).append(place)
    found = []
    for name, members in groups.items():
        scores = np.array([judged.score[each] for each in members], float)
        achieved = np.array([judged.status[each] == TARGET_ACHIEVED for each in members], bool)
        targeted = np.array(
            [not math.isnan(number(rows[each]["target"], "target")) for each in members], bool
        )
        mean, status = growth.total(profile.growth, scores, achieved, targeted)
        found.append(Totals(id=name, score=mean, status=status))
    return found


def _shown(number: float) -> str:
    return "" if math.isnan(number) else repr(number)


def render(header: Sequence[str], rows: Sequence[Mapping[str, str]], judged: Judged) -> str:
    """Return the table with ``progress_value``, ``score`` and ``status`` added, as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    kept = [name for name in header if name not in ADDED]
    writer.writerow([*kept, *ADDED])
    for row, value, score, status in zip(
        rows, judged.value, judged.score, judged.status, strict=True
    ):
        writer.writerow([*(row[name] for name in kept), _shown(value), _shown(score), status])
    return out.getvalue()


def render_totals(found: Sequence[Totals]) -> str:
    """Return scores and classes of indicators as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "score", "status"])
    writer.writerows([each.id, _shown(each.score), each.status] for each in found)
    return out.getvalue()
