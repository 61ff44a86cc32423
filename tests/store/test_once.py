"""A file stands once for an office and quarter: the database itself refuses the second."""

from __future__ import annotations

import sqlite3

import pytest

from indicators.errors import StoreError
from indicators.store import open_store
from indicators.store.trouble import AlreadyRecorded
from indicators.tables import tables
from tests.store.samples import observation

COPY_OF_A_ROW = (
    "INSERT INTO observations SELECT seq, line + 1, row_digest, "
    + ", ".join(field.name for field in tables()["observations"].fields)
    + " FROM observations"
)
COPY_OF_A_BATCH = (
    "INSERT INTO batches SELECT seq + 1, 'x', action, committed_at, who, reason, previous, 'y',"
    " voids, file_digest, place, office, quarter, demonstration, rows FROM batches"
)


def hand_in(store, value="1", quarter="2026Q1", place="武清区", office="区数据局"):
    """Import the same file for a quarter of an office."""
    with store.batch(
        "import", who="甲", file_digest="ab" * 32, place=place, office=office, quarter=quarter
    ) as tx:
        tx.add([observation("i1", value)])


def test_the_same_file_twice_is_refused(any_store):
    """The second import of a file for one office and quarter is refused, the first stays."""
    hand_in(any_store)
    with pytest.raises(AlreadyRecorded, match="已为该单位该季度导入过"):
        hand_in(any_store, "2")
    assert any_store.seq == 1


def test_the_same_file_may_serve_another_quarter_or_office(any_store):
    """File, place, office and quarter together must be new."""
    hand_in(any_store)
    hand_in(any_store, "2", quarter="2026Q2")
    hand_in(any_store, "3", office="区工信局")
    hand_in(any_store, "4", place="西青区")
    assert any_store.seq == 4


def test_a_retraction_frees_the_file(any_store):
    """After its batch was voided the file may be imported again."""
    hand_in(any_store)
    any_store.retract("1", who="乙", reason="填错")
    hand_in(any_store, "2")
    assert any_store.seq == 3


def test_what_was_imported_anew_blocks_the_old_batch(any_store):
    """A retraction cannot be taken back once the file has been imported anew."""
    hand_in(any_store)
    any_store.retract("1", who="乙", reason="填错")
    hand_in(any_store, "2")
    with pytest.raises(AlreadyRecorded):
        any_store.retract("2", who="乙", reason="没有填错")
    assert any_store.seq == 3
    assert "store-imports-wrong" not in [finding.code for finding in any_store.verify()]


def test_enumerations_and_keys_are_constraints_of_the_database(tmp_path):
    """A program that writes around us meets the constraints too."""
    with open_store(tmp_path) as store, store.batch("import", who="甲") as tx:
        tx.add([observation("i1", "1")])
    raw = sqlite3.connect(tmp_path / "ledger.sqlite")
    for change in (
        "UPDATE observations SET bound = 'roughly'",
        "UPDATE observations SET unit = NULL",
        COPY_OF_A_ROW,
        COPY_OF_A_BATCH,
    ):
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(change)
    raw.close()


def test_a_batch_within_a_batch_is_refused(store):
    """A second batch in the same thread would wait for itself; it is refused at once."""
    with store.batch("import", who="甲"), pytest.raises(StoreError, match="未完成的批次"):
        store.retract("1", who="甲", reason="x")
