"""Tasks as the structure of a text shows them: what brackets close, numbered sections, 一是…二是…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indicators.documents import Brackets, Document, Section

__all__ = ["Piece", "cut", "pieces"]

Sort = Literal["task", "support"]
_LONGEST_TITLE = 60
_STEPS = re.compile(r"[（(]\d|[①-⑳]")
"""A number of a step inside a task: （1） and ① below 1. or （一）."""
_BOX = re.compile(r"专栏|附?表|续表|附件")
_ITEM = re.compile(r"(?:(?<=[。；;：:\n])|\A)[一二三四五六七八九十]是")
_TOPIC = re.compile(r"(?:——)?([^。！？；;，：:\d]{4,24})[。：:]")
_TOPIC_COMMAS = re.compile(r"(?:——)?([^。！？；;：:\d]{4,30})。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One task as found in the structure."""

    start: int
    end: int
    number: str
    title: str
    path: tuple[str, ...]
    sort: Sort
    bracket: Brackets | None = None


def pieces(document: Document) -> Iterator[Piece]:
    """Yield the tasks of a document, those that brackets close first."""
    covered: list[tuple[int, int]] = []
    for bracket in document.brackets:
        if not document.text[bracket.task_start : bracket.task_end].strip():
            continue
        section = document.section_at(bracket.task_start)
        own = section if section is not None and section.start == bracket.task_start else None
        covered.append((bracket.task_start, bracket.end))
        yield Piece(
            start=bracket.task_start,
            end=bracket.end,
            number=_number(own) if own else "",
            title=own.heading if own and own.heading else _first_words(document, bracket),
            path=own.path[:-1] if own else (section.path if section else ()),
            sort="support" if section is not None and section.role == "support" else "task",
            bracket=bracket,
        )
    if document.genre in {"news", "bulletin"}:
        return
    place = 0
    for section, end in _leaves(document):
        while place < len(covered) and covered[place][1] <= section.start:
            place += 1
        if place < len(covered) and covered[place][0] < end:
            continue
        yield from _leaf(document, section, end)


def _leaves(document: Document) -> Iterator[tuple[Section, int]]:
    """Yield the sections that are tasks by themselves, with where their last step ends.

    Steps (（1）, ①) and boxes (专栏, 表) below a section are parts of it.
    """
    sections = document.sections
    outer = [
        section for section, inside in zip(sections, _inside(sections), strict=True) if not inside
    ]
    for number, section in enumerate(outer):
        behind = outer[number + 1] if number + 1 < len(outer) else None
        if behind is not None and behind.level > section.level:
            continue
        if _is_task(document, section):
            end = behind.start if behind is not None else len(document.text)
            yield section, end


def _inside(sections: Sequence[Section]) -> Iterator[bool]:
    """Tell for each section whether it is a part of the task above: a step, a box, or in a box."""
    box: int | None = None
    for section in sections:
        if box is not None and section.level <= box:
            box = None
        if box is None and _BOX.match(section.number):
            box = section.level
            yield True
        else:
            yield box is not None or (
                section.level > 1 and _STEPS.match(section.number) is not None
            )


def _is_task(document: Document, section: Section) -> bool:
    role = section.role or document.stretch_at(section.start).role
    if role in {"tasks", "support"}:
        return True
    # A plan whose chapters are its tasks names none of them 任务.
    return role == "" and document.genre == "plan" and section.heading != ""


def _leaf(document: Document, section: Section, end: int) -> Iterator[Piece]:
    """Yield the tasks of one leaf: its 一是…二是…, its paragraphs with topics, else itself.

    A chapter of support without parts (四、组织实施 and its paragraph) is no measure of its own.
    """
    alone = section.level == 1
    sort: Sort = "support" if section.role == "support" else "task"
    text = document.text
    body = text[section.body : end]
    if alone or document.genre == "report":
        parts = _items(document, section.body, end) or _topics(document, section, end)
        if len(parts) > 1:
            for number, (start, stop, title) in enumerate(parts, 1):
                yield Piece(
                    start=start,
                    end=stop,
                    number=f"{_number(section)}{number}",
                    title=title,
                    path=section.path,
                    sort=sort,
                )
            return
        if alone and sort == "support":
            return
    if len(body.strip()) < 8 and len(section.heading) < 8:
        return
    yield Piece(
        start=section.start,
        end=section.start + len(text[section.start : end].rstrip()),
        number=_number(section),
        title=section.heading or _short(document, section.body, end),
        path=section.path[:-1],
        sort=sort,
    )


def _items(document: Document, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the 一是…二是… of a stretch as (start, end, title)."""
    text = document.text
    starts = [match.start() for match in _ITEM.finditer(text, start, end)]
    found: list[tuple[int, int, str]] = []
    for begin, stop in zip(starts, [*starts[1:], *([end] if starts else [])], strict=True):
        stop = begin + len(text[begin:stop].rstrip())  # noqa: PLW2901 - blank space left out
        clause = re.split(r"[，。；;,]", text[begin + 2 : stop], maxsplit=1)[0]
        found.append((begin, stop, cut("".join(clause.split()))))
    return found


def _topics(document: Document, section: Section, end: int) -> list[tuple[int, int, str]]:
    """Return the paragraphs of a section that each open with a short topic."""
    found: list[tuple[int, int, str]] = []
    here = section.body
    while here < end:
        start, stop = document.paragraph_at(here)
        start = max(start, here)
        if start >= end or stop <= here:
            break
        words = document.words(start, min(stop, start + 40))
        topic = _TOPIC.match(words.lstrip()) or _TOPIC_COMMAS.match(words.lstrip())
        if topic and stop - start > len(topic.group()) + 10:
            found.append((start, stop, topic.group(1)))
        here = stop
        while here < end and document.text[here].isspace():
            here += 1
    return found


def _number(section: Section) -> str:
    """Return the number of a section without its point: 1, （一）."""
    return section.number.rstrip("．.、 ")


def _first_words(document: Document, bracket: Brackets) -> str:
    return _short(document, bracket.task_start, bracket.task_end)


def _short(document: Document, start: int, end: int) -> str:
    """Return the first sentence of a stretch, cut to the length of a title."""
    words = document.words(start, min(end, start + 200)).strip()
    return cut(re.split(r"[。；;\n]", words, maxsplit=1)[0])


def cut(words: str) -> str:
    """Return the words, cut to the length of a title."""
    return words if len(words) <= _LONGEST_TITLE else words[: _LONGEST_TITLE - 1] + "…"
