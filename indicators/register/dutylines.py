"""Lines of the 督查台账 for targets, and where among the tasks they stand."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date

from indicators import units
from indicators.model import Commitment, SourceDocument, Target, Task
from indicators.register.duty import Duty
from indicators.register.settings import Subject
from indicators.register.settingsbook import bounded, without_target

__all__ = ["contribution", "group_of", "issued", "last", "target_line"]


def contribution(subject: Subject) -> Duty:
    """Return the line of what a plan above asks of a place by name, without a number of its own."""
    setting = subject.setting
    return Duty(
        key=subject.indicator.indicator_id,
        sort="目标",
        place=subject.indicator.place,
        group="上级任务",
        content=subject.indicator.name,
        target=without_target(subject),
        actual=_actual(subject),
        lead_office=setting.lead_office or setting.reporting_office,
        supporting_offices=setting.supporting_offices,
        subject=subject.indicator.indicator_id,
    )


def _actual(subject: Subject) -> str:
    """Return the latest value of an indicator in words."""
    if not subject.observations:
        return ""
    latest = subject.observations[-1]
    mark = "≥" if latest.bound == "at_least" else ""
    return f"{mark}{units.display(latest.magnitude, latest.unit)}（{latest.period_end}）"


def last(duty: Duty) -> tuple[object, ...]:
    """Return the order of a line that no document of its place states."""
    return duty.place, date.max, "", 0, 1, 0


def issued(document: SourceDocument | None) -> date:
    """Return the day of a document, the last of days where it has none."""
    return (document.issued_on if document else None) or date.max


def group_of(section: str, document: SourceDocument | None) -> str:
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


def target_line(
    subject: Subject,
    target: Target,
    by_document: Mapping[str, Sequence[Task]],
    documents: Mapping[str, SourceDocument],
) -> tuple[tuple[object, ...], Duty]:
    cited = [each for each in subject.commitments if each.commitment_id in target.commitments]
    setting = subject.setting
    duty = Duty(
        key=target.target_id,
        sort="目标",
        place=subject.indicator.place,
        group="",
        content=subject.indicator.name,
        target=bounded(target),
        actual=_actual(subject),
        lead_office=setting.lead_office or setting.reporting_office,
        supporting_offices=setting.supporting_offices,
        deadline=target.deadline,
        subject=subject.indicator.indicator_id,
    )
    if not cited:
        return last(duty), dataclasses.replace(duty, group="其他目标")
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
    order = (duty.place, issued(document), statement.document, start, 1, statement.start)
    return order, dataclasses.replace(duty, group=group_of(section, document))
