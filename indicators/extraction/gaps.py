"""What stands between the quantities of a sentence: whose words end where, which numbers are a list."""

from __future__ import annotations

import re

from indicators.extraction import phrases, words
from indicators.extraction.sentences import Sentence

__all__ = ["lists", "part"]

_SEPARATOR = re.compile(r"、|以及|和|及|与|并")
_CLOSED = re.compile(r"[）)]")
_PHRASE_END = re.compile(r"[，,；;：:。！？!?\t|…•—](?:(?<!—)|—)")
_ACTS = re.compile(
    r"贡献|实现|完成|达到|拥有|带动|吸引|占(?!比)|创造|提供|新增|入驻|服务|覆盖|产生|获得"
)
_THING = re.compile(r"(?:企业|单位|公司|项目|园区|平台|基地|学校|医院|机构|农户|村|乡镇|社区)$")
_CLOSERS = ("）", ")")
_LINK = frozenset({"、", "和", "与", "及", "以及"})


def part(sentence: Sentence, text: str) -> tuple[list[str], list[str], list[phrases.Left]]:
    """Split what stands between quantities into the end of one phrase and the start of the next.

    Args:
        sentence: the sentence.
        text: its words, conjunctions of proper names veiled.

    Returns:
        The words before each quantity, those after it, and the former cleaned.
    """
    lefts: list[str] = []
    rights: list[str] = []
    cleaned: list[phrases.Left] = []
    previous_tail = -1
    for index, quantity in enumerate(sentence.quantities):
        start, _ = sentence.clause(quantity.start)
        opened = text.rfind("（", start, quantity.start)
        opened = max(opened, text.rfind("(", start, quantity.start))
        if opened >= 0 and _CLOSED.search(text, opened, quantity.start) is None:
            start = opened + 1
        closed = text.startswith(_CLOSERS, previous_tail) and previous_tail > start
        opened = max(text.rfind("（", 0, previous_tail), text.rfind("(", 0, previous_tail))
        if closed and opened >= start and index > 0:
            rights[-1] = ""
            before = sentence.tails[index - 2] if index > 1 else 0
            left = text[max(start, before) : opened] + text[previous_tail + 1 : quantity.start]
        elif previous_tail > start:
            gap = text[previous_tail : quantity.start]
            counted = sentence.quantities[index - 1].unit.dimension.startswith("count")
            rights[-1], left = _cut(gap, bare=not cleaned[-1].core, counted=counted)
        else:
            left = text[start : quantity.start]
        lefts.append(left)
        cleaned.append(phrases.left_of(left))
        previous_tail = sentence.tails[index]
        end = _PHRASE_END.search(text, previous_tail)
        rights.append(text[previous_tail : end.start() if end else len(text)])
    return lefts, rights, cleaned


def _cut(gap: str, *, bare: bool, counted: bool) -> tuple[str, str]:
    """Part the words between two numbers of a clause: ``红色观影、`` belongs to the first.

    Args:
        gap: words between the numbers.
        bare: whether the first number has no name before it.
        counted: whether it counts things, which are named behind it (园区10户规上企业实现…).
    """
    gap = gap.rstrip("*＊")
    if not gap or gap[0] in "、和及与并且；，/":
        return "", gap.lstrip("、和及与并且；，/")
    if gap[-1] in "、和及与":
        return gap[:-1], ""
    first = gap.find("、")
    if first >= 0:
        return gap[:first], gap[first + 1 :]
    last = None
    for match in _SEPARATOR.finditer(gap):
        last = match
    if last is not None:
        return gap[: last.start()], gap[last.end() :]
    if gap[0] == "的":
        return gap, ""
    if bare:
        verb = _ACTS.search(gap, 2)
        if verb:
            return gap[: verb.start()], gap[verb.start() :]
        return phrases.thing(gap), gap
    if counted and (verb := _ACTS.search(gap, 2)) and _THING.search(gap, 0, verb.start()):
        return gap[: verb.start()], gap[verb.start() :]
    return "", gap


def lists(sentence: Sentence, lefts: list[str], rights: list[str]) -> list[tuple[int, int, int]]:
    """Find lists of bare numbers (分别达1409万、1305万): head index, place in the list, length."""
    count = len(lefts)
    result = [(index, 0, 1) for index in range(count)]
    index = 0
    while index < count:
        stop = index + 1
        while stop < count and not rights[stop - 1] and _member(sentence, index, stop, lefts):
            stop += 1
        if stop - index > 1:
            for each in range(index, stop):
                result[each] = (index, each - index, stop - index)
        index = stop
    return result


def _member(sentence: Sentence, head: int, index: int, lefts: list[str]) -> bool:
    """Tell whether a number goes on with a list, bare or, under 分别, with a change of its own."""
    if not lefts[index]:
        return _near(sentence, index)
    gap = sentence.text[sentence.tails[index - 1] : sentence.quantities[index].start]
    if "分别" not in lefts[head] or gap[:1] not in _LINK or len(gap) > 8:
        return False
    return words.head("change_up", "change_down").fullmatch(lefts[index]) is not None


def _near(sentence: Sentence, index: int) -> bool:
    between = sentence.text[sentence.tails[index - 1] : sentence.quantities[index].start]
    return between in _LINK
