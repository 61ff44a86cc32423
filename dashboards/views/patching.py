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

from dashboards.views.blocks import Changed, Mapped
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
    return _carried(old, growth, seq, touched, told.verdicts if told else ())


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
    touched: set[str],
    verdicts: Sequence[Verdict],
) -> Snapshot:
    gone = [each for key in sorted(touched) for each in old.verdicts.get(key, ())]
    before = [target_row(each, old.commitments) for each in gone]
    rows = [target_row(each, old.commitments) for each in verdicts]
    out = {each.target_id for each in before}
    told = replace(old.assessment, known_seq=seq)
    roll = old.roll.patched(before, rows)
    if before or rows:
        told = replace(told, verdicts=Mapped(attrgetter("verdict"), roll.rows))
    made = replace(
        old,
        seq=seq,
        assessment=told,
        _rolls=type(old._rolls)(),  # noqa: SLF001 - the narrowed rolls of the old one end with it
        known_changes={
            key: change for key, change in old.known_changes.copy().items() if key not in out
        },
    )
    mine: dict[str, tuple[Verdict, ...]] = {}
    for each in verdicts:
        key = each.indicator.indicator_id
        mine[key] = (*mine.get(key, ()), each)
    kept: dict[str, Any] = {
        "verdicts": Changed(old.verdicts, mine, touched),
        "roll": roll,
        "batches": (*old.batches, *growth.batches),
        "has_data": True,
        **{name: old.__dict__[name] for name in _CARRIED if name in old.__dict__},
    }
    if "settings" in old.__dict__:
        set_now = frozenset(row.indicator_id for row in growth.rows if isinstance(row, Setting))
        kept["settings"] = old.settings
        if set_now:
            now = old.reader.current(Setting, indicator_id=set_now)
            kept["settings"] = Changed(
                old.settings, {row.indicator_id: row for row in now}, set_now
            )
    if "coverage" in old.__dict__ and not touched & old.sample:
        kept["coverage"] = old.coverage
    if "observed" in old.__dict__ and not any(
        isinstance(row, Observation) and row.commitment_id for row in growth.rows
    ):
        kept["observed"] = old.observed
    if "moved" in old.__dict__:
        moves = old.moves(rows)
        kept["moved"] = Changed(old.moved, moves, out)
        if "moved_rows" in old.__dict__:
            kept["moved_rows"] = old.moved_rows.patched(
                [row for row in before if row.target_id in old.moved],
                [row for row in rows if row.target_id in moves],
            )
    made.__dict__.update(kept)
    return made
