"""The edge cases that other monitors get wrong, each with the treatment chosen here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import judge
from indicators.assessment.goals import from_zero
from indicators.model import Commitment, Indicator

D = Decimal
BASE = {"baseline_date": date(2024, 12, 31)}
PERCENT = {"unit": "%", "dimension": "proportion"}


def verdict(book, **more):
    (found,) = judge(book, **more).verdicts
    return found


def setting(baseline, **more):
    return {"baseline": D(str(baseline)), **BASE, **more}


def test_negative_values_follow_the_line(book):
    """A net emission that falls from 4 to -8 crosses zero; the straight line knows no sign."""
    target = book.target(-8, bound="at_most", setting=setting(4))
    book.report(target, "2026Q2", -1)
    found = verdict(book)
    assert (found.expected, found.state) == (-2, "slightly_behind")


def test_compound_growth_across_zero_falls_back_to_the_line_and_says_so(book):
    """No epsilon: where a growth rate means nothing the line is used, and the reason is given."""
    target = book.target(0, bound="at_most", setting=setting(12, schedule="compound"))
    book.report(target, "2026Q2", 5)
    found = verdict(book)
    assert (found.expected, found.state, found.why.code) == (6, "on_schedule", "line")
    assert "改用直线" in found.sentence()


def test_compound_growth_is_slower_first(book):
    """From 5 to 40 at the same rate every month: half of the time brings the geometric mean."""
    target = book.target(40, setting=setting(5, schedule="compound"))
    book.report(target, "2026Q2", 15)
    assert float(verdict(book).expected) == pytest.approx((5 * 40) ** 0.5)


def test_a_target_that_is_met_shows_a_worsening_trend(book):
    """Achieved does not hide that the value is getting worse."""
    target = book.target(30, setting=setting(5))
    book.report(target, "2026Q1", 35)
    book.report(target, "2026Q2", 32)
    found = verdict(book)
    assert (found.state, found.trend) == ("achieved", "worsening")
    assert "趋势变差" in found.marks
    assert found.gap > 0


def test_met_then_lost_is_marked(book):
    """A target that had been reached and is not any more is no ordinary lag."""
    target = book.target(30, setting=setting(5))
    book.report(target, "2026Q1", 30)
    book.report(target, "2026Q2", 29)
    found = verdict(book)
    assert found.state != "achieved"
    assert "得而复失" in found.marks


@pytest.mark.parametrize(
    ("value", "state", "light"), [(56, "on_schedule", "green"), (54, "far_behind", "red")]
)
def test_a_baseline_past_the_target_means_hold(book, value, state, light):
    """From 68.6 down to a floor of 55 nothing is to be gained: above is green, below is red."""
    target = book.target(55, sort="share", setting=setting("68.55"), **PERCENT)
    book.report(target, "2026Q2", value)
    found = verdict(book)
    assert (found.state, found.light, found.share_done) == (state, light, None)


def test_a_baseline_next_to_the_target_means_hold(book):
    """A way shorter than the rounding of the data gives no share: 104.98 to 105 with one decimal."""
    target = book.target("105", bound="at_most", setting=setting("105.02"))
    book.report(target, "2026Q2", "105.1")
    found = verdict(book)
    assert (found.state, found.gap_points) == ("far_behind", None)


def test_no_baseline_is_a_state_of_its_own(book):
    """A level without a baseline is neither green nor red; the desk is asked for the baseline."""
    target = book.target(30)
    book.report(target, "2026Q2", 11)
    found = verdict(book)
    assert (found.state, found.light, found.why.code) == ("no_baseline", "grey", "no_baseline")


def test_a_target_already_met_needs_no_baseline(book):
    """What has been reached is achieved, baseline or not."""
    target = book.target(30)
    book.report(target, "2026Q2", 31)
    assert verdict(book).state == "achieved"


def test_one_observation_is_enough_for_a_verdict_but_not_for_a_trend(book):
    """The level is judged; no trend is claimed from a single point."""
    target = book.target(30, setting=setting(5))
    book.report(target, "2026Q2", 18)
    found = verdict(book)
    assert (found.state, found.trend) == ("on_schedule", "")


class TestDeadline:
    """A passed deadline brings a final verdict, never "on schedule"."""

    @pytest.fixture
    def target(self, book):
        made = book.target(30, deadline="2025-12-31", setting=setting(5))
        book.report(made, "2025Q3", 20)
        return made

    def test_met(self, book, target):
        """Reached at the deadline: achieved."""
        book.report(target, "2025Q4", 30)
        assert verdict(book).state == "achieved"

    def test_missed(self, book, target):
        """Not reached: missed, by how much stands in the sentence."""
        book.report(target, "2025Q4", 28)
        found = verdict(book)
        assert (found.state, found.light, found.gap) == ("missed", "red", -2)
        assert found.sentence() == "截至2025年12月实达28 EFLOPS，目标30，到期未完成，差2.0"

    def test_met_late(self, book, target):
        """Reached after the deadline: green, with the mark that it came late and when it came."""
        book.report(target, "2025Q4", 28)
        book.report(target, "2026Q1", 31)
        book.report(target, "2026Q2", 32)
        found = verdict(book)
        assert found.met_on == date(2026, 3, 31)
        assert found.sentence() == (
            "截至2026年6月实达32 EFLOPS，目标30，逾期完成（期限2025年12月，2026年3月达到）"
        )
        assert found.sentence("en") == (
            "By 2026-06, 32 EFLOPS was reached against a target of 30: achieved late "
            "(due 2025-12, reached 2026-03)"
        )
        assert (found.state, found.light) == ("achieved_late", "green")
        assert "逾期完成" in found.marks

    def test_no_word(self, book, target):
        """No value at or after the deadline: not reported and overdue, with the last verdict."""
        found = verdict(book, as_of=date(2026, 3, 31))
        assert (found.state, found.light) == ("not_reported", "grey")
        assert "逾期" in found.marks
        assert found.flagged
        assert found.last.state == "behind"

    def test_met_and_lost_after_the_deadline(self, book, target):
        """What was there on the day stays achieved; that it was lost since is marked."""
        book.report(target, "2025Q4", 30)
        book.report(target, "2026Q1", 29)
        found = verdict(book)
        assert found.state == "achieved"
        assert "得而复失" in found.marks


@pytest.mark.parametrize(
    ("value", "state"),
    [("8", "on_schedule"), ("7.2", "slightly_behind"), ("7.1", "behind"), ("5.6", "behind"),
     ("5.5", "far_behind")],
)  # fmt: skip
def test_growth_is_compared_directly(book, value, state):
    """A growth target is never pro-rated: short by 10 % and 30 % of it are the ends of the bands."""
    target = book.target(8, name="地区生产总值增长", sort="growth", deadline="2026-12-31",
                         start="2026-01-01", **PERCENT)  # fmt: skip
    book.report(target, "2026Q2", value)
    assert verdict(book).state == state


@pytest.mark.parametrize(
    ("value", "state"),
    [("50", "on_schedule"), ("49.99", "slightly_behind"), ("40.01", "slightly_behind"),
     ("40", "behind"), ("20", "behind"), ("19.99", "far_behind")],
)  # fmt: skip
def test_each_end_of_a_band_is_on_its_side(book, value, state):
    """0, 10 and 30 points below the schedule: half of 100 is due in June, and no end lies in a gap."""
    target = book.target(100, deadline="2026-12-31", start="2026-01-01",
                         setting={"baseline": D(0), "baseline_date": date(2025, 12, 31)})  # fmt: skip
    book.report(target, "2026Q2", value)
    assert verdict(book).state == state


def test_growth_is_achieved_only_at_the_deadline(book):
    """8 % in June is on schedule, 8 % for the year is achieved."""
    target = book.target(8, name="地区生产总值增长", sort="growth", deadline="2026-12-31",
                         start="2026-01-01", **PERCENT)  # fmt: skip
    book.report(target, "2026Q2", 9)
    assert verdict(book).state == "on_schedule"
    book.report(target, "2026Q4", 9)
    assert verdict(book).state == "achieved"


def test_any_shortfall_of_a_zero_target_is_behind(book):
    """A growth of at least 0 % has no percentage of itself to fall short by."""
    target = book.target(0, name="外贸进出口增长", sort="growth", deadline="2026-12-31",
                         start="2026-01-01", **PERCENT)  # fmt: skip
    book.report(target, "2026Q2", "-0.1")
    found = verdict(book)
    assert (found.state, found.gap_points) == ("behind", None)


def test_a_cap_of_a_year_needs_no_baseline(book):
    """失业率 5.5%以内: 5.4 is on schedule, 5.6 slightly behind, in whichever month."""
    for value, state in ((5.4, "on_schedule"), (5.6, "slightly_behind")):
        target = book.target(5.5, name=f"失业率{value}", bound="at_most", sort="share",
                             deadline="2026-12-31", start="2026-01-01", **PERCENT)  # fmt: skip
        book.report(target, "2026Q1", value)
        found = {each.indicator.name: each for each in judge(book).verdicts}
        assert found[f"失业率{value}"].state == state


def test_a_fall_is_reached_by_a_larger_number(book):
    """单位GDP能耗降低13.5%: the verb makes more better, whatever 能耗 says."""
    target = book.target(13.5, name="单位GDP能耗降低", bound="equal", sort="change",
                         deadline="2026-12-31", start="2026-01-01", **PERCENT)  # fmt: skip
    book.report(target, "2026Q2", 14, "since_start")
    found = verdict(book)
    assert (found.direction, found.state) == ("up", "on_schedule")


@pytest.mark.parametrize(
    ("value", "state"),
    [(26, "on_schedule"), (25, "on_schedule"), (24.9, "far_behind"), (31, "far_behind")],
)
def test_a_range_of_a_level_is_inside_or_outside(book, value, state):
    """25 to 30: the ends are inside, the distance outside is in the unit."""
    target = book.target(25, high=30, bound="between", sort="range", setting=setting(20))
    book.report(target, "2026Q2", value)
    found = verdict(book)
    assert found.state == state
    if value == 31:
        assert found.gap == -1


def test_a_range_of_a_count_is_met_at_its_lower_end(book):
    """每部门1—2个, 培育20—30家: the lower end is what was promised."""
    target = book.target(20, high=30, bound="between", name="新增企业", unit="家",
                         dimension="count", sort="range",
                         setting={"accumulation": "since_start"})  # fmt: skip
    book.report(target, "2026Q2", 20, "since_start")
    assert verdict(book).state == "achieved"


@pytest.mark.parametrize(("value", "met"), [("11500000", True), ("11499999", False)])
def test_about_is_half_a_unit_of_the_last_digit(book, value, met):
    """1200万左右 is met from 1150万 on: half a unit of the last digit that was written."""
    target = book.target("12000000", bound="about", unit="人次", dimension="person_time",
                         sort="count", setting=setting(0))  # fmt: skip
    book.report(target, "2026Q2", value)
    assert (verdict(book).state == "achieved") is met


def test_a_milestone_is_done_or_open_and_warns_of_its_day(book):
    """A yes-or-no target has no yellow; before its day it is not due, near it says so."""
    target = book.target(1, name="平台上线", unit="", dimension="", sort="milestone", bound="equal",
                         deadline="2026-08-31", start="2026-01-01")  # fmt: skip
    book.report(target, "2026Q2", 0)
    found = verdict(book)
    assert (found.state, found.marks) == ("not_due", ("临期",))
    book.report(target, "2026Q3", 0)
    assert verdict(book).state == "missed"


def test_an_annual_statistic_is_not_due_within_the_year(book):
    """Mid-year the annual statistic is listed apart, with the verdict of the last full year."""
    target = book.target(30, setting=setting(5, schedule="annual_only"))
    book.report(target, "2025Q4", 12)
    book.report(target, "2026Q2", 13)
    found = verdict(book)
    assert (found.state, found.why.code) == ("not_due", "annual_only")
    assert found.last.state == "slightly_behind"


def test_a_missing_quarter_is_its_own_state(book):
    """Past the due day of a quarter without a value: not reported, never green, last verdict beside."""
    target = book.target(30, setting=setting(5))
    book.report(target, "2026Q1", 25)
    found = verdict(book, as_of=date(2026, 7, 16))
    assert (found.state, found.last.state) == ("not_reported", "on_schedule")
    assert verdict(book, as_of=date(2026, 7, 15)).state == "on_schedule"


def test_states_of_an_assessment_add_up(book):
    """Every target is in exactly one state; grey ones are counted apart."""
    for number, quarter in enumerate(("2026Q1", "2026Q2")):
        book.report(book.target(30, name=f"甲{number}", setting=setting(5)), quarter, 20)
    book.target(30, name="乙")
    found = judge(book)
    assert sum(found.counts().values()) == sum(found.lights().values()) == len(found.verdicts) == 3


def test_a_season_bends_the_year(book):
    """Last year brought 10 % in the first quarter: so does the expected course of this year."""
    target = book.target(
        200, name="投资", unit="亿元", dimension="cny", sort="amount", deadline="2026-12-31",
        start="2026-01-01", setting={"accumulation": "year_to_date", "schedule": "seasonal"},
    )  # fmt: skip
    for quarter, value in zip(
        ("2025Q1", "2025Q2", "2025Q3", "2025Q4"), (10, 40, 70, 100), strict=True
    ):
        book.report(target, quarter, value, "year_to_date")
    book.report(target, "2026Q1", 19, "year_to_date")
    found = verdict(book)
    assert (found.expected, found.gap_points) == (20, D("-0.5"))


def test_a_season_without_earlier_years_is_a_line_and_says_so(book):
    """Nothing is invented: without a full earlier year the straight line is used."""
    target = book.target(
        200, name="投资", unit="亿元", dimension="cny", sort="amount", deadline="2026-12-31",
        start="2026-01-01", setting={"accumulation": "year_to_date", "schedule": "seasonal"},
    )  # fmt: skip
    book.report(target, "2026Q1", 50, "year_to_date")
    found = verdict(book)
    assert (found.expected, found.why.code) == (50, "no_profile")


def test_a_split_by_year_and_quarter_is_followed(book):
    """Yearly values make the course between years, quarterly ones within a year."""
    target = book.target(
        500, name="产业规模", unit="亿元", dimension="cny", sort="amount",
        setting=setting(300, accumulation="year_to_date", schedule="split",
                        yearly_split=("2025=350", "2026=400"),
                        quarterly_split=("2026Q1=60", "2026Q2=150")),
    )  # fmt: skip
    book.report(target, "2026Q1", 60, "year_to_date")
    assert (verdict(book).expected, verdict(book).state) == (60, "on_schedule")
    book.report(target, "2026Q3", 275, "year_to_date")
    assert verdict(book).expected == 275


def test_several_dated_targets_make_one_course(book):
    """20 by 2025 and 30 by 2027: in mid-2026 the way to 2027 passes through 25, not 17.5."""
    last = book.target(30, setting=setting(5, schedule="piecewise"))
    import dataclasses

    book.add(
        dataclasses.replace(last, target_id="t2025", magnitude=D(20), deadline=date(2025, 12, 31))
    )
    book.report(last, "2026Q2", 24)
    found = {each.target.target_id: each for each in judge(book).verdicts}
    assert found[last.target_id].expected == D("22.5")
    assert found["t2025"].state == "achieved_late"


def test_the_days_of_a_month_stand_for_its_end_or_the_one_before(book):
    """24 April counts as the end of April, 1 January as the end of December."""
    target = book.target(30, setting=setting(6))
    book.report(target, "2026Q2", 14, period_start=date(2026, 4, 24), period_end=date(2026, 4, 24),
                source="news", origin="d")  # fmt: skip
    found = verdict(book)
    assert found.share_elapsed == D("0.444444444444")
    assert found.as_of == date(2026, 6, 30)


def test_a_period_before_the_start_judges_nothing(book):
    """A value of the baseline's day says nothing about the course."""
    target = book.target(30, setting=setting(5))
    book.report(target, "2024Q4", 5)
    found = verdict(book)
    assert (found.state, found.why.code) == ("not_due", "not_started")


