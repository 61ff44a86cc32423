"""Sheets as offices really send them: forms, folded tables, lists of codes, captions, comments."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from openpyxl import Workbook as Book
from openpyxl.comments import Comment

from indicators.findings import Finding
from indicators.submissions.guard import unpack
from indicators.submissions.inspecting import SheetView, view
from indicators.submissions.ooxml import read_ooxml

from .test_table_shapes import N, Rows, shown, tables, why


def looked(
    sheets: dict[str, Rows],
    merges: Sequence[str] = (),
    formats: dict[str, str] | None = None,
    comments: dict[str, str] | None = None,
) -> tuple[list[SheetView], list[Finding]]:
    book = Book()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    first = book.worksheets[0]
    for merge in merges:
        first.merge_cells(merge)
    for cell, form in (formats or {}).items():
        first[cell].number_format = form
    for cell, words in (comments or {}).items():
        first[cell].comment = Comment(words, "张三")
    stream = io.BytesIO()
    book.save(stream)
    seen, findings = view(read_ooxml(unpack(stream.getvalue())), "x.xlsx")
    return list(seen), findings


def told(findings: Sequence[Finding], code: str) -> list[tuple[str, str]]:
    return [(each.cell, each.found) for each in findings if each.code == code]


FORM: Rows = (
    ["基本情况表"],
    ["单位名称", "某某公司", "统一社会信用代码", "91120000MA0000"],
    ["联系人", "张三", "联系电话", "13800000000"],
    ["注册资本（万元）", 500, "从业人数", 120],
    ["成立日期", "2015-05-01", "所属行业", "软件业"],
)


def test_names_beside_values_are_a_form_and_no_table() -> None:
    """单位名称 | … | 联系人 | … has no header; its fields are told in one note."""
    (sheet,), findings = looked({"表": FORM}, ["A1:D1"])
    assert sheet.tables == ()
    ((cell, found),) = told(findings, "sheet-form")
    assert cell == "A2:D5"
    assert "联系人＝张三" in found


def test_a_form_without_entries_is_a_form_too() -> None:
    """Names with blank cells between them head no columns."""
    rows: Rows = [["企业名称", N, "法定代表人", N], ["注册地址", N, "联系电话", N]]
    (sheet,), findings = looked({"表": rows})
    assert sheet.tables == ()
    assert told(findings, "sheet-form") == [("A1:C2", "各栏空白")]


def test_a_table_right_under_a_form_is_read() -> None:
    """The form's rows are told as such, and its sum 总投资（万元） gives the table no unit."""
    rows: Rows = [
        ["项目季报"],
        ["项目名称", "智算中心", "建设单位", "区数据局"],
        ["总投资（万元）", 30000, "开工日期", "2025-03-01"],
        ["序号", "建设内容", "年度计划", "累计完成"],
        [1, "机房", 1000, 500],
        [2, "服务器", 2000, 800],
    ]
    (sheet,), _ = looked({"表": rows}, ["A1:D1"])
    (table,) = sheet.tables
    assert (table.header_rows, table.rows) == ((4,), (5, 6))
    assert shown(table) == ["序号", "建设内容", "年度计划", "累计完成"]
    assert why(table) == {1: "标题", 2: "表单", 3: "表单"}


@pytest.mark.parametrize(
    "rows",
    [
        [["项目", "数值"], ["建设规模", 10], ["总投资", 20], ["从业人数", 30]],
        [["企业名称", "联系人", "联系电话"], ["甲", "张三", "1"], ["乙", "李四", "2"]],
        [["地区", "企业名称", "营业收入"], ["甲区", "甲公司", 100], ["乙区", "乙公司", 200]],
    ],
)
def test_a_table_whose_words_are_those_of_forms_stays_a_table(rows: Rows) -> None:
    """Names side by side head columns; names over each other with plain numbers are labels."""
    (sheet,), findings = looked({"表": rows})
    assert [each.header_rows for each in sheet.tables] == [(1,)]
    assert not told(findings, "sheet-form")


def test_sheets_of_parameters_codes_and_lists_report_nothing() -> None:
    """They are named in a note; a workbook that holds nothing else is shown all the same."""
    codes: Rows = [["代码", "名称"], ["01", "产业"], ["02", "农业"]]
    data: Rows = [["指标", "完成（亿元）"], ["产值", 10], ["税收", 5]]
    seen, findings = looked({"数据": data, "代码表": codes, "Parameters": codes, "下拉选项": codes})
    assert [len(each.tables) for each in seen] == [1, 0, 0, 0]
    assert [each.sheet for each in findings if each.code == "sheet-metadata"] == [
        "代码表", "Parameters", "下拉选项",
    ]  # fmt: skip
    alone, findings = looked({"代码表": codes})
    assert len(alone[0].tables) == 1
    assert not [each for each in findings if each.code == "sheet-metadata"]


