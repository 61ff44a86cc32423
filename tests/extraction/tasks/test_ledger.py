"""Plans as ledgers of tasks: numbered tasks, measures of support, their offices and deadlines."""

from collections import Counter
from datetime import date

import pytest

from indicators.extraction import tasks

BAOTOU = [
    ("1", "聚力攻坚重点行业大模型", "市科技局"),
    ("2", "强化关键技术协同攻关能力", "市科技局"),
    ("3", "推动科研范式智能化转型", "市科技局"),
    ("4", "深化人工智能与能源融合应用", "市发改委"),
    ("5", "打造智能制造升级版", "市工信局"),
    ("6", "提升现代农牧业智慧水平", "市农牧局"),
    ("7", "促进现代服务业提质增效", "市发改委"),
    ("8", "推动文旅服务智慧升级", "市文旅广电局"),
    ("9", "积极培育数字消费新业态", "市商务局"),
    ("10", "推动交通物流数智化转型", "市交通运输局"),
    ("11", "提升医疗健康智慧化服务", "市卫健委"),
    ("12", "构建智慧教育新生态", "市教育局"),
    ("13", "提升智慧养老托育服务水平", "市民政局"),
    ("14", "深化人工智能赋能生态治理", "市生态环境局"),
    ("15", "强化重点领域风险防控", "市应急管理局"),
    ("16", "推进城市治理数智化转型", "市行政审批政务服务与数据管理局"),
    ("17", "打造智慧政务便捷新体验", "市行政审批政务服务与数据管理局"),
    ("18", "提升场景建设和培育", "市行政审批政务服务与数据管理局"),
    ("19", "构建开放协同发展新格局", "市招商投资促进局"),
]
BAOTOU_SUPPORT = [
    ("（一）", "打造公共服务支撑平台", "市行政审批政务服务与数据管理局"),
    ("（二）", "激活数据要素潜能", "市行政审批政务服务与数据管理局"),
    ("（三）", "夯实绿色算力基础设施", "市行政审批政务服务与数据管理局"),
    ("（四）", "筑牢人工智能安全屏障", "市委网信办"),
    ("（五）", "构建多元人才培养体系", "市教育局"),
]


def of(document, sort):
    """Return the tasks of one sort."""
    return [task for task in tasks(document) if task.sort == sort]


def test_a_plan_without_numbers_is_a_full_ledger(seed):
    """包头's plan states no number: its 19 tasks and 5 supports are its ledger, each with a lead."""
    document = seed("000")
    rows = [(task.number, task.title, task.lead_office) for task in of(document, "task")]
    supports = [(task.number, task.title, task.lead_office) for task in of(document, "support")]
    assert rows == BAOTOU
    assert supports == BAOTOU_SUPPORT
    assert {task.deadline for task in tasks(document)} == {date(2028, 12, 31)}
    assert {task.place for task in tasks(document)} == {"包头市"}


@pytest.mark.parametrize(
    ("number", "counted", "supports"),
    [("000", 19, 5), ("001", 17, 5), ("002", 11, 3), ("003", 0, 0), ("004", 17, 3)],
)
def test_the_seeds_have_as_many_tasks_as_they_number(seed, number, counted, supports):
    """Steps （1） of a task are no tasks; a newspaper has none; 一是…二是… below 保障措施 are supports."""
    counts = Counter(task.sort for task in tasks(seed(number)))
    assert (counts["task"], counts["support"]) == (counted, supports)


def test_supports_inside_one_paragraph_are_told_apart(seed):
    """武清's 保障措施 holds three measures in one paragraph."""
    assert [task.title for task in of(seed("004"), "support")] == [
        "建立区人工智能发展工作协调机制",
        "创新人才培养模式",
        "落实国家关于人工智能监管要求",
    ]


def test_the_first_office_leads_and_the_others_support(seed):
    """责任单位 names no lead: the first is proposed, general bodies come last."""
    first = of(seed("000"), "task")[1]
    assert first.lead_office == "市科技局"
    assert first.supporting_offices == (
        "市工信局",
        "市发改委",
        "市教育局",
        "市行政审批政务服务与数据管理局",
        "各旗县区人民政府",
        "稀土高新区管委会",
    )


def test_a_named_lead_leads(parse):
    """牵头 wins over the order of naming."""
    document = parse(
        "一、重点任务\n1．建设平台。建成平台。（配合单位：市财政局；牵头单位：市数据局）\n"
    )
    (task,) = tasks(document)
    assert task.lead_office == "市数据局"
    assert task.supporting_offices == ("市财政局",)


def test_a_task_has_its_words_without_its_offices(seed):
    """The text of a task is verbatim, from its heading to the bracket."""
    document = seed("004")
    task = of(document, "task")[0]
    assert task.text.startswith("1．强化算力供给。加快推进中国电信京津冀智算中心")
    assert task.text.endswith("可支撑智算规模达到30EFlops以上。")
    assert task.section == "重点任务 / 夯实算力底座，实施基础设施“强基”行动"
    assert document.text[task.start : task.end].endswith("京清汽车产业园等）")


def test_a_work_report_has_its_topics_as_tasks(parse):
    """Below （一） each paragraph with a topic of its own is a task of the year."""
    document = parse(
        "三、2026年重点工作\n（一）全力稳定增长。要全面发力。\n充分释放消费潜力。落实政策，完善措施，扩大消费规模。\n"
        "全力扩大有效投资。抢抓机遇，谋划项目，扩大投资规模。\n（二）改善民生。办好实事，建设学校。\n",
        title="2026年某省政府工作报告",
        issued_on=date(2026, 1, 20),
    )
    rows = [(task.number, task.title, task.deadline) for task in of(document, "task")]
    assert rows == [
        ("（一）1", "充分释放消费潜力", date(2026, 12, 31)),
        ("（一）2", "全力扩大有效投资", date(2026, 12, 31)),
        ("（二）", "改善民生", date(2026, 12, 31)),
    ]


def test_boxes_are_part_of_the_task_above(parse):
    """A 专栏 and its numbers are no tasks of their own."""
    document = parse(
        "四、主要任务\n（一）整治区域\n建设管网。\n专栏1  整治工程\n1. 排查。排查隐患，建立台账。\n（二）治理河道\n清淤河道，畅通水系。\n",
        title="某市“十四五”规划",
    )
    assert [task.title for task in tasks(document)] == ["整治区域", "治理河道"]


def test_a_review_holds_no_tasks(parse):
    """What a report says it has done is not to be done."""
    document = parse(
        "一、过去一年工作回顾\n（一）扩大内需。落实政策，扩大消费。\n建成平台，定期召开会议。\n",
        title="2026年某省政府工作报告",
        issued_on=date(2026, 1, 20),
    )
    assert tasks(document) == []
