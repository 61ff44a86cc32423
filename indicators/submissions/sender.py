"""Whose workbook it is and for which quarter: what the person says, then what the file claims."""

from __future__ import annotations

from dataclasses import dataclass

from indicators import periods
from indicators.errors import UsageError
from indicators.findings import Finding
from indicators.ledger import Reader
from indicators.submissions.claim import Claim
from indicators.submissions.entry import knows_office
from indicators.submissions.problems import FINDINGS

__all__ = ["Sender", "Wish", "resolve"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the person who imports says of a workbook."""

    who: str
    office: str = ""
    place: str = ""
    quarter: str = ""
    reason: str = ""
    accept_warnings: bool = False
    dry_run: bool = False
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whose workbook it is, for which quarter."""

    place: str
    office: str
    quarter: str
    demonstration: bool = False


def resolve(
    reader: Reader, file: str, claim: Claim | None, wish: Wish
) -> tuple[Sender, list[Finding]]:
    """Return whose workbook it is: the wish counts, the claim of the file fills what it leaves."""
    findings = []
    said = claim or Claim()
    if wish.quarter:
        periods.quarter(wish.quarter)
    if claim is not None and claim.changed:
        findings.append(FINDINGS["template-changed"].at(file, found="校验值"))
    if wish.quarter and said.quarter and wish.quarter != said.quarter:
        findings.append(
            FINDINGS["template-of-other-quarter"].at(
                file, found=said.quarter, expected=wish.quarter
            )
        )
    for wished, claimed in ((wish.office, said.office), (wish.place, said.place)):
        if wished and claimed and wished != claimed:
            findings.append(
                FINDINGS["template-of-other-office"].at(file, found=claimed, expected=wished)
            )
    sender = Sender(
        place=wish.place or said.place,
        office=wish.office or said.office,
        quarter=wish.quarter or said.quarter,
        demonstration=wish.demonstration or said.demonstration,
    )
    if not sender.quarter:
        findings.append(FINDINGS["quarter-unknown"].at(file))
    else:
        try:
            periods.quarter(sender.quarter)
        except UsageError:
            findings.append(FINDINGS["quarter-unknown"].at(file, found=sender.quarter))
    if not sender.office or not sender.place:
        findings.append(FINDINGS["office-unknown"].at(file, found="文件中没有写明"))
    elif not knows_office(reader, sender.place, sender.office):
        findings.append(
            FINDINGS["office-unknown"].at(file, found=f"{sender.place} {sender.office}")
        )
    return sender, findings
