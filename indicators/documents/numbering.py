"""Automatic numbers of Word: 一、 （二） 3. that stand in no text but in the list definitions.

Without them a heading “总体要求” would lose its “一、”, and with it its level.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from indicators import figures

__all__ = ["Numbering"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE: Final = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "japaneseDigitalTenThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "taiwaneseDigital",
    }
)
_PLACE: Final = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list."""

    format: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of every list while a document is read from the top."""

    levels: Mapping[tuple[str, int], _Level] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any) -> Numbering:
        """Read the definitions of ``word/numbering.xml`` (an lxml element)."""
        abstract: dict[str, dict[int, _Level]] = {}
        for each in root.iter(f"{_W}abstractNum"):
            abstract[each.get(f"{_W}abstractNumId", "")] = {
                int(level.get(f"{_W}ilvl", "0")): _Level(
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    _whole(_value(level, "start", "1")),
                )
                for level in each.iter(f"{_W}lvl")
                if level.get(f"{_W}ilvl", "0").isdigit()
            }
        return cls(
            {
                (each.get(f"{_W}numId", ""), number): level
                for each in root.iter(f"{_W}num")
                for number, level in abstract.get(_value(each, "abstractNumId", ""), {}).items()
            }
        )

    def next(self, list_id: str, depth: int) -> str:
        """Return the number of the next paragraph of a list at a level; empty for a bullet."""
        level = self.levels.get((list_id, depth))
        if level is None or level.format in {"bullet", "none"}:
            return ""
        counts = self._counts.setdefault(list_id, [])
        while len(counts) <= depth:
            above = self.levels.get((list_id, len(counts)))
            counts.append((above.start if above else 1) - 1)
        counts[depth] += 1
        del counts[depth + 1 :]

        def written(match: re.Match[str]) -> str:
            number = int(match[1]) - 1
            form = self.levels.get((list_id, number))
            count = counts[number] if 0 <= number < len(counts) else 1
            return _written(max(count, 1), form.format if form else "decimal")

        return _PLACE.sub(written, level.pattern)


def _value(element: Any, tag: str, default: str) -> str:
    """Return ``w:val`` of the first child of a tag."""
    child = element.find(f"{_W}{tag}")
    return default if child is None else str(child.get(f"{_W}val", default))


def _whole(text: str) -> int:
    """Return a whole number; 1 for what is none."""
    return int(text) if text.isdigit() and len(text) < 6 else 1


def _written(count: int, form: str) -> str:
    """Write a count in a number format of Word."""
    if form in _CHINESE:
        return figures.chinese(count)
    if form == "decimalEnclosedCircle" and count <= 20:
        return chr(0x2460 + count - 1)
    if form == "decimalFullWidth":
        return str(count).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    if form in {"upperLetter", "lowerLetter"} and count <= 26:
        return chr((65 if form == "upperLetter" else 97) + count - 1)
    return str(count)
