"""Heads that stand side by side before a list of numbers, each with what all of them share.

交通、水利、能源领域投资额分别达… is three names, 国家、省级专精特新企业 two, 存、贷款余额 two.
"""

from __future__ import annotations

import re

from indicators.extraction import phrases, words

__all__ = ["spread"]

_SPLIT = re.compile(r"、|以及|和|与|及")
_SPLIT_WIDE = re.compile(r"、|以及|与|及")
_PAIRS = (
    ("存贷款", ("存款", "贷款")),
    ("进出口", ("进口", "出口")),
    ("收支", ("收入", "支出")),
    ("城乡", ("城镇", "农村")),
    ("省市", ("省级", "市级")),
)
_SHORT_PAIRS = (
    (re.compile(r"(?<!留)存款?[、和]贷款"), "存款", "贷款"),
    (re.compile(r"城镇?[、和]乡村?(?=居民|常住)"), "城镇", "农村"),
    (re.compile(r"进口?[、和]出口(?!率)"), "进口", "出口"),
)
"""Pairs of which the first may be cut short, with the words that both share (存、贷款余额)."""
_ORDINAL = re.compile(r"第?[一二三四五六]")
_QUALIFIER = re.compile(
    r"第?[一二三四五六]次?(?:[类级产期线档])?|[ⅠⅡⅢⅣ]+类|国家级?|省部?级?|自治区级?|市级?|县级?|区级|州级|部级"
    r"|城镇|农村|城市|乡村|中央|地方|男性|女性|国内|国际|国外|境内|境外|省内|省外|公办|民办|公立|民营|国有|外资|普通|高速"
)
"""Qualifiers that stand side by side before what they share (国家、省级专精特新企业)."""


_SIGN = re.compile(r"[A-Za-z][A-Za-z\d.]*")
"""A name in Latin letters (PM2.5、PM10平均浓度)."""


def spread(base: str, size: int, before: str) -> list[str]:
    """Split the head of a list with 分别 into one name a number; empty where it cannot be.

    Args:
        base: noun phrase before 分别, without its word of change.
        size: how many numbers follow.
        before: the clause before, which may hold the heads.
    """
    for pattern, one, other in _SHORT_PAIRS:
        if size == 2 and (found := pattern.search(base)):
            head, tail = base[: found.start()], base[found.end() :]
            return [head + one + tail, head + other + tail]
    parts = base.split("、")
    for pattern in (_SPLIT_WIDE, _SPLIT):
        if len(parts) == size:
            return _shared_tail(parts)
        parts = pattern.split(base)
    if len(parts) == size:
        return _shared_tail(parts)
    for pair, both in _PAIRS:
        if size == len(both) and pair in base:
            return [base.replace(pair, each) for each in both]
    if len(parts) == 1 and before and not re.search(r"\d年", before):
        heads = _SPLIT.split(phrases.without_head(before))
        if len(heads) >= size:
            heads = heads[:size]
            match = words.tail("measures").match(heads[-1][::-1])
            if match:
                heads[-1] = heads[-1][: len(heads[-1]) - match.end()]
            return [head + base for head in heads]
    return []


def _shared_tail(parts: list[str]) -> list[str]:
    """Give every head the measure that only the last one states."""
    measures = words.tail("measures")
    last = parts[-1]
    own_qualifier = _QUALIFIER.match(last)
    if own_qualifier and all(_QUALIFIER.fullmatch(part) for part in parts[:-1]):
        end = len(parts[0]) if _ORDINAL.fullmatch(parts[0]) else own_qualifier.end()
        level = "级" if last[end - 1] == "级" and parts[0][-1] != "级" else ""
        return [part + level + last[end:] for part in parts[:-1]] + [last]
    match = measures.match(last[::-1])
    lead = measures.match(parts[0][::-1])
    if lead and len(parts[0]) > lead.end() and all(measures.fullmatch(p[::-1]) for p in parts[1:]):
        return [parts[0], *(parts[0][: -lead.end()] + part for part in parts[1:])]
    if match is not None and len(inner := last[: len(last) - match.end()]) > 1:
        own_measure = measures.match(inner[::-1])
        same = own_measure.group()[::-1] if own_measure else ""
        if same and all(part.endswith(same) for part in parts[:-1]):
            return [part + match.group()[::-1] for part in parts[:-1]] + [last]
    if match is None or any(measures.match(part[::-1]) for part in parts[:-1]):
        return parts
    own = len(last) - match.end()
    if own <= 0:
        return [parts[0], *parts[1:]]
    sign, signs = _SIGN.match(last), [_SIGN.fullmatch(part) for part in parts[:-1]]
    if sign and all(signs):
        own = sign.end()
    elif last[own - 1] != parts[0][-1:]:
        own = min(own, len(parts[0]))
    tail = last[own:]
    return [part + tail for part in parts[:-1]] + [last]
