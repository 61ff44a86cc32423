"""Tables as people fill them in: months as numbers, offices under 单位, forms above, percentages as text."""

from __future__ import annotations

import pytest

from indicators.submissions.words import is_unit, unit_of_heading

from .test_office_sheets import looked, told
from .test_table_shapes import N, Rows, shown, tables, why


def test_months_as_numbers_head_columns() -> None:
    """站点 | 1 | 2 … 12 is a header where none stands above it, and counts the columns where one does."""
    months = [*range(1, 13)]
    rows: Rows = [
        ["站点", *months, "全年"],
        ["甲", *range(20, 32), 300],
        ["乙", *range(40, 52), 500],
    ]
    (table,) = tables(rows)
    assert (table.header_rows, shown(table)[1], shown(table)[13]) == ((1,), "1", "全年")
    named: Rows = [
        ["行业", *[f"第{at}组" for at in months]],
        ["甲", *months],
        ["钢铁", *range(20, 32)],
    ]
    (counted,) = tables(named)
    assert counted.header_rows == (1,)


def test_offices_under_the_heading_of_units_are_none() -> None:
    """单位 over names of offices leaves the unit of the table to its amounts; over 亿元 it does not."""
    rows: Rows = [["单位：万元"], ["单位", "计划", "完成"], ["杨村街", 10, 3], ["大碱厂镇", 5, 1]]
    (table,) = tables(rows)
    assert shown(table) == ["单位", "计划[万元]", "完成[万元]"]
    (table,) = tables(
        [["单位：万元"], ["指标", "单位", "完成"], ["产值", "亿元", 3], ["企业", "家", 1]]
    )
    assert shown(table) == ["指标", "单位", "完成"]


def test_rows_that_go_on_with_a_form_have_no_table_of_their_own() -> None:
    """资金情况 | 总额 | 500 under 项目名称 | … belongs to the form; the table begins at its header."""
    rows: Rows = [
        ["项目支出绩效目标表"],
        ["项目名称", "平台运维", N, N, N],
        ["主管部门", "区数据局", N, "实施单位", "信息中心"],
        ["资金情况（万元）", "年度资金总额", 500],
        [N, "其中：财政拨款", 500],
        ["年度目标", "保障平台稳定运行"],
        ["一级指标", "二级指标", "三级指标", "指标值", "备注"],
        ["产出", "数量", "服务部门数", "≥40个", N],
        ["效益", "社会效益", "满意度", "≥90%", N],
    ]
    (table,) = tables(rows, ["A1:E1", "B2:E2", "A4:A5", "B6:E6"])
    assert (table.header_rows, table.rows) == ((7,), (8, 9))
    assert why(table) == {1: "标题", **dict.fromkeys(range(2, 7), "表单")}


def test_a_percentage_as_text_among_plain_numbers_is_an_error_at_the_cell() -> None:
    """0.9 as text among 85% and 96.7% is 0.9 % or 90 %: it is asked."""
    rows: Rows = [["指标", "完成率"], ["甲", "85%"], ["乙", "0.9"], ["丙", "96.7%"]]
    _, findings = looked({"表": rows})
    assert told(findings, "cell-percent-mixed") == [("B3", "0.9")]
    (said,) = [each.expected for each in findings if each.code == "cell-percent-mixed"]
    assert said == "0.9% 还是 90%"
    steady: Rows = [["指标", "完成率"], ["甲", "85%"], ["乙", "（0.9）%"], ["丙", "96.7%"]]
    assert not told(looked({"表": steady})[1], "cell-percent-mixed")


def test_a_title_with_its_unit_in_brackets_is_a_title() -> None:
    """财务指标（单位：亿元） names the table and gives it its unit; 单位：亿元 alone only the second."""
    rows: Rows = [
        ["工业企业主要财务指标（单位：亿元）"],
        ["行业", "资产", "负债"],
        ["甲", 1, 2],
        ["乙", 3, 4],
    ]
    (table,) = tables(rows, ["A1:C1"])
    assert (why(table), shown(table)[1]) == ({1: "标题"}, "资产[亿元]")
    (table,) = tables([["（单位：亿元）"], *rows[1:]], ["A1:C1"])
    assert (why(table), shown(table)[1]) == ({1: "单位说明"}, "资产[亿元]")


@pytest.mark.parametrize(
    "unit",
    ["£ million", "US$ million", "current US$", "thousand persons", "millions of dollars", "in thousands", "constant 2015 US$", "€ bn"],
)  # fmt: skip
def test_units_of_english_tables_are_units(unit: str) -> None:
    """They stand in brackets behind a name and are no part of it."""
    assert unit_of_heading(f"Budget ({unit})") == ("Budget", unit)


@pytest.mark.parametrize("words", ["current", "real", "in brackets", "million people living"])
def test_other_words_in_brackets_are_no_units(words: str) -> None:
    """A bracket may say anything."""
    assert not is_unit(words)


def test_a_header_in_two_languages_comes_again_as_a_whole() -> None:
    """地区 over Region is one header on two rows, also where both stand again in 续表."""
    rows: Rows = [
        ["单位：万吨"],
        ["地 区", "粮食", "棉花"],
        ["Region", "Grain", "Cotton"],
        ["全国 National Total", 69541, 562],
        ["华北地区"],
        ["北京 Beijing", 48, 0],
        ["2-8 续表 1 continued"],
        ["地 区", "粮食", "棉花"],
        ["Region", "Grain", "Cotton"],
        ["辽宁 Liaoning", 2563, 0],
    ]
    (table,) = tables(rows)
    assert (table.header_rows, table.rows) == ((2, 3), (4, 6, 10))
    assert shown(table)[1] == "粮食 / Grain[万吨]"
    assert {row: reason for row, reason in why(table).items() if row > 6} == {
        7: "续表标题", 8: "重复表头", 9: "重复表头",
    }  # fmt: skip


def test_a_list_of_names_beside_its_end_is_folded() -> None:
    """序号 | 姓名 | 单位 | 序号 | 姓名 | 单位 is two lists; their numbers are no names."""
    rows: Rows = [
        ["序号", "姓名", "单位", "序号", "姓名", "单位"],
        [1, "张三", "甲局", 3, "王五", "丙局"],
        [2, "李四", "乙局", N, N, N],
    ]
    assert [each.range for each in tables(rows)] == ["A1:C3", "D1:F2"]
    _, findings = looked({"表": rows})
    assert not told(findings, "header-duplicate")


def test_columns_of_flags_part_no_table() -> None:
    """2022 | (flag) | 2023 | (flag) with a blank flag column is one table; the flags are told."""
    rows: Rows = [
        ["TIME", "2022", N, "2023", N],
        ["GEO (Labels)"],
        ["Belgium", 5.6, N, 5.5, N],
        ["Bulgaria", 4.2, N, 4.3, "p"],
        ["France", 7.3, N, 7.3, N],
    ]
    (table,) = tables(rows)
    assert [each.letter for each in table.columns] == ["A", "B", "D", "E"]
    assert [cell for cell, _ in told(looked({"表": rows})[1], "header-blank")] == ["E4"]
