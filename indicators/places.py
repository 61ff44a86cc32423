"""Regions by name and code, and the bodies (新区, 集群, 园区) inside them.

``regions.csv`` has the provinces, prefectures and counties with their GB/T 2260 codes, those that
were renamed or dissolved since 2006 with the date; ``bodies.csv`` what has no code.  A name that
several places share (朝阳区) is found only where the text around it says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final

from indicators.regions import NATION, RANK, Region, aliases, regions

__all__ = [
    "NATION",
    "Match",
    "Region",
    "ancestors",
    "by_code",
    "find",
    "leading",
    "parent",
    "regions",
    "search",
    "within",
]

_DIVISION: Final = re.compile("[省县旗]|市(?!场|民|值)|区(?![域块位间划])")
"""What ends the full name of a division, told apart from 市场, 区域 and the like."""
_NATION_WORDS: Final = frozenset({"全国", "中国", "国家", "中华人民共和国"})


@dataclass(frozen=True, slots=True)
class Match:
    """A place found in a text."""

    start: int
    end: int
    region: Region


@cache
def _by_name() -> dict[str, tuple[Region, ...]]:
    """Return names, short names and aliases with the places that bear them, best first."""
    table: dict[str, list[Region]] = {}
    for region in regions():
        for word in dict.fromkeys((region.name, region.place)):
            table.setdefault(word, []).append(region)
    for region in regions():
        if region.short:
            table.setdefault(region.short, []).append(region)
    bodies = {region.name: region for region in regions() if region.level == "body"}
    for name, others in aliases().items():
        for alias in others:
            table.setdefault(alias, []).append(bodies[name])
    return {word: tuple(found) for word, found in table.items()}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return how long the names are that begin with two characters, longest first."""
    lengths: dict[str, set[int]] = {}
    for name in _by_name():
        if len(name) > 1:
            lengths.setdefault(name[:2], set()).add(len(name))
    return {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}


@cache
def _by_code() -> dict[str, Region]:
    """Return the regions by code; a code in force wins over the same code before."""
    return {region.code: region for region in reversed(regions()) if region.code}


def by_code(code: str) -> Region | None:
    """Return the region of a GB/T 2260 code, in force or, if there is none, former."""
    return NATION if code == "000000" else _by_code().get(code)


def parent(region: Region) -> Region | None:
    """Return the region above; None of a province or of what spans provinces."""
    return _by_code().get(region.parent) if region.parent else None


def ancestors(region: Region) -> Iterator[Region]:
    """Yield the regions above, nearest first."""
    above = parent(region)
    while above is not None:
        yield above
        above = parent(above)


def within(region: Region, outer: Region) -> bool:
    """Tell whether a region is another one or lies in it."""
    return outer.level == "nation" or region == outer or outer in ancestors(region)


@lru_cache(maxsize=4096)
def find(name: str, *, inside: str = "", on: date | None = None) -> Region | None:
    """Return the place that is called so; None if there is none, or several equally likely.

    Args:
        name: full name, short name, alias, or a path of them (内蒙古呼和浩特市).
        inside: a place that it lies in or that lies in it; decides among namesakes.
        on: the day on which it existed; by default places in force come before former ones.
    """
    word = name.strip()
    if word in _NATION_WORDS:
        return NATION
    outer = find(inside, on=on) if inside and inside != name else None
    found = _choose(_by_name().get(word, ()), outer, on)
    if found is not None:
        return found
    first = leading(word, inside=inside, on=on)
    return first.region if first is not None and first.end == len(word) else None


def _choose(candidates: tuple[Region, ...], outer: Region | None, on: date | None) -> Region | None:
    """Choose among namesakes: near the outer place, in force, of the highest level."""
    if outer is not None:
        near = tuple(each for each in candidates if within(each, outer) or within(outer, each))
        if not near and outer.level != "nation":
            # a namesake in the same province is meant rather than one far away
            near = tuple(each for each in candidates if each.code[:2] == outer.code[:2] != "")
        candidates = near or candidates
    alive = tuple(each for each in candidates if each.in_force(on))
    candidates = alive or candidates
    if not candidates:
        return None
    best = RANK[candidates[0].level]
    highest = [each for each in candidates if RANK[each.level] == best]
    return highest[0] if len(highest) == 1 or not alive else None


def leading(text: str, start: int = 0, *, inside: str = "", on: date | None = None) -> Match | None:
    """Return the place that a text begins with, the longest match, followed down its path.

    内蒙古自治区呼和浩特市人民政府 begins with 呼和浩特市, 天津市武清区… with 武清区.
    """
    outer = find(inside, on=on) if inside else None
    at, found = start, None
    while True:
        step = _longest_at(text, at, found or outer, on, below=found)
        if step is None:
            break
        at, found = step
    return None if found is None else Match(start, at, found)


def _longest_at(
    text: str, at: int, outer: Region | None, on: date | None, *, below: Region | None
) -> tuple[int, Region] | None:
    """Return the end and the place of the longest name at an offset."""
    table = _by_name()
    for length in _lengths().get(text[at : at + 2], ()):
        candidates = table.get(text[at : at + length])
        if not candidates or at + length > len(text):
            continue
        if below is not None:
            candidates = tuple(each for each in candidates if each != below and within(each, below))
        chosen = _choose(candidates, outer, on)
        if chosen is not None and not _is_another(chosen, text, at, at + length):
            return at + length, chosen
    return None


def _is_another(region: Region, text: str, start: int, end: int) -> bool:
    """Tell whether a short name goes on as the full name of a place that is not listed.

    云溪县 is not 云溪区 of another city, and 朝阳区 without a city is not the prefecture 朝阳市.
    """
    if text[start:end] != region.short:
        return False
    if region.level == "province" and text.startswith("区", end):
        return False  # 广西区党委
    return _DIVISION.match(text, end) is not None


@cache
def _heads() -> tuple[re.Pattern[str], dict[str, tuple[int, ...]], frozenset[str]]:
    """Return first characters, first two characters with the lengths that follow, and all words.

    Words are the full names, and the short names of provinces and prefectures.  One alternation of
    three thousand names would try them one by one at every character.
    """
    words = frozenset(
        word
        for word, found in _by_name().items()
        if any(word in {each.name, each.place} or each.level != "county" for each in found)
        and len(word) >= 2
    )
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[:2], set()).add(len(word))
    first = re.compile(f"[{''.join(sorted({head[0] for head in lengths}))}]")
    longest_first = {head: tuple(sorted(all_, reverse=True)) for head, all_ in lengths.items()}
    return first, longest_first, words


def search(text: str, *, inside: str = "", on: date | None = None) -> Iterator[Match]:
    """Yield the places that a text names, left to right, longest first, each followed down its path.

    Short names of counties are too often common words; they count only after a name above them.
    """
    first, lengths, words = _heads()
    position = 0
    for hit in first.finditer(text):
        start = hit.start()
        after = lengths.get(text[start : start + 2])
        if after is None or start < position:
            continue
        size = next((each for each in after if text[start : start + each] in words), 0)
        if not size:
            continue
        found = leading(text, start, inside=inside, on=on)
        if found is not None and found.end >= start + size:
            yield found
            position = found.end
        else:
            position = start + size
