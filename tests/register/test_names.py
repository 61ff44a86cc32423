"""How names are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.register.names import alike, canonical, containments, key, likenesses


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("“人工智能+”场景", "人工智能+场景"),
        ("５Ｇ基站", "5g基站"),
        ("可支撑智算规模", "智算规模"),
        ("突破关键核心技术攻关", "关键核心技术攻关"),
        ("突破性成果", "突破性成果"),
        ("新增就业", "新增就业"),
        ("达标率", "达标率"),
    ],
)
def test_a_name_is_compared_without_what_says_nothing(name, compared):
    """Width, case, quotes and verbs of reaching go; verbs that change the meaning stay."""
    assert key(name) == compared


def test_synonyms_are_followed_to_their_end_and_circles_end():
    """A synonym of a synonym is found, and two names that point at each other do not hang."""
    words = {("", "甲"): "乙", ("", "乙"): "丙"}
    assert canonical("某市", "甲", words) == "丙"
    assert canonical("某市", "甲", {("", "甲"): "乙", ("", "乙"): "甲"}) in {"甲", "乙"}


texts = st.lists(st.text("数据中心智算规模", min_size=2, max_size=8), max_size=25)


@given(texts)
def test_containment_finds_what_comparing_all_pairs_finds(names):
    """The index of beginnings misses no pair and invents none."""
    every = set(names)
    expected = {(a, b) for a in every for b in every if a != b and a in b}
    assert set(containments(names)) == expected


@given(texts)
def test_likeness_does_not_depend_on_order(names):
    """The same names in another order give the same pairs and scores."""
    assert set(likenesses(names, 0.5)) == set(likenesses(reversed(names), 0.5))


@given(st.text(max_size=8), st.text(max_size=8))
def test_likeness_is_symmetric(one, other):
    """One is as like the other as the other is like the one."""
    assert alike(one, other) == alike(other, one)
