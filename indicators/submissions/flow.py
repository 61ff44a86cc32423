"""The way of a submission: handed in, returned with remarks, or accepted; who has not handed in.

What happens on hand-in is an option of the house (``option`` = ``submission_review``):

- ``direct``: what has no errors is accepted at once (the default);
- ``mark``: it waits for a steward; its values count meanwhile, marked 待审;
- ``wait``: it waits, and its values are recorded when it is accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from indicators import periods
from indicators.errors import UsageError
from indicators.ledger import Batch, Ledger, Reader, Transaction
from indicators.model import (
    Indicator,
    Observation,
    Option,
    Progress,
    Record,
    Setting,
    Submission,
)
from indicators.submissions.calendar import days_of
from indicators.submissions.entry import reporting_office

__all__ = [
    "Policy",
    "Standing",
    "find_submission",
    "give_back",
    "handed_in",
    "policy",
    "set_policy",
    "standings",
]

Policy = Literal["direct", "mark", "wait"]
OPTION = "submission_review"
_STANDS = ("submitted", "accepted")


def policy(reader: Reader, place: str) -> Policy:
    """Return what happens on hand-in at a place: its own option, else everyone's."""
    options = {each.scope: each.value for each in reader.current(Option, option=OPTION)}
    value = options.get(place) or options.get("") or "direct"
    return next((each for each in get_args(Policy) if each == value), "direct")


def set_policy(ledger: Ledger, value: Policy, *, who: str, place: str = "") -> None:
    """Say what happens on hand-in."""
    with ledger.batch("option", who=who, place=place) as batch:
        batch.add([Option(option=OPTION, scope=place, value=value)])


def find_submission(reader: Reader, written: str) -> Submission:
    """Return a submission by its id or the first digits of it.

    Raises:
        UsageError: none or several begin so.
    """
    found = [each for each in reader.current(Submission) if each.submission_id.startswith(written)]
    if len(found) == 1 and written:
        return found[0]
    raise UsageError(
        f"没有编号为“{written}”的报送" if not found else f"编号以“{written}”开头的报送不止一份",
        action="编号见 indicators submission list",
    )


def give_back(
    ledger: Ledger, written: str, *, who: str, remarks: str, seen: str = ""
) -> Submission:
    """Return a submission to its office with remarks; what stood before it stands again.

    Args:
        ledger: where it stands.
        written: its id or the first digits of it.
        who: the person that returns it.
        remarks: what the office is told.
        seen: the status that the person saw, if it is to be returned only as long as it has it.

    Raises:
        UsageError: there is no such submission, it was returned already, somebody else has decided
            on it, or there are no remarks.
    """
    if not remarks.strip():
        raise UsageError("退回必须写明意见", action="请加 --remarks")
    known = find_submission(ledger, written)
    with ledger.batch(
        "return", who=who, reason=remarks, place=known.place, office=known.office,
        quarter=known.quarter,
    ) as batch:  # fmt: skip
        current = find_submission(batch, known.submission_id)
        if current.status not in ("submitted", "accepted") or seen not in ("", current.status):
            raise UsageError(
                f"这份报送已是“{STATUS[current.status]}”",
                action="请在清单中核对（submission list）",
            )
        returned = replace(current, status="returned", remarks=remarks)
        batch.add([returned, *_restored(batch, current)])
    return returned


STATUS = {"submitted": "待审", "returned": "已退回", "accepted": "已确认", "superseded": "已被更正"}
"""Status → word."""


def handed_in(
    reader: Reader, place: str, office: str, quarter: str, *, status: Sequence[str] = _STANDS
) -> list[tuple[Submission, Batch]]:
    """Return the submissions of an office for a quarter in the order in which they came in."""
    came: dict[str, Batch] = {}
    for entry in reader.history(Submission, place=place, office=office, quarter=quarter):
        came.setdefault(entry.row.submission_id, entry.batch)
    found = [
        (each, came[each.submission_id])
        for each in reader.current(Submission, place=place, office=office, quarter=quarter)
        if each.status in status
    ]
    return sorted(found, key=lambda each: each[1].seq)


