"""Proposals across documents and levels: the same, part of, contributes to; never decided here.

Each block of equal place and dimension is searched by name; a name that many documents use is
compared with the most authoritative of them only, so that the work stays near-linear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from indicators.bulk import collector_at_rest
from indicators.model import Genre, Relation, SourceDocument, digest_id
from indicators.register.identity import Group
from indicators.register.names import Synonyms, canonical, containments, likenesses

__all__ = ["authority", "propose", "relation_id"]

_GENRE_RANK: Mapping[Genre, int] = {
    "plan": 0,
    "policy": 1,
    "report": 2,
    "bulletin": 3,
    "news": 4,
    "": 5,
}
_RATIOS = frozenset({"proportion", "percentage_point", "multiple", "score"})
"""Dimensions that do not add up over places."""
LEAST_ALIKE = 0.7
LEAST_CONTAINED = 0.5
"""Share of the longer name that the shorter must cover when nothing else speaks for it."""

Sort = Literal["merged_into", "same_as", "part_of", "contributes_to", "split_from"]


def relation_id(sort: Sort, subject: str, object_: str) -> str:
    """Return the id of a relation; sameness has no direction, so neither has its id."""
    if sort == "same_as":
        subject, object_ = sorted((subject, object_))
    return digest_id(sort, subject, object_)


def authority(
    group: Group, documents: Mapping[str, SourceDocument]
) -> tuple[int, date, int, str, str]:
    """Return a sort key: plans before news, earlier before later, richer before poorer."""
    first = group.commitments[0]
    document = documents.get(first.document_digest)
    return (
        _GENRE_RANK[document.genre] if document else 9,
        (document.issued_on if document else None) or date.max,
        -len(group.commitments),
        first.document_digest,
        group.indicator_id,
    )


def _stated(group: Group) -> set[tuple[object, ...]]:
    return {
        (each.kind, each.base_magnitude, each.magnitude_high, each.date)
        for each in group.commitments
        if each.kind != "baseline"
    }


def _contradict(one: Group, other: Group) -> bool:
    """Tell whether both promise something for one day and nothing that they promise agrees."""
    left = {each.date: each.base_magnitude for each in one.commitments if each.kind == "target"}
    right = {each.date: each.base_magnitude for each in other.commitments if each.kind == "target"}
    shared = left.keys() & right.keys()
    return bool(shared) and all(left[day] != right[day] for day in shared)


class _Search:
    """One search for proposals among groups."""

    def __init__(
        self,
        groups: Iterable[Group],
        documents: Mapping[str, SourceDocument],
        parents: Mapping[str, str],
        synonyms: Synonyms,
    ) -> None:
        self._parents = parents
        self._documents = documents
        self.found: dict[str, Relation] = {}
        blocks: dict[tuple[str, str, str], dict[str, list[Group]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for each in groups:
            block = (each.place, each.dimension, each.distribution)
            blocks[block][canonical(each.place, each.name, synonyms)].append(each)
        self._blocks = {
            block: {
                name: sorted(members, key=lambda each: authority(each, documents))
                if len(members) > 1
                else members
                for name, members in named.items()
            }
            for block, named in blocks.items()
        }

    def _add(self, sort: Sort, subject: Group, object_: Group, score: float, reason: str) -> None:
        identity = relation_id(sort, subject.indicator_id, object_.indicator_id)
        known = self.found.get(identity)
        if known is None or known.score < score:
            self.found[identity] = Relation(
                relation_id=identity,
                sort=sort,
                subject=subject.indicator_id,
                object=object_.indicator_id,
                score=round(score, 3),
                reason=reason,
            )

    def _weight(self, group: Group) -> tuple[object, ...]:
        """Return a sort key: what other indicators should join comes first."""
        rank = authority(group, self._documents)
        # Within one document the place of which more is said; across documents the higher paper.
        return (rank[:2], -len(group.commitments), rank[3:])

    def equal_names(self) -> None:
        """Propose each further document's indicator of a name to be the first one's."""
        for named in self._blocks.values():
            for first, *others in named.values():
                for other in others:
                    if _stated(first) & _stated(other):
                        self._add("same_as", other, first, 1.0, "地区、名称、数值和期限相同")
                    elif _contradict(first, other):
                        self._add(
                            "same_as", other, first, 0.7, "地区、名称相同，同一期限的数值不同"
                        )
                    else:
                        self._add("same_as", other, first, 0.9, "地区、名称相同")

    def near_names(self) -> None:
        """Propose names that contain each other, or differ by little."""
        for named in self._blocks.values():
            nearest: dict[str, str] = {}
            for shorter, longer in containments(named):
                one, other = named[shorter][0], named[longer][0]
                ratio = len(shorter) / len(longer)
                if _stated(one) & _stated(other):
                    self._add("same_as", one, other, 0.55 + 0.4 * ratio, "名称相含，数值和期限相同")
                elif ratio >= LEAST_CONTAINED and len(shorter) > len(nearest.get(longer, "")):
                    nearest[longer] = shorter
            for longer, shorter in nearest.items():
                ratio = len(shorter) / len(longer)
                self._add(
                    "same_as",
                    named[longer][0],
                    named[shorter][0],
                    0.5 * ratio,
                    "名称相含，请核对口径",
                )
            for one_name, other_name, score in likenesses(named, LEAST_ALIKE):
                one, other = named[one_name][0], named[other_name][0]
                both = bool(_stated(one) & _stated(other))
                self._add(
                    "same_as",
                    other,
                    one,
                    0.6 * score + 0.3 * both,
                    "名称相近" + ("，数值和期限相同" if both else ""),
                )

    def levels(self) -> None:
        """Propose between a place and the place above it, where the name is the same."""
        for (place, dimension, distribution), named in self._blocks.items():
            above = self._blocks.get((self._parents.get(place, ""), dimension, distribution))
            if above is None:
                continue
            for name, members in named.items():
                if name not in above:
                    continue
                lower, upper = members[0], above[name][0]
                targets = [each for each in _stated(lower) & _stated(upper) if each[0] == "target"]
                if targets:
                    poorer, richer = sorted((lower, upper), key=self._weight, reverse=True)
                    self._add(
                        "same_as", poorer, richer, 0.8, "名称、目标值和期限相同，分列上下级地区"
                    )
                elif dimension not in _RATIOS and self._below(lower, upper):
                    self._add("contributes_to", lower, upper, 0.6, "上下级地区的同名指标")

    @staticmethod
    def _below(lower: Group, upper: Group) -> bool:
        left = {
            each.date: each.base_magnitude for each in lower.commitments if each.kind == "target"
        }
        right = {
            each.date: each.base_magnitude for each in upper.commitments if each.kind == "target"
        }
        return any(left[day] < right[day] for day in left.keys() & right.keys())

    def parts(self) -> None:
        """Propose what the text itself calls a part (其中) of another indicator."""
        owner = {
            each.commitment_id: group
            for named in self._blocks.values()
            for members in named.values()
            for group in members
            for each in group.commitments
        }
        for identity, group in owner.items():
            for each in group.commitments:
                whole = owner.get(each.part_of)
                if each.commitment_id == identity and whole and whole is not group:
                    self._add("part_of", group, whole, 0.95, "原文“其中”")


@collector_at_rest()
def propose(
    groups: Iterable[Group],
    documents: Mapping[str, SourceDocument],
    parents: Mapping[str, str] | None = None,
    synonyms: Synonyms | None = None,
) -> Sequence[Relation]:
    """Return every proposed relation among the groups, by id.

    Args:
        groups: indicators as their documents make them.
        documents: by digest; their genre and day decide which indicator the others join.
        parents: place → place above it.
        synonyms: names that the office declared equal.
    """
    search = _Search(groups, documents, parents or {}, synonyms or {})
    for step in (search.equal_names, search.near_names, search.levels, search.parts):
        step()
    return tuple(_ordered(search.found.values()))


def _ordered(relations: Iterable[Relation]) -> Iterator[Relation]:
    yield from sorted(relations, key=lambda each: each.relation_id)
