"""A document as the rooms behind see it: kept text, what it says of itself, and its structure.

All offsets are code points of ``Document.text``, the kept text; for .txt that is the decoded file,
unchanged.  Structure is found once, by offset: extraction asks ``section_at``, ``article_at``,
``sentence_at`` only where a number stands, so that a long text without numbers costs little.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from indicators.model import Genre

__all__ = ["Article", "Brackets", "Document", "Page", "Section"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The stretch of text under one heading, up to the next heading."""

    start: int
    """Where the heading begins."""
    end: int
    """One past the last character before the next heading of any level."""
    body: int
    """Where the text after the heading begins."""
    level: int
    """1 for the outermost heading."""
    number: str
    """As written: 一、 (二) 3. 专栏1; empty for a heading without one."""
    heading: str
    """Words of the heading, line breaks and number removed."""
    path: tuple[str, ...]
    """Headings from the outermost to this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text of a document; a plan is one article, a newspaper page holds several."""

    start: int
    end: int
    title: str
    genre: Genre
    place: str
    """Place of the issuer or of the dateline; empty where unknown."""
    issuer: str
    issued_on: date | None
    plan_start: date | None
    plan_end: date | None
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brackets:
    """Offices in one （责任单位：…） with the stretch of text, the task, that it closes."""

    start: int
    end: int
    task_start: int
    task_end: int
    offices: tuple[str, ...]
    """As named, in order, 各… groups kept whole, line breaks removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where a page or paragraph of a file that has them begins in the kept text."""

    start: int
    label: str
    """第3页, 第12段, 表2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source text with its structure."""

    name: str
    """File name, without folders."""
    digest: str
    """SHA-256 of the source file."""
    text: str
    title: str
    number: str
    issuer: str
    issued_on: date | None
    plan_start: date | None
    plan_end: date | None
    genre: Genre
    place: str
    articles: tuple[Article, ...]
    """In order; together they cover the text; never empty."""
    brackets: tuple[Brackets, ...] = ()
    everywhere: tuple[str, ...] = ()
    """Offices that apply to every task by a rule stated once (以下各项任务均涉及…)."""
    pages: tuple[Page, ...] = ()
    soft_breaks: bool = False
    """Whether lines are hard-wrapped, so that a line break need not end a sentence."""
    _article_starts: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def article_at(self, offset: int) -> Article:
        """Return the article that holds the character at ``offset``."""
        starts = self._article_starts or tuple(each.start for each in self.articles)
        return self.articles[max(0, bisect_right(starts, offset) - 1)]
