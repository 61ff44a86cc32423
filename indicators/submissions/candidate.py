"""What was read of a workbook: values that may become observations, and the words beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from indicators.findings import Finding
from indicators.model import Bound
from indicators.periods import Period
from indicators.submissions.matching import Holding

__all__ = ["Candidate", "Read", "Words"]


class Candidate(NamedTuple):
    """A value that may become an observation; a tuple, because a workbook may bring very many."""

    holding: Holding
    quarter: str
    period: Period
    magnitude: Decimal
    """In the indicator's unit."""
    bound: Bound
    as_written: str
    sheet: str
    cell: str
    entered: Decimal
    """As it was entered, in the unit of entry."""
    entered_unit: str
    standing: str = ""
    increment: Decimal | None = None
    """The 本期新增 that the line states beside a cumulative value, in the indicator's unit."""
    increment_cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a line says beside its number."""

    holding: Holding
    quarter: str
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    expected_on: date | None = None
    cell: str = ""


@dataclass(slots=True)
class Read:
    """Everything that was read of a workbook."""

    candidates: list[Candidate] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
