"""Indicator tables in every layout that kept text has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.model import Commitment
from tests.extraction.reading import BULLETIN, read

FIVE = ("某市“十四五”数字经济发展规划", "某市人民政府", date(2021, 3, 1))
ROWS = (
    ("数字经济核心产业增加值占比", "%", "7.8", "10", "预期性"),
    ("千兆宽带用户数", "万户", "64", "600", "预期性"),
    ("网上零售额", "亿元", "117.6", ">170", "约束性"),
)


def _tabs() -> str:
    lines = ["序号\t指标\t单位\t2020年\t2025年\t属性"]
    lines += ["\t".join((str(number), *row)) for number, row in enumerate(ROWS, 1)]
    return "\n".join(lines)


def _blanks() -> str:
    lines = ["序号 指标 单位 2020年 2025年 属性"]
    lines += [" ".join((str(number), *row)) for number, row in enumerate(ROWS, 1)]
    return "\n".join(lines)


def _wide() -> str:
    lines = ["指标                  单位      2020年    2025年    属性"]
    lines += ["      ".join(row) for row in ROWS]
    return "\n".join(lines)


def _stacked() -> str:
    lines = ["指标", "单位", "2020年", "2025年", "属性"]
    for number, row in enumerate(ROWS, 1):
        lines += [f"{number}.{row[0]}", *row[1:]]
    return "\n".join(lines)


def _numbered() -> str:
    lines = ["序号", "指标", "单位", "2020年", "实际", "2025年", "目标", "属性"]
    for number, row in enumerate(ROWS, 1):
        lines += [str(number), *row]
    return "\n\n".join(lines)


@pytest.mark.parametrize("layout", [_tabs, _blanks, _wide, _stacked, _numbered])
def test_every_layout_gives_the_same_rows(layout) -> None:
    """Tabs, blanks and a cell a line: name, unit, year, bound and 属性 of each cell."""
    text = f"表1 主要指标\n{layout()}\n\n三、重点任务\n加快建设新型基础设施。"
    found = read(text, FIVE)
    assert [(each.name, each.magnitude, each.unit, each.kind) for each in found] == [
        ("数字经济核心产业增加值占比", Decimal("7.8"), "%", "baseline"),
        ("数字经济核心产业增加值占比", Decimal(10), "%", "target"),
        ("千兆宽带用户数", Decimal(640_000), "户", "baseline"),
        ("千兆宽带用户数", Decimal(6_000_000), "户", "target"),
        ("网上零售额", Decimal(11_760_000_000), "元", "baseline"),
        ("网上零售额", Decimal(17_000_000_000), "元", "target"),
    ]
    assert [each.date for each in found] == [date(2020, 12, 31), date(2025, 12, 31)] * 3
    assert [each.bound for each in found] == ["equal"] * 5 + ["at_least"]
    assert [each.binding for each in found] == ["expected"] * 4 + ["binding"] * 2


def _outline() -> list[Commitment]:
    text = (
        "专栏1\t主要指标\n类别\t指标\t2020年\t2025年\t年均增长[累计]\t属性\n"
        "经济发展\t1.地区生产总值增长（%）\t3.6\t—\t6左右\t预期性\n"
        "\t2.常住人口城镇化率（%）\t60.6\t65\t[4.4]\t预期性\n"
        "绿色生态\t3.单位GDP能源消耗降低（%）\t—\t—\t[13.5]\t约束性\n"
        "\t4.人均预期寿命（岁）\t77.3\t—\t[1]\t预期性\n"
        "注：[ ]内为五年累计数。"
    )
    return read(text, FIVE)


def test_brackets_are_cumulative_values_of_the_plan_period() -> None:
    """[4.4] of a share that rises from 60.6 to 65 is in percentage points; [13.5] stays percent."""
    found = {each.name: each for each in _outline() if each.name.endswith("累计")}
    assert {name: (each.magnitude, each.unit) for name, each in found.items()} == {
        "常住人口城镇化率五年累计": (Decimal("4.4"), "个百分点"),
        "单位GDP能源消耗降低五年累计": (Decimal("13.5"), "%"),
        "人均预期寿命五年累计": (Decimal(1), "岁"),
    }
    assert {each.date for each in found.values()} == {date(2025, 12, 31)}


def test_yearly_growth_is_a_target_of_the_plan_period() -> None:
    """6左右 under 年均增长 is 地区生产总值年均增长, about 6 %."""
    growth = next(each for each in _outline() if "年均" in each.name)
    assert (growth.name, growth.bound, growth.date) == (
        "地区生产总值年均增长",
        "about",
        date(2025, 12, 31),
    )


def test_row_numbers_notes_and_blanks_are_no_values() -> None:
    """— is no value, and the note below gives none."""
    assert len(_outline()) == 8


def test_a_planned_value_beside_an_achieved_one() -> None:
    """目标 is a target, 完成 actual, 完成率 a statement of its own."""
    text = (
        "表2 完成情况\n指标\t单位\t“十三五”规划目标\t“十三五”完成情况\t完成率（%）\n"
        "建设雨水管网\t公里\t2200\t5000\t227\n改造管网\t公里\t1400\t3605\t258\n"
    )
    found = read(text, FIVE)
    assert [(each.name, each.kind, each.date) for each in found[:3]] == [
        ("建设雨水管网", "target", date(2020, 12, 31)),
        ("建设雨水管网", "actual", date(2020, 12, 31)),
        ("建设雨水管网完成率", "actual", date(2020, 12, 31)),
    ]


def test_columns_may_be_measures() -> None:
    """A table of towns by measures: the column names the quantity, the row says whose it is."""
    text = "表3 建设任务\n设区市 新建管网 新增泵站\n（公里） （座）\n甲市 120 12\n乙市 98 8\n丙市 76 6\n"
    found = read(text, FIVE)
    assert [(each.place, each.name, each.magnitude, each.unit) for each in found[:2]] == [
        ("甲市", "新建管网", Decimal(120), "公里"),
        ("甲市", "新增泵站", Decimal(12), "座"),
    ]
    assert len(found) == 6


def test_a_bulletin_table_states_growth_beside_output() -> None:
    """比上年增长（%） belongs to the column before it; all is actual and of the year."""
    text = (
        "表4 2025年主要产品产量\n产品名称      单位      产量      比上年增长（%）\n"
        "原煤      万吨      1256.3      5.2\n水泥      万吨      856.0      -2.4\n"
    )
    found = read(text, BULLETIN)
    assert [(each.name, each.magnitude, each.unit) for each in found] == [
        ("原煤产量", Decimal(12_563_000), "吨"),
        ("原煤产量增长", Decimal("5.2"), "%"),
        ("水泥产量", Decimal(8_560_000), "吨"),
        ("水泥产量增长", Decimal("-2.4"), "%"),
    ]
    assert {(each.kind, each.date) for each in found} == {("actual", date(2025, 12, 31))}


def test_a_head_repeated_on_the_next_page_is_no_row() -> None:
    """The second head gives nothing and parts nothing."""
    head = "指标\t单位\t2020年\t2025年"
    text = f"表1\n{head}\n普及率\t%\t40\t70\n{head}\n覆盖率\t%\t78\t90\n"
    assert [each.magnitude for each in read(text, FIVE)] == [40, 70, 78, 90]


def test_a_growth_beside_cumulative_values_is_no_value_of_the_row() -> None:
    """Under 年均/累计 a plain number of what is no share is its growth in a year."""
    table = (
        "表1 主要指标\n"
        "指标\t单位\t2025年\t2030年\t年均/累计\t属性\n"
        "全员劳动生产率\t万元/人\t15.6\t20\t5.1\t预期性\n"
        "常住人口城镇化率\t%\t66.2\t70\t〔3.8〕\t预期性\n"
    )
    title = ("某市国民经济和社会发展第十五个五年规划纲要", "某市人民政府", date(2026, 2, 10))
    found = {str(each.magnitude): (each.name, each.unit) for each in read(table, title)}
    assert found["5.1"] == ("全员劳动生产率年均增速", "%")
    assert found["3.8"] == ("常住人口城镇化率五年累计", "个百分点")
