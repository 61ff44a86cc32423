"""What sorts of rows stand in and around a header: column numbers, tags, periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indicators.submissions.region import TYPED, Place
from indicators.submissions.values import normal
from indicators.submissions.words import is_note, unit_of_line

__all__ = ["chinese", "cover", "index_row", "period_like", "tag_row", "values_of", "why_skipped"]

_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*[+#][a-z0-9_]+)*", re.IGNORECASE)
_COUNTED = re.compile(r"[(（]?(\d{1,2})[)）]?(?:\s*=[\d\s+\-*/×÷()（）%]+)?")
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
        elif numbers:
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
        or named in "甲乙丙丁戊己"
        or named.upper() in "ABCDEFGH"
        or (len(words) == 1 and bool(_INDEX_WORDS.fullmatch(words[0])))
    )


def tag_row(places: Sequence[Place]) -> bool:
    """Tell whether a row holds the tags of the Humanitarian Exchange Language."""
    tags = sum(bool(_TAG.fullmatch(place.text)) for place in places)
    return tags >= 2 and tags * 2 >= len(places)


def chinese(places: Sequence[Place]) -> bool:
    """Tell whether Chinese stands in some cells."""
    return any("\u4e00" <= char <= "\u9fff" for place in places for char in place.text)


def why_skipped(places: Sequence[Place]) -> str:
    """Return why a row above or within a header is no part of it."""
    if not places:
        return "空行"
    if tag_row(places):
        return "标签行"
    if index_row(places):
        return "栏次行"
    text = places[0].text
    if any(unit_of_line(place.text) for place in places):
        return "单位说明"
    return "说明" if is_note(text) or len(places) > 1 or len(text) > 40 else "标题"
