"""When a quarter opens, is due and locks; an office may have an exception with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from indicators import periods
from indicators.errors import UsageError
from indicators.findings import Finding
from indicators.ledger import Ledger, Reader
from indicators.model import CalendarEntry, Indicator, Office, digest_id
from indicators.submissions.entry import knows_office
from indicators.submissions.problems import FINDINGS

__all__ = ["days_of", "set_days", "standing_against", "version_of"]


def days_of(reader: Reader, quarter: str, place: str, office: str) -> CalendarEntry:
    """Return the days that hold for an office in a quarter, each from the closest line that has it.

    Days that no line gives are empty: nothing is late or locked then.
    """
    return _held(reader.current(CalendarEntry, quarter=quarter), quarter, place, office)


def _held(entries: Iterable[CalendarEntry], quarter: str, place: str, office: str) -> CalendarEntry:
    lines = [each for each in entries if each.place in ("", place) and each.office in ("", office)]
    lines.sort(key=lambda each: (bool(each.office), bool(each.place)))
    held = CalendarEntry(quarter=quarter, place=place, office=office)
    for each in lines:
        held = replace(
            held,
            opens_on=each.opens_on or held.opens_on,
            due_on=each.due_on or held.due_on,
            locks_on=each.locks_on or held.locks_on,
            reason=each.reason or held.reason,
        )
    return held


def version_of(entries: Iterable[CalendarEntry]) -> str:
    """Return a digest of the days of a quarter, by which a form tells that they are still so."""
    lines = (
        (each.place, each.office, each.opens_on, each.due_on, each.locks_on, each.reason)
        for each in entries
    )
    return digest_id("days", *sorted("=".join(map(str, line)) for line in lines))[:8]


def set_days(ledger: Ledger, entry: CalendarEntry, *, who: str, seen: str = "") -> None:
    """Record the days of a quarter, or an exception for one office.

    Days that are left out keep what stood there before.

    Args:
        ledger: where they are recorded.
        entry: the days, of all, of a place or of one office in it.
        who: the person that sets them.
        seen: ``version_of`` the quarter's days as the person saw them, if they must still be so.

    Raises:
        UsageError: the quarter is not one, no day is given, the days are not in order, an
            exception has no reason, nobody knows the place or office, or somebody else has set
            days meanwhile.
    """
    periods.quarter(entry.quarter)
    if not (entry.opens_on or entry.due_on or entry.locks_on):
        raise UsageError(
            "没有给出日期",
            action="请给出开放日、截止日或锁定日（命令行为 --opens、--due、--locks）",
        )
    if entry.office and not entry.reason.strip():
        raise UsageError("单个单位的例外必须写明原因", action="请写明原因（命令行为 --reason）")
    _check_named(ledger, entry)
    with ledger.batch("calendar", who=who, reason=entry.reason, quarter=entry.quarter) as batch:
        if seen and seen != version_of(batch.current(CalendarEntry, quarter=entry.quarter)):
            raise UsageError("报送日历刚被他人改过，没有保存", action="请刷新页面，核对后再保存")
        others = list(batch.current(CalendarEntry, quarter=entry.quarter))
        before = next((each for each in others if _of(each) == _of(entry)), entry)
        merged = replace(
            entry,
            opens_on=entry.opens_on or before.opens_on,
            due_on=entry.due_on or before.due_on,
            locks_on=entry.locks_on or before.locks_on,
        )
        _check_order([merged, *(each for each in others if _of(each) != _of(entry))])
        batch.add([merged])


def _of(entry: CalendarEntry) -> tuple[str, str]:
    return entry.place, entry.office


def _check_order(entries: Sequence[CalendarEntry]) -> None:
    """Refuse days that are out of order for anybody, with those that hold where a line has none.

    Raises:
        UsageError: a quarter would lock before it is due, or be due before it opens.
    """
    for entry in entries:
        days = _held(entries, entry.quarter, entry.place, entry.office)
        held = [day for day in (days.opens_on, days.due_on, days.locks_on) if day]
        if held != sorted(held):
            whom = " ".join(part for part in _of(entry) if part) or "全部单位"
            raise UsageError(
                f"日期次序不对：{'、'.join(map(str, held))}",
                place=whom,
                action="应为 开放日 ≤ 截止日 ≤ 锁定日，例外没有写的一天按共同的日期算",
            )


def _check_named(reader: Reader, entry: CalendarEntry) -> None:
    """Refuse days for a place or office that nobody knows: a slip of the pen would change nothing.

    Raises:
        UsageError: there is no such place, or it has no such office.
    """
    action = "名称见 indicators submission list；新单位请先在设置中登记"
    if entry.office and not knows_office(reader, entry.place, entry.office):
        raise UsageError(f"没有登记这个报送单位：{entry.place} {entry.office}", action=action)
    known = reader.current(Indicator, place=entry.place), reader.current(Office, place=entry.place)
    if entry.place and not any(known):
        raise UsageError(f"登记中没有地区“{entry.place}”", action=action)


def standing_against(
    reader: Reader, file: str, quarter: str, place: str, office: str, today: date
) -> tuple[list[Finding], bool]:
    """Return what the calendar says against a submission today, and whether it is late."""
    days = days_of(reader, quarter, place, office)

    def find(code: str, day: date) -> list[Finding]:
        return [FINDINGS[code].at(file, found=periods.label(quarter), expected=day)]

    if days.opens_on and today < days.opens_on:
        return find("quarter-not-open", days.opens_on), False
    if days.locks_on and today >= days.locks_on:
        return find("quarter-locked", days.locks_on), False
    if days.due_on and today > days.due_on:
        return find("submission-late", days.due_on), True
    return [], False
