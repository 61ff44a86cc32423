"""Numbers as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.quantities import (
    figure,
    number,
    percent,
    period_of,
    quarter,
    quarter_of,
    scale_of,
    scales_of,
    signed,
)


@pytest.mark.parametrize(
    ("magnitude", "unit", "shown"),
    [
        ("50000000000", "元", "500亿元"),
        ("249500", "P", "24.95万P"),
        ("30", "EFLOPS", "30 EFLOPS"),
        ("5020", "个", "5020个"),
        ("30000", "架", "3万架"),
        ("12", "%", "12%"),
        ("123456", "%", "123456%"),
        ("0.0135", "倍", "0.014倍"),
        ("-7.5833", "EFLOPS", "−7.58 EFLOPS"),
        ("0", "个", "0个"),
    ],
)
def test_a_value_is_written_as_plans_write_it(magnitude, unit, shown):
    """万 and 亿 stand where they shorten, never before a percent sign; no zeros trail."""
    assert figure(Decimal(magnitude), unit) == shown


def test_bounds_and_ranges_are_shown():
    """A value shows how it binds, a range both its ends."""
    assert figure(Decimal(30), "个", bound="at_least") == "≥30个"
    assert figure(Decimal(1), "个", high=Decimal(2), bound="between") == "1–2个"
    assert figure(None, "个") == "—"


def test_values_of_an_indicator_share_the_scale_of_its_target():
    """95亿元 against 500亿元 keeps 亿, and so does 0.5亿元."""
    scale = scale_of(Decimal(50_000_000_000), "元")
    assert figure(Decimal(50_000_000), "元", scale=scale) == "0.5亿元"


@given(st.decimals(-(10**12), 10**12, places=4))
def test_a_number_is_rounded_by_less_than_half_its_last_place(value):
    """Two decimals are shown, or two significant digits of what is smaller than one hundredth."""
    shown = Decimal(number(value).replace("−", "-"))
    assert abs(shown - value) <= max(Decimal("0.005"), abs(value) * Decimal("0.05"))


def test_gaps_carry_their_sign():
    """A gap is read with its sign, zero without one."""
    assert [signed(Decimal(each)) for each in ("-30.33", "1.66", "0", "-0.04")] == [
        "−30.3",
        "+1.7",
        "0.0",
        "0.0",
    ]
    assert signed(None) == "—"
    assert percent(Decimal("0.583")) == "58.3%"


def test_quarters_are_named_in_chinese():
    """2026Q3 is 2026年第三季度; what is no quarter is left as it is."""
    assert quarter("2026Q3") == "2026年第三季度"
    assert quarter("2026") == "2026"
    assert quarter("") == "—"
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026Q1",
        "2026Q1",
        "2026Q2",
        "2026Q4",
    ]


def test_a_period_is_named_by_its_quarter_only_where_it_ends_one():
    """A newspaper's value of 24 April is no value of the second quarter."""
    assert period_of(date(2026, 6, 30)) == "2026Q2"
    assert period_of(date(2026, 4, 24)) == "2026-04-24"
    assert period_of(date(2026, 4, 30)) == "2026-04-30"


def test_a_reader_may_switch_between_units_that_stand_side_by_side():
    """P and EFLOPS, 亿元 and 万元; a percentage stays what it is."""
    shown = {each.unit: each.show(Decimal(30)) for each in scales_of(Decimal(30), "EFLOPS")}
    assert shown == {"EFLOPS": "30 EFLOPS", "P": "30000 P", "万P": "3万P"}
    money = [each.unit for each in scales_of(Decimal(50_000_000_000), "元")]
    assert money == ["亿元", "万元", "元"]
    assert [each.unit for each in scales_of(Decimal(80), "%")] == ["%"]
