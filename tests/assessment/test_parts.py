"""Part and whole: no part exceeds its whole, no partial sums, no mean hides a binding target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import judge
from indicators.assessment.agreement import disagreements
from indicators.assessment.parts import portions, sums, tally
from indicators.model import Relation, Setting

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
    assert (found.share, found.exceeds, found.period_end) == (share, exceeds, date(2026, 3, 31))
    over = "，其中项大于总量，请核对" if exceeds else ""
    assert found.sentence() == (
        f"2026-03-31：算力总规模25EFLOPS，其中智能算力{part}EFLOPS，占{share}.0%{over}"
    )


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
    assert found.sentence() == "2026-03-31：下级2地合计17EFLOPS，比本级18EFLOPS少1EFLOPS"


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
    assert found.sentence() == "2026-03-31：下级2地中武清区没有数据，不作合计"


def test_rates_of_places_have_no_sum(book):
    """5 % here and 6 % there are not 11 % of anything, and their mean is no rate either."""
    rate = {"unit": "%", "dimension": "proportion", "sort": "share"}
    upper, lower = book.target(6, name="省失业率", **rate), book.target(6, name="失业率", **rate)
    relate(book, "contributes_to", lower, upper)
    book.report(lower, "2026Q1", 5)
    assert sums(book, as_of=DAY) == []


def set_caliber(book, target, day):
    book.add(Setting(indicator_id=target.indicator_id, caliber="新口径", caliber_since=day))


def test_values_of_two_calibers_make_no_share(book):
    """From the day on which only the whole is counted anew, the last like period is shown."""
    whole, inner = book.target(40, name="算力总规模"), book.target(30, name="智能算力")
    relate(book, "part_of", inner, whole)
    for quarter, value in (("2025Q4", 20), ("2026Q1", 50)):
        book.report(whole, quarter, value)
        book.report(inner, quarter, 10)
    set_caliber(book, whole, date(2026, 1, 1))
    assert [each.share for each in portions(book, as_of=DAY)] == [50]
    set_caliber(book, inner, date(2026, 1, 1))
    assert [each.share for each in portions(book, as_of=DAY)] == [20]


def test_values_of_two_calibers_do_not_add_up(book):
    """A city that already counts by the new definition and one that does not have no sum."""
    upper = book.target(40, name="省")
    cities = [book.target(20, name=name) for name in ("甲市", "乙市")]
    for city in cities:
        relate(book, "contributes_to", city, upper)
        book.report(city, "2026Q1", 8)
    book.report(upper, "2026Q1", 18)
    set_caliber(book, cities[0], date(2026, 1, 1))
    (found,) = sums(book, as_of=DAY)
    assert (found.total, found.difference) == (None, None)
    assert found.sentence() == "2026-03-31：下级2地的累计方式或口径不同，不作合计"
    set_caliber(book, cities[1], date(2026, 1, 1))
    (found,) = sums(book, as_of=DAY)
    assert (found.total, found.own) == (16, None)
    assert found.sentence() == "2026-03-31：下级2地合计16EFLOPS，本级没有可比的同期数据"


def test_only_what_an_indicator_has_to_do_with_is_read(book):
    """The page of one indicator asks for its own parts and sums."""
    whole, inner, other = (book.target(40, name=name) for name in ("总", "其中", "别的"))
    relate(book, "part_of", inner, whole)
    relate(book, "contributes_to", other, whole)
    for target in (whole, inner, other):
        book.report(target, "2026Q1", 10)
    assert portions(book, as_of=DAY, of=[other.indicator_id]) == []
    assert len(portions(book, as_of=DAY, of=[inner.indicator_id])) == 1
    assert sums(book, as_of=DAY, of=[other.indicator_id]) == []
    assert len(sums(book, as_of=DAY, of=[whole.indicator_id])) == 1


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
