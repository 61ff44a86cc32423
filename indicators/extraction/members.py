"""Names of the members of a list of numbers that share one head (分别达…, 分别增长…)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indicators.extraction import phrases, shared
from indicators.extraction.sentences import Sentence

__all__ = ["Name", "alike", "each", "listed", "moved", "of_goal"]

_OCCUPIES = re.compile(r"占比|占地(?!区)")
_GAP_LIST = re.compile(
    r"(?:高于|低于|快于|慢于|高出|领先)(?=全[国省市部]|规模以上|同期|东部|中部|西部)"
)
"""A gap to several references (分别高于全省、全国0.2、3.1个百分点)."""


@dataclass(frozen=True, slots=True)
class Name:
    """A composed name with what its making tells of its worth."""

    text: str
    shape: str
    """left, right, share, change, topic, list, verb or none."""
    left: str
    """Words of the clause before the number, after the number before it."""
    right: str
    verb: str
    """Word of making or reaching that was dropped or kept."""
    change: str
    """Word of change, or empty."""


def listed(
    sentence: Sentence,
    head: int,
    left: phrases.Left,
    member: int,
    size: int,
    result: list[Name],
) -> Name | None:
    """Name one member of a list of numbers that shares one head phrase."""
    base = left.core[: len(left.core) - len(left.change)] if left.change else left.core
    start, _ = sentence.clause(sentence.quantities[head].start)
    before = ""
    if start > 1:
        begin, end = sentence.clause(start - 2)
        before = sentence.text[begin:end]
    gap = _GAP_LIST.match(base) if head else None
    heads = shared.spread(base[gap.end() :] if gap else base, size, before)
    if gap and (not heads or not gap.string[gap.end() :].startswith(heads[0])) and head >= size:
        of = result[head - size + member].text
        return Name(of + gap.string, "list", left.core, "", left.verb, "")
    if not heads:
        return None
    if gap:
        heads = [result[head - 1].text + gap.group() + one for one in heads]
    return Name(heads[member] + left.change, "list", left.core, "", left.verb, left.change)


def each(
    sentence: Sentence, left: phrases.Left, result: list[Name], head: int, member: int, size: int
) -> Name | None:
    """Give the members of 分别增长8.5%和11.2% the subjects named before, one each."""
    shared_part = left.core.startswith("占") and _OCCUPIES.match(left.core) is None
    gives = left.core.endswith("贡献率")
    shared_part = shared_part or gives
    if left.core != left.change and not shared_part:
        return None
    if not left.core:
        earlier = result[head - size : head] if head >= size else []
        if len(earlier) < size:
            return None
        if any(one.shape != "list" for one in earlier) and not _paired(sentence, head, size):
            return None
        return Name(phrases.subject(earlier[member].text), "list", "", "", "", "")
    before = [one for one in result[:head] if not one.change]
    if len(before) < size:
        return None
    start, _ = sentence.clause(sentence.quantities[head].start)
    begin, _ = sentence.clause(start - 2)
    if start > 1 and sentence.quantities[head - 1].start < begin:
        return None
    of = before[member - size].text
    if gives:
        of = of.partition("占")[0] + "对"
    return Name(of + left.core, "list", "", "", "", left.change)


def of_goal(goal: str, result: list[Name], head: int, member: int, size: int) -> Name | None:
    """Name the shares of goals behind as many quantities, one each (分别是年度任务的106%、226%)."""
    if not goal or head < size:
        return None
    return Name(result[head - size + member].text + goal, "list", "", "", "", "")


def moved(moves: bool, result: list[Name], head: int, member: int, size: int) -> Name | None:
    """Name the last values of as many moves (分别由21%和19%上升为46%和38%) as the first ones."""
    if not moves or head < size:
        return None
    return replace(result[head - size + member], shape="list")


def _paired(sentence: Sentence, head: int, size: int) -> bool:
    """Tell whether a list repeats the units of the numbers before it, one by one, under 分别."""
    found = sentence.quantities
    if "分别" not in sentence.text[sentence.tails[head - 1] : found[head].start]:
        return False
    pairs = zip(found[head - size : head], found[head : head + size], strict=True)
    return all(one.unit.symbol == other.unit.symbol for one, other in pairs)


def alike(left: phrases.Left, member: int, result: list[Name]) -> Name | None:
    """Give the later members of a list that cannot be split the name of the first."""
    if not member or not left.core:
        return None
    return replace(result[-1], shape="list")
