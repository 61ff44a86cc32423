"""Issued boards are frozen; what repeats, recovers and changes is told from them."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import boards, changes, judge, profile
from indicators.cli import main
from indicators.errors import ConfigurationError, UsageError
from indicators.model import BoardLine, Indicator, Observation, Setting, Target

D = Decimal


def observation(key, quarter_end, value):
    return Observation(
        indicator_id=key, period_start=quarter_end, period_end=quarter_end, basis="level",
        source="workbook", origin="区数据局", magnitude=D(str(value)), unit="EFLOPS",
    )  # fmt: skip


ENDS = {"2025Q4": date(2025, 12, 31), "2026Q1": date(2026, 3, 31), "2026Q2": date(2026, 6, 30),
        "2026Q3": date(2026, 9, 30)}  # fmt: skip


@pytest.fixture
def town(store):
    """A ledger with one target, 30 EFLOPS by the end of 2027 from 5 at the end of 2024."""
    with store.batch("load", who="测试") as batch:
        batch.add(
            [
                Indicator(indicator_id="i", name="智算规模", place="武清区", unit="EFLOPS",
                          dimension="compute", sort="level"),
                Setting(indicator_id="i", baseline=D(5), baseline_date=date(2024, 12, 31)),
                Target(target_id="t", indicator_id="i", magnitude=D(30), unit="EFLOPS",
                       bound="at_least", deadline=date(2027, 12, 31),
                       plan_start=date(2025, 1, 1), status="accepted"),
            ]
        )  # fmt: skip
    return store


def report(ledger, quarter, value):
    with ledger.batch("import", who="测试", quarter=quarter) as batch:
        batch.add([observation("i", ENDS[quarter], value)])


def issue(ledger, quarter, value=None, **more):
    if value is not None:
        report(ledger, quarter, value)
    return boards.issue(ledger, quarter, who="测试", **more)


def test_an_issued_board_tells_the_target_that_was_replaced(town):
    """A target revised to a later day stands with the old value and day."""
    report(town, "2026Q1", 10)
    (old,) = town.current(Target)
    new = dataclasses.replace(
        old, target_id="n", supersedes="t", magnitude=D(28), deadline=date(2028, 12, 31),
        approved_by="津武政发〔2026〕7号", reason="推迟", effective_on=date(2026, 3, 1),
    )  # fmt: skip
    with town.batch("settings", who="测试") as batch:
        batch.add([new])
    made = boards.issue(town, "2026Q1", who="测试")
    (line,) = boards.lines(town, made.board.board_id)
    assert line.target_id == "n"
    assert line.sentence.endswith("（原目标 30EFLOPS（2027-12-31））")


def test_an_issued_board_does_not_change(town):
    """New values change what is known, not what was issued."""
    made = issue(town, "2026Q1", 10)
    report(town, "2026Q1", 20)
    assert boards.lines(town, made.board.board_id) == made.lines
    assert made.lines[0].light == "yellow"
    assert judge(town).verdicts[0].light == "green"


def test_a_board_can_be_rebuilt_from_what_it_knew(town):
    """Judging as known at the board's last batch gives the frozen lines again."""
    made = issue(town, "2026Q1", 10)
    report(town, "2026Q1", 20)
    last = next(each for each in town.batches() if each.seq == made.board.known_seq)
    found = judge(town, as_of=made.board.as_of, known_at=last.committed_at)
    assert [each.sentence() for each in found.verdicts] == [each.sentence for each in made.lines]


def test_the_same_board_is_not_issued_twice(town):
    """Without any change the earlier issue stands; with one there is a second issue."""
    first = issue(town, "2026Q1", 10)
    again = issue(town, "2026Q1")
    assert (again.new, again.board) == (False, first.board)
    other = issue(town, "2026Q1", 11)
    assert other.new
    assert other.board.board_id != first.board.board_id


def test_nothing_to_judge_is_refused(store):
    """A board without a target would say nothing."""
    with pytest.raises(UsageError, match="没有可研判的目标"):
        boards.issue(store, "2026Q1", who="测试")
    assert store.seq == 0


def test_repeats_count_boards_running(town):
    """连续三次黄灯: the run ends at another light, and the measure is the strongest that applies."""
    for quarter, value in (("2025Q4", 15), ("2026Q1", 10), ("2026Q2", 11)):
        made = issue(town, quarter, value)
    (found,) = boards.repeats(town, made.board)
    assert (found.light, found.times, found.words) == ("yellow", 2, "连续两次黄灯")
    assert (found.quarters, found.measure) == (("2026Q1", "2026Q2"), "发专函督办")


