"""Tasks in tables: a row below a head of tasks and offices is a task."""

from datetime import date

import pytest

from indicators.extraction import tasks

TABLE = (
    "附件：任务分工表\n"
    "序号\t任务类别\t具体任务\t牵头单位\t配合单位\t完成时限\n"
    "1\t算力\t建设算力调度平台\t市数据局\t市工信局、财政局\t2026年6月底前\n"
    "2\t\t扩容数据中心\t\t市发改委\t2026年\n"
    "序号\t任务类别\t具体任务\t牵头单位\t配合单位\t完成时限\n"
    "3\t数据\t编制数据目录\t市政务局、市数据局\t\t长期\n"
)


def test_rows_are_tasks_with_their_columns(parse):
    """Task, lead, support and deadline come from the columns; merged cells keep what is above."""
    document = parse(TABLE, title="某市方案（2025—2027年）", issued_on=date(2025, 3, 1))
    rows = [
        (task.number, task.title, task.lead_office, task.supporting_offices, task.deadline)
        for task in tasks(document)
        if task.sort == "task"
    ]
    assert rows == [
        ("1", "建设算力调度平台", "市数据局", ("市工信局", "财政局"), date(2026, 6, 30)),
        ("2", "扩容数据中心", "市数据局", ("市发改委",), date(2026, 12, 31)),
        ("3", "编制数据目录", "市政务局", ("市数据局",), date(2027, 12, 31)),
    ]


def test_a_row_with_its_own_lead_keeps_its_empty_cells(parse):
    """An empty 配合单位 beside a lead of its own is empty, not merged."""
    document = parse(
        "序号\t任务\t牵头单位\t配合单位\n1\t建设算力平台\t市数据局\t市工信局\n2\t编制数据目录\t市政务局\t\n",
        title="某市方案（2025—2027年）",
    )
    assert [task.supporting_offices for task in tasks(document)] == [("市工信局",), ()]


def test_a_row_is_quoted_as_it_stands(parse):
    """The text of a row is the row."""
    document = parse(TABLE, title="某市方案（2025—2027年）")
    first = next(task for task in tasks(document) if task.number == "1")
    assert first.text == TABLE.splitlines()[2]
    assert document.text[first.start : first.end] == first.text


@pytest.mark.parametrize(
    "text",
    [
        "指标\t单位\t2020年\t2025年\n算力规模\tP\t5\t30\n",
        "单位\t内容\n市数据局\t负责数据工作\n",
        "序号\t任务\n1\t建设平台\n",
    ],
)
def test_other_tables_hold_no_tasks(parse, text):
    """A table without both tasks and offices at its head is none of tasks."""
    assert tasks(parse(text, title="某市方案（2025—2027年）")) == []
