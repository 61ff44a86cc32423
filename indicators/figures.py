"""Numbers written back: in the shortest exact form of a plan, or in Chinese characters."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Final

__all__ = ["chinese", "form", "short"]

_EXACT: Final = Context(prec=60)


def short(magnitude: Decimal, *, digits: int | None = None) -> str:
    """Return a magnitude in its shortest exact form: 500亿, 24.95万, 12345.

    Args:
        magnitude: the value.
        digits: significant digits to round to; None keeps all.
    """
    value = Context(prec=digits).plus(magnitude) if digits else magnitude
    best = _digits(value)
    for word, power in (("万", 4), ("亿", 8), ("万亿", 12)):
        if value.adjusted() >= power:
            written = _digits(value.scaleb(-power, _EXACT)) + word
            if len(written) <= len(best):
                best = written
    return best


def _digits(value: Decimal) -> str:
    """Write a Decimal without exponent and without trailing zeros."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def form(magnitude: Decimal | float, most: int = 6) -> str:
    """Return the number format that shows a value with its own decimals, at most so many.

    ``#,##0.##`` would do in LibreOffice; Excel and WPS show 12 as ``12.`` by it.
    """
    exact = magnitude if isinstance(magnitude, Decimal) else Decimal(repr(magnitude))
    if not exact.is_finite():
        return "General"
    decimals = len(_digits(round(exact, most)).partition(".")[2])
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def chinese(value: int) -> str:
    """Return a whole number below 10^16 in Chinese characters: 10203 → 一万零二百零三.

    Raises:
        ValueError: it is negative or too large.
    """
    if not 0 <= value < 10**16:
        raise ValueError(f"超出范围：{value}")
    if value == 0:
        return "零"
    above, value = divmod(value, 10**8)
    myriads, ones = divmod(value, 10**4)
    written = f"{chinese(above)}亿" if above else ""
    if myriads:
        written += ("零" if written and myriads < 1000 else "") + _below_myriad(myriads) + "万"
    if ones:
        gap = written and (ones < 1000 or not myriads)
        written += ("零" if gap else "") + _below_myriad(ones)
    return written.removeprefix("一") if written.startswith("一十") else written


def _below_myriad(part: int) -> str:
    """Write 1 to 9999."""
    written, zero = "", False
    for factor, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, part = divmod(part, factor)
        if digit:
            written += ("零" if zero else "") + "零一二三四五六七八九"[digit] + word
            zero = False
        else:
            zero = bool(written) and part > 0
    return written
