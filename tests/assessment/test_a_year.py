"""A year of a steward: four boards, each change of a light with its true cause, each past rebuilt."""

from __future__ import annotations

import csv
import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import STATE_LABELS, boards, changes, profile
from indicators.assessment.verdict import CAUSES
from indicators.cli import main
from indicators.model import Indicator, Observation, Setting, Target
from indicators.store import open_store

D = Decimal
ENDS = {"2026Q1": date(2026, 3, 31), "2026Q2": date(2026, 6, 30), "2026Q3": date(2026, 9, 30),
        "2026Q4": date(2026, 12, 31)}  # fmt: skip
NAMED = {
    # name: deadline, then what is reported in each quarter (None: nothing)
    "新数据": (30, date(2027, 12, 31), (10, 20, 21, None)),
    "更正": (30, date(2027, 12, 31), (10, None, 21, None)),
    "规则": (30, date(2027, 12, 31), (D("9.6"), D("11.25"), D("13.3"), None)),
    "规则后": (30, date(2027, 12, 31), (10, 11, 20, None)),
    "时间": (30, date(2026, 9, 30), (25, 28, None, None)),
    "决定": (30, date(2027, 12, 31), (16, 18, 12, None)),
    "停用": (30, date(2027, 12, 31), (16, 18, 12, None)),
    "逾期": (20, date(2026, 3, 31), (19, 21, 21, None)),
    "黄灯": (30, date(2027, 12, 31), (10, 11, 16, None)),
    "红灯": (30, date(2027, 12, 31), (5, 5, 5, None)),
    "两因": (30, date(2027, 12, 31), (16, 18, 5, 40)),
}


def begin(ledger):
    with ledger.batch("load", who="测试") as batch:
        for name, (value, deadline, _) in NAMED.items():
            batch.add(
                [
                    Indicator(indicator_id=name, name=name, place="武清区", unit="EFLOPS",
                              dimension="compute", sort="level"),
                    Setting(indicator_id=name, baseline=D(5), baseline_date=date(2024, 12, 31)),
                    Target(target_id=name, indicator_id=name, magnitude=D(value), unit="EFLOPS",
                           bound="at_least", deadline=deadline, plan_start=date(2025, 1, 1),
                           status="accepted"),
                ]
            )  # fmt: skip


def report(ledger, quarter, values):
    with ledger.batch("import", who="测试", quarter=quarter) as batch:
        batch.add(
            Observation(
                indicator_id=name, period_start=ENDS[quarter], period_end=ENDS[quarter],
                basis="level", source="workbook", origin="区数据局", magnitude=D(value),
                unit="EFLOPS",
            )
            for name, value in values.items()
        )  # fmt: skip


def decide(ledger):
    """A later baseline for one target, another for the second, and one target given up."""
    with ledger.batch("settings", who="测试") as batch:
        for name in ("决定", "两因"):
            batch.add([Setting(indicator_id=name, baseline=D(1), baseline_date=date(2025, 12, 31))])
        (given_up,) = ledger.current(Target, target_id="停用")
        batch.add([dataclasses.replace(given_up, status="withdrawn")])


@pytest.fixture
def stricter(tmp_path):
    """The folder of an office that moves the limit of red from 30 to 20 points."""
    text = profile.load("schedule").path.read_text("utf-8")
    for old, new in (('version = "1.0"', 'version = "1.1"'), ("at_least = -30", "at_least = -20")):
        assert old in text
        text = text.replace(old, new, 1)
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "schedule.toml").write_text(text, "utf-8")
    return str(folder)


@pytest.fixture
def year(store, tmp_path, monkeypatch, stricter):
    """The four boards of a year, issued from the command line; the rule is changed before the third."""
    begin(store)
    made = []
    for number, quarter in enumerate(ENDS):
        values = {name: each[number] for name, (*_, each) in NAMED.items()}
        report(store, quarter, {name: each for name, each in values.items() if each is not None})
        if quarter == "2026Q3":
            monkeypatch.setenv("INDICATORS_RULES", stricter)
        if quarter == "2026Q4":
            decide(store)
        store.close()
        place = ["--store", str(tmp_path / "store"), "--who", "测试"]
        assert main(["board", "issue", "--quarter", quarter, *place]) == 0
        store = open_store(tmp_path / "store")
        made.append(boards.find(store, quarter))
        if quarter == "2026Q1":
            report(store, quarter, {"更正": 16})
    yield store, made, place
    store.close()


