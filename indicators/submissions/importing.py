"""A workbook into the ledger: everything is read and checked first, then recorded in one batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from indicators.bulk import collector_at_rest
from indicators.errors import InputRefused
from indicators.findings import Finding, has_errors
from indicators.ledger import Ledger, Reader
from indicators.model import Observation, Submission
from indicators.submissions.annotation import ours
from indicators.submissions.calendar import standing_against
from indicators.submissions.candidate import Read
from indicators.submissions.checking import check_read
from indicators.submissions.claim import read_claim
from indicators.submissions.edited import template_findings
from indicators.submissions.flips import flips, verdicts_at
from indicators.submissions.flow import find_submission, mark_accepted, waiting
from indicators.submissions.freeform import free_lines
from indicators.submissions.inspecting import SheetView, view, whole_findings
from indicators.submissions.lines import Line, template_lines
from indicators.submissions.matching import Matcher
from indicators.submissions.patience import OutOfTime, bounded
from indicators.submissions.problems import FINDINGS
from indicators.submissions.reading import read_lines
from indicators.submissions.receipt import Outcome, Receipt
from indicators.submissions.recording import Prepared, already, record, standing
from indicators.submissions.sandbox import Opened, open_bytes, open_workbook
from indicators.submissions.sender import Said, Sender, Wish, resolve
from indicators.submissions.stated import column_quarters, stated_office, stated_quarters

__all__ = ["Wish", "accept", "import_bytes", "import_workbook"]


IMPORT_SECONDS = 240.0
"""Of one workbook from its bytes to the write; 200 000 rows take a twentieth of it."""
UNDERSTAND_SECONDS = 120.0
"""Of finding the tables of an office's own sheet."""

Viewed = tuple[tuple[SheetView, ...], list[Finding]]


def import_workbook(ledger: Ledger, path: Path, wish: Wish) -> Receipt:
    """Import the workbook in a file.

    Raises:
        UnreadableInput: there is no such file, or it may not be read.
        StoreError: the ledger cannot be written.
    """
    with collector_at_rest(), bounded(IMPORT_SECONDS, alarm=False):
        return _import(ledger, open_workbook(path, patient=True), wish)


def import_bytes(ledger: Ledger, content: bytes, name: str, wish: Wish) -> Receipt:
    """Import a workbook that was uploaded.

    Raises:
        StoreError: the ledger cannot be written.
    """
    with collector_at_rest(), bounded(IMPORT_SECONDS, alarm=False):
        return _import(ledger, open_bytes(content, name, patient=True), wish)


def _import(
    ledger: Ledger, opened: Opened, wish: Wish, accepting: Submission | None = None
) -> Receipt:
    blank = Receipt(file=opened.name, digest=opened.digest, outcome="unreadable")
    held = [opened]
    del opened  # only what is called may hold the cells, so that it can let them go
    try:
        return _taken(ledger, held.pop(), wish, blank, accepting)
    except OutOfTime:  # whatever was open is undone: nothing of the workbook was recorded
        heavy = FINDINGS["workbook-too-heavy"].at(blank.file, found="超出等待时间", expected="")
        return replace(blank, findings=(heavy,))


def _taken(
    ledger: Ledger, opened: Opened, wish: Wish, blank: Receipt, accepting: Submission | None
) -> Receipt:
    if opened.workbook is None:
        return replace(blank, findings=opened.findings)
    workbook = replace(
        opened.workbook, sheets=tuple(each for each in opened.workbook.sheets if not ours(each))
    )
    opened = replace(opened, workbook=workbook)
    claim = read_claim(workbook)
    with bounded(UNDERSTAND_SECONDS):
        viewed = None if claim else view(workbook, opened.name)
    sheets = viewed[0] if viewed else ()
    said = Said(
        quarters=tuple(stated_quarters(sheets, opened.name)) if claim is None else (),
        columns=tuple(column_quarters(sheets)),
        office=stated_office(sheets),
    )
    sender, findings = resolve(ledger, opened.name, claim, wish, said)
    blank = replace(
        blank, office=sender.office, place=sender.place, quarter=sender.quarter,
        demonstration=sender.demonstration,
    )  # fmt: skip
    if claim is not None:
        findings += template_findings(workbook, claim, opened.name)
    if has_errors(findings):
        doubts = viewed[1] if viewed else []
        findings += [each for each in doubts if each.code in _ALWAYS]
        return replace(blank, outcome="refused", findings=tuple(findings))
    before = None if accepting else standing(ledger, opened.digest, sender)
    if before is not None:
        return already(ledger, blank, before)
    read = _read(ledger, opened, sender, wish, viewed)
    # Each quarter of a wide sheet tells the same of its row.
    findings += dict.fromkeys(read.findings)
    findings += check_read(ledger, read, opened.name)
    refused = _refusal(findings, wish)
    if refused:
        if accepting is None:  # what else stands against it is told now, not only next time
            findings += standing_against(
                ledger, opened.name, sender.quarter, sender.place, sender.office, wish.day
            )[0]
            refused = _refusal(findings, wish) or refused
        return replace(blank, outcome=refused, findings=tuple(findings))
    # The cells of a large workbook weigh as much as everything that is made of them.
    del workbook, viewed, sheets
    prepared = Prepared(
        opened=replace(opened, workbook=None),
        wish=wish,
        sender=sender,
        read=read,
        receipt=replace(blank, findings=tuple(findings)),
        accepting=accepting,
    )
    del opened, read
    return recorded(ledger, prepared)


