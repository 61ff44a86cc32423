"""Targets as rows of a list, and the choice of rows that an address (URL) asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import parse_qs, urlencode

from dashboards.quantities import Scale, figure, scale_of, signed
from indicators.assessment.verdict import LIGHTS, STATES, Light, State, Verdict
from indicators.model import Commitment

__all__ = ["Choice", "TargetRow", "choose", "is_demonstration", "target_rows", "target_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """One target as lists and charts show it."""

    target_id: str
    indicator_id: str
    name: str
    place: str
    office: str
    light: Light
    state: State
    label: str
    marks: tuple[str, ...]
    target: str
    deadline: date | None
    expected: str
    actual: str
    gap: str
    points: float | None
    done: float | None
    """Share of the way from baseline to target."""
    elapsed: float | None
    """Share of the time."""
    documents: tuple[str, ...]
    """Digests of the documents that state it."""
    demonstration: bool
    proceeds: bool
    """Whether it is compared with time at all (growth, caps and floors are not)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which targets a view shows: what stands in its address, so that it can be sent to someone."""

    quarter: str = ""
    place: str = ""
    office: str = ""
    light: str = ""
    """A light, or a state for a part of a light."""
    document: str = ""
    search: str = ""

    @classmethod
    def read(cls, query: str) -> Choice:
        """Read the query part of an address; what it does not know it leaves out."""
        given = parse_qs(query.removeprefix("?"))
        known = {field.name: given[field.name][0] for field in fields(cls) if field.name in given}
        if known.get("light", "") not in (*LIGHTS, *STATES):
            known.pop("light", None)
        return cls(**known)

    def query(self, **change: str) -> str:
        """Return the query part of the address with some parts changed; empty if nothing is set."""
        given = replace(self, **change) if change else self
        pairs = [(field.name, getattr(given, field.name)) for field in fields(given)]
        written = urlencode([(name, value) for name, value in pairs if value])
        return f"?{written}" if written else ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the quarter is chosen."""
        return self != Choice(quarter=self.quarter)

    def takes(self, row: TargetRow) -> bool:
        """Tell whether a row is chosen."""
        return (
            (not self.place or row.place == self.place)
            and (not self.office or row.office == self.office)
            and (not self.light or self.light in (row.light, row.state))
            and (not self.document or self.document in row.documents)
            and (not self.search or self.search in f"{row.name} {row.place} {row.office}")
        )


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


def _row(verdict: Verdict, commitments: Mapping[str, Commitment]) -> TargetRow:
    indicator, target = verdict.indicator, verdict.target
    scale = scale_of(target.magnitude, indicator.unit)
    stated = (commitments.get(each) for each in target.commitments)
    observation = verdict.observation
    return TargetRow(
        target_id=target.target_id,
        indicator_id=indicator.indicator_id,
        name=indicator.name,
        place=indicator.place,
        office=verdict.office,
        light=verdict.light,
        state=verdict.state,
        label=verdict.state_label,
        marks=verdict.marks,
        target=target_text(verdict),
        deadline=target.deadline,
        expected=figure(verdict.expected, indicator.unit, scale=scale),
        actual=figure(
            verdict.actual,
            indicator.unit,
            bound=observation.bound if observation else "equal",
            scale=scale,
        ),
        gap=signed(verdict.gap_points),
        points=None if verdict.gap_points is None else float(verdict.gap_points),
        done=None if verdict.share_done is None else float(verdict.share_done),
        elapsed=None if verdict.share_elapsed is None else float(verdict.share_elapsed),
        documents=tuple({row.document_digest: None for row in stated if row}),
        demonstration=is_demonstration(verdict),
        proceeds=verdict.sort not in ("growth", "change", "range"),
    )


def target_rows(
    verdicts: Sequence[Verdict], commitments: Mapping[str, Commitment]
) -> tuple[TargetRow, ...]:
    """Return one row a verdict, in the order given."""
    return tuple(_row(verdict, commitments) for verdict in verdicts)
