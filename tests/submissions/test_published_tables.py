"""Tables as statistical offices and budgets publish them: facts above, names in corners, years again."""

from __future__ import annotations

from datetime import datetime

import pytest

from .test_office_sheets import looked, told
from .test_table_shapes import N, Rows, shown, tables, why


def test_facts_above_a_download_are_no_table() -> None:
    """Data Source | … and Last Updated | … are told as a form; the table keeps its own header."""
    rows: Rows = [
        ["Data Source", "World Development Indicators"],
        ["Last Updated Date", datetime.fromisoformat("2026-01-28")],
        [N],
        ["Country Name", "Country Code", "Indicator Name", "2022", "2023"],
        ["Aruba", "ABW", "GDP (current US$)", 3279343543, 3648573136],
        ["China", "CHN", "GDP (current US$)", 17881783387000, 17794782209997],
    ]
    (sheet,), findings = looked({"Data": rows})
    assert [(each.range, each.header_rows) for each in sheet.tables] == [("A4:E6", (4,))]
    assert "Data Source＝World Development Indicators" in told(findings, "sheet-form")[0][1]


def test_two_columns_of_names_and_numbers_above_a_table_are_a_table() -> None:
    """What counts is no fact about the table below it."""
    first, second = tables(
        [
            ["工业", 100],
            ["农业", 50],
            [N],
            ["镇街", "目标", "完成", "完成率"],
            ["甲", 1, 2, 3],
            ["乙", 3, 4, 5],
        ]
    )
    assert (first.rows, second.header_rows) == ((1, 2), (4,))


@pytest.mark.parametrize(
    ("corner", "under", "name"),
    [
        (N, "Country", "Country"),
        ("TIME", "GEO (Labels)", "TIME / GEO (Labels)"),
        ("年份", "地区", "年份 / 地区"),
    ],
)
def test_a_word_under_years_that_names_the_labels_is_header(
    corner: str | None, under: str, name: str
) -> None:
    """Country stands under the years and over Australia: it is the heading of that column."""
    (table,) = tables([[corner, "2023年", "2024年"], [under], ["甲", 1, 2], ["乙", 3, 4]])
    assert (table.header_rows, table.rows) == ((1, 2), (3, 4))
    assert shown(table)[0] == name


def test_a_word_under_years_with_others_like_it_is_a_caption() -> None:
    """收入 over some rows and 支出 over others part the rows."""
    (table,) = tables([[N, "2023年", "2024年"], ["收入"], ["税收", 1, 2], ["支出"], ["教育", 3, 4]])
    assert why(table) == {2: "分组标题", 4: "分组标题"}


def test_a_header_of_years_is_known_when_it_comes_again() -> None:
    """行业 | 2023 | 2024 after 续表 is no row of values."""
    rows: Rows = [
        ["行业", 2023, 2024],
        ["农业", 10, 11],
        ["工业", 80, 82],
        ["续表"],
        ["行业", 2023, 2024],
        ["金融业", 18, 19],
    ]
    (table,) = tables(rows)
    assert (table.rows, why(table)) == ((2, 3, 6), {4: "续表标题", 5: "重复表头"})


def test_income_beside_expenditure_is_one_table_under_its_groups() -> None:
    """收入 | 支出, each merged over 项目 | 行次 | 决算数, name their columns; 栏次 counts them."""
    (table,) = tables(
        [
            ["金额单位：万元"],
            ["收入", N, N, "支出", N, N],
            ["项目", "行次", "决算数", "项目", "行次", "决算数"],
            ["栏次", N, 1, "栏次", N, 2],
            ["一、财政拨款", 1, 2345.67, "一、一般公共服务", 31, 1890.12],
            ["二、上级补助", 2, 10, "二、教育", 32, 20],
        ],
        ["A2:C2", "D2:F2"],
    )
    assert (table.header_rows, table.rows) == ((2, 3), (5, 6))
    assert shown(table)[2:5] == ["收入 / 决算数[万元]", "支出 / 项目", "支出 / 行次"]
    assert why(table)[4] == "栏次行"


def test_a_unit_of_money_goes_to_amounts_where_rows_have_units() -> None:
    """金额单位：万元人民币 speaks of 金额, 计量单位 in a column of 数量."""
    (table,) = tables(
        [
            ["金额单位：万元人民币"],
            ["商品", "计量单位", "数量", "金额"],
            ["大豆", "万吨", 350.3, 1187654],
            ["原油", "万吨", 5140.6, 21098700],
        ]
    )
    assert shown(table) == ["商品", "计量单位", "数量", "金额[万元]"]


