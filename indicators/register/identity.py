"""Which commitments state the same indicator, and which of those the same target (design 4).

Grouping happens inside one document only: across documents equality is a proposal for a person
(``likeness``).  The id of a group is made from its first commitment, so that neither the order in
which documents arrive nor a corrected name or place changes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.model import Bound, Commitment, DateSource, digest_id
from indicators.register.names import Synonyms, canonical, containments, key

__all__ = ["Group", "Joined", "group", "indicator_id", "join"]

_BOUND_RANK: Mapping[Bound, int] = {
    "equal": 0,
    "about": 1,
    "between": 2,
    "at_least": 3,
    "at_most": 3,
}
"""The stricter explicit bound wins; nothing said (``equal``) yields to anything said."""
_DATE_RANK: Mapping[DateSource, int] = {
    "stated": 4,
    "section": 3,
    "plan_period": 2,
    "document": 1,
    "": 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Commitments of one document that state one indicator."""

    indicator_id: str
    name: str
    """The longest of the names met, verbs of reaching apart."""
    place: str
    dimension: str
    distribution: str
    """Per whom (每部门); a quantity per department is another caliber than the whole."""
    commitments: tuple[Commitment, ...]
    """In the order of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Commitments that state one target: one value, one deadline."""

    commitments: tuple[Commitment, ...]
    bound: Bound
    deadline: date | None
    date_source: DateSource

    @property
    def first(self) -> Commitment:
        """The commitment whose id makes the target's."""
        return self.commitments[0]


def indicator_id(commitment_id: str) -> str:
    """Return the id of the indicator whose first commitment this is."""
    return digest_id("indicator", commitment_id)


def _order(commitment: Commitment) -> tuple[int, int, str]:
    return commitment.start, commitment.end, commitment.commitment_id


def _first(group: Group) -> tuple[str, int, int, str]:
    first = group.commitments[0]
    return first.document_digest, first.start, first.end, first.commitment_id


