"""What was right when it was entered and fits no more stands on the work list until it is mended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import judge
from indicators.model import Commitment, Observation, Setting, Share, Target
from indicators.register import record
from indicators.register.configuring import Changes, apply, divide, revise
from indicators.register.decisions import Decision, decide, merge, unmerge
from indicators.register.settings import in_force
from indicators.register.worklist import work_list
from tests.register.memory import MemoryLedger
from tests.register.statements import paper, statement

PAPER = "津政发〔2026〕1号"


@pytest.fixture
def two():
    """智算规模 of 30 EFLOPS in one paper and of 30000 P in another, accepted; their indicators."""
    ledger = MemoryLedger()
    for document, value, unit in (("a.txt", "30", "EFLOPS"), ("b.txt", "30000", "P")):
        found = statement("智算规模", value, unit, 100, document=document)
        record(ledger, [paper(document)], [found], [], who="王")
    decided(ledger, *ledger.current(Commitment), decision="accepted")
    return ledger, {each.document[0]: each.indicator_id for each in ledger.current(Commitment)}


def decided(ledger, *statements, decision, corrections=()):
    rows = [
        Decision(commitment_id=each.commitment_id, decision=decision, corrections=corrections)
        for each in statements
    ]
    decide(ledger, rows, who="李")


def told(ledger, *sorts):
    """What the work list says of some sorts."""
    return [each.proposal for each in work_list(ledger) if each.lacks in sorts]


def target_of(ledger, identity):
    (target,) = in_force(ledger.current(Target, indicator_id=identity))
    return target


def revised(ledger, identity, value, approved_by=PAPER):
    row = revise(
        target_of(ledger, identity),
        magnitude=Decimal(value),
        approved_by=approved_by,
        reason="推迟",
        effective_on=date(2026, 7, 1),
    )
    apply(ledger, Changes(targets=[row]), who="李")


def halves(target):
    return [
        Share(
            target_id=target.target_id,
            sort="office",
            part=office,
            magnitude=target.magnitude / 2,
            unit=target.unit,
        )
        for office in ("区数据局", "区科技局")
    ]


def test_parts_of_a_corrected_target_are_told_until_they_add_up(two):
    """30 corrected to 40 leaves parts of 15 and 15; told, and no more once they are 20 and 20."""
    ledger, ids = two
    apply(ledger, Changes(shares=halves(target_of(ledger, ids["a"]))), who="李")
    assert told(ledger, "任务分解") == []
    (mine,) = ledger.current(Commitment, indicator_id=ids["a"])
    decided(ledger, mine, decision="corrected", corrections=("magnitude=40",))
    assert told(ledger, "任务分解") == ["分解之和 30EFLOPS 不等于目标 40EFLOPS"]
    target = target_of(ledger, ids["a"])
    parts = {each.part: each.magnitude for each in halves(target)}
    apply(ledger, Changes(shares=divide(ledger, target, "office", parts)), who="李")
    assert told(ledger, "任务分解") == []


def test_settings_that_a_correction_left_behind_are_told(two):
    """A yearly value that ended at the target, and a baseline that a new deadline overtakes."""
    ledger, ids = two
    setting = Setting(
        indicator_id=ids["a"],
        baseline=Decimal(5),
        baseline_date=date(2025, 12, 31),
        yearly_split=("2027=30",),
    )
    apply(ledger, Changes(settings=[setting]), who="李")
    (mine,) = ledger.current(Commitment, indicator_id=ids["a"])
    assert told(ledger, "设置") == []
    decided(ledger, mine, decision="corrected", corrections=("magnitude=40",))
    (words,) = told(ledger, "设置")
    assert "30EFLOPS" in words
    assert "40EFLOPS" in words
    decided(ledger, mine, decision="corrected", corrections=("date=2025-12-31",))
    assert len(told(ledger, "设置")) == 2
    decided(ledger, mine, decision="proposed")
    assert told(ledger, "设置") == []


def test_parts_that_a_revision_left_behind_are_told(two):
    """Two revisions later the parts of the first target still wait for new ones."""
    ledger, ids = two
    apply(ledger, Changes(shares=halves(target_of(ledger, ids["a"]))), who="李")
    revised(ledger, ids["a"], 25)
    revised(ledger, ids["a"], 20, "津政发〔2026〕2号")
    assert told(ledger, "任务分解") == ["原目标的 2 项任务分解不适用于调整后的目标"]
    apply(ledger, Changes(shares=halves(target_of(ledger, ids["a"]))), who="李")
    assert told(ledger, "任务分解") == []


@pytest.mark.parametrize(("settled", "paper_of"), [("value", "另一文"), ("paper", PAPER)])
def test_a_revision_that_waits_under_a_merged_indicator_is_told(two, settled, paper_of):
    """Both ends revised: the one merged away is told until its value or its paper is taken over."""
    ledger, ids = two
    revised(ledger, ids["a"], 25)
    revised(ledger, ids["b"], 20000, "津政发〔2026〕2号")
    assert told(ledger, "目标调整") == []
    merge(ledger, ids["a"], ids["b"], who="李")
    (words,) = told(ledger, "目标调整")
    assert "25EFLOPS" in words
    assert PAPER in words
    unmerge(ledger, ids["a"], who="李")
    assert told(ledger, "目标调整") == []
    merge(ledger, ids["a"], ids["b"], who="李")
    revised(ledger, ids["b"], 25000 if settled == "value" else 24000, paper_of)
    assert told(ledger, "目标调整") == []


def test_a_revision_that_was_taken_over_is_not_told(two):
    """Where only the merged one was revised, its revision stands under the survivor: nothing waits."""
    ledger, ids = two
    revised(ledger, ids["a"], 25)
    merge(ledger, ids["a"], ids["b"], who="李")
    assert target_of(ledger, ids["b"]).magnitude == 25000
    assert told(ledger, "目标调整") == []


@pytest.mark.parametrize(
    ("unit", "fields", "asked"),
    [
        ("个", {"accumulation": "level"}, True),
        ("个", {"accumulation": "since_start"}, False),
        ("亿元", {"accumulation": "year_to_date"}, True),
        ("亿元", {"accumulation": "year_to_date", "date": date(2025, 12, 31)}, False),
        ("亿元", {"accumulation": "since_start"}, False),
        ("亿元", {"accumulation": "period"}, False),
        ("P", {"accumulation": "level"}, True),
        ("P", {"accumulation": "level", "bound": "at_least", "date": date(2025, 12, 31)}, False),
        ("P", {"accumulation": "level", "date": date(2025, 12, 31)}, True),
    ],
)
def test_the_work_list_asks_for_a_baseline_where_judging_has_none(unit, fields, asked):
    """累计建成 5000 is what stands and needs one; sums from a known start and floors of a year do not."""
    ledger = MemoryLedger()
    record(ledger, [paper()], [statement("指标", "500", unit, 100, **fields)], [], who="王")
    decided(ledger, *ledger.current(Commitment), decision="accepted")
    identity = ledger.current(Commitment)[0].indicator_id
    target = target_of(ledger, identity)
    ledger_says = bool(told(ledger, "基期"))
    value = Observation(
        indicator_id=identity,
        period_start=date(2025, 1, 1),
        period_end=date(2025, 9, 30),
        basis=fields["accumulation"],
        source="workbook",
        origin="区数据局",
        magnitude=target.magnitude / 5,
        unit=target.unit,
    )
    with ledger.batch("import", who="张") as transaction:
        transaction.add([value])
    (verdict,) = judge(ledger).verdicts
    assert (ledger_says, verdict.state == "no_baseline") == (asked, asked)
