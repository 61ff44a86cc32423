"""One indicator over levels: contributions that a plan asks of the places below by name.

支持甲市重点打造A、B大模型，乙市重点打造C大模型 under a target of 行业大模型 names two contributors.
The clause must begin with a place below, go on with a verb of making, and end with the last words
of the indicator's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from indicators.model import Indicator, Relation, Task, digest_id
from indicators.register.likeness import relation_id
from indicators.register.names import key

__all__ = ["Contribution", "contributions"]

_CLAUSE = re.compile(
    r"(?:^|[，,；;。：:\s])(?:支持|引导|推动|鼓励|指导|由)?"
    r"(?P<place>[\u4e00-\u9fff]{1,12}?(?:自治州|地区|盟|市|州|区|县|旗))"
    r"(?:重点|积极|加快|率先|着力|大力)?"
    r"(?:打造|建设|培育|发展|开发|形成|建成|实施|推进|新增)"
    r"(?P<what>[^，,；;。：:]{2,60})"
)
SHORTEST_ENDING = 3
"""Characters that the clause and the indicator's name must share at their ends."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """A place below that is named as contributing to an indicator."""

    indicator: Indicator
    relation: Relation


def _ending(name: str, what: str) -> bool:
    """Tell whether a clause ends as the name does, by at least three characters."""
    left, right = key(name), key(what)
    return len(left) >= SHORTEST_ENDING and right.endswith(left[-SHORTEST_ENDING:])


def contributions(
    tasks: Iterable[Task],
    indicators: Iterable[Indicator],
    below: Callable[[str, str], str],
) -> Iterator[Contribution]:
    """Yield the contributions that tasks name, each as an indicator of its place and a relation.

    Args:
        tasks: tasks of one document, with their text.
        indicators: indicators of the same document.
        below: (name met, place of the document) → the place meant, empty if it is not below.
    """
    by_place: dict[str, list[Indicator]] = {}
    for each in indicators:
        if each.dimension == "count" and not each.retired:
            by_place.setdefault(each.place, []).append(each)
    known: Mapping[tuple[str, str], Indicator] = {
        (each.place, key(each.name)): each for each in indicators
    }
    for task in tasks:
        for upper in by_place.get(task.place, ()):
            for found in _CLAUSE.finditer(task.text):
                if not _ending(upper.name, found["what"]):
                    continue
                place = below(found["place"], task.place)
                if not place or place == task.place:
                    continue
                lower = known.get((place, key(upper.name))) or Indicator(
                    indicator_id=digest_id("contribution", upper.indicator_id, place),
                    name=upper.name,
                    place=place,
                    unit=upper.unit,
                    dimension=upper.dimension,
                    caliber=upper.caliber,
                    sort=upper.sort,
                )
                yield Contribution(
                    lower,
                    Relation(
                        relation_id=relation_id(
                            "contributes_to", lower.indicator_id, upper.indicator_id
                        ),
                        sort="contributes_to",
                        subject=lower.indicator_id,
                        object=upper.indicator_id,
                        score=0.9,
                        reason=found.group().strip("，,；;。：: \n"),
                    ),
                )
