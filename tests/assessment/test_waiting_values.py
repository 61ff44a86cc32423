"""Values that wait for acceptance: used and marked, or left out, by the option of the house."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import judge
from indicators.model import Indicator, Observation, Option, Setting, Submission, Target

D = Decimal


def submission(number, status):
    return Submission(
        submission_id=number, place="武清区", office="区数据局", quarter="2026Q1",
        file_digest=number, file_name=f"{number}.xlsx", status=status,
    )  # fmt: skip


def value(magnitude, number):
    return Observation(
        indicator_id="i", period_start=date(2026, 3, 31), period_end=date(2026, 3, 31),
        basis="level", source="workbook", origin="区数据局", magnitude=D(magnitude), unit="EFLOPS",
        submission_id=number,
    )  # fmt: skip


@pytest.fixture
def town(store):
    """An accepted 16, and a 10 handed in later that waits."""
    rows = (
        [
            Indicator(indicator_id="i", name="智算规模", place="武清区", unit="EFLOPS",
                      dimension="compute", sort="level"),
            Setting(indicator_id="i", baseline=D(5), baseline_date=date(2024, 12, 31)),
            Target(target_id="t", indicator_id="i", magnitude=D(30), unit="EFLOPS",
                   bound="at_least", deadline=date(2027, 12, 31),
                   plan_start=date(2025, 1, 1), status="accepted"),
        ],
        [value("16", "one"), submission("one", "accepted")],
        [value("10", "two"), submission("two", "submitted"), submission("one", "superseded")],
    )  # fmt: skip
    for each in rows:
        with store.batch("import", who="测试") as batch:
            batch.add(each)
    return store


def choose(ledger, policy, scope=""):
    with ledger.batch("option", who="测试") as batch:
        batch.add([Option(option="submission_review", scope=scope, value=policy)])


def seen(ledger, **more):
    (found,) = judge(ledger, as_of=date(2026, 3, 31), **more).verdicts
    return (found.actual, "待审" in found.marks)


@pytest.mark.parametrize(
    ("scope", "policy", "expected"),
    [
        ("", "mark", (D(10), True)),
        ("", "wait", (D(16), False)),
        ("武清区", "wait", (D(16), False)),
        ("北辰区", "wait", (D(10), True)),
    ],
)
def test_the_option_says_whether_waiting_values_count(town, scope, policy, expected):
    """Marked they count; where only accepted ones count, the accepted value stands again."""
    choose(town, policy, scope)
    assert seen(town) == expected


def test_a_place_may_differ_from_the_house(town):
    """The place's own option comes before everyone's."""
    choose(town, "wait")
    choose(town, "mark", "武清区")
    assert seen(town) == (D(10), True)


def test_once_accepted_the_value_counts(town):
    """Acceptance ends the waiting."""
    choose(town, "wait")
    with town.batch("accept", who="测试") as batch:
        batch.add([submission("two", "accepted")])
    assert seen(town) == (D(10), False)


def test_a_first_value_that_waits_is_not_there(town):
    """Without an accepted value before it the quarter has none."""
    choose(town, "wait")
    with town.batch("return", who="测试") as batch:
        batch.add([submission("one", "returned")])
    assert seen(town) == (None, False)


def test_the_past_is_judged_by_the_option_of_the_past(town):
    """What was known before the option was chosen counted the waiting value."""
    before = town.batches()[-1].committed_at
    choose(town, "wait")
    assert seen(town, known_at=before) == (D(10), True)
