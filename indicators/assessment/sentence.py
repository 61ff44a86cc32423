"""A verdict in one sentence, in Chinese or English, with the numbers that led to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal

from indicators.assessment.verdict import Language, State, Verdict

__all__ = ["render", "written"]

_EXACT = Context(prec=500)
"""Digits for any number that a float holds, so that a slip of units is shown and not raised."""
_ENGLISH: Mapping[State, str] = {
    "achieved": "achieved",
    "on_schedule": "on schedule",
    "slightly_behind": "slightly behind",
    "behind": "behind",
    "far_behind": "far behind",
    "missed": "missed",
    "achieved_late": "achieved late",
    "not_due": "not due",
    "not_reported": "not reported",
    "no_baseline": "no baseline",
    "not_assessable": "not assessable",
}
_FINAL: frozenset[State] = frozenset({"achieved", "achieved_late", "missed"})
"""States whose sentence names the target, not what was expected on the way."""
_FINEST = 9
_COUNTED = ("count", "person", "household", "person_time")


_STEPS: Mapping[Language, Sequence[tuple[int, int, str]]] = {
    "zh": ((8, 8, "亿"), (5, 4, "万")),
    "en": ((9, 9, " billion "), (6, 6, " million ")),
}
"""From which power of ten on numbers are written in which multiplier."""


def _power(language: Language, *values: Decimal | None) -> tuple[int, str]:
    """Return the multiplier in which numbers of a sentence are written, by the largest of them."""
    largest = max((abs(value) for value in values if value is not None), default=Decimal(0))
    for least, power, word in _STEPS[language]:
        if largest >= 10**least:
            return power, word
    return 0, ""


def _places(value: Decimal) -> int:
    exponent = value.normalize(_EXACT).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def written(value: Decimal, places: int) -> str:
    """Return a number with a fixed number of decimals, halves to even."""
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN, _EXACT):f}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize(_EXACT):f}"


class _Words:
    """The numbers of one verdict, all in one multiplier and with decimals that fit each other."""

    def __init__(self, verdict: Verdict, language: Language) -> None:
        self.verdict = verdict
        power, word = _power(language, verdict.actual, verdict.expected, verdict.target.magnitude)
        unit = verdict.target.unit
        self.power = power
        self.unit = (word + unit).rstrip() if word or unit in ("%", "") else f" {unit}"
        if unit and not word and not unit.isascii():
            self.unit = unit
        whole = verdict.indicator.dimension in _COUNTED and not power
        actual = verdict.actual if verdict.actual is not None else Decimal(0)
        self.places = 0 if whole else max(1, min(_places(self.scaled(actual)), 4))
        # A gap that is there is seen in the numbers that are written.
        while (
            verdict.gap
            and self.places < _FINEST
            and self.rounded(verdict.expected) == self.exact(verdict.actual)
        ):
            self.places += 1

    def scaled(self, value: Decimal) -> Decimal:
        return value.scaleb(-self.power, _EXACT)

    def exact(self, value: Decimal | None) -> str:
        if value is None:
            return "—"
        found = self.scaled(value)
        return _plain(found) if _places(found) <= 4 else written(found, self.places)

    def rounded(self, value: Decimal | None, more: int = 0) -> str:
        return "—" if value is None else written(self.scaled(value), self.places + more)

    def gap(self) -> str:
        """Return the gap as the two numbers that stand in the sentence differ, whatever their rounding."""
        verdict = self.verdict
        assert verdict.gap is not None
        shown = None
        if verdict.actual is not None and verdict.expected is not None:
            if _paced(verdict) and verdict.state not in _FINAL:
                shown = self.rounded(verdict.expected)
            elif verdict.expected == verdict.target.magnitude:
                shown = self.exact(verdict.target.magnitude)
        if shown is None:
            return self.rounded(abs(verdict.gap))
        apart = _EXACT.abs(_EXACT.subtract(Decimal(shown), Decimal(self.exact(verdict.actual))))
        return written(apart, max(self.places, _places(apart)))


def _points(value: Decimal) -> str:
    return written(abs(value), 1)


def _target(verdict: Verdict, words: _Words, dash: str) -> str:
    """Return the target as it is, a range with both its ends."""
    low, high = verdict.target.magnitude, verdict.target.magnitude_high
    return words.exact(low) if high is None else f"{words.exact(low)}{dash}{words.exact(high)}"


def _comparison(verdict: Verdict, words: _Words) -> str:
    """Return how far ahead or behind, in the unit and in points."""
    gap = verdict.gap
    if gap is None or verdict.expected is None:
        return ""
    amount = words.gap()
    if gap >= 0:
        ahead = f"，超{amount}" if gap > 0 else "，持平"
        points = verdict.gap_points
        return ahead + (
            f"，领先{_points(points)}个百分点" if points and gap > 0 and _paced(verdict) else ""
        )
    text = f"，差{amount}"
    if verdict.gap_points is None:
        return text
    if _paced(verdict):
        return f"{text}，落后{_points(verdict.gap_points)}个百分点"
    return f"{text}，欠{_points(verdict.gap_points)}%"


def _paced(verdict: Verdict) -> bool:
    return verdict.share_done is not None


def _then(verdict: Verdict, words: _Words) -> str:
    """Return what each of the remaining quarters has to bring."""
    need, left = verdict.run_rate, verdict.quarters_left
    if not need or not left or not _paced(verdict):
        return ""
    within = "年内" if verdict.accumulation == "year_to_date" else "其后"
    verb = "需" if need > 0 else "需降"
    each = "每季" if left > 1 else ""
    return f"；{within}{left}个季度{each}{verb}{words.rounded(abs(need), 1)}"


def _chinese(verdict: Verdict) -> str:
    words = _Words(verdict, "zh")
    if verdict.why is not None and verdict.light == "grey":
        before = f"；此前{verdict.last.sentence()}" if verdict.last else ""
        return f"{verdict.state_label}：{verdict.why.zh}{before}"
    end = verdict.period.end if verdict.period else verdict.as_of
    when = f"截至{end.year}年{end.month}月"
    actual = f"{words.exact(verdict.actual)}"
    if "≥" in verdict.marks:
        actual = f"不低于{actual}"
    target = _target(verdict, words, "—")
    if verdict.state in _FINAL:
        label = {"achieved": "已完成", "achieved_late": "逾期完成", "missed": "到期未完成"}
        short = ""
        if verdict.state == "missed" and verdict.gap is not None:
            short = f"，差{words.gap()}"
        if verdict.met_on is not None and verdict.goal is not None:
            due, met = verdict.goal.deadline, verdict.met_on
            short = f"（期限{due.year}年{due.month}月，{met.year}年{met.month}月达到）"
        return f"{when}实达{actual}{words.unit}，目标{target}，{label[verdict.state]}{short}"
    if verdict.expected is None:
        return f"{when}实达{actual}{words.unit}，目标{target}，{verdict.state_label}"
    should = words.rounded(verdict.expected) if _paced(verdict) else target
    verb = "应达" if _paced(verdict) else "目标"
    line = f"（{verdict.why.zh}）" if verdict.why else ""
    return (
        f"{when}{verb}{should}{words.unit}，实达{actual}{_comparison(verdict, words)}"
        f"{_then(verdict, words)}{line}"
    )


def _english(verdict: Verdict) -> str:
    words = _Words(verdict, "en")
    if verdict.why is not None and verdict.light == "grey":
        before = f"; before: {verdict.last.sentence('en')}" if verdict.last else ""
        return f"{_ENGLISH[verdict.state].capitalize()}: {verdict.why.en}{before}"
    end = verdict.period.end if verdict.period else verdict.as_of
    least = "at least " if "≥" in verdict.marks else ""
    text = f"By {end:%Y-%m}, {least}{words.exact(verdict.actual)}{words.unit} was reached"
    if verdict.expected is not None and _paced(verdict) and verdict.state not in _FINAL:
        text += f" against {words.rounded(verdict.expected)} expected"
    else:
        text += f" against a target of {_target(verdict, words, '–')}"
    text += f": {_ENGLISH[verdict.state]}"
    if verdict.met_on is not None and verdict.goal is not None:
        text += f" (due {verdict.goal.deadline:%Y-%m}, reached {verdict.met_on:%Y-%m})"
    if verdict.gap is not None and verdict.gap < 0:
        text += f", short by {words.gap()}"
        if verdict.gap_points is not None:
            kind = " points" if _paced(verdict) else "%"
            text += f" ({_points(verdict.gap_points)}{kind})"
    if verdict.run_rate and verdict.quarters_left and _paced(verdict):
        left = verdict.quarters_left
        quarters = f"each of {left} quarters" if left > 1 else "one quarter"
        fall = "a fall of " if verdict.run_rate < 0 else ""
        text += f"; {fall}{words.rounded(abs(verdict.run_rate), 1)} needed in {quarters}"
    return text


def render(verdict: Verdict, language: Language = "zh") -> str:
    """Return the verdict as one sentence without a full stop.

    Expected values have as many decimals as the reported one (at least one, none for counts), more
    where they would look equal and are not, the run-rate one more than they; the reported value and
    the target stand exactly as they are, and the gap is the difference of what is written.
    """
    return _chinese(verdict) if language == "zh" else _english(verdict)
