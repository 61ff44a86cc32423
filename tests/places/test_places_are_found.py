"""Places are found by name, path and context, and not guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import places


@pytest.mark.parametrize(
    ("name", "place", "code"),
    [
        ("武清区", "武清区", "120114"),
        ("武清", "武清区", "120114"),
        ("天津市武清区", "武清区", "120114"),
        ("内蒙古呼和浩特市", "呼和浩特市", "150100"),
        ("包头", "包头市", "150200"),
        ("和林格尔", "和林格尔县", "150123"),
        ("内蒙古自治区和林格尔县", "和林格尔县", "150123"),
        ("海南", "海南省", "460000"),
        ("延边", "延边朝鲜族自治州", "222400"),
        ("和林格尔数据中心集群", "和林格尔数据中心集群", ""),
        ("武清开发区", "武清经济技术开发区", ""),
        ("全国", "全国", "000000"),
        ("仙桃市", "仙桃市", "429004"),
        ("长春市朝阳区", "长春市朝阳区", "220104"),
    ],
)
def test_a_name_finds_its_place(name: str, place: str, code: str) -> None:
    """Full names, short names, aliases and paths."""
    found = places.find(name)
    assert found is not None
    assert (found.place, found.code) == (place, code)


@pytest.mark.parametrize("name", ["", "某市", "朝阳区", "市中区", "武清区数据局", "京", "区"])
def test_a_doubtful_name_finds_nothing(name: str) -> None:
    """An unknown name, and one that several counties share, is not guessed."""
    assert places.find(name) is None


@pytest.mark.parametrize(
    ("name", "inside", "code"),
    [
        ("朝阳区", "北京市", "110105"),
        ("朝阳区", "长春市", "220104"),
        ("朝阳区", "吉林省", "220104"),
        ("鼓楼区", "福建", "350102"),
        ("海南", "青海省", "632500"),
        ("武清区", "长春市", "120114"),
    ],
)
def test_context_decides_among_namesakes(name: str, inside: str, code: str) -> None:
    """The place of the document says which namesake is meant."""
    found = places.find(name, inside=inside)
    assert found is not None
    assert found.code == code


def test_former_names_have_their_time() -> None:
    """莱芜市 was a prefecture until 2019 and is still found in old documents."""
    found = places.find("莱芜市")
    assert found is not None
    assert found.valid_to == "2019-01"
    assert places.find("莱芜", on=date(2015, 1, 1)) == found
    assert places.find("莱芜") == places.by_code("370116")
    assert not found.in_force(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("text", "place", "end"),
    [
        ("天津市武清区人民政府办公室", "武清区", 6),
        ("内蒙古自治区人民政府", "内蒙古自治区", 6),
        ("呼和浩特市和林格尔县盛乐镇", "和林格尔县", 10),
        ("武清开发区总公司", "武清经济技术开发区", 5),
    ],
)
def test_the_beginning_of_an_issuer_names_its_place(text: str, place: str, end: int) -> None:
    """The longest path at the beginning is followed down."""
    found = places.leading(text)
    assert found is not None
    assert (found.region.place, found.end) == (place, end)


def test_a_text_without_a_place_at_its_beginning_has_none() -> None:
    """人民政府 is nobody's."""
    assert places.leading("人民政府办公室") is None


def test_places_in_a_sentence() -> None:
    """Longest first, paths as one, common words that are also counties' short names left alone."""
    text = "支持和林格尔数据中心集群与北京、长春市朝阳区合作，呼和浩特市和林格尔县建设和平发展的新城，走在全国前列"
    found = [(text[hit.start : hit.end], hit.region.place) for hit in places.search(text)]
    assert found == [
        ("和林格尔数据中心集群", "和林格尔数据中心集群"),
        ("北京", "北京市"),
        ("长春市朝阳区", "长春市朝阳区"),
        ("呼和浩特市和林格尔县", "和林格尔县"),
    ]


def test_a_place_lies_within_those_above() -> None:
    """武清区 lies in 天津市, the cluster in 呼和浩特市 and 内蒙古, all in the country."""
    wuqing, tianjin = places.find("武清区"), places.find("天津市")
    cluster, inner = places.find("和林格尔数据中心集群"), places.find("内蒙古")
    assert wuqing
    assert tianjin
    assert cluster
    assert inner
    assert places.within(wuqing, tianjin)
    assert not places.within(tianjin, wuqing)
    assert places.within(cluster, inner)
    assert places.within(inner, places.NATION)
    assert [each.place for each in places.ancestors(cluster)] == ["呼和浩特市", "内蒙古自治区"]


@given(st.sampled_from([each for each in places.regions() if not each.valid_to]))
def test_every_place_is_found_by_its_own_name(region: places.Region) -> None:
    """The name in the ledger finds the place again."""
    assert places.find(region.place) == region


@given(st.text(alphabet="北京天津市武清区县内蒙古和林格尔数据中心集群朝阳人民", max_size=30))
def test_search_moves_forward(text: str) -> None:
    """Matches are in order, do not overlap and lie in the text."""
    end = 0
    for hit in places.search(text):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end


@pytest.mark.parametrize("text", ["云溪县人民政府", "白水市统计局", "朝阳区2027年目标"])
def test_a_short_name_is_not_read_out_of_a_longer_one(text: str) -> None:
    """云溪县 is no 云溪区, and 朝阳区 without its city is not the prefecture 朝阳市."""
    assert places.leading(text) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [("广西区党委", "广西壮族自治区"), ("苏州区域中心", "苏州市"), ("合肥市场", "合肥市")],
)
def test_a_short_name_before_a_common_word_is_read(text: str, place: str) -> None:
    """区 of an autonomous region, 区域 and 市场 do not hide the place before them."""
    found = places.leading(text)
    assert found is not None
    assert found.region.place == place
