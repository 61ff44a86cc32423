"""Deciding again under the write lock, and recording a submission in one batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indicators import periods, units
from indicators.bulk import ByColumns
from indicators.findings import Finding, has_errors
from indicators.ledger import Batch, Ledger, Reader
from indicators.model import (
    FindingRecord,
    Observation,
    Progress,
    Record,
    Submission,
    digest_id,
)
from indicators.submissions.calendar import standing_against
from indicators.submissions.candidate import Read
from indicators.submissions.comparing import Columns, compare
from indicators.submissions.flow import handed_in, policy, waiting
from indicators.submissions.patience import in_time
from indicators.submissions.problems import FINDINGS
from indicators.submissions.receipt import Outcome, Receipt
from indicators.submissions.sandbox import Opened
from indicators.submissions.sender import Sender, Wish

__all__ = ["Prepared", "already", "record", "standing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A workbook that was read and checked, with nothing against it."""

    opened: Opened
    wish: Wish
    sender: Sender
    read: Read
    receipt: Receipt
    """What is known so far: sender and findings."""

    accepting: Submission | None = None
    """The submission whose values are recorded now because a steward accepted it."""

    @property
    def submission_id(self) -> str:
        """Stable id of this file from this office for this quarter."""
        sender = self.sender
        return digest_id(sender.place, sender.office, sender.quarter, self.opened.digest)


def standing(reader: Reader, digest: str, sender: Sender) -> Batch | None:
    """Return the batch that recorded this file for this sender, if it stands."""
    for batch in reversed(reader.batches()):
        if (
            batch.action == "import"
            and batch.file_digest == digest
            and not batch.voided_by
            and (batch.place, batch.office, batch.quarter)
            == (sender.place, sender.office, sender.quarter)
        ):
            return batch
    return None


def already(reader: Reader, blank: Receipt, before: Batch) -> Receipt:
    """Answer a file that was imported before: nothing changes, whatever became of it since."""
    sender = before.place, before.office, before.quarter
    found = f"{periods.local_day(before.committed_at)}（批次 {before.batch}）"
    finding = FINDINGS["already-imported"].at(blank.file, found=found)
    for each in reader.current(
        Submission, place=before.place, office=before.office, quarter=before.quarter,
        file_digest=before.file_digest,
    ):  # fmt: skip
        if each.status == "returned":
            finding = FINDINGS["already-returned"].at(blank.file, found=each.remarks)
            return replace(blank, outcome="refused", findings=(finding,))
        now = handed_in(reader, *sender)
        if each.status == "superseded" and now:
            later, batch = now[-1]
            day = periods.local_day(batch.committed_at)
            finding = FINDINGS["already-superseded"].at(
                blank.file,
                found=found,
                expected=f"{later.file_name}（{day} 导入，批次 {batch.batch}）",
            )
    return replace(
        blank,
        outcome="unchanged",
        batch=before.batch,
        recorded_at=before.committed_at,
        findings=(finding,),
    )


def _observations(prepared: Prepared) -> Columns:
    """Return the values as rows, by columns."""
    opened, sender = prepared.opened, prepared.sender
    candidates = prepared.read.candidates
    same = {
        "source": "workbook", "origin": sender.office, "document_digest": "", "commitment_id": "",
        "file_digest": opened.digest, "file_name": opened.name,
        "submission_id": prepared.submission_id, "reason": "",
        "demonstration": sender.demonstration, "withdrawn": False,
    }  # fmt: skip
    spans = [each.period for each in candidates]
    indicators = [each.holding.indicator for each in candidates]
    return {
        "indicator_id": [each.indicator_id for each in indicators],
        "period_start": [each.start for each in spans],
        "period_end": [each.end for each in spans],
        "basis": [each.basis for each in spans],
        "magnitude": [each.magnitude for each in candidates],
        "unit": [each.unit for each in indicators],
        "bound": [each.bound for each in candidates],
        "as_written": [each.as_written for each in candidates],
        "sheet": [each.sheet for each in candidates],
        "cell": [each.cell for each in candidates],
        "note": [each.standing for each in candidates],
        **{name: [value] * len(candidates) for name, value in same.items()},
    }


