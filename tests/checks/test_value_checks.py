"""Each check of the trade speaks where it should, and stays silent where it should not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
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


def other(whole: Fact, **more: object) -> Fact:
    """Return a fact of an indicator of another name, unit or dimension."""
    return replace(whole, indicator=replace(whole.indicator, **more))


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


@pytest.mark.parametrize(
    ("value", "last", "unit", "dimension"),
    [
        ("45", "1", "个", "count"),
        ("60", "1", "家", "count"),
        ("5.2", "0.1", "%", "ratio"),
        ("12", "0.3", "%", "ratio"),
        ("0.8", "2.1", "%", "ratio"),
        ("9000000000", "90000000", "元", "cny"),
    ],
)
def test_honest_jumps_are_no_slips(value: str, last: str, unit: str, dimension: str) -> None:
    """A count that grows from 1 to 45 is no percentage, growth may jump, money may rise 100-fold."""
    made = other(fact(value, [("2026Q1", last)], target=None), unit=unit, dimension=dimension)
    assert codes(made) == []


@pytest.mark.parametrize(
    ("value", "target", "unit", "dimension", "words"),
    [
        ("95000000000000", "50000000000", "元", "cny", "本意可能是 95亿元"),
        ("950000", "50000000000", "元", "cny", "本意可能是 95亿元"),
        ("10000", "30", "EFLOPS", "compute", "本意可能是 10EFLOPS"),
        ("0.66", "80", "%", "ratio", "本意可能是 66%"),
        ("0.055", "6", "%", "ratio", "本意可能是 5.5%"),
        ("5000", "80", "%", "ratio", "本意可能是 50%"),
    ],
)
def test_a_slip_says_what_may_be_meant(
    value: str, target: str, unit: str, dimension: str, words: str
) -> None:
    """Beside the target alone the slip is taken back, and the number that may be meant is told."""
    made = fact(value, unit=unit, target=target)
    (finding,) = [
        each
        for each in check([other(made, dimension=dimension)], "f.xlsx")
        if each.code == "value-unit-slip"
    ]
    assert words in finding.message


@pytest.mark.parametrize(
    ("value", "target", "unit"), [("0.5", "6", "%"), ("1.2", "80", "%"), ("0.1", "30", "EFLOPS")]
)
def test_small_beginnings_are_no_slips(value: str, target: str, unit: str) -> None:
    """Growth of 0.5 %, a rate of 1.2 % and a first 0.1 of 30 are plausible."""
    assert "value-unit-slip" not in codes(fact(value, unit=unit, target=target))


def test_the_baseline_stands_in_for_a_history() -> None:
    """Without an earlier report a stock is compared with its baseline."""
    made = replace(
        fact("0.001", target="30"), setting=Setting(indicator_id="i", baseline=Decimal(5))
    )
    (finding,) = check([made], "f.xlsx")
    assert (finding.code, "基期值" in finding.message) == ("value-unit-slip", True)
    assert codes(replace(made, magnitude=Decimal(6))) == []


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


def test_an_increment_may_differ_by_rounding_but_not_in_counts() -> None:
    """95.5 − 62.1 beside 33.3 is rounding of amounts; 45 − 40 beside 4 is a wrong count."""
    rounded = fact(
        "95.5", [("2026Q1", "62.1")], "since_start", increment=Decimal("33.3"), target=None
    )
    assert codes(rounded) == []
    assert codes(replace(rounded, increment=Decimal("32.3"))) == ["value-increment-differs"]
    counted = fact("45", [("2026Q1", "40")], "since_start", increment=Decimal(4), target=None)
    assert codes(other(counted, unit="个", dimension="count")) == ["value-increment-differs"]


def test_a_part_is_no_greater_than_its_whole() -> None:
    """其中 cannot exceed the total: that is an error."""
    (finding,) = check([fact("22", wholes=[("算力总规模", Decimal(20))])], "f.xlsx")
    assert (finding.code, finding.severity) == ("value-part-above-whole", "error")
    assert codes(fact("20", wholes=[("算力总规模", Decimal(20))])) == []
    (finding,) = check([fact("18", parts=[("智能算力", Decimal(20))])], "f.xlsx")
    assert (finding.code, finding.severity) == ("value-whole-below-part", "error")
    assert codes(fact("20", parts=[("智能算力", Decimal(20))])) == []


def test_a_copy_of_the_last_quarter_is_told_once() -> None:
    """Three values that all repeat the last quarter look like an old workbook."""
    same = [fact("10", [("2026Q1", "10")]) for _ in range(3)]
    assert codes(*same) == ["values-copied"]
    assert codes(*same[:2], fact("11", [("2026Q1", "10")])) == []
    zeros = [fact("0", [("2026Q1", "0")]) for _ in range(3)]
    assert codes(*zeros) == []
    assert codes(*same, *zeros) == ["values-copied"]


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
    done = other(fact("103", unit="%", target="80"), name="投资完成率")
    assert codes(done) == []
    profit = other(fact("-5", target=None), name="利润总额", unit="元", dimension="cny")
    assert codes(profit) == []


def test_what_may_be_negative_may_fall_within_a_year() -> None:
    """A loss in the second quarter takes the year's profit down; sales cannot go down."""
    fallen = fact("60", [("2026Q1", "80")], "year_to_date", target=None)
    assert codes(fallen) == ["value-falls"]
    assert codes(other(fallen, name="规上工业利润总额")) == []


