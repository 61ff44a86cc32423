"""Targets as rows of a list, and the choice of rows that an address (URL) asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from urllib.parse import parse_qs, quote_plus

from dashboards.messages import text
from dashboards.quantities import Scale, figure, scale_of, signed
from indicators.assessment.verdict import LIGHTS, STATES, Light, State, Verdict
from indicators.model import Commitment

__all__ = [
    "SECTION",
    "Choice",
    "TargetRow",
    "choose",
    "is_demonstration",
    "target_row",
    "target_rows",
    "target_text",
]

_QUARTER = re.compile(r"(?:19|20|21)[0-9][0-9]Q[1-4]")
"""Quarters that an address can name: no store holds others, and calendars end."""
SECTION = " / "
"""Between the headings of a section's path."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target as lists and charts show it.

    Words are made when they are read: of a hundred thousand rows a page shows forty.
    """

    verdict: Verdict
    key: tuple[object, ...]
    """Sorting key: the worst first."""
    documents: tuple[str, ...] = ()
    """Digests of the documents that state it."""
    sections: tuple[str, ...] = ()
    """Headings of these documents under which it stands."""

    @property
    def target_id(self) -> str:
        """The target."""
        return self.verdict.target.target_id

    @property
    def indicator_id(self) -> str:
        """Its indicator."""
        return self.verdict.indicator.indicator_id

    @property
    def name(self) -> str:
        """Name of the indicator."""
        return self.verdict.indicator.name

    @property
    def place(self) -> str:
        """Place of the indicator."""
        return self.verdict.indicator.place

    @property
    def office(self) -> str:
        """The office that answers for it."""
        return self.verdict.office

    @property
    def light(self) -> Light:
        """Its light."""
        return self.verdict.light

    @property
    def state(self) -> State:
        """Its state."""
        return self.verdict.state

    @property
    def label(self) -> str:
        """The state in words."""
        return text(f"state.{self.verdict.state}")

    @property
    def marks(self) -> tuple[str, ...]:
        """Badges beside the light."""
        return self.verdict.marks

    @property
    def deadline(self) -> date | None:
        """The day by which it is to be reached."""
        return self.verdict.target.deadline

    @property
    def _scale(self) -> Scale:
        return scale_of(self.verdict.target.magnitude, self.verdict.indicator.unit)

    @property
    def target(self) -> str:
        """The target in words."""
        return target_text(self.verdict)

    @property
    def expected(self) -> str:
        """What should be reached by now, in words."""
        return figure(self.verdict.expected, self.verdict.indicator.unit, scale=self._scale)

    @property
    def actual(self) -> str:
        """What was reached, in words."""
        observation = self.verdict.observation
        return figure(
            self.verdict.actual,
            self.verdict.indicator.unit,
            bound=observation.bound if observation else "equal",
            scale=self._scale,
        )

    @property
    def gap(self) -> str:
        """The gap in percentage points, with its sign."""
        return signed(self.verdict.gap_points)

    @property
    def points(self) -> float | None:
        """The gap as a number."""
        return _number(self.verdict.gap_points)

    @property
    def done(self) -> float | None:
        """Share of the way from baseline to target."""
        return _number(self.verdict.share_done)

    @property
    def elapsed(self) -> float | None:
        """Share of the time."""
        return _number(self.verdict.share_elapsed)

    @property
    def demonstration(self) -> bool:
        """Whether any number behind it was made up for show."""
        return is_demonstration(self.verdict)

    @property
    def proceeds(self) -> bool:
        """Whether it is compared with time at all (growth, caps and floors are not)."""
        return self.verdict.sort not in ("growth", "change", "range")

    @property
    def drawn(self) -> bool:
        """Whether it has a place between start and target at a time."""
        return self.proceeds and self.done is not None and self.elapsed is not None


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which targets a view shows: what stands in its address, so that it can be sent to someone."""

    quarter: str = ""
    place: str = ""
    office: str = ""
    light: str = ""
    """A light, or a state for a part of a light."""
    document: str = ""
    section: str = ""
    search: str = ""
    group: str = ""
    """What the grid puts together: place, office or document."""

    @classmethod
    def read(cls, query: str) -> Choice:
        """Read the query part of an address; what it does not know it leaves out."""
        given = parse_qs(query.removeprefix("?"))
        known = {field.name: given[field.name][0] for field in fields(cls) if field.name in given}
        if not _QUARTER.fullmatch(known.get("quarter", "")):
            known.pop("quarter", None)
        if known.get("light", "") not in (*LIGHTS, *STATES):
            known.pop("light", None)
        if known.get("group", "") not in ("place", "office", "document"):
            known.pop("group", None)
        return cls(**known)

    def query(self, **change: str) -> str:
        """Return the query part of the address with some parts changed; empty if nothing is set."""
        # A page has some fifty of these links.
        pairs = [(name, change.get(name, getattr(self, name))) for name in _PARTS]
        written = "&".join([f"{name}={_quoted(value)}" for name, value in pairs if value])
        return f"?{written}" if written else ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the quarter is chosen."""
        return self != Choice(quarter=self.quarter, group=self.group)

    def takes(self, row: TargetRow) -> bool:
        """Tell whether a row is chosen."""
        return (
            (not self.place or row.place == self.place)
            and (not self.office or row.office == self.office)
            and (not self.light or self.light in (row.light, row.state))
            and (not self.document or self.document in row.documents)
            and (not self.section or self.section in row.sections)
            and (not self.search or self.search in f"{row.name} {row.place} {row.office}")
        )


_PARTS = tuple(field.name for field in fields(Choice))
_quoted = lru_cache(maxsize=1024)(quote_plus)


def choose(rows: Iterable[TargetRow], choice: Choice) -> tuple[TargetRow, ...]:
    """Return the rows that are chosen, in their order."""
    if not choice.narrowed:
        return tuple(rows)
    return tuple(row for row in rows if choice.takes(row))


def is_demonstration(verdict: Verdict) -> bool:
    """Tell whether any number behind a verdict was made up for show."""
    return (
        verdict.target.demonstration
        or bool(verdict.setting and verdict.setting.demonstration)
        or bool(verdict.observation and verdict.observation.demonstration)
    )


def target_text(verdict: Verdict, scale: Scale | None = None) -> str:
    """Return a target as people read it: ≥30 EFLOPS, in its own scale unless told another."""
    target = verdict.target
    return figure(
        target.magnitude,
        verdict.indicator.unit,
        high=target.magnitude_high,
        bound=target.bound,
        scale=scale or scale_of(target.magnitude, verdict.indicator.unit),
    )


def target_row(verdict: Verdict, commitments: Mapping[str, Commitment]) -> TargetRow:
    """Return the row of a verdict."""
    stated = [row for row in map(commitments.get, verdict.target.commitments) if row is not None]
    return TargetRow(
        verdict,
        (verdict.rank, verdict.target.target_id),
        tuple(dict.fromkeys(row.document_digest for row in stated)),
        tuple(dict.fromkeys(part for row in stated if (part := _heading(row.section)))),
    )


def _heading(section: str) -> str:
    """Return the two upper headings over a statement: below them a document has too many."""
    return SECTION.join(section.split(SECTION)[:2])


def target_rows(
    verdicts: Iterable[Verdict], commitments: Mapping[str, Commitment]
) -> tuple[TargetRow, ...]:
    """Return one row a verdict, in the order given."""
    return tuple(target_row(verdict, commitments) for verdict in verdicts)
