"""A value that is to be checked, with what is known of its indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.model import Indicator, Observation, Setting, Target
from indicators.periods import Period

__all__ = ["Fact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value of a workbook beside its history and targets, all in the indicator's unit."""

    indicator: Indicator
    setting: Setting
    targets: Sequence[Target]
    period: Period
    magnitude: Decimal
    sheet: str
    cell: str
    history: Sequence[Observation] = ()
    """Values reported before for the same accumulation, by end of period; this period left out."""
    increment: Decimal | None = None
    """The 本期新增 that the sheet states beside a cumulative value."""
    increment_cell: str = ""
    wholes: Sequence[tuple[str, Decimal]] = ()
    """Indicators that this one is a part of, by name, with their value for the period."""
    parts: Sequence[tuple[str, Decimal]] = ()
    """Indicators that are a part of this one and stand reported before, likewise."""

    @property
    def last(self) -> Observation | None:
        """The value of the latest earlier period."""
        earlier = [each for each in self.history if each.period_end < self.period.end]
        return earlier[-1] if earlier else None

    @property
    def target(self) -> Target | None:
        """The accepted target that is due next, else the last one."""
        superseded = {each.supersedes for each in self.targets if each.supersedes}
        standing = [
            each
            for each in self.targets
            if each.status == "accepted" and each.target_id not in superseded and each.deadline
        ]
        ahead = [each for each in standing if each.deadline and each.deadline >= self.period.end]
        by_deadline = sorted(ahead or standing, key=lambda each: str(each.deadline))
        if not by_deadline:
            return None
        return by_deadline[0] if ahead else by_deadline[-1]
