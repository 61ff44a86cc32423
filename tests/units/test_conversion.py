"""Magnitudes convert exactly within a dimension and not at all across."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import units
from indicators.errors import UsageError

MAGNITUDES = st.decimals(
    min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=4, allow_nan=False
)
SPELLINGS = st.sampled_from(sorted(units.spellings()))


@pytest.mark.parametrize(
    ("magnitude", "unit", "to", "expected"),
    [
        ("500", "亿元", "万元", "5000000"),
        ("24.95", "万P", "EFLOPS", "249.5"),
        ("30", "EFLOPS", "P", "30000"),
        ("3", "亩", "平方米", "2000"),
        ("1000", "平方米", "亩", "1.5"),
        ("1", "公顷", "亩", "15"),
        ("9", "成", "%", "90"),
        ("5", "‰", "%", "0.5"),
        ("615", "亿斤", "万吨", "3075"),
        ("1", "毫克/升", "微克/立方米", "1000000"),
        ("12", "件/万人", "件/人", "0.0012"),
        ("3", "万元/人", "元/人", "30000"),
        ("0.5", "吨标准煤/万元", "千克标准煤/元", "0.05"),
        ("10", "MB/s", "Mbps", "80"),
        ("7", "万m³/小时", "立方米/日", "1680000"),
    ],
)
def test_worked_conversions(magnitude: str, unit: str, to: str, expected: str) -> None:
    """Known conversions are exact."""
    assert units.convert(Decimal(magnitude), unit, to) == Decimal(expected)


@pytest.mark.parametrize(
    ("unit", "to"),
    [
        ("EB", "%"),
        ("%", "个百分点"),
        ("个", "人次"),
        ("人", "人次"),
        ("户", "人"),
        ("元", "美元"),
        ("千瓦", "千瓦时"),
        ("吨", "吨标准煤"),
        ("个", "元"),
    ],
)
def test_unlike_quantities_do_not_convert(unit: str, to: str) -> None:
    """Another dimension is refused with both units named."""
    with pytest.raises(UsageError, match="不能换算"):
        units.convert(Decimal(1), unit, to)


def test_an_unknown_unit_is_refused_by_name() -> None:
    """An unknown unit says which and what to do."""
    with pytest.raises(UsageError, match=r"不认识计量单位“福特”.*units\.txt"):
        units.base(Decimal(1), "福特")


@given(MAGNITUDES, SPELLINGS)
def test_there_and_back(magnitude: Decimal, spelling: str) -> None:
    """To the base unit and back gives the same magnitude."""
    unit = units.require(spelling)
    for other in units.spellings().values():
        if other.dimension == unit.dimension:
            there = units.convert(magnitude, unit, other)
            assert round(units.convert(there, other, unit), 12) == magnitude
            break


@given(MAGNITUDES, SPELLINGS, st.sampled_from(sorted(units.MULTIPLIERS)))
def test_a_multiplier_multiplies(magnitude: Decimal, spelling: str, word: str) -> None:
    """A multiplier word before a unit multiplies its base magnitude, unless it makes another unit."""
    if word + spelling in units.spellings():
        return
    plain, dimension = units.base(magnitude, spelling)
    assert units.base(magnitude, word + spelling) == (
        units.base(magnitude * units.MULTIPLIERS[word], spelling)[0],
        dimension,
    )
    assert abs(plain) <= abs(units.base(magnitude, word + spelling)[0])


def test_a_small_ratio_keeps_its_digits() -> None:
    """0.012 人/亿元 survives nine decimals: ratios over money count per 亿元."""
    base, dimension = units.base(Decimal("0.0123"), "人/亿元")
    assert (round(base, 9), dimension) == (Decimal("0.012300000"), "person/cny")


def test_counters_convert_one_to_one_with_a_finding() -> None:
    """个 for 家 is allowed and said."""
    assert units.convert(Decimal(5), "家", "个") == 5
    (finding,) = units.findings("家", "个", file="季报.xlsx", sheet="季报", cell="C7")
    assert (finding.code, finding.severity, finding.place) == (
        "unit-counter",
        "note",
        "季报.xlsx!季报!C7",
    )
    assert units.findings("万元", "元", file="a") == []
    assert units.findings("MW", "千瓦", file="a") == []


@pytest.mark.parametrize(("unit", "code"), [("人次", "unit-dimension"), ("福特", "unit-unknown")])
def test_a_wrong_unit_is_an_error(unit: str, code: str) -> None:
    """A unit of another dimension and an unknown one are errors."""
    (finding,) = units.findings(unit, "个", file="a.xlsx")
    assert (finding.code, finding.severity) == (code, "error")
    assert "个" in finding.action


def test_every_dimension_has_a_chinese_name() -> None:
    """dimensions.csv names each dimension of the table."""
    from indicators import dimensions

    for unit in units.spellings().values():
        assert not dimensions.label(unit.dimension).isascii(), unit
