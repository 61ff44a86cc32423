"""Sheets as they are printed: rows as high as their words need, groups told on every page."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from indicators.register import books, dutybook
from indicators.register.duty import Duty

PLAN = dutybook.layout("武清区")


@given(st.lists(st.floats(20, 400), max_size=60))
def test_rows_fall_on_pages_in_order_and_none_is_overfull(heights):
    """Pages go up by one; what stands on a page fits on an A3 sheet at the scale of the sheet."""
    found = books.pages(PLAN, heights)
    assert found == sorted(found)
    assert set(found) == set(range(1, max(found, default=0) + 1))
    wide = sum(7 * each.width + 5 for each in PLAN.columns if not each.hidden) / 96
    paper = (297 / 25.4) * 72 * wide / (420 / 25.4 - 0.8)
    for page in set(found):
        assert sum(high for high, at in zip(heights, found, strict=True) if at == page) <= paper


def test_a_long_group_has_its_heading_on_every_page():
    """Sixty tasks of one group are merged page by page, not as one block that hides its words."""
    duties = [
        Duty(
            key=str(number),
            sort="任务",
            place="武清区",
            group="夯实算力底座",
            content="加快推进智算中心建设，" * 12,
            deadline=date(2027, 12, 31),
        )
        for number in range(60)
    ]
    book = books.new_book("台账")
    dutybook.write(book, "武清区", duties, "2026Q3", demonstration=False)
    sheet = book["武清区"]
    merged = [each for each in sheet.merged_cells.ranges if each.min_row > 3]
    assert len(merged) > 1
    assert {sheet.cell(each.min_row, each.min_col).value for each in merged} == {"夯实算力底座"}


def test_a_row_is_as_high_as_its_longest_cell_needs():
    """Smaller letters need fewer lines; hidden and unwrapped columns need none."""
    columns = (
        books.Column(key="words", header="字", width=20, wrap=True),
        books.Column(key="plain", header="不换行", width=5),
    )
    values = {"words": "字" * 60, "plain": "字" * 600}
    assert books.height(values, columns, 9) < books.height(values, columns, 12)
    assert books.height({"plain": "字" * 600}, columns, 10) == books.height({}, columns, 10)
