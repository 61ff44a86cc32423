"""Qualitative commitments in sentences: milestones, relative goals, repeated acts."""

from datetime import date

import pytest

from indicators.extraction import tasks


def rows(document, sort):
    """Return title and deadline of the tasks of one sort."""
    return [(task.title, task.deadline) for task in tasks(document) if task.sort == sort]


END_2024, END_2025, END_2026 = date(2024, 12, 31), date(2025, 12, 31), date(2026, 12, 31)


def test_staged_milestones_stand_by_year(seed):
    """呼和浩特's three stages, clause by clause; its counted clauses are left to the numbers."""
    assert rows(seed("002"), "milestone") == [
        ("市本级各相关部门基本形成本领域“人工智能+”发展规划", END_2024),
        ("公共数据资源实现以部门为单位高质量供给", END_2024),
        ("智能算力中心及算力资源调度平台启动建设", END_2024),
        ("人工智能本地化发展市场雏形基本形成", END_2024),
        (
            "各旗县区、市属国有企业研究形成本地区、本单位“人工智能+”发展规划并开展“小切口”应用",
            END_2025,
        ),
        ("公共数据质量、总量大幅提升", END_2025),
        ("智能算力中心及算力资源调度平台建成并投入运营，全市智能算力形成一盘棋", END_2025),
        ("人工智能要素保障市场框架基本完善", END_2025),
        ("“人工智能+”在全市各层级、各部门渗透度显著提高", END_2026),
        ("智能算力供给水平全面满足人工智能场景落地发展需求", END_2026),
        ("本地化人工智能发展氛围基本形成", END_2026),
    ]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("000", [("人工智能技术与应用水平达到自治区领先水平", "自治区领先水平")]),
        (
            "001",
            [
                (
                    "新一代智能终端、智能体在重点行业与民生领域的普及率不低于全国平均水平",
                    "全国平均水平",
                )
            ],
        ),
        ("002", [("典型应用场景处于全国先列", "全国先列")]),
        ("003", []),
        ("004", []),
    ],
)
def test_relative_goals_of_the_seeds(seed, number, expected):
    """A goal that is measured by others names whom it is measured by."""
    found = [task for task in tasks(seed(number)) if task.sort == "relative"]
    assert [(task.title, task.reference) for task in found] == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("000", []),
        (
            "002",
            [
                ("以半年为单位召开场景供需对接会", "每半年"),
                ("定期举办高水平人工智能创新大会", "定期"),
            ],
        ),
        ("004", [("制定年度工作计划和重点工作台账", "每年"), ("定期研究重要工作", "定期")]),
    ],
)
def test_repeated_acts_of_the_seeds(seed, number, expected):
    """An act to be repeated names how often."""
    found = [task for task in tasks(seed(number)) if task.sort == "recurring"]
    assert [(task.title, task.frequency) for task in found] == expected


@pytest.mark.parametrize(
    ("clause", "reference"),
    [
        ("研发投入强度高于全省平均水平", "全省平均水平"),
        ("居民收入增长与经济增长同步", "经济增长"),
        ("农村居民收入增速快于城镇居民收入增速", "城镇居民收入增速"),
        ("营商环境进入全国第一方阵", "全国第一方阵"),
        ("关键技术达到国际先进水平", "国际先进水平"),
        ("普惠金融覆盖面保持全国前列", "全国前列"),
    ],
)
def test_the_reference_of_a_relative_goal(parse, clause, reference):
    """Average, level, rank and growth of others are references."""
    document = parse(f"一、发展目标\n到2027年，{clause}。\n", title="某市规划（2025—2027年）")
    (task,) = [task for task in tasks(document) if task.sort == "relative"]
    assert task.title == clause
    assert task.reference == reference
    assert (task.deadline, task.date_source) == (date(2027, 12, 31), "stated")


