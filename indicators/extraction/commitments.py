"""From a document to its commitments: the order of the grammar.

One pass over the sentences that hold a trigger.  For each quantity: is it a statement, how does it
bind, what is it of, whose, of which kind, by when; and how sure is that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from indicators import units
from indicators.documents import Article, Document, Stretch
from indicators.extraction import (
    bounds,
    dating,
    kinds,
    names,
    phrases,
    screening,
    sentences,
    times,
    traits,
)
from indicators.extraction.quantities import TRIGGER
from indicators.extraction.sentences import Sentence
from indicators.extraction.times import Time
from indicators.model import Commitment, DateSource, Kind, digest_id

__all__ = ["extract"]

_RECENT = re.compile(r"目前|截至目前|现(?:已|有)|已")
_STANDING = re.compile(r"累计|在建")
"""What has been reached in sum or is being built, whatever the news before it says is planned."""
_UNTIL = re.compile(r"(?:截至|截止)(?:到)?(?:今年|目前)?$")
"""A day up to which something was counted lies in the past, whatever the day of issue says."""
_OF_VALUE = re.compile(r"的\d")
"""A time that dates the value behind it only (由2020年的310亿元增加到…)."""
_SPAN_AHEAD = re.compile(
    r"(?:今后|未来|接下来|下一个|再用)(?:的)?(?:[一二两三四五六七八九十\d]+(?:[至到—-][一二三四五六七八九十\d]+)?|几)年"
)
"""A length of time ahead, which names no day (今后五年)."""
_SUFFIX = re.compile(r"(?:自治[区州县]|[省市县区旗州])$")
_NAMED = re.compile(r"[“《]|远景|愿景|目标|规划|计划|中长期|版|届|度|级|代")


@dataclass(slots=True)
class _State:
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
    moods: dict[int, Kind] = field(default_factory=dict)


def extract(document: Document) -> list[Commitment]:
    """Return the commitments of a document in order of their place.

    Args:
        document: a document with its structure.

    Returns:
        One record a statement; ``sentence`` is ``text[sentence_start:…]`` verbatim, ``start`` and
        ``end`` stand around the number with its multiplier.
    """
    from indicators.extraction import tables

    gridded = tables.extract(document)
    covered = [(each.start, each.end) for each in gridded.spans]
    found = list(gridded.commitments)
    state = _State()
    for start, end in _triggered(document, covered):
        found.extend(_sentence(document, start, end, state))
    found.sort(key=lambda each: (each.start, each.end))
    return found


def _triggered(document: Document, covered: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences that may hold a quantity, outside of tables."""
    text = document.text
    position = 0
    blocked = 0
    while True:
        match = TRIGGER.search(text, position)
        if match is None:
            return
        while blocked < len(covered) and covered[blocked][1] <= match.start():
            blocked += 1
        if blocked < len(covered) and covered[blocked][0] <= match.start():
            position = covered[blocked][1]
            continue
        start, end = document.sentence_at(match.start())
        if end <= match.start():
            position = match.end()
            continue
        if blocked < len(covered) and covered[blocked][0] < end:
            end = max(covered[blocked][0], match.end())
        start = max(start, position)
        yield start, end
        position = end


