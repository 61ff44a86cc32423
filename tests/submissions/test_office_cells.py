"""Cells and headings of offices' sheets: comments, doubles, amounts and days in words, units in doubt."""

from __future__ import annotations

from datetime import datetime

import pytest

from .test_office_sheets import looked, told
from .test_table_shapes import N, Rows, shown, tables


def test_comments_are_told_with_their_words() -> None:
    """A comment may say that the caliber changed: it is told at its cell, ours are not."""
    rows: Rows = [["指标", "完成"], ["产值", 10], ["税收", 5]]
    _, findings = looked(
        {"表": rows}, comments={"B2": "口径有调整，\n含新区", "B3": "【错误】旧的问题"}
    )
    assert told(findings, "cell-comment") == [("B2", "口径有调整， 含新区")]


def test_a_heading_merged_over_two_columns_is_not_double() -> None:
    """One cell is one heading; the same words in two cells are an error."""
    rows: Rows = [
        ["类别", N, "指标", "完成"],
        ["经济", "总量", "产值", 10],
        ["民生", "就业", "人", 5],
    ]
    assert not told(looked({"表": rows}, ["A1:B1"])[1], "header-duplicate")
    twice: Rows = [["类别", "类别", "指标", "完成"], *rows[1:]]
    assert len(told(looked({"表": twice})[1], "header-duplicate")) == 2


def test_words_that_say_numbers_and_days_are_told_with_what_they_say() -> None:
    """1.2万 and 约30 beside as many numbers are numbers; 20260331 under 开工时间 is a day."""
    rows: Rows = [
        ["指标", "完成", "开工时间"],
        ["人数", "1.2万", "2026.3.31"],
        ["税收", "约30", "20260331"],
        ["投资", 5, datetime.fromisoformat("2026-03-31")],
    ]
    _, findings = looked({"表": rows})
    assert told(findings, "cell-number-as-text") == [("B2", "1.2万"), ("B3", "约30")]
    assert ("C2", "2026.3.31") in told(findings, "cell-day-as-text")
    assert not [
        each for each in findings if each.code == "cell-number-as-text" and "C" in each.cell
    ]


def test_ranks_and_growth_under_a_group_with_a_unit_have_none_of_it() -> None:
    """位次 and 增速 under GDP（亿元） are not in 亿元; 总量 is."""
    (table,) = tables(
        [
            ["地区", "GDP（亿元）", N, N],
            [N, "总量", "增速（%）", "位次"],
            ["甲区", 500, 6, 1],
            ["乙区", 400, 5, 2],
        ],
        ["A1:A2", "B1:D1"],
    )
    assert shown(table)[1:] == ["GDP / 总量[亿元]", "GDP / 增速[%]", "GDP / 位次"]


def test_a_day_in_the_corner_of_a_title_is_no_data() -> None:
    """日报 | … | 2026-03-31 over a header of words is a title."""
    (table,) = tables(
        [
            ["日报", N, N, datetime.fromisoformat("2026-03-31")],
            ["网点", "存款", "贷款", "余额"],
            ["甲", 1, 2, 3],
            ["乙", 3, 4, 5],
        ]
    )
    assert (table.header_rows, table.rows) == ((2,), (3, 4))


def test_a_line_of_sums_over_a_table_is_no_table() -> None:
    """总目标 | 100 | 总完成 | 50 is told as a form; the table under it keeps its own header."""
    rows: Rows = [
        ["总目标", 100, N, "总完成", 50],
        [N],
        ["地区", "目标", "完成"],
        ["甲", 60, 30],
        ["乙", 40, 20],
    ]
    (sheet,), findings = looked({"表": rows})
    assert [each.header_rows for each in sheet.tables] == [(3,)]
    assert "总目标＝100" in told(findings, "sheet-form")[0][1]


def test_amounts_with_a_sign_of_yuan_are_numbers() -> None:
    """￥1,000.50 is an amount in 元."""
    rows: Rows = [["科目", "执行"], ["办公费", "￥1,000.50"], ["差旅费", "¥500"], ["会议费", 600]]
    (sheet,), findings = looked({"表": rows})
    assert sheet.tables[0].columns[1].numeric
    words = [each.message + each.action for each in findings if each.code == "cell-number-as-text"]
    assert any("1000.50元" in each for each in words)


def test_a_sheet_of_numbers_as_text_is_told_by_columns() -> None:
    """Where an export holds every number as text, each column is one finding."""
    rows: Rows = [["地区", *[f"{year}年" for year in range(2016, 2026)]]]
    rows = [
        *rows,
        *[[f"{at}区", *[str(at * 10 + year) for year in range(10)]] for at in range(1, 9)],
    ]
    _, findings = looked({"表": rows})
    cells = [cell for cell, _ in told(findings, "cell-number-as-text")]
    assert (len(cells), cells[0]) == (10, "B2:B9")


@pytest.mark.parametrize(("own", "said"), [("备注", [("C2", "亿元、个")]), ("计量单位", [])])
def test_a_line_of_two_units_is_doubtful_at_its_cell(own: str, said: list[tuple[str, str]]) -> None:
    """单位：亿元、个 is told where it stands, and not where each row has a unit of its own."""
    rows: Rows = (
        ["一季度完成情况"],
        ["填报单位：区数据局", None, "单位：亿元、个"],
        ["指标名称", "完成数", own],
        ["产业规模", 95, "亿元"],
        ["企业数", 12, "个"],
    )
    assert told(looked({"表": rows})[1], "unit-ambiguous") == said
