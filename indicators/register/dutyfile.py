"""``ledger export`` and ``ledger import``: the 督查台账 out and back in."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indicators import periods
from indicators.errors import UsageError
from indicators.findings import Finding
from indicators.ledger import Ledger, Reader
from indicators.model import Note, Progress, Record, Setting, Target, Task
from indicators.register import books, dutybook, sheets
from indicators.register.draft import Draft
from indicators.register.duties import STATUSES, Duty, duties, latest_quarter, sealing_id, state_id
from indicators.register.intake import Intake, Report
from indicators.register.lookup import Lookup
from indicators.register.sheets import Book

__all__ = ["DutyReport", "export_duties", "import_duties"]

_WORDS = ("progress", "problems", "next_steps", "expected_on")
_FIELDS = (
    "leader",
    "lead_office",
    "supporting_offices",
    "contact",
    "deadline",
    "status",
    "sealed_on",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyReport(Report):
    """What a 台账 workbook did."""

    lines: int = 0
    """Lines that changed something."""

    def _told(self) -> str:
        return f"更新台账 {self.lines} 行" if self.lines else "台账没有变化"


def export_duties(
    reader: Reader, path: Path, *, place: str = "", quarter: str = "", contacts: bool = True
) -> dict[str, int]:
    """Write the 台账, one sheet a place; returns the number of lines of each.

    Args:
        reader: the ledger.
        path: where to.
        place: of one place only.
        quarter: whose words on progress are written; by default the latest of each place.
        contacts: with whom to call; a copy without the column changes none when it comes back.

    Raises:
        UsageError: there is nothing to write.
    """
    _known(quarter)
    rows = duties(reader, place, quarter)
    if not rows:
        raise UsageError(
            f"{place or '台账库'}没有任务，也没有已确认的目标",
            action="请先 load 并审核，或核对地区名",
        )
    book = books.new_book("督查台账", demonstration=_demonstration(reader))
    written: dict[str, int] = {}
    for each in dict.fromkeys(row.place for row in rows):
        mine = [row for row in rows if row.place == each]
        shown = quarter or latest_quarter(reader, each)
        dutybook.write(
            book,
            each,
            mine,
            shown,
            demonstration=_demonstration(reader, each),
            contacts=contacts,
        )
        written[each] = len(mine)
    books.save(book, path)
    return written


def _known(quarter: str) -> None:
    """Refuse a quarter that is none: words filed under it would never be found again.

    Raises:
        UsageError: it is not written as 2026Q1.
    """
    if quarter:
        periods.quarter(quarter)


def _demonstration(reader: Reader, place: str = "") -> bool:
    """Tell whether words or settings of a place are made up for show."""
    progress = reader.current(Progress, place=place) if place else reader.current(Progress)
    return any(each.demonstration for each in progress) or any(
        each.demonstration for each in reader.current(Setting)
    )


def import_duties(
    ledger: Ledger,
    book: Book,
    *,
    who: str,
    reason: str = "",
    quarter: str = "",
    skip_stale: bool = False,
) -> DutyReport:
    """Take a 台账 workbook back in, in one batch or not at all.

    Args:
        ledger: where to.
        book: the workbook, opened.
        who: the person that goes on record.
        reason: why, for the batch.
        quarter: quarter that new words on progress are of; the row's own, else the latest.
        skip_stale: leave out rows that somebody changed meanwhile instead of refusing all.

    Raises:
        InputRefused: with findings at the cells; nothing was recorded.
    """
    _known(quarter)
    intake = Intake(book)
    if intake.taken(ledger, "ledger"):
        return DutyReport(already=True)
    findings: list[Finding] = []
    needed = ("key", "version", "status")
    lines = [
        line
        for name in book.sheets
        for line in sheets.lines(book, dutybook.layout(name), findings, needed=needed)
    ]

    def read(reader: Reader) -> _Reading:
        reading = _Reading(reader, book.file, skip_stale=skip_stale)
        reading.findings += findings
        told = quarter or latest_quarter(reader)
        reading.take(lines, told, demonstration=book.demonstration)
        return reading

    def write(draft: Draft, reading: _Reading) -> None:
        draft.add(reading.rows)

    reading = intake.record(
        ledger, "ledger", read, write, refusal="台账没有导入", who=who, reason=reason
    )
    return DutyReport(
        lines=reading.changed, skipped=reading.skipped, findings=tuple(reading.findings)
    )


class _Reading(Lookup):
    """One 台账 workbook."""

    def __init__(self, reader: Reader, file: str, *, skip_stale: bool) -> None:
        super().__init__(reader, file, skip_stale=skip_stale)
        self.rows: list[Record] = []
        self.changed = 0

    @property
    def holds(self) -> bool:
        """Whether there is anything to record."""
        return bool(self.rows)

    def take(self, lines: Sequence[sheets.Line], quarter: str, *, demonstration: bool) -> None:
        """Read every line."""
        now = {each.key: each for each in duties(self.reader)}
        tasks = {each.task_id: each for each in self.reader.current(Task)}
        settings: dict[str, Setting] = {
            each.indicator_id: each for each in self.reader.current(Setting)
        }
        for line in self.keyed(lines, now, "content"):
            duty = now[line.text("key")]
            mistakes = len(self.findings)
            changes = self._changes(line, duty)
            self._seal(line, duty, changes)
            if len(self.findings) > mistakes or not changes:
                continue
            if line.text("version") != duty.version:
                self._outdated(line, duty)
                continue
            if changes.keys() & set(_WORDS) and not (line.text("quarter") or quarter):
                self.say("ledger-quarter", line, "progress")
                continue
            self.changed += 1
            made = dataclasses.replace(duty, **changes)
            of = line.text("quarter") or quarter
            if changes.keys() & set(_WORDS):
                self.rows.append(_progress(made, of, demonstration=demonstration))
            if not changes.keys() & set(_FIELDS):
                continue
            if duty.sort == "任务":
                self.rows.append(_task(tasks[duty.key], changes))
            else:
                self.rows += _target(made, duty, changes, settings, demonstration=demonstration)

    def _outdated(self, line: sheets.Line, duty: Duty) -> None:
        """Say who changed a line, wherever its words are kept."""
        kept: tuple[tuple[type[Record], dict[str, str]], ...] = (
            (Progress, {"subject": duty.subject}),
            (Task, {"task_id": duty.key}),
            (Setting, {"indicator_id": duty.subject}),
            (Note, {"note_id": sealing_id(duty.key)}),
            (Note, {"note_id": state_id(duty.key)}),
            (Target, {"target_id": duty.key}),
        )
        last, record, keys = -1, kept[-1][0], kept[-1][1]
        for each, equal in kept:
            told = self.reader.history(each, **equal)
            if told and told[-1].batch.seq > last:
                last, record, keys = told[-1].batch.seq, each, equal
        self.stale(line, "content", record, **keys)

    def _changes(self, line: sheets.Line, duty: Duty) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in ("progress", "problems", "next_steps", "lead_office"):
            if name in line.cells:
                values[name] = line.text(name)
        for name in ("leader", "contact"):
            # On a target these come from the office's contact and are only shown.
            if name in line.cells and duty.sort == "任务":
                values[name] = line.text(name)
        for name in ("expected_on", "sealed_on"):
            if name in line.cells:
                values[name] = self.day(line, name)
        if "deadline" in line.cells:
            day = self.day(line, "deadline")
            if duty.sort == "任务":
                values["deadline"] = day
            elif day != duty.deadline:
                self.say(
                    "register-relation",
                    line,
                    "deadline",
                    found="目标的期限不能在台账中改",
                    expected="请在设置工作簿的“目标调整”表写明批准文号和原因",
                )
        if "supporting_offices" in line.cells:
            values["supporting_offices"] = self.words(
                line, "supporting_offices", duty.supporting_offices
            )
        values["status"] = self.choice(line, "status", STATUSES, duty.status)
        return {name: value for name, value in values.items() if value != getattr(duty, name)}

    def _seal(self, line: sheets.Line, duty: Duty, changes: dict[str, Any]) -> None:
        """Check that what is struck off has its day, and what has a day is struck off."""
        status = changes.get("status", duty.status)
        day = changes.get("sealed_on", duty.sealed_on)
        if (status == "sealed") != (day is not None):
            self.say("ledger-status", line, "sealed_on", found=line.text("status"))


def _progress(duty: Duty, quarter: str, *, demonstration: bool) -> Progress:
    return Progress(
        subject=duty.subject,
        place=duty.place,
        office=duty.lead_office,
        quarter=quarter,
        progress=duty.progress,
        problems=duty.problems,
        next_steps=duty.next_steps,
        expected_on=duty.expected_on,
        demonstration=demonstration,
    )


def _task(task: Task, changes: dict[str, Any]) -> Task:
    return dataclasses.replace(
        task, **{name: value for name, value in changes.items() if name in _FIELDS}
    )


def _target(
    made: Duty,
    duty: Duty,
    changes: dict[str, Any],
    settings: dict[str, Setting],
    *,
    demonstration: bool,
) -> Iterable[Record]:
    """Yield the rows that keep what changed on the line of a target."""
    if changes.keys() & {"lead_office", "supporting_offices"}:
        setting = settings.get(duty.subject, Setting(indicator_id=duty.subject))
        setting = dataclasses.replace(
            setting,
            lead_office=made.lead_office,
            supporting_offices=made.supporting_offices,
            demonstration=demonstration,
        )
        settings[duty.subject] = setting
        yield setting
    if "status" in changes and made.status != "sealed":
        yield Note(note_id=state_id(duty.key), subject=duty.key, text=made.status)
    if "sealed_on" in changes:
        yield Note(
            note_id=sealing_id(duty.key),
            subject=duty.key,
            text=made.sealed_on.isoformat() if made.sealed_on else "",
        )
