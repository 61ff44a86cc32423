"""From a file to a document: text, title, number, issuer, dates, articles, sections, offices."""

from indicators.documents.catalog import catalog
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
from indicators.documents.office import split_names
from indicators.documents.reading import REFUSED, SUFFIXES, Source, parse, read, read_bytes
from indicators.documents.structure import parse_text

__all__ = [
    "REFUSED",
    "SUFFIXES",
    "Article",
    "Brackets",
    "Document",
    "Entry",
    "Offsets",
    "Page",
    "Role",
    "Section",
    "Source",
    "Stretch",
    "catalog",
    "parse",
    "parse_text",
    "read",
    "read_bytes",
    "split_names",
]
