"""From the ledger to verdicts: which value counts, whose target, on which day, as known when."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from indicators.assessment import judge
from indicators.model import CalendarEntry, Commitment, Place, Relation, Submission

D = Decimal
BASE = {"baseline": D(5), "baseline_date": date(2024, 12, 31)}


def one(book, **more):
    (found,) = judge(book, **more).verdicts
    return found


@pytest.mark.parametrize(
    ("better", "worse"),
    [("workbook", "bulletin"), ("bulletin", "plan"), ("plan", "report"), ("report", "news")],
)
@pytest.mark.parametrize("first", [0, 1])
def test_the_more_trusted_source_counts(book, better, worse, first):
    """Workbook over bulletin over plan over report over news, in whichever order they came."""
    target = book.target(30, setting=BASE)
    pair = [(better, 20), (worse, 10)]
    for source, value in (pair[first], pair[1 - first]):
        book.report(target, "2026Q2", value, source=source, origin=source)
    found = one(book)
    assert (found.actual, [each.magnitude for each in found.others]) == (20, [10])
    assert "来源不一" in found.marks


def test_of_equal_sources_the_later_counts(book):
    """A second office's workbook for the same period counts from when it came."""
    target = book.target(30, setting=BASE)
    book.report(target, "2026Q2", 10, origin="甲")
    book.report(target, "2026Q2", 11, origin="乙")
    assert one(book).actual == 11


def test_a_source_that_agrees_is_no_disagreement(book):
    """The same value twice is no finding."""
    target = book.target(30, setting=BASE)
    book.report(target, "2026Q2", 10)
    book.report(target, "2026Q2", 10, source="news", origin="d")
    assert one(book).others == ()


def test_a_withdrawn_value_counts_no_more(book):
    """What was withdrawn gives way to the quarter before."""
    target = book.target(30, setting=BASE)
    book.report(target, "2026Q1", 10)
    book.report(target, "2026Q2", 20)
    book.report(target, "2026Q2", 20, withdrawn=True)
    assert one(book).actual == 10


@pytest.mark.parametrize(
    ("status", "actual", "marks"),
    [("submitted", 20, ("待审",)), ("returned", 10, ()), ("accepted", 20, ())],
)
def test_a_submission_counts_unless_it_was_returned(book, status, actual, marks):
    """What waits for acceptance is marked; what was returned does not count."""
    target = book.target(30, setting=BASE)
    book.report(target, "2026Q1", 10)
    book.report(target, "2026Q2", 20, submission_id="s")
    book.add(
        Submission(submission_id="s", place="武清区", office="区数据局", quarter="2026Q2",
                   file_digest="f", file_name="f.xlsx", status=status)
    )  # fmt: skip
    found = one(book)
    assert (found.actual, found.marks) == (actual, marks)


def test_only_accepted_targets_with_a_deadline_are_judged(book):
    """Nothing proposed stands on a board."""
    target = book.target(30, setting=BASE)
    book.add(
        dataclasses.replace(target, target_id="proposed", status="proposed"),
        dataclasses.replace(target, target_id="open", deadline=None),
    )
    assert [each.target.target_id for each in judge(book).verdicts] == [target.target_id]


def test_a_revised_target_counts_from_its_day(book):
    """Before the revision takes effect the old target is judged, from then on the new one."""
    target = book.target(30, setting=BASE)
    book.report(target, "2026Q1", 10)
    book.add(
        dataclasses.replace(
            target, target_id="new", magnitude=D(20), supersedes=target.target_id,
            effective_on=date(2026, 5, 1),
        )
    )  # fmt: skip
    before, after = one(book, as_of=date(2026, 4, 30)), one(book, as_of=date(2026, 5, 1))
    assert (before.target.magnitude, before.revised) == (30, "")
    assert (after.target.magnitude, after.revised) == (20, "原目标 30EFLOPS")


def test_the_day_of_looking_is_the_end_of_the_latest_quarter_with_data(book):
    """By default the board speaks of the latest quarter that has data."""
    target = book.target(30, setting=BASE)
    book.report(target, "2026Q1", 10)
    found = judge(book)
    assert (found.as_of, found.quarter) == (date(2026, 3, 31), "2026Q1")


def test_what_was_known_then_is_rebuilt(book):
    """A value restated in August does not change what July knew."""
    target = book.target(30, setting=BASE)
    book.report(target, "2026Q2", 10, at=datetime(2026, 7, 10, tzinfo=UTC))
    book.report(target, "2026Q2", 20, at=datetime(2026, 8, 10, tzinfo=UTC))
    # The register itself must have been known, too.
    book.log = [
        (row, dataclasses.replace(batch, committed_at=min(batch.committed_at, datetime(2026, 7, 1, tzinfo=UTC))))
        if batch.seq == 1 else (row, batch) for row, batch in book.log
    ]  # fmt: skip
    assert one(book, known_at=datetime(2026, 7, 31, tzinfo=UTC)).actual == 10
    assert one(book).actual == 20