def _sentence(document: Document, start: int, end: int, state: _State) -> Iterator[Commitment]:
    joined, offsets = document.joined(start, end)
    text, places = sentences.squeeze(joined)
    article = document.article_at(start)
    issued = article.issued_on or document.issued_on
    sentence = sentences.read(text, issued)
    if sentence is None:
        return
    _enter(document, article, start, state)
    sentence.topic = state.topic
    composed, groups = names.names(sentence)
    sentence.groups = groups
    state.topic = sentence.topic
    stretch = document.stretch_at(start)
    verbatim = document.text[start:end].rstrip()
    earlier: list[Commitment] = []
    named = traits.owners(text, article)
    for index, quantity in enumerate(sentence.quantities):
        name = composed[index]
        ahead = bounds.before(sentence.text[: sentence.quantities[groups[index][0]].start])
        behind = sentence.behind[index]
        head, _, size = groups[index]
        if size > 1 and not behind and not quantity.more:
            behind = sentence.behind[head + size - 1]
        verdict = screening.judge(sentence, index, name, article.genre)
        if verdict == 0.0:
            continue
        time = _governing(sentence, index)
        kind, sure = _kind(document, article, stretch, sentence, index, time, state)
        bound = bounds.decide(ahead, behind, more=quantity.more, ranged=quantity.high is not None)
        day, source = _date(document, article, stretch, sentence, index, time, kind, state)
        first, last = _span(offsets, places, quantity.start, quantity.end)
        if source == "" and kind == "target":
            sure *= 0.95
        part = traits.part_of(sentence, index, earlier)
        whole = next((each for each in earlier if each.commitment_id == part), None)
        place = whole.place if whole else state.owner
        if whole is None:
            for position, name_of_place in named:
                if position < quantity.start:
                    place = name_of_place
        label = name.text
        for owner in (place, _SUFFIX.sub("", place)):
            if len(owner) >= 3 and label.startswith(owner) and len(label) - len(owner) >= 2:
                label = phrases.without_lead(label.removeprefix(owner))
        base, dimension = units.base(quantity.low, quantity.unit, multiplied=True)
        commitment = Commitment(
            commitment_id=digest_id(document.digest, first, last),
            document=document.name,
            document_digest=document.digest,
            start=first,
            end=last,
            as_written=sentence.text[quantity.start : quantity.unit_end],
            sentence=verbatim,
            sentence_start=start,
            section=traits.section(document, first),
            location=document.page_at(first),
            magnitude=quantity.low,
            magnitude_high=quantity.high,
            unit=quantity.unit.symbol,
            base_magnitude=base,
            dimension=dimension,
            name=label,
            place=place,
            kind=kind,
            bound=bound,
            date=day,
            date_source=source,
            accumulation=traits.accumulation(label, quantity.unit, sentence, index, kind),
            part_of=part,
            distribution=traits.distribution(sentence, index),
            binding=traits.binding(sentence.text),
            offices=document.offices_at(first),
            confidence=screening.confidence(verdict * sure, name),
        )
        earlier.append(commitment)
        yield commitment
    state.read = end
    _remember(sentence.times, text, state)
    told = kinds.cue(sentence, len(sentence.quantities) - 1)
    if told:
        state.kind = told


def _enter(document: Document, article: Article, start: int, state: _State) -> None:
    """Bring what sentences without quantities hand on up to ``start``."""
    paragraph = document.paragraph_at(start)[0]
    if article.start != state.article:
        state.article, state.kind, state.read = article.start, None, article.start
    if paragraph != state.paragraph:
        state.paragraph, state.time, state.topic = paragraph, None, ""
        state.owner = article.place or document.place
        if article.genre != "news":
            state.kind = None
    passed = max(state.read, paragraph)
    issued = article.issued_on or document.issued_on
    if passed < start:
        words = sentences.squeeze(document.words(passed, start))[0]
        for part in words.split("。"):
            if "年" in part or "五" in part or "月" in part:
                _remember(times.find(part, issued), part, state)
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


def _remember(found: list[Time], text: str, state: _State) -> None:
    """Keep a time that opens a clause, for the sentences that follow in the paragraph."""
    if len(found) == 1 and not found[0].compared and dating.opens(text, found[0]):
        before = text[: found[0].start]
        if before.endswith(("到", "至")) or not re.search(r"[，,；;]", before):
            state.time = found[0]


def _kind(
    document: Document,
    article: Article,
    stretch: Stretch,
    sentence: Sentence,
    index: int,
    time: Time | None,
    state: _State,
) -> tuple[Kind, float]:
    """Return the kind and how sure it is."""
    if kinds.baseline(sentence, index):
        return "baseline", 1.0
    issued = article.issued_on or document.issued_on
    by_time = kinds.timed(time, issued, article.plan_start if article.genre == "plan" else None)
    said = kinds.cue(sentence, index)
    if by_time == "target" and time is not None and _UNTIL.search(sentence.text[: time.start]):
        by_time = "actual"
    if by_time == "actual" and time is not None and article.genre in {"news", ""}:
        between = sentence.text[time.end : sentence.quantities[index].start]
        if time.bare and kinds.said(between) == "target":
            return "target", 0.9
    start, end = sentence.clause(sentence.quantities[index].start)
    clause = sentence.text[start:end]
    standing = article.genre == "news" and by_time is None and _STANDING.search(clause)
    if standing and kinds.said(clause) is None:
        return "actual", 0.9
    if by_time is not None:
        return by_time, 1.0 if said in {None, by_time} else 0.9
    usual = kinds.default(article.genre, stretch) or _mood(document, article, stretch, state)
    if said is not None and (said == usual or article.genre in {"news", ""}):
        return said, 1.0
    if said is not None:
        return _weigh(sentence, index, said, usual, stretch)
    if article.genre in {"news", ""} and state.kind is not None:
        return state.kind, 0.9
    return usual, 1.0 if stretch.role else 0.93


