"""An office's own sheet is read by its words: names, units, quarters, the column of values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from indicators.model import Indicator, Observation, Progress, Relation, Setting
from indicators.store.ledger import Store
from indicators.submissions.importing import import_workbook
from indicators.submissions.receipt import Receipt
from indicators.submissions.sender import Wish

Rows = Sequence[Sequence[object]]
HEAD: Rows = (
    ("武清区2026年一季度主要指标完成情况",),
    ("填报单位：区数据局", None, None, None, "单位：亿元"),
    ("序号", "指标名称", "计量单位", "全年目标", "一季度完成", "进展情况"),
)


def sheet(path: Path, rows: Rows, formats: dict[str, str] | None = None) -> Path:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    for cell, form in (formats or {}).items():
        workbook.active[cell].number_format = form
    workbook.save(path)
    return path


def values(store: Store) -> dict[str, Decimal]:
    return {
        f"{each.indicator_id} {each.period_end}": each.magnitude
        for each in store.current(Observation)
    }


def codes(receipt: Receipt) -> list[tuple[str, str]]:
    return [(each.code, each.cell) for each in receipt.findings]


def test_names_units_and_quarter_are_read_from_the_sheet(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """Office and quarter stand above the table; each row has its unit; synonyms count as names."""
    path = sheet(
        tmp_path / "季报.xlsx",
        [
            *HEAD,
            (1, "算力规模", "EFLOPS", 30, 10, "一期投运"),
            (2, "人工智能产业规模", "亿元", 500, "95.5", None),
            (3, "数据中心总体上架率", "%", 0.8, 0.66, None),
            (None, "注：数据为初步数"),
        ],
        {"E6": "0.0%", "D6": "0%"},
    )
    receipt = import_workbook(store, path, replace(wish, accept_warnings=True))
    assert receipt.outcome == "recorded", receipt.findings
    assert (receipt.office, receipt.place, receipt.quarter) == ("区数据局", "武清区", "2026Q1")
    assert values(store) == {
        "i1 2026-03-31": Decimal(10),
        "i3 2026-03-31": Decimal(9_550_000_000),
        "i4 2026-03-31": Decimal(66),
    }
    assert store.current(Progress)[0].progress == "一期投运"
    assert ("cell-number-as-text", "E5") in codes(receipt)


def test_a_name_that_is_only_alike_is_a_proposal(store: Store, wish: Wish, tmp_path: Path) -> None:
    """A like name is refused with a score until a person confirms it."""
    path = sheet(tmp_path / "a.xlsx", [*HEAD, (1, "智算总规模", "EFLOPS", 30, 10, None)])
    receipt = import_workbook(store, path, wish)
    (finding,) = [each for each in receipt.findings if each.code == "indicator-proposed"]
    assert (receipt.outcome, finding.cell) == ("refused", "B4")
    assert "智算规模" in finding.expected
    confirmed = replace(wish, matches=(("智算总规模", "智算规模"),))
    assert import_workbook(store, path, confirmed).outcome == "recorded"


def test_a_row_of_no_indicator_is_told_and_can_be_passed(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """Other rows of an office's own sheet are a warning that a person confirms."""
    rows = [*HEAD, (1, "智算规模", "EFLOPS", 30, 10, None), (2, "接待来访", "人次", 9, 9, None)]
    path = sheet(tmp_path / "a.xlsx", rows)
    receipt = import_workbook(store, path, wish)
    assert (receipt.outcome, codes(receipt)[-1]) == ("unconfirmed", ("row-not-matched", "B5"))
    assert import_workbook(store, path, replace(wish, accept_warnings=True)).outcome == "recorded"


