"""The place or body that owns a quantity, without the words that lead to it."""

from __future__ import annotations

import pytest

from tests.extraction.reading import NEWS, REPORT, one

CASES = (
    ("确保云溪经济开发区营业收入突破300亿元。", "云溪经济开发区", "营业收入"),
    ("支持和平高新区新增企业20家。", "和平高新区", "新增企业"),
    ("力争推动云谷集群上架率达到70%。", "云谷集群", "上架率"),
    ("加快引导白水示范区产值达到80亿元。", "白水示范区", "产值"),
)


@pytest.mark.parametrize(("text", "place", "name"), CASES)
def test_verbs_before_a_body_are_no_part_of_it(text: str, place: str, name: str) -> None:
    """Whatever urges it on, the body is the owner and leaves the name."""
    found = one(f"二、2026年工作安排\n{text}", REPORT)
    assert (found.place, found.name) == (place, name)


@pytest.mark.parametrize("who", ["记者从", "本报记者从", "记者近日从"])
def test_a_reporter_is_no_part_of_a_body(who: str) -> None:
    """What was heard from a body is said of it."""
    found = one(f"{who}和平新区管委会获悉，新区已建成智算中心4个。", NEWS, "news")
    assert (found.place, found.name) == ("和平新区", "智算中心")
