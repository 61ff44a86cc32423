"""The split of a target that is revised: carried where it still fits, said where it does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.model import Share, Target
from indicators.register.configuring import Changes, apply
from indicators.register.decisions import Decision, decide, pending
from indicators.register.settingsfile import export_settings, import_settings
from indicators.submissions.filled import open_filled
from tests.register.sheets import Filled


@pytest.fixture
def parted(memory):
    """智算规模 of 30 EFLOPS, accepted, in two parts."""
    rows = [each.commitment_id for each in pending(memory)]
    decide(memory, [Decision(commitment_id=each, decision="accepted") for each in rows], who="李")
    (target,) = [each for each in memory.current(Target) if each.unit == "EFLOPS"]
    shares = [
        Share(
            target_id=target.target_id,
            sort="office",
            part=office,
            magnitude=Decimal(15),
            unit="EFLOPS",
        )
        for office in ("区数据局", "区发展改革委")
    ]
    apply(memory, Changes(shares=shares), who="李")
    return memory


@pytest.mark.parametrize(
    ("fields", "carried", "codes"),
    [
        ({"新目标值": 25}, 0, ["settings-split-left"]),
        ({"新期限": "2028-12-31"}, 0, ["settings-split-left"]),
        ({"新界限": "等于"}, 2, []),
        ({"新目标值": "取消"}, 0, []),
    ],
)
def test_parts_of_a_revised_target(parted, tmp_path, fields, carried, codes):
    """Parts follow a target whose value and deadline stay; else the row warns that they do not."""
    path = tmp_path / "settings.xlsx"
    export_settings(parted, path)
    book = Filled(path)
    (row,) = book.rows("目标调整", 指标="智算规模", 地区="武清区")
    book.put("目标调整", row, **fields, 批准文号="津武政办发〔2026〕7号", 调整原因="建设推迟")
    report = import_settings(parted, open_filled(book.save()), who="李", today=date(2026, 7, 1))
    assert [each.code for each in report.findings] == codes
    revised = {each.target_id for each in parted.current(Target) if each.supersedes}
    assert sum(each.target_id in revised for each in parted.current(Share)) == carried
