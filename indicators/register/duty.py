"""One line of the 督查台账, and where its state is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indicators.model import digest_id

__all__ = ["STATUSES", "Duty", "sealing_id", "state_id"]

STATUSES = {"推进中": "open", "已完成": "done", "逾期": "late", "已销号": "sealed"}


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


def state_id(target_id: str) -> str:
    """Return the id of the note that says in which state a target stands, struck off apart."""
    return digest_id("state", target_id)
