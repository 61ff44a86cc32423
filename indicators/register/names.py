"""Names of indicators: what makes two of them equal, and how alike two others are.

Everything here is near-linear in the number of names: containment is found by the first
characters of the shorter name, likeness only among names that share a rare pair of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

__all__ = ["Synonyms", "alike", "canonical", "containments", "key", "likenesses"]

Synonyms = Mapping[tuple[str, str], str]
"""(place or empty for all, name key) → key of the name that it stands for."""

_DROPPED = str.maketrans("", "", " \t\r\n\u3000“”\"'‘’《》〈〉「」『』")
_REACHING = re.compile(
    r"^(?:力争|确保|努力|预计|累计|可|能够|已)*"
    r"(?:支撑|承载|满足|突破|达到|实现|超过|累计)(?!性|率|量|度|力)(?=.{3})"
)
_RARE_PAIRS = 4
_CROWD = 16
"""A pair of characters that more names share than this says nothing of them."""
SHORTEST = 2
"""A name of one character is contained in everything."""


@lru_cache(maxsize=2**18)
def key(name: str) -> str:
    """Return the name as it is compared: one width and case, no quotes, spaces or verb of reaching.

    可支撑智算规模 and 突破关键核心技术攻关 say no more of the quantity than what follows the verb;
    verbs that count only what is new (新增, 引进, 改造) stay.
    """
    plain = unicodedata.normalize("NFKC", name).translate(_DROPPED).casefold()
    return _REACHING.sub("", plain)


def canonical(place: str, name: str, synonyms: Synonyms) -> str:
    """Return the key that a name stands for in a place, synonyms followed to their end."""
    found = key(name)
    if not synonyms:
        return found
    seen = {found}
    while True:
        meant = synonyms.get((place, found)) or synonyms.get(("", found))
        if meant is None or meant in seen:
            break
        seen.add(meant)
        found = meant
    return found


def containments(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (shorter, longer) for each name that stands inside another.

    A name is looked up by its first two characters at every position of the longer ones, and
    there by its length, so that the work grows with the total length and not with its square.
    """
    known = sorted({name for name in names if len(name) >= SHORTEST})
    members = set(known)
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in known:
        lengths[name[:SHORTEST]].add(len(name))
    for longer in known:
        seen = set()
        for start in range(len(longer) - 1):
            for length in lengths.get(longer[start : start + SHORTEST], ()):
                if length == len(longer) or start + length > len(longer):
                    continue
                shorter = longer[start : start + length]
                if shorter in members and shorter not in seen:
                    seen.add(shorter)
                    yield shorter, longer


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}


def alike(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 1: Dice's coefficient of their character pairs."""
    if one == other:
        return 1.0
    left, right = _pairs(one), _pairs(other)
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


def likenesses(names: Iterable[str], least: float) -> Iterator[tuple[str, str, float]]:
    """Yield (one, other, score) of names at least so alike, neither inside the other.

    Only names that share one of the rarest pairs of characters that they have in common with any
    other are compared.
    """
    known = sorted({name for name in names if len(name) > SHORTEST})
    pairs = {name: _pairs(name) for name in known}
    frequency = Counter(pair for each in pairs.values() for pair in each)
    sharing: dict[str, list[str]] = defaultdict(list)
    for name in known:
        shared = (pair for pair in pairs[name] if frequency[pair] > 1)
        rarest = sorted(shared, key=lambda pair: (frequency[pair], pair))[:_RARE_PAIRS]
        for pair in rarest:
            sharing[pair].append(name)
    size = {name: len(each) for name, each in pairs.items()}
    seen = set()
    for together in sharing.values():
        if not 1 < len(together) <= _CROWD:
            continue
        for index, one in enumerate(together):
            left, many = pairs[one], size[one]
            for other in together[index + 1 :]:
                few = size[other]
                # Even if the shorter were wholly in the longer they could not be alike enough.
                if 2 * min(few, many) < least * (many + few):
                    continue
                shared_pairs = len(left & pairs[other])
                if 2 * shared_pairs < least * (many + few) or (one, other) in seen:
                    continue
                seen.add((one, other))
                if one not in other and other not in one:
                    yield one, other, 2 * shared_pairs / (many + few)
