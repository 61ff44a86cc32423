"""How a value binds, on a list of sentences of at least twenty a class."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.extraction.reading import one, read

SENTENCES = [
    line.split("\t")
    for line in (Path(__file__).parent / "bound_sentences.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize("bound", ["at_least", "at_most", "about", "between", "equal"])
def test_each_class_of_bound_is_right_in_nine_of_ten_sentences(bound: str) -> None:
    """The list holds twenty sentences or more of each class; at least 0.9 of each are right."""
    sentences = [line for line in SENTENCES if line[0] == bound]
    right = Counter(
        any(each.bound == bound and each.magnitude == Decimal(magnitude) for each in read(text))
        for _, text, magnitude in sentences
    )
    assert len(sentences) >= 20
    assert right[True] >= 0.9 * len(sentences)


def test_two_bounds_on_one_number_make_one() -> None:
    """控制在…左右 is about, 控制在…以内 at most, 稳定在…以上 at least."""
    assert one("失业率控制在5%左右。").bound == "about"
    assert one("失业率控制在5%以内。").bound == "at_most"
    assert one("覆盖率稳定在95%以上。").bound == "at_least"


def test_a_bound_after_a_list_covers_the_list() -> None:
    """分别增长5%、6.5%左右 binds both numbers."""
    found = read("工业增加值、固定资产投资分别增长5%、6.5%左右。")
    assert [each.bound for each in found] == ["about", "about"]


def test_a_bound_before_a_list_covers_the_list() -> None:
    """分别超过70%和50% binds both numbers."""
    found = read("城市、农村垃圾处理率分别超过70%和50%。")
    assert [each.bound for each in found] == ["at_least", "at_least"]


def test_to_break_through_a_technology_is_no_bound() -> None:
    """突破 binds only directly before the quantity."""
    assert one("突破关键核心技术攻关30个。").bound == "equal"
    assert one("产业规模突破30亿元。").bound == "at_least"


def test_more_than_planned_is_exact() -> None:
    """超计划19家 is exactly 19 more."""
    assert one("新增规上企业超计划19家。").bound == "equal"
