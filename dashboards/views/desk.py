"""One reading of the ledger for all pages, kept until the ledger has grown."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from dashboards.views.rows import TargetRow, target_rows
from indicators.assessment.verdict import Assessment, Verdict
from indicators.errors import UsageError
from indicators.ledger import Batch, Ledger, Reader
from indicators.model import (
    Board,
    Commitment,
    Indicator,
    Observation,
    Setting,
    SourceDocument,
    Target,
)
from indicators.periods import quarter

if TYPE_CHECKING:
    from indicators.assessment.changes import Change
    from indicators.assessment.prospects import Prospects

__all__ = ["Desk", "Judge", "Snapshot"]

Judge = Callable[[Reader, date | None], Assessment]
"""Judges every accepted target as of a day, or of the latest quarter that has data."""

OTHER_RULES = ("xuancheng", "yinchuan", "tola15")
"""Rules whose verdicts are shown where they differ."""
_JUDGED_AGAIN = 3000
_KEPT = 6
"""Snapshots kept: the current quarter and the few that people page back to."""


def _judge(reader: Reader, as_of: date | None) -> Assessment:
    from indicators.assessment import judge

    return judge(reader, as_of=as_of)


def quarter_end(written: str) -> date | None:
    """Return the last day of a quarter such as 2026Q3; None for anything else."""
    try:
        return quarter(written).end
    except UsageError:
        return None


@dataclass(frozen=True)
class Snapshot:
    """The ledger at one seq, judged at one day, and what pages ask of it again and again.

    Not slotted: the derived tables are computed once, when a page first asks.
    """

    reader: Reader
    seq: int
    assessment: Assessment

    @cached_property
    def batches(self) -> Sequence[Batch]:
        """Every batch, by seq."""
        return self.reader.batches()

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Indicators by id."""
        return {row.indicator_id: row for row in self.reader.current(Indicator)}

    @cached_property
    def settings(self) -> Mapping[str, Setting]:
        """Settings by indicator."""
        return {row.indicator_id: row for row in self.reader.current(Setting)}

    @cached_property
    def documents(self) -> Mapping[str, SourceDocument]:
        """Documents by digest."""
        return {row.document_digest: row for row in self.reader.current(SourceDocument)}

    @cached_property
    def commitments(self) -> Mapping[str, Commitment]:
        """Commitments by id."""
        return {row.commitment_id: row for row in self.reader.current(Commitment)}

    @cached_property
    def targets(self) -> Sequence[Target]:
        """Targets that were not rejected or withdrawn."""
        return [
            row for row in self.reader.current(Target) if row.status in ("proposed", "accepted")
        ]

    @cached_property
    def observed(self) -> Mapping[str, str]:
        """Indicator by the commitment that states an actual value of it."""
        rows = (
            row
            for source in ("plan", "report", "news", "bulletin")
            for row in self.reader.current(Observation, source=source)
        )
        return {row.commitment_id: row.indicator_id for row in rows if row.commitment_id}

    @cached_property
    def verdicts(self) -> Mapping[str, tuple[Verdict, ...]]:
        """Verdicts by indicator, worst first."""
        found: dict[str, list[Verdict]] = {}
        for verdict in self.assessment.verdicts:
            found.setdefault(verdict.indicator.indicator_id, []).append(verdict)
        return {key: tuple(each) for key, each in found.items()}

    @cached_property
    def rows(self) -> tuple[TargetRow, ...]:
        """One row a target, worst first."""
        return target_rows(self.assessment.verdicts, self.commitments)

    @cached_property
    def quarters(self) -> tuple[str, ...]:
        """Quarters that can be looked at, latest first."""
        named = {batch.quarter for batch in self.batches if batch.quarter and not batch.voided_by}
        if self.assessment.quarter:
            named.add(self.assessment.quarter)
        return tuple(sorted((each for each in named if quarter_end(each)), reverse=True))

    @cached_property
    def changes(self) -> tuple[Board, Sequence[Change]] | None:
        """The board issued last before the day, and what changed since; None without one."""
        from indicators.assessment.boards import boards
        from indicators.assessment.changes import diff

        told = self.assessment
        earlier = [
            board
            for board in boards(self.reader, profile=told.profile)
            if board.quarter <= told.quarter
        ]
        if not earlier:
            return None
        return earlier[-1], diff(self.reader, earlier[-1], as_of=told.as_of)

    @cached_property
    def prospects(self) -> Prospects:
        """Where courses are heading, and how far such outlooks can be trusted here."""
        from indicators.assessment.prospects import prospects

        return prospects(self.reader, as_of=self.assessment.as_of)

    @cached_property
    def other_rules(self) -> Mapping[str, tuple[tuple[str, Verdict], ...]]:
        """For each target the rules that give it another light, with their verdicts.

        Empty for a large ledger: judging everything once more a rule would keep readers waiting.
        """
        from indicators.assessment.profile import load

        found: dict[str, list[tuple[str, Verdict]]] = {}
        if len(self.assessment.verdicts) > _JUDGED_AGAIN:
            return {}
        lights = {each.target.target_id: each.light for each in self.assessment.verdicts}
        for name in OTHER_RULES:
            told = self.judge_by(name)
            title = load(name).title
            for each in told.verdicts:
                key = each.target.target_id
                if each.light != lights.get(key) and each.light != "grey":
                    found.setdefault(key, []).append((title, each))
        return {key: tuple(each) for key, each in found.items()}

    def judge_by(self, rules: str) -> Assessment:
        """Judge the same day by other rules."""
        from indicators.assessment import judge

        return judge(self.reader, as_of=self.assessment.as_of, rules=rules)

    @cached_property
    def demonstration(self) -> bool:
        """Whether anything that is shown was made up for show."""
        return any(row.demonstration for row in self.rows) or any(
            batch.demonstration and not batch.voided_by for batch in self.batches
        )


class Desk:
    """Hands out snapshots of one ledger: one is made when the ledger has grown, else the kept one.

    Args:
        ledger: the store that is shown.
        judge: how it is judged; the house's own rules by default.
    """

    def __init__(self, ledger: Ledger, *, judge: Judge = _judge) -> None:
        self.ledger = ledger
        self._judge = judge
        self._kept: OrderedDict[tuple[int, str], Snapshot] = OrderedDict()
        self._lock = Lock()

    def snapshot(self, chosen: str = "") -> Snapshot:
        """Return the ledger as it stands, judged at the end of a quarter (the latest if empty).

        Raises:
            StoreError: the ledger cannot be read.
        """
        as_of = quarter_end(chosen)
        # Read before the lock: whoever waits for it then takes what the first one made.
        key = (self.ledger.seq, chosen if as_of else "")
        with self._lock:
            if key not in self._kept:
                self._kept[key] = Snapshot(self.ledger, key[0], self._judge(self.ledger, as_of))
                self._forget(key[0])
            self._kept.move_to_end(key)
            return self._kept[key]

    def _forget(self, seq: int) -> None:
        for old in [key for key in self._kept if key[0] < seq]:
            del self._kept[old]
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
