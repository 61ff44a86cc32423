"""Proper names that hold a conjunction: 和林格尔, 呼和浩特, 和平区 are never parted at their 和.

While a phrase is cut to its name, such a 和, 与, 及 or 并 is veiled by a character that no text
holds, so that no rule takes it for a conjunction; the names that come out are unveiled.
"""

from __future__ import annotations

from functools import cache

from indicators import regions

__all__ = ["unveil", "veil", "veiled"]

_CONJUNCTIONS = "和与及并"
_VEILS = "\ue0a0\ue0a1\ue0a2\ue0a3"
_OPEN = str.maketrans(_VEILS, _CONJUNCTIONS)
_SHORTEST = 3
"""Shorter names (新和, 平和) also stand where words meet (创新和…, 水平和…)."""


@cache
def _places() -> dict[str, tuple[tuple[int, str], ...]]:
    """Return, by conjunction and the character after it, the names that hold them, and where."""
    words = {
        word
        for region in regions.regions()
        for word in (region.name, region.short)
        if word and len(word) >= _SHORTEST
    }
    words |= {alias for others in regions.aliases().values() for alias in others}
    table: dict[str, list[tuple[int, str]]] = {}
    for word in sorted(words, key=len, reverse=True):
        for place, char in enumerate(word):
            if char in _CONJUNCTIONS:
                table.setdefault(word[place : place + 2], []).append((place, word))
    return {key: tuple(found) for key, found in table.items()}


def veil(text: str) -> str:
    """Veil the conjunctions inside proper names; the length stays."""
    result = text
    for conjunction, cover in zip(_CONJUNCTIONS, _VEILS, strict=True):
        position = text.find(conjunction)
        while position >= 0:
            for place, word in _places().get(text[position : position + 2], ()):
                if position >= place and text.startswith(word, position - place):
                    result = result[:position] + cover + result[position + 1 :]
                    break
            position = text.find(conjunction, position + 1)
    return result


def unveil(text: str) -> str:
    """Undo ``veil``."""
    return text.translate(_OPEN)


def veiled(text: str) -> bool:
    """Tell whether anything in a text is veiled."""
    return any(cover in text for cover in _VEILS)
