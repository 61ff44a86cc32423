"""A document as the rooms behind see it: kept text, what it says of itself, and its structure.

All offsets are code points of ``Document.text``, the kept text; for .txt that is the decoded file,
unchanged.  Structure is found once, by offset: extraction asks ``section_at``, ``article_at``,
``sentence_at`` only where a number stands, so that a long text without numbers costs little.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from indicators.documents.sentence import Offsets, Sentences, join
from indicators.model import Genre

__all__ = [
    "Article",
    "Brackets",
    "Document",
    "Entry",
    "Offsets",
    "Page",
    "Role",
    "Section",
    "Stretch",
]

Role = Literal["", "review", "situation", "principles", "targets", "tasks", "support", "table"]
"""What a stretch of text does: 回顾, 形势与问题, 指导思想与原则, 目标, 任务, 保障措施, 专栏与表格."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the catalog: what a text does not say itself; it wins over what is read."""

    document: str
    """File name, without folders."""
    title: str = ""
    issuer: str = ""
    issued_on: date | None = None
    place: str = ""
    plan_start: date | None = None
    plan_end: date | None = None
    genre: Genre = ""


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
    role: Role = ""
    """What the section does, by its own heading or that of a section above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Text of one role that speaks of one time, as heading or opening words say.

    过去一年… opens a review of the year before, “2026年主要预期目标是：” targets of 2026.  A
    stretch may begin at any paragraph; stretches tile the text.
    """

    start: int
    role: Role = ""
    since: date | None = None
    """First day of the time spoken of, where the words tell it."""
    until: date | None = None
    """Last day of the time spoken of: the inherited deadline of targets and tasks."""
    words: str = ""
    """The words that opened it."""


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
    full: tuple[str, ...] = ()
    """The same offices, the level that only the first of a list names given to each (市, 自治区)."""
    lead: tuple[str, ...] = ()
    """Offices named as 牵头, of ``full``; empty where the text does not tell lead from support."""
    supporting: tuple[str, ...] = ()
    """Offices named as 配合, of ``full``."""
    until: date | None = None
    """Day that 完成时限 beside them states."""
    leader: str = ""
    """Whom 责任领导 beside them names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where a page or paragraph of a file that has them begins in the kept text."""

    start: int
    label: str
    """第3页, 第12段, 表2."""


_NOWHERE = Stretch(start=0)


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
    everywhere_from: int = 0
    """Where the task that states the rule begins; the rule holds from there on."""
    pages: tuple[Page, ...] = ()
    soft_breaks: bool = False
    """Whether lines are hard-wrapped, so that a line break need not end a sentence."""
    stretches: tuple[Stretch, ...] = ()
    """Roles and times in order of ``start``."""
    breaks: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    """Spans of the soft breaks: line ends, page numbers and indents inside a paragraph."""
    paragraphs: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    """Spans of the paragraphs, soft breaks inside; blank space between them left out."""
    _starts: dict[str, Sequence[int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _sentences: list[Sentences] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def sections(self) -> tuple[Section, ...]:
        """All sections of all articles, in order."""
        if len(self.articles) == 1:
            return self.articles[0].sections
        return tuple(section for article in self.articles for section in article.sections)

    def article_at(self, offset: int) -> Article:
        """Return the article that holds the character at ``offset``."""
        if len(self.articles) == 1:
            return self.articles[0]
        starts = self._index("articles", self.articles)
        return self.articles[max(0, bisect_right(starts, offset) - 1)]

    def section_at(self, offset: int) -> Section | None:
        """Return the innermost section that holds ``offset``; none before the first heading."""
        sections = self.article_at(offset).sections
        found = bisect_right(self._index(f"sections {id(sections)}", sections), offset) - 1
        return sections[found] if found >= 0 and offset < sections[found].end else None

    def stretch_at(self, offset: int) -> Stretch:
        """Return role and time of the text at ``offset``."""
        found = bisect_right(self._index("stretches", self.stretches), offset) - 1
        return self.stretches[found] if found >= 0 else _NOWHERE

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Return the span of the sentence that holds ``offset``, verbatim in the kept text.

        A sentence ends at 。！？ with the closing marks after them, and at the end of its
        paragraph; a longer one than 1000 characters is cut at a clause.
        """
        if not self._sentences:
            self._sentences.append(Sentences(self.text, self.paragraphs))
        return self._sentences[0].at(offset)

    def paragraph_at(self, offset: int) -> tuple[int, int]:
        """Return the span of the paragraph that holds ``offset`` or begins before it."""
        if not self.paragraphs:
            return (0, len(self.text))
        if "paragraphs" not in self._starts:
            self._starts["paragraphs"] = [start for start, _ in self.paragraphs]
        return self.paragraphs[max(0, bisect_right(self._starts["paragraphs"], offset) - 1)]

    def joined(self, start: int, end: int) -> tuple[str, Offsets]:
        """Return ``text[start:end]`` without its soft breaks, and where each character stood.

        ``offsets[i]`` is the offset in the kept text of character ``i`` of the joined text, and
        ``offsets[len(joined)]`` is one past the last; ``offsets.index(offset)`` goes the other way.
        """
        if "breaks" not in self._starts:
            self._starts["breaks"] = [first for first, _ in self.breaks]
        return join(self.text, start, end, self.breaks, self._starts["breaks"])

    def words(self, start: int, end: int) -> str:
        """Return ``text[start:end]`` without its soft breaks."""
        return self.joined(start, end)[0]

    def brackets_at(self, offset: int) -> Brackets | None:
        """Return the bracket of offices that closes the task around ``offset``."""
        if "brackets" not in self._starts:
            self._starts["brackets"] = [each.task_start for each in self.brackets]
        found = bisect_right(self._starts["brackets"], offset) - 1
        return self.brackets[found] if found >= 0 and offset < self.brackets[found].end else None

    def offices_at(self, offset: int) -> tuple[str, ...]:
        """Return the offices that answer for the text at ``offset``: named, then the general."""
        bracket = self.brackets_at(offset)
        if bracket is None:
            return ()
        named = bracket.full
        if bracket.task_start < self.everywhere_from:
            return named
        return named + tuple(each for each in self.everywhere if each not in named)

    def page_at(self, offset: int) -> str:
        """Return the label of the page or paragraph of the file, empty where it has none."""
        found = bisect_right(self._index("pages", self.pages), offset) - 1
        return self.pages[found].label if found >= 0 else ""

    def _index(
        self, name: str, items: Iterable[Article | Section | Stretch | Page]
    ) -> Sequence[int]:
        if name not in self._starts:
            self._starts[name] = [item.start for item in items]
        return self._starts[name]
