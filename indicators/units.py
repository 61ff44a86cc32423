"""Units of measure: what a magnitude is counted in, exact factors, and how it is shown.

``data/reference/units.txt`` is the authority; this module reads the plain table that is generated
from it (``indicators.units_registry``), so that no pint is imported at run time.  Units are looked
up as they are written: 万元, 亿千瓦时, 件/万人, ㎡.  A Chinese multiplier before a unit belongs to
the magnitude: ``lookup("亿元")`` is 元 with a multiplier of 10^8.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from indicators import dimensions, figures, reference
from indicators.errors import ConfigurationError, UsageError
from indicators.findings import Finding, FindingKind, kinds

__all__ = [
    "FINDINGS",
    "MULTIPLIERS",
    "TABLE_COLUMNS",
    "Unit",
    "base",
    "compatible",
    "convert",
    "counters_differ",
    "display",
    "findings",
    "lookup",
    "normal",
    "require",
    "spellings",
]

MULTIPLIERS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "百": 10**2,
        "千": 10**3,
        "万": 10**4,
        "十万": 10**5,
        "百万": 10**6,
        "千万": 10**7,
        "亿": 10**8,
        "十亿": 10**9,
        "百亿": 10**10,
        "千亿": 10**11,
        "万亿": 10**12,
    }
)
"""Words that stand between a number and a unit and belong to the magnitude."""

TABLE_COLUMNS: Final = ("code", "symbol", "dimension", "factor", "spellings")
"""Columns of ``units_table.csv``; factor is a fraction to the base unit of the dimension."""

FINDINGS = kinds(
    FindingKind(
        code="unit-counter",
        severity="note",
        message="计量单位“{found}”与“{expected}”不同，按 1∶1 折算",
        action="请确认两者所指是同一事物",
    ),
    FindingKind(
        code="unit-unknown",
        severity="error",
        message="不认识计量单位“{found}”",
        action="请改用“{expected}”，或在 data/reference/units.txt 中登记该单位",
    ),
    FindingKind(
        code="unit-dimension",
        severity="error",
        message="计量单位“{found}”不能换算为“{expected}”",
        action="请按“{expected}”填写",
    ),
)

_EXACT: Final = Context(prec=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as it was written."""

    symbol: str
    """Display symbol, without multiplier: 元, P, 件/万人."""
    dimension: str
    """Kind of quantity: ``cny``, ``compute``, ``count/person``; empty for a bare number."""
    factor: Fraction
    """How many base units of the dimension one ``symbol`` is."""
    code: str
    """Name for export: ``yuan``, ``pflops``, ``count_piece/person``."""
    multiplier: int = 1
    """The word before the unit: 10^8 for 亿元; it belongs to the magnitude."""


def normal(written: str) -> str:
    """Return a spelling as the table keys it: NFKC, without spaces, middle dots alike."""
    if written.isascii():
        return written.replace(" ", "")
    text = unicodedata.normalize("NFKC", written)
    return "".join(text.split()).replace("•", "·").replace("⋅", "·").replace("∕", "/")


