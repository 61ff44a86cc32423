"""The ledger at one seq judged at one day, and what pages ask of it again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from dashboards.views.blocks import Blocks
from dashboards.views.roll import GROUPS, Roll, worst_first
from dashboards.views.rows import Choice, TargetRow, choose, target_rows
from indicators.assessment.verdict import STATES, Assessment, State, Verdict
from indicators.errors import UsageError
from indicators.ledger import Batch, Reader
from indicators.model import (
    Board,
    BoardLine,
    Commitment,
    Indicator,
    Observation,
    Setting,
    SourceDocument,
    Target,
)
from indicators.periods import quarter

if TYPE_CHECKING:
    from datetime import date

    from indicators.assessment.changes import Change
    from indicators.assessment.outlook import Coverage, Outlook

__all__ = ["Judge", "Snapshot", "quarter_end"]

OTHER_RULES = ("xuancheng", "yinchuan", "tola15")
"""Rules whose verdicts are shown where they differ."""
STATE_OF: Mapping[str, State] = {str(state): state for state in STATES}
_TESTED = 300
"""Series that outlooks are tested on: enough for a share, few enough to wait for."""
_ROLLS = 24
"""Narrowed rolls kept: what people look at between two batches."""
_WHY = 16_000
"""Causes of changes that are remembered."""
_EXPLAINED = 4000
"""Changes whose causes are worked out before anybody asks, the worst first."""

_PREPARED = ("indicators", "settings", "documents", "verdicts", "roll", "has_data", "quarters")
"""Tables that every page asks for."""


class Judge(Protocol):
    """Judges every accepted target, or those of some indicators, as of a day."""

    def __call__(
        self, reader: Reader, as_of: date | None, only: Collection[str] | None = None
    ) -> Assessment:
        """Judge as of a day, or of the latest quarter that has data."""
        ...


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
    _rolls: OrderedDict[Choice, Roll] = field(default_factory=OrderedDict, compare=False)
    known_changes: dict[str, Change | None] = field(default_factory=dict, compare=False)
    """Why targets stand in another state than on the board, as far as it was asked."""

    def prepare(self) -> None:
        """Make what every page asks for, so that no reader waits for it."""
        for name in _PREPARED:
            getattr(self, name)

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
    def roll(self) -> Roll:
        """All targets with their counts and orders."""
        return Roll.of(target_rows(self.assessment.verdicts, self.commitments))

    @property
    def rows(self) -> Sequence[TargetRow]:
        """One row a target, worst first."""
        return self.roll.rows

    def chosen(self, choice: Choice) -> Roll:
        """Return the targets that an address chooses."""
        if not choice.narrowed:
            return self.roll
        made = self._rolls.get(choice)
        if made is None:
            made = self._rolls[choice] = Roll.of(choose(self._fewest(choice), choice))
            while len(self._rolls) > _ROLLS:
                self._rolls.popitem(last=False)
        return made

    def _fewest(self, choice: Choice) -> Sequence[TargetRow]:
        """Return the smallest group of rows that holds all that a choice takes."""
        found: Sequence[TargetRow] = self.rows
        for group in GROUPS:
            value = getattr(choice, group)
            members = self.roll.groups[group].get(value)
            if value and (members is None or len(members.rows) < len(found)):
                found = members.rows if members else ()
        return found

    @cached_property
    def quarters(self) -> tuple[str, ...]:
        """Quarters that can be looked at, latest first."""
        named = {batch.quarter for batch in self.batches if batch.quarter and not batch.voided_by}
        if self.assessment.quarter:
            named.add(self.assessment.quarter)
        return tuple(sorted((each for each in named if quarter_end(each)), reverse=True))

    @cached_property
    def board(self) -> Board | None:
        """The board issued last before the day; None without one."""
        from indicators.assessment.boards import boards

        told = self.assessment
        issued = boards(self.reader, profile=told.profile)
        return next((each for each in reversed(issued) if each.quarter <= told.quarter), None)

    @cached_property
    def frozen(self) -> Mapping[str, BoardLine]:
        """The lines of that board by target."""
        from indicators.assessment.boards import lines

        if self.board is None:
            return {}
        return {each.target_id: each for each in lines(self.reader, self.board.board_id)}

    @cached_property
    def moved(self) -> Mapping[str, State | None]:
        """Targets that stand in another state than on that board, with the state there."""
        return self.moves(self.rows)

    def moves(self, rows: Iterable[TargetRow]) -> Mapping[str, State | None]:
        """Return those of some targets that stand in another state than on the board."""
        found: dict[str, State | None] = {}
        for row in rows if self.board is not None else ():
            line = self.frozen.get(row.target_id)
            if line is None or (line.light, line.state) != (row.light, row.state):
                found[row.target_id] = STATE_OF.get(line.state) if line else None
        return found

    @cached_property
    def moved_rows(self) -> Blocks[TargetRow]:
        """The rows of these targets, worst first."""
        return worst_first(row for row in self.rows if row.target_id in self.moved)

    def moved_of(self, choice: Choice) -> Sequence[TargetRow]:
        """Return those of the targets that an address chooses, worst first."""
        if not choice.narrowed:
            return self.moved_rows
        rows = self.chosen(choice).rows
        if len(rows) > len(self.moved_rows):
            return [row for row in self.moved_rows if choice.takes(row)]
        return [row for row in rows if row.target_id in self.moved]

    def why(self, rows: Sequence[TargetRow]) -> Mapping[str, Change]:
        """Return the changes of some targets since that board with their causes."""
        from indicators.assessment.changes import diff

        known = self.known_changes
        asked = [row for row in rows if row.target_id not in known]
        if self.board is not None and asked:
            if len(known) > _WHY:
                known.clear()
            only = {row.indicator_id for row in asked}
            judged = tuple(each for key in only for each in self.verdicts.get(key, ()))
            found = diff(
                self.reader,
                self.board,
                only=only,
                told=replace(self.assessment, verdicts=judged),
                lines=self.frozen,
            )
            told = {each.target_id: each for each in found}
            known.update({row.target_id: told.get(row.target_id) for row in asked})
        return {row.target_id: why for row in rows if (why := known.get(row.target_id))}

    def explain(self, most: int) -> None:
        """Work out the causes of some more changes, so that who asks for them need not wait."""
        if self.board is not None:
            worst = self.moved_rows[:_EXPLAINED]
            unknown = (row for row in worst if row.target_id not in self.known_changes)
            self.why(list(islice(unknown, most)))

    @cached_property
    def has_data(self) -> bool:
        """Whether any value stands in the ledger."""
        return any(not row.withdrawn for row in self.reader.current(Observation))

    @cached_property
    def sample(self) -> frozenset[str]:
        """Indicators on which outlooks are tested: all of a small ledger, evenly some of a large one."""
        known = sorted(self.verdicts)
        return frozenset(known[:: -(-len(known) // _TESTED)]) if known else frozenset()

    @cached_property
    def coverage(self) -> Coverage:
        """How far outlooks can be trusted here."""
        from indicators.assessment.prospects import prospects

        return prospects(self.reader, as_of=self.assessment.as_of, only=self.sample).coverage

    def ahead(self, verdict: Verdict) -> tuple[Outlook | None, tuple[Verdict, ...]]:
        """Return where a target is heading, and the verdicts of rules that give it another light.

        There is no outlook below the minimum of points.
        """
        from indicators.assessment.closeup import closeup

        as_of = self.assessment.as_of
        told = closeup(self.reader, verdict.target, OTHER_RULES, as_of=as_of, but=verdict.light)
        others = tuple(
            each for each in told.verdicts.values() if each.light not in (verdict.light, "grey")
        )
        return told.outlook, others

    @cached_property
    def demonstration(self) -> bool:
        """Whether anything that is shown was made up for show."""
        return bool(self.roll.demonstration) or any(
            batch.demonstration and not batch.voided_by for batch in self.batches
        )
