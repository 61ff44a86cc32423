"""The worked cases of the profile ``schedule``: documentation and test at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import judge

D = Decimal
BASE = {"baseline_date": date(2024, 12, 31)}
QUARTERS = ("2026Q1", "2026Q2", "2026Q3")

CASES = {
    "30 EFLOPS": (
        {"value": 30, "setting": {"baseline": D(5), **BASE}},
        "level",
        (10, 11, 12),
        ("15.42", "17.5", "19.58"),
        ("-21.7", "-26.0", "-30.3"),
        ("behind", "behind", "far_behind"),
    ),
    "5 new companies": (
        {"value": 5, "name": "新增企业", "unit": "家", "dimension": "count", "sort": "count",
             "setting": {"accumulation": "since_start"}},
        "since_start",
        (2, 2, 2),
        ("2", "2", "2"),
        ("0.0", "0.0", "0.0"),
        ("on_schedule",) * 3,
    ),
    "80 %": (
        {"value": 80, "name": "上架率", "unit": "%", "dimension": "proportion", "sort": "share",
             "bound": "equal", "setting": {"baseline": D(60), **BASE}},
        "level",
        (66, 69, 72),
        ("68.33", "70", "71.67"),
        ("-11.7", "-5.0", "1.7"),
        ("behind", "slightly_behind", "on_schedule"),
    ),
    "falling": (
        {"value": 5, "name": "失业率", "unit": "%", "dimension": "proportion", "sort": "share",
             "bound": "at_most", "setting": {"baseline": D(6), **BASE}},
        "level",
        (5.7, 5.6, 5.4),
        ("5.58", "5.5", "5.42"),
        ("-11.7", "-10.0", "1.7"),
        ("behind", "behind", "on_schedule"),
    ),
    "500 a year": (
        {"value": 500, "name": "人工智能产业规模", "unit": "亿元", "dimension": "cny", "sort": "amount",
             "setting": {"baseline": D(300), "accumulation": "year_to_date", **BASE}},
        "year_to_date",
        (95, 200, 310),
        ("108.33", "216.67", "325"),
        ("-3.1", "-3.8", "-3.5"),
        ("slightly_behind",) * 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("number", range(3), ids=QUARTERS)
def test_worked_case(book, case, number):
    """Expected value, gap in points and state of each worked case and quarter."""
    made, basis, actual, expected, points, states = CASES[case]
    target = book.target(**made)
    for quarter, value in list(zip(QUARTERS, actual, strict=True))[: number + 1]:
        book.report(target, quarter, value, basis)
    (verdict,) = judge(book).verdicts
    assert verdict.expected.quantize(D("0.01")) == D(expected[number])
    assert verdict.actual == D(str(actual[number]))
    assert verdict.gap_points.quantize(D("0.1")) == D(points[number])
    assert verdict.state == states[number]


def test_the_sentence_has_the_numbers(book):
    """The sentence says expected, actual, gap, points and what each quarter still needs."""
    target = book.target(30, setting={"baseline": D(6), **BASE})
    book.report(target, "2026Q3", "16.4")
    (verdict,) = judge(book).verdicts
    assert verdict.sentence() == (
        "截至2026年9月应达20.0 EFLOPS，实达16.4，差3.6，落后15.0个百分点；其后5个季度每季需2.72"
    )
    assert verdict.sentence("en") == (
        "By 2026-09, 16.4 EFLOPS was reached against 20.0 expected: behind, short by 3.6 "
        "(15.0 points); 2.72 needed in each of 5 quarters"
    )
    assert (verdict.run_rate, verdict.quarters_left) == (D("2.72"), 5)
