"""A quoted sentence with its number, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from dashboards.views.snapshot import Snapshot
from indicators.model import Commitment, Kind

__all__ = ["Evidence", "address", "brief", "evidence", "quoted"]

_BEFORE, _AFTER = 44, 18
"""Characters around a number that a short quotation keeps, counted to the nearest comma."""
_BREAK = re.compile(r"\s*\n\s*")
_PAUSES, _STOPS = "，；。、：", "，；。"
"""Signs of a sentence at which a short quotation begins, and at which it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One statement in a document: the words before the number, the number, the words after."""

    commitment_id: str
    kind: Kind
    before: str
    number: str
    after: str
    document: str
    """Title of the document; its file name where it has none."""
    number_of_document: str
    issuer: str
    issued_on: date | None
    section: tuple[str, ...]
    offices: tuple[str, ...]
    location: str
    """Page or paragraph of a file that has them."""
    link: str


def quoted(commitment: Commitment) -> tuple[str, str, str]:
    """Return the sentence as the words before the number, the number with its unit, and the rest.

    The number is found by its offsets; a sentence that does not hold it there is returned whole.
    Hard line breaks inside the sentence are joined, the text itself is not touched.
    """
    sentence = commitment.sentence
    at = commitment.start - commitment.sentence_start
    until = commitment.end - commitment.sentence_start
    written = commitment.as_written
    if not (0 <= at < until <= len(sentence)) or sentence[at] != written[:1]:
        at = sentence.find(written) if written else -1
        until = at
    if at < 0:
        return _BREAK.sub("", sentence), "", ""
    if sentence.startswith(written, at):
        until = at + len(written)
    return (
        _BREAK.sub("", sentence[:at]),
        _BREAK.sub("", sentence[at:until]),
        _BREAK.sub("", sentence[until:]),
    )


def address(document_digest: str, commitment_id: str = "") -> str:
    """Return where a document, and a statement in it, can be read."""
    mark = f"?mark={commitment_id}#c-{commitment_id}" if commitment_id else ""
    return f"/documents/{document_digest}{mark}"


def cell_address(file_digest: str, sheet: str, cell: str) -> str:
    """Return where a cell of a kept workbook can be seen."""
    return f"/workbooks/{file_digest}?{urlencode({'sheet': sheet, 'cell': cell})}#cell"


def evidence(snapshot: Snapshot, commitment_ids: Iterable[str]) -> tuple[Evidence, ...]:
    """Return the statements with these ids, in their order; unknown ids are left out."""
    made = []
    for commitment_id in commitment_ids:
        row = snapshot.commitments.get(commitment_id)
        if row is None:
            continue
        before, number, after = quoted(row)
        source = snapshot.documents.get(row.document_digest)
        made.append(
            Evidence(
                commitment_id=commitment_id,
                kind=row.kind,
                before=before,
                number=number,
                after=after,
                document=(source.title if source else "") or row.document,
                number_of_document=source.number if source else "",
                issuer=source.issuer if source else "",
                issued_on=source.issued_on if source else None,
                section=tuple(part for part in row.section.split(" / ") if part),
                offices=row.offices,
                location=row.location,
                link=address(row.document_digest, commitment_id),
            )
        )
    return tuple(made)


def brief(told: Evidence) -> Evidence:
    """Return a statement with only the clauses next to its number; what is left out is marked."""
    before, after = told.before, told.after
    if len(before) > _BEFORE:
        kept = before[-_BEFORE:]
        start = next((at + 1 for at, sign in enumerate(kept) if sign in _PAUSES), 0)
        before = "……" + kept[start:]
    if len(after) > _AFTER:
        end = next((at for at, sign in enumerate(after[:_AFTER]) if sign in _STOPS), _AFTER)
        after = after[:end] + "……"
    return replace(told, before=before, after=after)
