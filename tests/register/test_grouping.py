"""Which statements of a document are one indicator, and which one target."""

from __future__ import annotations

from datetime import date

from indicators.register.identity import group, join
from tests.register.statements import statement, wuqing


def names(groups):
    return {each.name: len(each.commitments) for each in groups}


def test_seventeen_statements_are_eleven_indicators():
    """武清's 17 statements become 11 indicators, six of them with two citations."""
    groups = group(wuqing())
    assert len(groups) == 11
    assert sorted(len(each.commitments) for each in groups) == [1] * 5 + [2] * 6
    assert all(len(join(each.commitments)) == 1 for each in groups)


def test_the_longest_name_stands_and_a_verb_of_reaching_does_not():
    """产业规模 joins 人工智能产业规模; 可支撑智算规模 is shown as 智算规模."""
    found = names(group(wuqing()))
    assert found["人工智能产业规模"] == 2
    assert found["智算规模"] == 2
    assert found["关键核心技术攻关项目"] == 2


def test_the_explicit_bound_and_the_stated_date_win():
    """30 in the goals and 30以上 in a task are one target: at least 30, by the stated date."""
    only = next(each for each in group(wuqing()) if each.name == "智算规模")
    (target,) = join(only.commitments)
    assert target.bound == "at_least"
    assert target.date_source == "stated"
    assert [each.start for each in target.commitments] == [666, 913]


def test_containment_alone_does_not_unite():
    """新能源汽车保有量 is not 汽车保有量."""
    rows = [
        statement("汽车保有量", "100", "万辆", 10),
        statement("新能源汽车保有量", "20", "万辆", 60),
    ]
    assert len(group(rows)) == 2


def test_containment_with_the_same_value_and_day_unites():
    """A name inside another, with equal value and deadline, is the same indicator."""
    rows = [
        statement("产业规模", "500", "亿元", 10),
        statement("人工智能产业规模", "500", "亿元", 60),
    ]
    assert names(group(rows)) == {"人工智能产业规模": 2}


def test_a_name_that_fits_two_others_joins_none():
    """产业规模 could be either of two industries of equal value: nobody is guessed."""
    rows = [
        statement("产业规模", "500", "亿元", 10),
        statement("人工智能产业规模", "500", "亿元", 60),
        statement("生物医药产业规模", "500", "亿元", 110),
    ]
    assert len(group(rows)) == 3


def test_another_day_is_another_target_of_the_same_indicator():
    """Two steps toward one goal are one indicator with two targets."""
    rows = [
        statement("智算规模", "15", "EFLOPS", 10, date=date(2026, 12, 31)),
        statement("智算规模", "30", "EFLOPS", 60),
    ]
    (only,) = group(rows)
    assert [each.deadline.year for each in join(only.commitments)] == [2026, 2027]


def test_a_target_without_a_day_joins_the_only_dated_one():
    """6个以上 without a year cites the target of 2028 once there is just one."""
    rows = [
        statement("行业大模型", "6", "个", 10),
        statement("行业大模型", "6", "个", 60, date=None, date_source=""),
    ]
    (only,) = join(rows)
    assert only.deadline == date(2027, 12, 31)
    rows.append(statement("行业大模型", "6", "个", 110, date=date(2030, 12, 31)))
    assert len(join(rows)) == 3


def test_a_cap_and_a_floor_of_one_value_are_two_targets():
    """5.5%以内 and 5.5%以上 do not cite each other."""
    rows = [
        statement("失业率", "5.5", "%", 10, bound="at_most"),
        statement("失业率", "5.5", "%", 60, bound="at_least"),
    ]
    assert len(join(rows)) == 2


def test_place_dimension_and_distribution_part_indicators():
    """The same name elsewhere, in another dimension or per department is another quantity."""
    rows = [
        statement("应用场景", "5", "个", 10),
        statement("应用场景", "5", "个", 60, place="包头市"),
        statement("应用场景", "5", "亿元", 110),
        statement("应用场景", "5", "个", 160, distribution="每部门"),
    ]
    assert len(group(rows)) == 4


def test_synonyms_of_the_office_unite():
    """Names that settings declare equal are one indicator in that place."""
    rows = [statement("智算规模", "30", "EFLOPS", 10), statement("智能算力", "20", "EFLOPS", 60)]
    assert len(group(rows)) == 2
    assert len(group(rows, {("武清区", "智能算力"): "智算规模"})) == 1
    assert len(group(rows, {("包头市", "智能算力"): "智算规模"})) == 2


def test_rejected_statements_are_in_no_group():
    """What a person rejected states nothing."""
    assert group([statement("智算规模", "30", "EFLOPS", 10, review="rejected")]) == []


def test_what_was_split_off_stays_off():
    """Statements split from an indicator form one of their own, and the rest keeps its id."""
    rows = wuqing()
    before = next(each for each in group(rows) if each.name == "高质量数据集")
    first = before.commitments[0].commitment_id
    parted = [
        each
        for each in group(rows, apart={first: before.indicator_id})
        if each.name == "高质量数据集"
    ]
    assert sorted(len(each.commitments) for each in parted) == [1, 1]
    rest = next(each for each in parted if each.commitments[0].commitment_id != first)
    assert rest.indicator_id == before.indicator_id
