"""A small register in memory, told in the words of the trade."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from indicators import periods
from indicators.ledger import Batch, Entry, fits
from indicators.model import Indicator, Observation, Setting, Target
from indicators.tables import key_of


class Book:
    """A reader over rows that were added batch by batch, with short ways to add some."""

    def __init__(self):
        self.log = []
        self.done = []

    def add(self, *rows, at=None):
        seq = len(self.done) + 1
        moment = at or datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=seq)
        self.done.append(
            Batch(
                batch=f"b{seq}", seq=seq, action="test", committed_at=moment, who="测试",
                reason="", digest="",
            )
        )  # fmt: skip
        self.log += [(row, self.done[-1]) for row in rows]

    def entries(self, record, *, known_at=None, **equal):
        found = {}
        for row, batch in self.log:
            if type(row) is record and (known_at is None or batch.committed_at <= known_at):
                found[key_of(row)] = Entry(row, batch)
        return [
            each
            for _, each in sorted(found.items(), key=lambda item: str(item[0]))
            if fits(equal)(each.row)
        ]

    def current(self, record, *, known_at=None, **equal):
        return [each.row for each in self.entries(record, known_at=known_at, **equal)]

    def history(self, record, **equal):
        return [
            Entry(row, batch) for row, batch in self.log if type(row) is record and fits(equal)(row)
        ]

    def batches(self):
        return list(self.done)

    @property
    def seq(self):
        return len(self.done)

    def target(
        self, value, *, name="智算规模", unit="EFLOPS", dimension="compute", sort="level",
        deadline="2027-12-31", start="2025-01-01", bound="at_least", high=None, setting=None, **more,
    ):  # fmt: skip
        """Add an indicator with its target and settings; returns the target."""
        key = f"{name}/{len(self.log)}"
        row = Target(
            target_id=f"目标 {key}", indicator_id=key, magnitude=Decimal(str(value)), unit=unit,
            magnitude_high=None if high is None else Decimal(str(high)), bound=bound,
            deadline=date.fromisoformat(deadline), plan_start=date.fromisoformat(start),
            status="accepted", **more,
        )  # fmt: skip
        self.add(
            Indicator(
                indicator_id=key,
                name=name,
                place="武清区",
                unit=unit,
                dimension=dimension,
                sort=sort,
            ),
            row,
            *([Setting(indicator_id=key, **setting)] if setting is not None else []),
        )
        return row

    def report(self, target, quarter, value, basis="level", *, at=None, since=None, **more):
        """Add the value of a quarter from a workbook, or of a ``day`` from elsewhere."""
        period = periods.from_basis(quarter, basis, since=since or target.plan_start)
        row = Observation(
            indicator_id=target.indicator_id, period_start=period.start, period_end=period.end,
            basis=basis, source="workbook", origin="区数据局", magnitude=Decimal(str(value)),
            unit=target.unit,
        )  # fmt: skip
        self.add(dataclasses.replace(row, **more), at=at)


@pytest.fixture
def book():
    """An empty register."""
    return Book()


@pytest.fixture
def weigh():
    """Judge goals with one value each: ``weigh(rules, (goal, value, day), …)`` → Outcome."""
    import numpy as np

    from indicators.assessment import kernel, profile
    from indicators.assessment.columns import Readings, columns_of
    from indicators.assessment.goal import months

    def weighed(rules, *rows):
        size = len(rows)
        readings = Readings(
            actual=np.array([float(value) for _, value, _ in rows]),
            at=np.array([months(day) for _, _, day in rows], np.int32),
            on_time=np.array([float(value) for _, value, _ in rows]),
            broken=np.zeros(size, np.int8),
            passed=np.array([day > goal.deadline for goal, _, day in rows]),
            overdue=np.zeros(size, bool),
            grain=np.zeros(size),
        )
        return kernel.assess(profile.load(rules), columns_of([each[0] for each in rows]), readings)

    return weighed


@pytest.fixture(scope="session")
def book_of():
    """The class of a register in memory, for tests that make several."""
    return Book
