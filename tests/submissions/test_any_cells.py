"""Whatever stands in cells and however they are merged: an answer, and each row in it once."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indicators.submissions.inspecting import view
from indicators.submissions.sheet import UNCALCULATED, Merge, Row, Sheet, Trouble, Value, Workbook

WORDS = (
    "指标", "单位", "亿元", "目标", "完成率", "2024年", "一季度", "合计", "注：说明", "单位：万元", "续表", "序号", "甲", "产值（亿元）",
    "—", "1.2万", "85%", "0.9", "3000万元", "２３", "2026年3月31日", "20260331", "填报单位：区数据局", "联系人", "Country", "TIME",
    "GEO (Labels)", "Source: x", " ", "第 1 页 共 2 页", "附表：", "Footnote", "类", "科目编码", "Percent", "(0.8)", "￥5%", "(3)%",
    "#sector", "1", "（1）", "一、经济", ":", "长" * 200,
)  # fmt: skip
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.sampled_from([1, 2, 3, 2023, 2024, 10.5, -3, 46_000, 20260331, 1e300, float("nan")]),
    st.booleans(),
    st.sampled_from([Trouble("#REF!"), Trouble(UNCALCULATED)]),
)
FORMATS = st.sampled_from(["General", "General", "0.0%", "yyyy-mm-dd", '0"%"'])


@st.composite
def books(draw: st.DrawFn) -> Workbook:
    rows: list[Row] = []
    number = 0
    for _ in range(draw(st.integers(1, 14))):
        number += draw(st.sampled_from([1, 1, 1, 2]))
        cells = draw(st.lists(st.tuples(VALUES, FORMATS), min_size=1, max_size=7))
        if any(value is not None for value, _ in cells):
            values, formats = zip(*cells, strict=True)
            rows.append(Row(number, draw(st.integers(1, 3)), tuple(values), tuple(formats)))
    corners = st.tuples(st.integers(1, 15), st.integers(1, 9), st.integers(0, 2), st.integers(0, 3))
    merges = [
        Merge(top, left, top + down, left + over)
        for top, left, down, over in draw(st.lists(corners, max_size=4))
    ]
    sheet = Sheet(
        name=draw(st.sampled_from(["表", "投资（亿元）", "Parameters"])),
        rows=tuple(rows),
        merges=tuple(merges),
        hidden_rows=frozenset([2]),
        hidden_columns=frozenset([2]),
        comments=frozenset([(1, 1, "批注")]),
    )
    return Workbook(sheets=(sheet,), reader=draw(st.sampled_from(["ooxml", "text"])))


def abreast() -> Workbook:
    """Two blocks abreast that go on with a table without a header."""
    grid = (
        (1, (True, 5, "甲")),
        (3, (True, None, None, None, "乙")),
        (4, (3, 4, None, None, 5)),
    )
    rows = tuple(Row(number, 1, values, ("General",) * len(values)) for number, values in grid)
    return Workbook(sheets=(Sheet(name="表", rows=rows),), reader="ooxml")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(books())
@example(abreast())
def test_any_cells_get_an_answer(book: Workbook) -> None:
    """No cell stops it, the answer is JSON, no row is data twice, or data and left out."""
    sheets, findings = view(book, "x.xlsx")
    assert all(each.message and each.action for each in findings)
    for table in (table for sheet in sheets for table in sheet.tables):
        json.dumps(table.plain(), allow_nan=False)
        told = [*table.header_rows, *table.rows, *(each.row for each in table.skipped)]
        assert len(told) == len(set(told))
        assert list(table.rows) == sorted(table.rows)
