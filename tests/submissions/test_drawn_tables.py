"""Tables drawn by chance, percentages among plain numbers, rows that count columns or add up."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book

from indicators.submissions.guard import unpack
from indicators.submissions.inspecting import view
from indicators.submissions.ooxml import read_ooxml

from .test_table_shapes import N, Rows, shown, tables, why

NAMES = ["产值", "税收", "用电量", "企业数", "投资额", "销售额", "利润", "从业人员"]
UNITS = ["亿元", "万元", "个", "%", ""]


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Rows, list[str], tuple[int, ...], list[str], int]:
    """A table as an office might draw it, with what was meant."""
    title = draw(st.booleans())
    count = draw(st.integers(2, 5))
    names = draw(st.permutations(NAMES))[:count]
    units = [draw(st.sampled_from(UNITS)) for _ in names]
    grouped = draw(st.booleans()) and count >= 4
    height = draw(st.integers(2, 6))
    rows: list[list[object]] = []
    merges = []
    if title:
        rows.append(["2026年一季度主要情况"])
        merges.append(f"A1:{chr(65 + count)}1")
    first = len(rows) + 1
    heads = [f"{name}（{unit}）" if unit else name for name, unit in zip(names, units, strict=True)]
    meant = [f"{name}[{unit}]" if unit else name for name, unit in zip(names, units, strict=True)]
    if grouped:
        rows.append(["地区", "甲组", N, "乙组", *[N] * (count - 3)])
        rows.append([N, *heads])
        merges += [
            f"A{first}:A{first + 1}",
            f"B{first}:C{first}",
            f"D{first}:{chr(65 + count)}{first}",
        ]
        meant = [f"{'甲组' if at < 2 else '乙组'} / {name}" for at, name in enumerate(meant)]
        header: tuple[int, ...] = (first, first + 1)
    else:
        rows.append(["地区", *heads])
        header = (first,)
    for at in range(height):
        values = [draw(st.integers(10, 99_999)) for _ in names]
        rows.append([f"第{at}区", *values])
    if draw(st.booleans()):
        rows.append(["合计", *[1] * count])
    if draw(st.booleans()):
        rows.append(["注：数据为初步统计数。"])
    return rows, merges, header, ["地区", *meant], height


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn())
def test_what_was_meant_is_read(
    meant: tuple[Rows, list[str], tuple[int, ...], list[str], int],
) -> None:
    """Header rows, names, units and number of data rows come back as they were meant."""
    rows, merges, header, names, height = meant
    (table,) = tables(rows, merges)
    assert table.header_rows == header
    assert shown(table) == names
    assert len(table.rows) == height


@pytest.mark.parametrize(
    ("rows", "formats", "doubtful"),
    [
        ([["甲", 0.85], ["乙", 85], ["丙", 0.9]], {"B2": "0%", "B4": "0%"}, {"B3"}),
        ([["甲", 0.85], ["乙", 0.9]], {"B2": "0%", "B3": "0%"}, set()),
    ],
)
def test_percentages_among_plain_numbers_are_an_error_at_the_cell(
    rows: Rows, formats: dict[str, str], doubtful: set[str]
) -> None:
    """85 among cells in a percent format is never guessed."""
    book = Book()
    for row in [["指标", "完成率（%）"], *rows]:
        book.active.append(row)
    for cell, form in formats.items():
        book.active[cell].number_format = form
    stream = io.BytesIO()
    book.save(stream)
    found = view(read_ooxml(unpack(stream.getvalue())), "x.xlsx")[1]
    assert {each.cell for each in found if each.code == "cell-percent-mixed"} == doubtful


def test_column_numbers_with_two_figures_or_sums_are_no_data() -> None:
    """甲 | 乙 | 丙 | 1 | 2 and (1) | (2) | (3)=(1)/(2) only count the columns."""
    (first,) = tables(
        [
            ["指标", "计量单位", "代码", "本年", "上年同期"],
            ["甲", "乙", "丙", 1, 2],
            ["利润总额", "千元", "01", 80, 70],
            ["单位负责人：张三", "统计负责人：李四", N, "填表人：王五", "报出日期：2026年4月10日"],
        ]
    )
    assert why(first) == {2: "栏次行", 4: "说明"}
    (second,) = tables(
        [
            ["地区", "产值", "人口", "人均"],
            [N, "(1)", "(2)", "(3)=(1)/(2)"],
            ["甲区", 100, 10, 10],
            ["乙区", 200, 20, 10],
        ]
    )
    assert (why(second), second.rows) == ({2: "栏次行"}, (3, 4))


def test_groups_that_are_not_merged_head_the_row_that_completes_them() -> None:
    """3月 stands over 绝对量 and 同比 without a merge; the row below has no label."""
    (table,) = tables(
        [
            ["指标", "单位", "3月", N, "1-3月", N],
            [N, N, "绝对量", "同比±%", "绝对量", "同比±%"],
            ["地区生产总值", "亿元", N, N, 100, 5],
            ["工业", "亿元", 30, 4, 90, 6],
        ]
    )
    assert table.header_rows == (1, 2)
    assert shown(table)[2:4] == ["3月 / 绝对量", "3月 / 同比±%[%]"]


def test_only_its_words_make_a_row_a_total() -> None:
    """A label merged over the naming columns is data; 合计 merged in the same way is a total."""
    (table,) = tables(
        [
            ["国别", "地区", "代码", "人口", "户数"],
            ["某国：2021年分析", N, N, 300, 30],
            ["某国", "甲", "01", 100, 10],
            ["某国", "乙", "02", 200, 20],
            ["合计", N, N, 300, 30],
        ],
        ["A2:C2", "A5:C5"],
    )
    assert (table.rows, why(table)) == ((2, 3, 4), {5: "合计行"})
