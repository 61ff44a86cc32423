"""What sentences hand on to the next: time, kind, owner and subject of a paragraph or an article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from indicators.documents import Article, Document
from indicators.extraction import dating, kinds, sentences, times, traits
from indicators.extraction.times import Time
from indicators.model import Kind

__all__ = ["State", "enter", "remember", "today"]

_YEAR = re.compile(r"((?:19|20)\d\d)年")
_PART = re.compile(r"季度|半年|月|进展|完成情况")
"""Words of a title that covers a part of the year of issue."""
_SAYS = re.compile(
    r"[^。；]{0,60}?(?:提出|指出|表示|介绍|说|透露|显示|明确|要求|获悉|了解到?|得知|称|强调|》|(?:根据|据|按)[^，。；]{2,30}|核算|测算|统计)[，,：:]"
)
"""Who says what follows."""
_ALSO = re.compile(r"\s*(?:同时|此外|另外|与此同时|还将|并将)")
_BY = re.compile(r"(?:到|至)20\d\d年[^\d]*$")
"""A sentence of an aim without a number."""
_LEAD = 200
_SHORT = 8
"""As long as a lead (意见规划，到2027年，…) may be, in characters."""
_COLONS = ("：", ":", "——")
_TO, _COMMAS = frozenset("到至"), frozenset("，,")
_ITEM = 120
"""An item of a list is not longer, in characters."""
_LIST = 1200
"""As far as a list item may stand from the one before, in characters."""
_CLAUSE = re.compile(r"[，,；;]")
_SUBJECT_UNTIL = re.compile(r"[一-鿿]{0,10}(?:到|至)")
"""A subject before the time that is to be reached (上海到2025年…)."""


@dataclass(slots=True)
class State:
    """What sentences hand on to the next."""

    paragraph: int = -1
    article: int = -1
    read: int = 0
    """Up to where the text was read."""
    owner: str = ""
    """Place that the paragraph speaks of."""
    topic: str = ""
    time: Time | None = None
    """Time that opened a clause earlier in the paragraph."""
    kind: Kind | None = None
    """Kind that a cue earlier in the paragraph (in news: in the article) gave."""
    counted: bool = False
    """Whether quantities stand earlier in the paragraph."""
    listed: bool = False
    """Whether the paragraph is an item of a list that a colon announced."""
    moods: dict[int, Kind] = field(default_factory=dict)


def today(document: Document, article: Article) -> date | None:
    """Return the day from which 今年 and 上年 count: of a bulletin the end of what it covers."""
    issued = article.issued_on or document.issued_on
    if issued is None or article.genre != "bulletin":
        return issued
    named = _YEAR.search(article.title)
    if named is None and _PART.search(article.title):
        return issued
    year = int(named.group(1)) if named else issued.year - (issued.month <= 6)
    return min(date(year, 12, 31), issued)


def enter(document: Document, article: Article, start: int, state: State) -> None:
    """Bring what sentences without quantities hand on up to ``start``."""
    paragraph = document.paragraph_at(start)[0]
    if article.start != state.article:
        state.article, state.kind, state.read = article.start, None, article.start
    passed = max(state.read, paragraph)
    if paragraph != state.paragraph:
        begin = _announced(document, article, state, paragraph)
        if begin == paragraph and not _joined(document, article, paragraph):
            state.time, state.counted = None, False
        passed = max(state.read, begin - _aimed(document, article, begin))
        state.paragraph, state.topic = paragraph, ""
        state.owner = article.place or document.place
        if article.genre != "news":
            state.kind = None
    if passed < start:
        issued = today(document, article)
        words = sentences.squeeze(document.words(passed, start))[0]
        for part in words.split("。"):
            if "年" in part or "五" in part or "月" in part:
                remember(times.find(part, issued), part, state, article, issued)
        state.topic = ""
        if article.genre == "news":
            for _, place in traits.owners(words, article):
                state.owner = place
    if article.genre == "news" and state.read < start:
        skipped = document.text[max(state.read, start - 1500) : start]
        state.kind = kinds.said(skipped) or state.kind
    elif passed < start:
        state.kind = kinds.said(document.text[max(passed, start - 600) : start]) or state.kind
    state.read = start


def _joined(document: Document, article: Article, paragraph: int) -> bool:
    """Tell whether a paragraph of news goes on with what the one before aims at (同时，…)."""
    return article.genre == "news" and _ALSO.match(document.text, paragraph) is not None


def _aimed(document: Document, article: Article, paragraph: int) -> int:
    """Return the length of the sentence before a paragraph of news, where it only says by when (到2030年，…)."""
    if article.genre != "news":
        return 0
    above = document.text[max(article.start, paragraph - _LEAD) : paragraph]
    last = above.rstrip()[:-1].rpartition("。")[2]
    return len(above) - above.rindex(last) if _BY.match(last) else 0


def _announced(document: Document, article: Article, state: State, paragraph: int) -> int:
    """Return where a list begins of which a paragraph is an item, the paragraph itself if of none.

    A list stands behind a colon; its items are short.
    """
    text = document.text
    begin = max(state.paragraph, article.start, paragraph - _LIST)
    above = [line.rstrip() for line in text[begin:paragraph].split("\n") if line.strip()]
    if above and above[-1].endswith(_COLONS):
        state.listed = True
        return document.paragraph_at(text.rindex(above[-1], begin, paragraph))[0]
    state.listed = state.listed and begin == state.paragraph and all(len(x) <= _ITEM for x in above)
    return begin if state.listed else paragraph


def remember(
    found: list[Time], text: str, state: State, article: Article, now: date | None
) -> None:
    """Keep a time that opens a clause, for the sentences that follow in the paragraph."""
    if not found:
        return
    if len(found) > 1 and "《" in text:
        found = [time for time in found if not _titled(text, time)]
    if len(found) > 1 and dating.opens(text, found[0]):
        found = [found[0], *(each for each in found[1:] if dating.opens(text, each))]
    if len(found) > 1:
        # Who says it on which day, then by when (…12月28日消息，…指出，到2025年，…).
        found = [each for each in found if _aims(text, each)] or found
    if len(found) != 1 or found[0].compared:
        return
    if state.counted and not _goes_on(found[0], text, state, article, now):
        return
    before = text[: found[0].start]
    opens = dating.opens(text, found[0])
    if (opens and _CLAUSE.search(before) is None) or (before and _opened(before, opens=opens)):
        state.time = found[0]


def _aims(text: str, time: Time) -> bool:
    """Tell whether a time is one that an aim opens with (到2025年，…)."""
    return text[time.start - 1 : time.start] in _TO and text[time.end : time.end + 1] in _COMMAS


def _goes_on(time: Time, text: str, state: State, article: Article, now: date | None) -> bool:
    """Tell whether a time in the middle of a paragraph holds for the sentences behind its own.

    A day of the year to come is that of its own task (6月底前完成…。新增…); another year follows on
    one that opened the paragraph, and in news, which say by when what is aimed at, on anything.
    """
    if now is not None and time.day < now:
        return True
    whole = (time.begin.month, time.day.month) == (1, 12) and text[time.end - 1] != "前"
    return whole and (state.time is not None or article.genre in {"news", ""})


def _titled(text: str, time: Time) -> bool:
    """Tell whether a time stands in the title of a document."""
    return text.rfind("《", 0, time.start) > text.rfind("》", 0, time.start)


def _opened(before: str, *, opens: bool) -> bool:
    """Tell whether only a speaker or a subject stands before a time."""
    if opens and len(before) <= _SHORT and before.endswith(("到", "至")):
        return True
    said = _SAYS.match(before)
    rest = before[said.end() :] if said else before
    if said and opens and _CLAUSE.search(rest) is None:
        return True
    return _SUBJECT_UNTIL.fullmatch(rest) is not None
