"""Each check of the trade speaks where it should, and stays silent where it should not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from indicators import periods
from indicators.checks import Fact, check
from indicators.model import Accumulation, Indicator, Observation, Setting, Target


def fact(
    value: str,
    history: Sequence[tuple[str, str]] = (),
    basis: Accumulation = "level",
    *,
    quarter: str = "2026Q2",
    target: str | None = "30",
    unit: str = "EFLOPS",
    **more: object,
) -> Fact:
    def period(code: str) -> periods.Period:
        return periods.from_basis(code, basis, since=date(2025, 1, 1))

    rows = [
        Observation(
            indicator_id="i", period_start=period(code).start, period_end=period(code).end,
            basis=basis, source="workbook", origin="x", magnitude=Decimal(number), unit=unit,
        )
        for code, number in history
    ]  # fmt: skip
    goal = Target(
        target_id="t", indicator_id="i", magnitude=Decimal(target or 0), unit=unit,
        bound="at_least", deadline=date(2027, 12, 31), status="accepted",
    )  # fmt: skip
    dimension = "ratio" if unit == "%" else "compute"
    return Fact(
        indicator=Indicator(
            indicator_id="i", name="智算规模", place="武清区", unit=unit, dimension=dimension
        ),
        setting=Setting(indicator_id="i"),
        targets=[goal] if target else [],
        period=period(quarter),
        magnitude=Decimal(value),
        sheet="表",
        cell="E4",
        history=rows,
        **more,
    )


def codes(*facts: Fact) -> list[str]:
    return [each.code for each in check(facts, "f.xlsx")]


@pytest.mark.parametrize(
    ("value", "history", "unit", "slips"),
    [
        ("110000", [("2026Q1", "10")], "EFLOPS", True),
        ("0.0011", [("2026Q1", "10")], "EFLOPS", True),
        ("0.69", [("2026Q1", "66")], "%", True),
        ("6900", [("2026Q1", "66")], "%", True),
        ("11", [("2026Q1", "10")], "EFLOPS", False),
        ("25", [("2026Q1", "10")], "EFLOPS", False),
        ("0.66", [], "%", True),
        ("66", [], "%", False),
        ("10000000", [], "EFLOPS", True),
        ("0.5", [], "EFLOPS", False),
    ],
)
def test_a_slip_of_units_is_seen(
    value: str, history: list[tuple[str, str]], unit: str, slips: bool
) -> None:
    """A value that is 100, 1000, 10^4 or 10^8 times the last one, or absurd beside the target."""
    target = "80" if unit == "%" else "30"
    assert ("value-unit-slip" in codes(fact(value, history, unit=unit, target=target))) is slips


def test_a_first_quarter_is_not_compared_with_a_full_year() -> None:
    """年初以来 starts again: 3 after 300 is no slip, beside last year's 2.8 it is none either."""
    history = [("2025Q1", "2.8"), ("2025Q4", "300")]
    assert codes(fact("3", history, "year_to_date", quarter="2026Q1", target="400")) == []


@pytest.mark.parametrize(
    ("basis", "quarter", "last", "falls"),
    [
        ("since_start", "2026Q1", "2025Q4", True),
        ("year_to_date", "2026Q2", "2026Q1", True),
        ("year_to_date", "2026Q1", "2025Q4", False),
        ("level", "2026Q2", "2026Q1", False),
    ],
)
def test_a_total_does_not_fall(basis: Accumulation, quarter: str, last: str, falls: bool) -> None:
    """Cumulative values do not fall, but 年初以来 resets in January and stocks may."""
    found = codes(fact("8", [(last, "10")], basis, quarter=quarter))
    assert ("value-falls" in found) is falls


def test_an_increment_must_be_the_difference() -> None:
    """本期新增 beside a total is the difference to the last total; in a first quarter the total."""

    def with_increment(value: str) -> Fact:
        return fact("12", [("2026Q1", "10")], "since_start", increment=Decimal(value))

    assert codes(with_increment("2")) == []
    assert codes(with_increment("3")) == ["value-increment-differs"]
    first = fact("12", [], "year_to_date", quarter="2026Q1", increment=Decimal(11))
    assert codes(first) == ["value-increment-differs"]


def test_a_part_is_no_greater_than_its_whole() -> None:
    """其中 cannot exceed the total: that is an error."""
    (finding,) = check([fact("22", wholes=[("算力总规模", Decimal(20))])], "f.xlsx")
    assert (finding.code, finding.severity) == ("value-part-above-whole", "error")
    assert codes(fact("20", wholes=[("算力总规模", Decimal(20))])) == []


def test_a_copy_of_the_last_quarter_is_told_once() -> None:
    """Three values that all repeat the last quarter look like an old workbook."""
    same = [fact("10", [("2026Q1", "10")]) for _ in range(3)]
    assert codes(*same) == ["values-copied"]
    assert codes(*same[:2], fact("11", [("2026Q1", "10")])) == []


def test_the_target_itself_as_value_is_noted_once() -> None:
    """A value equal to the target is noted, but not again when it stood so before."""
    assert codes(fact("30", [("2026Q1", "20")])) == ["value-equals-target"]
    assert codes(fact("30", [("2026Q1", "30")])) == []


def test_an_outlier_needs_enough_points() -> None:
    """Eight changes are needed; then a jump far from them is told, an ordinary step is not."""
    quarters = periods.quarters("2024Q1", "2026Q1")
    steady = [(code, str(100 + 2 * at + at % 2)) for at, code in enumerate(quarters)]
    assert codes(fact("119", steady, target="200")) == []
    assert codes(fact("190", steady, target="200")) == ["value-outlier"]
    assert codes(fact("190", steady[-4:], target="200")) == []


def test_negative_counts_and_shares_above_the_whole() -> None:
    """A stock is not negative and a share of something is at most 100 %."""
    assert codes(fact("-1")) == ["value-negative"]
    assert codes(fact("103", unit="%", target="80")) == ["value-share-above-whole"]
