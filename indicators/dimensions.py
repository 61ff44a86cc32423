"""Dimensions: what a kind of quantity is called, and what a ratio over it is per."""

from __future__ import annotations

import csv
from functools import cache

from indicators import reference
from indicators.errors import ConfigurationError

__all__ = ["label", "per"]


@cache
def _rows() -> dict[str, tuple[str, int]]:
    """Read ``dimensions.csv``: dimension → (Chinese label, what a ratio is per)."""
    place = reference.path("dimensions.csv")
    try:
        with place.open(encoding="utf-8", newline="") as lines:
            return {
                row["dimension"]: (row["label"], int(row["per"])) for row in csv.DictReader(lines)
            }
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise ConfigurationError(
            f"量纲表读不出来（{error}）",
            place=str(place),
            action="列名应为 dimension,label,base,per",
        ) from error


def label(dimension: str) -> str:
    """Return the Chinese name of a dimension; of a ratio 人数/人民币金额."""
    rows = _rows()
    return "/".join(rows[part][0] if part in rows else part for part in dimension.split("/"))


def per(dimension: str) -> int:
    """Return how many of its base units a ratio over the dimension is per (万人, 亿元, km²).

    Base magnitudes are kept with nine decimals; 0.012 人/亿元 would vanish if counted per 元.
    """
    return _rows().get(dimension, ("", 1))[1]
