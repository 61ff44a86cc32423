"""Why a light changed between two boards: the steps from one to the other, taken one at a time."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any, TypeVar

from indicators.assessment.judging import cases_of, judge
from indicators.assessment.profile import Profile, load
from indicators.assessment.standing import Standing, standings
from indicators.assessment.verdict import (
    CAUSES,
    LIGHT_LABELS,
    STATE_LABELS,
    Assessment,
    Cause,
    Light,
    State,
    Verdict,
)
from indicators.ledger import Batch, Entry, Reader
from indicators.model import Board, BoardLine, Observation, Record, Submission

__all__ = ["Change", "diff", "explained"]

R = TypeVar("R", bound=Record)
DATA = (Observation, Submission)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A target whose light or state is another one than before."""

    target_id: str
    before_light: Light | None
    before_state: State | None
    """None where the target did not stand on the earlier board."""
    after_light: Light | None
    after_state: State | None
    causes: tuple[Cause, ...]
    """The steps at which it changed, in the order version of the rule, time, data, decision, rule."""
    verdict: Verdict | None = None
    """The later verdict."""

    @property
    def cause(self) -> Cause:
        """The step that brought the later state."""
        return self.causes[-1] if self.causes else ""

    @property
    def words(self) -> str:
        """The change in words: 黄灯→红灯（新数据）."""

        def said(light: Light | None, state: State | None) -> str:
            if light is None or state is None:
                return "无"
            return f"{LIGHT_LABELS[light]}·{STATE_LABELS[state]}"

        causes = "、".join(CAUSES[cause] for cause in self.causes)
        before = said(self.before_light, self.before_state)
        return f"{before}→{said(self.after_light, self.after_state)}（{causes}）"


@dataclass(frozen=True, slots=True)
class Mixed:
    """A ledger as known at one moment for data and at another for everything else."""

    reader: Reader
    data_at: datetime | None
    decided_at: datetime | None
    known: dict[Any, Any] | None = None
    """What was asked before, of this ledger or of one beside it; None to remember nothing."""

    def _told(self, ask: str, record: type[object], equal: Mapping[str, object]) -> Any:
        """Return what ``current`` or ``entries`` tells of the moment that counts for a table."""
        at = self.data_at if record in DATA else self.decided_at
        asked = ask, record, at, tuple(sorted(equal.items()))
        if self.known is None or asked not in self.known:
            told = getattr(self.reader, ask)(record, known_at=at, **equal)
            if self.known is None:
                return told
            self.known[asked] = told
        return self.known[asked]

    def current(
        self, record: type[R], *, known_at: datetime | None = None, **equal: object
    ) -> Sequence[R]:
        """Rows as known at the moment of their sort."""
        del known_at
        found: Sequence[R] = self._told("current", record, equal)
        return found

    def entries(
        self, record: type[R], *, known_at: datetime | None = None, **equal: object
    ) -> Sequence[Entry[R]]:
        """Rows as known at the moment of their sort, each with its batch."""
        del known_at
        found: Sequence[Entry[R]] = self._told("entries", record, equal)
        return found

    def history(self, record: type[R], **equal: object) -> Sequence[Entry[R]]:
        """Every row ever added."""
        return self.reader.history(record, **equal)

    def batches(self) -> Sequence[Batch]:
        """Every batch."""
        return self.reader.batches()

    @property
    def seq(self) -> int:
        """The highest seq."""
        return self.reader.seq

    def content(self, digest: str) -> bytes:
        """A kept file."""
        return self.reader.content(digest)


def _moment(reader: Reader, board: Board) -> datetime:
    """Return when the last batch that a board knew was committed."""
    for batch in reader.batches():
        if batch.seq == board.known_seq:
            return batch.committed_at
    return board.issued_at


def _rule(name: str, rules: str) -> str:
    """Return where the rule of a board is: the file that was named, if that is it."""
    return rules if rules.endswith(".toml") and load(rules).name == name else name


def _seen(verdict: Standing | Verdict | None, earlier: Reader, known_at: datetime) -> Cause:
    """Tell whether the value judged is a new one or replaces one that was known before."""
    if verdict is None or verdict.observation is None:
        return "revised_data"
    judged = verdict.observation
    before = [
        each
        for each in earlier.current(
            Observation, known_at=known_at, indicator_id=judged.indicator_id
        )
        if not each.withdrawn
    ]
    same = [
        each
        for each in before
        if (each.period_end, each.basis) == (judged.period_end, judged.basis)
    ]
    if same or judged in before:
        return "revised_data"
    return "new_data"


def _other_period(one: Standing | None, other: Standing | Verdict | None) -> bool:
    """Tell whether two verdicts judge values of different periods."""
    ends = [each.observation.period_end for each in (one, other) if each and each.observation]
    return len(ends) == 2 and ends[0] != ends[1]


