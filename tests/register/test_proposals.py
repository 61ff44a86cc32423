"""Relations across documents and levels are proposed with a score, never decided."""

from __future__ import annotations

from datetime import date

from indicators.model import Relation
from indicators.register.identity import group
from indicators.register.likeness import propose
from indicators.register.names import key
from tests.register.statements import digest, news, newspaper, paper, statement

PARENTS = {"和林格尔数据中心集群": "呼和浩特市", "呼和浩特市": "内蒙古自治区"}


def proposed(rows, *papers, parents=PARENTS):
    documents = {each.document_digest: each for each in papers}
    groups = group(rows)
    names = {each.indicator_id: each for each in groups}
    return {
        (each.sort, names[each.subject].place, names[each.object].place): each
        for each in propose(groups, documents, parents)
    }


def test_the_same_target_of_a_place_and_the_one_above_is_proposed():
    """40万P of 呼和浩特市 is proposed to be that of the cluster, of which more is said."""
    found = proposed(news(), newspaper())
    relation = found["same_as", "呼和浩特市", "和林格尔数据中心集群"]
    assert relation.status == "proposed"
    assert 0.7 <= relation.score < 1


def test_what_the_text_calls_a_part_is_proposed_as_one():
    """其中智能算力 is a part of 算力总规模."""
    found = proposed(news(), newspaper())
    assert ("part_of", "和林格尔数据中心集群", "和林格尔数据中心集群") in found


def test_across_documents_the_plan_keeps_the_indicator():
    """A newspaper that repeats a plan's target is proposed to join it, and not the reverse."""
    rows = [
        statement("行业大模型", "6", "个", 10),
        statement("行业大模型", "6", "个", 10, document="news.txt"),
        statement("行业大模型", "6", "个", 90, document="news.txt"),
    ]
    (relation,) = propose(
        group(rows), {each.document_digest: each for each in (paper(), newspaper())}
    )
    assert relation.score == 1.0
    plan = next(each for each in group(rows) if each.commitments[0].document == "plan.txt")
    assert relation.object == plan.indicator_id


def test_a_contradiction_lowers_the_score():
    """The same name with another value for the same day is proposed with a lower score."""
    rows = [
        statement("数据集", "100", "个", 10),
        statement("数据集", "80", "个", 10, document="news.txt"),
    ]
    (relation,) = propose(group(rows), {})
    assert relation.score == 0.7
    assert "不同" in relation.reason


def test_containment_alone_is_a_weak_proposal():
    """汽车保有量 and 新能源汽车保有量 are shown side by side with a low score."""
    rows = [
        statement("汽车保有量", "100", "万辆", 10),
        statement("新能源汽车保有量", "20", "万辆", 60),
    ]
    (relation,) = propose(group(rows), {})
    assert relation.score < 0.5


def test_near_names_are_proposed():
    """数据中心上架率 and 数据中心总体上架率 differ by a word."""
    rows = [
        statement("数据中心上架率", "80", "%", 10, document="news.txt"),
        statement("数据中心总体上架率", "80", "%", 10),
    ]
    (relation,) = propose(group(rows), {})
    assert relation.sort == "same_as"
    assert relation.score > 0.7


def test_a_lower_place_with_less_contributes():
    """A city's smaller target of the same name and day contributes to the region's."""
    rows = [
        statement("数据集", "100", "个", 10, place="内蒙古自治区"),
        statement("数据集", "30", "个", 10, place="呼和浩特市", document="city.txt"),
    ]
    (relation,) = propose(group(rows), {}, PARENTS)
    assert relation.sort == "contributes_to"
    rates = [
        statement("上架率", "80", "%", 10, place="内蒙古自治区"),
        statement("上架率", "60", "%", 10, place="呼和浩特市", document="city.txt"),
    ]
    assert propose(group(rates), {}, PARENTS) == ()


def test_sameness_has_one_id_in_both_directions():
    """A proposal that turns round keeps its id, so that a decision on it stays."""
    rows = [
        statement("数据集", "100", "个", 10),
        statement("数据集", "100", "个", 10, document="b.txt"),
    ]
    one = propose(group(rows), {digest("plan.txt"): paper(genre="news")})
    other = propose(group(rows), {digest("b.txt"): paper("b.txt", genre="news")})
    assert one[0].relation_id == other[0].relation_id
    assert (one[0].subject, one[0].object) == (other[0].object, other[0].subject)


def test_every_proposal_is_a_relation_row():
    """Proposals are rows of table relations with both ends among the groups."""
    groups = group(news())
    ends = {each.indicator_id for each in groups}
    for each in propose(groups, {}, PARENTS):
        assert isinstance(each, Relation)
        assert {each.subject, each.object} <= ends


def test_names_compare_as_keys():
    """The day that a document gives does not matter to a proposal by name."""
    rows = [
        statement("智算规模", "30", "EFLOPS", 10),
        statement("可支撑智算规模", "20", "EFLOPS", 10, document="b.txt", date=date(2026, 12, 31)),
    ]
    assert key(rows[0].name) == key(rows[1].name)
    assert len(propose(group(rows), {})) == 1
