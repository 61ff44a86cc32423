"""Tables as offices draw them: titles, many header levels, units, groups, totals, notes, parts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook as Book

from indicators.submissions.guard import unpack
from indicators.submissions.inspecting import TableView, view
from indicators.submissions.ooxml import read_ooxml

N = None
Rows = Sequence[Sequence[object]]


def tables(
    rows: Rows, merges: Sequence[str] = (), formats: dict[str, str] | None = None, name: str = "表"
) -> list[TableView]:
    book = Book()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    stream = io.BytesIO()
    book.save(stream)
    return list(view(read_ooxml(unpack(stream.getvalue())), "x.xlsx")[0][0].tables)


def shown(table: TableView) -> list[str]:
    return [f"{each.name}[{each.unit}]" if each.unit else each.name for each in table.columns]


def why(table: TableView) -> dict[int, str]:
    return {each.row: each.reason for each in table.skipped}


def test_two_merged_levels_units_a_row_and_notes() -> None:
    """A monthly report: title, unit line, groups of columns, a unit for each row, notes below."""
    (table,) = tables(
        [
            ["2024年1-3月全市主要经济指标完成情况表"],
            [N, N, N, N, N, "单位：亿元、%"],
            ["指标名称", "计量单位", "1-3月", N, "3月", N],
            [N, N, "绝对值", "同比增长", "绝对值", "同比增长"],
            ["一、地区生产总值", "亿元", 1234.5, 5.2, N, N],
            ["二、规模以上工业增加值", "%", "—", 6.1, "—", 7.2],
            ["其中：房地产开发", "亿元", 120, -3.2, 40, -4.1],
            ["注：1.地区生产总值为季度数。"],
            ["2.增速按可比价计算。"],
        ],
        ["A1:F1", "C3:D3", "E3:F3", "A3:A4", "B3:B4"],
    )
    assert (table.header_rows, table.rows) == ((3, 4), (5, 6, 7))
    assert shown(table)[2:4] == ["1-3月 / 绝对值", "1-3月 / 同比增长"]
    assert why(table) == {1: "标题", 2: "单位说明", 8: "说明", 9: "说明"}


def test_a_continued_table_is_one_table() -> None:
    """A yearbook repeats title, unit line and header; provinces stand in groups."""
    head = ["地 区", "2019", "2020", "2021"]
    (table,) = tables(
        [
            ["2-8  各地区生产总值"],
            [N, N, N, "单位：亿元"],
            head,
            ["全  国", 986515, 1013567, 1149237],
            ["北 京", 35371, 36103, 40270],
            [N],
            ["2-8  续表 1  continued"],
            [N, N, N, "单位：亿元"],
            head,
            ["河 北", 35105, 36207, 40391],
            ["华东地区"],
            ["上 海", 38155, 38701, 43215],
            ["资料来源：国家统计局"],
        ],
        ["A1:D1", "A7:D7"],
    )
    assert (table.header_rows, table.rows) == ((3,), (4, 5, 10, 12))
    assert [why(table)[row] for row in (6, 7, 8, 9, 11, 13)] == [
        "空行", "续表标题", "单位说明", "重复表头", "分组标题", "说明",
    ]  # fmt: skip
    assert shown(table)[1] == "2019[亿元]"


def test_a_ledger_with_numbered_columns_total_and_signatures() -> None:
    """栏次, 合计 and the line of signatures are no data; words and days stand among numbers."""
    (table,) = tables(
        [
            ["武清区重点工作任务督查台账"],
            ["填报单位：区数据局", N, N, N, "填报日期：2026年4月10日", N, N],
            ["序号", "重点任务", "目标任务", N, "完成情况", N, "责任单位"],
            [N, N, "年度目标", "完成时限", "累计完成", "完成率（%）", N],
            ["甲", "乙", "1", "2", "3", "4", "5"],
            [1, "智算中心建设", "30EFLOPS", datetime.fromisoformat("2027-12-31"), 12, 40, "区数据局"],
            [2, "数据集建设", "100个", "2027.12.31", 66, 66, "区数据局"],
            ["合计", N, N, N, 78, N, N],
            ["单位负责人：张三", N, "审核人：李四", N, "填表人：王五", N, N],
        ],
        ["A1:G1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4"],
    )  # fmt: skip
    assert (table.header_rows, table.rows) == ((3, 4), (6, 7))
    assert shown(table)[5] == "完成情况 / 完成率[%]"
    assert why(table) == {1: "标题", 2: "说明", 5: "栏次行", 8: "合计行", 9: "说明"}


def test_a_project_list_with_sums_of_groups() -> None:
    """总计（3项） and 一、续建项目（2项） over merged label columns are sums, not projects."""
    (table,) = tables(
        [
            ["2026年省级重点项目清单"],
            ["单位：万元"],
            ["序号", "项目名称", "建设内容", "总投资", "2026年计划投资", N],
            [N, N, N, N, "合计", "其中：政府投资"],
            ["总计（3项）", N, N, 600, 200, 50],
            ["一、续建项目（2项）", N, N, 500, 150, 40],
            [1, "项目甲", "建设厂房5万平方米", 300, 100, 30],
            [2, "项目乙", "建设道路10公里", 200, 50, 10],
        ],
        ["A1:F1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "A5:C5", "A6:C6"],
    )
    assert (table.header_rows, table.rows) == ((3, 4), (7, 8))
    assert shown(table)[5] == "2026年计划投资 / 其中：政府投资[万元]"


def test_three_levels_and_a_unit_that_is_not_for_rates() -> None:
    """The unit of the title is for amounts; growth in per cent keeps its own."""
    (table,) = tables(
        [
            ["各区县主要指标（二）"],
            [N, N, N, N, "计量单位：万元"],
            ["区县", "财政收入", N, N, "增速"],
            [N, "本月", "累计", N, N],
            [N, N, "绝对额", "增长%", N],
            ["武清区", 1, 2, 3, 4],
            ["宝坻区", 1, 2, 3, 4],
            ["　合　计", 2, 4, 3, 8],
        ],
        ["A1:E1", "A3:A5", "B3:D3", "E3:E5", "B4:B5", "C4:D4"],
    )
    assert table.header_rows == (3, 4, 5)
    assert shown(table) == [
        "区县", "财政收入 / 本月[万元]", "财政收入 / 累计 / 绝对额[万元]",
        "财政收入 / 累计 / 增长%[%]", "增速",
    ]  # fmt: skip
    assert why(table)[8] == "合计行"


def test_groups_that_are_not_merged_spread_where_names_would_be_double() -> None:
    """2025年 stands over 计划 and the blank beside it means the same."""
    (table,) = tables(
        [
            ["序号", "指标名称", "2025年", N, "2026年", N],
            [N, N, "计划", "实际", "计划", "实际"],
            [1, "产值", 100, 90, 120, 50],
            [2, "税收", 10, 9, 12, 5],
        ]
    )
    assert table.header_rows == (1, 2)
    assert shown(table)[2:] == ["2025年 / 计划", "2025年 / 实际", "2026年 / 计划", "2026年 / 实际"]


def test_a_header_in_two_languages() -> None:
    """Chinese over English, both complete, is one header."""
    (table,) = tables(
        [
            ["3-1 人口数"],
            ["年份", "总人口", "城镇人口"],
            ["Year", "Total Population", "Urban Population"],
            [2018, 140541, 86433],
            [2019, 141008, 88426],
        ]
    )
    assert (table.header_rows, table.rows) == ((2, 3), (4, 5))
    assert shown(table)[1] == "总人口 / Total Population"


def test_a_row_of_units_under_the_header() -> None:
    """A row that only says units gives them to the columns."""
    (table,) = tables(
        [
            ["地区", "产值", "人口", "增速"],
            [N, "亿元", "万人", "%"],
            ["甲区", 10, 2, 3],
            ["乙区", 4, 5, 6],
        ]
    )
    assert table.header_rows == (1, 2)
    assert shown(table) == ["地区", "产值[亿元]", "人口[万人]", "增速[%]"]


def test_several_tables_on_a_sheet() -> None:
    """Right under each other, after blank rows, and beside each other."""
    found = tables(
        [
            ["地区", "产值", "增速", N, N],
            ["甲区", 10, 2, N, N],
            ["乙区", 30, 4, N, N],
            ["行业", "企业数", "从业人员", N, N],
            ["工业", 10, 200, N, N],
            [N],
            ["附表2 分年度"],
            ["年份", "2021", "2022", "2023", N],
            ["产值", 1, 2, 3, N],
        ]
    )
    assert [each.header_rows for each in found] == [(1,), (4,), (8,)]
    assert [len(each.rows) for each in found] == [2, 1, 1]
    beside = tables(
        [
            ["项目", "金额", N, "地区", "人数"],
            ["甲", 1, N, "东", 5],
            ["乙", 2, N, "西", 6],
            [N, N, N, "南", 7],
        ]
    )
    assert [each.range for each in beside] == ["A1:B3", "D1:E4"]


def test_months_as_days_head_columns() -> None:
    """Days in the header are named as months; a heading （万千瓦时） in the title is the unit."""
    months = [datetime(2026, month, 1) for month in (1, 2, 3)]  # noqa: DTZ001 - a sheet has no zone
    (table,) = tables(
        [["工业用电量（万千瓦时）"], ["行业", *months, "累计"], ["采矿业", 10, 11, 12, 33]],
        ["A1:E1"],
    )
    assert shown(table)[1] == "2026年1月[万千瓦时]"
    assert (table.header_rows, table.rows) == ((2,), (3,))


def test_a_list_of_words_has_a_header_too() -> None:
    """A task list without a number is found by its words."""
    (table,) = tables(
        [
            ["重点任务清单"],
            ["序号", "任务", "责任单位", "完成时限"],
            ["一", "加快智算中心建设", "区数据局", "2027年底前"],
            ["二", "推进数据集建设，面向医疗、交通等领域开放", "区数据局、区卫健委", "持续推进"],
        ],
        ["A1:D1"],
    )
    assert (table.header_rows, table.rows) == ((2,), (3, 4))


def test_rows_of_words_before_the_first_number_are_data() -> None:
    """— and / where numbers are missing make no header of a row."""
    (table,) = tables(
        [
            ["项目名称", "建设单位", "进展", "投资额（万元）"],
            ["项目甲", "单位一", "未开工", "—"],
            ["项目乙", "单位一", "未开工", "/"],
            ["项目丙", "单位二", "在建", 3000],
        ]
    )
    assert (table.header_rows, len(table.rows)) == ((1,), 3)


def test_a_title_with_two_units_gives_each_column_its_own() -> None:
    """单位：亿元、% is 亿元 for amounts and % for rates; what is stated in a heading wins."""
    (table,) = tables(
        [
            [N, N, N, "（单位：亿元、%）"],
            ["地区", "总量", "增速", "人口 万人"],
            ["全市", 1000, 5, 300],
            ["甲区", 100, 5, 30],
        ]
    )
    assert shown(table) == ["地区", "总量[亿元]", "增速[%]", "人口[万人]"]


def test_a_sheet_of_prose_has_no_table() -> None:
    """Instructions are no table."""
    assert tables([["本工作簿用于报送"], ["请按要求填写"], ["联系人：王五"]]) == []
