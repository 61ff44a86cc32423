"""Findings: something wrong or doubtful in an input, as data; words are rendered from them.

Every code is declared once as a ``FindingKind`` in the room that raises it, in a mapping named
``FINDINGS`` (code → kind); docs/findings.md lists them all and a test compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.model import Severity

__all__ = ["Finding", "FindingKind", "has_errors", "kinds", "render"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingKind:
    """A sort of finding: its stable code, severity and words.

    ``message`` and ``action`` are ``str.format`` templates over ``found``, ``expected`` and the
    extra fields that the raising room passes.
    """

    code: str
    severity: Severity
    message: str
    action: str

    def at(
        self,
        file: str,
        *,
        sheet: str = "",
        cell: str = "",
        start: int | None = None,
        end: int | None = None,
        found: object = "",
        expected: object = "",
        severity: Severity | None = None,
        **fields: object,
    ) -> Finding:
        """Return this finding at a place, with its words filled in."""
        known = {"found": found, "expected": expected, **fields}
        return Finding(
            code=self.code,
            severity=severity or self.severity,
            file=file,
            sheet=sheet,
            cell=cell,
            start=start,
            end=end,
            found=str(found),
            expected=str(expected),
            message=self.message.format(**known),
            action=self.action.format(**known),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding: where, what was found, what was expected, what to do."""

    code: str
    severity: Severity
    file: str
    sheet: str = ""
    cell: str = ""
    start: int | None = None
    end: int | None = None
    found: str = ""
    expected: str = ""
    message: str = ""
    action: str = ""

    @property
    def place(self) -> str:
        """``FILE!SHEET!CELL`` of a workbook, ``FILE:START-END`` of a text, else the file."""
        if self.sheet or self.cell:
            return "!".join(part for part in (self.file, self.sheet, self.cell) if part)
        if self.start is not None:
            return f"{self.file}:{self.start}-{self.end if self.end is not None else self.start}"
        return self.file


def render(finding: Finding) -> str:
    """Return the finding as the one line that goes to stderr."""
    then = f"；{finding.action}" if finding.action else ""
    return f"{finding.place}  {finding.code}  {finding.message}{then}"


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any of the findings is an error."""
    return any(finding.severity == "error" for finding in findings)


def kinds(*declared: FindingKind) -> Mapping[str, FindingKind]:
    """Return the kinds by code; a code that is declared twice is an error of ours."""
    table = {kind.code: kind for kind in declared}
    if len(table) != len(declared):
        raise ValueError("a finding code is declared twice")
    return table