@pytest.mark.parametrize("note", ["备注：单位为万元。", "注：1.本表单位均为万元", "单位：万元"])
def test_a_note_under_a_table_may_state_its_unit(note: str) -> None:
    """Where nothing above says it."""
    (table,) = tables([["地区", "1月", "2月"], ["甲", 1, 2], ["乙", 3, 4], [note]])
    assert shown(table) == ["地区", "1月[万元]", "2月[万元]"]


def test_a_heading_that_is_wrapped_in_its_cell_is_one_word() -> None:
    """建设 over 性质 in a cell is 建设性质; Year under 年份 is a word of its own."""
    (table,) = tables(
        [["年份\nYear", "建设\n性质", "总投资\n（万元）"], [2024, "新建", 5], [2025, "扩建", 6]]
    )
    assert shown(table) == ["年份 Year", "建设性质", "总投资[万元]"]


def test_columns_that_only_part_others_are_none() -> None:
    """A blank column inside a table, and one beside it that only the title reaches, are not shown."""
    (table,) = tables(
        [
            ["Table 1. Labour force status by sex (thousands)"],
            [N, "Year", "Men", "Women", N, "Men", "Women"],
            [N, 2024, 7150, 6700, N, 290, 260],
            [N, 2025, 7230, 6811, N, 300, 271],
        ],
        ["A1:G1"],
    )
    assert (table.range, [each.letter for each in table.columns]) == ("B2:G4", [*"BCDFG"])
    assert why(table) == {1: "标题"}


def test_numbers_of_the_rows_need_no_heading() -> None:
    """A first column 0, 1, 2 without a heading is an index; other numbers there are told."""
    rows: Rows = [[N, "城市", "人口"], [0, "甲", 5], [1, "乙", 6], [2, "丙", 7]]
    assert not told(looked({"表": rows})[1], "header-blank")
    rows[2][0] = 40
    assert [cell for cell, _ in told(looked({"表": rows})[1], "header-blank")] == ["A2", "A3", "A4"]


def test_days_are_read_in_every_form_that_people_write() -> None:
    """二〇二六年三月七日 and 20260306 are days under a heading that asks for days."""
    rows: Rows = [
        ["事项", "实际日期"],
        ["立项", datetime.fromisoformat("2026-01-06")],
        ["招标", "2026年2月6日"],
        ["开工", "二〇二六年三月七日"],
        ["验收", "二零二六年十二月"],
        ["竣工", 20260306],
    ]
    _, findings = looked({"表": rows})
    expected = {each.cell: each.expected for each in findings if each.code == "cell-day-as-text"}
    assert expected == {
        "B3": "2026-02-06", "B4": "2026-03-07", "B5": "2026-12-31", "B6": "2026-03-06",
    }  # fmt: skip


@pytest.mark.parametrize("separate", [False, True])
def test_a_header_that_differs_over_values_begins_another_table(separate: bool) -> None:
    """指标 | 单位 | 本期 | 上年同期 under a caption goes not on with … | 同比."""
    rows: Rows = [
        ["一、经济运行"],
        ["指标", "单位", "本期", "同比"],
        ["产值", "亿元", 10, 5.1],
        ["税收", "亿元", 5, 3.2],
        *([[N]] if separate else []),
        ["二、民生保障"],
        ["指标", "单位", "本期", "上年同期"],
        ["就业", "人", 100, 90],
        ["参保", "万人", 20, 19],
    ]
    first, second = tables(rows)
    assert (shown(first)[3], shown(second)[3]) == ("同比", "上年同期")
    assert (len(first.rows), len(second.rows)) == (2, 2)


def test_codes_on_two_levels_are_no_units_and_no_numbers() -> None:
    """类 | 款 | 项 under 科目编码 count nothing, and 201 as text there is a code."""
    rows: Rows = [
        ["单位：元"],
        ["科目编码", N, "科目名称", "合计"],
        ["类", "款", N, N],
        ["201", "03", "行政运行", 500],
        ["208", "05", "养老保险", 350],
    ]
    merges = ["A2:B2", "C2:C3", "D2:D3"]
    (table,) = tables(rows, merges)
    assert shown(table) == ["科目编码 / 类", "科目编码 / 款", "科目名称", "合计[元]"]
    assert not told(looked({"表": rows}, merges)[1], "cell-number-as-text")


