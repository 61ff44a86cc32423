"""Indicator tables of plans in the layouts that web pages and PDF text leave."""

from __future__ import annotations

import pytest

from tests.extraction.reading import BULLETIN, PLAN, read

Row = tuple[str, str, str, str]


def _rows(text: str) -> list[Row]:
    return [(each.name, each.as_written, each.kind, str(each.date)) for each in read(text, PLAN)]


GROUPED = """主要指标
类别 指标 2024年 2027年 年均/累计 属性
规模 1.数字产业收入增长（%） 6.3 — 高于生产总值增长 预期性
2.软件业务收入（亿元） 80.6* 120 — 预期性
投入 3.研发投入增长（%） — — >8、力争高于全省 预期性
4.每万人发明专利（件） 7.2 12 — 预期性
"""


def test_rows_without_their_group_keep_their_columns() -> None:
    """A row that states no group is shifted under its own heads, a remark behind a value is passed over."""
    assert _rows(GROUPED) == [
        ("数字产业收入增长", "6.3", "baseline", "2024-12-31"),
        ("软件业务收入", "80.6*", "baseline", "2024-12-31"),
        ("软件业务收入", "120", "target", "2027-12-31"),
        ("研发投入年均增长", ">8、力争高于全省", "target", "2027-12-31"),
        ("每万人发明专利", "7.2", "baseline", "2024-12-31"),
        ("每万人发明专利", "12", "target", "2027-12-31"),
    ]


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_name_that_begins_with_a_digit(mark: str) -> None:
    """The 5 of 5G is no row number, nor the 3 of 3岁, nor a value."""
    lines = [
        ["指标名称", "2024年", "2027年", "属性"],
        ["5G用户普及率（%）", "60", "85", "预期性"],
        ["10G-PON端口数（万个）", "3", "6", "预期性"],
        ["3岁以下婴幼儿入托率（%）", "12", "20", "预期性"],
    ]
    found = _rows("\n".join(mark.join(line) for line in lines) + "\n")
    assert [row[0] for row in found] == [
        name for name in ("5G用户普及率", "10G-PON端口数", "3岁以下婴幼儿入托率") for _ in range(2)
    ]


def test_full_width_brackets_are_a_total() -> None:
    """［21］ is a cumulative value of the plan period."""
    text = "指标\t2024年\t2027年\t年均增速［累计］\n基站数（个）\t5\t26\t［21］\n收入（亿元）\t2\t4\t10%\n"
    found = _rows(text)
    assert ("基站数五年累计", "［21］", "target", "2027-12-31") in found
    assert ("收入年均增速", "10%", "target", "2027-12-31") in found


def test_table_of_upright_strokes() -> None:
    """Cells parted by strokes are read with the units of their heads."""
    text = (
        "2025年生产总值\n指标 | 绝对数（亿元） | 比上年增长（%） |\n"
        "地区生产总值 | 609.91 | 5.2 |\n第一产业 | 63.44 | 4.5 |\n"
    )
    found = [(row.name, row.unit, row.kind) for row in read(text, BULLETIN)]
    assert found == [
        ("地区生产总值", "元", "actual"),
        ("地区生产总值增长", "%", "actual"),
        ("第一产业", "元", "actual"),
        ("第一产业增长", "%", "actual"),
    ]


def test_rule_line_of_a_table_is_no_row() -> None:
    """A line of strokes and dashes below the head is passed over."""
    text = "| 指标 | 2024年 | 2027年 |\n|---|---|---|\n| 绿电占比（%） | 60 | 80 |\n| 企业（家） | 30 | 50 |\n"
    assert [row.as_written for row in read(text, PLAN)] == ["60", "80", "30", "50"]


def test_day_of_a_row_that_states_its_limit() -> None:
    """A column of time limits gives the deadline of its row."""
    text = (
        "序号\t任务\t目标值\t完成时限\n1\t建设智算中心\t2个\t2026年底\n"
        "2\t开放数据集\t300个以上\t2027年6月\n"
    )
    assert [str(row.date) for row in read(text, PLAN)] == ["2026-12-31", "2027-06-30"]


def test_first_unit_of_a_caption_holds_for_plain_columns() -> None:
    """单位：亿元、%: the amounts are in 亿元, the rates have their own head."""
    text = (
        "单位：亿元、%\n指标\t2024年基数\t2027年目标\t年均增长（%）\n"
        "软件业务收入\t16\t24\t6.5以上\n信息服务收入\t9\t13\t5\n"
    )
    rows = read(text, PLAN)
    assert [(row.name, row.unit) for row in rows[:3]] == [
        ("软件业务收入", "元"),
        ("软件业务收入", "元"),
        ("软件业务收入年均增速", "%"),
    ]