def recorded(ledger: Ledger, prepared: Prepared) -> Receipt:
    """Record, and tell which verdicts changed by it."""
    place, quarter = prepared.sender.place, prepared.sender.quarter
    before = verdicts_at(ledger, place, quarter)
    receipt = record(ledger, prepared)
    if receipt.outcome != "recorded" or receipt.status == "returned":
        return receipt
    after = verdicts_at(ledger, place, quarter)
    if not after:
        return receipt
    keys = {each.holding.indicator.indicator_id for each in prepared.read.candidates}
    return replace(receipt, flips=flips(before, after, keys))


def accept(ledger: Ledger, written: str, *, who: str, remarks: str = "") -> Submission:
    """Accept a submission (确认); where its values waited for that, they are recorded now.

    Raises:
        UsageError: there is no such submission, or it is not waiting.
        InputRefused: its values can no longer be recorded; nothing was.
    """
    known = waiting(ledger, written)
    if ledger.history(Observation, submission_id=known.submission_id):
        return mark_accepted(ledger, known, who=who, remarks=remarks)
    wish = Wish(
        who=who, office=known.office, place=known.place, quarter=known.quarter,
        reason=known.reason or remarks, remarks=remarks, accept_warnings=True,
    )  # fmt: skip
    content = ledger.content(known.file_digest)
    with collector_at_rest(), bounded(IMPORT_SECONDS, alarm=False):
        receipt = _import(ledger, open_bytes(content, known.file_name, patient=True), wish, known)
    if receipt.outcome != "recorded":
        raise InputRefused(receipt.sentence, receipt.findings, place=known.file_name)
    return find_submission(ledger, known.submission_id)


def _refusal(findings: list[Finding], wish: Wish) -> Outcome | None:
    if has_errors(findings):
        return "refused"
    if not wish.accept_warnings and any(each.severity == "warning" for each in findings):
        return "unconfirmed"
    return None


def _read(
    reader: Reader, opened: Opened, sender: Sender, wish: Wish, viewed: Viewed | None
) -> Read:
    """Read the lines of a template, else those of free-form sheets."""
    assert opened.workbook is not None
    file = opened.name
    matcher = Matcher.of(reader, sender.place)
    for name, registered in wish.matches:
        matcher.confirm(name, registered)
    tables: list[Iterable[Line]] = [template_lines(opened.workbook)]
    doubts = list(whole_findings(opened.workbook, file))
    if not tables[0]:
        sheets, doubts = viewed or view(opened.workbook, file)
        free = free_lines(sheets, matcher, file)
        tables = free.lines
        if any(each.code in _AT_VALUES for each in doubts):
            tables = [list(lines) for lines in tables]
            used = {
                (line.sheet, cell.address)
                for lines in tables
                for line in lines
                for _, cell in line.values
            }
            doubts = [
                each for each in doubts if (each.sheet, each.cell) in used or each.code in _ALWAYS
            ]
        doubts = [each for each in doubts if each.code in (*_ALWAYS, *_AT_VALUES)]
        doubts.extend(free.findings)
    read = read_lines(tables, matcher, file=file, office=sender.office, quarter=sender.quarter)
    read.findings[:0] = doubts
    if not read.candidates and not read.words and not has_errors(read.findings):
        read.findings.append(FINDINGS["workbook-without-values"].at(file))
    return read


_ALWAYS = (
    "workbook-macros", "workbook-links", "sheet-hidden", "rows-hidden", "columns-hidden",
    "formats-unknown", "characters-lost",
)  # fmt: skip
_AT_VALUES = ("cell-percent-mixed", "cell-comment")
