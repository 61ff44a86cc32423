"""Target, actual or baseline; the deadline, where it was read, and none where none is given."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extraction.reading import BULLETIN, NEWS, PLAN, REPORT, one, read

DATES = (
    ("到2027年，培育企业100家。", date(2027, 12, 31), "stated"),
    ("2026年底前，培育企业100家。", date(2026, 12, 31), "stated"),
    ("2026年6月底前，培育企业100家。", date(2026, 6, 30), "stated"),
    ("2027年前，培育企业100家。", date(2026, 12, 31), "stated"),
    ("到“十五五”末，培育企业100家。", date(2030, 12, 31), "stated"),
    ("今年，培育企业100家。", date(2025, 12, 31), "stated"),
    ("2026年上半年，培育企业100家。", date(2026, 6, 30), "stated"),
    ("到2026年第三季度，培育企业100家。", date(2026, 9, 30), "stated"),
    ("力争用三年左右时间，培育企业100家。", date(2027, 12, 31), "plan_period"),
    ("培育企业100家。", date(2027, 12, 31), "plan_period"),
)


@pytest.mark.parametrize(("text", "day", "source"), DATES)
def test_a_deadline_is_the_last_day_of_what_is_meant(text: str, day: date, source: str) -> None:
    """Each deadline says where it was read."""
    found = one(text)
    assert (found.kind, found.date, found.date_source) == ("target", day, source)


def test_news_without_a_date_gives_no_deadline() -> None:
    """An invented deadline would make a false red light."""
    found = one("该市将建设50个智慧社区。", NEWS)
    assert (found.kind, found.date, found.date_source) == ("target", None, "")


def test_a_duration_is_no_deadline() -> None:
    """未来三年 without years gives none."""
    found = one("未来三年，该市将建设50个智慧社区。", NEWS)
    assert (found.kind, found.date) == ("target", None)


def test_a_year_of_comparison_is_no_deadline() -> None:
    """比2020年下降 does not mean by 2020."""
    found = one("单位地区生产总值能耗比2020年下降14%。")
    assert (found.kind, found.date) == ("target", date(2027, 12, 31))


def test_the_time_of_the_goals_reaches_the_sentences_below() -> None:
    """到2026年，… governs the sentences of its paragraph."""
    text = "一、发展目标\n到2026年，产业体系基本形成。培育企业100家以上，打造场景20个。\n二、重点任务\n建设平台3个。"
    found = read(text)
    assert [(each.date, each.name) for each in found] == [
        (date(2026, 12, 31), "企业"),
        (date(2026, 12, 31), "场景"),
        (date(2027, 12, 31), "平台"),
    ]


def test_a_report_looks_back_and_ahead() -> None:
    """A work report of January reviews the year before and promises for the year."""
    text = (
        "一、2025年工作回顾\n地区生产总值增长5.8%，城镇新增就业6万人。\n"
        "二、2026年主要目标\n地区生产总值增长6%左右，城镇新增就业6万人以上。\n"
        "三、2026年重点工作\n新建学校12所，改造老旧小区80个。"
    )
    found = read(text, REPORT)
    assert [each.kind for each in found] == ["actual"] * 2 + ["target"] * 4
    assert {each.date for each in found[:2]} == {date(2025, 12, 31)}
    assert {each.date for each in found[2:]} == {date(2026, 12, 31)}


def test_what_is_expected_of_a_period_already_over_is_actual() -> None:
    """预计全年 in a review of January tells what was done."""
    text = "一、过去一年工作回顾\n预计全年接待游客9600万人次。"
    found = one(text, REPORT)
    assert (found.kind, found.date) == ("actual", date(2025, 12, 31))


def test_a_plan_may_tell_what_is() -> None:
    """目前 and 已 in a plan are actual values, 发展现状 too."""
    text = "一、发展现状\n目前，已建成算力中心5个。\n二、发展目标\n到2027年，建成算力中心12个。"
    found = read(text)
    assert [each.kind for each in found] == ["actual", "target"]


def test_a_bulletin_states_actual_values() -> None:
    """Nothing in a bulletin is a target."""
    text = "全年地区生产总值5632亿元，增长5.3%。年末常住人口689万人。"
    assert {each.kind for each in read(text, BULLETIN)} == {"actual"}


def test_news_tells_targets_by_its_words() -> None:
    """力争, 将 and 到2026年底 are targets in news; 目前 and 已 are not."""
    text = "目前，集群算力总规模已突破24.95万P。该市还将加快建设，力争2026年底算力总规模达到40万P以上。"
    now, goal = read(text, NEWS)
    assert (now.kind, now.bound, now.date_source) == ("actual", "at_least", "document")
    assert (goal.kind, goal.bound, goal.date) == ("target", "at_least", date(2026, 12, 31))


def test_half_a_year_of_news_is_past() -> None:
    """今年1月 in a paper of April is over."""
    found = one("今年1月，该市发布应用场景需求59项。", NEWS)
    assert (found.kind, found.date) == ("actual", date(2026, 1, 31))
    assert PLAN[2] < NEWS[2]


def test_a_report_of_december_looks_forward_to_the_next_year() -> None:
    """全年 under 2026年工作安排 is 2026, though the report was given in December 2025."""
    december = ("2026年政府工作报告", "某县人民政府", date(2025, 12, 22))
    found = one("二、2026年工作安排\n全年新建高标准农田1.2万亩。", december)
    assert (found.kind, found.date) == ("target", date(2026, 12, 31))


def test_a_row_without_a_day_is_trusted_less() -> None:
    """What no one dates is wrong more often, in news and in plans of an unknown kind most of all."""
    dated, undated = one("今年将建设智慧社区50个。", NEWS), one("该市将建设智慧社区50个。", NEWS)
    assert dated.confidence >= 0.9 > 0.6 > undated.confidence


SPEECH = ("在全市产业发展大会上的讲话", "某市人民政府", date(2026, 7, 10))
SUMMARY = ("某区农业农村局2025年工作总结和2026年工作安排", "某区农业农村局", date(2026, 1, 5))


def test_a_speech_gives_no_deadline_of_its_own() -> None:
    """What a speech promises without a day has none; what it dates keeps its day."""
    found = read("要建设标准化厂房20万平方米。今年要引进企业30家。", SPEECH)
    assert [(each.kind, each.date) for each in found] == [
        ("target", None),
        ("target", date(2026, 12, 31)),
    ]


def test_a_summary_tells_and_then_promises() -> None:
    """总结 and 安排 in one title: what the parts say, not the last word of the title."""
    found = read(
        "一、2025年工作总结\n安排专项资金6598万元。\n二、2026年工作安排\n新建高标准农田2万亩。",
        SUMMARY,
    )
    assert [(each.kind, each.date) for each in found] == [
        ("actual", date(2025, 12, 31)),
        ("target", date(2026, 12, 31)),
    ]


def test_a_report_on_a_quarter_dates_by_the_quarter() -> None:
    """一季度 in the title of a bulletin of April is that of its own year."""
    quarter = ("一季度全市经济运行情况", "某市统计局", date(2026, 4, 25))
    found = one("第一产业增加值25亿元。", quarter)
    assert (found.kind, found.date) == ("actual", date(2026, 3, 31))


def test_a_line_of_news_that_is_a_year_heads_what_follows() -> None:
    """2025年 above tells, 2026年 above promises."""
    found = read("回头看\n\n新增就业92万人\n\n2026年\n\n新建高标准农田150万亩以上", NEWS)
    assert [(each.kind, each.date) for each in found] == [
        ("actual", date(2025, 12, 31)),
        ("target", date(2026, 12, 31)),
    ]


def test_a_time_behind_a_count_dates_that_count_alone() -> None:
    """60 by the first quarter, 40 by the end of the year."""
    report = ("2026年政府工作报告", "某市人民政府", date(2026, 1, 20))
    found = read("今年，确保60个产业项目一季度开工、40个产业项目年底前竣工。", report)
    assert [(each.kind, each.date) for each in found] == [
        ("target", date(2026, 3, 31)),
        ("target", date(2026, 12, 31)),
    ]


def test_what_a_speech_turns_to_next_is_promised() -> None:
    """下一步 ends the looking back."""
    found = read("一年来，全市建成标准化厂房20万平方米。\n下一步，新建学校5所。", SPEECH)
    assert [each.kind for each in found] == ["actual", "target"]


def test_the_year_of_a_report_by_its_number_is_ahead() -> None:
    """2026年 in a report of its January is promised, even among what was done."""
    report = ("政府工作报告", "某市人民政府", date(2026, 1, 20))
    found = read("一年来，新建学校3所。2026年，新增供地3000亩。", report)
    assert [(each.kind, each.date) for each in found] == [
        ("actual", date(2025, 12, 31)),
        ("target", date(2026, 12, 31)),
    ]


def test_a_summary_of_half_a_year_tells_of_that_half() -> None:
    """What was done has the last day of the half, what is aimed at without a day has none."""
    like = ("2026年半年度工作总结", "某县农业农村局", date(2026, 7, 5))
    text = "一、工作完成情况\n完成粮食播种面积3万亩。预计可新增育秧中心2个。\n"
    assert [(each.kind, each.date) for each in read(text, like)] == [
        ("actual", date(2026, 6, 30)),
        ("target", None),
    ]


def test_progress_in_the_title_tells_what_was_done() -> None:
    """推进情况 is no plan, though the title names works."""
    like = ("2026年上半年重点项目推进情况", "某县发展和改革局", date(2026, 7, 15))
    assert [(each.kind, each.date) for each in read("项目开工38个。", like)] == [
        ("actual", date(2026, 6, 30))
    ]


def test_items_behind_dashes_are_sentences_of_their_own() -> None:
    """The time of the next item is no part of the name of the one before."""
    text = "总体目标\n- 到2026年，推广典型场景500个\n- 到2027年，培育标杆企业100家\n"
    assert [(each.name, each.date) for each in read(text)] == [
        ("典型场景", date(2026, 12, 31)),
        ("标杆企业", date(2027, 12, 31)),
    ]


def test_a_summary_of_a_year_tells_what_was_done() -> None:
    """A title that only sums up a year tells of it; one that also plans leaves that to the parts."""
    text = "今年，在区委的领导下，各项工作有序推进。\n新建幼儿园3所。"
    summed = ("某镇2025年工作总结", "某镇人民政府", date(2026, 1, 15))
    assert [(each.kind, each.date) for each in read(text, summed)] == [
        ("actual", date(2025, 12, 31))
    ]
    planned = ("某镇2025年工作总结和2026年工作安排", "某镇人民政府", date(2026, 1, 15))
    assert [each.kind for each in read("二、2026年工作安排\n新建幼儿园3所。", planned)] == [
        "target"
    ]


@pytest.mark.parametrize("title", ["2024年全区环境公报", "2024全区环境公报"])
def test_the_year_in_the_title_of_a_communique_dates_the_news_of_it(title: str) -> None:
    """With 年 or without it."""
    news = ("环境公报发布", "新华社", date(2025, 5, 27))
    found = one(f"5月27日发布的《{title}》显示，环境持续改善。\n优良天数比例为87.0%。", news)
    assert (found.kind, found.date) == ("actual", date(2024, 12, 31))
