"""Numbers as people read them: 500亿元, 24.95万P, 30 EFLOPS, −30.3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from dashboards.messages import Language, language, section, text
from indicators.model import Bound
from indicators.periods import month_end
from indicators.units import convert

__all__ = [
    "Scale",
    "day",
    "figure",
    "number",
    "percent",
    "period_of",
    "quarter",
    "quarter_of",
    "scale_of",
    "scales_of",
    "signed",
]

MINUS = "\N{MINUS SIGN}"
_PLAIN = frozenset({"%", "个百分点", "倍", "‰"})
"""Units that take no 万 or 亿."""
_TIGHT = frozenset({"%", "‰"})
"""Units that stand at the digits in every language."""
_LARGEST_OF_FAMILY = Decimal(10) ** 5
_FAMILIES = (("P", "EFLOPS"),)
"""Display units that are read side by side; the rest is 万 and 亿."""
_LATIN = re.compile(r"[A-Za-z]")


@cache
def _steps(_: Language) -> tuple[tuple[Decimal, str], ...]:
    """Return the steps in which a language counts, the largest first: 亿 and 万, or billions."""
    named = [(Decimal(10) ** int(power), word) for power, word in section("scale").items()]
    return (*sorted(named, reverse=True), (Decimal(1), ""))


@dataclass(frozen=True, slots=True)
class Scale:
    """What a magnitude is divided by before it is shown, and the words behind it."""

    factor: Decimal
    unit: str

    def show(self, magnitude: Decimal) -> str:
        """Return the magnitude with its unit."""
        shown = number(magnitude / self.factor)
        # A Latin symbol stands apart from the digits, but 万P belongs together.
        gap = text("sign.gap")
        if self.unit and _LATIN.match(self.unit):
            gap = " "
        elif not self.unit or self.unit in _TIGHT:
            gap = ""
        return f"{shown}{gap}{self.unit}"


def scale_of(magnitude: Decimal | None, unit: str) -> Scale:
    """Return the scale that suits a magnitude (a target's, for all values of its indicator)."""
    if unit in _PLAIN or magnitude is None:
        return Scale(Decimal(1), unit)
    for factor, word in _steps(language()):
        if abs(magnitude) >= factor:
            return Scale(factor, word + unit)
    return Scale(Decimal(1), unit)


def scales_of(magnitude: Decimal | None, unit: str) -> tuple[Scale, ...]:
    """Return the scales that a reader may switch between, the one that suits first.

    Units of one dimension that plans use side by side (P and EFLOPS) and the steps 万 and 亿.
    """
    first, steps = scale_of(magnitude, unit), _steps(language())
    made = [first]
    for family in _FAMILIES:
        if unit in family:
            made += [
                Scale(step * convert(Decimal(1), each, unit), word + each)
                for each in family
                for step, word in reversed(steps)
                if step <= _LARGEST_OF_FAMILY
                if not (word and each == "EFLOPS")
            ]
    if unit not in _PLAIN and magnitude is not None and first.factor > 1:
        made += [Scale(step, word + unit) for step, word in steps if step <= first.factor]
    return tuple({each.unit: each for each in made}.values())


def number(value: Decimal, places: int = 2) -> str:
    """Return a number with at most ``places`` decimals (two significant below one), bare of zeros."""
    if value and abs(value) < 1:
        places = min(9, max(places, 1 - value.adjusted()))
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    shown = f"{rounded:,f}".replace(",", text("sign.thousands"))
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace("-", MINUS) if shown not in ("-0", "0") else "0"


def signed(value: Decimal | None, places: int = 1) -> str:
    """Return a gap with its sign: +1.7, −30.3, 0.0; a dash where there is none."""
    if value is None:
        return text("site.none")
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if not rounded:
        return f"{abs(rounded):f}"
    return f"{rounded:+f}".replace("-", MINUS)


def percent(share: Decimal | None) -> str:
    """Return a share as a percentage with one decimal."""
    return text("site.none") if share is None else f"{number(share * 100, 1)}%"


def figure(
    magnitude: Decimal | None,
    unit: str,
    *,
    high: Decimal | None = None,
    bound: Bound = "equal",
    scale: Scale | None = None,
) -> str:
    """Return a value with its bound, range and unit: ≥30 EFLOPS, 1–2个, 500亿元."""
    if magnitude is None:
        return text("site.none")
    scale = scale or scale_of(magnitude, unit)
    if high is not None:
        return f"{number(magnitude / scale.factor)}–{scale.show(high)}"
    return f"{text(f'bound_mark.{bound}')}{scale.show(magnitude)}"


def day(value: date | None) -> str:
    """Return a day as 2027-12-31, or a dash."""
    return value.isoformat() if value else text("site.none")


def quarter(written: str) -> str:
    """Return 2026Q3 as 2026年第三季度; what is no quarter stays as it is."""
    year, _, digit = written.partition("Q")
    if len(digit) != 1 or digit not in "1234":
        return written or text("site.none")
    return text("site.quarter", year=year, number=text(f"ordinal.{digit}"))


def period_of(end: date) -> str:
    """Return the quarter that a period ends with, or its last day where that ends no quarter."""
    return quarter_of(end) if month_end(end) == end and end.month % 3 == 0 else end.isoformat()


def quarter_of(value: date) -> str:
    """Return the quarter that a day lies in, as 2026Q3."""
    return f"{value.year}Q{(value.month + 2) // 3}"
