"""Usual rows are read without the steps that only others need, and read alike."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.ledger import Ledger
from indicators.model import Accumulation, Indicator, Setting
from indicators.store.ledger import Store
from indicators.submissions import importing
from indicators.submissions.candidate import Read
from indicators.submissions.freeform import free_lines
from indicators.submissions.inspecting import view
from indicators.submissions.matching import Holding, Matcher
from indicators.submissions.reading import read_lines
from indicators.submissions.receipt import Receipt
from indicators.submissions.recording import Prepared
from indicators.submissions.sender import Wish
from indicators.submissions.sheet import Row, Sheet, Trouble, Value, Workbook

OFFICE, QUARTER = "区数据局", "2026Q1"
NAMES = ("智算规模", "企业数量", "研发投入", "用电量", "增长率", "就业人数")
UNITS = ("个", "亿元", "%", "万人")
HEADS = ("指标名称", "单位", "一季度完成", "存在问题", "预计完成日期")

values: st.SearchStrategy[Value] = st.one_of(
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from([None, "", " ", "—", "1.2万", "12", "x", True, Trouble("="), Trouble("#N/A")]),
)
usual_values: st.SearchStrategy[Value] = st.one_of(
    st.integers(0, 10**6), st.floats(0, 1e6, allow_nan=False)
)
names: st.SearchStrategy[Value] = st.sampled_from(
    [*NAMES * 4, "智算规模 ", "企业数", "合计", "", None, 7]
)
forms = st.sampled_from(["General"] * 6 + ["0.00", "@", "0%", "yyyy-mm-dd", '0.0"%"'])
bases: st.SearchStrategy[Accumulation] = st.sampled_from(
    ["", "level", "year_to_date", "period", "since_start"]
)


@st.composite
def registers(draw: st.DrawFn) -> Matcher:
    """Draw the indicators of a place: units, accumulation, who reports."""
    matcher = Matcher()
    for at, name in enumerate(draw(st.permutations(NAMES))[: draw(st.integers(3, 6))]):
        holding = Holding(
            Indicator(
                indicator_id=f"i{at}",
                name=name,
                place="武清区",
                unit=draw(st.sampled_from(UNITS)),
                dimension="count",
            ),
            Setting(
                indicator_id=f"i{at}",
                accumulation=draw(bases),
                since=draw(st.sampled_from([None, date(2025, 1, 1), date(2027, 1, 1)])),
                reporting_office=draw(st.sampled_from(["", "", OFFICE, "别局"])),
                lead_office=draw(st.sampled_from(["", "", OFFICE, "别局"])),
            ),
        )
        matcher.register(holding)
    return matcher


@st.composite
def sheets(draw: st.DrawFn, matcher: Matcher) -> Sheet:
    """Draw a sheet whose rows are mostly usual; columns of words beside the numbers at times."""
    width = draw(st.sampled_from([3, 3, 4, 5]))
    heads = list(HEADS[:width])
    heads[2] = draw(st.sampled_from(["一季度完成", "一季度完成（个）", "年初以来累计", "期末值"]))
    rows = [Row(1, 1, tuple(heads), ("General",) * width)]
    for number in range(2, draw(st.integers(3, 12)) + 2):
        name = draw(names)
        odd = draw(st.integers(0, 2)) == 0
        held = matcher.alone.get(str(name))
        unit: Value = draw(st.sampled_from([*UNITS, "", None])) if odd or not held else None
        unit = held.indicator.unit if held and not odd else unit
        cells: list[Value] = [name, unit, draw(values if odd else usual_values)]
        cells += [draw(st.sampled_from([None, None, "缺资金", 45_000])) for _ in heads[3:]]
        cells = cells[: draw(st.integers(1, width))] if odd else cells
        formats = tuple(draw(forms) if odd else "General" for _ in cells)
        formulas = (3,) if draw(st.integers(0, 5)) == 0 else ()
        rows.append(Row(number, 1, tuple(cells), formats, formulas))
    return Sheet(name="表", rows=tuple(rows))


@given(st.data())
def test_usual_rows_are_read_as_line_by_line(data: st.DataObject) -> None:
    """Whatever stands in a sheet, its rows bring the same values, words and findings both ways."""
    matcher = data.draw(registers())
    sheet = data.draw(sheets(matcher))
    seen, _ = view(Workbook(sheets=(sheet,), reader="ooxml"), "a.xlsx")
    tables = free_lines(seen, matcher, "a.xlsx").lines

    def read(*, one_by_one: bool) -> Read:
        lines = [list(table) if one_by_one else table for table in tables]
        return read_lines(lines, matcher, file="a.xlsx", office=OFFICE, quarter=QUARTER)

    both = read(one_by_one=False), read(one_by_one=True)
    assert both[0] == both[1]
    written = [[str(each.magnitude) for each in one.candidates] for one in both]
    assert written[0] == written[1]


def test_the_cells_are_let_go_before_the_write(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is recorded does not stand in memory beside the sheets that it was read from."""
    path = tmp_path / "a.csv"
    path.write_text("指标名称,单位,一季度完成\n智算规模,EFLOPS,10\n", encoding="utf-8")
    held: list[int] = []
    record = importing.recorded

    def recorded(ledger: Ledger, prepared: Prepared) -> Receipt:
        rows = [each for each in gc.get_objects() if isinstance(each, Sheet)]
        held.append(sum("智算规模" in row.values for each in rows for row in each.rows))
        return record(ledger, prepared)

    gc.collect()  # sheets of other tests
    monkeypatch.setattr(importing, "recorded", recorded)
    wish = Wish(who="测试", office=OFFICE, place="武清区", quarter=QUARTER, accept_warnings=True)
    receipt = importing.import_workbook(store, path, wish)
    assert receipt.outcome == "recorded", receipt.findings
    assert held == [0]
