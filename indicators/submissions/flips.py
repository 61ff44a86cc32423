"""Which verdicts an import changed, and by which numbers."""

from __future__ import annotations

from collections.abc import Mapping

from indicators import periods
from indicators.assessment import Verdict, judge
from indicators.ledger import Reader
from indicators.model import Target
from indicators.submissions.receipt import Flip

__all__ = ["flips", "verdicts_at"]


def verdicts_at(reader: Reader, place: str, quarter: str) -> Mapping[str, Verdict]:
    """Return the verdicts of a place at the end of a quarter, by target."""
    if not reader.current(Target):
        return {}  # a register without targets need not read all values
    found = judge(reader, as_of=periods.quarter(quarter).end, place=place).verdicts
    return {each.target.target_id: each for each in found}


def flips(
    before: Mapping[str, Verdict], after: Mapping[str, Verdict], keys: set[str]
) -> tuple[Flip, ...]:
    """Return the verdicts of some indicators that are others now."""
    return tuple(
        Flip(
            indicator=new.indicator.name,
            before=f"{old.light_label} {old.state_label}" if old else "",
            after=f"{new.light_label} {new.state_label}",
            why=new.sentence(),
        )
        for target, new in after.items()
        if new.indicator.indicator_id in keys
        and ((old := before.get(target)) is None or old.state != new.state)
    )
