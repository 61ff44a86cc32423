"""From kept text to ``Document``: everything that a text says of itself and how it is built.

Each part has its own room: lines and paragraphs (``line``), headings (``heading``), their roles
(``role``), the head (``masthead``), articles of a page (``article``), offices (``office``), times
(``plan_period``).  Every pass is linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from indicators.documents.article import dateline_place, find_articles, is_newspaper, paper
from indicators.documents.bracket import find_brackets
from indicators.documents.heading import Nested, headings, nest
from indicators.documents.line import Layout, lay_out
from indicators.documents.masthead import (
    Masthead,
    genre_of_title,
    place_of_body,
    read_masthead,
)
from indicators.documents.model import Article, Document, Entry, Page, Section
from indicators.documents.plan_period import period_of_title
from indicators.documents.stretch import find_stretches
from indicators.model import Genre

__all__ = ["parse_text"]

_CONTENTS = re.compile(r"^\s*目\s*录\s*$", re.MULTILINE)


def parse_text(
    text: str, *, name: str, digest: str, entry: Entry | None = None, pages: Iterable[Page] = ()
) -> Document:
    """Find the structure of a kept text.

    Args:
        text: the kept text; all offsets are code points of it.
        name: file name, without folders; the genre never comes from it.
        digest: SHA-256 of the source file.
        entry: the line of the catalog for this document; what it states wins over what is read.
        pages: where pages or paragraphs of the file begin.
    """
    entry = entry or Entry(document=name)
    layout = lay_out(text)
    contents = _CONTENTS.search(text, 0, 4000) if text.find("录", 0, 4000) >= 0 else None
    nested = nest(headings(layout), contents.start() if contents else None)
    head = read_masthead(text, layout.paragraphs, nested[0].heading.start if nested else None)
    title = entry.title or head.title
    issuer = entry.issuer or head.issuer
    genre = entry.genre or genre_of_title(entry.title or head.inner or head.title, issuer)
    if not genre and is_newspaper(text, layout.paragraphs):
        genre = "news"
    if not genre and any(text.startswith("各位代表", start) for start, _ in layout.paragraphs):
        genre = "report"
    issued_on = entry.issued_on or head.issued_on
    if genre == "news":
        name_of_paper, day_of_paper = paper(text, layout.paragraphs)
        issuer = entry.issuer or name_of_paper or head.issuer
        issued_on = entry.issued_on or day_of_paper or head.issued_on
    plan_start, plan_end = _plan_period(entry, head, genre)
    place = entry.place or place_of_body(issuer) or ("" if issuer else place_of_body(head.inner))
    sections = _sections(text, nested)
    whole = Article(
        start=0,
        end=len(text),
        title=entry.title or head.inner or head.title,
        genre=genre,
        place=place,
        issuer=issuer,
        issued_on=issued_on,
        plan_start=plan_start,
        plan_end=plan_end,
        sections=sections,
    )
    articles = _articles(text, layout, whole, titled=bool(entry.title))
    brackets, everywhere, everywhere_from = find_brackets(text, layout, sections)
    year = (
        issued_on.year
        if issued_on
        else (plan_start.year if plan_start and genre == "report" else None)
    )
    return Document(
        name=name,
        digest=digest,
        text=text,
        title=title or (articles[0].title if genre == "news" else ""),
        number=head.number,
        issuer=issuer,
        issued_on=issued_on,
        plan_start=plan_start,
        plan_end=plan_end,
        genre=genre,
        place=place,
        articles=articles,
        brackets=brackets,
        everywhere=everywhere,
        everywhere_from=everywhere_from,
        pages=tuple(pages),
        soft_breaks=layout.wrapped,
        stretches=tuple(find_stretches(layout, sections, genre, year, whole.title)),
        breaks=tuple(layout.breaks),
        paragraphs=tuple(layout.paragraphs),
    )


def _plan_period(entry: Entry, head: Masthead, genre: Genre) -> tuple[date | None, date | None]:
    """Return the plan period: the catalog's, else the title's; a report or news has none."""
    if entry.plan_start or entry.plan_end:
        return entry.plan_start, entry.plan_end
    if genre in {"report", "news", "bulletin"}:
        return None, None
    for title in (head.inner, entry.title, head.title):
        start, end = period_of_title(title)
        if end:
            return start, end
    return None, None


def _sections(text: str, nested: Sequence[Nested]) -> tuple[Section, ...]:
    ends = [each.heading.start for each in nested[1:]] + [len(text)] * bool(nested)
    return tuple(
        Section(
            start=each.heading.start,
            end=end,
            body=min(each.heading.body, end),
            level=each.level,
            number=each.heading.number,
            heading=each.heading.words,
            path=each.path,
            role=each.role,
        )
        for each, end in zip(nested, ends, strict=True)
    )


def _articles(text: str, layout: Layout, whole: Article, *, titled: bool) -> tuple[Article, ...]:
    """Return the articles; a plan is one, a newspaper page holds several.

    Args:
        text: the kept text.
        layout: its paragraphs.
        whole: the document as one article.
        titled: whether the catalog names one title for all of it.
    """
    found = find_articles(text, layout.paragraphs) if whole.genre == "news" else []
    if not found or (titled and len(found) == 1):
        return (whole,)
    starts = [0, *(each.start for each in found[1:])]
    section_starts = [section.start for section in whole.sections]
    return tuple(
        replace(
            whole,
            start=start,
            end=end,
            title=each.title,
            place=dateline_place(text, each) or whole.place,
            sections=whole.sections[
                bisect_left(section_starts, start) : bisect_left(section_starts, end)
            ],
        )
        for each, start, end in zip(found, starts, [*starts[1:], len(text)], strict=True)
    )
