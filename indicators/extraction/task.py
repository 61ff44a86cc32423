"""Tasks of a document: what is to be done, by when, by whom, beside what is counted.

Numbered tasks and measures of support come from the structure of the text; dated milestones,
relative goals and repeated acts from its sentences (``task_clause``).  None of them is a number.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from indicators.documents import Brackets, Document
from indicators.extraction.task_clause import Clause, qualitative
from indicators.extraction.task_piece import Piece, cut, pieces
from indicators.extraction.task_table import Row, table_rows
from indicators.model import DateSource, Task, digest_id

__all__ = ["tasks"]

Sort = Literal["task", "support", "milestone", "relative", "recurring"]


def tasks(document: Document) -> list[Task]:
    """Return the tasks, measures of support and qualitative commitments of a document, in order.

    The text of a task is verbatim in the kept text; a deadline is that of its own words, else of
    its section, else of the plan period.  The office named first leads unless the text says who
    does: a proposal that settings may change.
    """
    found = [_structural(document, piece) for piece in pieces(document)]
    found += [_listed(document, row) for row in table_rows(document)]
    found += [_said(document, clause) for clause in qualitative(document)]
    unique = {each.task_id: each for each in found}
    return sorted(unique.values(), key=lambda each: (each.start, -each.end))


def _structural(document: Document, piece: Piece) -> Task:
    bracket = piece.bracket
    stop = bracket.task_end if bracket else piece.end
    deadline, source = _deadline(document, piece.start)
    if bracket and bracket.until:
        deadline, source = bracket.until, "stated"
    offices = document.offices_at(piece.start) if bracket else ()
    return _task(
        document,
        start=piece.start,
        end=piece.end,
        sort=piece.sort,
        number=piece.number,
        title=piece.title,
        text=document.text[piece.start : stop],
        section=" / ".join(piece.path),
        deadline=deadline,
        date_source=source,
        offices=offices,
        bracket=bracket,
    )


def _listed(document: Document, row: Row) -> Task:
    """Return a row of a task table."""
    section = document.section_at(row.start)
    deadline, source = _deadline(document, row.start)
    if row.deadline is not None:
        deadline, source = row.deadline, "stated"
    others = tuple(name for name in row.supporting if name not in row.lead)
    return _task(
        document,
        start=row.start,
        end=row.end,
        sort="task",
        number=row.number,
        title=cut(row.title),
        text=document.text[row.start : row.end],
        section=" / ".join(section.path) if section else "",
        deadline=deadline,
        date_source=source,
        offices=row.lead + others,
        leader=row.leader,
    )


def _said(document: Document, clause: Clause) -> Task:
    """Return a qualitative commitment of a sentence."""
    section = document.section_at(clause.start)
    deadline, source = _deadline(document, clause.start)
    if clause.deadline is not None:
        deadline, source = clause.deadline, clause.date_source
    bracket = document.brackets_at(clause.start)
    start, end = document.sentence_at(clause.start)
    return _task(
        document,
        start=clause.start,
        end=clause.end,
        sort=clause.sort,
        title=cut(clause.words),
        text=document.text[min(start, clause.start) : max(end, clause.end)],
        section=" / ".join(section.path) if section else "",
        deadline=deadline,
        date_source=source,
        frequency=clause.frequency,
        reference=clause.reference,
        offices=document.offices_at(clause.start),
        bracket=bracket,
    )


def _deadline(document: Document, offset: int) -> tuple[date | None, DateSource]:
    """Return the deadline that section or plan period gives to what stands at an offset."""
    stretch = document.stretch_at(offset)
    if stretch.until is not None and stretch.role not in {"review", "situation"}:
        return stretch.until, "section"
    article = document.article_at(offset)
    if article.plan_end is not None:
        return article.plan_end, "plan_period"
    return None, ""


def _task(
    document: Document,
    *,
    start: int,
    end: int,
    sort: Sort,
    title: str,
    text: str,
    section: str,
    deadline: date | None,
    date_source: DateSource,
    offices: tuple[str, ...],
    bracket: Brackets | None = None,
    number: str = "",
    frequency: str = "",
    reference: str = "",
    leader: str = "",
) -> Task:
    lead = bracket.lead[0] if bracket and bracket.lead else (offices[0] if offices else "")
    others = tuple(office for office in offices if office != lead)
    article = document.article_at(start)
    return Task(
        task_id=digest_id(document.digest, start, end, sort),
        document=document.name,
        document_digest=document.digest,
        start=start,
        end=end,
        section=section,
        number=number,
        title=title,
        text=text,
        sort=sort,
        place=article.place or document.place,
        deadline=deadline,
        date_source=date_source if deadline else "",
        frequency=frequency,
        reference=reference,
        offices=offices,
        lead_office=lead,
        supporting_offices=others,
        leader=bracket.leader if bracket else leader,
    )
