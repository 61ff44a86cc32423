"""What must not pass: each wrong cell is found, and nothing of its workbook is recorded."""

from __future__ import annotations

from datetime import date

import pytest

from indicators.errors import InputRefused
from indicators.model import Indicator, Share
from indicators.register.reviewing import export_review, import_review
from indicators.register.settingsfile import export_settings, import_settings
from indicators.submissions.filled import open_filled
from tests.register.sheets import Filled, places


@pytest.fixture
def review(memory, tmp_path):
    path = tmp_path / "review.xlsx"
    export_review(memory, path)
    return Filled(path)


@pytest.fixture
def settings(memory, tmp_path):
    path = tmp_path / "settings.xlsx"
    export_settings(memory, path, everything=True)
    return Filled(path)


def refused(ledger, book):
    """Import a settings workbook that must be refused; returns cells and codes."""
    seq = ledger.seq
    with pytest.raises(InputRefused) as found:
        import_settings(ledger, open_filled(book.save()), who="李", today=date(2026, 7, 1))
    assert ledger.seq == seq
    return places(found)


@pytest.mark.parametrize(
    ("fields", "at", "code"),
    [
        ({"数值": 1e40}, "数值", "register-value"),
        ({"数值": 1e12}, "数值", "register-relation"),
        ({"界限": "区间"}, "上限", "register-relation"),
        ({"界限": "区间", "上限": 29}, "上限", "register-relation"),
    ],
)
def test_values_that_cannot_be_are_found_at_their_cells(memory, review, fields, at, code):
    """Too large for the ledger, as written or in base units; a range without or below its end."""
    (row,) = review.rows("表述审核", 指标名称="可支撑智算规模")
    review.put("表述审核", row, 决定="更正", **fields)
    seq = memory.seq
    with pytest.raises(InputRefused) as found:
        import_review(memory, open_filled(review.save()), who="李")
    assert places(found) == {(f"表述审核!{review.address('表述审核', row, at)}", code)}
    assert memory.seq == seq


@pytest.mark.parametrize(("place", "codes"), [("某新区", ["register-place"]), ("天津市", [])])
def test_a_place_that_nobody_knows_is_told(memory, review, place, codes):
    """A corrected place is taken as it is written; one of nowhere is warned of."""
    (row,) = review.rows("表述审核", 指标名称="可支撑智算规模")
    review.put("表述审核", row, 决定="更正", 地区=place)
    report = import_review(memory, open_filled(review.save()), who="李")
    assert [each.code for each in report.findings] == codes
    assert memory.current(Indicator, place=place)


@pytest.mark.parametrize(
    ("parts", "at", "code"),
    [
        ([("区数据局", 60), ("区数据局", 40)], "分解对象", "register-relation"),
        ([("区数据局", 160), ("区教育局", -60)], "分解值", "register-value"),
        ([("2026", 60), ("2028", 100)], "分解对象", "settings-split-late"),
    ],
)
def test_parts_that_cannot_be_are_found(memory, settings, parts, at, code):
    """An office twice, a negative part, a year after the deadline."""
    for row, (part, value) in enumerate(parts, 4):
        settings.put(
            "任务分解",
            row,
            地区="武清区",
            指标="高质量数据集",
            期限="2027-12-31",
            分解方式="年度" if part.isdigit() else "单位",
            分解对象=part,
            分解值=value,
        )
    told = refused(memory, settings)
    assert (f"任务分解!{settings.address('任务分解', 5, at)}", code) in told
    assert not memory.current(Share)


def test_a_yearly_value_after_the_deadline_is_found(memory, settings):
    """分年目标 of 2028 for a target of 2027 would bend the schedule beyond its end."""
    (row,) = settings.rows("指标设置", 指标="高质量数据集")
    settings.put("指标设置", row, 分年目标="2026=60; 2027=100; 2028=120")
    at = f"指标设置!{settings.address('指标设置', row, '分年目标')}"
    assert refused(memory, settings) == {(at, "settings-split-late")}


def test_a_revised_deadline_lies_after_its_day_and_the_baseline(memory, settings):
    """A deadline before the revision counts, or before the baseline, is no deadline."""
    (row,) = settings.rows("目标调整", 指标="高质量数据集")
    paper = {"批准文号": "津武政发〔2026〕7号", "调整原因": "提前"}
    settings.put("目标调整", row, 新期限="2026-06-30", **paper)
    at = f"目标调整!{settings.address('目标调整', row, '新期限')}"
    assert refused(memory, settings) == {(at, "register-value")}
    (mine,) = settings.rows("指标设置", 指标="高质量数据集")
    settings.put("指标设置", mine, 基期值=5, 基期日期="2026-12-31")
    settings.put("目标调整", row, 新期限="2026-09-30")
    assert refused(memory, settings) == {(at, "settings-baseline-date")}


def test_documents_that_replace_each_other_are_a_circle(memory, settings):
    """Two documents each replaced by the other would leave no target at all."""
    one, other = settings.rows("文件")
    settings.put("文件", one, 被取代=settings.get("文件", other, "文件名"))
    settings.put("文件", other, 被取代=settings.get("文件", one, "文件名"))
    at = f"文件!{settings.address('文件', other, '被取代')}"
    assert refused(memory, settings) == {(at, "register-circle")}


def test_offices_do_not_stand_above_themselves(memory, settings):
    """Two offices each above the other close a circle, told at both."""
    rows = [row for row in settings.rows("单位") if settings.get("单位", row, "单位")][:2]
    names = [settings.get("单位", row, "单位") for row in rows]
    for row, name in zip(rows, reversed(names), strict=True):
        settings.put("单位", row, 上级单位=name)
    assert refused(memory, settings) == {
        (f"单位!{settings.address('单位', row, '上级单位')}", "register-circle") for row in rows
    }


def test_a_name_means_one_office_of_a_place(memory, settings):
    """An alias that is another office's name, and an office that stands twice."""
    rows = [row for row in settings.rows("单位") if settings.get("单位", row, "单位")]
    first, second = (settings.get("单位", row, "单位") for row in rows[:2])
    settings.put("单位", rows[0], 别名=second)
    settings.put("单位", rows[-1] + 1, 地区="武清区", 单位=first)
    assert refused(memory, settings) == {
        (f"单位!{settings.address('单位', rows[0], '别名')}", "register-relation"),
        (f"单位!{settings.address('单位', rows[-1] + 1, '单位')}", "register-relation"),
    }
