"""Offices as texts name them: prefixes that a list says once, groups, aliases, proposals.

市科技局、工信局 means 市科技局 and 市工信局; 各镇街园区等 stays one group; 区数据局 exists in every
district, so an office is known by its place and its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indicators.model import Office

__all__ = ["expand", "is_group", "offices_of", "resolve"]

_LEVEL = re.compile(r"^(自治区|省|市(?!场)|区|县|旗|州|盟)(?=[^属级直辖内外])")
_BODY = re.compile(r"(局|委|厅|办|署|室|处|院|会|中心)$")
_PLACED = re.compile(r"^.{2,8}?(省|市|区|县|旗|州|盟|镇|乡|街道)")
_STEM = re.compile(r"(自治区|自治州|地区|省|市|区|县|旗|州|盟)$")
_GROUP = re.compile(r"^各|^有关|^相关|^全体|等$|各有关|各级")


def is_group(name: str) -> bool:
    """Tell whether the name stands for several bodies (各镇街园区等)."""
    return bool(_GROUP.search(name))


def _bare(name: str) -> str:
    return (
        name.strip().strip("、，,；;。").removesuffix("等") if not name.startswith("各") else name
    )


def expand(names: Iterable[str], place: str = "") -> list[tuple[str, str]]:
    """Return (office, as named) with the level that an earlier name of the list gave.

    A body without a level of its own (工信局) takes that of the name before it (市科技局); a name
    that holds a place (公安武清分局) or is no administrative body keeps its words.

    Args:
        names: offices of one list, in order.
        place: the place whose document names them.
    """
    level = ""
    stem = _STEM.sub("", place)
    expanded = []
    for each in names:
        name = _bare(each)
        if not name:
            continue
        found = _LEVEL.match(name)
        if found:
            level = found[1]
            expanded.append((name, each))
        elif (
            level
            and _BODY.search(name)
            and not _PLACED.match(name.removeprefix("市场"))
            and not (stem and stem in name)
            and not is_group(name)
        ):
            expanded.append((level + name, each))
        else:
            expanded.append((name, each))
    return expanded


def offices_of(place: str, lists: Iterable[Sequence[str]], known: Iterable[Office]) -> list[Office]:
    """Return the offices that lists of one place name, merged with those already known.

    Args:
        place: the place whose documents name them.
        lists: responsible offices, one list a task, in their order.
        known: offices of the ledger; their parents and aliases are kept.
    """
    offices = {each.office: each for each in known if each.place == place}
    owner = {alias: each.office for each in offices.values() for alias in each.aliases}
    for names in lists:
        for name, written in expand(names, place):
            if name in owner:
                continue
            before = offices.get(name)
            aliases = set(before.aliases if before else ())
            if written != name and written not in offices:
                aliases.add(written)
            offices[name] = Office(
                place=place,
                office=name,
                aliases=tuple(sorted(aliases)),
                parent=before.parent if before else "",
                sort=before.sort if before else "group" if is_group(name) else "office",
            )
    return [offices[name] for name in sorted(offices)]


def resolve(name: str, place: str, known: Iterable[Office]) -> Office | None:
    """Return the office of a place that a name or alias means."""
    for each in known:
        if each.place == place and (each.office == name or name in each.aliases):
            return each
    return None
