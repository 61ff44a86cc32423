"""The 督查台账 as rows: tasks with the targets they answer for, in the order of their documents."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from indicators.ledger import Reader
from indicators.model import (
    Board,
    BoardLine,
    Contact,
    Note,
    Observation,
    Progress,
    SourceDocument,
    Task,
)
from indicators.register.duty import STATUSES, Duty, sealing_id, state_id
from indicators.register.dutylines import contribution, group_of, issued, last, target_line
from indicators.register.settings import subjects

__all__ = ["STATUSES", "Duty", "duties", "latest_quarter", "sealing_id", "state_id"]

_BRACKETS = re.compile(r"[（(]\s*责任单位[:：][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]?")
_NUMBERED = ("task", "support")
_LIGHTS = {"green": "绿灯", "yellow": "黄灯", "red": "红灯", "grey": "灰灯"}


def latest_quarter(reader: Reader, place: str = "") -> str:
    """Return the latest quarter that progress or a reported value is of; empty where none is."""
    told = [each.quarter for each in reader.current(Progress) if not place or each.place == place]
    days = [
        each.period_end
        for each in reader.current(Observation)
        if each.source == "workbook" and not each.withdrawn
    ]
    if days:
        last = max(days)
        told.append(f"{last.year:04}Q{(last.month + 2) // 3}")
    return max(told, default="")


def _content(task: Task) -> str:
    """Return what is to be done in one line, without the brackets that name the offices.

    A milestone is one clause of its sentence, which may state several: it is told alone.
    """
    text = re.sub(r"\s*\n\s*", "", _BRACKETS.sub("", task.text or task.title)).strip()
    if task.sort in _NUMBERED:
        return text
    clause = task.title.removesuffix("…")
    at = text.find(clause)
    if clause != task.title and at >= 0:
        # The title was cut: the clause goes on to the end of its part of the sentence.
        clause = re.split(r"[；;。]", text[at:])[0]
    return clause


def _above(task: Task, others: Iterable[Task]) -> Task:
    """Return the numbered task in whose text an act or milestone stands; else the task itself."""
    if task.sort in _NUMBERED:
        return task
    holding = (
        each
        for each in others
        if each.sort in _NUMBERED and each.start <= task.start and task.end <= each.end
    )
    return max(holding, key=lambda each: each.start, default=task)


class _Words:
    """The latest words on progress of each subject up to a quarter."""

    def __init__(self, rows: Iterable[Progress], quarter: str) -> None:
        self._by: dict[str, Progress] = {}
        for each in sorted(rows, key=lambda one: one.quarter):
            if not quarter or each.quarter <= quarter:
                self._by[each.subject] = each

    def of(self, subject: str) -> Progress | None:
        """Return them."""
        return self._by.get(subject)


def _told(duty: Duty, words: Progress | None, contact: Contact | None) -> Duty:
    return dataclasses.replace(
        duty,
        leader=duty.leader or (contact.leader if contact else ""),
        contact=duty.contact
        or (" ".join(part for part in (contact.contact, contact.phone) if part) if contact else ""),
        progress=words.progress if words else "",
        problems=words.problems if words else "",
        next_steps=words.next_steps if words else "",
        expected_on=words.expected_on if words else None,
        quarter=words.quarter if words else "",
    )


def _judged(reader: Reader, quarter: str) -> Mapping[str, str]:
    """Return the light of each target on the latest board issued up to a quarter."""
    boards = sorted(
        (each for each in reader.current(Board) if not quarter or each.quarter <= quarter),
        key=lambda each: (each.quarter, each.issued_at),
    )
    found: dict[str, str] = {}
    for board in boards:
        for line in reader.current(BoardLine, board_id=board.board_id):
            found[line.target_id] = f"{board.quarter} {_LIGHTS.get(line.light, line.light)}"
    return found


def duties(reader: Reader, place: str = "", quarter: str = "") -> list[Duty]:
    """Return the lines of the 台账 in the order of the documents.

    A target stands under the task whose text states it, else under the heading it stands in.

    Args:
        reader: the ledger.
        place: only of this place; empty for all.
        quarter: words on progress up to this quarter; empty for the latest.
    """
    told = subjects(reader, place)
    tasks = reader.current(Task, place=place) if place else reader.current(Task)
    documents = {each.document_digest: each for each in reader.current(SourceDocument)}
    contacts = {(each.place, each.office): each for each in reader.current(Contact)}
    words = _Words(reader.current(Progress), quarter)
    notes = {each.note_id: each.text for each in reader.current(Note)}
    lights = _judged(reader, quarter)
    by_document: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        by_document[task.document_digest].append(task)
    lines: list[tuple[tuple[object, ...], Duty]] = []
    for task in tasks:
        document = documents.get(task.document_digest)
        above = _above(task, by_document[task.document_digest])
        deadline = task.deadline or (document.plan_end if document else None)
        duty = Duty(
            key=task.task_id,
            sort="任务",
            place=task.place,
            group=group_of(above.section, document),
            content=_content(task),
            leader=task.leader,
            lead_office=task.lead_office or above.lead_office,
            supporting_offices=task.supporting_offices or above.supporting_offices,
            contact=task.contact,
            deadline=deadline,
            status=task.status,
            sealed_on=task.sealed_on,
            subject=task.task_id,
        )
        contact = contacts.get((task.place, duty.lead_office))
        place_in: tuple[object, ...] = (
            task.place,
            issued(document),
            task.document,
            task.start,
            0,
            0,
        )
        lines.append((place_in, _told(duty, words.of(task.task_id), contact)))
    for subject in told:
        if subject.contributes_to and not subject.targets:
            duty = _stood(contribution(subject), notes)
            contact = contacts.get((duty.place, duty.lead_office))
            lines.append((last(duty), _told(duty, words.of(duty.subject), contact)))
        for target in subject.targets:
            if target.status != "accepted":
                continue
            order, duty = target_line(subject, target, by_document, documents)
            contact = contacts.get((duty.place, duty.lead_office))
            duty = dataclasses.replace(_stood(duty, notes), light=lights.get(target.target_id, ""))
            lines.append((order, _told(duty, words.of(duty.subject), contact)))
    return [duty for _, duty in sorted(lines, key=lambda line: line[0])]


def _stood(duty: Duty, notes: Mapping[str, str]) -> Duty:
    """Return a line of a target with the state that somebody gave it; a day struck off leads."""
    day = notes.get(sealing_id(duty.key), "")
    state = notes.get(state_id(duty.key)) or duty.status
    return dataclasses.replace(
        duty,
        sealed_on=date.fromisoformat(day) if day else None,
        status="sealed" if day else state,
    )
