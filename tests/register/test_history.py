"""The story of an indicator in order."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from indicators.errors import UsageError
from indicators.model import Board, BoardLine, Indicator, Observation, Relation, Setting, Target
from indicators.register.chronicle import find, history
from indicators.register.configuring import Changes, apply, revise
from indicators.register.decisions import Decision, decide, merge, pending, relate


def reported(identity, value, **fields):
    return Observation(
        indicator_id=identity,
        period_start=date(2026, 6, 30),
        period_end=date(2026, 6, 30),
        basis="level",
        source="workbook",
        origin="和林格尔新区管委会",
        magnitude=Decimal(value),
        unit="P",
        file_name="q2.xlsx",
        sheet="季度数据",
        cell="F5",
        **fields,
    )


def test_the_story_is_told_in_order(store):
    """Stated, accepted, merged, set, reported, restated, revised, judged: one after the other."""
    (proposal,) = [each for each in store.current(Relation) if each.sort == "same_as"]
    rows = [each.commitment_id for each in pending(store, place="和林格尔数据中心集群")]
    decide(store, [Decision(commitment_id=each, decision="accepted") for each in rows], who="李")
    relate(store, proposal.relation_id, True, who="李")
    cluster = find(store, "算力总规模", "和林格尔数据中心集群").indicator_id
    setting = Setting(
        indicator_id=cluster, baseline=Decimal(180000), baseline_date=date(2025, 12, 31)
    )
    apply(store, Changes(settings=[setting]), who="李")
    with store.batch("import", who="区") as batch:
        batch.add([reported(cluster, "276000")])
    with store.batch("import", who="区") as batch:
        batch.add([reported(cluster, "275000", reason="统计口径更正")])
    (target,) = [
        each for each in store.current(Target, indicator_id=cluster) if each.status == "accepted"
    ]
    new = revise(
        target,
        magnitude=Decimal(350000),
        approved_by="呼政发〔2026〕9号",
        reason="建设推迟",
        effective_on=date(2026, 7, 1),
    )
    apply(store, Changes(targets=[new]), who="李")
    with store.batch("issue", who="李") as batch:
        batch.add(
            [
                Board(
                    board_id="b",
                    quarter="2026Q2",
                    as_of=date(2026, 6, 30),
                    issued_at=datetime(2026, 7, 10, tzinfo=UTC),
                    title="二季度通报",
                ),
                BoardLine(
                    board_id="b",
                    target_id=target.target_id,
                    indicator_id=cluster,
                    state="behind",
                    light="yellow",
                    sentence="滞后",
                ),
            ]
        )
    events = history(store, cluster)
    assert [each.batch.seq for each in events] == sorted(each.batch.seq for each in events)
    words = " | ".join(f"{each.sort}:{each.words}" for each in events)
    for part in (
        "提出:《news.txt》提出目标 算力总规模 40万P（2026-12-31）",
        "目标:目标确认：不低于 40万P（2026-12-31）",
        "合并:呼和浩特市算力总规模 并入 和林格尔数据中心集群算力总规模",
        "设置:基期 18万P（2025-12-31）",
        "实际:和林格尔新区管委会 报告 2026-06-30：27.6万P",
        "更正:和林格尔新区管委会 更正 2026-06-30：27.6万P → 27.5万P（统计口径更正）",
        "目标:目标调整为 不低于 35万P（2026-12-31），呼政发〔2026〕9号，自 2026-07-01 起：建设推迟",
        "研判:2026Q2 通报：滞后",
    ):
        assert part in words, words
    quoted = next(each for each in events if each.sort == "提出")
    assert "24.95万P" in quoted.evidence


def test_a_retracted_batch_is_told_as_void(store):
    """What was voided stays in the story, marked."""
    cluster = find(store, "算力总规模", "和林格尔数据中心集群").indicator_id
    setting = Setting(indicator_id=cluster, baseline=Decimal(1), baseline_date=date(2025, 12, 31))
    apply(store, Changes(settings=[setting]), who="李")
    store.retract(store.batches()[-1].batch, who="李", reason="填错")
    (event,) = [each for each in history(store, cluster) if each.sort == "设置"]
    assert event.void


def test_an_indicator_is_found_by_id_or_name(memory):
    """A name that two places share asks for the place; an unknown one gets near names."""
    (power,) = [each for each in memory.current(Indicator) if each.name == "智算规模"]
    assert find(memory, power.indicator_id) == power
    assert find(memory, "智算规模") == power
    with pytest.raises(UsageError, match="有 2 个"):
        find(memory, "算力总规模")
    with pytest.raises(UsageError) as error:
        find(memory, "智算")
    assert "武清区智算规模" in str(error.value)


def test_one_that_was_merged_away_is_found(memory):
    """Its story is told under its name when no other indicator has it."""
    ids = {each.name: each.indicator_id for each in memory.current(Indicator, place="武清区")}
    merge(memory, ids["典型应用场景"], ids["高质量数据集"], who="李")
    assert find(memory, "典型应用场景").indicator_id == ids["典型应用场景"]
    assert "合并" in {each.sort for each in history(memory, ids["典型应用场景"])}
