"""The values of a workbook beside those that stand: added, restated, unchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter
from typing import Any

from indicators.ledger import Reader
from indicators.model import Observation
from indicators.submissions.candidate import Candidate
from indicators.submissions.patience import timed
from indicators.submissions.receipt import Changes

__all__ = ["Columns", "Compared", "compare"]

_KEY = ("indicator_id", "period_start", "period_end", "basis")
"""What a value of an office is of; a later one of the same restates it."""
Columns = Mapping[str, Sequence[Any]]
"""The values of a workbook as rows of the ledger, by columns: there may be very many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The values of a workbook, told apart by what stands."""

    values: Columns
    added: Changes
    restated: Changes
    unchanged: Changes

    def new(self, reason: str) -> Columns:
        """Return the values that are to be recorded, with the reason where one is restated."""
        if not self.restated and not self.unchanged:
            return self.values
        again = set(self.restated.at)
        kept = [at in again for at in range(len(self.values["reason"]))]
        reasons = [reason if each else "" for each in kept]
        for at in self.added.at:
            kept[at] = True
        columns = {**self.values, "reason": reasons}
        return {name: list(compress(column, kept)) for name, column in columns.items()}


def compare(
    reader: Reader, office: str, candidates: Sequence[Candidate], values: Columns
) -> Compared:
    """Look what stands for each value of an office."""
    key = attrgetter(*_KEY)
    standing = {
        key(each): each
        for each in reader.current(Observation, source="workbook", origin=office)
        if not each.withdrawn
    }
    keys = zip(*(values[name] for name in _KEY), strict=True)
    olds = [standing.get(each) for each in keys] if standing else [None] * len(candidates)
    added: list[int] = []
    restated: list[int] = []
    unchanged: list[int] = []
    for at, old in enumerate(timed(olds)):
        if old is None:
            added.append(at)
        elif (old.magnitude, old.bound) == (values["magnitude"][at], values["bound"][at]):
            unchanged.append(at)
        else:
            restated.append(at)
    changes = Changes(
        indicator_id=values["indicator_id"],
        indicator=[each.holding.indicator.name for each in candidates],
        quarter=[each.quarter for each in candidates],
        sheet=values["sheet"],
        cell=values["cell"],
        unit=values["unit"],
        new=values["magnitude"],
        old=[old.magnitude if old else None for old in olds],
        at=range(len(candidates)),
    )
    return Compared(
        values=values,
        added=changes.some(added),
        restated=changes.some(restated),
        unchanged=changes.some(unchanged),
    )
