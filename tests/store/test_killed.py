"""A process killed at any step leaves the whole batch or nothing of it."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest

from indicators.model import Observation, Setting, SourceDocument
from indicators.store import open_store
from indicators.store.ledger import Store
from indicators.store.location import locate
from tests.store.processes import die, finish, start
from tests.store.samples import observation

STEPS = ["keep", "kept", "open", "locked", "rows", "batch", "table documents",
         "table observations", "table settings", "commit", "done"]  # fmt: skip


def record(store):
    """Keep a file and record rows of three tables that speak of it."""
    digest = store.keep(b"workbook", name="a.xlsx")
    with store.batch("import", who="甲", file_digest=digest, quarter="2026Q1") as tx:
        tx.add([SourceDocument(document_digest=digest, document="a.xlsx")])
        tx.add(observation(f"i{number}", "1") for number in range(5))
        tx.add([Setting(indicator_id="i1")])


def record_and_die(where, step):
    """Record, and die before the step."""
    store = Store(locate(where), step=lambda name: die() if name == step else None)
    record(store)


def test_the_steps_are_these(tmp_path):
    """The list of steps that are tested is the list of steps that are taken."""
    taken = []
    record(Store(locate(tmp_path), step=taken.append))
    assert taken == STEPS


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(store_url, step):
    """Killed before a step, the ledger holds nothing of the batch (all of it after the commit)."""
    open_store(store_url).close()
    assert finish(start(record_and_die, store_url, step)) == -signal.SIGKILL
    with open_store(store_url) as store:
        assert [f for f in store.verify() if f.severity != "note"] == []
        whole = step == "done"
        assert (store.seq, len(store.history(Observation))) == ((1, 5) if whole else (0, 0))
        if not whole:
            record(store)
        assert (store.seq, len(store.current(Observation))) == (1, 5)
        assert list(store.verify()) == []


def record_for_ever(where):
    store = open_store(where)
    while True:
        with store.batch("import", who="甲") as tx:
            tx.add(observation(f"i{number}", str(store.seq)) for number in range(200))


def test_killed_at_random_moments(store_url):
    """Killed at any moment while writing, only whole batches are found."""
    open_store(store_url).close()
    chance = random.Random(20261123)
    reached = 0
    for _ in range(4):
        process = start(record_for_ever, store_url)
        with open_store(store_url) as store:
            until = time.monotonic() + 30
            while store.seq == reached and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(chance.random() / 8)
            os.kill(process, signal.SIGKILL)
            assert finish(process) == -signal.SIGKILL
            with store.batch("wait", who="乙"):
                pass  # a server may still be busy with what the killed client last said
            assert store.seq > reached
            reached = store.seq
            assert len(store.history(Observation)) == 200 * reached
            assert list(store.verify()) == []
