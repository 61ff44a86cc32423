"""Reading one text as a document of some genre, for the tests of extraction."""

from __future__ import annotations

from datetime import date

from indicators.documents import Entry, parse_text
from indicators.extraction import extract
from indicators.model import Commitment

PLAN = ("某市数字经济发展行动方案（2025—2027年）", "某市人民政府", date(2025, 3, 10))
REPORT = ("2026年政府工作报告", "某市人民政府", date(2026, 1, 20))
BULLETIN = ("某市2025年国民经济和社会发展统计公报", "某市统计局", date(2026, 3, 20))
NEWS = ("某市日报", "某市日报", date(2026, 4, 24))


def read(text: str, like: tuple[str, str, date] = PLAN, genre: str = "") -> list[Commitment]:
    """Return the commitments of a text with the title, issuer and day of ``like``."""
    title, issuer, day = like
    entry = Entry(document="文本.txt", title=title, issuer=issuer, issued_on=day, genre=genre)
    return extract(parse_text(text, name="文本.txt", digest="0" * 64, entry=entry))


def one(text: str, like: tuple[str, str, date] = PLAN, genre: str = "") -> Commitment:
    """Return the only commitment of a text."""
    found = read(text, like, genre)
    assert len(found) == 1, [(each.as_written, each.name) for each in found]
    return found[0]
