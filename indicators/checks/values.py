"""The checks: unit slips, falling totals, parts above wholes, copies, outliers.

Each is a pure function over one fact or all facts of a workbook.  None of them changes a value: a
person confirms or corrects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from indicators import figures, units
from indicators.checks.fact import Fact
from indicators.findings import Finding, FindingKind, kinds
from indicators.model import Observation

__all__ = ["FINDINGS", "check"]

FINDINGS = kinds(
    FindingKind(
        code="value-unit-slip", severity="warning",
        message="{found} 是{against} {expected} 的 {times} 倍，疑为计量单位填错（{slip}）",
        action="请核对计量单位；确实无误的可以确认",
    ),
    FindingKind(
        code="value-falls", severity="warning",
        message="累计值比上期减少：上期 {expected}，本期 {found}",
        action="累计值不应减少，请核对；确有核减的请确认并写明原因",
    ),
    FindingKind(
        code="value-increment-differs", severity="warning",
        message="本期新增 {found} 与累计值之差 {expected} 不一致", action="请核对累计值和本期新增",
    ),
    FindingKind(
        code="value-part-above-whole", severity="error",
        message="其中项 {found} 大于“{whole}”的 {expected}", action="其中项不能大于总数，请核对",
    ),
    FindingKind(
        code="values-copied", severity="warning",
        message="{found} 个指标的数值与上期完全相同", action="请确认不是照抄上期报表",
    ),
    FindingKind(
        code="value-equals-target", severity="note",
        message="数值与目标值 {expected} 完全相同", action="请确认填的是实际值而不是目标值",
    ),
    FindingKind(
        code="value-outlier", severity="warning",
        message="{found} 与历次变化相差悬殊（修正 z 值 {score}，以往中位变化 {expected}）",
        action="请核对；确实无误的可以确认",
    ),
    FindingKind(
        code="value-negative", severity="warning",
        message="{found} 是负数", action="存量和计数不应为负，请核对",
    ),
    FindingKind(
        code="value-share-above-whole", severity="warning",
        message="{found}% 超过 100%", action="请核对百分比的写法",
    ),
)  # fmt: skip
"""Code → kind."""

_SLIPS: Sequence[tuple[Decimal, str]] = (
    (Decimal(10) ** 8, "亿元与元"),
    (Decimal(10) ** 4, "万与个，或亿元与万元"),
    (Decimal(10) ** 3, "千与个，或 EFLOPS 与 P"),
    (Decimal(100), "百分数与小数"),
)
_NEAR = Decimal(3)
"""How far a value may lie from a slip of the last one, as a factor, and still be called one."""
_ABOVE_TARGET, _BELOW_TARGET = Decimal(50), Decimal(1) / 5000
_POINTS = 8
"""Changes that are needed before an outlier is spoken of."""
_Z = 3.5
"""Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993: |modified z| above 3.5."""
_MOST_SHARE = Decimal(100)


def check(facts: Sequence[Fact], file: str) -> list[Finding]:
    """Return everything that is doubtful in the values of a workbook."""
    found = [
        finding for fact in facts for rule in _RULES if (finding := rule(fact, file)) is not None
    ]
    found.extend(_copied(facts, file))
    return found


def _shown(fact: Fact, magnitude: Decimal) -> str:
    return units.display(magnitude, fact.indicator.unit)


def _slip(fact: Fact, file: str) -> Finding | None:
    """Compare with the last value, else with the target: a factor of 100, 1000, 10^4, 10^8."""
    value = abs(fact.magnitude)
    if not value:
        return None
    last = _comparable(fact)
    if last is not None and last.magnitude:
        ratio = value / abs(last.magnitude)
        for factor, words in _SLIPS:
            for times in (factor, 1 / factor):
                if times / _NEAR <= ratio <= times * _NEAR:
                    return _say_slip(fact, file, ("上期值", last.magnitude), words)
        return None
    target = fact.target
    if target is None or not target.magnitude:
        return None
    ratio = value / abs(target.magnitude)
    if fact.indicator.unit == "%" and value <= Decimal("1.5") and abs(target.magnitude) >= 10:
        return _say_slip(fact, file, ("目标值", target.magnitude), "百分数与小数")
    if ratio >= _ABOVE_TARGET or ratio <= _BELOW_TARGET:
        return _say_slip(fact, file, ("目标值", target.magnitude), "万、亿或百分数")
    return None


def _comparable(fact: Fact) -> Observation | None:
    """Return the earlier value of like size: for 年初以来 not the year's end before a first quarter."""
    last = fact.last
    if last is None or fact.period.basis != "year_to_date":
        return last
    same = [
        each
        for each in fact.history
        if each.period_end.month == fact.period.end.month and each.period_end < fact.period.end
    ]
    if last.period_end.year == fact.period.end.year:
        return last
    return same[-1] if same else None


def _say_slip(fact: Fact, file: str, against: tuple[str, Decimal], words: str) -> Finding:
    name, reference = against
    ratio = abs(fact.magnitude / reference)
    times = (
        figures.short(ratio, digits=2) if ratio >= 1 else f"1/{figures.short(1 / ratio, digits=1)}"
    )
    return FINDINGS["value-unit-slip"].at(
        file, sheet=fact.sheet, cell=fact.cell, found=_shown(fact, fact.magnitude),
        expected=_shown(fact, reference), against=name, times=times, slip=words,
    )  # fmt: skip


