"""From the ledger to a bulletin: the issued board of a quarter, or a preview of it."""

from __future__ import annotations

from collections.abc import Sequence

from indicators import periods
from indicators.assessment import LIGHT_LABELS, STATE_LABELS, Light, State, changes, judge, profile
from indicators.assessment.boards import boards, repeats
from indicators.assessment.verdict import CAUSES
from indicators.bulletin.content import Bulletin, Change, compose
from indicators.ledger import Reader
from indicators.model import Board, Indicator, Target

__all__ = ["prepare"]


def prepare(reader: Reader, *, quarter: str, scope: str = "", rules: str = "schedule") -> Bulletin:
    """Return the bulletin of a quarter.

    Where a board of the quarter was issued, the bulletin says what that board knew, however much
    has come in since; otherwise it is a preview of what is known now.

    Args:
        reader: the ledger.
        quarter: such as 2026Q2.
        scope: a place with what lies under it; empty for all.
        rules: name of a rule profile, or the path of its file.

    Raises:
        UsageError: there is no such quarter or profile.
        ConfigurationError: the profile's file is wrong.
    """
    end = periods.quarter(quarter).end
    made = boards(reader, scope=scope, profile=profile.load(rules).name)
    issued = next((each for each in reversed(made) if each.quarter == quarter), None)
    known_at = None
    if issued is not None:
        known_at = next(
            (each.committed_at for each in reader.batches() if each.seq == issued.known_seq), None
        )
    assessment = judge(
        reader,
        as_of=issued.as_of if issued else end,
        known_at=known_at,
        rules=rules,
        place=scope or None,
    )
    earlier = [each for each in made if each.quarter < quarter]
    repeated = {each.target_id: each for each in repeats(reader, issued)} if issued else {}
    return compose(
        reader,
        assessment,
        scope=scope,
        issued=issued,
        changes=_changes(reader, earlier[-1], issued, rules) if earlier else (),
        repeats={
            key: "，".join(part for part in (each.words, each.measure) if part)
            for key, each in repeated.items()
            if each.times > 1
        },
        known_at=known_at,
    )


def _said(light: Light | None, state: State | None) -> str:
    return f"{LIGHT_LABELS[light]} {STATE_LABELS[state]}" if light and state else "—"


def _changes(reader: Reader, earlier: Board, issued: Board | None, rules: str) -> Sequence[Change]:
    """Return what changed since the last board of an earlier quarter, with its causes."""
    targets = {each.target_id: each for each in reader.current(Target)}
    indicators = {each.indicator_id: each for each in reader.current(Indicator)}
    found = []
    for each in changes.diff(reader, earlier, issued, rules=rules):
        indicator = indicators[targets[each.target_id].indicator_id]
        found.append(
            Change(
                name=indicator.name,
                place=indicator.place,
                before=_said(each.before_light, each.before_state),
                after=_said(each.after_light, each.after_state),
                cause="、".join(CAUSES[cause] for cause in each.causes),
            )
        )
    return sorted(found, key=lambda one: (one.place, one.name))
