"""Which of several observations counts: by trust of the source, then by age, never by value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice, repeat
from operator import lt

from indicators.assessment.goal import months
from indicators.bulk import made
from indicators.ledger import Entry
from indicators.model import Observation, Source, Submission

__all__ = ["Reading", "choose", "usable"]

TRUST: Mapping[Source, int] = {"workbook": 0, "bulletin": 1, "plan": 2, "report": 3, "news": 4}

Usable = tuple[Entry[Observation], bool]
"""An observation that counts, and whether it waits for acceptance."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The observation that counts for a month, with those that it overrides."""

    observation: Observation
    others: tuple[Observation, ...]
    pending: bool
    """Its submission is not accepted yet."""
    seq: int
    """Batch that added it."""
    end: int
    """Month in which its period ends."""


def usable(
    entries: Iterable[Entry[Observation]], submissions: Iterable[Submission], as_of: date
) -> list[Usable]:
    """Return observations up to a day that count, each with whether it waits for acceptance."""
    status = {each.submission_id: each.status for each in submissions}
    found = []
    for entry in entries:
        row = entry.row
        state = status.get(row.submission_id, "accepted") if row.submission_id else "accepted"
        if row.withdrawn or row.period_end > as_of or state == "returned":
            continue
        found.append((entry, state == "submitted"))
    return found


def _standing(each: Usable) -> tuple[int, bool, int, str]:
    """Sorting key of rivals for one month: the first one counts."""
    entry, pending = each
    return TRUST[entry.row.source], pending, -entry.batch.seq, entry.row.origin


def _reading(rivals: list[Usable], end: int) -> Reading:
    if len(rivals) > 1:
        rivals.sort(key=_standing)
    first, pending = rivals[0]
    row = first.row
    others = tuple(
        each.row
        for each, _ in rivals[1:]
        if each.row.magnitude != row.magnitude or each.row.basis != row.basis
    )
    return Reading(row, others, pending, first.batch.seq, end)


def choose(found: Iterable[Usable]) -> Mapping[str, Sequence[Reading]]:
    """Return, for each indicator, the observation of every month, in order of time.

    Accepted workbook over official bulletin over plan over report over news, then the highest seq.
    """
    of: dict[str, list[Usable]] = {}
    for each in found:
        of.setdefault(each[0].row.indicator_id, []).append(each)
    ends = {
        indicator: [months(entry.row.period_end) for entry, _ in values]
        for indicator, values in of.items()
    }
    # Hardly any month has two values, and rows come in order of time: those are made by columns.
    alone = {key for key, each in ends.items() if all(map(lt, each, islice(each, 1, None)))}
    plain = iter(_plain([each for key in of if key in alone for each in of[key]]))
    return {
        indicator: list(islice(plain, len(values)))
        if indicator in alone
        else _rivals(values, ends[indicator])
        for indicator, values in of.items()
    }


def _plain(found: Sequence[Usable]) -> list[Reading]:
    """Return values without rivals as readings."""
    entries = [entry for entry, _ in found]
    rows = [entry.row for entry in entries]
    return made(
        Reading,
        len(rows),
        {
            "observation": rows,
            "others": repeat((), len(rows)),
            "pending": [pending for _, pending in found],
            "seq": [entry.batch.seq for entry in entries],
            "end": [months(row.period_end) for row in rows],
        },
    )


def _rivals(values: Sequence[Usable], ends: Sequence[int]) -> list[Reading]:
    """Return the reading of each month of one indicator."""
    order = sorted(range(len(values)), key=ends.__getitem__)
    return [
        _reading([values[place] for place in places], end)
        for end, places in groupby(order, key=ends.__getitem__)
    ]
