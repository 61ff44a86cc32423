"""``indicators flag``: the list of what is off track."""

from __future__ import annotations

import csv
import dataclasses
import json
from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import boards
from indicators.cli import main
from indicators.model import Indicator, Observation, Relation, Setting, Target


def fill(ledger, value="12"):
    indicator = Indicator(
        indicator_id="i1", name="=智算规模", place="武清区", unit="EFLOPS", dimension="compute",
        sort="level",
    )  # fmt: skip
    with ledger.batch("load", who="测试") as batch:
        batch.add(
            [
                indicator,
                Setting(
                    indicator_id="i1",
                    baseline=Decimal(5),
                    baseline_date=date(2024, 12, 31),
                    lead_office="区数据局",
                ),
                Target(
                    target_id="t1", indicator_id="i1", magnitude=Decimal(30), unit="EFLOPS",
                    bound="at_least", deadline=date(2027, 12, 31), plan_start=date(2025, 1, 1),
                    status="accepted",
                ),
            ]
        )  # fmt: skip
    with ledger.batch("import", who="测试") as batch:
        batch.add(
            [
                Observation(
                    indicator_id="i1", period_start=date(2026, 9, 30),
                    period_end=date(2026, 9, 30), basis="level", source="workbook",
                    origin="区数据局", magnitude=Decimal(value), unit="EFLOPS",
                )
            ]
        )  # fmt: skip


@pytest.fixture
def place(store, tmp_path):
    fill(store)
    store.close()
    return str(tmp_path / "store")


def test_flag_prints_the_worst_first_with_its_sentence(place, capsys):
    """In a pipe each target is one line of tabbed fields, then comes the count of all lights."""
    assert main(["flag", "--store", place]) == 0
    header, row, summary = capsys.readouterr().out.splitlines()
    assert header.split("\t") == ["亮灯", "状态", "地区", "指标", "责任单位", "研判"]
    assert row.split("\t")[:5] == ["红灯", "严重滞后", "武清区", "=智算规模", "区数据局"]
    assert "应达19.6 EFLOPS，实达12" in row
    assert summary.startswith("研判日2026-09-30（2026Q3），规则 schedule 1.0：共1个目标，绿灯0")


@pytest.mark.parametrize("suffix", ["csv", "json", "xlsx"])
def test_flag_writes_the_list_to_a_file(place, tmp_path, suffix):
    """CSV, JSON and a workbook hold the same numbers, and no text becomes a formula."""
    path = tmp_path / f"list.{suffix}"
    assert main(["flag", "--store", place, "--output", str(path)]) == 0
    if suffix == "csv":
        (row,) = csv.DictReader(path.read_text("utf-8-sig").splitlines())
        assert (row["actual"], row["deadline"]) == ("12", "2027-12-31")
    elif suffix == "json":
        whole = json.loads(path.read_text("utf-8"))
        assert whole["verdicts"][0]["gap_points"] == pytest.approx(-30.333333333)
        assert whole["counts"]["far_behind"] == 1
    else:
        from openpyxl import load_workbook

        sheet = load_workbook(path)["研判"]
        names = [cell.value for cell in sheet[1]]
        cell = sheet.cell(2, names.index("指标") + 1)
        assert (cell.value, cell.data_type) == ("=智算规模", "s")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--rules", "nothing"], "没有规则 'nothing'"),
        (["--known-at", "gestern"], "“gestern”不是时间"),
        (["--output", "list.doc"], "不认识的输出格式“.doc”"),
    ],
)
def test_wrong_words_are_one_line(place, capsys, words, complaint):
    """A wrong rule, moment or format is one line and exit status 2."""
    assert main(["flag", "--store", place, *words]) == 2
    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1


def test_flag_as_of_an_earlier_day_knows_no_later_value(place, capsys):
    """On a day before the period's end the value does not exist yet."""
    assert main(["flag", "--store", place, "--as-of", "2026-06-30", "--all"]) == 0
    assert "未报送" in capsys.readouterr().out


def test_a_place_that_nobody_knows_is_no_clean_sheet(place, capsys):
    """A slip of the pen is told; a known place with nothing to judge is an empty list."""
    assert main(["flag", "--place", "武青区", "--store", place]) == 2
    assert "台账中没有地区“武青区”；请核对地区的写法" in capsys.readouterr().err
    assert main(["flag", "--place", "武清区", "--store", place]) == 0


def part(ledger):
    """Add a part of the indicator with the value of the same period."""
    whole = ledger.current(Indicator)[0]
    value = ledger.current(Observation)[0]
    with ledger.batch("review", who="测试") as batch:
        batch.add(
            [
                dataclasses.replace(whole, indicator_id="p", name="智能算力"),
                dataclasses.replace(value, indicator_id="p", magnitude=Decimal(9)),
                Relation(relation_id="r", sort="part_of", subject="p", object="i1",
                         status="accepted"),
            ]
        )  # fmt: skip


def test_flag_tells_what_parts_make_of_their_whole(store, tmp_path, capsys):
    """``--parts`` adds a line for each whole of the place that is looked at."""
    fill(store)
    part(store)
    store.close()
    place = ["--store", str(tmp_path / "store")]
    line = "武清区\t=智算规模\t2026-09-30：=智算规模12EFLOPS，其中智能算力9EFLOPS，占75.0%"
    assert main(["flag", *place]) == 0
    assert line not in capsys.readouterr().out
    for more in ([], ["--place", "武清区"]):
        assert main(["flag", "--parts", *more, *place]) == 0
        assert line in capsys.readouterr().out


def test_flag_tells_why_a_light_changed_since_a_board(store, tmp_path, capsys):
    """``--since`` gives the cause of each change, on the screen and in the file."""
    fill(store)
    boards.issue(store, "2026Q3", who="测试")
    (value,) = store.current(Observation)
    with store.batch("import", who="测试") as batch:
        batch.add([dataclasses.replace(value, magnitude=Decimal(18))])
    store.close()
    place, path = ["--store", str(tmp_path / "store")], tmp_path / "list.csv"
    assert main(["flag", *place, "--since", "2026Q3", "--output", str(path)]) == 0
    assert "（变化原因：数据更正）" in capsys.readouterr().out
    (row,) = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    assert (row["state"], row["cause"]) == ("略低于序时", "数据更正")
    assert main(["flag", *place, "--since", "2026Q3", "--place", "武清区"]) == 0
    assert "（变化原因：数据更正）" in capsys.readouterr().out
    assert main(["flag", *place, "--since", "2026Q2"]) == 2
    assert "没有签发过“2026Q2”的通报" in capsys.readouterr().err
    assert main(["flag", *place, "--since", "2026Q3", "--known-at", "2026-01-01"]) == 2
    assert "--since 与 --known-at 不能同用" in capsys.readouterr().err
