"""Stretches: which role and which time the text has, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.documents.line import Layout
from indicators.documents.model import Section, Stretch
from indicators.documents.plan_period import period_of_words
from indicators.documents.role import opening
from indicators.documents.sentence import join
from indicators.model import Genre

__all__ = ["find_stretches"]

_OPENING = 70
_ANNOUNCES = re.compile(r"(?:[：:]|工作。|任务。|以下[^。]{0,10}。|方面[^。]{0,10}。)\Z")
_CONTINUES = re.compile(r"(?:——|[一二三四五六七八九十]是|其中)")


def find_stretches(
    text: str,
    layout: Layout,
    sections: Sequence[Section],
    genre: Genre,
    year: int | None,
) -> list[Stretch]:
    """Return role and time of the text, one stretch after another.

    A heading gives its role and time to everything below it.  Opening words give theirs to their
    paragraph, and to the paragraphs up to the next heading where they announce a list (重点做好
    以下工作：).  The headings that follow such an announcement at a deeper level inherit it.

    Args:
        text: the kept text.
        layout: its paragraphs and soft breaks.
        sections: its sections.
        genre: genre of the document; a report may open with paragraphs of review without a heading.
        year: year of issue, for 今年 and 过去一年.
    """
    result: list[Stretch] = [Stretch(start=0)]
    starts = [start for start, _ in layout.breaks]
    levels: list[tuple[float, Stretch]] = []
    announced: Stretch | None = None
    upcoming = iter(sections)
    section = next(upcoming, None)
    current: Stretch = result[0]
    for start, end in layout.paragraphs:
        if section is not None and section.start <= start:
            if announced is not None and (not levels or section.level > levels[-1][0]):
                levels.append((section.level - 0.5, announced))
            announced = None
            while levels and levels[-1][0] >= section.level:
                levels.pop()
            above = levels[-1][1] if levels else Stretch(start=0)
            since, until = period_of_words(section.heading, year)
            current = Stretch(
                start=section.start,
                role=section.role or above.role,
                since=since if until else above.since,
                until=until or above.until,
                words=section.heading,
            )
            levels.append((section.level, current))
            _push(result, current)
            body = section.body
            section = next(upcoming, None)
            if body >= end:
                continue
            start = max(start, body)  # noqa: PLW2901 - what is behind a heading may open a stretch
        words = join(text, start, min(end, start + _OPENING), layout.breaks, starts)[0]
        opened = opening(words)
        if opened is None:
            base = announced or current
            if result[-1] is not base and not (result[-1].until and _CONTINUES.match(words)):
                _push(result, Stretch(start=start, role=base.role, since=base.since,
                                      until=base.until, words=base.words))  # fmt: skip
            continue
        role, said = opened
        since, until = period_of_words(said, year)
        base = announced or current
        if role == "review" and base.role not in {"", "review", "targets"}:
            continue
        stretch = Stretch(
            start=start,
            role=role,
            since=since if until else base.since,
            until=until or base.until,
            words=said,
        )
        _push(result, stretch)
        whole = end - start <= _OPENING
        if whole and _ANNOUNCES.search(words):
            announced = stretch
        elif genre == "report" and role in {"review", "tasks"} and current.role == "":
            announced = stretch
    return result


def _push(result: list[Stretch], stretch: Stretch) -> None:
    if result[-1].start == stretch.start:
        result[-1] = stretch
    else:
        result.append(stretch)
