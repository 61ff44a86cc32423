"""Filters stand in the address."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboards.views import Choice, choose
from indicators.assessment.verdict import LIGHTS, STATES

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)


@given(place=words, office=words, search=words, light=st.sampled_from((*LIGHTS, *STATES)))
def test_an_address_gives_back_what_was_chosen(place, office, search, light):
    """Writing a choice into an address and reading it again changes nothing."""
    choice = Choice(place=place, office=office, search=search, light=light)
    assert Choice.read(choice.query()) == choice


def test_what_is_not_known_is_left_out():
    """Unknown parts and unknown lights of an address are ignored."""
    assert Choice.read("?light=blue&other=1&place=x") == Choice(place="x")
    assert Choice.read("") == Choice()
    assert Choice().query() == ""


def test_rows_are_chosen_by_all_filters_at_once(desk):
    """Place, office, light or state, document and words narrow together."""
    rows = tuple(desk.snapshot().rows)
    assert choose(rows, Choice()) == rows
    assert {row.place for row in choose(rows, Choice(place="武清区"))} == {"武清区"}
    assert [row.name for row in choose(rows, Choice(light="red"))] == ["智算规模"]
    assert [row.name for row in choose(rows, Choice(light="achieved"))] == ["5G基站"]
    assert choose(rows, Choice(light="red", office="区工业和信息化局")) == ()
    assert [row.name for row in choose(rows, Choice(search="算力"))] == ["算力总规模"]
    news = rows[[row.name for row in rows].index("算力总规模")].documents[0]
    assert [row.name for row in choose(rows, Choice(document=news))] == ["算力总规模"]


def test_the_worst_stands_first(desk):
    """Rows come in the order of the assessment: worst state, then widest gap."""
    names = [row.name for row in desk.snapshot().rows]
    assert names[0] == "智算规模"
    assert names[-1] == "5G基站"
