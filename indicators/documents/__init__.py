"""From a file to a document: text, title, number, issuer, dates, articles, sections, offices."""

from indicators.documents.model import (
    Article,
    Brackets,
    Document,
    Entry,
    Offsets,
    Page,
    Role,
    Section,
    Stretch,
)
from indicators.documents.structure import parse_text

__all__ = [
    "Article",
    "Brackets",
    "Document",
    "Entry",
    "Offsets",
    "Page",
    "Role",
    "Section",
    "Stretch",
    "parse_text",
]
