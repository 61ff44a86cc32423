"""A workbook into the ledger: everything is read and checked first, then recorded in one batch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from indicators.findings import Finding, has_errors
from indicators.ledger import Ledger, Reader
from indicators.submissions.claim import read_claim
from indicators.submissions.lines import template_lines
from indicators.submissions.matching import Matcher
from indicators.submissions.problems import FINDINGS
from indicators.submissions.reading import Read, read_lines
from indicators.submissions.receipt import Outcome, Receipt
from indicators.submissions.recording import Prepared, already, record, standing
from indicators.submissions.sandbox import Opened, open_bytes, open_workbook
from indicators.submissions.sender import Sender, Wish, resolve
from indicators.submissions.sheet import Workbook

__all__ = ["Wish", "import_bytes", "import_workbook"]


def import_workbook(ledger: Ledger, path: Path, wish: Wish) -> Receipt:
    """Import the workbook in a file.

    Raises:
        UnreadableInput: there is no such file, or it may not be read.
        StoreError: the ledger cannot be written.
    """
    return _import(ledger, open_workbook(path), wish)


def import_bytes(ledger: Ledger, content: bytes, name: str, wish: Wish) -> Receipt:
    """Import a workbook that was uploaded.

    Raises:
        StoreError: the ledger cannot be written.
    """
    return _import(ledger, open_bytes(content, name), wish)


def _import(ledger: Ledger, opened: Opened, wish: Wish) -> Receipt:
    blank = Receipt(file=opened.name, digest=opened.digest, outcome="unreadable")
    if opened.workbook is None:
        return replace(blank, findings=opened.findings)
    claim = read_claim(opened.workbook)
    sender, findings = resolve(ledger, opened.name, claim, wish)
    blank = replace(
        blank, office=sender.office, place=sender.place, quarter=sender.quarter,
        demonstration=sender.demonstration,
    )  # fmt: skip
    if has_errors(findings):
        return replace(blank, outcome="refused", findings=findings)
    before = standing(ledger, opened.digest, sender)
    if before is not None:
        return already(blank, before)
    read = _read(ledger, opened.workbook, opened.name, sender)
    findings += read.findings
    refused = _refusal(findings, wish)
    if refused:
        return replace(blank, outcome=refused, findings=tuple(findings))
    prepared = Prepared(
        opened=opened,
        wish=wish,
        sender=sender,
        read=read,
        receipt=replace(blank, findings=tuple(findings)),
    )
    return record(ledger, prepared)


def _refusal(findings: list[Finding], wish: Wish) -> Outcome | None:
    if has_errors(findings):
        return "refused"
    if not wish.accept_warnings and any(each.severity == "warning" for each in findings):
        return "unconfirmed"
    return None


def _read(reader: Reader, workbook: Workbook, file: str, sender: Sender) -> Read:
    lines = template_lines(workbook)
    matcher = Matcher.of(reader, sender.place)
    read = read_lines(lines, matcher, file=file, office=sender.office, quarter=sender.quarter)
    if not read.candidates and not read.words and not has_errors(read.findings):
        read.findings.append(FINDINGS["workbook-without-values"].at(file))
    return read
