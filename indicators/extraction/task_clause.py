"""Qualitative commitments in sentences: dated milestones, relative goals, repeated acts.

A clause with a number of its own is left to the extraction of quantities.  Clauses are read in the
parts of a text that promise (goals, tasks, support), never in a review.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from indicators.documents import Document, Offsets, Stretch
from indicators.extraction import task_words, times
from indicators.extraction.sentences import squeeze
from indicators.model import DateSource

__all__ = ["Clause", "qualitative"]

Sort = Literal["milestone", "relative", "recurring"]
_PROMISING = frozenset({"targets", "tasks", "support", "principles", ""})
_SHORTEST = 6
_SOURCES: dict[bool, DateSource] = {True: "stated", False: "section"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A qualitative commitment; offsets of the kept text."""

    start: int
    end: int
    words: str
    """The clause without soft breaks and without the time it opens with."""
    sort: Sort
    deadline: date | None = None
    date_source: DateSource = ""
    frequency: str = ""
    reference: str = ""


def qualitative(document: Document) -> Iterator[Clause]:
    """Yield the qualitative commitments of a document in order."""
    if document.genre in {"bulletin", "news"}:
        return
    first = document.sections[0].start if document.sections else 0
    for start, end in document.paragraphs:
        stretch = document.stretch_at(start)
        if stretch.role not in _PROMISING:
            continue
        if not stretch.role and (document.genre == "report" or start < first):
            continue
        dated = stretch.role == "targets" and stretch.until is not None
        if not dated and not task_words.TRIGGER.search(document.text, start, end):
            continue
        yield from _paragraph(document, start, end)


def _paragraph(document: Document, start: int, end: int) -> Iterator[Clause]:
    """Read a paragraph sentence by sentence; a time that opens one holds for those behind it."""
    at = start
    issued = document.article_at(start).issued_on
    held: date | None = None
    while at < end:
        first, last = document.sentence_at(at)
        last = min(last, end)
        if last <= at:
            break
        section = document.section_at(first)
        begin = section.body if section is not None and first < section.body < last else first
        bracket = document.brackets_at(first)
        stop = bracket.start if bracket is not None and first <= bracket.start < last else last
        stretch = document.stretch_at(begin)
        inside = bracket is not None and bracket.start <= first < bracket.end
        if begin < stop and not inside and "\t" not in document.text[begin:stop]:
            words, offsets = document.joined(begin, stop)
            sentence = _Sentence(
                words, offsets, issued, held, stretch, plain=document.genre == "report"
            )
            yield from sentence.clauses()
            held = sentence.held
        at = last
        while at < end and document.text[at].isspace():
            at += 1


def _is_counted(clause: str) -> bool:
    """Tell whether a clause states a number of its own."""
    bare = task_words.TIMES.sub("", task_words.QUOTED.sub("", clause))
    return task_words.DIGIT.search(bare) is not None or task_words.COUNTED.search(bare) is not None


def _names(words: str, time: times.Time) -> bool:
    """Tell whether a time is part of a name: inside 《》, or the “十五五” of “十五五”重大项目."""
    if words.rfind("《", 0, time.start) > words.rfind("》", 0, time.start):
        return True
    return (
        words[time.end - 2 : time.end] == "五”"
        and words[time.end : time.end + 1] not in "末时期，,："
    )


