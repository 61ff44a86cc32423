"""Figures and quotations as a bulletin prints them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from indicators import units
from indicators.model import Target

__all__ = ["POINTS", "amount", "day_words", "excerpt", "points_words", "target_words"]

POINTS = "个百分点"
QUOTED = 80
"""Characters of a sentence that is quoted whole; of a longer one the clauses around the number."""

BOUND_SIGNS = {"at_least": "≥", "at_most": "≤", "about": "约", "between": "", "equal": ""}


def _rounded(match: re.Match[str]) -> str:
    return f"{Decimal(match[0]).quantize(Decimal('0.01')).normalize():f}"


def amount(magnitude: Decimal | None, unit: str) -> str:
    """Return a value as people write it (500亿元), a dash where there is none."""
    if magnitude is None:
        return "—"
    # A share of a large target (21666666666.67元) was worked out: two decimals of its own scale.
    for power in (8, 4):
        if magnitude % 1 and magnitude.adjusted() >= power:
            magnitude = magnitude.quantize(Decimal(1).scaleb(power - 2))
            break
    written = re.sub(r"\d+\.\d{3,}", _rounded, units.display(magnitude, unit))
    # A Latin symbol stands apart from a bare number: 19.58 EFLOPS, but 24.95万P.
    return re.sub(r"(?<=[0-9])(?=[A-Z])", " ", written)


def target_words(target: Target) -> str:
    """Return a target's value with its bound: ≥500亿元, 1–2个."""
    low = amount(target.magnitude, target.unit)
    if target.magnitude_high is not None:
        return f"{low}～{amount(target.magnitude_high, target.unit)}"
    return BOUND_SIGNS[target.bound] + low


def day_words(day: date) -> str:
    """Return a day as papers date it: 2026年9月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def one_line(text: str) -> str:
    return "".join(text.split())


def excerpt(sentence: str, at: int) -> str:
    """Return what of a sentence a reader needs: all of a short one, else the clause of its number.

    Clauses end at a semicolon; left-out ones are marked by an ellipsis.

    Args:
        sentence: as it stands in the document, with its line breaks.
        at: offset of the number in it; where it is outside, the sentence is returned whole.
    """
    words = one_line(sentence)
    if len(words) <= QUOTED or not 0 <= at < len(sentence):
        return words
    place = len(one_line(sentence[:at]))
    for clause in re.finditer(r"[^；;]+[；;]?", words):
        if clause.start() <= place < clause.end():
            before = "……" if clause.start() else ""
            after = "……" if clause.end() < len(words) else ""
            return f"{before}{clause[0]}{after}"
    return words


def points_words(points: Decimal) -> str:
    """Return a gap in percentage points with its sign; nothing has none."""
    written = f"{points:+.1f}".replace("-", "−")
    return ("0.0" if written[1:] == "0.0" else written) + POINTS
