"""A contribution that a plan above asks of a place by name: to be set up, chased and listed."""

from __future__ import annotations

import pytest

from indicators.model import Relation
from indicators.register import record
from indicators.register.decisions import Decision, decide, pending, relate
from indicators.register.duties import duties
from indicators.register.dutyfile import export_duties, import_duties
from indicators.register.settingsfile import export_settings, import_settings
from indicators.register.worklist import work_list
from indicators.submissions.filled import open_filled
from tests.register.memory import MemoryLedger
from tests.register.sheets import Filled
from tests.register.statements import paper, statement, task

PLACE = "包头市"
TEXT = "培育6个行业大模型。支持包头市重点打造稀土新材料大模型。"


@pytest.fixture
def confirmed():
    """A region's target of models, to which 包头市 contributes by name; all confirmed."""
    ledger = MemoryLedger()
    region = {"place": "内蒙古自治区"}
    record(
        ledger,
        [paper(**region)],
        [statement("行业大模型", "6", "个", 20, **region)],
        [task(TEXT, 0, 99, text=TEXT, **region)],
        who="王",
    )
    rows = [each.commitment_id for each in pending(ledger)]
    decide(ledger, [Decision(commitment_id=each, decision="accepted") for each in rows], who="李")
    (tie,) = [each for each in ledger.current(Relation) if each.sort == "contributes_to"]
    assert duties(ledger, PLACE) == []
    relate(ledger, tie.relation_id, True, who="李")
    return ledger


def test_it_can_be_given_an_office(confirmed, tmp_path):
    """It lacks an office, is in the settings workbook, and lacks nothing once it has one."""
    assert [each.lacks for each in work_list(confirmed, PLACE)] == ["报送单位"]
    path = tmp_path / "settings.xlsx"
    assert export_settings(confirmed, path, place=PLACE) == 1
    book = Filled(path)
    (row,) = book.rows("指标设置", 地区=PLACE)
    assert book.get("指标设置", row, "目标") == "（分级贡献：内蒙古自治区 行业大模型）"
    import_settings(
        confirmed, open_filled(book.put("指标设置", row, 报送单位="市工信局").save()), who="李"
    )
    assert work_list(confirmed, PLACE) == []


def test_it_stands_in_the_ledger_of_its_place(confirmed, tmp_path):
    """Its line is filled in, struck off and taken back like that of a target."""
    path = tmp_path / "duties.xlsx"
    assert export_duties(confirmed, path, place=PLACE) == {PLACE: 1}
    filled = Filled(path).put(
        PLACE, 4, 牵头单位="市工信局", 进展情况="已上线", 状态="已销号", 销号日期="2026-06-30"
    )
    import_duties(confirmed, open_filled(filled.save()), who="李", quarter="2026Q2")
    (line,) = duties(confirmed, PLACE)
    assert (line.lead_office, line.progress, line.status) == ("市工信局", "已上线", "sealed")
    assert line.group == "上级任务"
