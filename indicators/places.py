"""Regions by name and code, and the bodies (新区, 集群, 园区) inside them.

``regions.csv`` has the provinces, prefectures and counties with their GB/T 2260 codes, those that
were renamed or dissolved since 2006 with the date; ``bodies.csv`` what has no code.  A name that
several places share (朝阳区) is found only where the text around it says which.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final, Literal

from indicators import reference
from indicators.errors import ConfigurationError

__all__ = [
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

Level = Literal["nation", "province", "prefecture", "county", "body"]
_RANK: Final = {"nation": 0, "province": 1, "prefecture": 2, "county": 3, "body": 4}
_NATION_WORDS: Final = frozenset({"全国", "中国", "国家", "中华人民共和国"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region, or a body with a parent region."""

    name: str
    """武清区, 和林格尔数据中心集群."""
    place: str
    """The name that no other place in force shares: 武清区, but 长春市朝阳区."""
    code: str
    """GB/T 2260, six digits; empty for a body."""
    short: str
    """武清; empty where the short name is a common word or a single character."""
    level: Level
    parent: str
    """Code of the region above; empty for a province and for what spans provinces."""
    valid_from: str
    """Year or month of its first day, as far as known; empty if before 2001."""
    valid_to: str
    """Year or month in which it ceased; empty while in force."""
    sort: str = ""
    """Of a body: 新区, 集群, 园区, 枢纽, 区域."""

    def in_force(self, day: date | None) -> bool:
        """Tell whether it existed on a day; None means now."""
        if day is None:
            return not self.valid_to
        written = day.isoformat()
        since = not self.valid_from or written[: len(self.valid_from)] >= self.valid_from
        return since and (not self.valid_to or written[: len(self.valid_to)] <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Match:
    """A place found in a text."""

    start: int
    end: int
    region: Region


NATION: Final = Region(
    name="全国", place="全国", code="000000", short="", level="nation",
    parent="", valid_from="", valid_to="",
)  # fmt: skip


@cache
def regions() -> tuple[Region, ...]:
    """Return every region and body, those in force first, higher levels first.

    Raises:
        ConfigurationError: a reference file is missing or a line of it is wrong.
    """
    rows = [(row, "") for row in _rows("regions.csv")]
    names: dict[str, int] = {}
    for row, _ in rows:
        names[row["name"]] = names.get(row["name"], 0) + (not row["valid_to"])
    above = {row["code"]: row["name"] for row, _ in rows if not row["valid_to"]}
    built = [
        Region(
            name=row["name"],
            place=row["name"]
            if names[row["name"]] <= 1 or not row["parent"]
            else above.get(row["parent"], "") + row["name"],
            code=row["code"],
            short=row["short"],
            level=_level(row["level"]),
            parent=row["parent"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
        )
        for row, _ in rows
    ]
    built += [
        Region(
            name=row["name"], place=row["name"], code="", short="", level="body",
            parent=row["parent"], valid_from="", valid_to="", sort=row["sort"],
        )
        for row in _rows("bodies.csv")
    ]  # fmt: skip
    return tuple(sorted(built, key=lambda each: (bool(each.valid_to), _RANK[each.level])))


def _rows(name: str) -> list[dict[str, str]]:
    """Read a reference file."""
    place = reference.path(name)
    try:
        with place.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, strict=True))
    except (OSError, UnicodeError, csv.Error) as error:
        raise ConfigurationError(
            f"地区表读不出来（{error}）", place=str(place), action="请恢复该文件"
        ) from error
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values() or not row.get("name"):
            raise ConfigurationError(
                "列数与表头不符或名称为空", place=f"{place}:{number}", action="请按表头补齐该行"
            )
    return rows


def _level(word: str) -> Level:
    """Return the level that a line names."""
    for level in ("province", "prefecture", "county"):
        if word == level:
            return level
    raise ConfigurationError(
        f"“{word}”不是级别", place="regions.csv", action="写 province、prefecture 或 county"
    )


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
    for row in _rows("bodies.csv"):
        for alias in filter(None, row["aliases"].split("|")):
            table.setdefault(alias, []).append(bodies[row["name"]])
    return {word: tuple(found) for word, found in table.items()}


@cache
def _longest() -> int:
    """Return the length of the longest name."""
    return max(map(len, _by_name()))


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
    best = _RANK[candidates[0].level]
    highest = [each for each in candidates if _RANK[each.level] == best]
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
    for length in range(min(_longest(), len(text) - at), 1, -1):
        candidates = table.get(text[at : at + length])
        if not candidates:
            continue
        if below is not None:
            candidates = tuple(each for each in candidates if each != below and within(each, below))
        chosen = _choose(candidates, outer, on)
        if chosen is not None:
            return at + length, chosen
    return None


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of full names and of the short names of provinces and prefectures."""
    words = {
        word
        for word, found in _by_name().items()
        if any(word in {each.name, each.place} or each.level != "county" for each in found)
        and len(word) >= 2
    }
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))))


def search(text: str, *, inside: str = "", on: date | None = None) -> Iterator[Match]:
    """Yield the places that a text names, left to right, longest first, each followed down its path.

    Short names of counties are too often common words; they count only after a name above them.
    """
    position = 0
    while (hit := _pattern().search(text, position)) is not None:
        found = leading(text, hit.start(), inside=inside, on=on)
        if found is not None and found.end >= hit.end():
            yield found
            position = found.end
        else:
            position = hit.end()
