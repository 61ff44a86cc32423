"""A document stays readable and complete, its statements marked where they stand."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dashboards.views.paper import paper, paragraphs
from tests.dashboards import sample

ROW = sample.commitment(sample.CASES[0], sample.CASES[0].words[0])


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(
    st.text(st.sampled_from("字句三0。：\n 一、（）"), max_size=200),
    st.lists(st.tuples(st.integers(0, 210), st.integers(1, 12)), max_size=8),
)
def test_no_character_is_lost_or_doubled(text, spans):
    """Whatever the text and the spans, the paragraphs hold every character once, in order."""
    rows = [replace(ROW, start=at, end=at + size, as_written="") for at, size in spans]
    shown = "".join(run.text for each in paragraphs(text, rows) for run in each.runs)
    assert bare(shown) == bare(text)


def test_each_statement_is_marked_at_its_number(desk):
    """All statements of the plan are marked, each with the number and unit as written."""
    told = paper(desk.snapshot(), sample.digest_of(sample.PLAN))
    marked = {
        run.commitment.commitment_id: run.text
        for each in told.paragraphs
        for run in each.runs
        if run.commitment
    }
    assert marked == {
        each.commitment.commitment_id: each.commitment.as_written for each in told.statements
    }


def test_the_list_leads_to_indicators(desk):
    """Each statement beside the text knows its indicator, and how many state the same target."""
    told = paper(desk.snapshot(), sample.digest_of(sample.PLAN))
    merged = {each.commitment.name: each.merged for each in told.statements}
    assert all(each.indicator_id for each in told.statements)
    assert (merged["智算规模"], merged["5G基站"]) == (2, 1)


def test_headings_are_told_from_text(desk):
    """一、 and （一） lines are headings; long lines that begin so are not."""
    told = paper(desk.snapshot(), sample.digest_of(sample.PLAN))
    headings = [each.runs[0].text for each in told.paragraphs if each.heading]
    assert "一、发展目标" in headings
    assert all(len(each) <= 42 for each in headings)


def test_an_unknown_document_has_no_page(desk):
    """A digest that the ledger does not know gives none."""
    assert paper(desk.snapshot(), "0" * 64) is None