@pytest.mark.parametrize(
    ("value", "last", "target", "told"),
    [
        ("1300", "12", "30", True),  # P for EFLOPS, nearly
        ("120", "12", "30", False),  # four times the target: a large centre was opened
        ("200", "12", "30", True),
        ("200", "100", "30", False),  # it stood far above its target before
        ("2", "12", "30", True),
        ("2", "12", "8", False),
        ("2", "3", "30", False),
    ],
)
def test_what_is_far_from_the_last_value_and_from_the_target_is_told(
    value: str, last: str, target: str, *, told: bool
) -> None:
    """Five times, or a fifth, of both is asked about; of one alone it is honest."""
    assert codes(fact(value, [("2026Q1", last)], target=target)) == ["value-unit-slip"] * told


def test_a_low_rate_of_growth_is_no_fraction() -> None:
    """0.4 % after 15.4 % is a bad quarter; 0.154 has more decimals than growth is told with."""
    growth = other(fact("0.4", [("2026Q1", "15.4")], unit="%", target="12"), sort="growth")
    assert codes(growth) == []
    assert codes(replace(growth, magnitude=Decimal("0.154"))) == ["value-unit-slip"]
    share = other(growth, sort="share", name="上架率")
    assert codes(share) == ["value-unit-slip"]


def test_what_happens_each_year_is_no_outlier() -> None:
    """A stock that falls each winter is not told for falling again, only for falling in summer."""
    quarters = periods.quarters("2023Q2", "2025Q4")
    level = {"2": "100", "3": "101", "4": "103", "1": "70"}
    season = [(code, str(Decimal(level[code[-1]]) + at % 3)) for at, code in enumerate(quarters)]
    assert codes(fact("71", season, quarter="2026Q1", target=None)) == []
    later = [*season, ("2026Q1", "71")]
    assert codes(fact("30", later, quarter="2026Q2", target=None)) == ["value-outlier"]


def test_the_fewer_the_changes_the_farther_an_outlier() -> None:
    """With eight changes before, what twenty would call an outlier may still be chance."""
    steps = [Decimal(each) for each in ("8", "12", "9", "11", "8", "12", "9", "11")]

    def known(times: int) -> list[tuple[str, str]]:
        found, value = [], Decimal(1000)
        for code, step in zip(
            periods.quarters("2025Q1", "2031Q1")[: 8 * times + 1], [Decimal(0), *steps * times],
            strict=True,
        ):  # fmt: skip
            value += step
            found.append((code, str(value)))
        return found

    def after(times: int, step: int) -> list[str]:
        rows = known(times)
        value = str(Decimal(rows[-1][1]) + step)
        quarter = periods.next_quarter(rows[-1][0])
        return codes(fact(value, rows, "since_start", quarter=quarter, target=None))

    assert after(1, 25) == []
    assert after(1, 60) == ["value-outlier"]
    assert after(3, 25) == ["value-outlier"]
