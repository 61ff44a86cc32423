"""Offices as texts name them."""

from __future__ import annotations

from indicators.model import Office
from indicators.register.offices import expand, offices_of, resolve


def test_a_list_says_its_level_once():
    """市科技局、工信局 means 市科技局 and 市工信局."""
    assert expand(["市科技局", "工信局"]) == [("市科技局", "市科技局"), ("市工信局", "工信局")]
    assert expand(["自治区民政厅", "卫生健康委"])[1] == ("自治区卫生健康委", "卫生健康委")


def test_market_supervision_is_no_city_level():
    """市场监管局 begins with 市 and still takes the level of its list."""
    assert expand(["区教育局", "市场监管局"])[1][0] == "区市场监管局"


def test_bodies_with_a_place_or_without_a_level_keep_their_words():
    """公安武清分局, 武清开发区 and 国投公司 are names of their own."""
    names = ["区城管委", "公安武清分局", "武清开发区", "国投公司"]
    assert [name for name, _ in expand(names, "武清区")] == names


def test_a_group_stays_a_group():
    """各镇街园区等 is one group, not an office that reports."""
    (group,) = offices_of("武清区", [["各镇街园区等"]], [])
    assert (group.office, group.sort) == ("各镇街园区等", "group")


def test_the_same_name_elsewhere_is_another_office():
    """区数据局 exists in every district."""
    here = offices_of("武清区", [["区数据局"]], [Office(place="昆都仑区", office="区数据局")])
    assert [(each.place, each.office) for each in here] == [("武清区", "区数据局")]


def test_an_alias_leads_to_its_office():
    """A short name met after 市科技局 is kept as an alias and found again."""
    offices = offices_of("包头市", [["市科技局", "工信局"]], [])
    assert resolve("工信局", "包头市", offices).office == "市工信局"
    again = offices_of("包头市", [["工信局"]], offices)
    assert [each.office for each in again] == ["市工信局", "市科技局"]
