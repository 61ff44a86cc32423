"""A magnitude is shown as a plan writes it, without a lost digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import figures, numerals, units


@pytest.mark.parametrize(
    ("magnitude", "unit", "shown"),
    [
        ("50000000000", "元", "500亿元"),
        ("280000000000", "元", "2800亿元"),
        ("1200000000000", "元", "1.2万亿元"),
        ("249500", "P", "24.95万P"),
        ("249500.00", "P", "24.95万P"),
        ("12345", "个", "12345个"),
        ("5000", "个", "5000个"),
        ("30000", "架", "3万架"),
        ("12", "%", "12%"),
        ("12.50", "%", "12.5%"),
        ("0", "个", "0个"),
        ("-0.0", "%", "0%"),
        ("-35000", "人", "-3.5万人"),
        ("4E+20", "FLOPS", "400000000万亿FLOPS"),
        ("12", "件/万人", "12件/万人"),
    ],
)
def test_worked_forms(magnitude: str, unit: str, shown: str) -> None:
    """Known magnitudes in their shortest exact form."""
    assert units.display(Decimal(magnitude), unit) == shown


def test_digits_round() -> None:
    """A number of digits may be asked for."""
    assert units.display(Decimal(123456789), "元", digits=3) == "1.23亿元"


@given(st.decimals(min_value=0, max_value=Decimal("1e18"), places=6, allow_nan=False))
def test_what_is_shown_is_read_back(value: Decimal) -> None:
    """Reading the shown number gives the number."""
    assert numerals.parse(figures.short(value)) == value
