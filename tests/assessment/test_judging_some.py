"""Judging some indicators gives exactly the verdicts that they have when all are judged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators import periods
from indicators.assessment import judge
from indicators.model import (
    CalendarEntry,
    Commitment,
    Indicator,
    Observation,
    Option,
    Place,
    Setting,
    Share,
    Submission,
    Target,
)
from indicators.store import open_store

NAMES = tuple(f"指标{number}" for number in range(5))
QUARTERS = ("2025Q4", "2026Q1", "2026Q2", "2026Q3")
numbers = st.integers(1, 60).map(Decimal)
names = st.sampled_from(NAMES)
dates = st.sampled_from((None, date(2026, 2, 1), date(2026, 8, 1), date(2027, 1, 1)))


def indicator(name):
    place = "武清区" if name < NAMES[3] else "和林格尔县"
    return Indicator(
        indicator_id=name, name=f"新增{name}", place=place, unit="家", dimension="count"
    )


@st.composite
def targets(draw):
    return Target(
        target_id=f"目标{draw(st.integers(0, 7))}",
        indicator_id=draw(names),
        magnitude=draw(numbers),
        unit="家",
        bound=draw(st.sampled_from(("at_least", "equal"))),
        deadline=draw(st.sampled_from((date(2026, 6, 30), date(2026, 12, 31), date(2027, 12, 31)))),
        plan_start=date(2025, 1, 1),
        status=draw(st.sampled_from(("accepted", "accepted", "withdrawn"))),
        supersedes=draw(st.just("") | st.integers(0, 7).map("目标{}".format)),
        effective_on=draw(dates),
        commitments=draw(st.just(()) | names.map(lambda each: (f"表述{each}",))),
    )


settled = st.builds(
    Setting,
    indicator_id=names,
    baseline=st.none() | numbers,
    baseline_date=st.just(date(2024, 12, 31)),
    schedule=st.sampled_from(("", "split", "piecewise", "seasonal", "annual_only")),
    accumulation=st.sampled_from(("", "year_to_date", "since_start")),
    frequency=st.sampled_from(("", "yearly")),
    reporting_office=st.sampled_from(("", "区数据局")),
)


@st.composite
def values(draw):
    basis = draw(st.sampled_from(("level", "year_to_date", "since_start", "period")))
    period = periods.from_basis(draw(st.sampled_from(QUARTERS)), basis, since=date(2025, 1, 1))
    return Observation(
        indicator_id=draw(names), period_start=period.start, period_end=period.end, basis=basis,
        source=draw(st.sampled_from(("workbook", "news"))), origin="区数据局",
        magnitude=draw(numbers), unit="家", withdrawn=draw(st.booleans()) and draw(st.booleans()),
        submission_id=draw(st.sampled_from(("", "报送一", "报送二"))),
    )  # fmt: skip


@st.composite
def statements(draw):
    name = draw(names)
    return Commitment(
        commitment_id=f"表述{name}", document="规划.txt", document_digest="d", start=9, end=10,
        as_written="5", sentence="新增企业累计达到5家", sentence_start=0, magnitude=draw(numbers),
        unit="家", base_magnitude=Decimal(5), dimension="count", name=name, place="武清区",
        kind=draw(st.sampled_from(("target", "baseline"))), bound="equal", date=date(2024, 12, 31),
        review="accepted", indicator_id=draw(names),
    )  # fmt: skip


@st.composite
def parts(draw):
    sort = draw(st.sampled_from(("year", "quarter")))
    part = draw(st.sampled_from(("2026", "2027") if sort == "year" else ("2026Q1", "2026Q2")))
    return Share(
        target_id=f"目标{draw(st.integers(0, 7))}", sort=sort, part=part,
        magnitude=draw(numbers), unit="家",
    )  # fmt: skip


@st.composite
def submissions(draw):
    return Submission(
        submission_id=draw(st.sampled_from(("报送一", "报送二"))), place="武清区",
        office="区数据局", quarter="2026Q2", file_digest="f", file_name="报送.xlsx",
        status=draw(st.sampled_from(("submitted", "accepted", "returned"))),
    )  # fmt: skip


always = [
    *map(indicator, NAMES),
    Place(place="武清区", parent="天津市"),
    Place(place="和林格尔县", parent="呼和浩特市"),
]
others = st.sampled_from(
    (
        Option(option="submission_review", value="wait"),
        CalendarEntry(quarter="2026Q3", place="武清区", due_on=date(2026, 9, 1)),
        CalendarEntry(quarter="2026Q2", office="区数据局", due_on=date(2026, 12, 1)),
    )
)
rows = st.lists(
    targets() | settled | values() | statements() | parts() | submissions() | others,
    min_size=8,
    max_size=40,
)
days = st.sampled_from((None, date(2026, 7, 20), date(2026, 9, 30), date(2028, 1, 31)))
wanted = st.frozensets(names | st.just("没有的指标"))


def check(reader, day, some, place):
    """Compare some indicators judged alone with what all together give them."""
    whole = judge(reader, as_of=day, place=place)
    part = judge(reader, as_of=day, place=place, only=some)
    kept = tuple(each for each in whole.verdicts if each.indicator.indicator_id in some)
    assert part.verdicts == kept
    assert (part.as_of, part.quarter, part.known_seq) == (
        whole.as_of,
        whole.quarter,
        whole.known_seq,
    )
    known = reader.batches()[-1].committed_at
    assert judge(reader, as_of=day, known_at=known, only=some, place=place).verdicts == kept


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(rows, min_size=1, max_size=3), days, wanted, st.sampled_from((None, "天津市")))
def test_some_indicators_have_the_verdicts_of_the_whole(book_of, batches, day, some, place):
    """Revisions, splits, waiting values and exceptions of the calendar tell the same either way."""
    book = book_of()
    book.add(*always)
    for each in batches:
        book.add(*each)
    check(book, day, some, place)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows, days, wanted)
def test_a_store_tells_the_same_asked_key_by_key(tmp_path_factory, batch, day, some):
    """Reading some keys from the database gives what reading whole tables gives."""
    with open_store(str(tmp_path_factory.mktemp("ledger"))) as store:
        with store.batch("load", who="测试") as transaction:
            transaction.add([*always, *batch])
        check(store, day, some, None)


@pytest.mark.parametrize("few", [0, 200])
def test_few_and_many_indicators_are_read_in_either_way(book, monkeypatch, few):
    """Whether keys are asked for one by one or tables looked through makes no difference."""
    monkeypatch.setattr("indicators.assessment.facts._FEW", few)
    mine, other = book.target(30, setting={"baseline": Decimal(5)}), book.target(20)
    book.report(mine, "2026Q1", 10)
    book.report(other, "2026Q1", 12)
    (found,) = judge(book, only={mine.indicator_id}).verdicts
    assert found.target == mine
    assert found.actual == 10
