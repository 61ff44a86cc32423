"""From a document to its commitments: the order of the grammar.

One pass over the sentences that hold a trigger.  For each quantity: is it a statement, how does it
bind, what is it of, whose, of which kind, by when; and how sure is that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from indicators import units
from indicators.documents import Document
from indicators.extraction import (
    bounds,
    carried,
    deadlines,
    deciding,
    kinds,
    names,
    phrases,
    screening,
    sentences,
    traits,
)
from indicators.extraction.carried import State
from indicators.extraction.deciding import Scene
from indicators.extraction.quantities import TRIGGER
from indicators.model import Commitment, DateSource, Kind, digest_id

__all__ = ["extract"]

_HEADLINE = 60
"""A headline is not longer, in characters."""
_APART = re.compile(
    r"(?:(?<=[一-鿿”》）])|(?<=[\d万亿][P%％])|(?<=[\d万亿]MW)|(?<=FLOPS))[ \u3000](?=[一-鿿“《])"
)
"""The blank that parts the halves of a headline, as a comma does in a sentence."""
_MARKED = re.compile(r"[，,；;。：:]")
_PIECE = 6
"""Blanks part the clauses of a line without marks, where what stands between is that long on average."""
_RUN_IN = re.compile(r"(?<=^[一-鿿]{2})[ \u3000](?=年末|全年|全市|全县|全区|\d)")
"""The blank behind a heading that runs into its text (人口 年末全县…)."""
_REACHED = re.compile(r"(?:达到?|突破|超过?|提高到|提升至|增至|保持在|控制在|不低于|不少于)$")
_BESIDE = 10
"""A change of what was just stated stands no farther from it, in characters."""
_SUBJECT = 16
"""A heading that names what its text is of is not longer, in characters."""
_ROLE = re.compile(r"目标|任务|工作|安排|措施|回顾|要求|保障|思路|举措|^$")
"""Headings that tell what a text does, not of what it is."""
_SUFFIX = re.compile(r"(?:自治[区州县]|[省市县区旗州])$")


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
    state = State()
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


def _unmarked(text: str) -> bool:
    """Tell whether blanks part the clauses of a line, for it has no marks."""
    if " " not in text or _MARKED.search(text):
        return False
    return len(text) >= _PIECE * (len(_APART.findall(text)) + 1)


def _sentence(document: Document, start: int, end: int, state: State) -> Iterator[Commitment]:
    joined, offsets = document.joined(start, end)
    article = document.article_at(start)
    headline = article.genre == "news" and len(joined) <= _HEADLINE and "。" not in joined
    if headline or _unmarked(joined):
        joined = _APART.sub("，", joined)
    elif article.genre == "bulletin":
        joined = _RUN_IN.sub("：", joined)
    text, places = sentences.squeeze(joined)
    now = carried.today(document, article)
    sentence = sentences.read(text, now)
    if sentence is None:
        return
    carried.enter(document, article, start, state)
    sentence.topic = state.topic
    composed, groups = names.names(sentence)
    sentence.groups = groups
    state.topic = sentence.topic
    scene = Scene(document, article, document.stretch_at(start), now, state)
    verbatim = document.text[start:end].rstrip()
    earlier: list[tuple[int, Commitment]] = []
    named = traits.owners(text, article)
    last: tuple[int, Commitment] | None = None
    meant: Kind | None = None
    began: tuple[date | None, DateSource] = (None, "")
    for index, quantity in enumerate(sentence.quantities):
        name = composed[index]
        if not name.text:
            name = _headed(document, start, name)
        ahead = bounds.before(sentence.text[: sentence.quantities[groups[index][0]].start])
        behind = sentence.behind[index]
        head, _, size = groups[index]
        if size > 1 and not behind and not quantity.more:
            behind = sentence.behind[head + size - 1]
        verdict = screening.judge(sentence, index, name, article.genre)
        if verdict == 0.0:
            continue
        time = deadlines.governing(sentence, index)
        kind, sure = deciding.kind(scene, sentence, index, time)
        sentence.begun.setdefault(sentence.part(quantity.start), kind)
        follows = _follows(name, quantity.start, last, kind)
        kind = "target" if follows else kind
        bound = bounds.decide(ahead, behind, more=quantity.more, ranged=quantity.high is not None)
        day, source = deadlines.day_of(scene, sentence, index, time, kind)
        if follows and last is not None and day is None:
            day, source = last[1].date, last[1].date_source
        if kind == "baseline":
            day, source = (day, source) if day else began
            began = (day, source)
        first, stop = _span(offsets, places, quantity.start, quantity.end)
        sure *= screening.footing(
            article.genre, kind, dated=day is not None, source=source, role=scene.stretch.role
        )
        part = traits.part_of(sentence, index, earlier)
        whole = next((each for _, each in earlier if each.commitment_id == part), None)
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
            commitment_id=digest_id(document.digest, first, stop),
            document=document.name,
            document_digest=document.digest,
            start=first,
            end=stop,
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
        earlier.append((quantity.start, commitment))
        last, meant = (sentence.tails[index], commitment), kind
        yield commitment
    state.read = end
    carried.remember(sentence.times, text, state, article, now)
    state.counted = True
    told = kinds.cue(sentence, len(sentence.quantities) - 1)
    told = "target" if told and meant == "target" else told
    if told is None and article.genre == "news" and meant != "baseline":
        # A period tells of what the paragraph speaks, a day only when one thing happened.
        spans = any(each.begin != each.day and not each.compared for each in sentence.times)
        told = meant if spans else None
    if told and not (told == "target" and article.genre == "news" and "预计" in text):
        state.kind = told


def _follows(name: names.Name, start: int, last: tuple[int, Commitment] | None, kind: Kind) -> bool:
    """Tell whether a change that reads as done is that of a goal just stated (3207亿元，同比增长19.4%)."""
    if last is None or kind != "actual" or name.shape != "topic" or not name.change:
        return False
    tail, before = last
    return before.kind == "target" and start - tail <= _BESIDE


def _headed(document: Document, start: int, name: names.Name) -> names.Name:
    """Take the heading as the subject of a goal that states none (标准机架 / 到2027年达到8万架)."""
    section = document.section_at(start)
    heading = section.heading if section and _REACHED.search(name.left) else ""
    plain = phrases.left_of(heading).core if 2 <= len(heading) <= _SUBJECT else ""
    return replace(name, text=plain, shape="before") if _ROLE.search(plain) is None else name


def _span(offsets: object, places: object, start: int, end: int) -> tuple[int, int]:
    """Map a span of the squeezed sentence to the kept text."""
    if places is not None:
        start, end = places[start], places[end - 1] + 1  # type: ignore[index]
    return offsets[start], offsets[end - 1] + 1  # type: ignore[index]
