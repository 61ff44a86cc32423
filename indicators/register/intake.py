"""Workbooks that people filled in, taken in: read whole, checked at the cell, recorded once or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol, TypeVar

from indicators.errors import InputRefused
from indicators.findings import Finding, has_errors
from indicators.ledger import Ledger, Reader
from indicators.register.draft import Draft
from indicators.register.lookup import taken
from indicators.register.sheets import Book

__all__ = ["Intake", "Report"]


class Reading(Protocol):
    """A workbook as it was read against the ledger."""

    findings: list[Finding]

    @property
    def holds(self) -> bool:
        """Whether there is anything to record."""
        ...


A = TypeVar("A", bound=Reading)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a workbook did."""

    skipped: int = 0
    """Stale rows left out on demand."""
    findings: Sequence[Finding] = ()
    already: bool = False
    """This very file was taken in before."""

    @property
    def sentence(self) -> str:
        """The report in one line."""
        if self.already:
            return "这个文件先前已导入，没有新内容"
        return self._told() + (f"，{self.skipped} 行过期未导入" if self.skipped else "")

    def _told(self) -> str:
        """What was done, in words."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Intake:
    """One workbook on its way into the ledger."""

    book: Book

    def taken(self, reader: Reader, action: str) -> bool:
        """Tell whether this very file was taken in before, and that batch still stands."""
        return taken(reader, self.book.content, action)

    def record(
        self,
        ledger: Ledger,
        action: str,
        read: Callable[[Reader], A],
        write: Callable[[Draft, A], None],
        *,
        refusal: str,
        who: str,
        reason: str,
    ) -> A:
        """Read the workbook and record what it holds in one batch; returns what was read.

        Args:
            ledger: where to.
            action: what the batch is called.
            read: reads the workbook against a reader.
            write: records what was read.
            refusal: what is said when it is refused.
            who: the person that goes on record.
            reason: why, for the batch.

        Raises:
            InputRefused: with findings at the cells; nothing was recorded.
        """

        def checked(reader: Reader) -> A:
            reading = read(reader)
            if has_errors(reading.findings):
                raise InputRefused(refusal, reading.findings, place=self.book.file)
            return reading

        seen = ledger.seq
        reading = checked(ledger)
        if not reading.holds:
            return reading
        with ledger.batch(
            action,
            who=who,
            reason=reason,
            file_digest=sha256(self.book.content).hexdigest(),
            demonstration=self.book.demonstration,
        ) as transaction:
            draft = Draft(transaction)
            if draft.seq != seen:
                # Somebody decided while this workbook was read: it is read again under the lock.
                reading = checked(draft)
            transaction.keep(self.book.content, name=self.book.file)
            write(draft, reading)
        return reading
