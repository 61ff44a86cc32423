"""From the ledger to a bulletin: the issued board of a quarter, or a preview of it."""

from __future__ import annotations

from collections.abc import Sequence

from indicators import periods
from indicators.assessment import judge
from indicators.bulletin.content import Bulletin, compose
from indicators.ledger import Batch, Reader
from indicators.model import Board

__all__ = ["boards_of", "prepare"]


def boards_of(reader: Reader, scope: str, profile: str) -> list[Board]:
    """Return the issued boards of a scope and profile, oldest first."""
    boards = reader.current(Board, scope=scope, profile=profile)
    return sorted(boards, key=lambda each: (each.quarter, each.issued_at, each.board_id))


def _known(batches: Sequence[Batch], board: Board) -> Batch | None:
    """Return the last batch that an issued board knew."""
    return next((each for each in batches if each.seq == board.known_seq), None)


def prepare(reader: Reader, *, quarter: str, scope: str = "", rules: str = "schedule") -> Bulletin:
    """Return the bulletin of a quarter.

    Where a board of the quarter was issued, the bulletin says what that board knew, however much
    has come in since; otherwise it is a preview of what is known now.

    Args:
        reader: the ledger.
        quarter: such as 2026Q2.
        scope: a place with what lies under it; empty for all.
        rules: name of a rule profile.

    Raises:
        UsageError: there is no such quarter or profile.
    """
    end = periods.quarter(quarter).end
    boards = boards_of(reader, scope, rules)
    issued = next((each for each in reversed(boards) if each.quarter == quarter), None)
    known_at = None
    if issued is not None and (last := _known(reader.batches(), issued)) is not None:
        known_at = last.committed_at
    assessment = judge(
        reader,
        as_of=issued.as_of if issued else end,
        known_at=known_at,
        rules=rules,
        place=scope or None,
    )
    return compose(reader, assessment, scope=scope, issued=issued)
