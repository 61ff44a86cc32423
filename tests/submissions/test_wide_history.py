"""Years of quarters on an office's own sheet, and cells merged over many rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from indicators import periods
from indicators.model import Indicator, Observation, Setting
from indicators.store.ledger import Store
from indicators.submissions.figure import cell_of
from indicators.submissions.importing import import_workbook
from indicators.submissions.lines import Line
from indicators.submissions.matching import Holding, Matcher
from indicators.submissions.reading import read_lines
from indicators.submissions.sender import Wish
from indicators.submissions.sheet import Cell, Merge, Row, Sheet

from .test_free_form import sheet


def test_a_quarter_before_the_count_began_is_told_at_its_cell() -> None:
    """A value since the start of a plan cannot be of a quarter before it; the others are read."""
    matcher = Matcher()
    setting = Setting(indicator_id="i1", accumulation="since_start", since=date(2025, 1, 1))
    indicator = Indicator(
        indicator_id="i1", name="数据集", place="武清区", unit="个", dimension="count"
    )
    matcher.by_name["数据集"] = [Holding(indicator=indicator, setting=setting)]
    lines = [
        Line(
            sheet="表", row=2, name="数据集", name_cell="A2", unit="个", quarter=quarter,
            values=(("", Cell(2, column, 5)),),
        )
        for column, quarter in ((2, "2024Q4"), (3, "2025Q1"))
    ]  # fmt: skip
    read = read_lines([lines], matcher, file="a.xlsx", office="局", quarter="2025Q1")
    assert [(each.code, each.cell) for each in read.findings] == [("quarter-before-start", "B2")]
    assert [(each.cell, each.magnitude) for each in read.candidates] == [("C2", 5)]


def test_a_wide_sheet_of_eight_quarters_brings_their_history(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """A column a quarter: each value is recorded for the period of its own quarter, by its basis."""
    quarters = [f"{year}Q{number}" for year in (2025, 2026) for number in (1, 2, 3, 4)]
    heads = [f"{each[:4]}年{'一二三四'[int(each[-1]) - 1]}季度" for each in quarters]
    path = sheet(
        tmp_path / "历年.xlsx",
        [
            ("武清区主要指标历年完成情况",),
            ("填报单位：区数据局",),
            ("指标名称", "计量单位", *heads),
            ("智算规模", "EFLOPS", 5, 6, 7, 8, 9, 10, 11, 12),
            ("人工智能产业规模", "亿元", 60, 130, 210, 305, 70, 150, 240, 340),
            ("高质量数据集", "个", 5, 11, 18, 26, 35, 45, None, 66),
        ],
    )
    asked = replace(wish, quarter="2026Q4", accept_warnings=True)
    receipt = import_workbook(store, path, asked)
    assert receipt.outcome == "recorded", receipt.findings
    assert len(receipt.added) == 23
    assert {each.quarter for each in receipt.added} == set(quarters)
    rows = {
        (each.indicator_id, periods.quarter_of(each.period_end)): each
        for each in store.current(Observation)
    }
    assert len(rows) == 23
    assert ("i2", "2026Q3") not in rows
    for at, quarter in enumerate(quarters):
        span = periods.quarter(quarter)
        level, sums = rows["i1", quarter], rows["i3", quarter]
        assert (level.period_start, level.period_end) == (span.end, span.end)
        assert (level.magnitude, level.cell) == (5 + at, f"{'CDEFGHIJ'[at]}4")
        assert (sums.period_start, sums.period_end) == (date(span.end.year, 1, 1), span.end)
        assert sums.basis == "year_to_date"
        if ("i2", quarter) in rows:
            assert rows["i2", quarter].period_start == date(2025, 1, 1)
    assert rows["i3", "2026Q2"].magnitude == Decimal(15_000_000_000)
    again = import_workbook(store, path, asked)
    assert (again.outcome, again.batch) == ("unchanged", receipt.batch)


def test_a_merged_cell_is_found_among_very_many() -> None:
    """The merged range of a cell is that which covers it, however far apart its rows are."""
    merges = (
        Merge(1, 1, 200, 2), *(Merge(row, 4, row, 5) for row in range(1, 200)), Merge(150, 1, 151, 3)
    )  # fmt: skip
    rows = (Row(1, 1, ("总",), ("General",)), Row(130, 4, (7,), ("General",)))
    made = Sheet("表", rows, merges=merges)
    assert cell_of(made, 150, 2).text == "总"
    assert cell_of(made, 130, 5).value == 7
    assert (cell_of(made, 130, 6).kind, cell_of(made, 201, 1).kind) == ("blank", "blank")
    assert made.merge_at(151, 3) == Merge(150, 1, 151, 3)
    for row in range(1, 205):
        for column in range(1, 7):
            covers = [
                each for each in merges
                if each.top <= row <= each.bottom and each.left <= column <= each.right
            ]  # fmt: skip
            assert made.merge_at(row, column) == (covers[0] if covers else None)
