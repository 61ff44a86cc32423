"""Contributions that a plan asks of places below it by name."""

from __future__ import annotations

from indicators.model import Indicator
from indicators.register import territory
from indicators.register.levels import contributions
from tests.register.statements import task

MODELS = Indicator(
    indicator_id="upper", name="行业大模型", place="内蒙古自治区", unit="个", dimension="count"
)
TEXT = (
    "支持呼和浩特市重点打造生物制造、乳业大模型，包头市重点打造稀土新材料大模型，"
    "鄂尔多斯市重点打造羊绒大模型，乌兰察布市重点打造铁合金大模型。其他盟市因地制宜开发。"
    "武清区重点打造港口大模型。呼和浩特市重点建设数据中心。"
)


def named(text):
    return list(
        contributions(
            [task(text, 0, 99, place="内蒙古自治区", text=text)], [MODELS], territory.below
        )
    )


def test_each_place_named_contributes():
    """Four cities are named as contributing to the region's models, with the clause as reason."""
    found = named(TEXT)
    assert [each.indicator.place for each in found] == [
        "呼和浩特市",
        "包头市",
        "鄂尔多斯市",
        "乌兰察布市",
    ]
    assert all(each.relation.object == "upper" for each in found)
    assert found[1].relation.reason == "包头市重点打造稀土新材料大模型"


def test_places_elsewhere_and_other_things_do_not():
    """A place that is not below, or a clause about something else, contributes nothing."""
    assert named("武清区重点打造港口大模型。") == []
    assert named("包头市重点建设数据中心。") == []


def test_nothing_is_decided():
    """Contributions are proposals."""
    assert {each.relation.status for each in named(TEXT)} == {"proposed"}
