"""The checks beside unit slips: falling totals, parts above wholes, copies, outliers.

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
from indicators.checks.slips import SLIP, slip
from indicators.findings import Finding, FindingKind, kinds

__all__ = ["FINDINGS", "check"]

FINDINGS = kinds(
    SLIP,
    FindingKind(
        code="value-falls", severity="warning",
        message="累计值比上期减少：上期 {expected}，本期 {found}",
        action="累计值不应减少，请核对；确有核减的请确认并写明原因",
    ),
    FindingKind(
        code="value-increment-differs", severity="warning",
        message="本期新增 {found} 与累计值之差 {expected} 不一致", action="累计值减去上期累计值应等于本期新增，请改正其中有误的一个",
    ),
    FindingKind(
        code="value-part-above-whole", severity="error",
        message="其中项 {found} 大于总数“{whole}”的 {expected}", action="其中项不能大于总数，请核对两者",
    ),
    FindingKind(
        code="value-whole-below-part", severity="error",
        message="总数 {found} 小于已报送的其中项“{part}”的 {expected}", action="总数不能小于其中项，请核对两者",
    ),
    FindingKind(
        code="values-copied", severity="warning",
        message="全部 {found} 个指标的数值都与上期完全相同", action="请核对是否误交了上期报表；确实没有变化的可以确认",
    ),
    FindingKind(
        code="value-equals-target", severity="note",
        message="数值与目标值 {expected} 完全相同", action="请确认填的是实际值而不是目标值",
    ),
    FindingKind(
        code="value-outlier", severity="warning",
        message="{found} 比上期变化 {change}，以往每期变化的中位数是 {expected}，相差悬殊（修正 z 值 {score}）",
        action="请核对；确实无误的可以确认",
    ),
    FindingKind(
        code="value-negative", severity="warning",
        message="{found} 是负数", action="存量和计数不应为负，请核对；确实为负的可以确认",
    ),
    FindingKind(
        code="value-share-above-whole", severity="warning",
        message="占比 {found}% 超过 100%", action="请核对分子、分母和百分比的写法；确实无误的可以确认",
    ),
)  # fmt: skip
"""Code → kind."""

_POINTS = 8
"""Changes that are needed before an outlier is spoken of."""
_Z = 3.5
"""Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993: |modified z| above 3.5."""
_FEW = 120
_MATTERS, _POINTS_MATTER = 0.1, Decimal(3)
"""Share of a stock, and percentage points of a rate, below which a change is not worth a question."""
_SEASONAL = 0.5
"""Share of a change that an earlier one of the same season had, for it to be of the season."""
_PERCENT = ("%", "‰", "个百分点")
_MAY_BE_NEGATIVE = ("利润", "净", "差额", "赤字", "盈", "亏", "增减", "变动", "增加", "减少")
_MAY_PASS_WHOLE = ("完成", "增", "降", "同比", "环比", "倍", "指数", "回报", "杠杆", "负债", "超额")
"""Words in names of what may be below zero, and of percentages that may be above a hundred."""
_MOST_SHARE = Decimal(100)


def check(facts: Sequence[Fact], file: str) -> list[Finding]:
    """Return everything that is doubtful in the values of a workbook."""
    found = [
        finding
        for fact in facts
        for rule in (_RULES if _has_company(fact) else _ALONE)
        if (finding := rule(fact, file)) is not None
    ]
    found.extend(_copied(facts, file))
    return found


def _has_company(fact: Fact) -> bool:
    """Tell whether there is anything that a value can be compared with."""
    beside = fact.history or fact.targets or fact.wholes or fact.parts
    return bool(beside) or fact.increment is not None


def _shown(fact: Fact, magnitude: Decimal) -> str:
    return units.display(magnitude, fact.indicator.unit)


def _falls(fact: Fact, file: str) -> Finding | None:
    """Refuse to let a cumulative value fall; 年初以来 starts again each January."""
    last = fact.last
    if last is None or fact.period.basis not in ("year_to_date", "since_start"):
        return None
    if fact.period.basis == "year_to_date" and last.period_end.year != fact.period.end.year:
        return None
    if fact.magnitude >= last.magnitude or last.magnitude <= 0:
        return None
    if _mentions(fact, _MAY_BE_NEGATIVE):
        return None  # what may be below zero adds up with either sign: profits fall
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
    known = (fact.magnitude, fact.increment, last.magnitude if last else Decimal(0))
    if abs(difference - fact.increment) <= _rounding(fact, known):
        return None
    return FINDINGS["value-increment-differs"].at(
        file, sheet=fact.sheet, cell=fact.increment_cell or fact.cell,
        found=_shown(fact, fact.increment), expected=_shown(fact, difference),
    )  # fmt: skip


def _rounding(fact: Fact, known: Sequence[Decimal]) -> Decimal:
    """Return how far rounded values may differ: one unit of the finest digit, never of a count."""
    if fact.indicator.dimension.startswith(("count", "person")):
        return Decimal(0)
    exponents = [each.normalize().as_tuple().exponent for each in known if each]
    finest = min((each for each in exponents if isinstance(each, int)), default=0)
    return min(Decimal(1).scaleb(finest), abs(fact.magnitude) / 200)


def _part(fact: Fact, file: str) -> Finding | None:
    """Refuse a part that is greater than its whole."""
    for name, whole in fact.wholes:
        if fact.magnitude > whole:
            return FINDINGS["value-part-above-whole"].at(
                file, sheet=fact.sheet, cell=fact.cell, found=_shown(fact, fact.magnitude),
                expected=_shown(fact, whole), whole=name,
            )  # fmt: skip
    return None


def _whole(fact: Fact, file: str) -> Finding | None:
    """Refuse a whole that is smaller than a part of it that was reported before."""
    for name, part in fact.parts:
        if fact.magnitude < part:
            return FINDINGS["value-whole-below-part"].at(
                file, sheet=fact.sheet, cell=fact.cell, found=_shown(fact, fact.magnitude),
                expected=_shown(fact, part), part=name,
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
    before_this = [each for each in fact.history if each.period_end < fact.period.end]
    earlier = [each.magnitude for each in before_this]
    if len(earlier) <= _POINTS:
        return None
    # Stocks grow by shares of themselves; rates and running totals by so and so much.
    relative = fact.period.basis == "level" and fact.indicator.unit not in _PERCENT
    if relative and min(earlier) <= 0:
        return None
    *changes, change = (
        float((later - before) / (before if relative else 1))
        for before, later in pairwise([*earlier, fact.magnitude])
    )
    middle = median(changes)
    # A value is known to its last digit, and no better.
    decimals = max(map(_decimals, earlier))
    finest = Decimal(1).scaleb(-decimals)
    digit = float(finest / (earlier[-1] if relative else 1))
    spread = max(median(abs(each - middle) for each in changes), digit)
    score = 0.6745 * (change - middle) / spread
    matters = _MATTERS if relative else float(_POINTS_MATTER) * (fact.period.basis == "level")
    if abs(score) <= _critical(len(changes)) or abs(change - middle) < matters:
        return None
    month = fact.period.end.month
    season = [
        each
        for each, row in zip(changes, before_this[1:], strict=True)
        if row.period_end.month == month
    ]
    if any((each - middle) / (change - middle) > _SEASONAL for each in season):
        return None  # it does so each year at this time
    usual = middle * float(earlier[-1] if relative else 1)
    return FINDINGS["value-outlier"].at(
        file, sheet=fact.sheet, cell=fact.cell, found=_shown(fact, fact.magnitude),
        expected=_shown(fact, round(Decimal(repr(usual)), decimals)),
        score=f"{score:.1f}", change=_shown(fact, fact.magnitude - earlier[-1]),
    )  # fmt: skip


def _critical(changes: int) -> float:
    """Return the modified z above which a change is told, by how many there were before.

    3.5 holds for long series; the median of eight is itself so unsure that one honest change in
    twenty would pass it.  By this form two in a thousand do, whatever their number (simulated).
    """
    return _Z * (1 + _FEW / changes**2)


def _decimals(magnitude: Decimal) -> int:
    exponent = magnitude.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _mentions(fact: Fact, words: Sequence[str]) -> bool:
    return any(word in fact.indicator.name for word in words)


def _negative(fact: Fact, file: str) -> Finding | None:
    """Tell a negative stock or count."""
    counted = fact.indicator.dimension.startswith(("count", "person", "compute", "cny"))
    if fact.magnitude >= 0 or not counted or _mentions(fact, _MAY_BE_NEGATIVE):
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
    if _mentions(fact, _MAY_PASS_WHOLE):
        return None
    if target.magnitude > _MOST_SHARE:
        return None
    return FINDINGS["value-share-above-whole"].at(
        file, sheet=fact.sheet, cell=fact.cell, found=figures.short(fact.magnitude)
    )


_RULES: Sequence[Callable[[Fact, str], Finding | None]] = (
    slip, _falls, _increment, _part, _whole, _equals_target, _outlier, _negative, _share,
)  # fmt: skip
_ALONE = (_negative,)
"""What is asked of a value that nothing is known of."""


def _copied(facts: Sequence[Fact], file: str) -> Iterator[Finding]:
    """Tell a workbook of three values or more that all repeat the last quarter."""
    before = [(fact, fact.last) for fact in facts if fact.history]
    # What stands at zero and stays there is no copy.
    known = [(fact, last) for fact, last in before if last and (last.magnitude or fact.magnitude)]
    same = [fact for fact, last in known if last.magnitude == fact.magnitude]
    if len(same) >= 3 and len(same) == len(known):
        yield FINDINGS["values-copied"].at(
            file, sheet=same[0].sheet, cell=same[0].cell, found=len(same)
        )
