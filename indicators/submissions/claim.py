"""What a workbook says of itself: template, office, place, quarter.  Claims, never authority."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.submissions.entry import META_NAME, META_SHEET, checksum
from indicators.submissions.sheet import Workbook

__all__ = ["Claim", "read_claim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the hidden sheet of a template says."""

    place: str = ""
    office: str = ""
    quarter: str = ""
    version: str = ""
    rows: tuple[str, ...] = ()
    demonstration: bool = False
    changed: bool = False
    """Whether the checksum does not fit what it says."""


def read_claim(workbook: Workbook) -> Claim | None:
    """Return the claim of a workbook that came from a template of ours, else None."""
    sheet = workbook.sheet(META_SHEET)
    if sheet is None:
        return None
    facts = {sheet.cell(row.number, 1).text: sheet.cell(row.number, 2).text for row in sheet.rows}
    if facts.get("template") != META_NAME:
        return None
    rows = tuple(facts.get("rows", "").split())
    place, office, quarter, version = (
        facts.get(name, "") for name in ("place", "office", "quarter", "version")
    )
    return Claim(
        place=place,
        office=office,
        quarter=quarter,
        version=version,
        rows=rows,
        demonstration=bool(facts.get("demonstration")),
        changed=facts.get("checksum") != checksum(place, office, quarter, rows, version),
    )
