"""What is wrong with the settings of an indicator: pure functions of rows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from indicators import reference, units
from indicators.model import Accumulation, Indicator, Setting, Target
from indicators.register.settings import SCHEDULES

__all__ = ["PERIODS", "check", "part_words", "split_points", "wrong_parts"]

PERIODS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "year": (re.compile(r"20[0-9]{2}"), "“2026”式的年度"),
    "quarter": (re.compile(r"20[0-9]{2}Q[1-4]"), "“2026Q1”式的季度"),
}
"""How parts in time are written; judging reads them so."""
_DIRECT = {"growth": "增速", "change": "变化", "range": "区间", "milestone": "节点"}


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    """Return the words that tell a direction, from the reference data."""
    told = tomllib.loads(reference.path("judging.toml").read_text("utf-8"))
    return {name: tuple(told.get(name, ())) for name in ("falling", "rising", "less_is_better")}


def _usual(indicator: Indicator, targets: Sequence[Target]) -> tuple[str, str]:
    """Return the direction that name and bound suggest, and the word that does."""
    words = _words()
    for word in (*words["falling"], *words["rising"]):
        if word in indicator.name:
            return "up", word
    if any(each.bound == "at_most" for each in targets):
        return "down", "不高于"
    if any(each.bound == "at_least" for each in targets):
        return "up", "不低于"
    for word in words["less_is_better"]:
        if word in indicator.name:
            return "down", word
    return "", ""


def split_points(entries: Iterable[str]) -> dict[str, Decimal]:
    """Return the parts of a split written as ``2026=433.3``.

    Raises:
        ValueError: an entry is not so written.
    """
    found = {}
    for each in entries:
        part, equals, number = each.partition("=")
        try:
            value = Decimal(number.strip())
        except InvalidOperation:
            raise ValueError(each) from None
        if not equals or not part.strip():
            raise ValueError(each)
        found[part.strip()] = value
    return found


def _parts_of_whole(target: Target, parts: Mapping[str, Decimal]) -> tuple[str, Decimal] | None:
    """Return what is wrong with the parts of offices or places: together they are the target."""
    total = sum(parts.values(), Decimal(0))
    return ("settings-split", total) if parts and total != target.magnitude else None


def _last_part(deadline: date, sort: str) -> str:
    """Return the year or quarter in which a deadline lies."""
    if sort == "year":
        return str(deadline.year)
    return f"{deadline.year}Q{(deadline.month + 2) // 3}"


def _parts_in_time(
    target: Target, sort: str, parts: Mapping[str, Decimal], accumulation: Accumulation
) -> tuple[str, Decimal | str] | None:
    """Return what is wrong with parts by year or quarter, as (code, what stands), or nothing.

    Values of what is new in each period (``period``) add up to the target; all others say what is
    to be reached by then, and the last one is the target.

    Args:
        target: what is split.
        sort: year or quarter.
        parts: ``2026`` or ``2026Q1`` → value, in the target's unit.
        accumulation: how the indicator's values add up in time.
    """
    if target.deadline is None or not parts:
        return None
    last = _last_part(target.deadline, sort)
    if late := [each for each in parts if each > last]:
        return "settings-split-late", max(late)
    if accumulation == "period":
        total = sum(parts.values(), Decimal(0))
        # Quarters may be those of one year only: they must not exceed the whole.
        exact = sort == "year" and last in parts
        wrong = total != target.magnitude if exact else total > target.magnitude
        return ("settings-split", total) if wrong else None
    if last in parts and parts[last] != target.magnitude:
        return "settings-split-last", parts[last]
    return None


def wrong_parts(
    indicator: Indicator,
    target: Target,
    sort: str,
    parts: Mapping[str, Decimal],
    accumulation: Accumulation,
) -> tuple[str, Decimal | str] | None:
    """Return what is wrong with the parts of a target, as (code, what stands), or nothing.

    Args:
        indicator: of the target; rates and changes do not add up.
        target: what is split.
        sort: year, quarter, office or place.
        parts: value by part, in the target's unit.
        accumulation: how the indicator's values add up in time.
    """
    if indicator.sort in ("growth", "change"):
        return None
    if sort in PERIODS:
        return _parts_in_time(target, sort, parts, accumulation)
    return None if indicator.sort == "share" else _parts_of_whole(target, parts)


def part_words(target: Target, found: Decimal | str) -> tuple[str, str]:
    """Return what stands and what should, of what is wrong with parts: a value, or a part too late."""
    if isinstance(found, str):
        return found, str(target.deadline)
    return units.display(found, target.unit), units.display(target.magnitude, target.unit)


def check(
    setting: Setting,
    indicator: Indicator,
    targets: Sequence[Target],
    parts: Mapping[str, Decimal] | None = None,
) -> list[tuple[str, str, dict[str, Any]]]:
    """Return what is wrong with settings, as (code, field, words to fill in).

    Args:
        setting: as it is to be.
        indicator: whose settings.
        targets: those in force.
        parts: shares of the target by year or quarter that stand besides.
    """
    found: list[tuple[str, str, dict[str, Any]]] = []
    if (setting.baseline is None) != (setting.baseline_date is None):
        field = "baseline_date" if setting.baseline_date is None else "baseline"
        found.append(("settings-baseline-pair", field, {}))
    deadline = min((each.deadline for each in targets if each.deadline), default=None)
    if deadline and setting.baseline_date and setting.baseline_date >= deadline:
        found.append(
            (
                "settings-baseline-date",
                "baseline_date",
                {"found": setting.baseline_date, "expected": deadline},
            )
        )
    usual, word = _usual(indicator, targets)
    if usual and setting.direction in ("up", "down") and setting.direction != usual:
        says = {"up": "上升", "down": "下降"}
        found.append(
            (
                "settings-direction",
                "direction",
                {"found": says[setting.direction], "expected": word, "usual": says[usual]},
            )
        )
    found += _schedule(setting, indicator, parts or {})
    start = next((each.plan_start for each in targets if each.plan_start), None)
    if setting.accumulation == "since_start" and setting.since is None and start is None:
        found.append(("settings-since", "since", {}))
    found += _splits(setting, indicator, targets)
    return found


def _schedule(
    setting: Setting, indicator: Indicator, parts: Mapping[str, Decimal]
) -> Iterable[tuple[str, str, dict[str, Any]]]:
    said = next((word for word, meant in SCHEDULES.items() if meant == setting.schedule), "")
    direct = _DIRECT.get(indicator.sort)
    if direct and setting.schedule not in ("", "annual_only"):
        yield "settings-schedule", "schedule", {"found": said, "expected": direct}
    splits = (*setting.yearly_split, *setting.quarterly_split)
    if setting.schedule == "split" and not splits and not parts:
        yield (
            "settings-schedule-split",
            "schedule",
            {"found": said, "expected": "分年目标或分季目标"},
        )
    needs = setting.schedule in ("compound", "yearly_steps") and setting.baseline is None
    if needs:
        yield "settings-schedule-split", "schedule", {"found": said, "expected": "基期值"}
    if setting.schedule == "seasonal" and setting.accumulation not in ("year_to_date", ""):
        yield (
            "settings-schedule",
            "schedule",
            {"found": said, "expected": "非“年初以来累计”"},
        )


def _splits(
    setting: Setting, indicator: Indicator, targets: Sequence[Target]
) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """Yield splits that cannot be read or do not end at the target."""
    for name in ("yearly_split", "quarterly_split"):
        entries: tuple[str, ...] = getattr(setting, name)
        try:
            points = split_points(entries)
        except ValueError as error:
            yield "register-value", name, {"found": str(error), "expected": "“2026=433.3”的写法"}
            continue
        dated = [each for each in targets if each.deadline]
        if not points or not dated:
            continue
        last = dated[-1]
        assert last.deadline is not None
        sort = "year" if name == "yearly_split" else "quarter"
        final = _last_part(last.deadline, sort)
        if late := [each for each in points if each > final]:
            yield "settings-split-late", name, {"found": max(late), "expected": last.deadline}
            continue
        end = final if sort == "year" else ""
        if setting.accumulation == "period":
            total = sum(points.values(), Decimal(0))
            if end in points and total != last.magnitude:
                yield (
                    "settings-split",
                    name,
                    {
                        "found": units.display(total, indicator.unit),
                        "expected": units.display(last.magnitude, indicator.unit),
                    },
                )
        elif end in points and points[end] != last.magnitude:
            yield (
                "settings-split-last",
                name,
                {
                    "found": units.display(points[end], indicator.unit),
                    "expected": units.display(last.magnitude, indicator.unit),
                },
            )
