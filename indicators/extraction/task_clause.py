"""Qualitative commitments in sentences: dated milestones, relative goals, repeated acts.

A clause with a number of its own is left to the extraction of quantities.  Clauses are read in the
parts of a text that promise (goals, tasks, support), never in a review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from indicators.documents import Document, Offsets, Stretch
from indicators.extraction import times
from indicators.extraction.sentences import squeeze
from indicators.model import DateSource

__all__ = ["Clause", "qualitative"]

Sort = Literal["milestone", "relative", "recurring"]
_PROMISING = frozenset({"targets", "tasks", "support", "principles", ""})
_TRIGGER = re.compile(
    r"水平|[先前]列|第一方阵|先进行列|每(?:半|两|三|一|个)?[年季月周]|定期|年度|按[年半季月周]|以[^，。]{1,4}为单位"
    r"|20\d\d\s?年|[今本明]年|年底|十[一二三四五六]五"
)
"""Only a sentence with one of these, or one in a dated stretch of goals, is looked at closer."""

_WHOM = (
    r"(?:全国|全球|全省|全市|全区|全县|全盟|全自治区|自治区|省内|区内|市内|国内外?|国际|世界|亚洲|东部|中部|西部|东北"
    r"|京津冀|长三角|粤港澳大湾区|同类|同期|同等|发达国家|中等发达国家|行业|省|市"
    r"|城镇居民|农村居民|居民|经济|地区生产总值|GDP|财政收入)"
)
_COMPARES = r"不低于|不高于|高于|低于|优于|快于|超过|达到|赶上|接近|保持在?|位居|稳居|居于?|进入|跻身|处于|走在|迈入"
_REFERENCE = re.compile(
    rf"(?:{_COMPARES})(?P<than>{_WHOM}(?:同(?:类|期|行业|等)[一-鿿]{{0,6}}|[一-鿿]{{0,8}}?)"
    r"(?:平均水平|平均(?:值|增速)?|(?:先进|领先|一流|前沿|较高|较好)?水平|先进行列|前列|先列|第一方阵|增速|增长))"
    rf"|(?:与|和|同)(?P<with>{_WHOM}[一-鿿]{{0,6}}?)(?:基本|保持)?同步"
)
_FREQUENCY = re.compile(
    r"每(?:个)?(?:半年|两年|三年|五年|年度?|季度?|半月|月度?|周|旬|学年|学期)(?:度)?"
    r"|以(?P<unit>年|半年|季度?|月|周)度?为单位|按(?P<by>年|半年|季|月|周)度?(?=召开|举办|开展|发布|通报|调度|评估|报送|公布|监测)"
    r"|定期|(?P<yearly>年度)(?=[一-鿿]{0,6}(?:计划|报告|评估|考核|清单|台账|监测|通报))"
)
_ACT = re.compile(
    r"召开|举办|举行|开展|发布|通报|调度|评估|评价|报送|报告|公布|监测|组织|研究|会商|检查|督查|督导|考核|更新|制定|培训|总结|评选"
)
_ACHIEVED = re.compile(
    r"建成|建立|建设|形成|完成|启动|开工|竣工|投产|投用|投入(?:运营|使用|运行)|通车|设立|组建|成立|出台|印发|制定|编制|实现|打造|培育|构建|具备"
    r"|普及|全覆盖|上线|落地|取得|提升|提高|增强|改善|完善|优化|健全|满足|供给|达到|领先|贯通|确立|巩固|显现|壮大|突破|增长|缩小|降低|下降|夯实"
)
_CONCRETE = re.compile(
    r"建成|建立|启动|形成|完成|开工|竣工|投产|投用|投入(?:运营|使用|运行)|通车|设立|组建|成立|出台|印发|上线|落地|具备|全覆盖|实现|打造|发布|贯通"
)
_DONE = re.compile(
    r"建成|启动|完成|开工|竣工|投产|投用|投入(?:运营|使用|运行)|通车|设立|组建|成立|出台|印发|上线|全覆盖|贯通"
)
"""Acts that happen on a day: what alone counts in a report, whose goals are rich in words."""
_RHETORIC = re.compile(
    r"(?:[一二三四五六七八九十]是)?(?:是|我们|要|必须|坚持|坚定|按照|根据|对照|综合考虑|实现(?:上述|今年|全年)|以习近平|全面贯彻|深入(?:学习|贯彻)|及未来"
    r"|[一-鿿“”《》]{0,30}(?:提出|要求|强调)\Z)"
)
_DIGIT = re.compile(r"\d")
_COUNTED = re.compile(r"[一二两三四五六七八九十百]+(?:个|家|项|座|所|条|件|处)(?!方面|百分)")
_QUOTED = re.compile(r"[“《][^”》]{0,40}[”》]|\d+G(?:-A)?|7×24|\d+(?=次|场|期)")
_TIMES = re.compile(r"(?:19|20)\d\d\s?年?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?")
_SEMICOLON = re.compile(r"[；;。！？：:]")
_CLAUSES = re.compile(r"[^，,；;。！？：:]+")
_LEADING = re.compile(r"[—、，和及到至在于力争确保]+")
_AND = re.compile(r"并(?=开展|建成|投入|形成|建立|完成|启动|推广|实现|组织|开工)")
_FILLED = re.compile(r"[一-鿿]")
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
        if not dated and not _TRIGGER.search(document.text, start, end):
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
    bare = _TIMES.sub("", _QUOTED.sub("", clause))
    return _DIGIT.search(bare) is not None or _COUNTED.search(bare) is not None


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
                elif match := _REFERENCE.search(clause):
                    # 达到全国先进水平 alone has its subject in the clause before.
                    subject = run.pop() if run and match.start() < 2 else None
                    yield from self._milestone(run, deadline, counted=counted)
                    run = []
                    yield self._clause(
                        subject[0] if subject else begin,
                        stop,
                        "relative",
                        deadline,
                        reference=match["than"] or match["with"],
                    )
                elif _FILLED.search(clause):
                    run.append((begin, stop))
            yield from self._milestone(run, deadline, counted=counted)

    def _segments(self) -> Iterator[tuple[int, int]]:
        """Yield the parts of the sentence that semicolons part."""
        start = 0
        for mark in _SEMICOLON.finditer(self._words):
            yield start, mark.start()
            start = mark.end()
        yield start, len(self._words)

    def _split(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the clauses; 并 before a verb of doing begins one of its own."""
        for match in _CLAUSES.finditer(self._words, first, last):
            start = match.start()
            for mark in _AND.finditer(self._words, match.start(), match.end()):
                yield start, mark.start()
                start = mark.start()
            yield start, match.end()

    def _behind(self, stated: list[times.Time], start: int, end: int) -> int:
        """Return where the words behind the times begin, if those open their clause."""
        after = start
        for time in stated:
            if _LEADING.sub("", self._words[after : time.start]):
                break
            after = time.end
        while start < after < end and self._words[after] in "，, 底末前":
            after += 1
        return after

    def _recurring(self, clause: str, start: int, end: int, deadline: date | None) -> Clause | None:
        match = _FREQUENCY.search(clause)
        if match is None:
            return None
        # 制定年度计划: the act stands before what is yearly.
        if not _ACT.search(clause, 0 if match["yearly"] else match.end()):
            return None
        if _DIGIT.search(_QUOTED.sub("", clause)):
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
        verbs = _ACHIEVED if goal and not counted else _CONCRETE
        if self._plain:
            verbs = _DONE
        if _RHETORIC.match(words) or len(words) < _SHORTEST or not verbs.search(words):
            return
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
