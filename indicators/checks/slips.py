"""Slips of the unit: 亿 for 万, P for EFLOPS, a fraction for a percentage.

A slip is spoken of only where it is possible (a count is no percentage) and where taking it back
brings the value near what it is compared with; a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from indicators import figures, units
from indicators.checks.fact import Fact
from indicators.findings import Finding, FindingKind
from indicators.model import Observation

__all__ = ["SLIP", "slip"]

SLIP = FindingKind(
    code="value-unit-slip", severity="warning",
    message="{found} 约是{against} {expected} 的 {times}，疑为{slip}填错{meant}",
    action="请核对计量单位；确实无误的可以确认",
)  # fmt: skip

_MYRIAD = (Decimal(10) ** 4, "“万”与“个”")
_MONEY = ((Decimal(10) ** 8, "“亿元”与“元”"), (Decimal(10) ** 4, "“亿元”与“万元”"))
_THOUSAND = (Decimal(10) ** 3, "“EFLOPS”与“P”")
_HUNDRED = (Decimal(100), "百分数与小数")
_NEAR = Decimal(3)
"""How far a value, the slip taken back, may lie from the last one, as a factor."""
_ABOVE_TARGET = Decimal(50)
"""Times the target that no honest value reaches."""
_LEAST = Decimal(1) / 50
"""Share of the target below which a value, the slip taken back, is not taken for what was meant."""
_FRACTION = Decimal("1.5")
"""Shares written as fractions lie below this, those written as percentages seldom do."""
_WHOLE = Decimal(150)
_FAR, _HANDFUL = Decimal(5), Decimal(10)
"""Factor beyond both the last value and the target, and what is too few to speak of it."""
_RATES = ("增速", "增长", "增幅", "降幅", "涨幅", "同比", "环比")
"""Words in names of rates that may fall to nothing within a quarter."""


class _Likely(NamedTuple):
    words: str
    reference: Decimal
    factor: Decimal
    name: str


def slip(fact: Fact, file: str) -> Finding | None:
    """Compare with the last value, else with the baseline, else with the target."""
    value = abs(fact.magnitude)
    if not value:
        return None
    last = comparable(fact)
    if last is not None and last.magnitude:
        likely = _beside_value(fact, value, abs(last.magnitude), "上期值") or _beyond(
            fact, value, abs(last.magnitude)
        )
    elif fact.setting.baseline and fact.period.basis in ("level", "since_start"):
        likely = _beside_value(fact, value, abs(fact.setting.baseline), "基期值")
    elif fact.target is not None and fact.target.magnitude:
        likely = _beside_target(fact, value, abs(fact.target.magnitude))
    else:
        return None
    return None if likely is None else _said(fact, file, likely)


def comparable(fact: Fact) -> Observation | None:
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


def _factors(fact: Fact) -> Iterator[tuple[Decimal, str]]:
    """Walk the slips that are possible in the unit of an indicator."""
    dimension = fact.indicator.dimension
    if fact.indicator.unit in ("%", "‰", "个百分点"):
        yield _HUNDRED
    elif dimension.startswith("cny"):
        yield from _MONEY
    else:
        yield _MYRIAD
        if dimension.startswith("compute"):
            yield _THOUSAND


def _beside_value(fact: Fact, value: Decimal, known: Decimal, name: str) -> _Likely | None:
    for factor, words in _factors(fact):
        for times in (factor, 1 / factor):
            if not times / _NEAR <= value / known <= times * _NEAR:
                continue
            # 0.3 % after 0.003 % is growth; 0.66 after 66 and 6600 after 66 are slips.
            if factor == 100 and not (
                (value <= _FRACTION and known >= 10 and _finer(fact))
                or (value >= _WHOLE and known > _FRACTION)
            ):
                continue
            return _Likely(words, known, times, name)
    return None


def _finer(fact: Fact) -> bool:
    """Tell whether a value has more decimals than the ones before, as a fraction of them would.

    Only rates of growth need to be asked: 0.4 % after 15.4 % is a bad quarter, 0.154 is a slip.
    """
    before = max((_decimals(each.magnitude) for each in fact.history), default=1)
    return not _is_rate(fact) or _decimals(fact.magnitude) > before


def _is_rate(fact: Fact) -> bool:
    return fact.indicator.sort in ("growth", "change") or any(
        word in fact.indicator.name for word in _RATES
    )


def _decimals(magnitude: Decimal) -> int:
    exponent = magnitude.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _beyond(fact: Fact, value: Decimal, known: Decimal) -> _Likely | None:
    """Tell a value that is five times, or a fifth, of both the last one and the target.

    One of the two is honest: a new centre multiplies a capacity, a plan may be far away.
    """
    target = abs(fact.target.magnitude) if fact.target is not None else Decimal(0)
    if fact.period.basis == "year_to_date":
        target = target * fact.period.end.month / 12
    if not target or fact.indicator.unit in ("%", "‰", "个百分点"):
        return None
    most, least = max(known, target), min(known, target)
    # A handful of things may well become one, or a hundred.
    if least < _HANDFUL and fact.indicator.dimension.startswith(("count", "person")):
        return None
    if not (value >= most * _FAR or value * _FAR <= least):
        return None
    return _Likely("计量单位或小数点", known, Decimal(1), "上期值")


def _beside_target(fact: Fact, value: Decimal, target: Decimal) -> _Likely | None:
    if fact.indicator.unit in ("%", "‰", "个百分点"):
        fine = value.normalize().as_tuple().exponent
        fraction = (value <= 1 and target >= 10 and _finer(fact)) or (
            # 0.055 for 5.5 %: growth is never published to thousandths of a per cent.
            value < Decimal("0.3") and target >= 3 and isinstance(fine, int) and fine <= -3
        )
        if fraction:
            return _Likely(_HUNDRED[1], target, 1 / _HUNDRED[0], "目标值")
        if value >= target * _ABOVE_TARGET:
            return _Likely(_HUNDRED[1], target, _HUNDRED[0], "目标值")
        return None
    for factor, words in sorted(_factors(fact)):
        if value >= target * _ABOVE_TARGET and value / factor <= target * _NEAR:
            return _Likely(words, target, factor, "目标值")
        least = target / factor * (1 if factor == _THOUSAND[0] else 2)
        if value <= least and target * _LEAST <= value * factor <= target * _NEAR:
            return _Likely(words, target, 1 / factor, "目标值")
    if value >= target * _ABOVE_TARGET:
        return _Likely("计量单位", target, Decimal(1), "目标值")
    return None


def _said(fact: Fact, file: str, likely: _Likely) -> Finding:
    unit = fact.indicator.unit
    ratio = abs(fact.magnitude) / likely.reference
    times = (
        f"{figures.short(ratio, digits=2)}倍"
        if ratio >= 1
        else f"1/{figures.short(1 / ratio, digits=2)}"
    )
    meant = units.display((fact.magnitude / likely.factor).normalize(), unit, digits=12)
    return SLIP.at(
        file, sheet=fact.sheet, cell=fact.cell, found=units.display(fact.magnitude, unit),
        expected=units.display(likely.reference, unit), against=likely.name, times=times,
        slip=likely.words, meant="" if likely.factor == 1 else f"，本意可能是 {meant}",
    )  # fmt: skip
