"""A change of caliber breaks a series: values before and after it are never compared.

Values whose period ends on or after the day from which a caliber applies (``caliber_since``) are of
that caliber.  Once there are some, only they are judged, and only against what is of the same
caliber: a baseline of that day or later, a target revised since, or a plan that began since.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indicators.assessment.chosen import Reading
from indicators.assessment.reasons import why
from indicators.assessment.verdict import Why
from indicators.model import Commitment, Setting, Target

__all__ = ["Comparable", "comparable"]


@dataclass(frozen=True, slots=True)
class Comparable:
    """What of a target's facts may be compared with each other."""

    readings: Sequence[Reading]
    setting: Setting | None
    """Without its baseline where that is of another caliber than the values."""
    baselines: Sequence[Commitment]
    why: Why | None = None
    """Why none of the values can be judged."""


def _new(day: date | None, since: date) -> bool:
    return day is not None and day >= since


def comparable(
    target: Target,
    setting: Setting | None,
    readings: Sequence[Reading],
    baselines: Sequence[Commitment],
) -> Comparable:
    """Return the facts of the caliber in which a target is to be judged.

    Before the first value of a new caliber, and for a target that was due before it, that is the old
    one.
    """
    since = setting.caliber_since if setting else None
    if setting is None or since is None:
        return Comparable(readings, setting, baselines)
    after = [each for each in readings if each.observation.period_end >= since]
    if not after or not _new(target.deadline, since):
        return Comparable(readings[: len(readings) - len(after)], setting, baselines)
    restated = _new(target.effective_on, since) or _new(target.plan_start, since)
    if _new(setting.baseline_date or target.plan_start, since):
        restated |= setting.baseline is not None
    else:
        setting = dataclasses.replace(setting, baseline=None, baseline_date=None)
    return Comparable(
        after,
        setting,
        [each for each in baselines if _new(each.date, since)],
        None if restated else why("caliber", f"{since}"),
    )
