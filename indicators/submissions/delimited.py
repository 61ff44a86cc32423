"""Reading .csv and tab-separated text, also when it is named .xls."""

from __future__ import annotations

import csv
import io
import re

from indicators.submissions.guard import LONGEST_TEXT, MOST_ROWS, Refused, Weight
from indicators.submissions.reach import Reach, first_lines
from indicators.submissions.sheet import Row, Sheet, Workbook

__all__ = ["decoded", "is_table", "read_delimited", "separator"]

_SEPARATORS = (",", "\t", ";", "|")
_HEAD = 200_000
_SLOWER = 7
"""A character of text takes as long as so many bytes of XML, which names every cell."""
_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d{0,14})(?:\.\d+)?")


def decoded(content: bytes) -> str | None:
    """Return the text of a file, None where it is no text: UTF-8, UTF-16 with mark, GB18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            return None
    if b"\0" in content:
        return None
    for encoding in ("utf-8-sig", "gb18030", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(each < " " and each not in "\t\n\r\f" for each in text[:10_000])
        return None if odd > 2 else text
    return None


def _first(text: str) -> list[str]:
    """Return the first lines, as far as they tell how fields are parted."""
    return text[:_HEAD].splitlines()[:50]


def separator(text: str) -> str:
    """Return what parts the fields: the one that gives the steadiest count over the first lines."""
    lines = [line for line in _first(text) if line.strip()]
    best, most = ",", 0.0
    for each in _SEPARATORS:
        counts = [len(row) - 1 for row in csv.reader(lines, delimiter=each) if row]
        if not counts or max(counts) == 0:
            continue
        usual = max(set(counts), key=lambda count: (count > 0, counts.count(count), count))
        score = usual and counts.count(usual) / len(counts) * min(usual, 20) ** 0.25
        if score > most:
            best, most = each, score
    return best


def is_table(text: str) -> bool:
    """Tell whether text that is not named .csv is a table: most lines have as many fields."""
    if text.lstrip()[:1] in ("{", "[", "<"):
        return False
    lines = [line for line in _first(text) if line.strip()]
    counts = [len(row) for row in csv.reader(lines, delimiter=separator(text)) if row]
    wide = [count for count in counts if count > 1]
    usual = max(set(wide), key=wide.count, default=0)
    return usual > 1 and wide.count(usual) * 2 >= len(counts)


def read_delimited(text: str, name: str, reach: Reach | None = None) -> Workbook:
    """Read delimited text as one sheet, with a ``reach`` its first lines.

    Plain numbers become numbers; 001 and 1.2万 stay text.
    """
    text, unread = first_lines(text, reach.size // _SLOWER) if reach else (text, 0)
    shared: dict[int, tuple[str, ...]] = {}
    rows = []
    weight = Weight()
    if '"' not in text and (lines := text.count("\n")) > MOST_ROWS:
        raise Refused("workbook-too-large", found=f"{lines} 行", expected=f"{MOST_ROWS} 行")
    csv.field_size_limit(2**30)  # a long field is refused by its length, in words
    for number, fields in enumerate(
        csv.reader(io.StringIO(text, newline=""), delimiter=separator(text)), start=1
    ):
        longest = max(map(len, fields), default=0)
        if longest > LONGEST_TEXT:
            raise Refused("workbook-text-too-long", found=longest, expected=LONGEST_TEXT)
        values = tuple(_value(field) for field in fields)
        filled = [at for at, value in enumerate(values) if value is not None]
        if filled:
            first, last = filled[0], filled[-1]
            width = last - first + 1
            weight.add_row(width)
            formats = shared.setdefault(width, ("General",) * width)
            rows.append(Row(number, first + 1, values[first : last + 1], formats))
    return Workbook(sheets=(Sheet(name=name, rows=tuple(rows), unread=unread),), reader="text")


def _value(field: str) -> str | int | float | None:
    bare = field.strip()
    if not bare:
        return None
    if _NUMBER.fullmatch(bare):
        return int(bare) if bare.lstrip("+-").isdigit() else float(bare)
    return field
