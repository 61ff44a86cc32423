"""Review workbooks out and in: decisions are read whole, checked at the cell, then recorded once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indicators.bulk import collector_at_rest
from indicators.findings import Finding
from indicators.ledger import Ledger, Reader
from indicators.model import Commitment, Indicator, Relation
from indicators.register import books, sheets
from indicators.register.decisions import pending, take_decisions
from indicators.register.draft import Draft
from indicators.register.intake import Intake, Report
from indicators.register.merging import take_relations
from indicators.register.reviewbook import (
    RELATIONS,
    STATEMENTS,
    relation_rows,
    statement_rows,
)
from indicators.register.reviewreading import ReviewReading
from indicators.register.sheets import Book

__all__ = ["ReviewReport", "export_review", "import_review"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReport(Report):
    """What a review workbook did."""

    statements: int = 0
    """Statements decided."""
    relations: int = 0
    """Relations decided."""
    unchanged: int = 0
    """Decisions that were taken before."""

    def _told(self) -> str:
        told = f"决定 {self.statements} 条表述、{self.relations} 条关系"
        return told + (f"，{self.unchanged} 行先前已决定" if self.unchanged else "")


@collector_at_rest()
def export_review(
    reader: Reader,
    path: Path,
    *,
    place: str = "",
    document: str = "",
    everything: bool = False,
    demonstration: bool = False,
) -> tuple[int, int]:
    """Write the review workbook; returns the numbers of statements and relations in it.

    Args:
        reader: the ledger.
        path: where to.
        place: only of this place.
        document: only of the document of this file name.
        everything: also what is decided already.
        demonstration: mark it as made up for show.
    """
    if everything:
        rows = [
            each
            for each in reader.current(Commitment)
            if (not place or each.place == place) and (not document or each.document == document)
        ]
        rows.sort(key=lambda each: (-each.confidence, each.document, each.start))
    else:
        rows = pending(reader, place=place, document=document)
    relations = [
        each
        for each in reader.current(Relation, status="proposed")
        if each.sort in ("same_as", "part_of", "contributes_to")
    ]
    if place:
        here = {each.indicator_id for each in reader.current(Indicator, place=place)}
        relations = [each for each in relations if here & {each.subject, each.object}]
    book = books.new_book(STATEMENTS.title, demonstration=demonstration)
    books.write_sheet(book, STATEMENTS, statement_rows(reader, rows), demonstration=demonstration)
    books.write_sheet(
        book, RELATIONS, relation_rows(reader, relations), demonstration=demonstration
    )
    books.save(book, path)
    return len(rows), len(relations)


@collector_at_rest()
def import_review(
    ledger: Ledger, book: Book, *, who: str, reason: str = "", skip_stale: bool = False
) -> ReviewReport:
    """Take the decisions of a review workbook back in, in one batch or not at all.

    Args:
        ledger: where to.
        book: the workbook, opened.
        who: the person that goes on record.
        reason: why, for the batch.
        skip_stale: leave out rows that somebody decided meanwhile instead of refusing all.

    Raises:
        InputRefused: with findings at the cells; nothing was recorded.
    """
    intake = Intake(book)
    if intake.taken(ledger, "review"):
        return ReviewReport(already=True)
    findings: list[Finding] = []
    needed = ("key", "decision", "magnitude")
    told = list(sheets.lines(book, STATEMENTS, findings, needed=needed))
    ties = list(sheets.lines(book, RELATIONS, findings))
    count = 0

    def read(reader: Reader) -> ReviewReading:
        reading = ReviewReading(reader, book.file, skip_stale=skip_stale)
        reading.findings += findings
        reading.statements(told)
        reading.ties(ties)
        return reading

    def write(draft: Draft, reading: ReviewReading) -> None:
        nonlocal count
        count = take_decisions(draft, reading.decisions, demonstration=book.demonstration)
        if reading.relations:
            take_relations(draft, reading.relations)

    reading = intake.record(
        ledger, "review", read, write, refusal="决定没有导入", who=who, reason=reason
    )
    return ReviewReport(
        statements=count,
        relations=reading.relations_decided,
        unchanged=reading.unchanged,
        skipped=reading.skipped,
        findings=tuple(reading.findings),
    )
