"""Every item of the grammar in sentences of the project's own (``grammar_sentences.tsv``)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indicators.model import Commitment
from tests.extraction.reading import BULLETIN, NEWS, PLAN, REPORT, read

POLICY = ("某区支持人工智能产业发展若干措施", "某区人民政府", date(2025, 3, 10))
GENRES = {
    "plan": (PLAN, ""), "report": (REPORT, ""), "bulletin": (BULLETIN, ""), "news": (NEWS, "news"),
    "policy": (POLICY, ""),
}  # fmt: skip
SIGNS = {"equal": "=", "at_least": ">=", "at_most": "<=", "about": "~", "between": "-"}
LINES = [
    line.split("\t")
    for line in (Path(__file__).parent / "grammar_sentences.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]


def statement(found: Commitment) -> str:
    """Return a commitment as the file writes it."""
    number = f"{found.magnitude.normalize():f}"
    if found.magnitude_high is not None:
        number += f"~{found.magnitude_high.normalize():f}"
    day = found.date.isoformat() if found.date else "-"
    return " ".join(
        (found.name, number, found.unit or "-", found.kind, SIGNS[found.bound], day,
         found.date_source or "-")
    )  # fmt: skip


@pytest.mark.parametrize(("genre", "text", "expected"), LINES, ids=[line[1] for line in LINES])
def test_a_sentence_gives_what_a_reader_takes_from_it(genre: str, text: str, expected: str) -> None:
    """Name, number, unit, kind, bound, day and where the day was read; nothing where there is none."""
    like, told = GENRES[genre]
    found = read(text.replace("\\n", "\n"), like, told)
    told_of = "; ".join(statement(each) for each in found)
    assert told_of == ("" if expected == "-" else expected)