def _mood(document: Document, article: Article, stretch: Stretch, state: _State) -> Kind:
    """Return the mood of the paragraph, else of the stretch, else what the genre expects."""
    start, end = document.paragraph_at(state.paragraph)
    key = -1 - start
    if key not in state.moods:
        told = kinds.mood(document.words(start, min(end, start + 3000)), article.genre)
        if told is None:
            if stretch.start not in state.moods:
                stop = min(traits.stretch_end(document, stretch), stretch.start + 6000)
                state.moods[stretch.start] = kinds.mood(
                    document.words(stretch.start, stop), article.genre
                ) or ("target" if article.genre in {"plan", "policy"} else "actual")
            told = state.moods[stretch.start]
        state.moods[key] = told
    return state.moods[key]


def _weigh(
    sentence: Sentence, index: int, said: Kind, usual: Kind, stretch: Stretch
) -> tuple[Kind, float]:
    """Decide between the clause and the stretch where they disagree."""
    start, end = sentence.clause(sentence.quantities[index].start)
    near = kinds.strong(sentence.text[start:end])
    if near is not None:
        return near, 0.9
    if stretch.role in {"targets", "tasks", "support"} and said == "actual":
        return usual, 0.85
    if stretch.role == "review":
        return usual, 0.9
    return said, 0.85


def _governing(sentence: Sentence, index: int) -> Time | None:
    """Return the time that governs a quantity: the last that opens a clause or is reached."""
    quantity = sentence.quantities[index]
    own = dating.respective(sentence, *sentence.groups[index])
    if own is not None:
        return own
    text = sentence.text
    start, end = sentence.clause(quantity.start)
    chosen: Time | None = None
    for time in sentence.times:
        if time.start >= quantity.start or time.compared:
            continue
        if time.start < start and _OF_VALUE.match(text, time.end):
            continue
        before, after = text[max(0, time.start - 2) : time.start], text[time.end : time.end + 1]
        if (
            dating.opens(text, time)
            or before.endswith(("到", "至", "由", "从", "争"))
            or (time.start >= start and after in {"的", "达", "，"})
            or text[time.end - 1 : time.end] in "底末前"
        ) or (chosen is None and time.start >= start and not _NAMED.match(text, time.end)):
            chosen = time
    if chosen is None:
        stop = text[sentence.tails[index] : end + 1]
        if stop.startswith(("（", "(")):
            for time in sentence.times:
                if 0 <= time.start - sentence.tails[index] <= 3:
                    return time
    return chosen


def _date(
    document: Document,
    article: Article,
    stretch: Stretch,
    sentence: Sentence,
    index: int,
    time: Time | None,
    kind: Kind,
    state: _State,
) -> tuple[date | None, DateSource]:
    """Return the day by which or for which, and where it was read."""
    issued = article.issued_on or document.issued_on
    if time is None and state.time is not None:
        time = state.time
    if kind == "target":
        if time is not None and (issued is None or time.day >= issued or article.genre == "plan"):
            return time.day, "stated"
        if stretch.until is not None and (issued is None or stretch.until >= issued):
            return stretch.until, "section"
        if article.plan_end is not None and article.genre in {"plan", "policy"}:
            return article.plan_end, "plan_period"
        if _SPAN_AHEAD.search(sentence.text, 0, sentence.quantities[index].start):
            return None, ""
        if article.genre == "report" and issued is not None:
            return date(issued.year, 12, 31), "document"
        if article.genre in {"news", ""} and (
            told := dating.reported(document, article, sentence, index, state.paragraph, state.read)
        ):
            return told, "plan_period"
        headed = dating.headed(document, article, state.paragraph)
        if headed is not None and (issued is None or headed >= issued):
            return headed, "section"
        return None, ""
    if time is not None and (issued is None or time.day <= issued or time.bare):
        if kind == "baseline" and time.begin.year < time.day.year:
            return dating.first_day(sentence.text, time), "stated"
        return time.day, "stated"
    if kind == "baseline":
        return None, ""
    if stretch.until is not None and (issued is None or stretch.until < issued):
        return stretch.until, "section"
    if article.genre in {"report", "bulletin"} and issued is not None and issued.month <= 4:
        return date(issued.year - 1, 12, 31), "document"
    start, end = sentence.clause(sentence.quantities[index].start)
    headed = dating.headed(document, article, state.paragraph)
    if headed is not None and (issued is None or headed < issued):
        return headed, "section"
    if issued is not None and _RECENT.search(sentence.text[start:end]):
        return issued, "document"
    return None, ""


def _span(offsets: object, places: object, start: int, end: int) -> tuple[int, int]:
    """Map a span of the squeezed sentence to the kept text."""
    if places is not None:
        start, end = places[start], places[end - 1] + 1  # type: ignore[index]
    return offsets[start], offsets[end - 1] + 1  # type: ignore[index]
