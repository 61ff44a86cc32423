"""The review workbook: out with the number marked, back with findings at the cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText

from indicators.errors import InputRefused, UnreadableInput
from indicators.findings import render
from indicators.model import Commitment, Indicator, Relation, ReviewDecision, Target
from indicators.register.decisions import Decision, decide
from indicators.register.reviewing import export_review, import_review
from indicators.submissions.filled import open_filled
from tests.register.sheets import Filled, places

SHEET, TIES = "表述审核", "关系审核"

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage\0".encode("utf-16-le")
"""The beginning of a workbook with a password, and what it is known by."""


@pytest.fixture
def exported(memory, tmp_path):
    path = tmp_path / "review.xlsx"
    export_review(memory, path)
    return Filled(path)


def decided(ledger, name):
    (row,) = [each for each in ledger.current(Commitment) if each.name == name]
    return row


def test_everything_that_waits_is_exported_with_the_number_in_red(memory, tmp_path):
    """22 statements and 2 relations, each sentence with its number in another colour."""
    path = tmp_path / "review.xlsx"
    assert export_review(memory, path) == (22, 2)
    sheet = load_workbook(path, rich_text=True)[SHEET]
    at = {cell.value: cell.column for cell in sheet[3]}
    sentence = sheet.cell(4, at["原句"]).value
    assert isinstance(sentence, CellRichText)
    red = [part for part in sentence if not isinstance(part, str)]
    assert len(red) == 1
    assert red[0].font.color.rgb == "00C0392B"
    assert sheet.column_dimensions["A"].hidden
    assert sheet.data_validations.dataValidation


def test_the_surest_come_first(memory, tmp_path):
    """Statements are ordered by confidence, so that the sure ones are accepted in one stroke."""
    path = tmp_path / "review.xlsx"
    export_review(memory, path)
    filled = Filled(path)
    scores = [filled.get(SHEET, row, "置信度") for row in filled.rows(SHEET)]
    assert scores == sorted(scores, reverse=True)


def test_accepting_in_bulk_accepts_the_targets(memory, exported):
    """Accepting every row of a place accepts its targets; importing it again changes nothing."""
    for row in exported.rows(SHEET, 地区="武清区"):
        exported.put(SHEET, row, 决定="接受", 理由="核对无误")
    path = exported.save()
    report = import_review(memory, open_filled(path), who="李", reason="第一批")
    assert report.statements == 17
    wuqing = {each.indicator_id for each in memory.current(Indicator, place="武清区")}
    status = {each.status for each in memory.current(Target) if each.indicator_id in wuqing}
    assert status == {"accepted"}
    assert memory.batches()[-1].who == "李"
    seq = memory.seq
    again = import_review(memory, open_filled(path), who="李")
    assert (again.statements, again.already, memory.seq) == (0, True, seq)
    exported.put(SHEET, exported.rows(SHEET, 地区="武清区")[0], 理由="再次核对")
    more = import_review(memory, open_filled(exported.save("more.xlsx")), who="李")
    assert (more.statements, more.unchanged, memory.seq) == (0, 17, seq)


def test_a_correction_is_taken_from_the_cells(memory, exported):
    """Value with its unit, bound, date and name are corrected where they stand."""
    (row,) = exported.rows(SHEET, 指标名称="典型应用场景")
    exported.put(
        SHEET, row, 决定="更正", 数值="60", 界限="不低于", 日期="2028-12-31", 指标名称="应用场景"
    )
    (money,) = exported.rows(SHEET, 指标名称="人工智能产业规模")
    assert exported.get(SHEET, money, "数值") == "500亿元"
    exported.put(SHEET, money, 决定="更正", 数值="600亿元")
    import_review(memory, open_filled(exported.save()), who="李")
    row = decided(memory, "应用场景")
    assert (row.magnitude, row.date.year, row.review) == (Decimal(60), 2028, "corrected")
    assert decided(memory, "人工智能产业规模").magnitude == Decimal(60_000_000_000)
    (told,) = memory.current(ReviewDecision, commitment_id=row.commitment_id)
    assert "magnitude=60" in told.corrections


def test_what_a_person_rejected_leaves_the_register(memory, exported):
    """A rejected statement has no target in force."""
    (row,) = exported.rows(SHEET, 指标名称="5G基站")
    exported.put(SHEET, row, 决定="驳回", 理由="不是本级任务")
    import_review(memory, open_filled(exported.save()), who="李")
    (target,) = [each for each in memory.current(Target) if each.magnitude == 5000]
    assert target.status == "rejected"
    (indicator,) = memory.current(Indicator, indicator_id=target.indicator_id)
    assert indicator.retired


def test_relations_are_decided_beside_both_sentences(memory, exported):
    """The city's 40万P joins the cluster's; the part is confirmed."""
    (row,) = exported.rows(TIES, 关系="同一指标")
    assert exported.get(TIES, row, "甲").startswith("呼和浩特市")
    assert "40万P" in str(exported.get(TIES, row, "乙的原句"))
    exported.put(TIES, row, 决定="确认")
    exported.put(TIES, exported.rows(TIES, 关系="其中项")[0], 决定="否定")
    report = import_review(memory, open_filled(exported.save()), who="李")
    assert report.relations == 2
    status = {each.sort: each.status for each in memory.current(Relation)}
    assert status == {"same_as": "accepted", "merged_into": "accepted", "part_of": "rejected"}


def test_a_sameness_may_be_merged_the_other_way_round(memory, exported):
    """反向合并 keeps the left indicator."""
    (row,) = exported.rows(TIES, 关系="同一指标")
    exported.put(TIES, row, 决定="反向合并")
    import_review(memory, open_filled(exported.save()), who="李")
    (merged,) = [each for each in memory.current(Relation) if each.sort == "merged_into"]
    (kept,) = memory.current(Indicator, indicator_id=merged.object)
    assert kept.place == "呼和浩特市"


def test_a_row_that_somebody_decided_meanwhile_is_refused_with_who_and_when(memory, exported):
    """Stale rows are named one by one; nothing of the workbook is recorded."""
    rows = exported.rows(SHEET, 地区="武清区")
    for row in rows:
        exported.put(SHEET, row, 决定="接受")
    (stale,) = exported.rows(SHEET, 指标名称="5G基站")
    decide(
        memory,
        [Decision(commitment_id=exported.get(SHEET, stale, "表述编号"), decision="rejected")],
        who="赵",
    )
    seq = memory.seq
    path = exported.save()
    with pytest.raises(InputRefused) as refused:
        import_review(memory, open_filled(path), who="李")
    (finding,) = refused.value.findings
    assert finding.place == f"filled.xlsx!{SHEET}!{exported.address(SHEET, stale, '决定')}"
    assert "赵" in render(finding)
    assert "2026-01-01" in render(finding)
    assert memory.seq == seq
    report = import_review(memory, open_filled(path), who="李", skip_stale=True)
    assert (report.statements, report.skipped) == (16, 1)


def test_a_row_without_a_state_of_export_is_a_bare_decision(memory, exported):
    """It accepts what stands, whatever its other cells say, and corrects only what it writes."""
    (one,) = exported.rows(SHEET, 指标名称="5G基站")
    exported.put(SHEET, one, 决定="接受", 导出版本=None, 指标名称="旧名称", 数值=None)
    (other,) = exported.rows(SHEET, 指标名称="高功率机柜")
    blank = dict.fromkeys(("地区", "指标名称", "计量单位", "界限", "类别", "日期"))
    exported.put(SHEET, other, 决定="更正", 导出版本=None, 数值="4万", **blank)
    import_review(memory, open_filled(exported.save()), who="李")
    assert decided(memory, "5G基站").review == "accepted"
    rack = decided(memory, "高功率机柜")
    assert (rack.magnitude, rack.unit, rack.bound) == (Decimal(40000), "架", "equal")


def test_mistakes_are_found_at_their_cells_all_at_once(memory, exported):
    """Edited keys, unknown words, no number, no date, an unknown unit: each has its cell."""
    rows = exported.rows(SHEET, 地区="武清区")[:6]
    exported.put(SHEET, rows[0], 决定="接受", 表述编号="0000000000000000")
    exported.put(SHEET, rows[1], 决定="好的")
    exported.put(SHEET, rows[2], 决定="更正", 数值="很多")
    exported.put(SHEET, rows[3], 决定="更正", 日期="明年")
    exported.put(SHEET, rows[4], 决定="更正", 计量单位="蒲式耳", 数值=3)
    exported.put(SHEET, rows[5], 数值=99)
    seq = memory.seq
    with pytest.raises(InputRefused) as refused:
        import_review(memory, open_filled(exported.save()), who="李")
    at = exported.address
    assert {
        (f"{SHEET}!{at(SHEET, rows[0], '表述编号')}", "register-key"),
        (f"{SHEET}!{at(SHEET, rows[1], '决定')}", "register-choice"),
        (f"{SHEET}!{at(SHEET, rows[2], '数值')}", "register-value"),
        (f"{SHEET}!{at(SHEET, rows[3], '日期')}", "register-value"),
        (f"{SHEET}!{at(SHEET, rows[4], '计量单位')}", "settings-unit"),
        (f"{SHEET}!{at(SHEET, rows[5], '数值')}", "register-edited"),
    } <= places(refused)
    assert memory.seq == seq


def test_a_key_twice_is_refused(memory, exported):
    """A row that was copied is found."""
    one, other = exported.rows(SHEET, 地区="武清区")[:2]
    key = exported.get(SHEET, one, "表述编号")
    exported.put(SHEET, one, 决定="接受")
    exported.put(SHEET, other, 决定="接受", 表述编号=key)
    with pytest.raises(InputRefused) as refused:
        import_review(memory, open_filled(exported.save()), who="李")
    assert "register-key" in {each.code for each in refused.value.findings}


def test_a_merge_across_dimensions_is_refused_at_the_cell(memory, tmp_path):
    """A relation between unlike quantities cannot be confirmed."""
    power, count = (
        next(each for each in memory.current(Indicator, place="武清区") if each.name == name)
        for name in ("智算规模", "5G基站")
    )
    with memory.batch("load", who="王") as batch:
        batch.add(
            [
                Relation(
                    relation_id="wrong",
                    sort="same_as",
                    subject=power.indicator_id,
                    object=count.indicator_id,
                )
            ]
        )
    path = tmp_path / "review.xlsx"
    export_review(memory, path)
    filled = Filled(path)
    (row,) = filled.rows(TIES, 关系编号="wrong")
    filled.put(TIES, row, 决定="确认")
    with pytest.raises(InputRefused) as refused:
        import_review(memory, open_filled(filled.save()), who="李")
    assert places(refused) == {
        (f"{TIES}!{filled.address(TIES, row, '决定')}", "register-dimension")
    }


def test_circular_parts_are_refused_at_the_cell(memory, exported):
    """A whole confirmed as part of its part closes a circle."""
    (part,) = [each for each in memory.current(Relation) if each.sort == "part_of"]
    with memory.batch("load", who="王") as batch:
        batch.add(
            [Relation(relation_id="back", sort="part_of", subject=part.object, object=part.subject)]
        )
    export_review(memory, exported.path)
    filled = Filled(exported.path)
    for row in filled.rows(TIES, 关系="其中项"):
        filled.put(TIES, row, 决定="确认")
    with pytest.raises(InputRefused) as refused:
        import_review(memory, open_filled(filled.save()), who="李")
    assert [each.code for each in refused.value.findings] == ["register-circle"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (LOCKED, "设了打开密码"),
        (b"PK\x03\x04 broken", "已损坏"),
        ("都接受。".encode(), "不是工作簿"),
    ],
)
def test_what_is_no_workbook_is_said_in_one_line(memory, tmp_path, content, words):
    """Empty, encrypted, broken or text: one clear line."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=words):
        import_review(memory, open_filled(path), who="李")


def test_another_workbook_is_refused(memory, tmp_path):
    """A workbook without our sheet says which sheet is missing."""
    from openpyxl import Workbook

    Workbook().save(tmp_path / "x.xlsx")
    with pytest.raises(InputRefused) as refused:
        import_review(memory, open_filled(tmp_path / "x.xlsx"), who="李")
    assert SHEET in refused.value.findings[0].message
