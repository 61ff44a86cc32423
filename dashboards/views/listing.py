"""The list of all targets in pages, so that a browser never receives the whole table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from dashboards.messages import joined, text
from dashboards.quantities import day
from dashboards.theme import GRAVITY
from dashboards.views.roll import GROUPS, Group, Members, Roll, values_of
from dashboards.views.rows import Choice, TargetRow
from dashboards.views.snapshot import Snapshot
from dashboards.views.story import Story
from indicators.assessment.verdict import SEVERITY, Light
from indicators.model import Observation

__all__ = ["COLUMNS", "block", "csv_lines", "safe", "value_lines", "written"]

COLUMNS = (
    "state",
    "indicator",
    "place",
    "office",
    "target",
    "deadline",
    "expected",
    "actual",
    "gap",
    "trend",
)
LONGEST = 500
"""Rows of one block at most, whatever a request asks for."""
RECENT = 12
"""Points of a sparkline."""

_SORTS: Mapping[str, Callable[[TargetRow], Any]] = {
    "state": lambda row: (SEVERITY[row.state], row.points if row.points is not None else 0.0),
    "indicator": lambda row: row.name,
    "place": lambda row: row.place,
    "office": lambda row: row.office,
    "deadline": lambda row: row.deadline or date.max,
    "gap": lambda row: (row.points is None, row.points or 0.0),
}
"""Columns that can be sorted by; values of different units are not compared."""


def _sorted(rows: Sequence[TargetRow], model: Iterable[Mapping[str, str]]) -> Sequence[TargetRow]:
    # The last key first: each sort keeps the order that the later ones made.
    for each in reversed(list(model)):
        key = _SORTS.get(str(each.get("colId")))
        if key is not None:
            rows = sorted(rows, key=key, reverse=each.get("sort") == "desc")
    return rows


def _sparks(snapshot: Snapshot, rows: Sequence[TargetRow]) -> Mapping[str, list[float]]:
    """Return the latest values of the indicators of one block, one a period."""
    made: dict[str, list[float]] = {}
    for indicator_id in {row.indicator_id for row in rows}:
        latest: dict[date, float] = {}
        for each in snapshot.reader.current(Observation, indicator_id=indicator_id):
            if not each.withdrawn:
                latest.setdefault(each.period_end, float(each.magnitude))
        made[indicator_id] = [latest[end] for end in sorted(latest)][-RECENT:]
    return made


def block(
    snapshot: Snapshot,
    choice: Choice,
    start: int,
    end: int,
    sort: Iterable[Mapping[str, str]] = (),
) -> tuple[list[dict[str, Any]], int]:
    """Return one block of chosen rows as the grid takes them, and how many rows there are."""
    roll = snapshot.chosen(choice)
    start = max(0, start)
    end = min(max(start, end), start + LONGEST)
    if choice.group:
        shown, count = _grouped(snapshot, roll, choice, start, end, list(sort))
    else:
        chosen = _sorted(roll.rows, sort)
        shown, count = list(chosen[start:end]), len(chosen)
    sparks = _sparks(snapshot, [row for row in shown if isinstance(row, TargetRow)])
    return [
        _line(row, sparks[row.indicator_id]) if isinstance(row, TargetRow) else row for row in shown
    ], count


def _grouped(
    snapshot: Snapshot,
    roll: Roll,
    choice: Choice,
    start: int,
    end: int,
    sort: Sequence[Mapping[str, str]],
) -> tuple[list[TargetRow | dict[str, Any]], int]:
    """Return a block of rows put together under a line for each group, the worst group first.

    Only the groups that the block shows are looked into and sorted.
    """
    group: Group = next(each for each in GROUPS if each == choice.group)
    found: list[TargetRow | dict[str, Any]] = []
    named = roll.worst(group, len(roll.groups[group]))
    rest = tuple(row for row in roll.rows if not values_of(row, group))
    parts = [*named, *([("", Members.of(rest))] if rest else ())]
    at = 0
    for value, members in parts:
        until = at + 1 + len(members.rows)
        if at < end and until > start:
            lines: list[TargetRow | dict[str, Any]] = [
                _heading(snapshot, group, value, members.lights)
            ]
            lines += _sorted(members.rows, sort)
            found += lines[max(0, start - at) : end - at]
        at = until
    return found, at


def _heading(
    snapshot: Snapshot, group: Group, value: str, lights: Mapping[Light, int]
) -> dict[str, Any]:
    words = value
    if group == "document" and value in snapshot.documents:
        words = snapshot.documents[value].title or snapshot.documents[value].document
    counts = joined(
        (f"{text(f'light.{light}')} {lights[light]}" for light in GRAVITY if lights.get(light)),
        "space",
    )
    return {"id": f"group:{value}", "group": words or text("listing.rest"), "counts": counts}


def _line(row: TargetRow, spark: list[float]) -> dict[str, Any]:
    return {
        "id": row.target_id,
        "href": f"/indicators/{row.indicator_id}?target={row.target_id}",
        "light": row.light,
        "state": row.label,
        "indicator": row.name,
        "place": row.place,
        "office": row.office or text("site.none"),
        "target": row.target,
        "deadline": day(row.deadline),
        "expected": row.expected,
        "actual": row.actual,
        "gap": row.gap,
        "trend": spark,
        "mark": text("site.demonstration") if row.demonstration else "",
    }


def safe(value: str) -> str:
    """Return a text that a spreadsheet will not take for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def csv_lines(snapshot: Snapshot, choice: Choice) -> Iterator[str]:
    """Yield the chosen rows as lines of CSV, numbers bare, the first line naming the columns."""
    names = [*COLUMNS[:-1], "document"]
    yield "\ufeff" + written([text(f"column.{name}") for name in names])
    for row in snapshot.chosen(choice).rows:
        titles = [
            snapshot.documents[each].title or snapshot.documents[each].document
            for each in row.documents
            if each in snapshot.documents
        ]
        yield written(
            [
                row.label,
                safe(row.name),
                safe(row.place),
                safe(row.office),
                safe(row.target),
                day(row.deadline) if row.deadline else "",
                safe(row.expected),
                safe(row.actual),
                "" if row.points is None else f"{row.points:.4g}",
                safe(joined(titles, "clause")),
            ]
        )


def value_lines(told: Story) -> Iterator[str]:
    """Yield every value of an indicator as lines of CSV, restated ones after what replaced them."""
    names = ("indicator", "place", "start", "end", "accumulation", "actual", "unit", "source")
    yield "\ufeff" + written([text(f"column.{name}") for name in (*names, "cell", "recorded")])
    indicator = told.indicator
    for value in told.values:
        source = value.origin or text(f"source.{value.source}")
        where = f"{value.file_name}!{value.sheet}!{value.cell}" if value.cell else ""
        stages = [(value.magnitude, value.known_at)]
        stages += [(each.magnitude, each.known_at) for each in value.earlier]
        for magnitude, known_at in stages:
            yield written(
                [
                    safe(indicator.name),
                    safe(indicator.place),
                    day(value.period_start),
                    day(value.period_end),
                    text(f"accumulation.{value.basis}") if value.basis else "",
                    format(magnitude.normalize(), "f"),
                    indicator.unit,
                    safe(source),
                    safe(where),
                    known_at.isoformat(timespec="seconds"),
                ]
            )


def written(values: Sequence[str]) -> str:
    """Return a line of CSV."""
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()
