"""Properties: the order of documents does not matter, and every decision can be taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.model import (
    Commitment,
    Indicator,
    Observation,
    Relation,
    Setting,
    Share,
    Target,
)
from indicators.register import record
from indicators.register.configuring import Changes, apply, revise
from indicators.register.decisions import (
    Decision,
    decide,
    merge,
    relate,
    split,
    unmerge,
    unsplit,
)
from indicators.register.holdings import is_blank
from indicators.tables import key_of
from tests.register.memory import MemoryLedger
from tests.register.statements import paper, statement

SETTLED = (Commitment, Indicator, Target, Observation, Relation, Setting, Share)
VALUES = [("10", "EFLOPS"), ("30", "EFLOPS"), ("10000", "P"), ("30", "P")]
"""The first and the third are the same."""
DOCUMENTS = {
    "plan.txt": {},
    "report.txt": {"genre": "report", "issued_on": date(2026, 1, 20)},
    "news.txt": {"genre": "news", "issuer": "某日报", "issued_on": date(2026, 4, 24)},
    "city.txt": {"place": "天津市", "issuer": "天津市人民政府"},
}


def in_force(ledger):
    """What counts: rows without those that say that something counts no more."""
    rows = {}
    for record_class in SETTLED:
        for row in ledger.current(record_class):
            gone = getattr(row, "retired", False) or getattr(row, "withdrawn", False)
            gone |= isinstance(row, Setting) and is_blank(row)
            if not gone and getattr(row, "status", "") not in ("undone", "withdrawn", "rejected"):
                rows[record_class.__name__, key_of(row)] = row
    return rows


@st.composite
def statements(draw):
    """Statements of up to four documents, on few names, places and values, so that they meet."""
    rows = []
    for document in draw(st.sets(st.sampled_from(sorted(DOCUMENTS)), min_size=1)):
        for index in range(draw(st.integers(1, 4))):
            kind = draw(st.sampled_from(["target", "target", "actual"]))
            value, unit = draw(st.sampled_from(VALUES))
            rows.append(
                statement(
                    draw(st.sampled_from(["智算规模", "总智算规模", "算力规模", "智能算力规模"])),
                    value,
                    unit,
                    100 + 50 * index,
                    document=document,
                    place=draw(st.sampled_from(["武清区", "天津市"])),
                    kind=kind,
                    bound=draw(st.sampled_from(["equal", "at_least"])),
                    date=draw(st.sampled_from([date(2026, 12, 31), date(2027, 12, 31)])),
                )
            )
    return rows


def load(ledger, rows, order):
    for document in order:
        mine = [each for each in rows if each.document == document]
        if mine:
            record(ledger, [paper(document, **DOCUMENTS[document])], mine, [], who="王")


def postponed(target):
    """Return a target revised by a paper."""
    return revise(
        target,
        magnitude=Decimal(20),
        approved_by="津政发〔2026〕1号",
        reason="推迟",
        effective_on=date(2026, 7, 1),
    )


def decided(ledger, data):
    """Let an office set up some indicators, revise some targets and split some."""
    targets = [each for each in ledger.current(Target) if each.status == "proposed"]
    some = st.sets(st.sampled_from(targets), max_size=2) if targets else st.just(set())
    changes = Changes(
        settings=[
            Setting(indicator_id=each, reporting_office="区数据局")
            for each in sorted({one.indicator_id for one in data.draw(some)})
        ],
        targets=[postponed(each) for each in data.draw(some)],
        shares=[
            Share(
                target_id=each.target_id,
                sort="office",
                part=office,
                magnitude=each.magnitude / 2,
                unit=each.unit,
            )
            for each in data.draw(some)
            for office in ("区数据局", "区科技局")
        ],
    )
    if changes:
        apply(ledger, changes, who="李")


@settings(max_examples=40, deadline=None)
@given(statements(), st.permutations(sorted(DOCUMENTS)))
def test_the_order_of_documents_does_not_matter(rows, order):
    """Indicators, targets, values and proposals are the same in whatever order papers arrive."""
    one, other = MemoryLedger(), MemoryLedger()
    load(one, rows, sorted(DOCUMENTS))
    load(other, rows, order)
    assert in_force(one) == in_force(other)


@settings(max_examples=40, deadline=None)
@given(statements(), st.data())
def test_merge_and_unmerge_give_back_what_was(rows, data):
    """A merge that is undone leaves indicators, targets, values and proposals as they were."""
    ledger = MemoryLedger()
    load(ledger, rows, sorted(DOCUMENTS))
    decided(ledger, data)
    indicators = [each.indicator_id for each in ledger.current(Indicator)]
    if len(indicators) < 2:
        return
    subject, into = data.draw(st.permutations(indicators))[:2]
    before = in_force(ledger)
    merge(ledger, subject, into, who="李")
    united = {each.indicator_id for each in ledger.current(Indicator) if not each.retired}
    assert subject not in united
    standing = ("proposed", "accepted")
    # A revision whose target was taken over by one that was revised itself waits there.
    assert not [
        each
        for each in ledger.current(Target, indicator_id=subject)
        if each.status in standing and not each.supersedes
    ]
    unmerge(ledger, subject, who="李")
    assert in_force(ledger) == before


@settings(max_examples=40, deadline=None)
@given(statements(), st.data())
def test_split_and_unsplit_give_back_what_was(rows, data):
    """Statements that were split off and put back leave everything as it was."""
    ledger = MemoryLedger()
    load(ledger, rows, sorted(DOCUMENTS))
    decided(ledger, data)
    members = {}
    for each in ledger.current(Commitment):
        members.setdefault(each.indicator_id, []).append(each.commitment_id)
    several = {key: ids for key, ids in members.items() if len(ids) > 1}
    if not several:
        return
    identity = data.draw(st.sampled_from(sorted(several)))
    ids = several[identity]
    off = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids) - 1, unique=True))
    before = in_force(ledger)
    split(ledger, identity, off, who="李")
    assert len({each.indicator_id for each in ledger.current(Commitment)}) == len(members) + 1
    unsplit(ledger, off, who="李")
    assert in_force(ledger) == before


@settings(max_examples=40, deadline=None)
@given(statements(), st.data())
def test_decisions_taken_back_give_back_what_was(rows, data):
    """Accepting, correcting or rejecting, and taking it back, leaves everything as it was."""
    ledger = MemoryLedger()
    load(ledger, rows, sorted(DOCUMENTS))
    decided(ledger, data)
    before = in_force(ledger)
    ids = [each.commitment_id for each in ledger.current(Commitment)]
    taken = []
    for identity in data.draw(st.lists(st.sampled_from(ids), unique=True, min_size=1)):
        decision, corrections = data.draw(
            st.sampled_from(
                [
                    ("accepted", ()),
                    ("rejected", ()),
                    ("corrected", ("place=天津市",)),
                    ("corrected", ("magnitude=15", "name=智算规模")),
                ]
            )
        )
        taken.append(Decision(commitment_id=identity, decision=decision, corrections=corrections))
    decide(ledger, taken, who="李")
    undo = [Decision(commitment_id=each.commitment_id, decision="proposed") for each in taken]
    decide(ledger, undo, who="李")
    assert in_force(ledger) == before


def test_the_city_joins_the_cluster(memory):
    """Accepting the proposal leaves one target of 40万P with both citations, in the cluster."""
    (proposal,) = [each for each in memory.current(Relation) if each.sort == "same_as"]
    relate(memory, proposal.relation_id, True, who="李")
    standing = [
        each
        for each in memory.current(Target)
        if each.magnitude == 400000 and each.status == "proposed"
    ]
    assert [len(each.commitments) for each in standing] == [2]
    (indicator,) = memory.current(Indicator, indicator_id=standing[0].indicator_id)
    assert indicator.place == "和林格尔数据中心集群"


def test_only_what_changes_groups_looks_for_proposals_again(memory, monkeypatch):
    """Accepting and taking that back leaves proposals alone; a rejection and its undoing do not."""
    looked = []
    monkeypatch.setattr("indicators.register.decisions.refresh", lambda *_: looked.append(1) or 0)
    one = memory.current(Commitment)[0].commitment_id
    for decision, times in (("accepted", 0), ("proposed", 0), ("rejected", 1), ("proposed", 2)):
        decide(memory, [Decision(commitment_id=one, decision=decision)], who="李")
        assert len(looked) == times


def test_a_revision_of_a_rejected_promise_counts_no_more_and_comes_back():
    """Of two targets the rejected one takes its revision along; taken back, both stand again."""
    ledger = MemoryLedger()
    rows = [
        statement("智算规模", value, unit, at, document="plan.txt", kind="target")
        for value, unit, at in (("10", "EFLOPS", 100), ("30", "P", 200))
    ]
    load(ledger, rows, ["plan.txt"])
    old = next(each for each in ledger.current(Target) if each.magnitude == 10)
    apply(ledger, Changes(targets=[postponed(old)]), who="李")
    before = in_force(ledger)
    decide(ledger, [Decision(commitment_id=old.commitments[0], decision="rejected")], who="李")
    standing = [each for each in ledger.current(Target) if each.status in ("proposed", "accepted")]
    assert [(each.magnitude, each.unit) for each in standing] == [(Decimal(30), "P")]
    decide(ledger, [Decision(commitment_id=old.commitments[0], decision="proposed")], who="李")
    assert in_force(ledger) == before


def test_a_revision_stays_when_the_first_of_its_statements_is_rejected():
    """The other statement promises the same: its target is the revised one, not the old value."""
    ledger = MemoryLedger()
    rows = [
        statement("智算规模", "30", "EFLOPS", at, document="plan.txt", kind="target")
        for at in (100, 200)
    ]
    load(ledger, rows, ["plan.txt"])
    (old,) = ledger.current(Target)
    apply(ledger, Changes(targets=[postponed(old)]), who="李")
    before = in_force(ledger)
    decide(ledger, [Decision(commitment_id=old.commitments[0], decision="rejected")], who="李")
    standing = {each.target_id: each for each in ledger.current(Target)}
    (revised,) = [each for each in standing.values() if each.supersedes]
    assert standing[revised.supersedes].status == "proposed"
    assert (revised.status, revised.magnitude) == ("accepted", Decimal(20))
    decide(ledger, [Decision(commitment_id=old.commitments[0], decision="proposed")], who="李")
    assert in_force(ledger) == before