def test_the_calendar_moves_the_due_day(book):
    """An office's own line in the calendar is an exception to everyone's."""
    target = book.target(30, setting={**BASE, "reporting_office": "区数据局"})
    book.report(target, "2026Q1", 20)
    day = date(2026, 7, 20)
    assert one(book, as_of=day).state == "not_reported"
    book.add(CalendarEntry(quarter="2026Q2", office="区数据局", due_on=date(2026, 7, 25)))
    assert one(book, as_of=day).state == "on_schedule"
    book.add(CalendarEntry(quarter="2026Q2", due_on=date(2026, 7, 1)))
    assert one(book, as_of=day).state == "on_schedule"


def test_a_yearly_report_is_asked_once_a_year(book):
    """An office that reports yearly owes nothing in July."""
    target = book.target(30, setting={**BASE, "frequency": "yearly"})
    book.report(target, "2025Q4", 12)
    assert one(book, as_of=date(2026, 7, 31)).state == "slightly_behind"


def test_a_place_holds_what_lies_below_it(book):
    """A city sees its districts, a district only itself."""
    target = book.target(30, setting=BASE)
    book.report(target, "2026Q1", 10)
    book.add(Place(place="天津市"), Place(place="武清区", parent="天津市"), Place(place="蓟州区"))
    assert len(judge(book, place="天津市").verdicts) == 1
    assert len(judge(book, place="蓟州区").verdicts) == 0


def test_the_worst_comes_first(book):
    """Red before yellow before grey before green, and the wider gap before the narrower."""
    values = {"甲": 5, "乙": 6, "丙": 14, "丁": 30, "戊": None}
    for name, value in values.items():
        target = book.target(30, name=name, setting=BASE)
        if value is not None:
            book.report(target, "2026Q2", value)
    order = [each.indicator.name for each in judge(book, as_of=date(2026, 7, 20)).verdicts]
    assert order == ["甲", "乙", "丙", "戊", "丁"]


def test_demonstration_data_are_marked(book):
    """Made-up values are marked wherever they count."""
    target = book.target(30, setting=BASE)
    book.report(target, "2026Q1", 10, demonstration=True)
    assert one(book).marks == ("演示数据",)


def test_the_growth_rule_judges_the_ledger_as_well(book):
    """Any profile runs over the same targets, so that disagreement can be shown."""
    target = book.target(30, setting=BASE)
    book.report(target, "2026Q2", 10)
    found = one(book, rules="statcan")
    assert (found.category, found.state) == ("moderate_progress", "slightly_behind")
    assert found.score is not None


def test_an_empty_ledger_is_no_error(book):
    """Nothing to judge is an answer."""
    found = judge(book)
    assert (len(found.verdicts), sum(found.counts().values())) == (0, 0)


def test_part_of_a_year_has_no_yearly_growth(book):
    """A growth rule does not set nine months against a full year."""
    target = book.target(500, unit="亿元", dimension="cny", sort="amount",
                         setting={**BASE, "accumulation": "year_to_date"})  # fmt: skip
    book.report(target, "2026Q3", 310, "year_to_date")
    found = one(book, rules="statcan")
    assert (found.state, found.why.code) == ("not_due", "annual_only")


def baselined(book, target, value, unit="EFLOPS", day="2024-12-31", key="基期"):
    """Add an accepted statement of a baseline under the indicator of a target."""
    book.add(
        Commitment(
            commitment_id=key, document="规划.txt", document_digest="d", start=1, end=2,
            as_written=f"{value}{unit}", sentence="", sentence_start=0, magnitude=D(value),
            unit=unit, base_magnitude=D(value), dimension="compute", name="智算规模",
            place="武清区", kind="baseline", bound="equal", date=date.fromisoformat(day),
            review="accepted", indicator_id=target.indicator_id,
        )
    )  # fmt: skip


def merged(book, subject, into, status="accepted", at=None):
    book.add(
        Relation(
            relation_id="合并", sort="merged_into", subject=subject.indicator_id,
            object=into.indicator_id, status=status,
        ),
        at=at,
    )  # fmt: skip


@pytest.mark.parametrize("only", [False, True])
def test_a_baseline_follows_a_merge_and_goes_back(book, only):
    """5000 P stated for what was merged away are 5 EFLOPS of the survivor, until it is undone."""
    stood, target = book.target(20, unit="P"), book.target(30)
    baselined(book, stood, 5000, "P")
    some = {"only": {target.indicator_id}} if only else {}

    def base():
        (found,) = [each for each in judge(book, **some).verdicts if each.target == target]
        return found.baseline, found.baseline_source

    assert base() == (None, "")
    merged(book, stood, target)
    assert base() == (5, "commitment")
    merged(book, stood, target, "undone")
    assert base() == (None, "")


@pytest.mark.parametrize("order", [("一", "二", "三"), ("三", "二", "一"), ("二", "三", "一")])
def test_the_latest_stated_baseline_before_the_deadline_counts(book, order):
    """In whatever order papers came: 4 at 2023, 5 at 2024; what is dated at the deadline is none."""
    target = book.target(30)
    told = {"一": (4, "2023-12-31"), "二": (5, "2024-12-31"), "三": (28, "2027-12-31")}
    for key in order:
        value, day = told[key]
        baselined(book, target, value, day=day, key=key)
    assert one(book).baseline == 5
