"""One written number has one value."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import figures, numerals


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("30", "30"),
        ("1,234", "1234"),
        ("1,234,567.89", "1234567.89"),
        ("１，２３４．５", "1234.5"),
        ("1 234", "1234"),
        ("24. 95", "24.95"),
        ("24.95\n万", "249500"),
        ("24.95万", "249500"),
        ("1.2万亿", "1200000000000"),
        ("3万4000", "34000"),
        ("25万6千", "256000"),
        ("5百万", "5000000"),
        ("〇", "0"),
        ("两", "2"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("一百零五", "105"),
        ("一百〇五", "105"),
        ("三百二", "320"),
        ("两千五", "2500"),
        ("一万二", "12000"),
        ("一千零五十", "1050"),
        ("三千五百万", "35000000"),
        ("十二亿三千万", "1230000000"),
        ("二十万亿", "20000000000000"),
        ("一亿亿", "10000000000000000"),
        ("百", "100"),
        ("百亿", "10000000000"),
        ("一点五亿", "150000000"),
        ("十二点三五", "12.35"),
        ("二〇二五", "2025"),
    ],
)
def test_worked_numbers(written: str, value: str) -> None:
    """Known numerals of every kind."""
    assert numerals.parse(written) == Decimal(value)


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "abc",
        "1-2",
        "1.2.3",
        "五.五",
        "1,23",
        "十几",
        "5G",
        "点五",
        "三点",
        "一个",
        "7×24",
        "-5",
        "1e5",
        "NaN",
    ],
)
def test_what_is_no_number_is_refused(written: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match="不是一个数"):
        numerals.parse(written)


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_chinese_characters_round_trip(value: int) -> None:
    """Written in Chinese characters and read back, a whole number is the same."""
    assert numerals.parse(figures.chinese(value)) == value


@given(st.integers(min_value=0, max_value=10**12))
def test_commas_round_trip(value: int) -> None:
    """Thousands commas change nothing."""
    assert numerals.parse(f"{value:,}") == value


@given(
    st.decimals(min_value=0, max_value=10**6, places=3, allow_nan=False),
    st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12), ("千万", 10**7)]),
)
def test_width_and_multipliers(value: Decimal, multiplier: tuple[str, int]) -> None:
    """Full-width digits with a multiplier word read as the plain ones times the word."""
    word, factor = multiplier
    wide = f"{value:f}".translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    assert numerals.parse(wide + word) == value * factor


@given(
    st.text(
        alphabet="〇零一二两三五十百千万亿点0123456789.,余多-至近成半数倍番翻分之% \n", max_size=12
    )
)
def test_any_characters_give_a_value_or_nothing(written: str) -> None:
    """No combination of numeral characters raises anything but the refusal."""
    numerals.read(written)
    with suppress(ValueError):
        assert numerals.parse(written) >= 0