class _Sets:
    """Disjoint sets of names."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def find(self, name: str) -> str:
        root = name
        while (above := self._above.get(root, root)) != root:
            root = above
        while (above := self._above.get(name, name)) != root:
            self._above[name] = root
            name = above
        return root

    def join(self, one: str, other: str) -> None:
        left, right = self.find(one), self.find(other)
        if left != right:
            self._above[max(left, right)] = min(left, right)


def _statements(members: Iterable[Commitment]) -> set[tuple[object, ...]]:
    """Return what the commitments of a name state: containment needs one in common."""
    return {
        (each.kind, each.base_magnitude, each.magnitude_high, each.date, each.bound == "at_most")
        for each in members
    }


def _gather(named: Mapping[str, list[Commitment]]) -> Iterable[list[Commitment]]:
    """Unite names of one document, place and dimension.

    A name joins one that contains it when both state the same value for the same day.  A name
    that fits into two others, neither of which contains the other, joins none of them: to guess
    would unite the two others as well.
    """
    if len(named) == 1:
        return named.values()
    sets = _Sets()
    stated: dict[str, set[tuple[object, ...]]] = {}
    into: dict[str, list[str]] = defaultdict(list)
    for shorter, longer in containments(named):
        for each in (shorter, longer):
            if each not in stated:
                stated[each] = _statements(named[each])
        if stated[shorter] & stated[longer]:
            into[shorter].append(longer)
    if not into:
        return named.values()
    for shorter, longer_names in into.items():
        longest = max(longer_names, key=lambda name: (len(name), name))
        if all(name in longest for name in longer_names):
            sets.join(shorter, longest)
    united: dict[str, list[Commitment]] = defaultdict(list)
    for name, members in named.items():
        united[sets.find(name)] += members
    return united.values()


def group(
    commitments: Iterable[Commitment],
    synonyms: Synonyms | None = None,
    apart: Mapping[str, str] | None = None,
) -> list[Group]:
    """Group commitments into indicators, document by document.

    Args:
        commitments: any number, of any documents, in any order.
        synonyms: names that the office declared equal.
        apart: commitment_id → indicator_id that a person split it from.  What was split from one
            indicator stays together.

    Returns:
        Groups by document, then by first commitment.  Rejected commitments are in none.
    """
    synonyms, apart = synonyms or {}, apart or {}
    blocks: dict[tuple[str, ...], dict[str, list[Commitment]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for each in commitments:
        if each.review != "rejected":
            block = (each.document_digest, each.place, each.dimension, each.distribution)
            blocks[block][canonical(each.place, each.name, synonyms)].append(each)
    groups: list[Group] = []
    for named in blocks.values():
        for united in _gather(named):
            if len(united) == 1 and united[0].commitment_id not in apart:
                groups.append(_made(indicator_id(united[0].commitment_id), united, synonyms))
                continue
            members = sorted(united, key=_order)
            anchor = members[0].commitment_id
            staying = [each for each in members if each.commitment_id not in apart]
            leaving: dict[str, list[Commitment]] = defaultdict(list)
            for each in members:
                if each.commitment_id in apart:
                    leaving[apart[each.commitment_id]].append(each)
            if staying:
                groups.append(_made(indicator_id(anchor), staying, synonyms))
            for parted in leaving.values():
                first = parted[0].commitment_id
                groups.append(_made(digest_id("indicator", first, "apart"), parted, synonyms))
    return sorted(groups, key=_first)


def _made(identity: str, members: Sequence[Commitment], synonyms: Synonyms) -> Group:
    first = members[0]
    own = (
        members
        if not synonyms
        else [
            each
            for each in members
            if (each.place, key(each.name)) not in synonyms and ("", key(each.name)) not in synonyms
        ]
    )
    # A synonym is another name, never the name.  The longest as compared; of those that say the
    # same, the one without a verb before it.
    name = (
        first.name
        if len(members) == 1
        else max(
            (each.name for each in own or members), key=lambda each: (len(key(each)), -len(each))
        )
    )
    return Group(
        indicator_id=identity,
        name=name,
        place=first.place,
        dimension=first.dimension,
        distribution=first.distribution,
        commitments=tuple(members),
    )


def _compatible(one: Commitment, other: Commitment) -> bool:
    opposed = {one.bound, other.bound} == {"at_least", "at_most"}
    return not opposed and (one.bound == "between") == (other.bound == "between")


def join(commitments: Sequence[Commitment]) -> list[Joined]:
    """Join the target commitments of one indicator that state one target.

    Values and deadlines must be equal; a target without a deadline joins the one target of its
    value that has one, and stays by itself where there are several.

    Args:
        commitments: in order of precedence; the first of a target makes its id.

    Returns:
        Targets in order of their first commitment.
    """
    if len(commitments) == 1:
        return [_single(each) for each in commitments if each.kind == "target"]
    valued: dict[tuple[Decimal, Decimal | None, bool], list[Commitment]] = defaultdict(list)
    for each in commitments:
        if each.kind == "target" and each.review != "rejected":
            value = (each.base_magnitude, each.magnitude_high, each.bound == "at_most")
            valued[value].append(each)
    joined = []
    for members in valued.values():
        dated: dict[date | None, list[Commitment]] = defaultdict(list)
        for each in members:
            dated[each.date].append(each)
        days = [day for day in dated if day is not None]
        if len(days) == 1 and None in dated:
            undated = set(map(id, dated.pop(None)))
            dated[days[0]] = [
                each for each in members if each.date == days[0] or id(each) in undated
            ]
        for together in dated.values():
            joined += _parted(together)
    place = {each.commitment_id: index for index, each in enumerate(commitments)}
    return sorted(joined, key=lambda each: place[each.first.commitment_id])


def _single(commitment: Commitment) -> Joined:
    return Joined(
        commitments=(commitment,),
        bound=commitment.bound,
        deadline=commitment.date,
        date_source=commitment.date_source,
    )


def _parted(members: Sequence[Commitment]) -> list[Joined]:
    """Part ranges from single values; what is left is one target."""
    parts: list[list[Commitment]] = []
    for each in members:
        for part in parts:
            if _compatible(part[0], each):
                part.append(each)
                break
        else:
            parts.append([each])
    return [
        Joined(
            commitments=tuple(part),
            bound=max(part, key=lambda each: _BOUND_RANK[each.bound]).bound,
            deadline=best.date,
            date_source=best.date_source,
        )
        for part in parts
        for best in [max(part, key=lambda each: _DATE_RANK[each.date_source] if each.date else -1)]
    ]
