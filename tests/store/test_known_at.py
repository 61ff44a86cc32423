"""The ledger as it was known at a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from indicators.errors import StoreError
from indicators.model import Observation
from indicators.store.ledger import Store
from indicators.store.location import locate
from tests.store.samples import observation


def say(store, value):
    """Record a value and return the moment of its batch."""
    with store.batch("import", who="甲") as tx:
        tx.add([observation("i1", value)])
    return tx.batch.committed_at


def known(store, moment):
    return [int(row.magnitude) for row in store.current(Observation, known_at=moment)]


def test_a_later_batch_is_not_known_yet(any_store):
    """What was committed after the moment is not seen."""
    first, second = say(any_store, "1"), say(any_store, "2")
    assert known(any_store, first - timedelta(microseconds=1)) == []
    assert known(any_store, first) == [1]
    assert known(any_store, second) == [2]
    assert known(any_store, second + timedelta(days=1)) == [2]


def test_a_retraction_counts_from_its_own_moment(any_store):
    """Before the retraction the void batch is in force, after it the one before."""
    say(any_store, "1")
    second = say(any_store, "2")
    gone = any_store.retract("2", who="乙", reason="填错").committed_at
    assert known(any_store, second) == [2]
    assert known(any_store, gone) == [1]


def test_entries_know_too(any_store):
    """Entries as known at a moment carry the batch of that time."""
    first = say(any_store, "1")
    say(any_store, "2")
    (entry,) = any_store.entries(Observation, known_at=first, indicator_id="i1")
    assert entry.batch.seq == 1


def test_a_moment_needs_a_zone(store):
    """A moment without a zone could mean two things and is refused."""
    say(store, "1")
    with pytest.raises(StoreError, match="没有时区"):
        store.current(Observation, known_at=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_time_never_runs_back(tmp_path):
    """A clock that was set back does not put a batch before its predecessor."""
    times = iter([datetime(2026, 5, 2, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)])
    with Store(locate(tmp_path), clock=lambda: next(times)) as store:
        first, second = say(store, "1"), say(store, "2")
        assert first < second
        assert known(store, first) == [1]
