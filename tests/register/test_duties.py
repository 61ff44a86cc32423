"""The 督查台账: tasks with the targets they answer for, printed, filled in and taken back."""

from __future__ import annotations

from datetime import date

import pytest

from indicators.errors import InputRefused, UsageError
from indicators.model import Contact, Note, Progress, Setting, Task
from indicators.register import record
from indicators.register.decisions import Decision, decide, pending
from indicators.register.duties import duties
from indicators.register.dutyfile import export_duties, import_duties
from indicators.submissions.filled import open_filled
from tests.register.memory import MemoryLedger
from tests.register.sheets import Filled, places
from tests.register.statements import paper, task

SHEET = "武清区"


@pytest.fixture
def accepted(memory):
    rows = [each.commitment_id for each in pending(memory)]
    decide(memory, [Decision(commitment_id=each, decision="accepted") for each in rows], who="李")
    with memory.batch("settings", who="李") as batch:
        batch.add(
            [
                Contact(
                    place="武清区", office="区发展改革委", leader="张三", contact="李四", phone="1"
                )
            ]
        )
    return memory


@pytest.fixture
def exported(accepted, tmp_path):
    path = tmp_path / "duties.xlsx"
    export_duties(accepted, path, place="武清区")
    return Filled(path)


def test_targets_stand_under_the_task_that_states_them(accepted):
    """A target that the goals state first still stands with the task that repeats it."""
    lines = duties(accepted, "武清区")
    contents = [each.content for each in lines]
    first = next(index for index, each in enumerate(contents) if each.startswith("强化算力供给"))
    assert contents[first + 1 : first + 5] == [
        "5G基站",
        "高功率机柜",
        "数据中心总体上架率",
        "智算规模",
    ]
    assert {each.group for each in lines[first : first + 5]} == {"（一）夯实算力底座"}
    assert lines[first].content == "强化算力供给。"
    assert (lines[first].leader, lines[first].contact) == ("张三", "李四 1")


def test_every_task_and_accepted_target_is_there_once(accepted):
    """Two tasks and eleven targets, no more."""
    lines = duties(accepted, "武清区")
    assert [each.sort for each in lines].count("任务") == 2
    assert len({each.key for each in lines}) == len(lines) == 13


def test_it_is_made_to_be_printed(exported):
    """A3 landscape, one page wide, header on every page, groups merged."""
    sheet = exported.book[SHEET]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.print_title_rows == "$3:$3"
    groups = [each for each in sheet.merged_cells.ranges if each.min_row > 3]
    assert groups


def test_what_is_filled_in_comes_back(accepted, exported):
    """Leader, lead office, words on progress, state and 销号 are recorded; twice is once."""
    (row,) = [
        each
        for each in exported.rows(SHEET)
        if str(exported.get(SHEET, each, "工作任务／量化指标")).startswith("强化算力供给")
    ]
    exported.put(
        SHEET,
        row,
        责任领导="王五",
        牵头单位="区数据局",
        进展情况="二期在建",
        存在问题="供电",
        状态="已销号",
        销号日期="2026-06-30",
    )
    (goal,) = exported.rows(SHEET, **{"工作任务／量化指标": "智算规模"})
    exported.put(
        SHEET,
        goal,
        下一步措施="协调供电",
        牵头单位="区数据局",
        状态="已销号",
        销号日期="2026-07-01",
    )
    path = exported.save()
    report = import_duties(accepted, open_filled(path), who="李", quarter="2026Q2")
    assert report.lines == 2
    (task,) = [each for each in accepted.current(Task) if each.status == "sealed"]
    assert (task.leader, task.lead_office, task.sealed_on) == (
        "王五",
        "区数据局",
        date(2026, 6, 30),
    )
    words = {each.office: each for each in accepted.current(Progress)}
    assert {each.quarter for each in words.values()} == {"2026Q2"}
    assert [each.lead_office for each in accepted.current(Setting)] == ["区数据局"]
    assert [each.text for each in accepted.current(Note)] == ["2026-07-01"]
    seq = accepted.seq
    assert import_duties(accepted, open_filled(path), who="李", quarter="2026Q2").lines == 0
    assert accepted.seq == seq


def test_mistakes_are_found_at_their_cells(accepted, exported):
    """A deadline of a target, a 销号 without its day, a wrong state: nothing is recorded."""
    (goal,) = exported.rows(SHEET, **{"工作任务／量化指标": "智算规模"})
    exported.put(SHEET, goal, 完成时限="2028-12-31")
    (other,) = exported.rows(SHEET, **{"工作任务／量化指标": "5G基站"})
    exported.put(SHEET, other, 状态="已销号")
    (third,) = exported.rows(SHEET, **{"工作任务／量化指标": "典型应用场景"})
    exported.put(SHEET, third, 状态="差不多")
    seq = accepted.seq
    with pytest.raises(InputRefused) as refused:
        import_duties(accepted, open_filled(exported.save()), who="李", quarter="2026Q2")
    at = exported.address
    assert places(refused) == {
        (f"{SHEET}!{at(SHEET, goal, '完成时限')}", "register-relation"),
        (f"{SHEET}!{at(SHEET, other, '销号日期')}", "ledger-status"),
        (f"{SHEET}!{at(SHEET, third, '状态')}", "register-choice"),
    }
    assert accepted.seq == seq


