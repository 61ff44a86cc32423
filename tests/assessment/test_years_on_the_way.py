"""Values that start again each January, with a target some years ahead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import judge

D = Decimal
BASE = {"baseline_date": date(2024, 12, 31)}


@pytest.mark.parametrize(
    ("quarter", "value", "state"),
    [
        ("2026Q3", "433.4", "on_schedule"),
        ("2026Q4", "433.4", "on_schedule"),
        ("2026Q4", "500", "achieved"),
        ("2027Q4", "500", "achieved"),
        ("2027Q4", "499", "missed"),
    ],
)
def test_the_value_of_a_year_on_the_way_is_no_target_met(book, quarter, value, state):
    """500 a year by 2027 from 300: the 433.3 of 2026 are its pace; only 500 is the target."""
    target = book.target(
        500, name="产业规模", unit="亿元", dimension="cny", sort="amount",
        setting={"baseline": D(300), "accumulation": "year_to_date", **BASE},
    )  # fmt: skip
    book.report(target, quarter, value, "year_to_date")
    (found,) = judge(book).verdicts
    assert found.state == state
    assert ("已完成" in found.sentence()) == (state == "achieved")