def test_an_observation_with_a_bound_counts_as_its_number(book):
    """突破24.95万P is 24.95万P and more, and is marked so."""
    target = book.target(400000, unit="P", setting=setting(180000))
    book.report(target, "2026Q2", "249500", bound="at_least")
    found = verdict(book)
    assert (found.actual, "≥" in found.marks) == (249500, True)
    assert "实达不低于24.95" in found.sentence()


def said(sentence: str, number: str) -> Commitment:
    start = sentence.index(number)
    return Commitment(
        commitment_id="c", document="d", document_digest="d", start=start, end=start + 1,
        as_written=number, sentence=sentence, sentence_start=0, magnitude=D(5), unit="家",
        base_magnitude=D(5), dimension="count", name="企业", kind="target", bound="equal",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "zero"),
    [
        ("到2027年，新增市级以上企业技术中心5家。", True),
        ("引进重点项目5个", True),
        ("累计引进重点项目5个", False),
        ("建成数据集总数达到5个", False),
        ("重点企业5家", False),
        ("实施改革，重点企业保持5家", False),
    ],
)
def test_counts_from_zero_are_known_by_their_words(sentence, zero):
    """新增 and 引进 start from 0; 累计, 总, 达到, 保持 before the number do not."""
    company = Indicator(indicator_id="i", name="企业", place="", unit="家", dimension="count")
    assert from_zero(company, [said(sentence, "5")]) is zero


def test_a_season_bends_the_increments_of_a_stock(book):
    """Last year 8 of 10 came in the last quarter: by June only a tenth of this year's way is due."""
    target = book.target(30, deadline="2026-12-31", start="2025-01-01", bound="equal",
                         setting=setting(10, schedule="seasonal"))  # fmt: skip
    for quarter, value in zip(
        ("2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4"), (10, 10, 11, 12, 20), strict=True
    ):
        book.report(target, quarter, value)
    book.report(target, "2026Q2", 21)
    found = verdict(book)
    assert (found.expected, found.state) == (21, "on_schedule")
