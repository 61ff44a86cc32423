"""Whose workbook it is and for which quarter: what the person says, then what the file claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from indicators import periods
from indicators.errors import UsageError
from indicators.findings import Finding
from indicators.ledger import Reader
from indicators.model import Office
from indicators.submissions.claim import Claim
from indicators.submissions.entry import knows_office, registered_office, reporting_places
from indicators.submissions.problems import FINDINGS

__all__ = ["Said", "Sender", "Wish", "resolve"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the person who imports says of a workbook."""

    who: str
    office: str = ""
    place: str = ""
    quarter: str = ""
    reason: str = ""
    remarks: str = ""
    """What a steward says who accepts it."""
    accept_warnings: bool = False
    dry_run: bool = False
    demonstration: bool = False
    today: date | None = None
    """The day of handing in, by default today in Asia/Shanghai; it decides what is late."""
    matches: tuple[tuple[str, str], ...] = ()
    """Names of the workbook with the registered names that a person confirmed for them."""

    @property
    def day(self) -> date:
        """The day of handing in."""
        return self.today or periods.local_day(datetime.now(UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the words of a workbook without a template say of it."""

    quarters: tuple[tuple[str, str], ...] = ()
    """Quarters of titles, sheet and file names, each with the words."""
    columns: tuple[str, ...] = ()
    """Quarters of columns, in order of time."""
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whose workbook it is, for which quarter."""

    place: str
    office: str
    quarter: str
    demonstration: bool = False


def resolve(
    reader: Reader, file: str, claim: Claim | None, wish: Wish, said: Said
) -> tuple[Sender, list[Finding]]:
    """Return whose workbook it is, and what speaks against it.

    What the person says counts; the template's claim, then the words of the workbook fill what is
    left open.

    Raises:
        UsageError: the quarter that the person gives is not one.
    """
    findings: list[Finding] = []

    def find(code: str, found: object = "", expected: object = "") -> None:
        findings.append(FINDINGS[code].at(file, found=found, expected=expected))

    if wish.quarter:
        periods.quarter(wish.quarter)
    quarter = wish.quarter.upper()
    claimed = claim or Claim()
    if claimed.changed:
        find("template-changed", "校验值")
    own_quarter, words = claimed.quarter, ""
    if not own_quarter:
        own_quarter, words = _spoken(said, quarter)
    if quarter and own_quarter and quarter != own_quarter:
        find("template-of-other-quarter", own_quarter, quarter)
    elif words and not quarter:
        find("quarter-read-from-text", words, own_quarter)
    office = wish.office or claimed.office or said.office
    place = wish.place or claimed.place or _only_place(reader, office)
    office = registered_office(reader, place, office)
    own = registered_office(reader, place, claimed.office or said.office)
    # A template says whose it is; of other words only a name that is somebody else's speaks.
    if own and own != office and (claimed.office or knows_office(reader, place, own)):
        find("template-of-other-office", own, office)
    if claimed.place and claimed.place != place:
        find("template-of-other-office", claimed.place, place)
    sender = Sender(
        place=place,
        office=office,
        quarter=quarter or own_quarter,
        demonstration=wish.demonstration or claimed.demonstration,
    )
    if not _is_quarter(sender.quarter):
        find("quarter-unknown", sender.quarter)
    if not office or not place:
        find("office-unknown", office or "文件中没有写明")
    elif not knows_office(reader, place, office):
        find("office-not-registered", f"{place} {office}")
    return sender, findings


def _spoken(said: Said, wished: str) -> tuple[str, str]:
    """Return the quarter that the words of a workbook name, with the words."""
    if said.columns:
        # A column a quarter: the workbook is of the last one, whatever the title says.
        return (wished if wished in said.columns else said.columns[-1]), "、".join(said.columns)
    named = {quarter for quarter, _ in said.quarters}
    if len(named) == 1:
        return said.quarters[0]
    return ("", "") if not wished or wished in named else (said.quarters[0] if named else ("", ""))


def _only_place(reader: Reader, office: str) -> str:
    """Return the place of an office where only one place has an office of that name."""
    if not office:
        return ""
    places = {
        each.place for each in reader.current(Office) if office in (each.office, *each.aliases)
    } | reporting_places(reader, office)
    return places.pop() if len(places) == 1 else ""


def _is_quarter(written: str) -> bool:
    try:
        periods.quarter(written)
    except UsageError:
        return False
    return True
