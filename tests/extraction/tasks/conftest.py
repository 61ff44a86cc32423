"""Seeds and short texts as documents."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from indicators.documents import Document, Entry, parse_text

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
NEWSPAPER = Entry(
    document="003_6358976413acd584.txt",
    issuer="呼和浩特日报",
    issued_on=date(2026, 4, 24),
    genre="news",
)


@pytest.fixture(scope="session")
def seed() -> Callable[[str], Document]:
    """Return a seed as a document, by the first three digits of its name."""

    def parse(number: str) -> Document:
        path = next(SEEDS.glob(f"{number}_*.txt"))
        entry = NEWSPAPER if number == "003" else None
        return parse_text(path.read_bytes().decode(), name=path.name, digest="0" * 64, entry=entry)

    return parse


@pytest.fixture(scope="session")
def parse() -> Callable[..., Document]:
    """Return a text as a document, with what a catalog would say of it."""

    def parse(text: str, **known: object) -> Document:
        entry = Entry(document="text.txt", **known) if known else None
        return parse_text(text, name="text.txt", digest="0" * 64, entry=entry)

    return parse
