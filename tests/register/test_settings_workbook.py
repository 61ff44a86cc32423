"""The settings workbook: out, filled in, back, with findings at the cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.errors import InputRefused
from indicators.model import (
    Contact,
    Indicator,
    Office,
    Option,
    Setting,
    Share,
    SourceDocument,
    Target,
)
from indicators.register.decisions import Decision, decide, pending
from indicators.register.settingsfile import export_settings, import_settings
from indicators.submissions.filled import open_filled
from tests.register.sheets import Filled, places

SHEET = "指标设置"


@pytest.fixture
def accepted(memory):
    """The ledger with everything accepted."""
    rows = [each.commitment_id for each in pending(memory)]
    decide(memory, [Decision(commitment_id=each, decision="accepted") for each in rows], who="李")
    return memory


@pytest.fixture
def exported(accepted, tmp_path):
    path = tmp_path / "settings.xlsx"
    export_settings(accepted, path)
    return Filled(path)


def row_of(filled, name, place="武清区", sheet=SHEET):
    return filled.rows(sheet, 指标=name, 地区=place)[0]


def setting(ledger, name, place="武清区"):
    (indicator,) = [
        each
        for each in ledger.current(Indicator, place=place)
        if each.name == name and not each.retired
    ]
    (found,) = ledger.current(Setting, indicator_id=indicator.indicator_id)
    return found


def test_only_reviewed_indicators_are_asked_about(memory, tmp_path):
    """Before anything is accepted there is nothing to set; all can be asked for."""
    assert export_settings(memory, tmp_path / "a.xlsx") == 0
    assert export_settings(memory, tmp_path / "b.xlsx", everything=True) == 14


def test_what_is_filled_in_is_recorded(accepted, exported):
    """Baseline with its unit, date, direction, split, offices and caliber come back as written."""
    exported.put(
        SHEET,
        row_of(exported, "人工智能产业规模"),
        基期值="300亿元",
        基期日期="2024-12-31",
        方向="上升",
        累计口径="年初以来累计",
        序时方式="按分解",
        分年目标="2026年=433.3亿；2027=500亿元",
        报送单位="区数据局",
        配合单位="区教育局，区发展改革委",
        频率="季报",
        属性="预期性",
        口径="规上企业",
    )
    report = import_settings(accepted, open_filled(exported.save()), who="李")
    assert report.settings == 1
    made = setting(accepted, "人工智能产业规模")
    assert (made.baseline, made.baseline_date) == (Decimal(30_000_000_000), date(2024, 12, 31))
    assert made.yearly_split == ("2026=43330000000", "2027=50000000000")
    assert (made.direction, made.schedule, made.binding) == ("up", "split", "expected")
    assert made.supporting_offices == ("区教育局", "区发展改革委")
    assert not made.demonstration


def test_writing_and_reading_back_changes_nothing(accepted, exported, tmp_path):
    """An exported workbook says what the ledger says."""
    exported.put(
        SHEET, row_of(exported, "智算规模"), 基期值=5, 基期日期="2024-12-31", 累计口径="期末存量"
    )
    import_settings(accepted, open_filled(exported.save()), who="李")
    path = tmp_path / "again.xlsx"
    export_settings(accepted, path)
    seq = accepted.seq
    report = import_settings(accepted, open_filled(path), who="李")
    assert (report.sentence, accepted.seq) == ("没有新的设置", seq)


def test_proposals_are_taken_only_when_asked_for(accepted, exported):
    """采用建议 takes offices or baseline into empty cells; without it nothing is taken."""
    cluster = row_of(exported, "算力总规模", "和林格尔数据中心集群")
    assert exported.get(SHEET, cluster, "建议基期").startswith("24.95万P（2026-04-24")
    assert exported.get(SHEET, cluster, "基期值") is None
    exported.put(SHEET, cluster, 采用建议="基期")
    exported.put(SHEET, row_of(exported, "5G基站"), 采用建议="单位")
    import_settings(accepted, open_filled(exported.save()), who="李")
    assert setting(accepted, "算力总规模", "和林格尔数据中心集群").baseline == 249500
    made = setting(accepted, "5G基站")
    assert (made.reporting_office, made.lead_office) == ("区发展改革委", "区发展改革委")
    assert made.baseline is None


def test_mistakes_are_found_at_their_cells(accepted, exported):
    """A late baseline, a foreign unit, a wrong word, a wrong split: all at once, nothing recorded."""
    one, two, three, four = (
        row_of(exported, name) for name in ("智算规模", "5G基站", "高功率机柜", "高质量数据集")
    )
    exported.put(SHEET, one, 基期值=5, 基期日期="2028-01-01")
    exported.put(SHEET, two, 基期值="3亿元", 基期日期="2024-12-31")
    exported.put(SHEET, three, 方向="向上")
    exported.put(SHEET, four, 分年目标="2026=50；2027=90")
    seq = accepted.seq
    with pytest.raises(InputRefused) as refused:
        import_settings(accepted, open_filled(exported.save()), who="李")
    at = exported.address
    assert places(refused) == {
        (f"{SHEET}!{at(SHEET, one, '基期日期')}", "settings-baseline-date"),
        (f"{SHEET}!{at(SHEET, two, '基期值')}", "settings-unit"),
        (f"{SHEET}!{at(SHEET, three, '方向')}", "register-choice"),
        (f"{SHEET}!{at(SHEET, four, '分年目标')}", "settings-split-last"),
    }
    assert accepted.seq == seq


def test_a_stale_row_names_who_and_when(accepted, exported, tmp_path):
    """Settings that somebody changed since the export are refused at their row."""
    row = row_of(exported, "智算规模")
    exported.put(SHEET, row, 基期值=5, 基期日期="2024-12-31")
    import_settings(accepted, open_filled(exported.save("first.xlsx")), who="赵")
    exported.put(SHEET, row, 基期值=6)
    with pytest.raises(InputRefused) as refused:
        import_settings(accepted, open_filled(exported.save("second.xlsx")), who="李")
    (finding,) = refused.value.findings
    assert finding.code == "register-stale"
    assert "赵" in finding.message
    report = import_settings(
        accepted, open_filled(exported.path.with_name("second.xlsx")), who="李", skip_stale=True
    )
    assert (report.settings, report.skipped) == (0, 1)


def test_an_unknown_office_is_registered_with_a_warning(accepted, exported):
    """A reporting office that nobody named is said, registered, and set."""
    exported.put(SHEET, row_of(exported, "智算规模"), 报送单位="区新设局")
    report = import_settings(accepted, open_filled(exported.save()), who="李")
    assert [each.code for each in report.findings] == ["settings-office"]
    assert accepted.current(Office, place="武清区", office="区新设局")
    assert setting(accepted, "智算规模").reporting_office == "区新设局"


def test_a_synonym_unites_and_can_be_taken_back(accepted, exported, tmp_path):
    """A name declared equal joins the indicator; taken back, both stand again."""

    def standing():
        return {
            each.name for each in accepted.current(Indicator, place="武清区") if not each.retired
        }

    before = standing()
    exported.put(SHEET, row_of(exported, "5G基站"), 同义名称="高质量数据集")
    import_settings(accepted, open_filled(exported.save()), who="李")
    assert len(standing()) == len(before) - 1
    assert setting(accepted, "5G基站").synonyms == ("高质量数据集",)
    path = tmp_path / "again.xlsx"
    export_settings(accepted, path)
    filled = Filled(path)
    (row,) = [each for each in filled.rows(SHEET) if filled.get(SHEET, each, "同义名称")]
    filled.put(SHEET, row, 同义名称=None)
    import_settings(accepted, open_filled(filled.save()), who="李")
    assert standing() == before


def test_a_revision_needs_a_paper_and_a_reason(accepted, exported):
    """A new value without 批准文号 or 调整原因 is refused at the empty cell."""
    sheet = "目标调整"
    row = row_of(exported, "智算规模", sheet=sheet)
    exported.put(sheet, row, 新目标值=25, 调整原因="建设推迟")
    with pytest.raises(InputRefused) as refused:
        import_settings(accepted, open_filled(exported.save()), who="李")
    assert places(refused) == {
        (f"{sheet}!{exported.address(sheet, row, '批准文号')}", "settings-revision")
    }


def test_a_revision_keeps_old_and_new(accepted, exported):
    """The revised target names what it replaces, its paper, its reason and its day."""
    sheet = "目标调整"
    row = row_of(exported, "智算规模", sheet=sheet)
    exported.put(
        sheet,
        row,
        新目标值=25,
        新期限="2028-12-31",
        批准文号="津武政办发〔2026〕7号",
        调整原因="建设推迟",
    )
    path = exported.save()
    day = date(2026, 7, 1)
    assert import_settings(accepted, open_filled(path), who="李", today=day).revisions == 1
    (new,) = [each for each in accepted.current(Target) if each.supersedes]
    (old,) = accepted.current(Target, target_id=new.supersedes)
    assert (old.magnitude, new.magnitude, new.effective_on) == (30, 25, day)
    assert (new.approved_by, new.deadline) == ("津武政办发〔2026〕7号", date(2028, 12, 31))
    seq = accepted.seq
    assert import_settings(accepted, open_filled(path), who="李", today=day).revisions == 0
    assert accepted.seq == seq


def test_a_target_may_be_cancelled_by_a_paper(accepted, exported):
    """取消 withdraws the target, and loading again does not bring it back."""
    sheet = "目标调整"
    row = row_of(exported, "5G基站", sheet=sheet)
    exported.put(
        sheet, row, 新目标值="取消", 批准文号="津武政办发〔2026〕8号", 调整原因="并入市级任务"
    )
    import_settings(accepted, open_filled(exported.save()), who="李")
    (target,) = [each for each in accepted.current(Target) if each.magnitude == 5000]
    assert target.status == "withdrawn"
    decide(
        accepted,
        [
            Decision(
                commitment_id=target.commitments[0],
                decision="corrected",
                corrections=("bound=at_least",),
            )
        ],
        who="李",
    )
    (target,) = [each for each in accepted.current(Target) if each.magnitude == 5000]
    assert target.status == "withdrawn"


def test_parts_of_a_target_must_add_up(accepted, exported):
    """Towns that share 30 projects must have 30 together; years need not."""
    sheet = "任务分解"
    line = {"地区": "武清区", "指标": "引进人工智能领域重点项目", "期限": "2027-12-31"}
    for row, part, value in ((4, "武清开发区", 20), (5, "东马圈镇", 9)):
        exported.put(sheet, row, **line, 分解方式="地区", 分解对象=part, 分解值=value)
    with pytest.raises(InputRefused) as refused:
        import_settings(accepted, open_filled(exported.save()), who="李")
    assert {code for _, code in places(refused)} == {"settings-split"}
    exported.put(sheet, 5, 分解值=10)
    assert import_settings(accepted, open_filled(exported.save()), who="李").shares == 2
    assert sorted(each.magnitude for each in accepted.current(Share)) == [10, 20]


def test_offices_people_and_options_are_set(accepted, exported):
    """Aliases, contacts and options come from their sheets; a wrong option is refused."""
    (row,) = exported.rows("单位", 单位="区数据局")
    exported.put("单位", row, 别名="区数据管理局", 责任领导="张三", 联系人="李四", 电话="022-1")
    exported.put("选项", 4, 选项="自动接受（开／关）", 范围="武清区", 取值="开")
    import_settings(accepted, open_filled(exported.save()), who="李")
    assert accepted.current(Office, office="区数据局")[0].aliases == ("区数据管理局",)
    assert accepted.current(Contact)[0].leader == "张三"
    assert accepted.current(Option) == [
        Option(option="self_acceptance", scope="武清区", value="开")
    ]
    exported.put("选项", 4, 取值="也许")
    with pytest.raises(InputRefused):
        import_settings(accepted, open_filled(exported.save()), who="李")


def test_a_replaced_document_promises_nothing(accepted, exported, tmp_path):
    """Targets that only a replaced document states are withdrawn, and come back with it."""
    (row,) = exported.rows("文件", 文件名="plan.txt")
    exported.put("文件", row, 被取代="news.txt")
    import_settings(accepted, open_filled(exported.save()), who="李")
    assert accepted.current(SourceDocument, document="plan.txt")[0].superseded_by
    wuqing = {each.indicator_id for each in accepted.current(Indicator, place="武清区")}
    targets = [each for each in accepted.current(Target) if each.indicator_id in wuqing]
    assert {each.status for each in targets} == {"withdrawn"}
    path = tmp_path / "again.xlsx"
    export_settings(accepted, path, everything=True)
    filled = Filled(path)
    filled.put("文件", filled.rows("文件", 文件名="plan.txt")[0], 被取代=None)
    import_settings(accepted, open_filled(filled.save()), who="李")
    targets = [each for each in accepted.current(Target) if each.indicator_id in wuqing]
    assert {each.status for each in targets} == {"accepted"}


def test_a_demonstration_says_so_in_its_rows(accepted, tmp_path):
    """A workbook marked 演示数据 makes demonstration rows and a demonstration batch."""
    path = tmp_path / "demo.xlsx"
    export_settings(accepted, path, demonstration=True)
    filled = Filled(path)
    assert "演示数据" in str(filled.book[SHEET]["A1"].value)
    filled.put(SHEET, row_of(filled, "智算规模"), 报送单位="区数据局")
    import_settings(accepted, open_filled(filled.save()), who="李")
    assert setting(accepted, "智算规模").demonstration
    assert accepted.batches()[-1].demonstration


@pytest.mark.parametrize(
    ("years", "adds_up", "code"),
    [
        ((1000, 3000, 5000), "", None),
        ((1000, 3000, 4500), "", "settings-split-last"),
        ((1000, 2000, 2000), "", "settings-split-last"),
        ((1000, 2000, 2000), "本期新增", None),
        ((1000, 2000, 1500), "本期新增", "settings-split"),
        ((1000, 3000), "", None),
        ((1000, 3000), "本期新增", None),
    ],
)
def test_parts_by_year_end_at_the_target(accepted, exported, years, adds_up, code):
    """By year the last value is the target; where each year counts what is new, all add up to it."""
    line = {"地区": "武清区", "指标": "5G基站", "期限": "2027-12-31", "分解方式": "年度"}
    for row, value in enumerate(years):
        exported.put("任务分解", 4 + row, **line, 分解对象=f"{2025 + row}年", 分解值=value)
    exported.put("指标设置", row_of(exported, "5G基站"), 累计口径=adds_up or None)
    path = exported.save()
    if code is None:
        assert import_settings(accepted, open_filled(path), who="李").shares == len(years)
        assert {each.part for each in accepted.current(Share)} <= {"2025", "2026", "2027"}
        return
    with pytest.raises(InputRefused) as refused:
        import_settings(accepted, open_filled(path), who="李")
    assert {found for _, found in places(refused)} == {code}
    assert not accepted.current(Share)


def test_a_part_in_time_is_a_year_or_a_quarter(accepted, exported):
    """Words that judging could not read as a period are refused at their cell."""
    line = {"地区": "武清区", "指标": "5G基站", "期限": "2027-12-31"}
    exported.put("任务分解", 4, **line, 分解方式="年度", 分解对象="明年", 分解值=1000)
    exported.put("任务分解", 5, **line, 分解方式="季度", 分解对象="2026-1", 分解值=1000)
    with pytest.raises(InputRefused) as refused:
        import_settings(accepted, open_filled(exported.save()), who="李")
    assert {code for _, code in places(refused)} == {"register-value"}
    assert len(places(refused)) == 2


def test_a_new_caliber_asks_from_which_day(accepted, exported, tmp_path):
    """Another caliber without its day is warned of; with the day it is recorded and shown again."""
    row = row_of(exported, "智算规模")
    exported.put(SHEET, row, 口径="智能算力")
    assert not import_settings(accepted, open_filled(exported.save()), who="李").findings
    export_settings(accepted, tmp_path / "again.xlsx")
    again = Filled(tmp_path / "again.xlsx")
    again.put(SHEET, row_of(again, "智算规模"), 口径="含通用算力")
    report = import_settings(accepted, open_filled(again.save()), who="李")
    assert [each.code for each in report.findings] == ["settings-caliber"]
    export_settings(accepted, tmp_path / "third.xlsx")
    third = Filled(tmp_path / "third.xlsx")
    third.put(SHEET, row_of(third, "智算规模"), 口径="全口径", 口径启用日="2026-07-01")
    assert not import_settings(accepted, open_filled(third.save()), who="李").findings
    assert setting(accepted, "智算规模").caliber_since == date(2026, 7, 1)
