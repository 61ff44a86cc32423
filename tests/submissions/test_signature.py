"""Names of people and telephone numbers are found wherever a sheet has them; figures are none."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from indicators.submissions.sandbox import open_bytes
from indicators.submissions.signature import signature_cells


def found(rows: list[list[object]]) -> set[str]:
    """The words of the cells that name people."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    opened = open_bytes(made.getvalue(), "表.xlsx").workbook
    sheet = opened.sheets[0]
    return {sheet.cell(*place).text for place in signature_cells(sheet)}


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([["单位负责人：张三　　填表人：李四　　联系电话：022-12345678"]], {"单位负责人：张三　　填表人：李四　　联系电话：022-12345678"}),
        ([["填报人", "王五", "联系电话", 13800000000]], {"王五", "13800000000"}),
        ([["联 系 人：", "王五"]], {"王五"}),
        ([["单位", "指标", "数值", "联系人"], ["某局", "机柜", 3000, "王五"], ["乙局", "机柜", 10, "赵六"]], {"王五", "赵六"}),
        ([["备注", "有事请打13800000000或010-66660000"]], {"有事请打13800000000或010-66660000"}),
        ([["指标", "数值"], ["产业规模（元）", 13912345678], ["电话普及率", 98.5]], set()),
        ([["负责单位", "区数据局"], ["固定电话用户", 120000]], set()),
        ([["填表人：　　　　联系电话：　　"]], set()),
    ],
)  # fmt: skip
def test_people_are_found_and_figures_are_left(rows: list[list[object]], names: set[str]) -> None:
    """A signature line, a form's field, a column of contacts, a number in a remark."""
    assert found(rows) == names
