"""A target type is closed: what it does not allow is an error when the target is made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment.goal import Goal, GoalError
from indicators.errors import IndicatorsError

D = Decimal
MADE = {"value": D(5), "start": date(2025, 12, 31), "deadline": date(2026, 12, 31)}


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"sort": ""}, "目标类型未定"),
        ({"sort": "level", "accumulation": "year_to_date"}, "水平是期末存量，不累计"),
        ({"sort": "amount", "accumulation": "level"}, "总量在时段内累计"),
        ({"sort": "share", "accumulation": "since_start"}, "比率不能相加"),
        ({"sort": "growth", "schedule": "linear"}, "增速直接比较，不按时间折算"),
        ({"sort": "growth", "schedule": "compound"}, "增速直接比较，不按时间折算"),
        ({"sort": "range", "schedule": ""}, "区间只判断在内在外"),
        ({"sort": "level", "bound": "between"}, "上限与界限 between 必须同时给出"),
        ({"sort": "level", "high": D(6)}, "上限与界限 between 必须同时给出"),
        ({"sort": "level", "bound": "between", "high": D(4)}, "上限 4 小于下限 5"),
        ({"sort": "level", "direction": "down"}, "方向自相矛盾"),
        ({"sort": "level", "direction": ""}, "方向未定"),
        ({"sort": "level", "direction": "maintain", "schedule": "compound"}, "没有进度要求"),
        ({"sort": "level", "change": "compound"}, "没有变化合成方式"),
        ({"sort": "milestone", "schedule": "", "bound": "equal"}, "只能是 1"),
        ({"sort": "milestone", "schedule": "", "bound": "at_most"}, "节点只有完成与未完成"),
        ({"sort": "count", "value": D(-1), "accumulation": "level"}, "数量目标不能为负"),
        ({"sort": "level", "value": D("NaN")}, "不是有限的数"),
        ({"sort": "level", "deadline": date(2026, 1, 10)}, "不晚于起点"),
        ({"sort": "level", "schedule": "split"}, "没有分年、分季或分期目标"),
        (
            {"sort": "level", "schedule": "split", "steps": ((date(2027, 3, 31), D(1)),)},
            "必须在起点之后、期限之前",
        ),
        (
            {"sort": "level", "schedule": "split",
             "steps": ((date(2026, 6, 30), D(1)), (date(2026, 3, 31), D(1)))},
            "必须递增且不重复",
        ),
        ({"sort": "level", "within_year": (D(1),)}, "必须给出十二个月"),
    ],
)  # fmt: skip
def test_what_a_type_does_not_allow_is_refused(parts, reason):
    """The error gives the reason in the words of the trade."""
    with pytest.raises(GoalError, match=reason) as caught:
        Goal(**{**MADE, **parts})
    assert isinstance(caught.value, IndicatorsError)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("written", "half"),
    [
        ("5", "0.5"),
        ("12000000", "500000"),
        ("30.5", "0.05"),
        ("5.0", "0.5"),
        ("100", "50"),
        ("0", "0"),
    ],
)
def test_half_a_unit_of_the_last_digit(written, half):
    """About 1200万 is 50万 either way; a trailing zero after the point was not said either."""
    goal = Goal(**{**MADE, "sort": "level", "value": D(written), "bound": "about"})
    assert goal.tolerance == D(half)


def test_a_contradiction_in_the_register_is_shown_not_raised(book):
    """A setting that does not fit the type makes the target not assessable, with the reason."""
    from indicators.assessment import judge

    target = book.target(30, sort="share", setting={"schedule": "split", "baseline": D(5)})
    book.report(target, "2026Q1", 8)
    (found,) = judge(book).verdicts
    assert (found.state, found.why.code) == ("not_assessable", "type")
    assert "分解" in found.sentence()