def test_a_sheet_that_feeds_drop_downs_reports_nothing() -> None:
    """Whatever it is called; but a sheet of values whose names also feed a list is read."""
    from openpyxl.worksheet.datavalidation import DataValidation

    def tables_of(value: object) -> list[int]:
        book = Book()
        data, lists = book.active, book.create_sheet("Sheet2")
        for row in (["指标", "完成", "状态"], ["产值", 10, "正常"], ["税收", 5, "滞后"]):
            data.append(row)
        for row in (["状态", "颜色"], ["正常", "绿"], ["滞后", value]):
            lists.append(row)
        rule = DataValidation(type="list", formula1="'Sheet2'!$A$2:$A$3")
        rule.add("C2:C3")
        data.add_data_validation(rule)
        stream = io.BytesIO()
        book.save(stream)
        seen, _ = view(read_ooxml(unpack(stream.getvalue())), "x.xlsx")
        return [len(each.tables) for each in seen]

    assert tables_of("红") == [1, 0]
    assert tables_of(3) == [1, 1]


@pytest.mark.parametrize("name", ["技术参数对比", "说明书发行量", "清单", "Sheet1", "项目列表2026"])
def test_a_sheet_of_data_is_not_put_aside_for_its_name(name: str) -> None:
    """Only names that say parameters, codes, lists or instructions do."""
    rows: Rows = [["指标", "完成"], ["产值", 10], ["税收", 5]]
    seen, _ = looked({"数据": rows, name: rows})
    assert [len(each.tables) for each in seen] == [1, 1]


def test_a_folded_table_is_two_tables_with_one_title() -> None:
    """地区 | 产值 | 地区 | 产值 is parted, and both parts have the unit that stands over them."""
    rows: Rows = [
        ["各区情况"],
        ["单位：亿元"],
        ["地区", "产值", "增速%", "地区", "产值", "增速%"],
        ["甲区", 1, 2, "丁区", 3, 4],
        ["乙区", 5, 6, "合计", 7, 8],
    ]
    first, second = tables(rows, ["A1:F1"])
    assert [first.range, second.range] == ["A3:C5", "D3:F4"]
    assert shown(second) == ["地区", "产值[亿元]", "增速%[%]"]
    assert why(second) == {5: "合计行"}


def test_tables_parted_by_a_blank_column_share_title_and_unit() -> None:
    """What stands over the first of two tables holds for the second, too."""
    rows: Rows = [
        ["各区情况"],
        ["单位：亿元"],
        ["地区", "产值", N, "地区", "产值"],
        ["甲区", 1, N, "丁区", 3],
        ["乙区", 5, N, "戊区", 7],
    ]
    assert [shown(each)[1] for each in tables(rows, ["A1:E1"])] == ["产值[亿元]", "产值[亿元]"]


def test_the_same_headings_under_groups_are_one_table() -> None:
    """目标 | 完成 | 目标 | 完成 under years is no folded table."""
    (table,) = tables(
        [
            ["地区", "2025年", N, "2026年", N],
            [N, "目标", "完成", "目标", "完成"],
            ["甲", 1, 2, 3, 4],
            ["乙", 5, 6, 7, 8],
        ],
        ["A1:A2", "B1:C1", "D1:E1"],
    )
    assert shown(table)[4] == "2026年 / 完成"


@pytest.mark.parametrize(
    ("labels", "rows"), [(("甲", "产值"), (3,)), (("甲", "乙"), (2, 3)), (("A", "B"), (2, 3))]
)
def test_small_numbers_that_count_up_are_data_where_the_labels_go_on(
    labels: tuple[str, str], rows: tuple[int, ...]
) -> None:
    """甲 | 1 | 2 | 3 counts the columns over 产值, and is data over 乙 | 4 | 5 | 6."""
    (table,) = tables(
        [["地区", "一月", "二月", "三月"], [labels[0], 1, 2, 3], [labels[1], 4, 5, 6]]
    )
    assert table.rows == rows