def test_a_word_for_percent_is_its_sign_and_stays_in_the_name() -> None:
    """Percent under Male is in %, Number in nothing; .Total is a sum."""
    (table,) = tables(
        [
            ["Age", "Male", N, "Female", N],
            [N, "Number", "Percent", "Number", "Percent"],
            [".Total", 163, 100.0, 168, 100.0],
            ["..Under 5 years", 9, 5.8, 9, 5.4],
            ["..5 to 9 years", 10, 6.2, 9, 5.8],
        ],
        ["A1:A2", "B1:C1", "D1:E1"],
    )
    assert shown(table)[1:3] == ["Male / Number", "Male / Percent[%]"]
    assert why(table) == {3: "合计行"}


def test_values_with_a_colon_are_data() -> None:
    """Sex: Male | Age: 15+ in a full row is no line of labels about the table."""
    (table,) = tables(
        [
            ["Area", "Indicator", "Sex", "Age", "Time", "Value"],
            ["China", "Unemployment", "Sex: Total", "Age: 15+", 2023, 4.7],
            ["China", "Unemployment", "Sex: Male", "Age: 15+", 2023, 4.9],
        ]
    )
    assert (table.header_rows, table.rows) == ((1,), (2, 3))


def test_a_unit_is_shown_as_it_is_written() -> None:
    """μg/m³ keeps its exponent; full-width letters take the usual width."""
    (table,) = tables(
        [["日期", "PM2.5（μg/m³）", "算力（ＥＦＬＯＰＳ）"], ["1月", 45, 3], ["2月", 40, 4]]
    )
    assert shown(table)[1:] == ["PM2.5[μg/m³]", "算力[EFLOPS]"]


def test_feet_of_pages_and_titles_that_come_again_are_told_as_such() -> None:
    """第 1 页 共 2 页 is a note, the title over the next page a title again."""
    rows: Rows = [
        ["企业名录"],
        ["序号", "企业名称", "营收"],
        [1, "甲", 12],
        [2, "乙", 8],
        ["第 1 页 共 2 页"],
        ["企业名录"],
        ["序号", "企业名称", "营收"],
        [3, "丙", 5],
        ["- 2 / 2 -"],
    ]
    (table,) = tables(rows, ["A1:C1", "A6:C6"])
    assert table.rows == (3, 4, 8)
    assert why(table) == {1: "标题", 5: "说明", 6: "续表标题", 7: "重复表头", 9: "说明"}


def test_a_table_of_footnotes_belongs_to_the_table_above() -> None:
    """fnSeqID | Footnote under a download is no second table."""
    (table,) = tables(
        [
            ["Country", "Year", "Value", "Footnotes"],
            ["China", 2023, 9456, 1],
            ["India", 2023, 1957, N],
            [N],
            ["fnSeqID", "Footnote"],
            [1, "Estimate."],
        ]
    )
    assert why(table) == {5: "说明", 6: "说明"}


def test_words_beside_a_table_are_no_column() -> None:
    """A remark past a blank column with nothing under it heads nothing; without the gap it does."""
    rows: Rows = [["镇街", "完成", N, "名单另附"], ["甲", 1], ["乙", 2]]
    assert shown(tables(rows)[0]) == ["镇街", "完成"]
    rows = [["镇街", "完成", "备注"], ["甲", 1], ["乙", 2]]
    assert shown(tables(rows)[0]) == ["镇街", "完成", "备注"]


def test_years_and_quarters_as_text_are_names_of_rows() -> None:
    """2023 and 2023 Q1 in the first column are no numbers that were stored as text."""
    rows: Rows = [["期", "GDP"], ["2022", 5], ["2023", 6], ["2023 Q1", 1], ["2023-04", 2]]
    assert not told(looked({"表": rows})[1], "cell-number-as-text")


def test_a_colon_alone_is_a_missing_value() -> None:
    """Eurostat writes : where there is no value."""
    rows: Rows = [["地区", "2022年"], ["甲", 7.1], ["乙", ":"], ["丙", 5]]
    (sheet,), findings = looked({"表": rows})
    assert sheet.tables[0].columns[1].numeric
    assert not [each for each in findings if each.severity != "note"]