def test_a_line_that_somebody_changed_is_refused(accepted, exported):
    """Who filled in the same line meanwhile is named."""
    (goal,) = exported.rows(SHEET, **{"工作任务／量化指标": "智算规模"})
    exported.put(SHEET, goal, 进展情况="甲")
    import_duties(accepted, open_filled(exported.save("one.xlsx")), who="赵", quarter="2026Q2")
    exported.put(SHEET, goal, 进展情况="乙")
    with pytest.raises(InputRefused, match="没有导入") as refused:
        import_duties(accepted, open_filled(exported.save("two.xlsx")), who="李", quarter="2026Q2")
    assert "赵" in refused.value.findings[0].message


def test_words_on_progress_need_a_quarter(accepted, exported):
    """Progress without any quarter to file it under is asked for its quarter."""
    (goal,) = exported.rows(SHEET, **{"工作任务／量化指标": "智算规模"})
    exported.put(SHEET, goal, 进展情况="在建")
    with pytest.raises(InputRefused) as refused:
        import_duties(accepted, open_filled(exported.save()), who="李")
    assert "季度" in refused.value.findings[0].message


def test_an_empty_register_has_no_ledger_to_print(tmp_path):
    """A place without tasks and targets is said."""
    with pytest.raises(UsageError, match="没有任务"):
        export_duties(MemoryLedger(), tmp_path / "x.xlsx", place="武清区")


@pytest.mark.parametrize(("word", "status"), [("已完成", "done"), ("逾期", "late")])
def test_the_state_of_a_target_is_kept(accepted, exported, word, status):
    """A target that is done or late stays so, and is struck off and reopened from there."""

    def state():
        return next(each.status for each in duties(accepted) if each.content == "智算规模")

    (goal,) = exported.rows(SHEET, **{"工作任务／量化指标": "智算规模"})
    path = exported.put(SHEET, goal, 状态=word).save()
    assert import_duties(accepted, open_filled(path), who="李").lines == 1
    assert state() == status
    seq = accepted.seq
    assert import_duties(accepted, open_filled(path), who="李").lines == 0
    assert accepted.seq == seq
    export_duties(accepted, exported.path, place=SHEET)
    again = Filled(exported.path)
    again.put(SHEET, goal, 状态="已销号", 销号日期="2026-07-01")
    import_duties(accepted, open_filled(again.save()), who="李")
    assert state() == "sealed"
    export_duties(accepted, exported.path, place=SHEET)
    again = Filled(exported.path)
    again.put(SHEET, goal, 状态="推进中", 销号日期=None)
    import_duties(accepted, open_filled(again.save("open.xlsx")), who="李")
    assert state() == "open"


def test_a_quarter_is_a_quarter(accepted, exported, tmp_path):
    """Words filed under 2026 or 2026Q5 would be lost; the quarter is refused before anything."""
    (goal,) = exported.rows(SHEET, **{"工作任务／量化指标": "智算规模"})
    path = exported.put(SHEET, goal, 进展情况="在建").save()
    for wrong in ("2026", "2026Q5", "上季度"):
        with pytest.raises(UsageError):
            import_duties(accepted, open_filled(path), who="李", quarter=wrong)
        with pytest.raises(UsageError):
            export_duties(accepted, tmp_path / "x.xlsx", quarter=wrong)
    assert accepted.current(Progress) == []
    assert not (tmp_path / "x.xlsx").exists()


def test_a_heading_is_seen_whole(accepted, tmp_path):
    """A long heading over a single low row makes that row as high as it needs."""
    words = "十、保护传承利用历史文化遗产推动文化旅游融合高质量发展重点行动"
    with accepted.batch("load", who="王") as batch:
        batch.add([task("办好大会", 9000, 9010, section=f"三、重点任务 / {words}")])
    path = tmp_path / "duties.xlsx"
    export_duties(accepted, path, place=SHEET)
    exported = Filled(path)
    (row,) = exported.rows(SHEET, 类别=words)
    width = exported.book[SHEET].column_dimensions["E"].width
    assert exported.book[SHEET].cell(3, 5).value == "类别"
    lines = 2 * len(words) / width
    assert exported.book[SHEET].row_dimensions[row].height >= 12 * lines


def test_each_milestone_is_told_by_its_own_clause():
    """Four milestones of one sentence are four lines of their own words, a cut title made whole."""
    ledger = MemoryLedger()
    long = "智能算力中心及算力资源调度平台建成并投入运营，全市各旗县区智能算力统一纳管、统一调度、统一监测"
    sentence = f"2025年底，公共数据质量大幅提升；{long}；市场框架基本完善。"
    clauses = ("公共数据质量大幅提升", long[:39] + "…", "市场框架基本完善")
    record(
        ledger,
        [paper()],
        [],
        [
            task(title, at, at + 10, text=sentence, sort="milestone", section="总体要求")
            for at, title in zip((100, 120, 180), clauses, strict=True)
        ],
        who="王",
    )
    assert [each.content for each in duties(ledger)] == [clauses[0], long, clauses[2]]


def test_an_act_inside_a_task_stands_in_its_group_with_its_offices():
    """以半年为单位召开供需对接会 within a numbered task is that task's, heading and offices too."""
    ledger = MemoryLedger()
    inner = "以半年为单位召开场景供需对接会"
    outer = f"9.建立对接机制。{inner}。"
    record(
        ledger,
        [paper()],
        [],
        [
            task("建立对接机制", 100, 160, text=outer, offices=("市数据局", "工信局")),
            task(
                inner,
                110,
                130,
                text=f"{inner}。",
                sort="recurring",
                section="二、重点任务 / （一）夯实算力底座 / 建立对接机制",
            ),
        ],
        who="王",
    )
    whole, act = duties(ledger)
    assert act.content == inner
    assert (act.group, act.lead_office) == (whole.group, "市数据局")
    assert act.supporting_offices == ("市工信局",)
