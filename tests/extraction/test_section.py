"""A statement says under which headings it stands."""

from __future__ import annotations

from pathlib import Path

from indicators.documents import Entry, parse_text
from indicators.extraction import extract

ROOT = Path(__file__).resolve().parents[2]


def sections(text: str, **entry: str) -> list[str]:
    document = parse_text(text, name="a.txt", digest="d", entry=Entry(document="a.txt", **entry))
    return [each.section for each in extract(document)]


def test_a_plan_gives_its_headings_outermost_first() -> None:
    """One article's own title is no heading of its statements."""
    text = "某区行动方案（2025—2027年）\n\n一、发展目标\n\n到2027年，建成智算中心3个。\n"
    assert sections(text, title="某区行动方案（2025—2027年）") == ["发展目标"]


def test_a_newspaper_page_names_the_article() -> None:
    """Of several articles the one that holds the statement is named first."""
    path = next((ROOT / "seeds").glob("003_*.txt"))
    found = sections(path.read_text("utf-8"), title="某日报", genre="news")
    assert found
    assert all(found)
    assert len(set(found)) > 2
