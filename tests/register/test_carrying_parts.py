"""Parts and revisions of a target follow it into the one that takes it over, and come back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.model import Commitment, Share, Target
from indicators.register import record
from indicators.register.configuring import Changes, apply, revise
from indicators.register.decisions import Decision, decide, merge, unmerge
from indicators.register.settings import in_force
from tests.register.memory import MemoryLedger
from tests.register.statements import paper, statement

PARTS = {"2026": Decimal(15), "2027": Decimal(30)}


@pytest.fixture
def two():
    """30 EFLOPS in one paper and 30000 P in another, and the ids of their indicators."""
    ledger = MemoryLedger()
    for document, value, unit in (("a.txt", "30", "EFLOPS"), ("b.txt", "30000", "P")):
        record(
            ledger,
            [paper(document)],
            [statement("智算规模", value, unit, 100, document=document)],
            [],
            who="王",
        )
    return ledger, {each.document[0]: each.indicator_id for each in ledger.current(Commitment)}


def the_target(ledger, identity):
    (target,) = in_force(ledger.current(Target, indicator_id=identity))
    return target


def split(ledger, identity, parts=PARTS, sort="year"):
    target = the_target(ledger, identity)
    shares = [
        Share(target_id=target.target_id, sort=sort, part=part, magnitude=value, unit=target.unit)
        for part, value in parts.items()
    ]
    apply(ledger, Changes(shares=shares), who="李")


def parts(ledger, identity):
    target = the_target(ledger, identity)
    return {
        each.part: (each.magnitude, each.unit)
        for each in ledger.current(Share, target_id=target.target_id)
        if not each.withdrawn
    }


def test_parts_follow_a_merge_in_the_unit_of_the_survivor(two):
    """15 EFLOPS by 2026 stand as 15000 P under the target that took theirs over, and go back."""
    ledger, ids = two
    split(ledger, ids["a"])
    before = parts(ledger, ids["a"])
    merge(ledger, ids["a"], ids["b"], who="李")
    assert parts(ledger, ids["b"]) == {"2026": (15000, "P"), "2027": (30000, "P")}
    unmerge(ledger, ids["a"], who="李")
    assert parts(ledger, ids["a"]) == before
    assert parts(ledger, ids["b"]) == {}


def test_parts_of_another_value_are_told_in_the_unit_of_their_target(two):
    """A target that nobody takes over keeps its parts, in the unit that it has now."""
    ledger, ids = two
    record(
        ledger,
        [paper("c.txt")],
        [statement("智算规模", "40", "EFLOPS", 100, document="c.txt")],
        [],
        who="王",
    )
    (other,) = {each.indicator_id for each in ledger.current(Commitment, document="c.txt")}
    split(ledger, other, {"2027": Decimal(40)})
    target = the_target(ledger, other)
    merge(ledger, other, ids["b"], who="李")
    (share,) = ledger.current(Share, target_id=target.target_id)
    assert (share.magnitude, share.unit, share.withdrawn) == (40000, "P", False)
    unmerge(ledger, other, who="李")
    assert ledger.current(Share, target_id=target.target_id)[0].unit == "EFLOPS"


def test_parts_of_its_own_stay(two):
    """A target that somebody split keeps its own split."""
    ledger, ids = two
    split(ledger, ids["a"])
    split(ledger, ids["b"], {"2027": Decimal(30000)})
    merge(ledger, ids["a"], ids["b"], who="李")
    assert parts(ledger, ids["b"]) == {"2027": (30000, "P")}


def test_a_carried_split_that_a_person_changed_is_their_own(two):
    """After the merge one part is changed: undoing the merge leaves the whole split."""
    ledger, ids = two
    split(ledger, ids["a"])
    merge(ledger, ids["a"], ids["b"], who="李")
    split(ledger, ids["b"], {"2026": Decimal(20000)})
    changed = {"2026": (20000, "P"), "2027": (30000, "P")}
    assert parts(ledger, ids["b"]) == changed
    unmerge(ledger, ids["a"], who="李")
    assert parts(ledger, ids["b"]) == changed
    assert parts(ledger, ids["a"]) == {"2026": (15, "EFLOPS"), "2027": (30, "EFLOPS")}


def test_parts_outlive_the_rejection_of_the_statement_that_named_the_target():
    """The target stands under its second statement then, and has its parts; and back again."""
    ledger = MemoryLedger()
    rows = [statement("智算规模", "30", "EFLOPS", at) for at in (100, 200)]
    record(ledger, [paper()], rows, [], who="王")
    identity = rows[0].commitment_id
    (owner,) = {each.indicator_id for each in ledger.current(Commitment)}
    split(ledger, owner)
    before = parts(ledger, owner)
    old = the_target(ledger, owner)
    decide(ledger, [Decision(commitment_id=identity, decision="rejected")], who="李")
    assert the_target(ledger, owner).target_id != old.target_id
    assert parts(ledger, owner) == before
    decide(ledger, [Decision(commitment_id=identity, decision="proposed")], who="李")
    assert the_target(ledger, owner) == old
    assert parts(ledger, owner) == before


@pytest.mark.parametrize("own", [False, True])
def test_a_revision_follows_the_target_that_it_revised(two, own):
    """A merge does not bring back the old value, unless the survivor was revised itself."""
    ledger, ids = two

    def revised(identity, value):
        target = the_target(ledger, identity)
        made = revise(
            target,
            magnitude=Decimal(value),
            approved_by="津政发〔2026〕1号",
            reason="推迟",
            effective_on=date(2026, 7, 1),
        )
        apply(ledger, Changes(targets=[made]), who="李")
        return made

    first = revised(ids["a"], 25)
    if own:
        revised(ids["b"], 28000)
    merge(ledger, ids["a"], ids["b"], who="李")
    now = the_target(ledger, ids["b"])
    assert (now.magnitude, now.unit) == ((28000, "P") if own else (25000, "P"))
    unmerge(ledger, ids["a"], who="李")
    assert the_target(ledger, ids["a"]) == first
    assert the_target(ledger, ids["b"]).magnitude == (28000 if own else 30000)
