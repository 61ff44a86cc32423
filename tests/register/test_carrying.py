"""Settings follow a merge to an indicator that has none, and go back when it is undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.model import Commitment, Indicator, Setting
from indicators.register import record
from indicators.register.configuring import Changes, apply
from indicators.register.decisions import merge, unmerge
from indicators.register.holdings import is_blank
from indicators.register.settings import subjects
from tests.register.memory import MemoryLedger
from tests.register.statements import paper, statement


def quantity(unit, document, value="30"):
    return statement("智算规模", value, unit, 100, document=document)


def papers(*units_of):
    """A ledger with 智算规模 of as many papers, each in its unit, and their indicators."""
    ledger = MemoryLedger()
    for number, unit in enumerate(units_of):
        name = f"{number}.txt"
        record(ledger, [paper(name)], [quantity(unit, name, str(30 + number))], [], who="王")
    by_document = {each.document: each.indicator_id for each in ledger.current(Commitment)}
    return ledger, [by_document[f"{number}.txt"] for number in range(len(units_of))]


def put(ledger, identity, value, **fields):
    setting = Setting(
        indicator_id=identity,
        baseline=Decimal(value),
        baseline_date=date(2024, 12, 31),
        **fields,
    )
    apply(ledger, Changes(settings=[setting]), who="李")


def standing(ledger):
    return {each.indicator_id: each for each in ledger.current(Setting) if not is_blank(each)}


def test_settings_follow_in_the_unit_of_the_survivor():
    """5 EFLOPS and its yearly values become 5000 P; the office follows, the synonyms do not."""
    ledger, (small, large) = papers("EFLOPS", "P")
    fields = {"yearly_split": ("2026=15",), "reporting_office": "区数据局", "synonyms": ("算力",)}
    put(ledger, small, 5, **fields)
    merge(ledger, small, large, who="李")
    (subject,) = [each for each in subjects(ledger) if each.indicator.indicator_id == large]
    assert subject.decided
    assert subject.setting.baseline == 5000
    assert subject.setting.yearly_split == ("2026=15000",)
    assert subject.setting.reporting_office == "区数据局"
    assert subject.setting.synonyms == ()
    unmerge(ledger, small, who="李")
    assert standing(ledger).keys() == {small}
    (subject,) = [each for each in subjects(ledger) if each.indicator.indicator_id == large]
    assert not subject.decided


def test_settings_of_its_own_stay():
    """A survivor that somebody set up keeps what it has."""
    ledger, (one, other) = papers("P", "P")
    put(ledger, one, 5)
    put(ledger, other, 7)
    before = standing(ledger)
    merge(ledger, one, other, who="李")
    assert standing(ledger) == before


def test_what_was_changed_after_the_merge_stays():
    """Carried settings that a person then changed are the survivor's own."""
    ledger, (one, other) = papers("P", "P")
    put(ledger, one, 5)
    merge(ledger, one, other, who="李")
    put(ledger, other, 6)
    unmerge(ledger, one, who="李")
    assert standing(ledger)[other].baseline == 6


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(0, 3)), st.permutations(range(4)), st.permutations(range(3)))
def test_merges_undone_in_any_order_give_back_the_settings(set_up, chain, order):
    """A chain of merges, undone link by link in any order, leaves settings as they were."""
    ledger, ids = papers("P", "EFLOPS", "P", "EFLOPS")
    for each in sorted(set_up):
        put(ledger, ids[each], 1 + each)
    before = standing(ledger)
    for lower, upper in pairwise(chain):
        merge(ledger, ids[lower], ids[upper], who="李")
    assert ids[chain[-1]] in standing(ledger) or not set_up
    for each in order:
        unmerge(ledger, ids[chain[each]], who="李")
    assert standing(ledger) == before
    assert not [each for each in ledger.current(Indicator) if each.retired]