def diff(
    reader: Reader,
    earlier: Board,
    later: Board | None = None,
    *,
    as_of: date | None = None,
    rules: str = "",
    only: Collection[str] | None = None,
    told: Assessment | None = None,
    lines: Mapping[str, BoardLine] | None = None,
) -> list[Change]:
    """Return what changed from a board to a later one, or to what is known now, with its causes.

    The earlier board is rebuilt as it was known, with today's version of its rule, then one thing
    after the other is moved on: the day of looking, the data, what was decided (settings, targets,
    merges), the profile.  The steps at which a target's light or state changes are its causes.

    Args:
        reader: the ledger.
        earlier: the board to start from; what it says is what was frozen.
        later: the board to end with; None for what is known now.
        as_of: day of looking when there is no later board; by default the judged day of now.
        rules: profile when there is no later board; by default the earlier board's. The path of a
            file is also where a board's own rule of that name is found.
        only: ids of the indicators to look at; by default all. With it, a target that stood on the
            earlier board and is judged no more is passed over.
        told: what is known now of the indicators looked at, where it was judged already; with no
            later board and the earlier one's profile.
        lines: the lines of the earlier board by target, where they were read already.
    """
    known = _moment(reader, earlier)
    now = _moment(reader, later) if later is not None else None
    first = _rule(earlier.profile, rules)
    last_rule = _rule(later.profile, rules) if later is not None else rules or first
    place = earlier.scope or None
    final = told or judge(
        reader,
        as_of=later.as_of if later is not None else as_of,
        known_at=now,
        rules=last_rule,
        place=place,
        only=only,
    )
    day, ends = final.as_of, _by_id(final)
    # Only what is judged now is looked at where some indicators are asked for.
    asked = None if only is None else frozenset(ends)
    before = _frozen(_lines(reader, earlier, asked) if lines is None else lines, asked)
    frozen = (
        _frozen(_lines(reader, later, asked), asked)
        if later is not None
        else {key: (str(each.light), str(each.state)) for key, each in ends.items()}
    )
    # The rows of a few are read once for all steps; those of all would fill the memory.
    seen: dict[Any, Any] | None = None if only is None else {}
    worlds = [
        (Mixed(reader, known, known, seen), earlier.as_of),
        (Mixed(reader, known, known, seen), day),
        (Mixed(reader, now, known, seen), day),
        *([(Mixed(reader, now, now, seen), day)] if first != last_rule else ()),
    ]
    start, later_on, reported, *decided = _standing(worlds, load(first), place, only)
    # The rule may have another version by now: then the board cannot be rebuilt as it was frozen.
    steps: list[tuple[Cause, Mapping[str, Standing | Verdict]]] = [
        ("rule", start),
        ("time", later_on),
        ("new_data", reported),
        ("decision", decided[0] if decided else ends),
        ("rule", ends),
    ]
    changes = []
    for key in sorted(before.keys() | frozen.keys()):
        if before.get(key) == frozen.get(key):
            continue
        causes: list[Cause] = []
        last = before.get(key)
        for cause, verdicts in steps:
            found = verdicts.get(key)
            state = (str(found.light), str(found.state)) if found else None
            if state != last:
                data = cause == "new_data"
                # On a later day a value that lay ready for a later period comes into view.
                viewed = cause == "time" and _other_period(start.get(key), found)
                causes.append(
                    _seen(found, reader, known) if data else "new_data" if viewed else cause
                )
                last = state
        if last != frozen.get(key) or not causes:
            # The frozen line was made by another version of the rule than today's.
            causes.append("rule")
        changes.append(_change(key, before.get(key), frozen.get(key), tuple(causes), ends.get(key)))
    return changes


def _standing(
    worlds: Sequence[tuple[Reader, date]],
    rules: Profile,
    place: str | None,
    only: Collection[str] | None,
) -> list[Mapping[str, Standing]]:
    """Return how targets stand in each of several states of the ledger, each at its day."""

    def judged(some: Sequence[tuple[Reader, date]]) -> list[Mapping[str, Standing]]:
        found = [cases_of(reader, rules, day, place=place, only=only) for reader, day in some]
        days = [day for cases, (_, day) in zip(found, some, strict=True) for _ in cases]
        made = iter(standings(list(chain.from_iterable(found)), rules, days))
        return [{case.target.target_id: next(made) for case in cases} for cases in found]

    # A few targets are judged in one pass of the kernel; of all only one state is in memory.
    if only is not None:
        return judged(worlds)
    return [judged([world])[0] for world in worlds]


def _lines(reader: Reader, board: Board, only: frozenset[str] | None) -> Mapping[str, BoardLine]:
    """Return the lines of a board as they were issued by target; of some targets or of all."""
    asked: dict[str, Any] = {} if only is None else {"target_id": only}
    rows = reader.current(BoardLine, board_id=board.board_id, **asked)
    return {each.target_id: each for each in rows}


def _frozen(
    lines: Mapping[str, BoardLine], only: frozenset[str] | None
) -> Mapping[str, tuple[str, str]]:
    """Return light and state of the targets of a board; of some or of all."""
    some = lines.values() if only is None else [lines[key] for key in only if key in lines]
    return {each.target_id: (each.light, each.state) for each in some}


def _by_id(found: Assessment) -> Mapping[str, Verdict]:
    return {each.target.target_id: each for each in found.verdicts}


def _change(
    key: str,
    before: tuple[str, str] | None,
    after: tuple[str, str] | None,
    causes: tuple[Cause, ...],
    verdict: Verdict | None,
) -> Change:
    lights: Mapping[str, Light] = {str(light): light for light in LIGHT_LABELS}
    states: Mapping[str, State] = {str(state): state for state in STATE_LABELS}
    return Change(
        target_id=key,
        before_light=lights[before[0]] if before else None,
        before_state=states[before[1]] if before else None,
        after_light=lights[after[0]] if after else None,
        after_state=states[after[1]] if after else None,
        causes=causes,
        verdict=verdict,
    )


def explained(found: Assessment, changes: Sequence[Change]) -> Assessment:
    """Return an assessment whose verdicts carry the cause of their change."""
    causes = {each.target_id: each.cause for each in changes}
    return dataclasses.replace(
        found,
        verdicts=tuple(
            dataclasses.replace(each, cause=causes.get(each.target.target_id, ""))
            for each in found.verdicts
        ),
    )
