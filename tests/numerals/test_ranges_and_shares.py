"""Ranges, shares, doublings and the words that bind a number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import figures, numerals


@pytest.mark.parametrize(
    ("written", "low", "high", "bound", "unit"),
    [
        ("1-2", "1", "2", "between", ""),
        ("三至五", "3", "5", "between", ""),
        ("3—5", "3", "5", "between", ""),
        ("3——5", "3", "5", "between", ""),
        ("10~20", "10", "20", "between", ""),
        ("1-2万", "10000", "20000", "between", ""),
        ("3至5亿", "300000000", "500000000", "between", ""),
        ("10万-20万", "100000", "200000", "between", ""),
        ("8000-1亿", "8000", "100000000", "between", ""),
        ("500 万元—2 亿", "5000000", "200000000", "between", ""),
        ("5%—5.5", "5", "5.5", "between", "%"),
        ("5%-5.5%", "5", "5.5", "between", "%"),
        ("千分之三至五", "3", "5", "between", "‰"),
        ("七八百", "700", "800", "between", ""),
        ("30余万", "300000", None, "at_least", ""),
        ("2000多亿", "200000000000", None, "at_least", ""),
        ("1560余", "1560", None, "at_least", ""),
        ("百余", "100", None, "at_least", ""),
        ("近2000", "2000", None, "about", ""),
        ("约三百", "300", None, "about", ""),
        ("百分之三十", "30", None, "equal", "%"),
        ("百分之三十五点六", "35.6", None, "equal", "%"),
        ("千分之五", "5", None, "equal", "‰"),
        ("万分之三", "0.03", None, "equal", "%"),
        ("四分之三", "75", None, "equal", "%"),
        ("九成", "9", None, "equal", "成"),
        ("九成以上", "9", None, "at_least", "成"),
        ("三成半", "3.5", None, "equal", "成"),
        ("半数", "50", None, "equal", "%"),
        ("翻番", "2", None, "equal", "倍"),
        ("翻一番", "2", None, "equal", "倍"),
        ("翻了一番", "2", None, "equal", "倍"),
        ("翻两番", "4", None, "equal", "倍"),
        ("3倍", "3", None, "equal", "倍"),
        ("2-3倍", "2", "3", "between", "倍"),
        ("30", "30", None, "equal", ""),
        ("近三成", "3", None, "about", "成"),
        ("近一半", "50", None, "about", "%"),
        ("一半以上", "50", None, "at_least", "%"),
        ("四分之三以上", "75", None, "at_least", "%"),
        ("两倍多", "2", None, "at_least", "倍"),
        ("约百分之三十", "30", None, "about", "%"),
    ],
)
def test_worked_forms(written: str, low: str, high: str | None, bound: str, unit: str) -> None:
    """Each form gives its ends, its bound and the unit it brings."""
    read = numerals.read(written)
    assert read is not None
    assert (read.low, read.high, read.bound, read.unit) == (
        Decimal(low),
        None if high is None else Decimal(high),
        bound,
        unit,
    )


def test_two_thirds_keep_their_digits() -> None:
    """三分之二 is 66.66… %, to the precision of Decimal."""
    read = numerals.read("三分之二")
    assert read is not None
    assert round(read.low, 9) == Decimal("66.666666667")


@pytest.mark.parametrize("written", ["5-3", "三至", "至五", "1-2-3", "翻百万番", "零分之一", "—5"])
def test_what_is_no_range_is_not_read(written: str) -> None:
    """A falling range or half a range is nothing."""
    assert numerals.read(written) is None


@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(["-", "—", "至", "～", "到"]))
def test_ranges_in_both_scripts_agree(low: int, high: int, sign: str) -> None:
    """A range in digits and one in Chinese characters read alike."""
    if low >= high:
        return
    digits = numerals.read(f"{low}{sign}{high}")
    words = numerals.read(f"{figures.chinese(low)}{sign}{figures.chinese(high)}")
    assert digits is not None
    assert (digits.low, digits.high) == (low, high)
    assert words is not None
    assert words.high == high
