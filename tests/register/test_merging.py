"""What cannot be tied together is refused, and reported values follow a merge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.errors import UsageError
from indicators.model import Indicator, Observation, Relation
from indicators.register.decisions import merge, relate, split, unmerge, unsplit


def named(ledger, name, place="武清区"):
    return next(
        each.indicator_id
        for each in ledger.current(Indicator, place=place)
        if each.name == name and not each.retired
    )


def test_quantities_of_another_dimension_do_not_merge(memory):
    """智算规模 and 5G基站 are not one quantity."""
    seq = memory.seq
    with pytest.raises(UsageError, match="量纲不同"):
        merge(memory, named(memory, "智算规模"), named(memory, "5G基站"), who="李")
    assert memory.seq == seq


def test_circles_are_refused(memory):
    """What was merged away cannot be merged into, and nothing merges into itself."""
    one, other = named(memory, "典型应用场景"), named(memory, "高质量数据集")
    with pytest.raises(UsageError, match="循环"):
        merge(memory, one, one, who="李")
    merge(memory, one, other, who="李")
    with pytest.raises(UsageError):
        merge(memory, other, one, who="李")


def test_unknown_indicators_are_refused(memory):
    """An id that the ledger does not have is named."""
    with pytest.raises(UsageError, match="没有这个指标"):
        merge(memory, "nothing", named(memory, "智算规模"), who="李")
    with pytest.raises(UsageError, match="没有并入"):
        unmerge(memory, named(memory, "智算规模"), who="李")
    with pytest.raises(UsageError, match="没有编号"):
        relate(memory, "nothing", True, who="李")


def test_a_part_of_its_part_is_a_circle(memory):
    """A whole cannot be part of what is part of it."""
    (part,) = [each for each in memory.current(Relation) if each.sort == "part_of"]
    relate(memory, part.relation_id, True, who="李")
    back = Relation(relation_id="back", sort="part_of", subject=part.object, object=part.subject)
    with memory.batch("load", who="王") as batch:
        batch.add([back])
    with pytest.raises(UsageError, match="循环"):
        relate(memory, "back", True, who="李")


def test_a_split_leaves_something(memory):
    """All statements cannot be split off, nor those of another indicator."""
    from indicators.model import Commitment

    identity = named(memory, "高质量数据集")
    ids = [each.commitment_id for each in memory.current(Commitment, indicator_id=identity)]
    with pytest.raises(UsageError, match="全部"):
        split(memory, identity, ids, who="李")
    with pytest.raises(UsageError, match="不属于"):
        split(memory, identity, ["nothing"], who="李")
    with pytest.raises(UsageError, match="没有被拆出"):
        unsplit(memory, ids, who="李")


def test_reported_values_follow_a_merge_and_go_back(store):
    """A value reported for the merged indicator counts for the other, until the merge is undone."""
    city = named(store, "算力总规模", "呼和浩特市")
    cluster = named(store, "算力总规模", "和林格尔数据中心集群")
    reported = Observation(
        indicator_id=city,
        period_start=date(2026, 6, 30),
        period_end=date(2026, 6, 30),
        basis="level",
        source="workbook",
        origin="市数据局",
        magnitude=Decimal(276000),
        unit="P",
        file_digest="f" * 64,
        sheet="季度数据",
        cell="F5",
    )
    with store.batch("import", who="王") as batch:
        batch.add([reported])

    def values(identity):
        return {
            each.magnitude
            for each in store.current(Observation, indicator_id=identity)
            if each.source == "workbook" and not each.withdrawn
        }

    merge(store, city, cluster, who="李")
    assert values(cluster) == {Decimal(276000)}
    unmerge(store, city, who="李")
    assert values(cluster) == set()
    assert values(city) == {Decimal(276000)}


def test_a_part_of_several_wholes_closes_no_circle(memory):
    """What is part of two is found to be so by either of them."""
    (part,) = [each for each in memory.current(Relation) if each.sort == "part_of"]
    relate(memory, part.relation_id, True, who="李")
    city = named(memory, "算力总规模", "呼和浩特市")
    other = Relation(relation_id="second", sort="part_of", subject=part.subject, object=city)
    back = Relation(relation_id="back", sort="part_of", subject=part.object, object=part.subject)
    with memory.batch("load", who="王") as batch:
        batch.add([other, back])
    relate(memory, "second", True, who="李")
    seq = memory.seq
    with pytest.raises(UsageError, match="循环"):
        relate(memory, "back", True, who="李")
    assert memory.seq == seq