@cache
def _table() -> dict[str, Unit]:
    """Read ``units_table.csv``: spelling → unit."""
    place = reference.path("units_table.csv")
    table = {"": Unit(symbol="", dimension="", factor=Fraction(1), code="number")}
    for spelling in ("number", "dimensionless", "1"):
        table[spelling] = table[""]
    try:
        with place.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                unit = Unit(
                    symbol=row["symbol"],
                    dimension=row["dimension"],
                    factor=Fraction(row["factor"]),
                    code=row["code"],
                )
                for spelling in row["spellings"].split():
                    table[spelling] = unit
    except (OSError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise ConfigurationError(
            f"单位表读不出来（{error}）",
            place=str(place),
            action="运行 python -m indicators.units_registry 重新生成",
        ) from error
    return table


@lru_cache(maxsize=8192)
def lookup(written: str) -> Unit | None:
    """Return the unit that is written so, or None.

    Case is kept (MW is not mW); full-width letters, ㎡ and spaces are read.  A multiplier word
    before the unit goes into ``multiplier``; a ratio may carry one on either side (亿元/万人).
    """
    text = normal(written)
    found = _plain(text)
    if found is not None or "/" not in text:
        return found
    head, _, tail = text.partition("/")
    above, below = _plain(head), _plain(tail)
    if above is None or below is None or not above.dimension or not below.dimension:
        return None
    word = tail[: len(tail) - len(_without_multiplier(tail))]
    per = dimensions.per(below.dimension)
    return Unit(
        symbol=f"{above.symbol}/{word}{below.symbol}",
        dimension=f"{above.dimension}/{below.dimension}",
        factor=above.factor * per / (below.factor * below.multiplier),
        code=f"{above.code}/{below.multiplier if word else ''}{below.code}",
        multiplier=above.multiplier,
    )


def _plain(text: str) -> Unit | None:
    """Look up a unit that is no ratio made of two, with its multiplier word."""
    table = _table()
    found = table.get(text)
    if found is not None:
        return found
    rest = _without_multiplier(text)
    if rest == text or not rest:
        return None
    found = table.get(rest)
    if found is None:
        return None
    return Unit(
        symbol=found.symbol,
        dimension=found.dimension,
        factor=found.factor,
        code=found.code,
        multiplier=MULTIPLIERS[text[: len(text) - len(rest)]],
    )


def _without_multiplier(text: str) -> str:
    """Strip the multiplier word, unless the text with it is itself a unit (千瓦, 百分点)."""
    table = _table()
    if text in table:
        return text
    for length in (2, 1):
        if text[:length] in MULTIPLIERS and text[length:] in table:
            return text[length:]
    return text


def require(written: str) -> Unit:
    """Return the unit that is written so.

    Raises:
        UsageError: the unit is unknown.
    """
    found = lookup(written)
    if found is None:
        raise UsageError(
            f"不认识计量单位“{written}”", action="在 data/reference/units.txt 中登记该单位"
        )
    return found


def spellings() -> Mapping[str, Unit]:
    """Return every spelling of a unit, without multipliers and composed ratios."""
    return MappingProxyType({word: unit for word, unit in _table().items() if word})


def _times(magnitude: Decimal, factor: Fraction) -> Decimal:
    """Multiply exactly; a factor without a finite decimal is rounded to 40 digits."""
    if factor.numerator == factor.denominator:
        return _EXACT.plus(magnitude)
    product = _EXACT.multiply(magnitude, Decimal(factor.numerator))
    if factor.denominator == 1:
        return product
    return Context(prec=40).plus(_EXACT.divide(product, Decimal(factor.denominator)))


def base(magnitude: Decimal, unit: str | Unit, *, multiplied: bool = False) -> tuple[Decimal, str]:
    """Return the magnitude in the base unit of its dimension, and the dimension.

    A percentage stays percent points of its display: 12 % is 12.  ``unit`` may carry a
    multiplier: ``base(Decimal(500), "亿元")`` is ``(Decimal("5E+10"), "cny")``.

    Args:
        magnitude: how many of the unit.
        unit: the unit, or how it is written.
        multiplied: whether the magnitude already holds the multiplier.

    Raises:
        UsageError: the unit is unknown.
    """
    found = require(unit) if isinstance(unit, str) else unit
    # Most factors are whole and most units bare: no fractions are multiplied for these.
    factor = found.factor
    if found.multiplier != 1 and not multiplied:
        factor *= found.multiplier
    return _times(magnitude, factor), found.dimension


def compatible(unit: str | Unit, to: str | Unit) -> bool:
    """Tell whether both units are known and of one dimension."""
    one = lookup(unit) if isinstance(unit, str) else unit
    other = lookup(to) if isinstance(to, str) else to
    return one is not None and other is not None and one.dimension == other.dimension


def counters_differ(unit: str | Unit, to: str | Unit) -> bool:
    """Tell whether the two are different counters, which convert 1:1 but deserve a finding."""
    one = require(unit) if isinstance(unit, str) else unit
    other = require(to) if isinstance(to, str) else to
    return (
        one.dimension == other.dimension
        and one.code != other.code
        and one.factor == other.factor
        and one.dimension.startswith(("count", "person"))
    )


def convert(magnitude: Decimal, unit: str | Unit, to: str | Unit) -> Decimal:
    """Return the magnitude in another unit of the same dimension.

    Multipliers on either side count: ``convert(Decimal(500), "亿元", "万元")`` is 5000000.

    Raises:
        UsageError: a unit is unknown, or the dimensions differ (个 and 人次, % and 个百分点).
    """
    return _times(magnitude, _factor(unit, to))


@lru_cache(maxsize=8192)
def _factor(unit: str | Unit, to: str | Unit) -> Fraction:
    """Return how many of one unit the other is; a workbook asks for few of them very often."""
    one = require(unit) if isinstance(unit, str) else unit
    other = require(to) if isinstance(to, str) else to
    if one.dimension != other.dimension:
        raise UsageError(
            f"计量单位“{one.symbol}”（{dimensions.label(one.dimension)}）"
            f"不能换算为“{other.symbol}”（{dimensions.label(other.dimension)}）",
            action="请使用同一量纲的单位",
        )
    return one.factor * one.multiplier / (other.factor * other.multiplier)


def findings(unit: str, to: str, *, file: str, sheet: str = "", cell: str = "") -> list[Finding]:
    """Return what is wrong or doubtful in reading a value in ``unit`` as one in ``to``."""
    kind = _doubt(unit, to)
    if not kind:
        return []
    expected = require(to).symbol
    return [FINDINGS[kind].at(file, found=unit, expected=expected, sheet=sheet, cell=cell)]


@lru_cache(maxsize=8192)
def _doubt(unit: str, to: str) -> str:
    """Return the code of the finding against reading one unit as the other, empty without any."""
    one, other = lookup(unit), require(to)
    if one is None:
        return "unit-unknown"
    if one.dimension != other.dimension:
        return "unit-dimension"
    return "unit-counter" if counters_differ(one, other) else ""


def display(magnitude: Decimal, unit: str, *, digits: int | None = None) -> str:
    """Return a magnitude with its unit as a plan writes it: 500亿元, 24.95万P, 12%."""
    return f"{figures.short(magnitude, digits=digits)}{unit}"
