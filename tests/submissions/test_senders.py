"""Whose sheet it is, by what people and sheets say; what is said once and not for every quarter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from indicators.model import Office
from indicators.store.ledger import Store
from indicators.submissions.importing import import_workbook
from indicators.submissions.sender import Wish

from .test_free_form import Rows, sheet


def test_what_each_quarter_of_a_wide_sheet_would_say_is_said_once(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """A row that is no indicator is told once, however many quarters stand beside it."""
    rows: Rows = [
        ("指标", "单位", "2025年三季度", "2025年四季度", "2026年一季度"),
        ("智算规模", "EFLOPS", 6, 8, 10),
        ("机房", "个", 3, 3, 4),
    ]
    receipt = import_workbook(
        store, sheet(tmp_path / "a.xlsx", rows), replace(wish, office="区数据局")
    )
    assert [each.cell for each in receipt.findings if each.code == "row-not-matched"] == ["A3"]


def test_a_sheet_that_names_another_office_is_refused(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """填报单位：区工信局 handed in for 区数据局 is a mix-up; a name that nobody bears is not."""
    for said, code in (("区工信局", {"template-of-other-office"}), ("数据资源科", set())):
        rows: Rows = [
            ("2026年一季度",),
            (f"填报单位：{said}",),
            ("指标", "单位", "完成"),
            ("智算规模", "EFLOPS", 10),
        ]
        receipt = import_workbook(
            store, sheet(tmp_path / f"{said}.xlsx", rows), replace(wish, office="区数据局")
        )
        errors = {each.code for each in receipt.findings if each.severity == "error"}
        assert errors == code


def test_an_alias_is_the_office_it_stands_for(store: Store, wish: Wish, tmp_path: Path) -> None:
    """What comes in under another name of an office restates what the office reported before."""
    with store.batch("settings", who="测试") as batch:
        batch.add([Office(place="武清区", office="区数据局", aliases=("武清区数据局",))])
    for value, outcome in ((10, "recorded"), (11, "refused")):
        rows: Rows = [
            ("2026年一季度",),
            ("填报单位：武清区数据局",) if value > 10 else ("填报单位：区数据局",),
            ("指标", "单位", "完成"),
            ("智算规模", "EFLOPS", value),
        ]
        receipt = import_workbook(store, sheet(tmp_path / f"{value}.xlsx", rows), wish)
        assert (receipt.office, receipt.outcome) == ("区数据局", outcome)
    assert "restatement-without-reason" in {each.code for each in receipt.findings}
