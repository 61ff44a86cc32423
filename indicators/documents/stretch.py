"""Stretches: which role and which time the text has, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from indicators.documents.line import Layout
from indicators.documents.model import Role, Section, Stretch
from indicators.documents.plan_period import period_of_words
from indicators.documents.role import opening
from indicators.model import Genre

__all__ = ["find_stretches"]

_YEAR = re.compile(r"20\d\d年")
_PART_OF_YEAR = re.compile(r"上半年|半年度|前三季度|[一二三四]季度|1\s?[-—–~至]\s?\d{1,2}月")
"""The part of its year that a bulletin covers (一季度全市经济运行情况)."""
_ALSO_PLANS = re.compile(r"打算|安排|谋划|计划|思路|部署|要点")
"""What else the title of a report of work done names (2024年工作总结和2025年工作安排)."""
_OPENING = 70
_ANNOUNCES = re.compile(
    r"(?:[：:]|[二三四五六七八九十]大(?:体系|工程|行动|目标|任务|举措|领域)。|工作。|任务。|以下[^。]{0,10}。|方面[^。]{0,10}。)\Z"
)
_ADDRESSED = ("各位", "同志们")
_ADDRESS = re.compile(r"\A(?:各位(?:代表|委员|同志)|同志们)[！!，,：:]\s*")
_BEFORE_REVIEW = frozenset({"", "review", "targets"})
_PAST = frozenset({"review", "situation", "table"})
_PARTS = frozenset({"review", "tasks", "situation"})
_AHEAD = re.compile(r"今年|力争|预期目标|新的一年")
_TOLD = 300
"""As much of a paragraph as is asked for its tense, in characters."""
_TOLD_OF = re.compile(
    r"已(?!有之)|[成现到立得造育增长高降升少达]了|同比|比上年|较上年|截至|累计完成|取得|荣获|获评|增长\d|下降\d"
)
"""Words that tell what was done."""
_ORDERED = re.compile(
    r"将(?!军|近)|计划|力争|确保|要(?![求素])|拟|推进|实施|推动|加快|预期|目标|争取|抓好|大力|深入|坚持|继续"
)
"""Words that tell what is to be done."""
_CONTINUES = re.compile(r"(?:——|[一二三四五六七八九十]是|其中)")


def find_stretches(
    layout: Layout,
    sections: Sequence[Section],
    genre: Genre,
    year: int | None,
    title: str = "",
) -> list[Stretch]:
    """Return role and time of the text, one stretch after another.

    A heading gives its role and time to everything below it.  Opening words give theirs to their
    paragraph, and to the paragraphs up to the next heading where they announce a list (重点做好
    以下工作：).  The headings that follow such an announcement at a deeper level inherit it.

    Args:
        layout: paragraphs and soft breaks of the text.
        sections: its sections.
        genre: genre of the document; a report may open with paragraphs of review without a heading.
        year: year of issue, for 今年 and 过去一年.
        title: title of the document; that of a bulletin names its period.
    """
    reader = _Reader(layout, _base(genre, year, title), genre, year)
    upcoming = iter(sections)
    section = next(upcoming, None)
    for begin, end in layout.paragraphs:
        start = begin
        if section is not None and section.start <= start:
            reader.enter(section)
            start = max(start, section.body)
            section = next(upcoming, None)
            if start >= end:
                continue
        reader.read(start, end)
    if genre != "report" or reader.result[0].role:
        return reader.result
    return _led(reader.result, sections, layout.text, year)


def _base(genre: Genre, year: int | None, title: str) -> Stretch:
    """Return what a text speaks of before it says so.

    A bulletin speaks of the period in its title, else of the year before its issue; a report whose
    title names a part of a year (半年度工作总结) speaks of that, and one that only sums up the work
    of a year (2024年工作总结) tells what was done.
    """
    if genre not in {"bulletin", "report"}:
        return Stretch(start=0)
    since, until = period_of_words(title, year)
    part = _PART_OF_YEAR.search(title)
    if part is not None and year is not None:
        named = _YEAR.search(title)
        words = "上半年" if part.group() == "半年度" else part.group()
        since, until = period_of_words(f"{named.group() if named else f'{year}年'}{words}", year)
    if genre == "report":
        told: Role = "review" if "总结" in title else ""
        if part is not None and until:
            return Stretch(start=0, role=told, since=since, until=until)
        if not told or _ALSO_PLANS.search(title):
            return Stretch(start=0)
        if _YEAR.search(title) is None:
            return Stretch(start=0, role=told)
        return Stretch(start=0, role=told, since=since, until=until)
    if until is None:
        since, until = period_of_words("上年", year)
    return Stretch(start=0, role="review", since=since, until=until)


def _led(
    result: list[Stretch], sections: Sequence[Section], text: str, year: int | None
) -> list[Stretch]:
    """Give the first paragraphs of a report their role where what follows tells it.

    A work report begins with the past: what stands before its first words of review, before its
    difficulties, or before its second part is review; so is an excerpt that never speaks of the
    year to come.
    """
    first = next((each for each in result if each.role), None)
    if first is None:
        if _AHEAD.search(text, 0, 50_000):
            return result
        words, begin = "", len(text)
    else:
        top = next((each for each in sections if each.level == 1), None)
        second = top is not None and top.start == first.start and top.number.startswith("二")
        if not (second or first.role in {"review", "situation"}):
            return result
        words, begin = (first.words if first.role == "review" else ""), first.start
    since, until = period_of_words("上年", year)
    if result[0].until:
        since, until = result[0].since, result[0].until
    if first is not None and first.role == "review" and first.until:
        since, until = first.since, first.until
    return [
        replace(each, role="review", since=since, until=until, words=words)
        if each.start < begin
        else each
        for each in result
    ]


class _Reader:
    """Walks through headings and paragraphs and notes where role or time changes."""

    def __init__(self, layout: Layout, base: Stretch, genre: Genre, year: int | None) -> None:
        self.result: list[Stretch] = [base]
        self._base = base
        self._layout = layout
        self._genre = genre
        self._year = year
        self._above: list[tuple[float, Stretch]] = []
        self._current = self.result[0]
        self._announced: Stretch | None = None
        self._aims: Stretch | None = None

    def enter(self, section: Section) -> None:
        """Begin a section: its heading's role and time, else those of what stands above."""
        above = self._above
        if self._announced is not None and (not above or section.level > above[-1][0]):
            above.append((section.level - 0.5, self._announced))
        self._announced = None
        if above and above[-1][0] >= section.level:
            self._aims = None
        while above and above[-1][0] >= section.level:
            above.pop()
        over = above[-1][1] if above else self._base
        role = section.role or over.role
        since, until = self._ahead(role, *period_of_words(section.heading, self._year))
        self._current = Stretch(
            start=section.start,
            role=role,
            since=since if until else over.since,
            until=until or over.until,
            words=section.heading,
        )
        above.append((section.level, self._current))
        _push(self.result, self._current)

    def read(self, start: int, end: int) -> None:
        """Read the first words of a paragraph."""
        words = self._layout.words(start, min(end, start + _OPENING))
        if words.startswith(_ADDRESSED):
            words = _ADDRESS.sub("", words)
        opened = opening(words)
        base = self._announced or self._current
        if opened is not None and opened[0] == "review" and base.role not in _BEFORE_REVIEW:
            opened = None
        if opened is not None and opened[0] == "review" and self._of_this_year(opened[1]):
            opened = self._of_issue(opened[1], self._layout.words(start, min(end, start + _TOLD)))
        if opened is None:
            self._resume(start, base, words)
            return
        role, said = opened
        since, until = self._ahead(role, *period_of_words(said, self._year))
        if until is None and role == "review" and not base.until and self._genre == "report":
            since, until = period_of_words("上年", self._year)
        elif until is None:
            model = self._aims if role == "tasks" and self._aims and not base.until else base
            since, until = model.since, model.until
        stretch = Stretch(start=start, role=role, since=since, until=until, words=said)
        _push(self.result, stretch)
        if role == "targets" and until is not None:
            self._aims = stretch
        announces = end - start <= _OPENING and _ANNOUNCES.search(words) is not None
        # “十三五”期间，… under 发展回顾 dates the review, not one paragraph of it.
        dates = role == "review" == self._current.role and not base.until and until is not None
        unheaded = self._genre == "report" and not self._current.role and role in _PARTS
        if announces or unheaded or dates:
            self._announced = stretch

    def _of_this_year(self, said: str) -> bool:
        """Tell whether opening words name the year of issue, by its number (2026年，我们…)."""
        return self._year is not None and said.startswith(f"{self._year}年")

    def _of_issue(self, said: str, words: str) -> tuple[Role, str] | None:
        """Tell from the words of a paragraph whether the year of issue lies behind it or ahead.

        Of a plan it lies ahead, else what is said more often decides; where nothing is, no role is
        given: the day of issue then tells.
        """
        past, ahead = len(_TOLD_OF.findall(words)), len(_ORDERED.findall(words))
        if past > ahead:
            return "review", said
        if ahead > past or self._genre in {"plan", "policy"}:
            return "tasks", said
        return None

    def _ahead(
        self, role: Role, since: date | None, until: date | None
    ) -> tuple[date | None, date | None]:
        """Return a time, none where goals or tasks would have been due before the text's year."""
        if role in _PAST or until is None or self._year is None or until.year >= self._year:
            return since, until
        return None, None

    def _resume(self, start: int, base: Stretch, words: str) -> None:
        """Return to the role above when the stretch of one paragraph is over."""
        last = self.result[-1]
        if (
            last is base
            or (last.role == base.role and last.until == base.until and last.words == base.words)
            or (last.until and _CONTINUES.match(words))
        ):
            return
        _push(self.result, replace(base, start=start))


def _push(result: list[Stretch], stretch: Stretch) -> None:
    if result[-1].start == stretch.start:
        result[-1] = stretch
    else:
        result.append(stretch)
