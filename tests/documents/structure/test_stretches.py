"""Stretches: role and time of text that headings or opening words give."""

from datetime import date

import pytest

REPORT = """各位代表！
地区生产总值增长5%。
过去一年，我们主要做了以下工作。
（一）扩大内需
投资增长3%。
（二）改善民生
建成学校10所。
我们也清醒看到，发展还面临困难。
二、“十五五”时期主要目标
到2030年，规模翻一番。
三、2026年重点工作
今年主要预期目标是：地区生产总值增长5%左右。
重点抓好以下工作：
（一）扩大内需。投资增长4%。
"""


def stretch(document, words):
    """Return role and last day of the stretch that holds the words."""
    found = document.stretch_at(document.text.index(words))
    return found.role, found.until


@pytest.mark.parametrize(
    ("words", "role", "until"),
    [
        ("地区生产总值增长5%。", "review", date(2025, 12, 31)),
        ("投资增长3%", "review", date(2025, 12, 31)),
        ("建成学校10所", "review", date(2025, 12, 31)),
        ("发展还面临困难", "situation", date(2025, 12, 31)),
        ("规模翻一番", "targets", date(2030, 12, 31)),
        ("地区生产总值增长5%左右", "targets", date(2026, 12, 31)),
        ("投资增长4%", "tasks", date(2026, 12, 31)),
    ],
)
def test_a_work_report_has_its_parts(parse, words, role, until):
    """Review, difficulties, goals and this year's work are told apart, each with its time."""
    document = parse(
        REPORT, title="2026年某省政府工作报告", issuer="某省人民政府", issued_on=date(2026, 1, 20)
    )
    assert stretch(document, words) == (role, until)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("公共数据资源实现", date(2024, 12, 31)),
        ("各旗县区、市属国有企业研究", date(2025, 12, 31)),
        ("渗透度显著提高", date(2026, 12, 31)),
        ("做大做强呼和浩特市算力", None),
    ],
)
def test_staged_milestones_have_their_year(seed, words, until):
    """——2024年底，… dates its paragraph and nothing behind it."""
    assert stretch(seed("002"), words)[1] == until


@pytest.mark.parametrize(
    ("heading", "until"),
    [
        ("到2027年的主要目标", date(2027, 12, 31)),
        ("2025年阶段", date(2025, 12, 31)),
        ("第一阶段（2024年）", date(2024, 12, 31)),
        ("第二阶段（2025—2026年）", date(2026, 12, 31)),
        ("“十四五”时期发展目标", date(2025, 12, 31)),
        ("2026年6月底前完成的任务", date(2026, 6, 30)),
        ("2026年上半年目标", date(2026, 6, 30)),
        ("2026年前三季度任务", date(2026, 9, 30)),
        ("2026年二季度任务", date(2026, 6, 30)),
        ("2026年7月前完成的任务", date(2026, 6, 30)),
        ("主要任务", None),
    ],
)
def test_a_heading_dates_what_is_below(parse, heading, until):
    """A deadline in a heading is inherited by its parts."""
    document = parse(f"一、{heading}\n（一）建设平台\n建成平台5个。\n")
    assert stretch(document, "建成平台")[1] == until


def test_an_announcement_dates_the_list_below_it(parse):
    """2025年的主要目标是： holds for the paragraphs up to the next heading."""
    document = parse(
        "（一）目标\n2025 年的主要目标是：\n成效显著。建成500个工厂。\n支撑坚实。\n三、任务\n建设5个。\n"
    )
    assert stretch(document, "建成500个") == ("targets", date(2025, 12, 31))
    assert stretch(document, "支撑坚实") == ("targets", date(2025, 12, 31))
    assert stretch(document, "建设5个") == ("tasks", None)


def test_goals_of_a_period_date_the_tasks_that_serve_them(parse):
    """实现上述目标 continues the time of the goals before it, until a heading of the same rank."""
    document = parse(
        "“十五五”时期的主要目标是：增长5%。\n实现上述目标，要坚持改革。\n（一）发展。建设10个。\n"
        "三、2026年重点工作\n建设3个。\n",
        title="2026年某省政府工作报告",
        issued_on=date(2026, 2, 1),
    )
    assert stretch(document, "建设10个") == ("tasks", date(2030, 12, 31))
    assert stretch(document, "建设3个") == ("tasks", date(2026, 12, 31))


def test_a_report_excerpt_that_never_looks_ahead_is_review(parse):
    """A work report begins with the past."""
    document = parse(
        "生产总值增长3.9%。\n建成学校10所。\n",
        title="2026年政府工作报告",
        issued_on=date(2026, 1, 31),
    )
    assert stretch(document, "建成") == ("review", date(2025, 12, 31))


def test_a_bulletin_speaks_of_the_year_before(parse):
    """All of a statistical bulletin is review of the year before its issue."""
    document = parse(
        "一、综合\n生产总值4200亿元。\n", title="2025年统计公报", issued_on=date(2026, 3, 28)
    )
    assert stretch(document, "4200") == ("review", date(2025, 12, 31))


@pytest.mark.parametrize(
    ("title", "since", "until"),
    [
        ("某市2025年国民经济和社会发展统计公报", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026年上半年经济运行情况", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026年前三季度经济运行情况", date(2026, 1, 1), date(2026, 9, 30)),
        ("2026年1-5月统计数据", date(2026, 1, 1), date(2026, 5, 31)),
        ("2026年二季度统计数据", date(2026, 4, 1), date(2026, 6, 30)),
    ],
)
def test_the_title_of_a_bulletin_names_its_period(parse, title, since, until):
    """A bulletin of half a year speaks of that half."""
    found = parse("生产总值4200亿元。\n", title=title, issued_on=date(2026, 10, 20)).stretch_at(0)
    assert (found.role, found.since, found.until) == ("review", since, until)


@pytest.mark.parametrize("heading", ["做好2022年冬奥会遗产利用", "谋划“十五五”重大项目"])
def test_a_year_in_a_name_is_no_deadline(parse, heading):
    """A year gone by, or the plan that projects belong to, dates no task of this year."""
    document = parse(
        f"三、2026年重点工作\n（一）{heading}\n建成场馆5个。\n",
        title="2026年某省政府工作报告",
        issued_on=date(2026, 1, 20),
    )
    assert stretch(document, "建成场馆") == ("tasks", date(2026, 12, 31))


def test_a_goal_may_be_labelled_inside_its_paragraph(parse):
    """工作目标。到2027年… opens goals without a heading."""
    document = parse("工作目标。到2027年，建成平台5个，规模达到30P，形成体系。\n")
    assert stretch(document, "建成平台")[0] == "targets"


def test_a_plan_promises_nothing_by_its_first_paragraph(seed):
    """The notice in front of a plan has neither role nor time."""
    assert seed("004").stretch_at(0).role == ""
    assert seed("004").stretch_at(0).until is None