def _restored(batch: Transaction, returned: Submission) -> list[Record]:
    """Return the rows by which values and words of a returned submission give way to earlier ones."""
    states = {each.submission_id: each.status for each in batch.current(Submission)}
    states[returned.submission_id] = "returned"
    rows: list[Record] = []
    for value in batch.current(Observation, submission_id=returned.submission_id):
        earlier = [
            entry.row
            for entry in batch.history(
                Observation, indicator_id=value.indicator_id, period_end=value.period_end,
                basis=value.basis, source="workbook", origin=value.origin,
            )
            if not entry.batch.voided_by
            and entry.row.period_start == value.period_start
            and not entry.row.withdrawn
            and states.get(entry.row.submission_id, "accepted") != "returned"
        ]  # fmt: skip
        if earlier:
            rows.append(earlier[-1])
        else:
            rows.append(replace(value, withdrawn=True))
    rows += _words_before(batch, returned)
    sender = returned.place, returned.office, returned.quarter
    if len(handed_in(batch, *sender)) == 1:
        # It was the only one that stood: the last one that it put aside stands again.
        before = handed_in(batch, *sender, status=("superseded",))
        for each, _ in before[-1:]:
            known = batch.history(Submission, submission_id=each.submission_id)
            rows.append(next(e.row for e in reversed(known) if e.row.status in _STANDS))
    return rows


def _words_before(batch: Transaction, returned: Submission) -> list[Record]:
    """Return what stood beside the numbers before a submission; a blank where nothing did."""
    gone = {
        each.file_digest
        for each in batch.current(Submission, place=returned.place, office=returned.office)
        if each.status == "returned"
    } | {returned.file_digest}
    rows: list[Record] = []
    for now in batch.current(
        Progress, place=returned.place, office=returned.office, file_digest=returned.file_digest
    ):
        earlier = [
            entry.row
            for entry in batch.history(
                Progress, subject=now.subject, place=now.place, office=now.office,
                quarter=now.quarter,
            )
            if not entry.batch.voided_by and entry.row.file_digest not in gone
        ]  # fmt: skip
        blank = Progress(
            subject=now.subject, place=now.place, office=now.office, quarter=now.quarter
        )
        rows.append(earlier[-1] if earlier else blank)
    return rows


def waiting(reader: Reader, written: str) -> Submission:
    """Return a submission that waits for acceptance.

    Raises:
        UsageError: there is no such submission, or it was accepted or returned meanwhile.
    """
    found = find_submission(reader, written)
    if found.status != "submitted":
        raise UsageError(f"这份报送已是“{STATUS[found.status]}”", action="只有待审的报送可以确认")
    return found


def mark_accepted(ledger: Ledger, known: Submission, *, who: str, remarks: str) -> Submission:
    """Accept a submission whose values are recorded already.

    Raises:
        UsageError: it is not waiting.
    """
    with ledger.batch(
        "accept", who=who, reason=remarks, place=known.place, office=known.office,
        quarter=known.quarter,
    ) as batch:  # fmt: skip
        accepted = replace(waiting(batch, known.submission_id), status="accepted", remarks=remarks)
        batch.add([accepted])
    return accepted


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an office stands in a quarter."""

    place: str
    office: str
    quarter: str
    asked: int
    """Indicators that it reports."""
    submission: Submission | None
    returned: Submission | None
    """A later one that was returned and not handed in again."""
    due_on: date | None
    overdue: bool

    @property
    def words(self) -> str:
        """The standing in Chinese."""
        if self.submission is None:
            return "逾期未报" if self.overdue else "未报"
        late = "（逾期）" if self.submission.late else ""
        back = "，更正已退回" if self.returned else ""
        return f"{STATUS[self.submission.status]}{late}{back}"


def standings(reader: Reader, quarter: str, today: date) -> Sequence[Standing]:
    """Return where every reporting office stands in a quarter, by place and office.

    Raises:
        UsageError: the quarter is not one.
    """
    periods.quarter(quarter)
    settings = {each.indicator_id: each for each in reader.current(Setting)}
    asked: dict[tuple[str, str], int] = {}
    for indicator in reader.current(Indicator):
        office = reporting_office(settings.get(indicator.indicator_id))
        if office and not indicator.retired:
            key = indicator.place, office
            asked[key] = asked.get(key, 0) + 1
    came: dict[str, int] = {}
    for entry in reader.history(Submission, quarter=quarter):
        came.setdefault(entry.row.submission_id, entry.batch.seq)
    handed: dict[tuple[str, str], list[Submission]] = {}
    for each in sorted(
        reader.current(Submission, quarter=quarter), key=lambda each: came[each.submission_id]
    ):
        asked.setdefault((each.place, each.office), 0)
        handed.setdefault((each.place, each.office), []).append(each)
    found = []
    for (place, office), number in sorted(asked.items()):
        due = days_of(reader, quarter, place, office).due_on
        own = handed.get((place, office), [])
        # What counts, whatever came later and was returned; else the last one.
        counts = [each for each in own if each.status in _STANDS]
        last = own[-1] if own else None
        submission = counts[-1] if counts else last
        returned = last if counts and last and last.status == "returned" else None
        found.append(
            Standing(
                place=place,
                office=office,
                quarter=quarter,
                asked=number,
                submission=submission,
                returned=returned,
                due_on=due,
                overdue=submission is None and due is not None and today > due,
            )
        )
    return found
