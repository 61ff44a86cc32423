"""What an office is asked for, and the words of the template's columns.

Shared by the writer of templates and the reader of what comes back, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators import figures, periods, units
from indicators.ledger import Reader
from indicators.model import (
    Accumulation,
    Indicator,
    Observation,
    Office,
    Setting,
    Target,
    digest_id,
)

__all__ = [
    "ACCUMULATIONS",
    "COLUMNS",
    "GUIDE_SHEET",
    "META_NAME",
    "META_SHEET",
    "TEMPLATE_VERSION",
    "Ask",
    "asked",
    "checksum",
    "entry_unit",
    "knows_office",
    "registered_office",
    "reporting_office",
    "reporting_places",
    "written_target",
]

GUIDE_SHEET = "填报说明"
META_SHEET = "_meta"
META_NAME = "indicator_monitor_template"
TEMPLATE_VERSION = "1"

ACCUMULATIONS: Mapping[Accumulation, str] = {
    "level": "期末值",
    "year_to_date": "年初以来累计",
    "since_start": "自规划起累计",
    "period": "本期新增",
}
"""The heading of the entry column by how values add up."""

COLUMNS: Mapping[str, str] = {
    "key": "编号",
    "number": "序号",
    "name": "指标名称",
    "unit": "计量单位",
    "target": "目标值",
    "deadline": "完成期限",
    "last": "上期报送值",
    "expected": "本期序时应达",
    **{f"value_{basis}": heading for basis, heading in ACCUMULATIONS.items()},
    "standing": "数据性质",
    "expected_on": "预计完成日期",
    "progress": "进展情况",
    "problems": "存在问题",
    "next_steps": "下一步措施",
}
"""Column key → heading of the template, in order."""

STANDINGS = ("正式数", "初步数", "预计数", "暂无数据")

_BOUNDS = {"at_least": "≥", "at_most": "≤", "about": "约", "between": "", "equal": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One line of a template: an indicator that an office reports for a quarter."""

    key: str
    """indicator_id."""
    name: str
    unit: str
    """Unit of entry: the indicator's own, with 万 or 亿 where its target is that large."""
    accumulation: Accumulation
    target: str = ""
    deadline: date | None = None
    last: Decimal | None = None
    """In the unit of entry."""
    last_quarter: str = ""
    expected: Decimal | None = None
    """In the unit of entry."""


def entry_unit(unit: str, magnitude: Decimal | None) -> str:
    """Return the unit in which people write such amounts: 亿元 for 50000000000 元."""
    if unit != "元" or magnitude is None:
        return unit
    for factor, word in ((10**8, "亿"), (10**4, "万")):
        if abs(magnitude) >= factor:
            return f"{word}{unit}"
    return unit


def written_target(target: Target, unit: str) -> str:
    """Return a target as a template shows it: ≥500, 10—15, in the unit of entry."""
    value = figures.short(units.convert(target.magnitude, target.unit, unit))
    if target.magnitude_high is not None:
        return f"{value}—{figures.short(units.convert(target.magnitude_high, target.unit, unit))}"
    return f"{_BOUNDS[target.bound]}{value}"


def checksum(
    place: str, office: str, quarter: str, keys: Iterable[str], version: str = TEMPLATE_VERSION
) -> str:
    """Return what a template says of its own rows: a claim that is checked, never trusted."""
    return digest_id("template", version, place, office, quarter, *sorted(filter(None, keys)))


def reporting_office(setting: Setting | None) -> str:
    """Return the office that reports an indicator: the named one, else the leading one."""
    return (setting.reporting_office or setting.lead_office) if setting else ""


def knows_office(reader: Reader, place: str, office: str) -> bool:
    """Tell whether an office of a place is in the register or reports an indicator there."""
    if any(office in (each.office, *each.aliases) for each in reader.current(Office, place=place)):
        return True
    return bool(_own(reader, place, office))


def registered_office(reader: Reader, place: str, written: str) -> str:
    """Return the name that an office of a place is registered by, where another name is written."""
    offices = reader.current(Office, place=place)
    if any(written == each.office for each in offices):
        return written
    return next((each.office for each in offices if written in each.aliases), written)


def reporting_places(reader: Reader, office: str) -> set[str]:
    """Return the places of the indicators that an office reports."""
    keys = {
        each.indicator_id for each in reader.current(Setting) if reporting_office(each) == office
    }
    return {
        each.place
        for each in reader.current(Indicator)
        if each.indicator_id in keys and not each.retired
    }


def _own(reader: Reader, place: str, office: str) -> list[tuple[Indicator, Setting]]:
    settings = {each.indicator_id: each for each in reader.current(Setting)}
    return [
        (indicator, settings[indicator.indicator_id])
        for indicator in reader.current(Indicator, place=place)
        if not indicator.retired
        and indicator.indicator_id in settings
        and reporting_office(settings[indicator.indicator_id]) == office
    ]


def _leading(targets: Sequence[Target], quarter_end: date) -> Target | None:
    """Return the target to show: the next one due, else the last."""
    superseded = {each.supersedes for each in targets if each.supersedes}
    standing = [
        each for each in targets if each.status == "accepted" and each.target_id not in superseded
    ]
    ahead = [each for each in standing if each.deadline and each.deadline >= quarter_end]
    if ahead:
        return min(ahead, key=lambda each: each.deadline or date.max)
    return max(standing, key=lambda each: each.deadline or date.min, default=None)


def _last(
    observations: Iterable[Observation], office: str, quarter_end: date
) -> Observation | None:
    """Return the latest value that the office reported for an earlier period."""
    earlier = [
        each
        for each in observations
        if each.source == "workbook"
        and each.origin == office
        and each.period_end < quarter_end
        and not each.withdrawn
    ]
    return max(earlier, key=lambda each: each.period_end, default=None)


def asked(
    reader: Reader, office: str, place: str, quarter: str, expected: Mapping[str, Decimal]
) -> list[Ask]:
    """Return what an office is asked for in a quarter.

    Args:
        reader: the ledger.
        office: the office that reports.
        place: its place.
        quarter: such as 2026Q1.
        expected: expected value by now, by indicator_id, in the indicator's unit.
    """
    end = periods.quarter(quarter).end
    asks = []
    for indicator, setting in _own(reader, place, office):
        key = indicator.indicator_id
        target = _leading(reader.current(Target, indicator_id=key), end)
        unit = entry_unit(indicator.unit, target.magnitude if target else None)
        last = _last(reader.current(Observation, indicator_id=key), office, end)
        due = expected.get(key)
        asks.append(
            Ask(
                key=key,
                name=indicator.name,
                unit=unit,
                accumulation=setting.accumulation or "level",
                target=written_target(target, unit) if target else "",
                deadline=target.deadline if target else None,
                last=units.convert(last.magnitude, last.unit, unit) if last else None,
                last_quarter=periods.quarter_of(last.period_end) if last else "",
                expected=None if due is None else units.convert(due, indicator.unit, unit),
            )
        )
    return asks