def record(ledger: Ledger, prepared: Prepared) -> Receipt:
    """Record a submission; what was decided on reading is decided again under the write lock.

    Raises:
        StoreError: the ledger cannot be written.
    """
    opened, sender, wish = prepared.opened, prepared.sender, prepared.wish
    values = _observations(prepared)
    if wish.dry_run:
        receipt, _ = _compared(ledger, prepared, values)
        return receipt if receipt.outcome == "refused" else replace(receipt, outcome="rehearsed")
    accepting = prepared.accepting is not None
    with ledger.batch(
        "accept" if accepting else "import",
        who=wish.who,
        reason=wish.reason,
        file_digest=opened.digest,
        place=sender.place,
        office=sender.office,
        quarter=sender.quarter,
        demonstration=sender.demonstration,
    ) as transaction:
        before = None if accepting else standing(transaction, opened.digest, sender)
        if before is not None:
            return already(transaction, prepared.receipt, before)
        receipt, new = _compared(transaction, prepared, values)
        if receipt.outcome == "refused":
            return receipt
        transaction.keep(opened.content, name=opened.name)
        way = "direct" if accepting else policy(transaction, sender.place)
        submission = Submission(
            submission_id=prepared.submission_id,
            place=sender.place,
            office=sender.office,
            quarter=sender.quarter,
            file_digest=opened.digest,
            file_name=opened.name,
            status="accepted" if way == "direct" else "submitted",
            late=receipt.late,
            reason=wish.reason,
            demonstration=sender.demonstration,
        )
        if prepared.accepting is not None:
            still = waiting(transaction, prepared.accepting.submission_id)
            submission = replace(still, status="accepted", remarks=wish.remarks)
        if way != "wait":
            transaction.add(ByColumns(Observation, new))
            transaction.add(_rows(transaction, prepared))
        transaction.add(_finding_records(receipt.findings, opened.digest))
        transaction.add([submission])
    recorded = next(iter(ledger.entries(Submission, submission_id=submission.submission_id)), None)
    return replace(
        receipt,
        status=submission.status,
        submission_id=submission.submission_id,
        batch=recorded.batch.batch if recorded else "",
        recorded_at=recorded.batch.committed_at if recorded else None,
    )


def _rows(reader: Reader, prepared: Prepared) -> list[Record]:
    """Return what goes in beside the values and the submission itself."""
    sender = prepared.sender
    rows: list[Record] = [
        replace(each, status="superseded")
        for each in reader.current(
            Submission, place=sender.place, office=sender.office, quarter=sender.quarter
        )
        if each.status in ("accepted", "submitted") and each.submission_id != prepared.submission_id
    ]
    rows.extend(_progress(prepared))
    return rows


def _compared(reader: Reader, prepared: Prepared, values: Columns) -> tuple[Receipt, Columns]:
    """Return the receipt with each value beside the one that stands, and the values that are new.

    The receipt is refused where something is restated without a reason.
    """
    blank = prepared.receipt
    in_time()
    compared = compare(reader, prepared.sender.office, prepared.read.candidates, values)
    findings = list(blank.findings)
    for change in compared.restated:
        sheet, _, cell = change.place.rpartition("!")
        assert change.old is not None
        findings.append(
            FINDINGS["value-restated"].at(
                blank.file, sheet=sheet, cell=cell, found=units.display(change.new, change.unit),
                expected=units.display(change.old, change.unit),
            )
        )  # fmt: skip
    sender = prepared.sender
    late = False
    if prepared.accepting is None:
        against, late = standing_against(
            reader, blank.file, sender.quarter, sender.place, sender.office, prepared.wish.day
        )
        findings.extend(against)
    outcome: Outcome = "refused" if has_errors(findings) else "recorded"
    if compared.restated and not prepared.wish.reason.strip():
        outcome = "refused"
        findings.append(
            FINDINGS["restatement-without-reason"].at(
                blank.file, found=blank.quarter, expected=len(compared.restated)
            )
        )
    receipt = replace(
        blank,
        outcome=outcome,
        added=compared.added,
        restated=compared.restated,
        unchanged=compared.unchanged,
        texts=len(prepared.read.words),
        findings=tuple(findings),
        late=late,
    )
    return receipt, compared.new(prepared.wish.reason)


def _progress(prepared: Prepared) -> list[Progress]:
    sender = prepared.sender
    return [
        Progress(
            subject=each.holding.indicator.indicator_id,
            place=sender.place,
            office=sender.office,
            quarter=each.quarter,
            progress=each.progress,
            problems=each.problems,
            next_steps=each.next_steps,
            expected_on=each.expected_on,
            file_digest=prepared.opened.digest,
            cell=each.cell,
            demonstration=sender.demonstration,
        )
        for each in prepared.read.words
    ]


def _finding_records(findings: Iterable[Finding], digest: str) -> list[FindingRecord]:
    return [
        FindingRecord(
            finding_id=digest_id(digest, each.code, each.sheet, each.cell),
            code=each.code,
            severity=each.severity,
            file=each.file,
            file_digest=digest,
            sheet=each.sheet,
            cell=each.cell,
            found=each.found,
            expected=each.expected,
            message=each.message,
            action=each.action,
            accepted=each.severity == "warning",
        )
        for each in findings
    ]