def test_a_column_a_quarter_gives_a_value_a_quarter(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """A wide sheet brings the history of years at once, each value in its period."""
    path = sheet(
        tmp_path / "历史.xlsx",
        [
            ("历年报送（单位：亿元）",),
            ("指标名称", "2025Q3", "2025年四季度", "2026Q1"),
            ("人工智能产业规模", 210, 300, 95),
            ("智算规模", "7EFLOPS", "8EFLOPS", None),
        ],
    )
    receipt = import_workbook(store, path, replace(wish, office="区数据局", accept_warnings=True))
    assert receipt.outcome == "recorded", receipt.findings
    assert receipt.quarter == "2026Q1"
    assert values(store) == {
        "i1 2025-09-30": Decimal(7),
        "i1 2025-12-31": Decimal(8),
        "i3 2025-09-30": Decimal(21_000_000_000),
        "i3 2025-12-31": Decimal(30_000_000_000),
        "i3 2026-03-31": Decimal(9_500_000_000),
    }


def test_indicators_as_columns_are_read_too(store: Store, wish: Wish, tmp_path: Path) -> None:
    """A sheet with a quarter a row names its indicators in the header."""
    path = sheet(
        tmp_path / "t.xlsx",
        [("季度", "智算规模", "数据中心总体上架率(%)"), ("2026Q1", 10, 66), ("2026Q2", 11, 69)],
    )
    receipt = import_workbook(
        store, path, replace(wish, office="区数据局", quarter="2026Q2", accept_warnings=True)
    )
    assert receipt.outcome == "recorded", receipt.findings
    assert len(values(store)) == 4


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(1, "智算规模", "亿元", 30, 10, None)], ("unit-dimension", "E4")),
        ([(1, "智算规模", "EFLOPS", 30, "#N/A", None)], ("cell-error-value", "E4")),
        ([(1, "智算规模", "EFLOPS", 30, 1, None), (2, "智算规模", "P", 30, 2, None)],
         ("indicator-twice", "B5")),
        ([(1, "5G基站", "个", 30, 10, None)], ("indicator-of-other-office", "B4")),
        ([(1, "智算规模", "EFLOPS", 30, 100000, None)], ("value-unit-slip", "E4")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_cell(
    store: Store, wish: Wish, tmp_path: Path, rows: Rows, expected: tuple[str, str]
) -> None:
    """Each thing that is wrong is a finding at the cell, and nothing is recorded."""
    seq = store.seq
    receipt = import_workbook(store, sheet(tmp_path / "a.xlsx", [*HEAD, *rows]), wish)
    assert expected in codes(receipt)
    assert store.seq == seq


def test_a_sum_that_is_an_indicator_is_read(store: Store, wish: Wish, tmp_path: Path) -> None:
    """A row named 合计 is left out unless an indicator has that very name."""
    with store.batch("settings", who="测试") as batch:
        (setting,) = batch.current(Setting, indicator_id="i1")
        batch.add([replace(setting, synonyms=("智算规模合计",))])
    rows = [*HEAD, (1, "数据中心总体上架率", "%", 80, 66, None), (None, "智算规模合计", "EFLOPS", 30, 10, None),
            (None, "合计", None, 1, 1, None)]  # fmt: skip
    receipt = import_workbook(store, sheet(tmp_path / "a.xlsx", rows), wish)
    assert receipt.outcome == "recorded", receipt.findings
    assert set(values(store)) == {"i1 2026-03-31", "i4 2026-03-31"}


def test_a_title_of_another_quarter_is_refused(store: Store, wish: Wish, tmp_path: Path) -> None:
    """The quarter that the person gives must be the one in the title."""
    path = sheet(tmp_path / "a.xlsx", [*HEAD, (1, "智算规模", "EFLOPS", 30, 10, None)])
    receipt = import_workbook(store, path, replace(wish, quarter="2026Q2"))
    assert ("template-of-other-quarter", "") in codes(receipt)


def test_two_columns_that_could_be_the_value_are_asked_about(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """Which column is the value is never guessed."""
    rows: Rows = [("2026年一季度",), ("指标", "甲口径", "乙口径"), ("智算规模", 1, 2)]
    receipt = import_workbook(
        store, sheet(tmp_path / "a.xlsx", rows), replace(wish, office="区数据局")
    )
    assert "value-column-ambiguous" in dict(codes(receipt))


def test_names_with_their_unit_in_brackets(store: Store, wish: Wish, tmp_path: Path) -> None:
    """智算规模（EFLOPS） is 智算规模, and its value is in EFLOPS."""
    rows: Rows = [
        ("2026年一季度",),
        ("指标", "本期值"),
        ("智算规模（P）", 10000),
        ("人工智能产业规模（亿元）", 95),
    ]
    receipt = import_workbook(
        store, sheet(tmp_path / "a.xlsx", rows), replace(wish, office="区数据局")
    )
    assert receipt.outcome == "recorded", receipt.findings
    assert values(store) == {
        "i1 2026-03-31": Decimal(10),
        "i3 2026-03-31": Decimal(9_500_000_000),
    }
    told = {each.cell: each for each in receipt.findings if each.code == "unit-converted"}
    assert (told["B3"].found, told["B3"].expected) == ("10000P", "10EFLOPS")
    assert "B4" not in told, "亿元 is 元, only written shorter"


def test_quarter_beside_cumulative_by_upper_headings(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """二季度 / 完成 beside 年初累计 / 完成: each indicator takes the column that adds up as it does."""
    rows: Rows = [
        ("2026年二季度指标",),
        ("指标名称", "单位", "二季度", None, "年初累计", None),
        (None, None, "完成", "同比%", "完成", "同比%"),
        ("人工智能产业规模", "亿元", 100, 5, 195, 6),
    ]
    receipt = import_workbook(
        store, sheet(tmp_path / "a.xlsx", rows), replace(wish, office="区数据局")
    )
    assert receipt.outcome == "recorded", receipt.findings
    assert values(store) == {"i3 2026-06-30": Decimal(19_500_000_000)}


def test_years_over_quarters_and_quarters_down_the_rows(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """2025年 over 四季度 is 2025Q4, and a sheet with a quarter a row needs no word of the person."""
    wide: Rows = [
        ("指标", "单位", "2025年", None, "2026年"),
        (None, None, "三季度", "四季度", "一季度"),
        ("智算规模", "EFLOPS", 7, 8, 10),
    ]
    tall: Rows = [("季度", "数据中心总体上架率（%）"), ("2025年四季度", 60), ("2026年一季度", 66)]
    for number, rows in enumerate((wide, tall)):
        path = sheet(tmp_path / f"{number}.xlsx", rows)
        receipt = import_workbook(store, path, replace(wish, office="区数据局"))
        assert (receipt.outcome, receipt.quarter) == ("recorded", "2026Q1"), receipt.findings
    assert sorted(values(store)) == [
        "i1 2025-09-30", "i1 2025-12-31", "i1 2026-03-31", "i4 2025-12-31", "i4 2026-03-31",
    ]  # fmt: skip


def test_a_sheet_a_quarter_gives_each_its_quarter(store: Store, wish: Wish, tmp_path: Path) -> None:
    """Sheets named after quarters bring the history of a year in one workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for quarter, value in (("2025年四季度", 8), ("2026年一季度", 10)):
        target = book.create_sheet(quarter)
        target.append(("指标", "单位", "完成"))
        target.append(("智算规模", "EFLOPS", value))
    book.save(tmp_path / "a.xlsx")
    receipt = import_workbook(store, tmp_path / "a.xlsx", replace(wish, office="区数据局"))
    assert (receipt.outcome, receipt.quarter) == ("recorded", "2026Q1"), receipt.findings
    assert values(store) == {"i1 2025-12-31": Decimal(8), "i1 2026-03-31": Decimal(10)}


def test_the_same_indicator_on_two_sheets_is_told(store: Store, wish: Wish, tmp_path: Path) -> None:
    """Two towns' sheets of one layout are not taken for one value; the finding names the sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for town, value in (("甲镇", 8), ("乙镇", 10)):
        target = book.create_sheet(town)
        target.append(("2026年一季度", None, None))
        target.append(("指标", "单位", "完成"))
        target.append(("智算规模", "EFLOPS", value))
    book.save(tmp_path / "a.xlsx")
    receipt = import_workbook(store, tmp_path / "a.xlsx", replace(wish, office="区数据局"))
    (finding,) = [each for each in receipt.findings if each.code == "indicator-twice"]
    assert (finding.sheet, finding.cell, finding.expected) == ("乙镇", "A3", "甲镇!A3")
    assert values(store) == {}


@pytest.mark.parametrize(
    "rows",
    [
        [("填报单位", "区数据局", "报告期", "2026年一季度"), ("联系人", "张三", "联系电话", "1"), ()],
        [("填报单位：区数据局",), ("截至2026年3月31日",)],
    ],
    ids=["form", "as of"],
)  # fmt: skip
def test_office_and_quarter_from_a_form_or_a_day(
    store: Store, wish: Wish, tmp_path: Path, rows: Rows
) -> None:
    """A form above the table says whose it is; the last day of a quarter says of when."""
    path = sheet(tmp_path / "a.xlsx", [*rows, ("指标", "单位", "完成"), ("智算规模", "EFLOPS", 10)])
    receipt = import_workbook(store, path, wish)
    assert (receipt.office, receipt.quarter) == ("区数据局", "2026Q1"), receipt.findings
    assert receipt.outcome == "recorded"


def test_the_office_may_stand_under_the_table(store: Store, wish: Wish, tmp_path: Path) -> None:
    """填报单位（盖章）：… signs the sheet at its foot."""
    path = sheet(
        tmp_path / "a.xlsx",
        [
            ("2026年一季度",),
            ("指标", "单位", "完成"),
            ("智算规模", "EFLOPS", 10),
            ("填报单位（盖章）：区数据局", None, "填报日期：2026年4月9日"),
        ],
    )
    assert import_workbook(store, path, wish).office == "区数据局"


def test_a_row_without_a_value_is_told_only_where_one_is_due(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """An indicator without a number is a warning; a caption that names none is nothing."""
    rows = [
        *HEAD,
        ("一", "算力", None, None, None, None),
        (1, "智算规模", "EFLOPS", 30, None, None),
        (2, "数据中心总体上架率", "%", 80, 66, None),
    ]
    receipt = import_workbook(store, sheet(tmp_path / "a.xlsx", rows), wish)
    told = [
        each for each in codes(receipt) if each[0] in ("indicator-not-reported", "row-not-matched")
    ]
    assert told == [("indicator-not-reported", "B5")]


def test_a_row_that_is_not_matched_names_the_nearest_indicator(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """AI产业规模 is too unlike to be proposed, yet the reporter is told what may be meant."""
    rows = [*HEAD, (1, "AI产业规模", "亿元", 500, 95, None), (2, "智算规模", "P", 1, 10000, None)]
    receipt = import_workbook(store, sheet(tmp_path / "a.xlsx", rows), wish)
    (finding,) = [each for each in receipt.findings if each.code == "row-not-matched"]
    assert "人工智能产业规模" in finding.action


def test_a_number_with_its_own_unit_needs_no_confirmation(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """95亿元 in a cell is what the guide invites to write: a note; a bare 95 as text is a warning."""
    rows = [*HEAD, (1, "人工智能产业规模", "亿元", 500, "95亿元", None)]
    receipt = import_workbook(store, sheet(tmp_path / "a.xlsx", rows), wish)
    assert receipt.outcome == "recorded", receipt.findings
    assert values(store) == {"i3 2026-03-31": Decimal(9_500_000_000)}


def test_parts_and_wholes_are_compared_across_units_and_workbooks(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """12000P of 10 EFLOPS is too much; so is a whole of 7 after a part of 8000P was reported."""
    with store.batch("settings", who="测试") as batch:
        batch.add(
            [
                Indicator(indicator_id="p", name="智能算力", place="武清区", unit="P", dimension="compute"),
                Setting(indicator_id="p", accumulation="level", reporting_office="区数据局"),
                Relation(relation_id="r", subject="p", sort="part_of", object="i1", status="accepted"),
            ]
        )  # fmt: skip

    def sent(name: str, *rows: Sequence[object]) -> Receipt:
        return import_workbook(store, sheet(tmp_path / name, [*HEAD, *rows]), wish)

    whole = (1, "智算规模", "EFLOPS", 30, 10, None)
    receipt = sent("a.xlsx", whole, (2, "智能算力", "P", 30, 12000, None))
    assert ("value-part-above-whole", "E5") in codes(receipt)
    assert sent("b.xlsx", (2, "智能算力", "P", 30, 8000, None)).outcome == "recorded"
    receipt = sent("c.xlsx", (1, "智算规模", "EFLOPS", 30, 7, None))
    assert ("value-whole-below-part", "E4") in codes(receipt)
    assert "8EFLOPS" in next(each.message for each in receipt.findings if each.severity == "error")
