"""Whatever numbers a ledger can hold, every rule answers with finite numbers and a whole sentence."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators import periods
from indicators.assessment import judge, profile, schedule_points
from indicators.assessment.prospects import prospects

QUARTERS = (
    "2025Q2",
    "2025Q3",
    "2025Q4",
    "2026Q1",
    "2026Q2",
    "2026Q3",
    "2026Q4",
    "2027Q4",
    "2028Q1",
)
WORDS = {
    "amount": ("产值", "元", "money"), "level": ("智算规模", "EFLOPS", "compute"),
    "share": ("失业率", "%", "percent"), "growth": ("投资增速", "%", "percent"),
    "change": ("能耗降低", "%", "percent"), "count": ("新增企业", "家", "count"),
    "range": ("物价涨幅", "%", "percent"), "milestone": ("平台建成", "个", "count"), "": ("企业", "家", "count"),
}  # fmt: skip
extreme = st.sampled_from(
    [Decimal(text) for text in ("0", "1", "-1", "100", "1E-9", "-1E-9", "99999999999999999999999999999",
                                "-99999999999999999999999999999.999999999", "0.123456789", "1E+28")]
)  # fmt: skip
decimals = extreme | st.decimals(-1000, 1000, places=2) | st.integers(0, 50).map(Decimal)
bounds = st.sampled_from(("at_least", "at_most", "equal", "about", "between"))


@st.composite
def chosen(draw):
    """Any settings, whether they fit the target or not."""
    return {
        "baseline": draw(st.none() | decimals),
        "baseline_date": draw(st.sampled_from((None, date(2024, 12, 31), date(2026, 7, 1)))),
        "direction": draw(st.sampled_from(("", "up", "down", "maintain"))),
        "accumulation": draw(st.sampled_from(("", "level", "year_to_date", "since_start", "period"))),
        "schedule": draw(st.sampled_from(
            ("", "linear", "compound", "yearly_steps", "seasonal", "piecewise", "annual_only", "split"))),
        "yearly_split": draw(st.sampled_from(((), ("2026=40", "2027=50"), ("2026=0",)))),
        "quarterly_split": draw(st.sampled_from(((), ("2026Q1=5", "2026Q2=20")))),
        "change": draw(st.sampled_from(("", "additive", "compound"))),
        "caliber_since": draw(st.sampled_from((None, None, date(2026, 4, 1)))),
    }  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(sorted(WORDS)), decimals, decimals, bounds, chosen() | st.none(),
    st.lists(st.tuples(st.sampled_from(QUARTERS), decimals,
                       st.sampled_from(("level", "year_to_date", "since_start", "period"))), max_size=9),
    st.sampled_from(("2026-12-31", "2027-12-31", "2027-06-30")),
)  # fmt: skip
def test_every_rule_answers_any_ledger(
    book_of, sort, value, high, bound, setting, values, deadline
):
    """No exception, no NaN, no infinity, no empty sentence: grey has its reason, colour its numbers."""
    book = book_of()
    name, unit, dimension = WORDS[sort]
    target = book.target(
        value, name=name, unit=unit, dimension=dimension, sort=sort, bound=bound,
        high=max(value, high) if bound == "between" else None, deadline=deadline, setting=setting,
    )  # fmt: skip
    for quarter, magnitude, basis in values:
        book.report(target, quarter, magnitude, basis)
    for day in (date(2026, 9, 30), periods.quarter("2028Q1").end):
        for rules in profile.names():
            (found,) = judge(book, as_of=day, rules=rules).verdicts
            numbers = [getattr(found, each.name) for each in fields(found)]
            assert all(each.is_finite() for each in numbers if isinstance(each, Decimal))
            assert (found.light == "grey") <= (found.why is not None)
            assert found.light == "grey" or found.actual is not None
            for language in ("zh", "en"):
                said = found.sentence(language)
                assert said.strip()
                assert "NaN" not in said
                assert "None" not in said
                assert "Inf" not in said
            points = schedule_points(found)
            assert [at for at, _ in points] == sorted(at for at, _ in points)
            assert all(each.is_finite() for _, each in points)
        assert prospects(book, as_of=day).coverage is not None
