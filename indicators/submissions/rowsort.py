"""What sorts of rows stand in and around a header: column numbers, tags, periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indicators import units
from indicators.submissions.region import TYPED, Place
from indicators.submissions.values import normal
from indicators.submissions.words import is_metadata, is_note, unit_of_line

__all__ = [
    "chinese",
    "counts_on",
    "cover",
    "index_row",
    "period_like",
    "tag_row",
    "values_of",
    "why_skipped",
]

_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*[+#][a-z0-9_]+)*", re.IGNORECASE)
_COUNTED = re.compile(r"[(（]?(\d{1,2})[)）]?(?:\s*=[\d\s+\-*/×÷()（）%]+)?")
_LONGEST_VALUE = 40
_LONGEST_TITLE = 40
"""Characters of a title; a Latin one has three times as many."""
_WHOLE_DAY = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?")
_AMOUNT = re.compile(
    r"(?:约|不超过|不少于|不低于|超过|近)?\d[\d,]*(?:\.\d+)?\s*((?!年|月|季|日|号|级|[%％]).*)"
)
_STEMS, _LETTERS = "甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WITH_UNIT = re.compile(r"(.{4,}?)\s*[（(][^（()）]*单位[^（()）]*[)）]")
_NUMBERED = re.compile(
    r"\s*附[表件图]\s*[:：]|\s*(?:附?[表图件]|附录|[Tt]able|[Aa]nnex|[Ff]igure)\s*[\d一二三四五六七八九十]"
)
_INDEX_WORDS = re.compile(r"栏次|行次|栏目|栏号|序号|编号")


def period_like(place: Place) -> bool:
    """Tell whether a typed cell may stand in a header: a year, or a day."""
    if place.code == "d":
        return True
    if place.code in ("n", "N"):
        text = normal(place.text)
        return bool(re.fullmatch(r"(?:18|19|20|21)\d{2}", text))
    return False


def values_of(places: Sequence[Place]) -> list[Place]:
    """Return the cells that hold a value and not a word."""
    return [place for place in places if place.code in TYPED]


def cover(places: Sequence[Place]) -> int:
    """Return how many columns some cells cover."""
    return sum(place.width for place in places)


def index_row(places: Sequence[Place]) -> bool:
    """Tell whether a row only counts the columns: 甲 | 乙 | 1 | 2 | 3, or 1 | 2 | 3=1+2."""
    words, numbers = [], []
    for place in places:
        text = normal(place.text)
        counted = _COUNTED.fullmatch(text)
        if counted:
            numbers.append(int(counted[1]))
        elif numbers and not _INDEX_WORDS.fullmatch(text.strip("()（）")):
            return False
        else:
            words.append(text.strip("()（）"))
    counts = (
        # 甲 | 乙 | 1 | 2 says itself what it is; 产值 | 1 | 2 is data.
        len(numbers) >= (2 if len(words) > 1 else 3)
        and numbers[0] == 1
        and all(later == earlier + 1 for earlier, later in pairwise(numbers))
    )
    if not counts:
        return False
    named = "".join(words)
    return (
        not words
        or named in _STEMS
        or named.upper() in _LETTERS
        or all(map(_INDEX_WORDS.fullmatch, words))
    )


def says_amount(text: str) -> bool:
    """Tell whether a word is a quantity (3000万, 24个月) and no heading.

    2026年, 3月 and 1-3月 head columns, and so may 10亿元以上 beside other such classes.
    """
    if len(text) > _LONGEST_VALUE:
        return False
    amount = _AMOUNT.fullmatch(normal(text))
    return amount is not None and (
        amount[1] in units.MULTIPLIERS or (amount[1] != "" and units.lookup(amount[1]) is not None)
    )


def says_value(text: str) -> bool:
    """Tell whether a word is a quantity or a day (2017.03.02)."""
    if len(text) > _LONGEST_VALUE:
        return False
    return _WHOLE_DAY.fullmatch(normal(text)) is not None or says_amount(text)


def counts_on(places: Sequence[Place], following: Sequence[Place]) -> bool:
    """Tell whether a row that seems to count columns is data: 乙 | 4 | 5 goes on with 甲 | 1 | 2."""
    if not places or not following or places[0].code != "t" or following[0].code != "t":
        return False
    for stems in (_STEMS, _LETTERS):
        here, there = (normal(each[0].text).upper() for each in (places, following))
        if here in stems and there in stems and places[0].left == following[0].left:
            return len([each for each in places if each.code == "t"]) == 1
    return False


def tag_row(places: Sequence[Place]) -> bool:
    """Tell whether a row holds the tags of the Humanitarian Exchange Language."""
    tags = sum(bool(_TAG.fullmatch(place.text)) for place in places)
    return tags >= 2 and tags * 2 >= len(places)


def chinese(places: Sequence[Place]) -> bool:
    """Tell whether Chinese stands in some cells."""
    return any("\u4e00" <= char <= "\u9fff" for place in places for char in place.text)


def entitled(text: str) -> bool:
    """Tell whether a text is a title with its unit in brackets: 财务指标（单位：亿元）."""
    found = _WITH_UNIT.fullmatch(text.strip())
    return found is not None and not is_metadata(found[1])


def why_skipped(places: Sequence[Place]) -> str:
    """Return why a row above or within a header is no part of it."""
    if not places:
        return "空行"
    if tag_row(places):
        return "标签行"
    if index_row(places):
        return "栏次行"
    text = places[0].text
    if any(unit_of_line(place.text) and not entitled(place.text) for place in places):
        return "单位说明"
    longest = _LONGEST_TITLE if chinese(places) else 3 * _LONGEST_TITLE
    labelled = is_metadata(text) and not _NUMBERED.match(text) and not entitled(text)
    if is_note(text) or labelled or len(places) > 1 or len(text) > longest:
        return "说明"
    return "标题"