def test_a_header_under_many_lines_of_prose_is_found() -> None:
    """A hundred lines of instructions are skipped as such."""
    rows: Rows = [[f"说明第{number}条，本表由各单位按要求填写。"] for number in range(1, 100)]
    (table,) = tables([*rows, ["指标", "单位", "完成"], ["产值", "亿元", 10], ["税收", "亿元", 5]])
    assert (table.header_rows, table.rows) == ((100,), (101, 102))
    assert len(table.skipped) == 99


def test_quarters_and_years_as_headings_take_the_unit_of_the_title() -> None:
    """一季度 and 全年 are amounts; 年度 and 排名 are not."""
    (table,) = tables(
        [
            ["分季度情况（亿元）"],
            ["指标", "年度", "一季度", "全年", "上年", "排名"],
            ["产值", 2025, 1, 4, 3, 1],
            ["税收", 2025, 2, 8, 7, 2],
        ],
        ["A1:F1"],
    )
    assert shown(table) == ["指标", "年度", "一季度[亿元]", "全年[亿元]", "上年[亿元]", "排名"]


def test_captions_with_an_ordinal_of_their_own_are_no_rows() -> None:
    """一 | 经济发展 over 1.1 | 产值 is a caption; a list numbered 一, 二, 三 throughout is rows."""
    (table,) = tables(
        [
            ["序号", "指标", "单位", "完成"],
            ["一", "经济发展", N, N],
            ["1.1", "产值", "亿元", 10],
            ["1.2", "税收", "亿元", 5],
            ["二", "民生", N, N],
            ["2.1", "就业", "人", 100],
        ]
    )
    assert (table.rows, why(table)) == ((3, 4, 6), {2: "分组标题", 5: "分组标题"})
    (listed,) = tables(
        [["序号", "指标", "完成"], ["一", "产值", 1], ["二", "税收", N], ["三", "就业", 3]]
    )
    assert listed.rows == (2, 3, 4)


def test_a_label_merged_down_over_the_data_ends_no_header_late() -> None:
    """A name of the table merged from the header to the last row is no header row."""
    (table,) = tables([["经济", "指标", "完成"], [N, "产值", 1], [N, "税收", 2]], ["A1:A3"])
    assert (table.header_rows, table.rows) == ((1,), (2, 3))


def test_a_row_that_lives_from_merged_cells_is_data() -> None:
    """Its office and its rate stand in the cells merged from the row above."""
    (table,) = tables(
        [["责任单位", "任务", "完成率"], ["甲局", "一", 0.5], [N, "二", N], ["乙局", "三", 0.6]],
        ["A2:A3", "C2:C3"],
        {"C2": "0%", "C4": "0%"},
    )
    assert table.rows == (2, 3, 4)


def test_quantities_in_words_are_no_heading() -> None:
    """24个月 | 3000万 | 2017.03.02 under names is the first row of data."""
    (table,) = tables(
        [
            ["名目", "计划工期", "总投资", "开工"],
            ["a", "24个月", "3000万", "2017.03.02"],
            ["b", "不超过18个月", "分批", "分批成立"],
            ["c", 12, 500, "2026-01-01"],
            ["d", 6, 700, "2026-02-01"],
        ]
    )
    assert (table.header_rows, table.rows) == ((1,), (2, 3, 4, 5))


@pytest.mark.parametrize("label", ["合计", "平均", "小  计", "总计"])
def test_a_total_without_numbers_is_a_total(label: str) -> None:
    """A sum that nobody filled in is no note."""
    (table,) = tables([["指标", "单位", "完成"], ["产值", "亿元", 1], [label, N, N]])
    assert why(table) == {3: "合计行"}


def test_signatures_in_cells_of_their_own_are_no_data() -> None:
    """填报日期： | 2026年4月10日 under a table speaks of the table."""
    (table,) = tables(
        [
            ["指标", "完成", "目标"],
            ["产值", 1, 2],
            ["税收", 3, 4],
            ["单位负责人：", N, "填表人："],
            ["填报日期：", "2026年4月10日", N],
        ]
    )
    assert (table.rows, why(table)) == ((2, 3), {4: "说明", 5: "说明"})


def test_explanations_under_a_table_are_no_second_table() -> None:
    """指标解释 and, in two columns, names and what they mean."""
    (table,) = tables(
        [
            ["指标", "完成"],
            ["产值", 1],
            [N],
            ["指标解释"],
            ["产值", "指报告期内生产的产品总价值"],
            ["税收", "指税务部门征收的税收收入"],
        ]
    )
    assert why(table) == {4: "说明", 5: "说明", 6: "说明"}
