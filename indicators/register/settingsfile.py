"""``settings export`` and ``settings import``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indicators.findings import Finding
from indicators.ledger import Ledger, Reader
from indicators.model import Contact, Office, Share, SourceDocument, Target
from indicators.register import books, sheets
from indicators.register import settingsbook as rows_of
from indicators.register import settingslayout as layout_of
from indicators.register.configuring import take
from indicators.register.draft import Draft
from indicators.register.intake import Intake, Report
from indicators.register.settings import reviewed, subjects
from indicators.register.settingsreading import SettingsReading
from indicators.register.sheets import Book

__all__ = ["SettingsReport", "export_settings", "import_settings"]

SPARE = 12
"""Empty rows for what is new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsReport(Report):
    """What a settings workbook did."""

    settings: int = 0
    revisions: int = 0
    shares: int = 0
    offices: int = 0
    other: int = 0

    def _told(self) -> str:
        named = (
            (self.settings, "个指标的设置"),
            (self.revisions, "个目标的调整"),
            (self.shares, "项任务分解"),
            (self.offices, "个单位"),
            (self.other, "项文件和选项"),
        )
        told = "、".join(f"{number} {words}" for number, words in named if number)
        return f"已保存 {told}" if told else "没有新的设置"


def export_settings(
    reader: Reader,
    path: Path,
    *,
    place: str = "",
    everything: bool = False,
    demonstration: bool = False,
) -> int:
    """Write the settings workbook; returns the number of indicators in it.

    Args:
        reader: the ledger.
        path: where to.
        place: only of this place.
        everything: also indicators of which no statement is accepted yet.
        demonstration: mark it as made up for show.
    """
    told = [each for each in subjects(reader, place) if everything or reviewed(each)]
    indicators = {each.indicator.indicator_id: each.indicator for each in told}
    targets = {each.target_id: each for each in reader.current(Target)}
    shown = {one.target_id for each in told for one in each.targets}
    shares = [each for each in reader.current(Share) if each.target_id in shown]
    offices = reader.current(Office, place=place) if place else reader.current(Office)
    documents = [
        each for each in reader.current(SourceDocument) if not place or each.place == place
    ]
    book = books.new_book(layout_of.INDICATORS.title, demonstration=demonstration)
    sheets = (
        (layout_of.INDICATORS, rows_of.indicator_rows(told), 0),
        (layout_of.TARGETS, rows_of.target_rows(told, targets), 0),
        (layout_of.SHARES, rows_of.share_rows(shares, targets, indicators), SPARE),
        (layout_of.OFFICES, rows_of.office_rows(offices, reader.current(Contact)), SPARE),
        (layout_of.DOCUMENTS, rows_of.document_rows(documents), 0),
        (layout_of.OPTION_SHEET, rows_of.option_rows(reader), SPARE),
        (layout_of.LACKS, rows_of.lack_rows(told), 0),
    )
    for layout, rows, spare in sheets:
        books.write_sheet(book, layout, rows, demonstration=demonstration, spare=spare)
    books.save(book, path)
    return len(told)


def import_settings(
    ledger: Ledger,
    book: Book,
    *,
    who: str,
    reason: str = "",
    skip_stale: bool = False,
    today: date | None = None,
) -> SettingsReport:
    """Take a settings workbook back in, in one batch or not at all.

    Args:
        ledger: where to.
        book: the workbook, opened.
        who: the person that goes on record.
        reason: why, for the batch.
        skip_stale: leave out rows that somebody changed meanwhile instead of refusing all.
        today: day from which a revision counts when its row says none; today by default.

    Raises:
        InputRefused: with findings at the cells; nothing was recorded.
    """
    intake = Intake(book)
    if intake.taken(ledger, "settings"):
        return SettingsReport(already=True)
    findings: list[Finding] = []
    needed = {layout_of.INDICATORS.name: ("key", "version", "name")}
    lines = {
        layout.name: list(sheets.lines(book, layout, findings, needed=needed.get(layout.name, ())))
        for layout in (
            layout_of.INDICATORS,
            layout_of.TARGETS,
            layout_of.SHARES,
            layout_of.OFFICES,
            layout_of.DOCUMENTS,
            layout_of.OPTION_SHEET,
        )
    }

    def read(reader: Reader) -> SettingsReading:
        reading = SettingsReading(
            reader,
            book.file,
            today=today or date.today(),  # noqa: DTZ011 - the office's day is this machine's
            demonstration=book.demonstration,
            skip_stale=skip_stale,
        )
        reading.findings += findings
        reading.take_offices(lines[layout_of.OFFICES.name])
        reading.take_shares(lines[layout_of.SHARES.name])
        reading.take_indicators(lines[layout_of.INDICATORS.name])
        reading.check_splits()
        reading.take_targets(lines[layout_of.TARGETS.name])
        reading.take_documents(lines[layout_of.DOCUMENTS.name])
        reading.take_options(lines[layout_of.OPTION_SHEET.name])
        return reading

    def write(draft: Draft, reading: SettingsReading) -> None:
        take(draft, reading.changes)

    reading = intake.record(
        ledger, "settings", read, write, refusal="设置没有导入", who=who, reason=reason
    )
    return SettingsReport(
        settings=len(reading.settings),
        revisions=len(reading.targets),
        shares=len(reading.shares),
        offices=len(reading.offices),
        other=len(reading.documents) + len(reading.options),
        skipped=reading.skipped,
        findings=tuple(reading.findings),
    )
