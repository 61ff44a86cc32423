"""Where rule profiles disagree on a target, and what each of them looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators.assessment.judging import judge
from indicators.assessment.profile import Profile, load
from indicators.assessment.verdict import Verdict
from indicators.ledger import Reader

__all__ = ["Disagreement", "disagreements"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A target with different lights under different profiles."""

    verdicts: tuple[tuple[Profile, Verdict], ...]
    """In the order in which the profiles were named."""

    @property
    def words(self) -> str:
        """The disagreement in one line: each rule's light, state and what it looked at."""
        one = self.verdicts[0][1]
        parts = (
            f"{profile.title}：{verdict.light_label}·{verdict.state_label}（{_looked_at(profile, verdict)}）"
            for profile, verdict in self.verdicts
        )
        return f"{one.indicator.place}\t{one.indicator.name}\t{'；'.join(parts)}"


def _looked_at(profile: Profile, verdict: Verdict) -> str:
    """Return what a profile compared, with its number."""
    if verdict.light == "grey" and verdict.why is not None:
        return verdict.why.zh
    if profile.method == "growth":
        return "年均增长率之比" + (
            f"，得分{verdict.score:.2f}" if verdict.score is not None else ""
        )
    if profile.method == "ratio":
        if verdict.expected and verdict.actual is not None:
            if profile.measure == "plain":
                return f"实达÷应达＝{verdict.actual / verdict.expected:.2f}"
            return "走过的路÷应走的路"
        return "实达与应达之比"
    if verdict.gap_points is not None:
        return f"与序时之差{verdict.gap_points:+.1f}个百分点"
    return "直接与目标值比较"


def disagreements(
    reader: Reader,
    rules: Sequence[str],
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    place: str | None = None,
) -> list[Disagreement]:
    """Return the targets whose light differs between profiles, the first profile's worst first.

    Args:
        reader: the ledger.
        rules: profiles, at least two for anything to differ.
        as_of: day of looking.
        known_at: with what was known then.
        place: only this place and those under it.
    """
    profiles = [load(name) for name in rules]
    judged = [
        {
            each.target.target_id: each
            for each in judge(
                reader, as_of=as_of, known_at=known_at, rules=name, place=place
            ).verdicts
        }
        for name in rules
    ]
    found = []
    for key in judged[0]:
        verdicts = [each[key] for each in judged if key in each]
        if len({each.light for each in verdicts}) > 1:
            found.append(Disagreement(verdicts=tuple(zip(profiles, verdicts, strict=True))))
    return found
