"""Rows to fill a ledger with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from indicators.model import Observation


def observation(indicator: str, value: str, **fields) -> Observation:
    """A value of an indicator for the first quarter of 2026."""
    known = {
        "period_start": date(2026, 1, 1),
        "period_end": date(2026, 3, 31),
        "basis": "level",
        "source": "workbook",
        "origin": "区数据局",
        "unit": "P",
    }
    return Observation(indicator_id=indicator, magnitude=Decimal(value), **(known | fields))
