"""What settings must hold, and what is proposed and missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators.model import Indicator, Setting, Target
from indicators.register.decisions import Decision, decide
from indicators.register.settings import proposal, subjects
from indicators.register.settingschecks import check
from indicators.register.worklist import lacks, work_list

POWER = Indicator(
    indicator_id="i",
    name="智算规模",
    place="武清区",
    unit="EFLOPS",
    dimension="compute",
    sort="level",
)
TARGET = Target(
    target_id="t",
    indicator_id="i",
    magnitude=Decimal(30),
    unit="EFLOPS",
    bound="at_least",
    deadline=date(2027, 12, 31),
    status="accepted",
)


def found(indicator=POWER, target=TARGET, **fields):
    return {
        (code, field)
        for code, field, _ in check(Setting(indicator_id="i", **fields), indicator, [target])
    }


def test_good_settings_have_no_findings():
    """A baseline before the deadline, a direction that fits and a split that ends at the target."""
    assert not found(
        baseline=Decimal(5),
        baseline_date=date(2024, 12, 31),
        direction="up",
        schedule="split",
        yearly_split=("2025=10", "2026=20", "2027=30"),
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"baseline": Decimal(5), "baseline_date": date(2027, 12, 31)},
            ("settings-baseline-date", "baseline_date"),
        ),
        ({"baseline": Decimal(5)}, ("settings-baseline-pair", "baseline_date")),
        ({"baseline_date": date(2024, 12, 31)}, ("settings-baseline-pair", "baseline")),
        ({"direction": "down"}, ("settings-direction", "direction")),
        ({"schedule": "split"}, ("settings-schedule-split", "schedule")),
        ({"schedule": "compound"}, ("settings-schedule-split", "schedule")),
        ({"yearly_split": ("2026=20", "2027=29")}, ("settings-split-last", "yearly_split")),
        (
            {"accumulation": "period", "yearly_split": ("2026=10", "2027=10")},
            ("settings-split", "yearly_split"),
        ),
        ({"yearly_split": ("2026：20",)}, ("register-value", "yearly_split")),
        ({"accumulation": "since_start"}, ("settings-since", "since")),
    ],
)
def test_each_mistake_has_its_field(fields, expected):
    """Each rule finds its own mistake, and says at which field."""
    assert expected in found(**fields)


def test_a_growth_rate_has_no_schedule():
    """Growth is compared directly: a course over time does not apply."""
    growth = replace(
        POWER, name="地区生产总值增长", unit="%", dimension="proportion", sort="growth"
    )
    assert ("settings-schedule", "schedule") in found(growth, schedule="linear")
    assert not found(growth, schedule="annual_only")


def test_a_fall_is_reached_by_a_larger_number():
    """能耗降低13.5% rises as it gets better; 失业率 falls."""
    fall = replace(POWER, name="单位GDP能耗降低")
    assert not found(fall, replace(TARGET, bound="equal"), direction="up")
    jobless = replace(POWER, name="城镇调查失业率")
    assert found(jobless, replace(TARGET, bound="equal"), direction="up")


def subject(ledger, name, place="武清区"):
    return next(each for each in subjects(ledger, place) if each.indicator.name == name)


def test_an_actual_before_the_deadline_is_proposed_and_not_taken(memory):
    """24.95万P is offered as a baseline; no settings are made of it."""
    cluster = subject(memory, "算力总规模", "和林格尔数据中心集群")
    offered = proposal(cluster)
    assert (offered.baseline, offered.baseline_date) == (Decimal(249500), date(2026, 4, 24))
    assert cluster.setting.baseline is None
    assert memory.current(Setting) == []


def test_the_first_office_named_is_proposed_to_report(memory):
    """Of （责任单位：…） the first reports and leads, the others support."""
    offered = proposal(subject(memory, "智算规模"))
    assert offered.reporting_office == "区发展改革委"
    assert offered.supporting_offices == ("区数据局", "区工业和信息化局", "各镇街园区等")


def test_the_work_list_names_what_is_missing(memory):
    """A level without baseline and an indicator without office are on the list, a count is not."""
    rows = [each.commitment_id for each in subject(memory, "智算规模").commitments]
    rows += [each.commitment_id for each in subject(memory, "高质量数据集").commitments]
    decide(memory, [Decision(commitment_id=each, decision="accepted") for each in rows], who="李")
    assert {each.lacks for each in lacks(subject(memory, "智算规模"))} == {"基期", "报送单位"}
    assert {each.lacks for each in lacks(subject(memory, "高质量数据集"))} == {"报送单位"}
    assert {each.lacks for each in lacks(subject(memory, "典型应用场景"))} == {"审核", "报送单位"}
    assert len(work_list(memory, "武清区")) == 2 + 1 + 2 * 9