def _falls(fact: Fact, file: str) -> Finding | None:
    """Refuse to let a cumulative value fall; 年初以来 starts again each January."""
    last = fact.last
    if last is None or fact.period.basis not in ("year_to_date", "since_start"):
        return None
    if fact.period.basis == "year_to_date" and last.period_end.year != fact.period.end.year:
        return None
    if fact.magnitude >= last.magnitude or last.magnitude <= 0:
        return None
    return FINDINGS["value-falls"].at(
        file, sheet=fact.sheet, cell=fact.cell, found=_shown(fact, fact.magnitude),
        expected=_shown(fact, last.magnitude),
    )  # fmt: skip


def _increment(fact: Fact, file: str) -> Finding | None:
    """Compare a stated increment with the difference of the cumulative values."""
    if fact.increment is None or fact.period.basis not in ("year_to_date", "since_start"):
        return None
    last = fact.last
    first_quarter = fact.period.basis == "year_to_date" and fact.period.end.month == 3
    if first_quarter:
        difference = fact.magnitude
    elif last is None:
        return None
    else:
        difference = fact.magnitude - last.magnitude
    if difference == fact.increment:
        return None
    return FINDINGS["value-increment-differs"].at(
        file, sheet=fact.sheet, cell=fact.increment_cell or fact.cell,
        found=_shown(fact, fact.increment), expected=_shown(fact, difference),
    )  # fmt: skip


def _part(fact: Fact, file: str) -> Finding | None:
    """Refuse a part that is greater than its whole."""
    for name, whole in fact.wholes:
        if fact.magnitude > whole:
            return FINDINGS["value-part-above-whole"].at(
                file, sheet=fact.sheet, cell=fact.cell, found=_shown(fact, fact.magnitude),
                expected=_shown(fact, whole), whole=name,
            )  # fmt: skip
    return None


def _equals_target(fact: Fact, file: str) -> Finding | None:
    """Tell a value that is the target to the last digit, unless it stood so before."""
    target, last = fact.target, fact.last
    if target is None or fact.magnitude != target.magnitude or not fact.magnitude:
        return None
    if last is not None and last.magnitude == fact.magnitude:
        return None
    return FINDINGS["value-equals-target"].at(
        file, sheet=fact.sheet, cell=fact.cell, found=_shown(fact, fact.magnitude),
        expected=_shown(fact, target.magnitude),
    )  # fmt: skip


def _outlier(fact: Fact, file: str) -> Finding | None:
    """Judge the change by the modified z of the changes before, where there are enough."""
    if fact.period.basis == "year_to_date":
        return None
    earlier = [each.magnitude for each in fact.history if each.period_end < fact.period.end]
    changes = [float(later - before) for before, later in pairwise(earlier)]
    if len(changes) < _POINTS:
        return None
    middle = median(changes)
    spread = median(abs(each - middle) for each in changes)
    if not spread:
        return None
    score = 0.6745 * (float(fact.magnitude - earlier[-1]) - middle) / spread
    if abs(score) <= _Z:
        return None
    return FINDINGS["value-outlier"].at(
        file, sheet=fact.sheet, cell=fact.cell, found=_shown(fact, fact.magnitude),
        expected=_shown(fact, Decimal(repr(round(middle, 6)))), score=f"{score:.1f}",
    )  # fmt: skip


def _negative(fact: Fact, file: str) -> Finding | None:
    """Tell a negative stock or count."""
    counted = fact.indicator.dimension.startswith(("count", "person", "compute", "cny"))
    if fact.magnitude >= 0 or not counted:
        return None
    return FINDINGS["value-negative"].at(
        file, sheet=fact.sheet, cell=fact.cell, found=_shown(fact, fact.magnitude)
    )


def _share(fact: Fact, file: str) -> Finding | None:
    """Tell a share above 100 % where the target is a share."""
    target = fact.target
    if fact.indicator.unit != "%" or fact.magnitude <= _MOST_SHARE:
        return None
    if fact.indicator.sort not in ("share", "level", "") or target is None:
        return None
    if target.magnitude > _MOST_SHARE:
        return None
    return FINDINGS["value-share-above-whole"].at(
        file, sheet=fact.sheet, cell=fact.cell, found=figures.short(fact.magnitude)
    )


_RULES: Sequence[Callable[[Fact, str], Finding | None]] = (
    _slip, _falls, _increment, _part, _equals_target, _outlier, _negative, _share,
)  # fmt: skip


def _copied(facts: Sequence[Fact], file: str) -> Iterator[Finding]:
    """Tell a workbook of three values or more that all repeat the last quarter."""
    before = [(fact, fact.last) for fact in facts]
    known = [(fact, last) for fact, last in before if last is not None]
    same = [fact for fact, last in known if last.magnitude == fact.magnitude]
    if len(same) >= 3 and len(same) == len(known):
        yield FINDINGS["values-copied"].at(
            file, sheet=same[0].sheet, cell=same[0].cell, found=len(same)
        )