@pytest.mark.parametrize(
    ("clause", "frequency"),
    [
        ("每半年召开一次供需对接会", "每半年"),
        ("每季度通报进展情况", "每季度"),
        ("每年开展一次评估", "每年"),
        ("按月调度项目建设", "每月"),
        ("定期发布场景清单", "定期"),
        ("制定年度工作计划", "每年"),
    ],
)
def test_the_frequency_of_a_repeated_act(parse, clause, frequency):
    """每半年, 按月, 定期 and 年度 say how often."""
    document = parse(
        f"一、保障措施\n（一）加强领导。建立机制，{clause}，解决问题。\n",
        title="某市方案（2025—2027年）",
    )
    found = [task for task in tasks(document) if task.sort == "recurring"]
    assert [task.frequency for task in found] == [frequency]
    assert found[0].title == clause


@pytest.mark.parametrize(
    ("sentence", "title", "deadline", "source"),
    [
        ("2026年底前出台实施细则。", "出台实施细则", END_2026, "stated"),
        ("2026年6月底前，平台建成投用。", "平台建成投用", date(2026, 6, 30), "stated"),
        ("加快建设步伐，力争2026年建成公共服务平台。", "建成公共服务平台", END_2026, "stated"),
        (
            "2026年、2027年分别建成甲乙高铁、丙丁高铁。",
            "分别建成甲乙高铁、丙丁高铁",
            date(2027, 12, 31),
            "stated",
        ),
    ],
)
def test_a_dated_act_is_a_milestone(parse, sentence, title, deadline, source):
    """A task that names a day names a milestone."""
    document = parse(
        f"一、重点任务\n（一）建设平台。{sentence}\n",
        title="某市方案（2025—2027年）",
        issued_on=date(2025, 3, 1),
    )
    found = [task for task in tasks(document) if task.sort == "milestone"]
    assert [(task.title, task.deadline, task.date_source) for task in found] == [
        (title, deadline, source)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "到2027年，建成平台5个。",
        "到2027年，产业规模进一步提升，突破500亿元。",
        "推进“十五五”重大项目建设。",
        "落实《行动方案（2025—2027年）》，完成任务。",
        "服务能力达到国内先进水平的企业5家。",
        "坚持统筹发展，完善体系。",
    ],
)
def test_what_is_counted_or_undated_is_no_qualitative_commitment(parse, sentence):
    """Numbers belong to the commitments; a plan's name is no deadline; rhetoric is neither."""
    document = parse(
        f"一、重点任务\n（一）建设平台。{sentence}\n",
        title="某市方案（2025—2027年）",
        issued_on=date(2025, 3, 1),
    )
    assert {task.sort for task in tasks(document)} == {"task"}


def test_a_time_holds_for_the_sentences_behind_it(seed):
    """到2028年 opens 包头's goals; the next sentences inherit it from their section."""
    found = [task for task in tasks(seed("000")) if task.sort in {"milestone", "relative"}]
    assert [task.date_source for task in found] == ["stated", "section", "section"]
    assert {task.deadline for task in found} == {date(2028, 12, 31)}


PLAN_OF_GOALS = """三、重点任务
（一）夯实底座。2025年底智算中心启动建设，2026年6月底前建成投用。
（二）稳定增长。居民收入增长与经济增长基本同步，节能减排完成省下达任务，投资增速高于全省、领先全国。
"""


def test_a_second_step_keeps_the_subject_of_the_first(parse):
    """2026年6月底前建成投用 alone names nothing: it quotes from the subject on."""
    assert rows(
        parse(PLAN_OF_GOALS, title="某市行动方案（2025—2027年）", issued_on=date(2025, 3, 10)),
        "milestone",
    ) == [
        ("智算中心启动建设，2026年6月底前建成投用", date(2026, 6, 30)),
        ("智算中心启动建设", END_2025),
    ]


def test_a_goal_may_be_set_by_others_or_only_go_with_them(parse):
    """与经济增长同步, 完成省下达任务 and 高于全省 state no number and name their reference."""
    found = [
        task
        for task in tasks(
            parse(PLAN_OF_GOALS, title="某市行动方案（2025—2027年）", issued_on=date(2025, 3, 10))
        )
        if task.sort == "relative"
    ]
    assert [(task.title, task.reference) for task in found] == [
        ("居民收入增长与经济增长基本同步", "经济增长"),
        ("节能减排完成省下达任务", "省下达任务"),
        ("投资增速高于全省、领先全国", "全省"),
    ]
