"""Magnitudes as people write them in a cell: 300亿元, 40万, 12.5, 80%."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from indicators import units
from indicators.errors import IndicatorsError, UsageError

__all__ = ["LARGEST", "read", "show"]

LARGEST = Decimal(10**29)
"""Magnitudes of the ledger are below it, in base units too."""

_WRITTEN = re.compile(r"([+-]?[\d,]*\.?\d+)\s*(.*)", re.DOTALL)
_LARGE = Decimal(10**8)


def read(written: str, unit: str) -> Decimal:
    """Return a magnitude in a unit; a cell without a unit is in that unit already.

    Raises:
        UsageError: it is no number, or its unit does not convert; ``action`` names the unit.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    found = _WRITTEN.fullmatch(text)
    if not found:
        raise UsageError(f"“{written}”不是数值", action="数值")
    try:
        number = Decimal(found[1].replace(",", ""))
    except InvalidOperation:
        raise UsageError(f"“{written}”不是数值", action="数值") from None
    suffix = found[2].strip()
    if suffix in units.MULTIPLIERS:
        return number * units.MULTIPLIERS[suffix]
    if not suffix or suffix == unit:
        return number
    try:
        return units.convert(number, suffix, unit)
    except IndicatorsError:
        raise UsageError(suffix, action=unit) from None


def show(magnitude: Decimal | None, unit: str) -> str | Decimal | None:
    """Return a magnitude for a cell: a number, or words such as 300亿元 where it is large."""
    if magnitude is None:
        return None
    if abs(magnitude) >= _LARGE:
        words = units.display(magnitude, unit)
        try:
            if read(words, unit) == magnitude:
                return words
        except UsageError:
            return magnitude
    return magnitude
