"""A snapshot carried on: only the indicators that newer batches touched are judged again.

What can be carried is told by the tables of the rows that came.  Values, their submissions, settings
and shares touch the indicators that they name; words touch none.  Whatever else changed (targets,
statements, indicators, the calendar, options, a retraction) is judged anew as a whole, as is a ledger
whose latest quarter is another one than before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from dashboards.views.rows import target_row
from dashboards.views.snapshot import Judge, Snapshot
from indicators import periods
from indicators.assessment.verdict import Verdict
from indicators.ledger import Growth, Ledger
from indicators.model import (
    Contact,
    FindingRecord,
    Note,
    Observation,
    Option,
    Progress,
    Record,
    Setting,
    Share,
    Submission,
    Target,
    User,
)

__all__ = ["patched"]

_WORDS = frozenset({Note, FindingRecord, Progress, Contact, User})
"""Tables that no light depends on."""
_TOUCHING = frozenset({Observation, Submission, Setting, Share})
"""Tables whose rows tell which indicators they touch."""
_MOST = 8
"""Where more than this part of all indicators was touched, all are judged anew."""
_CARRIED = ("indicators", "documents", "commitments", "targets", "board", "frozen", "sample")
"""What depends on tables that a patch leaves alone."""


def patched(old: Snapshot, ledger: Ledger, seq: int, chosen: str, judge: Judge) -> Snapshot | None:
    """Return the snapshot at a newer batch made from an older one; None where that cannot be done.

    Args:
        old: the snapshot of the same choice of quarter.
        ledger: the ledger, which has grown at least to ``seq``.
        seq: the batch to carry the snapshot to.
        chosen: the quarter that was asked for; the latest if empty.
        judge: how some indicators are judged.
    """
    growth = ledger.growth(old.seq)
    kinds = {type(row) for row in growth.rows}
    if any(batch.voids for batch in growth.batches) or not kinds <= _WORDS | _TOUCHING:
        return None
    if not chosen and not _same_day(old, growth.rows):
        return None
    touched = _touched(ledger, growth.rows)
    if len(touched) * _MOST > max(_MOST * 64, len(old.verdicts)):
        return None
    told = judge(ledger, old.assessment.as_of, touched) if touched else None
    return _carried(old, growth, seq, kinds, touched, told.verdicts if told else ())


def _same_day(old: Snapshot, rows: Iterable[Record]) -> bool:
    """Tell whether the latest quarter that has data is the one that it was."""
    if not old.has_data:
        return False
    for row in rows:
        if isinstance(row, Observation):
            end = periods.quarter(periods.quarter_of(periods.snap(row.period_end))).end
            if row.withdrawn or end > old.assessment.as_of:
                return False
    return True


def _touched(ledger: Ledger, rows: Iterable[Record]) -> set[str]:
    """Return the indicators that rows touch."""
    found: set[str] = set()
    for row in rows:
        if isinstance(row, Observation | Setting):
            found.add(row.indicator_id)
        elif isinstance(row, Share):
            found |= {each.indicator_id for each in ledger.current(Target, target_id=row.target_id)}
        elif isinstance(row, Submission):
            found |= _handed_in(ledger, row.submission_id)
    return found


def _handed_in(ledger: Ledger, submission_id: str) -> set[str]:
    """Return the indicators of a submission whose acceptance or return may change their light.

    Where only accepted values count, one that was overtaken since may come to count again.
    """
    options = ledger.current(Option, option="submission_review")
    mine = list(ledger.current(Observation, submission_id=submission_id))
    if any(each.value == "wait" for each in options):
        past = ledger.history(Observation, submission_id=submission_id)
        mine += [each.row for each in past]
    return {each.indicator_id for each in mine}


def _carried(
    old: Snapshot,
    growth: Growth,
    seq: int,
    kinds: set[type[Record]],
    touched: set[str],
    verdicts: Sequence[Verdict],
) -> Snapshot:
    gone = [each for key in sorted(touched) for each in old.verdicts.get(key, ())]
    before = [target_row(each, old.commitments) for each in gone]
    rows = [target_row(each, old.commitments) for each in verdicts]
    roll = old.roll.patched(before, rows)
    made = replace(
        old,
        seq=seq,
        assessment=replace(
            old.assessment, known_seq=seq, verdicts=tuple(map(attrgetter("verdict"), roll.rows))
        )
        if gone or verdicts
        else replace(old.assessment, known_seq=seq),
        _rolls=type(old._rolls)(),  # noqa: SLF001 - the narrowed rolls of the old one end with it
    )
    by_indicator = dict(old.verdicts)
    for key in touched:
        by_indicator.pop(key, None)
    for each in verdicts:
        key = each.indicator.indicator_id
        by_indicator[key] = (*by_indicator.get(key, ()), each)
    kept: dict[str, Any] = {
        "verdicts": by_indicator,
        "roll": roll,
        "batches": (*old.batches, *growth.batches),
        "has_data": True,
        **{name: old.__dict__[name] for name in _CARRIED if name in old.__dict__},
    }
    if Setting not in kinds and "settings" in old.__dict__:
        kept["settings"] = old.settings
    if "coverage" in old.__dict__ and not touched & old.sample:
        kept["coverage"] = old.coverage
    if "observed" in old.__dict__ and not any(
        isinstance(row, Observation) and row.commitment_id for row in growth.rows
    ):
        kept["observed"] = old.observed
    if "moved" in old.__dict__:
        out = {each.target_id for each in before}
        moved = {key: state for key, state in old.moved.items() if key not in out}
        kept["moved"] = {**moved, **old.moves(rows)}
    made.__dict__.update(kept)
    return made
