"""Part and whole: no part exceeds its whole, no partial sums, no mean hides a binding target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import judge
from indicators.assessment.agreement import disagreements
from indicators.assessment.parts import portions, ratio, sums, tally
from indicators.model import Relation

D = Decimal
DAY = date(2026, 6, 30)
BASE = {"baseline": D(5), "baseline_date": date(2024, 12, 31)}


def relate(book, sort, part, whole, status="accepted"):
    book.add(
        Relation(relation_id=f"{part.indicator_id}{whole.indicator_id}", sort=sort,
                 subject=part.indicator_id, object=whole.indicator_id, status=status)
    )  # fmt: skip


@pytest.mark.parametrize(("part", "share", "exceeds"), [(22, 88, False), (26, 104, True)])
def test_a_part_is_a_share_of_its_whole(book, part, share, exceeds):
    """其中智能算力 22 of 25 is 88 %; 26 of 25 cannot be."""
    whole, inner = book.target(40, name="算力总规模"), book.target(30, name="智能算力")
    relate(book, "part_of", inner, whole)
    book.report(whole, "2026Q1", 25)
    book.report(inner, "2026Q1", part)
    book.report(inner, "2026Q2", 99)  # The whole has no value for this quarter.
    (found,) = portions(book, as_of=DAY)
    assert (found.share, found.exceeds, found.period.end) == (share, exceeds, date(2026, 3, 31))


def test_a_proposed_relation_is_none(book):
    """Only what was accepted relates."""
    whole, inner = book.target(40, name="甲"), book.target(30, name="乙")
    relate(book, "part_of", inner, whole, "proposed")
    book.report(whole, "2026Q1", 25)
    book.report(inner, "2026Q1", 20)
    assert portions(book, as_of=DAY) == []


def test_places_below_add_up(book):
    """Province and cities: the sum stands beside the province's own value."""
    upper = book.target(40, name="省")
    cities = [book.target(20, name=name) for name in ("甲市", "乙市")]
    for city, value in zip(cities, (8, 9), strict=True):
        relate(book, "contributes_to", city, upper)
        book.report(city, "2026Q1", value)
    book.report(upper, "2026Q1", 18)
    (found,) = sums(book, as_of=DAY)
    assert (found.total, found.own, found.difference) == (17, 18, -1)


def test_a_missing_place_makes_no_partial_sum(book):
    """While one city is silent there is no total, and it is named."""
    upper = book.target(40, name="省")
    cities = [book.target(20, name=name) for name in ("甲市", "乙市")]
    for city in cities:
        relate(book, "contributes_to", city, upper)
    book.report(cities[0], "2026Q1", 8)
    (found,) = sums(book, as_of=DAY)
    assert found.total is None
    assert [each.name for each in found.missing] == ["乙市"]


def test_a_ratio_of_many_is_a_ratio_of_sums():
    """90 of 100 and 1 of 10 are 82.7 %, not the 50 % of the mean."""
    assert ratio([(D(90), D(100)), (D(1), D(10))]).quantize(D("0.1")) == D("82.7")
    assert ratio([]) is None


def test_a_binding_target_is_never_averaged_away(book):
    """Nine greens and one red binding target: the red one is named."""
    for number in range(9):
        target = book.target(30, name=f"预期{number}", setting={**BASE, "binding": "expected"})
        book.report(target, "2026Q1", 25)
    target = book.target(
        30, name="单位能耗", setting={**BASE, "binding": "binding", "direction": "up"}
    )
    book.report(target, "2026Q1", 6)
    found = tally(judge(book))["武清区"]
    assert (found.lights["green"], found.lights["red"], found.worst) == (9, 1, "far_behind")
    assert found.words == "10项中9项达到或完成（可研判10项）；约束性1项，其中1项落后：单位能耗"


def test_rules_that_disagree_say_what_each_looked_at(book):
    """From 5 to 30, 10 in mid-2026: behind on the line, in the middle by growth rates."""
    target = book.target(30, setting=BASE)
    book.report(target, "2026Q2", 17)
    book.report(book.target(30, name="完成", setting=BASE), "2026Q2", 30)
    assert disagreements(book, ["schedule", "yinchuan"]) == []
    (found,) = disagreements(book, ["schedule", "statcan", "tola15"])
    assert found.words == (
        "武清区\t智算规模\t序时进度：黄灯·略低于序时（与序时之差-2.0个百分点）；"
        "增长率之比（加拿大统计局）：绿灯·达到序时（年均增长率之比，得分5.00）；"
        "应达值 ±15%（TolaData）：绿灯·达到序时（实达÷应达＝0.97）"
    )