def test_a_quarter_without_a_board_ends_the_run(town):
    """Two yellows with a gap between them are not two running."""
    issue(town, "2025Q4", 8)
    made = issue(town, "2026Q2", 11)
    assert [each.times for each in boards.repeats(town, made.board)] == [1]


def test_late_but_recovered_stays_on_record(town):
    """A light that turned green does not erase the red of the quarter before."""
    for quarter, value in (("2025Q4", 5), ("2026Q1", 10), ("2026Q2", 20)):
        made = issue(town, quarter, value)
    (found,) = boards.recoveries(town, made.board)
    assert (found.worst, found.behind, found.recovered) == ("red", ("2025Q4", "2026Q1"), "2026Q2")
    assert boards.repeats(town, made.board) == []


def words(ledger, first, **more):
    return [(each.after_light, each.causes) for each in changes.diff(ledger, first.board, **more)]


class TestCauses:
    """Each change of light has its cause."""

    def test_new_data(self, town):
        """A value for a later quarter."""
        first = issue(town, "2026Q1", 10)
        report(town, "2026Q2", 20)
        assert words(town, first) == [("green", ("new_data",))]

    def test_revised_data(self, town):
        """Another value for the same quarter."""
        first = issue(town, "2026Q1", 10)
        report(town, "2026Q1", 20)
        assert words(town, first) == [("green", ("revised_data",))]

    def test_retracted_data(self, town):
        """A batch that was taken back changes what is known: nothing is reported any more."""
        first = issue(town, "2026Q1", 10)
        batch = next(each for each in town.batches() if each.action == "import")
        town.retract(batch.batch, who="测试", reason="错报")
        (found,) = changes.diff(town, first.board, as_of=date(2026, 3, 31))
        assert (found.after_light, found.cause) == ("grey", "revised_data")

    def test_passing_time(self, town):
        """Nothing came in, and the due day passed."""
        first = issue(town, "2026Q1", 20)
        assert words(town, first, as_of=date(2026, 7, 20)) == [("grey", ("time",))]

    def test_a_value_that_lay_ready(self, town):
        """A board of an earlier quarter, issued late, does not see the later value: new data."""
        report(town, "2026Q2", 20)
        first = issue(town, "2026Q1", 10)
        second = issue(town, "2026Q2")
        assert words(town, first, later=second.board) == [("green", ("new_data",))]

    def test_decision(self, town):
        """Another baseline."""
        first = issue(town, "2026Q1", 10)
        with town.batch("settings", who="测试") as batch:
            batch.add([Setting(indicator_id="i", baseline=D(1), baseline_date=date(2025, 12, 31))])
        assert words(town, first) == [("green", ("decision",))]

    def test_a_target_given_up(self, town):
        """A target that was withdrawn leaves the board by decision."""
        first = issue(town, "2026Q1", 10)
        (target,) = town.current(Target)
        with town.batch("review", who="测试") as batch:
            batch.add([dataclasses.replace(target, status="withdrawn")])
        (found,) = changes.diff(town, first.board)
        assert (found.after_light, found.causes) == (None, ("decision",))
        assert found.words == "黄灯·落后序时→无（人工决定）"

    def test_rule(self, town):
        """Another profile with the same data."""
        first = issue(town, "2026Q1", 10)
        (found,) = changes.diff(town, first.board, rules="statcan")
        assert (found.before_state, found.after_state) == ("behind", "slightly_behind")
        assert found.causes == ("rule",)

    def test_another_version_of_the_rule(self, town, tmp_path, monkeypatch):
        """The office moved a limit since: it is the rule that changed, not time that passed."""
        first = issue(town, "2026Q1", 10)
        text = profile.load("schedule").path.read_text("utf-8")
        for old, new in (
            ('version = "1.0"', 'version = "1.1"'),
            ("at_least = -30", "at_least = -20"),
        ):
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "schedule.toml").write_text(text, "utf-8")
        monkeypatch.setenv("INDICATORS_RULES", str(tmp_path))
        assert words(town, first) == [("red", ("rule",))]

    def test_a_rule_that_is_a_file_of_the_office(self, town, tmp_path):
        """Boards of a rule that was given as a file are compared by naming the file again."""
        path = tmp_path / "strict.toml"
        text = profile.load("schedule").path.read_text("utf-8")
        path.write_text(text.replace('name = "schedule"', 'name = "strict"'), "utf-8")
        first = issue(town, "2026Q1", 10, rules=str(path))
        second = issue(town, "2026Q2", 20, rules=str(path))
        for later in (second.board, None):
            assert words(town, first, later=later, rules=str(path)) == [("green", ("new_data",))]
        with pytest.raises(UsageError, match="没有规则 'strict'"):
            changes.diff(town, first.board, second.board)

    def test_between_two_boards(self, town):
        """From one frozen board to the next, whatever came after the second."""
        first = issue(town, "2026Q1", 10)
        second = issue(town, "2026Q2", 25)
        report(town, "2026Q2", 6)
        (found,) = changes.diff(town, first.board, second.board)
        assert (found.before_state, found.after_state) == ("behind", "on_schedule")
        assert found.cause == "new_data"

    def test_nothing(self, town):
        """Equal boards differ in nothing."""
        first = issue(town, "2026Q1", 10)
        assert changes.diff(town, first.board) == []

    def test_verdicts_carry_their_cause(self, town):
        """An assessment can say of each verdict why its light changed."""
        first = issue(town, "2026Q1", 10)
        report(town, "2026Q1", 20)
        found = changes.explained(judge(town), changes.diff(town, first.board))
        assert found.verdicts[0].cause == "revised_data"