class _Sentence:
    """One sentence in clauses."""

    def __init__(
        self,
        words: str,
        offsets: Offsets,
        issued: date | None,
        held: date | None,
        stretch: Stretch,
        *,
        plain: bool,
    ) -> None:
        words, self._places = squeeze(words)
        self._words = words
        self._offsets = offsets
        self._plain = plain
        self._stretch = stretch
        self._times = [
            each
            for each in times.find(words, issued)
            if not each.compared and not _names(words, each)
        ]
        opening = next((each for each in self._times if self._opens(each)), None)
        self._stated = opening.day if opening else None
        self.held = self._stated or held
        """The time that holds for the sentences behind this one."""
        self._last = -1
        """Where the last milestone began, whose subject a bare verb behind it takes (…，2026年建成投用)."""
        self._issued = issued

    def _opens(self, time: times.Time) -> bool:
        """Tell whether a time opens a clause and looks ahead."""
        before = self._words[: time.start].rstrip("到至在于力争—")
        return not before or before[-1] in "，,；;。：:— “"

    def clauses(self) -> Iterator[Clause]:
        """Yield what the sentence commits to."""
        deadline: date | None = None
        for start, end in self._segments():
            run: list[tuple[int, int]] = []
            parts = list(self._split(start, end))
            counted = any(_is_counted(self._words[one:two]) for one, two in parts)
            for begin, stop in parts:
                stated = [each for each in self._times if begin <= each.start < stop]
                if stated:
                    yield from self._milestone(run, deadline, counted=counted)
                    run = []
                    deadline = max(each.day for each in stated)
                    begin = self._behind(stated, begin, stop)  # noqa: PLW2901 - the time is no part of it
                clause = self._words[begin:stop]
                if found := self._recurring(clause, begin, stop, deadline):
                    yield found
                elif _is_counted(clause):
                    yield from self._milestone(run, deadline, counted=counted)
                    run = []
                elif match := task_words.REFERENCE.search(clause):
                    # 达到全国先进水平 alone has its subject in the clause before.
                    subject = run.pop() if run and match.start() < 2 else None
                    yield from self._milestone(run, deadline, counted=counted)
                    run = []
                    yield self._clause(
                        subject[0] if subject else begin,
                        stop,
                        "relative",
                        deadline,
                        reference=next(word for word in match.groups() if word),
                    )
                elif task_words.FILLED.search(clause):
                    run.append((begin, stop))
            yield from self._milestone(run, deadline, counted=counted)

    def _segments(self) -> Iterator[tuple[int, int]]:
        """Yield the parts of the sentence that semicolons part."""
        start = 0
        for mark in task_words.SEMICOLON.finditer(self._words):
            yield start, mark.start()
            start = mark.end()
        yield start, len(self._words)

    def _split(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the clauses; 并 before a verb of doing begins one of its own."""
        for match in task_words.CLAUSES.finditer(self._words, first, last):
            start = match.start()
            for mark in task_words.AND.finditer(self._words, match.start(), match.end()):
                yield start, mark.start()
                start = mark.start()
            yield start, match.end()

    def _behind(self, stated: list[times.Time], start: int, end: int) -> int:
        """Return where the words behind the times begin, if those open their clause."""
        after = start
        for time in stated:
            if task_words.LEADING.sub("", self._words[after : time.start]):
                break
            after = time.end
        while start < after < end and self._words[after] in "，, 底末前":
            after += 1
        return after

    def _recurring(self, clause: str, start: int, end: int, deadline: date | None) -> Clause | None:
        match = task_words.FREQUENCY.search(clause)
        if match is None:
            return None
        # 制定年度计划: the act stands before what is yearly.
        if not task_words.ACT.search(clause, 0 if match["yearly"] else match.end()):
            return None
        if task_words.DIGIT.search(task_words.QUOTED.sub("", clause)):
            return None
        unit = match["unit"] or match["by"]
        frequency = f"每{unit.rstrip('度')}" if unit else match.group()
        if match["yearly"]:
            frequency = "每年"
        return self._clause(start, end, "recurring", deadline, frequency=frequency)

    def _milestone(
        self, run: list[tuple[int, int]], deadline: date | None, *, counted: bool
    ) -> Iterator[Clause]:
        """Yield the clauses of a run as one milestone, where they say that something is reached.

        Beside a number 规模进一步提升 only introduces it; 建成平台 stands for itself.
        """
        if not run:
            return
        dated = self._stretch.role == "targets" and self._stretch.until is not None
        goal = dated or (self._stretch.role == "targets" and self.held is not None)
        if deadline is None and not goal:
            return
        start, end = run[0][0], run[-1][1]
        words = self._words[start:end]
        verbs = task_words.ACHIEVED if goal and not counted else task_words.CONCRETE
        if self._plain:
            verbs = task_words.DONE
        if task_words.RHETORIC.match(words) or not verbs.search(words):
            return
        if len(words) < _SHORTEST:
            if self._last < 0:
                return
            start = self._last
        self._last = start
        clause = self._clause(start, end, "milestone", deadline)
        if clause.deadline is not None and self._issued and clause.deadline < self._issued:
            return
        yield clause

    def _clause(
        self,
        start: int,
        end: int,
        sort: Sort,
        deadline: date | None,
        *,
        frequency: str = "",
        reference: str = "",
    ) -> Clause:
        while start < end and self._words[start] in "—- 　，,；;、并":
            start += 1
        if self._places is None:
            first, last = self._offsets.span(start, end)
        else:
            first = self._offsets[self._places[start]]
            last = self._offsets[self._places[end - 1]] + 1 if end > start else first
        day = deadline or self._stated
        stated = day is not None
        if day is None and self._stretch.role == "targets":
            day = self.held or self._stretch.until
        if sort == "recurring":
            day, stated = None, False
        return Clause(
            start=first,
            end=last,
            words=self._words[start:end].strip(),
            sort=sort,
            deadline=day,
            date_source=_SOURCES[stated] if day else "",
            frequency=frequency,
            reference=reference,
        )
