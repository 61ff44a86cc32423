"""Which of several observations counts: by trust of the source, then by age, never by value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indicators.assessment.goal import months
from indicators.ledger import Entry
from indicators.model import Observation, Source, Submission

__all__ = ["Reading", "choose", "usable"]

TRUST: Mapping[Source, int] = {"workbook": 0, "bulletin": 1, "plan": 2, "report": 3, "news": 4}


@dataclass(frozen=True, slots=True)
class Reading:
    """The observation that counts for a month, with those that it overrides."""

    observation: Observation
    others: tuple[Observation, ...]
    pending: bool
    """Its submission is not accepted yet."""
    seq: int
    """Batch that added it."""

    @property
    def end(self) -> int:
        """Month in which its period ends."""
        return months(self.observation.period_end)


def usable(
    entries: Iterable[Entry[Observation]], submissions: Iterable[Submission], as_of: date
) -> list[tuple[Entry[Observation], bool]]:
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


def choose(found: Sequence[tuple[Entry[Observation], bool]]) -> Mapping[str, Sequence[Reading]]:
    """Return, for each indicator, the observation of every month, in order of time.

    Accepted workbook over official bulletin over plan over report over news, then the highest seq.
    """
    months_of: dict[tuple[str, int], list[tuple[Entry[Observation], bool]]] = defaultdict(list)
    for entry, pending in found:
        months_of[entry.row.indicator_id, months(entry.row.period_end)].append((entry, pending))
    chosen: dict[str, list[Reading]] = defaultdict(list)
    for (indicator, _), rivals in sorted(months_of.items(), key=lambda item: item[0]):
        rivals.sort(
            key=lambda each: (
                TRUST[each[0].row.source],
                each[1],
                -each[0].batch.seq,
                each[0].row.origin,
            )
        )
        (first, pending), rest = rivals[0], rivals[1:]
        others = tuple(
            each.row
            for each, _ in rest
            if each.row.magnitude != first.row.magnitude or each.row.basis != first.row.basis
        )
        chosen[indicator].append(Reading(first.row, others, pending, first.batch.seq))
    return chosen
