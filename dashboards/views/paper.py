"""A document as readable text: paragraphs with the statements marked where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboards.views.snapshot import Snapshot
from indicators.model import Commitment, SourceDocument, Task

__all__ = ["Paper", "Paragraph", "Run", "Statement", "paper", "paragraphs"]

_BLANK = re.compile(r"\n[^\S\n]*\n")
_HEADING = re.compile(
    r"\s*(?:第[一二三四五六七八九十百]+[章节编篇]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])"
)
_CLOSES = "。！？；：…”）)】》"
_SHORT = 18
"""A line shorter than this was not broken by its width: the next one is a new paragraph."""
_HEADING_AT_MOST = 42


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text inside a paragraph; with a statement, the number it is about."""

    text: str
    commitment: Commitment | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading."""

    runs: tuple[Run, ...]
    heading: bool
    start: int = 0
    end: int = 0
    """Its bounds in the kept text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement in the list beside the text."""

    commitment: Commitment
    indicator_id: str
    """Of the target or observation that rests on it; empty where there is none."""
    merged: int
    """How many statements state the same target, this one included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the page of a document shows."""

    source: SourceDocument
    paragraphs: tuple[Paragraph, ...]
    statements: tuple[Statement, ...]
    tasks: tuple[Task, ...]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of paragraphs: blank lines part them, and line ends that close a sentence.

    A text without blank lines holds one paragraph a line.
    """
    at = 0
    hard_wrapped = len(_BLANK.findall(text)) > 3
    start = 0
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        bare = line.strip()
        closes = not bare or bare[-1] in _CLOSES or len(bare) < _SHORT or not hard_wrapped
        if closes:
            if text[start:end].strip():
                yield start, end
            start = end
        at = end
    if text[start:].strip():
        yield start, len(text)


def _marked(text: str, commitments: Sequence[Commitment]) -> list[tuple[int, int, Commitment]]:
    """Return the bounds of the marks: the number, and the unit where it follows; none overlap."""
    made: list[tuple[int, int, Commitment]] = []
    last = 0
    for row in sorted(commitments, key=lambda each: (each.start, each.end)):
        end = row.end
        if row.as_written and text.startswith(row.as_written, row.start):
            end = max(end, row.start + len(row.as_written))
        if row.start < last or end > len(text):
            continue
        made.append((row.start, end, row))
        last = end
    return made


def _clean(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text)


def paragraphs(text: str, commitments: Sequence[Commitment]) -> tuple[Paragraph, ...]:
    """Return a kept text as paragraphs; each statement is a run of its own."""
    marks = _marked(text, commitments)
    made: list[Paragraph] = []
    number = 0
    for start, end in _pieces(text):
        runs: list[Run] = []
        at = start
        while number < len(marks) and marks[number][0] < end:
            begin, until, row = marks[number]
            number += 1
            if begin < at:
                continue
            # A mark that runs on into the next paragraph ends with this one.
            until = min(until, end)
            runs += [Run(_clean(text[at:begin])), Run(_clean(text[begin:until]), row)]
            at = until
        if at < end:
            runs.append(Run(_clean(text[at:end])))
        if runs:
            runs[0] = Run(runs[0].text.lstrip(), runs[0].commitment)
            runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].commitment)
        bare = text[start:end].strip()
        heading = bool(_HEADING.match(bare)) and len(bare) <= _HEADING_AT_MOST
        made.append(Paragraph(tuple(run for run in runs if run.text), heading, start, end))
    return tuple(made)


def _owners(snapshot: Snapshot) -> Mapping[str, tuple[str, int]]:
    """Return for each commitment the indicator that rests on it and the citations of its target."""
    owners: dict[str, tuple[str, int]] = {}
    for target in snapshot.targets:
        for commitment_id in target.commitments:
            owners[commitment_id] = (target.indicator_id, len(target.commitments))
    return owners


def _statements(snapshot: Snapshot, rows: Iterable[Commitment]) -> tuple[Statement, ...]:
    owners = _owners(snapshot)
    observed = snapshot.observed
    made = []
    for row in rows:
        owner, merged = owners.get(row.commitment_id, (observed.get(row.commitment_id, ""), 1))
        known = owner if owner in snapshot.indicators else ""
        made.append(Statement(commitment=row, indicator_id=known, merged=merged))
    return tuple(made)


def paper(snapshot: Snapshot, digest: str) -> Paper | None:
    """Return a document with its statements and tasks, or None where there is no such document.

    Raises:
        StoreError: its kept text cannot be read.
    """
    source = snapshot.documents.get(digest)
    if source is None:
        return None
    rows = sorted(
        snapshot.reader.current(Commitment, document_digest=digest), key=lambda row: row.start
    )
    text = ""
    if source.text_digest:
        text = snapshot.reader.content(source.text_digest).decode("utf-8")
    tasks = sorted(snapshot.reader.current(Task, document_digest=digest), key=lambda row: row.start)
    return Paper(
        source=source,
        paragraphs=paragraphs(text, rows),
        statements=_statements(snapshot, rows),
        tasks=tuple(tasks),
    )
