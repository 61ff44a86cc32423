"""The commands on workbooks: what they print, what they write, how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from indicators.cli import main
from indicators.errors import UsageError
from indicators.model import Indicator, Observation, Office, Setting
from indicators.store import open_store
from indicators.store.ledger import Store
from indicators.submissions.importing import import_workbook
from indicators.submissions.sender import Wish
from indicators.submissions.template import write_template

from .conftest import OFFICE, PLACE, USUAL, Fill
from .test_hostile_workbooks import cells, workbook


@pytest.fixture
def where(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The ledger by the environment, as a user has it."""
    monkeypatch.setenv("INDICATORS_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("INDICATORS_WHO", "测试")
    return tmp_path / "store"


def test_a_folder_is_imported_file_by_file(
    where: Path, fill: Fill, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file is atomic by itself; a bad one does not stop the others; a summary ends it."""
    folder = tmp_path / "历年"
    folder.mkdir()
    for quarter, value in (("2025Q4", 8), ("2026Q1", 10)):
        fill({**USUAL, "智算规模": value}, quarter, f"历年/{quarter}.xlsx")
    fill({**USUAL, "智算规模": "很多"}, "2026Q2", "历年/2026Q2.xlsx")
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (folder / "~$2026Q1.xlsx").write_bytes(b"lock")
    status = main(
        ["import", str(folder), "--annotated", str(tmp_path / "标注"), "--accept-warnings"]
    )
    printed = capsys.readouterr()
    assert status == 2
    assert printed.out.splitlines()[-1].startswith("共 4 份：通过 2，没有变化 0，未入库 2")
    assert "Traceback" not in printed.err
    with open_store(where) as ledger:
        assert len(ledger.current(Observation)) == 8
    assert (tmp_path / "标注" / "2026Q2_标注.xlsx").is_file()


def test_a_wish_that_does_not_fit_one_file_leaves_the_others(
    where: Path, store: Store, fill: Fill, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name confirmed for one place is unknown in the next: that file is told, the others go in."""
    key = "k1"
    with store.batch("settings", who="测试") as batch:
        batch.add(
            [
                Office(place="宝坻区", office=OFFICE),
                Indicator(
                    indicator_id=key, name="数据集", place="宝坻区", unit="个", dimension="count"
                ),
                Setting(indicator_id=key, accumulation="level", reporting_office=OFFICE),
            ]
        )
    folder = tmp_path / "各区"
    folder.mkdir()
    write_template(store, OFFICE, "宝坻区", "2026Q1", folder / "a.xlsx")
    fill(USUAL, "2026Q1", "各区/b.xlsx")
    words = ["import", str(folder), "--match", "智能算力=智算规模", "--accept-warnings"]
    assert main(words) == 2
    printed = capsys.readouterr()
    assert "“智算规模”不是登记的指标" in printed.err
    assert printed.out.splitlines()[-1].startswith("共 2 份：通过 1，没有变化 0，未入库 1")
    with open_store(where) as ledger:
        assert {each.indicator_id for each in ledger.current(Observation)} == {
            "i1", "i2", "i3", "i4"
        }  # fmt: skip
    with pytest.raises(UsageError, match="智算规模"):
        import_workbook(store, folder / "a.xlsx", Wish(who="测试", matches=(("甲", "智算规模"),)))


def test_the_receipt_of_an_import_is_json(
    where: Path, fill: Fill, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--json prints the receipt; --receipt writes it as a workbook."""
    book = tmp_path / "回执.xlsx"
    assert main(["import", str(fill(USUAL)), "--json", "--receipt", str(book)]) == 0
    receipt = json.loads(capsys.readouterr().out)
    assert (receipt["outcome"], len(receipt["added"])) == ("recorded", 4)
    assert receipt["added"][0]["place"].startswith("填报表!")
    assert load_workbook(book)["数值"].max_row == 3 + 4


def test_a_dry_run_records_nothing(where: Path, fill: Fill, tmp_path: Path) -> None:
    """--dry-run checks and leaves the ledger as it was."""
    assert main(["import", str(fill(USUAL)), "--dry-run"]) == 0
    with open_store(where) as ledger:
        assert not ledger.current(Observation)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import", "没有.xlsx"], "没有这个文件"),
        (["import", "{folder}/x.xlsx", "--quarter", "2026Q9"], "不是季度"),
        (["inspect", "{folder}"], "这是文件夹"),
        (["template", "--office", "无", "--place", PLACE, "--quarter", "2026Q1", "--output", "t.xlsx"],
         "没有由“无”报送的指标"),
        (["template", "--office", OFFICE, "--place", PLACE, "--quarter", "一季度", "--output", "t.xlsx"],
         "不是季度"),
        (["submission", "accept", "ffff"], "没有编号"),
        (["calendar", "set", "--quarter", "2026Q1"], "没有给出日期"),
        (["import", "{folder}/x.xlsx", "--match", "甲"], "表中名称=登记名称"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_line_and_status_two(
    where: Path, tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong, and what to do, in one line."""
    (tmp_path / "x.xlsx").write_bytes(workbook(cells("A1", "B1")))
    assert main([word.format(folder=tmp_path) for word in words]) == 2
    printed = capsys.readouterr().err.strip()
    assert said in printed
    assert len(printed.splitlines()) == 1


def test_a_file_that_is_no_workbook_ends_with_two(
    where: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The content is named and nothing is recorded."""
    path = tmp_path / "报表.xlsx"
    path.write_bytes(b"%PDF-1.4")
    assert main(["import", str(path)]) == 2
    assert "workbook-not-a-workbook" in capsys.readouterr().err


def test_inspect_shows_a_workbook_in_words_and_as_json(
    where: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same is said for people and for programs; --values adds what was read."""
    path = tmp_path / "x.csv"
    path.write_text("指标,完成（亿元）\n产值,12.5\n", encoding="utf-8")
    assert main(["inspect", str(path)]) == 0
    assert "B  完成［亿元］" in capsys.readouterr().out
    assert main(["inspect", str(path), "--json", "--values", "5"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["sheets"][0]["tables"][0]["columns"][1] == {
        "letter": "B", "name": "完成", "unit": "亿元",
    }  # fmt: skip
    assert plain["values"][0]["rows"] == [["产值", 12.5]]


def test_the_way_of_a_submission_by_commands(
    where: Path, fill: Fill, capsys: pytest.CaptureFixture[str]
) -> None:
    """Policy, hand-in, list, return, again, accept, and the calendar."""
    assert main(["submission", "policy", "mark"]) == 0
    assert main(["import", str(fill(USUAL))]) == 0
    capsys.readouterr()
    assert main(["submission", "list", "--json"]) == 0
    listed = {each["office"]: each for each in json.loads(capsys.readouterr().out)}
    assert listed[OFFICE]["standing"] == "待审"
    assert listed["区工信局"]["standing"] == "未报"
    key = listed[OFFICE]["submission_id"]
    assert main(["submission", "accept", key[:8]]) == 0
    assert main(["submission", "return", key, "--remarks", "口径不对"]) == 0
    assert main(["calendar", "set", "--quarter", "2026Q1", "--due", "2026-04-15"]) == 0
    words = ["calendar", "except", "--quarter", "2026Q1", "--place", PLACE, "--office", OFFICE]
    assert main([*words, "--due", "2026-04-20", "--reason", "人员变动"]) == 0
    capsys.readouterr()
    assert main(["calendar", "show"]) == 0
    shown = capsys.readouterr().out
    assert "全部单位  截止 2026-04-15" in shown
    assert "原因：人员变动" in shown
    assert main(["submission", "list", "--quarter", "2026Q1"]) == 0
    assert "已退回" in capsys.readouterr().out
