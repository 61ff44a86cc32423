"""Documents into the register: one batch, idempotent, and people's decisions win."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from indicators.model import (
    Commitment,
    Indicator,
    Observation,
    Office,
    Place,
    Relation,
    SourceDocument,
    Target,
    Task,
)
from indicators.register import record
from indicators.register.decisions import Decision, decide
from tests.register.memory import MemoryLedger
from tests.register.statements import news, newspaper, paper, statement, task, wuqing


def loaded(rows, tasks=()):
    ledger = MemoryLedger()
    record(ledger, [paper()], rows, tasks, who="王")
    return ledger


def test_a_document_is_one_batch(store):
    """Document, statements, tasks, indicators, targets, places and offices come together."""
    assert [each.action for each in store.batches()] == ["load", "load"]
    assert len(store.current(SourceDocument)) == 2
    assert len(store.current(Commitment)) == 22
    assert len(store.current(Indicator, place="武清区")) == 11
    assert len(store.current(Task)) == 2
    assert {each.place for each in store.current(Place)} >= {"武清区", "天津市", "呼和浩特市"}
    assert "区工业和信息化局" in {each.office for each in store.current(Office, place="武清区")}


def test_recording_again_adds_nothing(store):
    """The same documents once more leave the ledger as it is."""
    seq = store.seq
    report = record(store, [paper(), newspaper()], [*wuqing(), *news()], [], who="李")
    assert store.seq == seq
    assert report.rows == 0
    assert report.unchanged == ("plan.txt", "news.txt")


def test_targets_wait_for_a_decision(memory):
    """Nothing that a document proposes is accepted by itself."""
    assert {each.status for each in memory.current(Target)} == {"proposed"}


def test_values_are_kept_in_the_unit_of_the_indicator(memory):
    """500亿元 is 50000000000 元, and 24.95万P is 249500 P, marked as at least."""
    money = next(each for each in memory.current(Target) if each.unit == "元")
    assert money.magnitude == Decimal(50_000_000_000)
    power = next(each for each in memory.current(Observation) if each.magnitude == 249500)
    assert (power.unit, power.bound, power.source) == ("P", "at_least", "news")
    assert power.period_end.isoformat() == "2026-04-24"


def test_the_first_office_leads_a_task(memory):
    """The first office named leads, the others support, their level filled in."""
    first = min(memory.current(Task), key=lambda each: each.start)
    assert first.lead_office == "区发展改革委"
    assert first.supporting_offices == ("区数据局", "区工业和信息化局", "各镇街园区等")


def test_a_proposal_across_places_is_waiting(memory):
    """40万P of the city and of the cluster are proposed to be one."""
    names = {each.indicator_id: each.place for each in memory.current(Indicator)}
    same = [each for each in memory.current(Relation) if each.sort == "same_as"]
    assert [(names[each.subject], names[each.object], each.status) for each in same] == [
        ("呼和浩特市", "和林格尔数据中心集群", "proposed")
    ]


def test_again_tells_what_a_newer_extractor_changes():
    """Added, gone and different statements are named; the rest is not."""
    old = [
        statement("数据集", "100", "个", 10),
        statement("智算规模", "30", "EFLOPS", 60),
        statement("基站", "5000", "个", 110),
    ]
    ledger = loaded(old)
    new = [old[0], replace(old[1], bound="at_least"), statement("机柜", "3", "万架", 160)]
    report = record(ledger, [paper()], new, [], who="李", again=True)
    assert [(each.sort, each.commitment.name) for each in report.changes] == [
        ("different", "智算规模"),
        ("added", "机柜"),
        ("gone", "基站"),
    ]
    assert "equal→at_least" in report.changes[0].sentence
    status = {each.magnitude: each.status for each in ledger.current(Target)}
    assert status[Decimal(5000)] == "rejected"
    again = record(ledger, [paper()], new, [], who="李", again=True)
    assert (again.changes, again.rows) == ((), 0)


def test_a_decision_survives_a_newer_extractor():
    """What a person corrected or accepted stays, and a statement that is gone stays with it."""
    old = [statement("数据集", "100", "个", 10), statement("基站", "5000", "个", 110)]
    ledger = loaded(old)
    decide(
        ledger,
        [
            Decision(
                commitment_id=old[0].commitment_id,
                decision="corrected",
                corrections=("magnitude=120", "name=高质量数据集"),
            ),
            Decision(commitment_id=old[1].commitment_id, decision="accepted"),
        ],
        who="王",
    )
    newer = [replace(old[0], magnitude=Decimal(90), base_magnitude=Decimal(90), bound="at_least")]
    report = record(ledger, [paper()], newer, [], who="李", again=True)
    kept = ledger.current(Commitment, commitment_id=old[0].commitment_id)[0]
    assert (kept.magnitude, kept.name, kept.bound) == (Decimal(120), "高质量数据集", "equal")
    assert all(each.decided for each in report.changes)
    status = {each.magnitude: each.status for each in ledger.current(Target)}
    assert status == {Decimal(120): "accepted", Decimal(5000): "accepted"}


def test_what_was_accepted_stays_what_it_was():
    """An accepted target that a newer extractor reads as an actual of another value is told only."""
    old = [statement("数据集", "100", "个", 10)]
    ledger = loaded(old)
    accept = Decision(commitment_id=old[0].commitment_id, decision="accepted")
    decide(ledger, [accept], who="王")
    standing = ledger.current(Target)
    newer = replace(
        old[0], kind="actual", magnitude=Decimal(90), base_magnitude=Decimal(90), section="一、目标"
    )
    report = record(ledger, [paper()], [newer], [], who="李", again=True)
    assert ledger.current(Target) == standing
    (change,) = report.changes
    assert change.decided
    assert "kind target→actual" in change.sentence
    (kept,) = ledger.current(Commitment)
    assert (kept.kind, kept.magnitude, kept.section) == ("target", 100, "一、目标")


def test_a_correction_is_taken_back_after_a_newer_load():
    """What the newer load wrote holds the correction; taking it back restores the reading."""
    old = [statement("数据集", "100", "个", 10)]
    ledger = loaded(old)
    identity = old[0].commitment_id
    correct = Decision(commitment_id=identity, decision="corrected", corrections=("magnitude=120",))
    decide(ledger, [correct], who="王")
    record(ledger, [paper()], [replace(old[0], section="一、目标")], [], who="李", again=True)
    decide(ledger, [Decision(commitment_id=identity, decision="proposed")], who="王")
    (kept,) = ledger.current(Commitment)
    assert (kept.magnitude, kept.review) == (100, "proposed")


def test_an_indicator_keeps_its_id_when_an_earlier_statement_is_found():
    """A newer extractor that finds an earlier mention does not orphan what was set."""
    old = [statement("数据集", "100", "个", 110)]
    ledger = loaded(old)
    (before,) = ledger.current(Indicator)
    record(
        ledger, [paper()], [statement("数据集", "100", "个", 10), *old], [], who="李", again=True
    )
    (after,) = ledger.current(Indicator)
    assert after.indicator_id == before.indicator_id


def test_a_task_that_people_filled_in_is_left_alone():
    """A newer extractor does not take away leader, contact and state of a task."""
    first = task("强化算力供给", 0, 90, offices=("区数据局",))
    ledger = loaded([], [first])
    with ledger.batch("ledger", who="王") as batch:
        batch.add([replace(ledger.current(Task)[0], leader="张", status="done")])
    record(ledger, [paper()], [], [replace(first, title="强化供给")], who="李", again=True)
    (kept,) = ledger.current(Task)
    assert (kept.title, kept.leader, kept.status) == ("强化供给", "张", "done")
