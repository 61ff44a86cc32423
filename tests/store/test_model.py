"""Whatever is added, voided and given back, every view of the ledger equals a plain model."""

from __future__ import annotations

import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from indicators.model import Observation, Setting
from indicators.store import open_store
from indicators.store.memory import Memory
from indicators.tables import key_of
from tests.store.samples import observation

DIRECTIONS = ("up", "down", "")
SETTINGS = st.builds(
    Setting, indicator_id=st.sampled_from("abcd"), direction=st.sampled_from(DIRECTIONS)
)
OBSERVATIONS = st.builds(
    observation,
    st.sampled_from("abc"),
    st.sampled_from(("1", "2", "3")),
    origin=st.sampled_from(("甲", "乙")),
)


class LedgerAgainstModel(RuleBasedStateMachine):
    """The model is the list of batches; what is in force is worked out from it each time."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.writer = open_store(self.folder)
        self.reader = open_store(self.folder)
        self.idle = open_store(self.folder)
        """Reads now and then only, so that it has several batches to catch up with."""
        # So many rows that a few more are put in their place and not sorted anew.
        ground = [Setting(indicator_id=f"z{number:02d}") for number in range(50)]
        ground += [observation(f"z{number:02d}", "1") for number in range(50)]
        with self.writer.batch("load", who="甲") as tx:
            tx.add(ground)
        self.batches = [(ground, 0)]
        """For each batch: its rows, and the seq of the batch it voids (0 for none)."""

    def teardown(self):
        assert list(self.writer.verify()) == []
        self.writer.close()
        self.reader.close()
        self.idle.close()
        shutil.rmtree(self.folder)

    def void(self, seq):
        """The batches that are void after batch ``seq``."""
        gone = set()
        for number in range(seq, 0, -1):
            voids = self.batches[number - 1][1]
            if voids and number not in gone:
                gone.add(voids)
        return gone

    def expected(self, record, seq, **equal):
        """Rows in force after batch ``seq`` with the seq of each, by order of key."""
        gone, force = self.void(seq), {}
        for number, (rows, _) in enumerate(self.batches[:seq], 1):
            if number not in gone:
                force |= {key_of(row): (number, row) for row in rows if type(row) is record}
        found = [force[key] for key in sorted(force)]
        return [
            each
            for each in found
            if all(getattr(each[1], name) in values(value) for name, value in equal.items())
        ]

    @rule(rows=st.lists(SETTINGS | OBSERVATIONS, max_size=5))
    def add(self, rows):
        """Add rows: the last of each key counts, and only where it says something new."""
        before = {
            (record, key_of(row)): row
            for record in (Setting, Observation)
            for _, row in self.expected(record, len(self.batches))
        }
        last = {(type(row), key_of(row)): row for row in rows}
        new = [row for key, row in last.items() if before.get(key) != row]
        with self.writer.batch("import", who="甲") as tx:
            assert tx.add(rows) == len(new)
        assert (tx.batch is not None) == bool(new)
        if new:
            self.batches.append((new, 0))

    @precondition(lambda self: len(self.void(len(self.batches))) < len(self.batches))
    @rule(data=st.data())
    def retract(self, data):
        """Void any batch that stands, retractions included."""
        gone = self.void(len(self.batches))
        standing = [seq for seq in range(1, len(self.batches) + 1) if seq not in gone]
        seq = data.draw(st.sampled_from(standing))
        self.writer.retract(str(seq), who="乙", reason="填错")
        self.batches.append(([], seq))

    @rule(seq=st.integers(0, 30))
    def look_back(self, seq):
        """What was known after a batch is what the model says, in every kind of view."""
        seq = min(seq, len(self.batches))
        if not seq:
            return
        moment = self.reader.batches()[seq - 1].committed_at
        for record, equal in QUESTIONS:
            wanted = self.expected(record, seq, **equal)
            entries = self.reader.entries(record, known_at=moment, **equal)
            assert [(entry.batch.seq, entry.row) for entry in entries] == wanted
            narrow = Memory(self.reader.connections).versions(record, equal, moment)
            assert list(narrow) == wanted

    @rule()
    def catch_up(self):
        """Who has not read for a while sees the same."""
        for record, equal in QUESTIONS:
            rows = [row for _, row in self.expected(record, len(self.batches), **equal)]
            assert list(self.idle.current(record, **equal)) == rows

    @invariant()
    def current_is_what_the_model_says(self):
        """Writer, another opener, and one that has nothing in memory agree with the model."""
        head = len(self.batches)
        assert self.reader.seq == head
        for record, equal in QUESTIONS:
            wanted = self.expected(record, head, **equal)
            rows = [row for _, row in wanted]
            for store in (self.writer, self.reader):
                assert list(store.current(record, **equal)) == rows
            entries = self.reader.entries(record, **equal)
            assert [(entry.batch.seq, entry.row) for entry in entries] == wanted
            fresh = Memory(self.reader.connections)
            assert list(fresh.rows(record, equal)) == rows

    @invariant()
    def history_forgets_nothing(self):
        """History has every row ever added, in order."""
        for record in (Setting, Observation):
            wanted = [
                (seq, row)
                for seq, (rows, _) in enumerate(self.batches, 1)
                for row in sorted(rows, key=lambda row: str(key_of(row)))
                if type(row) is record
            ]
            found = [(entry.batch.seq, entry.row) for entry in self.reader.history(record)]
            assert [seq for seq, _ in found] == [seq for seq, _ in wanted]
            found.sort(key=lambda each: (each[0], str(key_of(each[1]))))
            assert found == wanted
        gone = self.void(len(self.batches))
        shown = {batch.seq for batch in self.reader.batches() if batch.voided_by}
        assert shown == gone


def values(asked):
    """A frozenset asks for any of its values."""
    return asked if isinstance(asked, frozenset) else [asked]


QUESTIONS = [
    (Setting, {}),
    (Setting, {"indicator_id": "a"}),
    (Setting, {"direction": "up"}),
    (Setting, {"direction": "down", "indicator_id": "b"}),
    (Setting, {"indicator_id": frozenset({"b", "a", "nobody"})}),
    (Setting, {"direction": frozenset({"up", "maintain"}), "indicator_id": "a"}),
    (Observation, {}),
    (Observation, {"origin": frozenset({"乙", "甲"}), "magnitude": Decimal(2)}),
    (Observation, {"indicator_id": frozenset()}),
    (Observation, {"indicator_id": "b"}),
    (Observation, {"origin": "甲"}),
    (Observation, {"magnitude": Decimal(2)}),
    (Observation, {"magnitude": Decimal(2), "origin": "乙"}),
]

TestLedgerAgainstModel = LedgerAgainstModel.TestCase
TestLedgerAgainstModel.__doc__ = "Random histories of a ledger agree with the model at every step."
TestLedgerAgainstModel.settings = settings(max_examples=10, stateful_step_count=15, deadline=None)