def told(ledger, earlier, later):
    return {
        each.target_id: (each.before_state, each.after_state, each.causes)
        for each in changes.diff(ledger, earlier, later)
    }


def test_new_data_are_told_from_a_restatement(year, monkeypatch):
    """New data and a restatement are told apart; what was missed and came late is new data."""
    ledger, (first, second, *_), _ = year
    monkeypatch.delenv("INDICATORS_RULES")
    assert told(ledger, first, second) == {
        "新数据": ("behind", "on_schedule", ("new_data",)),
        "更正": ("behind", "on_schedule", ("revised_data",)),
        "逾期": ("missed", "achieved_late", ("new_data",)),
    }


def test_rule_time_and_decision_are_told_from_new_data(year):
    """A stricter rule, values, passing time and decisions each answer for what they changed."""
    ledger, (_, second, third, fourth), _ = year
    assert told(ledger, second, third) == {
        "规则": ("behind", "far_behind", ("rule",)),
        "决定": ("on_schedule", "far_behind", ("new_data",)),
        "停用": ("on_schedule", "far_behind", ("new_data",)),
        "两因": ("on_schedule", "far_behind", ("new_data",)),
        "规则后": ("behind", "on_schedule", ("rule", "new_data")),
    }
    assert told(ledger, third, fourth) == {
        "时间": ("on_schedule", "not_reported", ("time",)),
        "决定": ("far_behind", "on_schedule", ("decision",)),
        "停用": ("far_behind", None, ("decision",)),
        "两因": ("far_behind", "achieved", ("new_data",)),
    }


def test_what_repeats_and_what_recovered_over_the_year(year):
    """Two and three yellows and reds running, each with its measure; late is late for good."""
    ledger, (_, second, third, fourth), _ = year
    by = {each.target_id: each for each in boards.repeats(ledger, second)}
    assert {name: each.words for name, each in by.items()} == {
        "规则": "连续两次黄灯",
        "规则后": "连续两次黄灯",
        "黄灯": "连续两次黄灯",
        "红灯": "连续两次红灯",
    }
    by = {each.target_id: each for each in boards.repeats(ledger, third)}
    assert (by["黄灯"].words, by["红灯"].words) == ("连续三次黄灯", "连续三次红灯")
    assert by["规则"].words == "红灯"
    steps = [each for each in boards.escalation() if each.light == "red" and each.times <= 3]
    assert by["红灯"].measure == max(steps, key=lambda each: each.times).measure
    found = {each.target_id: each for each in boards.recoveries(ledger, fourth)}
    assert (found["逾期"].worst, found["逾期"].recovered) == ("red", "2026Q2")
    assert found["更正"].behind == ("2026Q1",)


def test_the_year_can_be_rebuilt_board_by_board(year, tmp_path, monkeypatch, stricter):
    """``flag --known-at`` gives every frozen line again, under the version of its rule."""
    ledger, made, place = year
    moments = {each.seq: each.committed_at for each in ledger.batches()}
    path = tmp_path / "then.csv"
    for board in made:
        if board.profile_version == "1.0":
            monkeypatch.delenv("INDICATORS_RULES", raising=False)
        else:
            monkeypatch.setenv("INDICATORS_RULES", stricter)
        words = ["--known-at", moments[board.known_seq].isoformat(), "--as-of", str(board.as_of)]
        assert main(["flag", "--all", *words, "--output", str(path), *place[:2]]) == 0
        rows = csv.DictReader(path.read_text("utf-8-sig").splitlines())
        again = {row["target_id"]: (row["state"], row["sentence"]) for row in rows}
        frozen = {
            each.target_id: (STATE_LABELS[each.state], each.sentence)
            for each in boards.lines(ledger, board.board_id)
        }
        assert again == frozen, board.quarter


def test_the_commands_say_the_same(year, capsys):
    """``board diff`` prints the causes in words, ``board show`` the late one that recovered."""
    _, _, place = year
    capsys.readouterr()
    assert main(["board", "diff", "2026Q3", "2026Q4", *place]) == 0
    shown = capsys.readouterr().out
    assert f"武清区\t决定\t红灯·严重滞后→绿灯·达到序时（{CAUSES['decision']}）" in shown
    assert f"武清区\t时间\t绿灯·达到序时→不亮灯·未报送（{CAUSES['time']}）" in shown
    assert "共4处变化" in shown
    assert main(["board", "show", "2026Q2", *place]) == 0
    shown = capsys.readouterr().out
    assert "逾期完成\t逾期" in shown
    assert "曾亮红灯（2026Q1），2026Q2起转绿：逾期" in shown