def test_the_commands_issue_show_and_compare(town, tmp_path, capsys):
    """issue, show and diff work on one store from the command line."""
    report(town, "2026Q1", 10)
    town.close()
    place = ["--store", str(tmp_path / "store"), "--who", "测试"]
    assert main(["board", "issue", "--quarter", "2026Q1", *place]) == 0
    assert "已签发《2026年一季度目标进度通报》" in capsys.readouterr().out
    assert main(["board", "issue", "--quarter", "2026Q1", *place]) == 0
    assert "此前已签发" in capsys.readouterr().out
    assert main(["board", "show", *place]) == 0
    assert "共签发1次" in capsys.readouterr().out
    assert main(["board", "show", "2026Q1", *place]) == 0
    shown = capsys.readouterr().out
    assert "黄灯\t落后序时\t智算规模\t" in shown
    assert "提醒" in shown
    assert main(["board", "diff", "2026Q1", "--as-of", "2026-07-20", *place]) == 0
    assert "武清区\t智算规模\t黄灯·落后序时→不亮灯·未报送（时间推移）" in capsys.readouterr().out
    assert main(["board", "diff", "2026Q1", "--rules", "statcan", *place]) == 0
    assert "黄灯·落后序时→黄灯·略低于序时（规则变更）" in capsys.readouterr().out
    assert main(["board", "show", "2025Q1", *place]) == 2
    assert "没有签发过“2025Q1”的通报" in capsys.readouterr().err


def test_steps_of_escalation_are_configured(tmp_path, monkeypatch):
    """A wrong step is told by line and key."""
    from indicators import reference

    (tmp_path / "escalation.toml").write_text(
        '[[steps]]\nlight = "yellow"\ntimes = 0\nmeasure = "函"\n'
    )
    monkeypatch.setattr(reference, "path", lambda name: tmp_path / name)
    with pytest.raises(ConfigurationError, match=r"escalation.toml:3: \[steps\] times：至少为 1"):
        boards.escalation()


def test_lines_are_rows_of_the_ledger(town):
    """A frozen line keeps expected, actual and gap as decimals."""
    made = issue(town, "2026Q1", 10)
    (line,) = town.current(BoardLine)
    assert (line.actual, line.gap_points) == (D(10), made.lines[0].gap_points)


def test_a_quarter_that_is_not_over_is_told(town, tmp_path, capsys):
    """The board is issued all the same: there are previews; but nobody takes it for the last word."""
    report(town, "2026Q1", 10)
    town.close()
    place = ["--store", str(tmp_path / "store"), "--who", "测试"]
    for quarter, said in (("2026Q1", ""), ("2099Q1", "提醒：2099Q1 还没有结束")):
        assert main(["board", "issue", "--quarter", quarter, *place]) == 0
        error = capsys.readouterr().err
        assert said in error
        assert bool(said) == bool(error)
