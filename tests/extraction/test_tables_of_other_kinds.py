"""Tables whose rows are years or places, whose cells hold words, or that hold tasks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.extraction.reading import BULLETIN, PLAN, read

FIVE = ("某市“十四五”数字经济发展规划", "某市人民政府", date(2021, 9, 1))
END_2020, END_2025 = date(2020, 12, 31), date(2025, 12, 31)


def test_a_cell_may_say_where_its_value_holds() -> None:
    """城市建成区≥50% is 50 %, at least; what states no number gives none."""
    text = (
        "表2 主要指标\n指标\t2020年\t2025年\n海绵城市达标面积比例\t城市建成区20%\t城市建成区≥50%\n"
        "公共交通出行分担率\t30%\t中心城区不低于45%\n空气质量优良天数比例\t87.2%\t完成省下达目标\n"
    )
    found = read(text, FIVE)
    assert [(each.name, each.magnitude, each.bound, each.kind, each.date) for each in found] == [
        ("海绵城市达标面积比例", Decimal(20), "equal", "baseline", END_2020),
        ("海绵城市达标面积比例", Decimal(50), "at_least", "target", END_2025),
        ("公共交通出行分担率", Decimal(30), "equal", "baseline", END_2020),
        ("公共交通出行分担率", Decimal(45), "at_least", "target", END_2025),
        ("空气质量优良天数比例", Decimal("87.2"), "equal", "baseline", END_2020),
    ]


def test_a_cell_may_say_how_its_value_changed() -> None:
    """下降14% beside 单位GDP能耗 is 单位GDP能耗下降, 14 %."""
    text = "表2 主要指标\n指标\t2025年目标\n单位GDP能耗\t下降14%\n服务业增加值\t增长6%以上\n"
    assert [(each.name, each.magnitude, each.bound) for each in read(text, FIVE)] == [
        ("单位GDP能耗下降", Decimal(14), "equal"),
        ("服务业增加值增长", Decimal(6), "at_least"),
    ]


def test_rows_may_be_years() -> None:
    """The heads name what is measured, the first cell of a row the year."""
    text = "表2 常住人口\n年份\t常住人口（万人）\t城镇化率（%）\n2023\t120.5\t58.1\n2024\t120.8\t59.0\n"
    assert [
        (each.name, each.magnitude, each.unit, each.kind, each.date)
        for each in read(text, BULLETIN)
    ] == [
        ("常住人口", Decimal(1_205_000), "人", "actual", date(2023, 12, 31)),
        ("城镇化率", Decimal("58.1"), "%", "actual", date(2023, 12, 31)),
        ("常住人口", Decimal(1_208_000), "人", "actual", date(2024, 12, 31)),
        ("城镇化率", Decimal("59.0"), "%", "actual", date(2024, 12, 31)),
    ]


def test_a_table_of_tasks_gives_its_numbers_by_the_time_of_their_row() -> None:
    """Words and numbers in one cell are read as a sentence, 完成时限 of the row is the deadline."""
    text = (
        "附件 任务清单\n序号\t任务\t责任单位\t完成时限\n1\t建成算力调度平台\t市数据局\t2025年12月\n"
        "2\t培育企业20家以上\t市工信局\t2026年底\n3\t到2025年底，建设场景8个\t市科技局\t2026年底\n"
    )
    assert [(each.name, each.magnitude, each.date) for each in read(text, PLAN)] == [
        ("企业", Decimal(20), date(2026, 12, 31)),
        ("场景", Decimal(8), date(2025, 12, 31)),
    ]


def test_growth_beside_a_dated_value_is_of_its_year() -> None:
    """预计增长 behind 2025年预计完成 is an actual of 2025, not a goal of the year to come."""
    text = (
        "附表 主要指标\n指标\t单位\t2025年计划\t2025年预计完成\t预计增长（%）\t2026年预期目标\n"
        "地区生产总值\t亿元\t110\t112.6\t6.2\t120\n粮食产量\t万吨\t22\t22.6\t1.1\t22以上\n"
    )
    like = ("2026年计划草案的报告", "某县发展和改革局", date(2026, 1, 15))
    found = [each for each in read(text, like) if each.name.endswith("增长")]
    assert [(each.name, each.magnitude, each.kind, each.date) for each in found] == [
        ("地区生产总值增长", Decimal("6.2"), "actual", date(2025, 12, 31)),
        ("粮食产量增长", Decimal("1.1"), "actual", date(2025, 12, 31)),
    ]


def test_a_list_of_projects_names_its_rows_and_its_sums() -> None:
    """What a project holds is no name; the row of sums stands in the column of numbers."""
    text = (
        "某区2026年重点项目计划表\n单位：亿元\n序号\t项目名称\t建设内容及规模\t2026年计划投资\t牵头单位\n"
        "1\t智算中心三期\t新建机架2000架\t4.5\t区数据局\n2\t管网更新\t更换管道30公里\t1.5\t区住建局\n"
        "合计\t\t\t6.0\t\n"
    )
    like = ("某区2026年重点项目计划表", "某区人民政府", date(2026, 1, 20))
    found = [each for each in read(text, like) if each.unit == "元"]
    assert [(each.name, each.magnitude, each.date) for each in found] == [
        ("智算中心三期计划投资", Decimal(450_000_000), date(2026, 12, 31)),
        ("管网更新计划投资", Decimal(150_000_000), date(2026, 12, 31)),
        ("合计计划投资", Decimal(600_000_000), date(2026, 12, 31)),
    ]
