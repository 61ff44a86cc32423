"""A change of caliber breaks a series: what is old and what is new are never compared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import judge
from indicators.assessment.prospects import prospects

D = Decimal
OLD = {"baseline": D(5), "baseline_date": date(2024, 12, 31)}
BROKEN = {**OLD, "caliber": "含通用算力", "caliber_since": date(2026, 7, 1)}


def only(book, day=date(2026, 9, 30), **more):
    (found,) = judge(book, as_of=day, **more).verdicts
    return found


def reported(book, setting, **more):
    """A level that rises slowly by the old caliber and jumps by the new one."""
    target = book.target(30, setting=setting, **more)
    for quarter, value in (("2025Q4", 9), ("2026Q1", 10), ("2026Q2", 11), ("2026Q3", 28)):
        book.report(target, quarter, value)
    return target


def test_a_new_caliber_is_not_measured_from_an_old_baseline(book):
    """The jump of a wider definition is no progress: the verdict is withheld and says why."""
    reported(book, BROKEN)
    found = only(book)
    assert (found.state, found.light, found.why.code) == ("not_assessable", "grey", "caliber")
    assert found.sentence() == (
        "无法研判：口径自2026-07-01起改变，前后数值不比较，请补充该日起的基期值或调整目标"
    )
    assert "2026-07-01" in found.sentence("en")
    assert found.gap is None
    assert found.observation.magnitude == 28


def test_without_a_day_nothing_breaks(book):
    """Words of a caliber alone change no verdict."""
    reported(book, {**OLD, "caliber": "含通用算力"})
    assert only(book).state == "on_schedule"


def test_until_there_is_a_value_of_the_new_caliber_the_old_ones_are_judged(book):
    """The last quarter before the day keeps its verdict."""
    reported(book, {**BROKEN, "caliber_since": date(2026, 10, 1)})
    plain = type(book)()
    reported(plain, OLD)
    assert only(book).gap_points == only(plain).gap_points


def test_a_baseline_of_the_new_caliber_starts_the_course_anew(book):
    """From 27 on 1 July to 30: 28 is a third of the way, not nine tenths."""
    reported(book, {**BROKEN, "baseline": D(27), "baseline_date": date(2026, 7, 1)})
    found = only(book)
    assert (found.baseline, found.state) == (D(27), "on_schedule")
    assert found.expected == D("27.5")
    assert found.trend == ""  # one value of this caliber has no trend


def test_a_revised_target_needs_a_baseline_of_its_caliber(book):
    """Revised since, it may be judged, but the old baseline is no start of its course."""
    reported(book, BROKEN, effective_on=date(2026, 7, 15))
    found = only(book)
    assert (found.state, found.baseline) == ("no_baseline", None)


def test_a_plan_that_began_since_is_judged(book):
    """A plan of the new caliber was made in it: its yearly amount counts from zero."""
    target = book.target(
        100, name="数字经济产值", unit="亿元", dimension="money", sort="amount",
        start="2026-01-01", deadline="2026-12-31",
        setting={"accumulation": "year_to_date", "caliber": "四经普", "caliber_since": date(2026, 1, 1)},
    )  # fmt: skip
    book.report(target, "2025Q4", 300, "year_to_date")
    book.report(target, "2026Q2", 52, "year_to_date")
    assert (only(book, date(2026, 6, 30)).state, only(book, date(2026, 6, 30)).gap_points) == (
        "on_schedule", D(2),
    )  # fmt: skip


def test_a_rate_is_not_compared_with_a_target_of_the_old_caliber(book):
    """调查失业率 is not held against a cap that was set for 登记失业率, revised or newly set it is."""
    setting = {"caliber": "调查失业率", "caliber_since": date(2026, 4, 1)}
    plain = {
        "name": "失业率", "unit": "%", "dimension": "percent", "sort": "share", "bound": "at_most",
        "start": "2026-01-01", "deadline": "2026-12-31", "setting": setting,
    }  # fmt: skip
    old = book.target(4, **plain)
    new = book.target("5.5", **plain, effective_on=date(2026, 4, 1))
    for target in (old, new):
        book.report(target, "2026Q1", "3.8")
        book.report(target, "2026Q2", "5.2")
    states = {each.target: each.state for each in judge(book, as_of=date(2026, 6, 30)).verdicts}
    assert states == {old: "not_assessable", new: "on_schedule"}


def test_a_target_that_was_due_before_the_change_keeps_its_verdict(book):
    """Later values of another caliber do not undo what was decided at the deadline."""
    reported(book, {**BROKEN, "caliber_since": date(2026, 1, 1)}, deadline="2025-12-31")
    assert (only(book).state, only(book).actual) == ("missed", 9)


def test_no_sum_runs_across_the_change(book):
    """Quarters of two calibers are never added up."""
    target = book.target(
        40, sort="count", unit="家", dimension="count", name="新增企业", effective_on=date(2026, 7, 2),
        setting={"accumulation": "period", "caliber": "新", "caliber_since": date(2026, 7, 1)},
    )  # fmt: skip
    for quarter in ("2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3"):
        book.report(target, quarter, 3, "period")
    found = only(book)
    assert (found.state, found.why.code, found.actual) == ("not_assessable", "gap", None)


@pytest.mark.parametrize(("since", "outlooks"), [(None, 1), (date(2026, 1, 1), 0)])
def test_no_outlook_is_drawn_through_the_change(book, since, outlooks):
    """Six points of which three are of another caliber are too few."""
    target = book.target(30, setting={**OLD, "caliber_since": since, "baseline": D(5)})
    for number, quarter in enumerate(("2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3")):
        book.report(target, quarter, 6 + number)
    assert len(prospects(book, as_of=date(2026, 9, 30)).outlooks) == outlooks
