"""The 督查台账 as rows: tasks with the targets they answer for, in the order of their documents."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indicators.ledger import Reader
from indicators.model import (
    Board,
    BoardLine,
    Commitment,
    Contact,
    Note,
    Observation,
    Progress,
    SourceDocument,
    Target,
    Task,
    digest_id,
)
from indicators.register.settings import Subject, subjects
from indicators.register.settingsbook import phrase

__all__ = ["STATUSES", "Duty", "duties", "latest_quarter", "sealing_id"]

STATUSES = {"推进中": "open", "已完成": "done", "逾期": "late", "已销号": "sealed"}
_BRACKETS = re.compile(r"[（(]\s*责任单位[:：][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]?")
_LIGHTS = {"green": "绿灯", "yellow": "黄灯", "red": "红灯", "grey": "灰灯"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One line of the 台账: a task, or a target."""

    key: str
    """task_id or target_id."""
    sort: str
    """任务 or 目标."""
    place: str
    group: str
    """Heading that it stands under."""
    content: str
    target: str = ""
    actual: str = ""
    light: str = ""
    """Light and state of the last issued board."""
    leader: str = ""
    lead_office: str = ""
    supporting_offices: tuple[str, ...] = ()
    contact: str = ""
    deadline: date | None = None
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    expected_on: date | None = None
    status: str = "open"
    sealed_on: date | None = None
    quarter: str = ""
    """Quarter that the words on progress are of."""
    subject: str = ""
    """What progress is filed under: task_id or indicator_id."""

    @property
    def version(self) -> str:
        """A digest of what people may change."""
        return digest_id(
            self.leader,
            self.lead_office,
            self.supporting_offices,
            self.contact,
            self.deadline,
            self.progress,
            self.problems,
            self.next_steps,
            self.expected_on,
            self.status,
            self.sealed_on,
        )[:8]


def sealing_id(target_id: str) -> str:
    """Return the id of the note that says on which day a target was struck off."""
    return digest_id("sealed", target_id)


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
    """Return what is to be done, without the brackets that name the offices and line breaks."""
    text = _BRACKETS.sub("", task.text or task.title)
    return re.sub(r"\s*\n\s*", "", text).strip()


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
    sealed = {each.note_id: each.text for each in reader.current(Note)}
    lights = _judged(reader, quarter)
    by_document: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        by_document[task.document_digest].append(task)
    lines: list[tuple[tuple[object, ...], Duty]] = []
    for task in tasks:
        document = documents.get(task.document_digest)
        deadline = task.deadline or (document.plan_end if document else None)
        duty = Duty(
            key=task.task_id,
            sort="任务",
            place=task.place,
            group=_group(task.section, document),
            content=_content(task),
            leader=task.leader,
            lead_office=task.lead_office,
            supporting_offices=task.supporting_offices,
            contact=task.contact,
            deadline=deadline,
            status=task.status,
            sealed_on=task.sealed_on,
            subject=task.task_id,
        )
        contact = contacts.get((task.place, task.lead_office))
        place_in: tuple[object, ...] = (
            task.place,
            _issued(document),
            task.document,
            task.start,
            0,
            0,
        )
        lines.append((place_in, _told(duty, words.of(task.task_id), contact)))
    for subject in told:
        for target in subject.targets:
            if target.status != "accepted":
                continue
            order, duty = _target_line(subject, target, by_document, documents)
            contact = contacts.get((duty.place, duty.lead_office))
            day = sealed.get(sealing_id(target.target_id), "")
            duty = dataclasses.replace(
                duty,
                light=lights.get(target.target_id, ""),
                sealed_on=date.fromisoformat(day) if day else None,
                status="sealed" if day else duty.status,
            )
            lines.append((order, _told(duty, words.of(duty.subject), contact)))
    return [duty for _, duty in sorted(lines, key=lambda line: line[0])]


def _issued(document: SourceDocument | None) -> date:
    return (document.issued_on if document else None) or date.max


def _group(section: str, document: SourceDocument | None) -> str:
    """Return the heading of a group: the last but one of a task's path, else its only one."""
    path = [each for each in section.split(" / ") if each]
    if len(path) > 1:
        return path[-1] if len(path[-1]) <= 40 else path[-2]
    if path:
        return path[0]
    return document.title if document else ""


def _home(
    statements: Sequence[Commitment], by_document: Mapping[str, Sequence[Task]]
) -> tuple[Commitment, Task | None]:
    """Return the statement to place a target by, and the task whose text holds it."""
    for each in statements:
        for task in by_document.get(each.document_digest, ()):
            if task.start <= each.start < task.end:
                return each, task
    return statements[0], None


def _target_line(
    subject: Subject,
    target: Target,
    by_document: Mapping[str, Sequence[Task]],
    documents: Mapping[str, SourceDocument],
) -> tuple[tuple[object, ...], Duty]:
    cited = [each for each in subject.commitments if each.commitment_id in target.commitments]
    setting = subject.setting
    actual = ""
    if subject.observations:
        last = subject.observations[-1]
        from indicators import units

        mark = "≥" if last.bound == "at_least" else ""
        actual = f"{mark}{units.display(last.magnitude, last.unit)}（{last.period_end}）"
    duty = Duty(
        key=target.target_id,
        sort="目标",
        place=subject.indicator.place,
        group="",
        content=subject.indicator.name,
        target=phrase(target),
        actual=actual,
        lead_office=setting.lead_office or setting.reporting_office,
        supporting_offices=setting.supporting_offices,
        deadline=target.deadline,
        subject=subject.indicator.indicator_id,
    )
    if not cited:
        return (duty.place, date.max, "", 0, 1, 0), dataclasses.replace(duty, group="其他目标")
    statement, task = _home(sorted(cited, key=lambda each: each.start), by_document)
    document = documents.get(statement.document_digest)
    section = task.section if task else statement.section
    start = task.start if task else statement.start
    # What the settings leave open, the brackets of the task say.
    offices = (task.lead_office, *task.supporting_offices) if task else statement.offices
    named = tuple(each for each in offices if each)
    lead = duty.lead_office or next(iter(named), "")
    duty = dataclasses.replace(
        duty,
        lead_office=lead,
        supporting_offices=duty.supporting_offices or tuple(each for each in named if each != lead),
    )
    order = (duty.place, _issued(document), statement.document, start, 1, statement.start)
    return order, dataclasses.replace(duty, group=_group(section, document))
