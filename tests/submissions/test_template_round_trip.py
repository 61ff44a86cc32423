"""A template goes out, comes back filled in, and is recorded."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from indicators.model import Observation, Progress, Submission
from indicators.store.ledger import Store
from indicators.submissions.importing import import_workbook
from indicators.submissions.sender import Wish

from .conftest import OFFICE, PLACE, USUAL, Fill


def test_values_are_recorded_in_the_registered_unit(store: Store, fill: Fill, wish: Wish) -> None:
    """What is entered in 亿元 is kept in 元, exactly, with its cell."""
    receipt = import_workbook(store, fill(USUAL), wish)
    assert (receipt.outcome, receipt.findings) == ("recorded", ())
    assert len(receipt.added) == 4
    rows = {each.indicator_id: each for each in store.current(Observation)}
    assert rows["i3"].magnitude == Decimal(9_500_000_000)
    assert rows["i3"].as_written == "95亿元"
    assert (rows["i1"].sheet, rows["i1"].cell[1:]) == ("填报表", "5")
    assert rows["i2"].basis == "since_start"
    submission = store.current(Submission)[0]
    assert (submission.status, submission.office, submission.place, submission.quarter) == (
        "accepted", OFFICE, PLACE, "2026Q1",
    )  # fmt: skip


def test_words_beside_the_numbers_are_kept(store: Store, fill: Fill, wish: Wish) -> None:
    """进展, 存在问题, 下一步措施 and 预计完成日期 are recorded with their cell."""
    path = fill(
        USUAL,
        progress={"智算规模": "一期投运"},
        problems={"智算规模": "供电不足"},
        expected_on={"智算规模": "2027年6月"},
    )
    assert import_workbook(store, path, wish).outcome == "recorded"
    kept = store.current(Progress)[0]
    assert (kept.progress, kept.problems, str(kept.expected_on)) == (
        "一期投运", "供电不足", "2027-06-30",
    )  # fmt: skip


def test_the_same_file_again_changes_nothing(store: Store, fill: Fill, wish: Wish) -> None:
    """A file that was imported before is answered with the day, and no batch is added."""
    path = fill(USUAL)
    import_workbook(store, path, wish)
    seq = store.seq
    receipt = import_workbook(store, path, wish)
    assert (receipt.outcome, receipt.findings[0].code) == ("unchanged", "already-imported")
    assert store.seq == seq


def test_every_finding_comes_at_once_and_nothing_is_recorded(
    store: Store, fill: Fill, wish: Wish
) -> None:
    """Wrong types, units and days are all told with their cells, and the ledger stays as it was."""
    seq = store.seq
    path = fill(
        {
            "智算规模": "十来个",
            "高质量数据集": "12亿元",
            "人工智能产业规模": 95,
            "数据中心总体上架率": True,
        },
        expected_on={"智算规模": "明年"},
    )
    receipt = import_workbook(store, path, wish)
    assert receipt.outcome == "refused"
    codes = sorted((each.code, each.cell) for each in receipt.findings)
    assert [code for code, _ in codes] == [
        "cell-not-a-day", "cell-not-a-number", "cell-not-a-number", "unit-dimension",
    ]  # fmt: skip
    assert all(cell for _, cell in codes)
    assert store.seq == seq


def test_another_quarter_or_office_is_refused(store: Store, fill: Fill, wish: Wish) -> None:
    """What the person says must agree with what the template says."""
    path = fill(USUAL)
    for other, code in (
        (replace(wish, quarter="2026Q2"), "template-of-other-quarter"),
        (replace(wish, office="区工信局"), "template-of-other-office"),
    ):
        receipt = import_workbook(store, path, other)
        assert receipt.outcome == "refused"
        assert code in {each.code for each in receipt.findings}


def test_a_restatement_needs_a_reason_and_keeps_history(
    store: Store, fill: Fill, wish: Wish
) -> None:
    """A changed value of a reported quarter is refused without a reason, kept with one."""
    import_workbook(store, fill(USUAL), wish)
    changed = fill({**USUAL, "智算规模": 11}, name="更正.xlsx")
    assert "restatement-without-reason" in {
        each.code for each in import_workbook(store, changed, wish).findings
    }
    receipt = import_workbook(store, changed, replace(wish, reason="核实后更正"))
    assert (receipt.outcome, len(receipt.restated), len(receipt.unchanged)) == ("recorded", 1, 3)
    values = [each.row.magnitude for each in store.history(Observation, indicator_id="i1")]
    assert values == [Decimal(10), Decimal(11)]
    assert sorted(each.status for each in store.current(Submission)) == ["accepted", "superseded"]
