"""The sentence of a verdict, where its numbers or its target are unusual."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.assessment import boards, judge
from indicators.model import Indicator, Observation, Setting, Target

D = Decimal
BASE = {"baseline": D(5), "baseline_date": date(2024, 12, 31)}


@pytest.mark.parametrize("value", ["1e15", "1e30", "-1e30", "1e60", "1e-30"])
def test_a_number_far_out_of_reason_is_shown(book, value):
    """A slip of units makes a strange sentence, never an exception that hides all other targets."""
    target = book.target(30, setting=BASE)
    book.report(target, "2026Q1", value)
    (found,) = judge(book).verdicts
    assert found.state == ("achieved" if D(value) > 1 else "far_behind")
    assert found.sentence()
    assert found.sentence("en")


def test_a_board_keeps_such_a_number(store):
    """A board can be issued with it; gaps are cut to what a reader can take as a number."""
    with store.batch("load", who="测试") as batch:
        batch.add(
            [
                Indicator(indicator_id="i", name="智算规模", place="武清区", unit="EFLOPS",
                          dimension="compute", sort="level"),
                Setting(indicator_id="i", **BASE),
                Target(target_id="t", indicator_id="i", magnitude=D(30), unit="EFLOPS",
                       bound="at_least", deadline=date(2027, 12, 31),
                       plan_start=date(2025, 1, 1), status="accepted"),
                Observation(indicator_id="i", period_start=date(2026, 3, 31),
                            period_end=date(2026, 3, 31), basis="level", source="workbook",
                            origin="区数据局", magnitude=D("-1e12"), unit="EFLOPS"),
            ]
        )  # fmt: skip
    (line,) = boards.issue(store, "2026Q1", who="测试").lines
    assert (line.state, line.actual) == ("far_behind", D("-1e12"))


def test_a_range_has_both_ends_in_either_language(book):
    """40 to 60 % is no target of 40."""
    target = book.target(
        40, high=60, bound="between", name="负荷率", unit="%", dimension="proportion",
        deadline="2026-12-31",
    )  # fmt: skip
    book.report(target, "2026Q2", "61")
    (found,) = judge(book).verdicts
    assert found.sentence() == "截至2026年6月目标40—60%，实达61，差1.0"
    assert found.sentence("en") == (
        "By 2026-06, 61% was reached against a target of 40–60: far behind, short by 1.0"
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(("EFLOPS", "家", "%", "元")),
    st.integers(1, 4000), st.integers(4001, 99999), st.integers(1, 99999), st.integers(0, 3),
    st.sampled_from((1, 10**4, 10**7)),
)  # fmt: skip
def test_the_three_numbers_of_a_sentence_agree(book_of, unit, base, value, actual, places, factor):
    """应达 less 实达 is the 差 that is written, in both languages, however they are rounded."""
    book = book_of()
    dimension = {"EFLOPS": "compute", "家": "count", "%": "percent", "元": "money"}[unit]
    scale = D(factor).scaleb(-places) if unit != "家" else D(factor)
    target = book.target(
        value * scale, unit=unit, dimension=dimension, sort="share" if unit == "%" else "level",
        setting={"baseline": base * scale, "baseline_date": date(2024, 12, 31)},
    )  # fmt: skip
    book.report(target, "2026Q1", actual * scale)
    (found,) = judge(book, as_of=date(2026, 3, 31)).verdicts
    number = r"(-?[\d.]+)"
    chinese = re.search(f"应达{number}.*?，实达{number}.*?，[差超]{number}", found.sentence())
    english = re.search(f" {number}[^\\d]* was reached against {number} expected.*short by {number}",
                        found.sentence("en"))  # fmt: skip
    for told, order in ((chinese, (0, 1)), (english, (1, 0))):
        if told is not None:
            numbers = [D(each) for each in told.groups()]
            expected, reached = numbers[order[0]], numbers[order[1]]
            assert abs(expected - reached) == numbers[2], found.sentence()
