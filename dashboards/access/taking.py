"""Who may take a kept file away whole: documents all, workbooks who decides and the own office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, has_request_context

from indicators.access import LOCAL, Person, allows
from indicators.model import SourceDocument, Submission

if TYPE_CHECKING:
    from indicators.ledger import Reader

__all__ = ["may_take"]


def may_take(reader: Reader, digest: str) -> bool:
    """Tell whether who asks may have a file: a workbook holds names and telephone numbers."""
    person: Person | None = g.get("person") if has_request_context() else LOCAL
    if person is None:
        return False
    if allows(person, "decide") or reader.current(SourceDocument, document_digest=digest):
        return True
    return any(
        allows(person, "submit", place=each.place, office=each.office)
        for each in reader.current(Submission, file_digest=digest)
    )
