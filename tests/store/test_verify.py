"""Verification finds what was changed behind the ledger's back."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

import pytest
import sqlalchemy as sql

from indicators.model import SourceDocument
from indicators.store import open_store
from tests.store.samples import observation


@pytest.fixture
def filled(store_url):
    """A ledger with three batches, a retraction and a kept file; two readings of it agree."""
    with open_store(store_url) as store:
        digest = store.keep("算力".encode(), name="plan.txt")
        with store.batch("load", who="甲", file_digest=digest) as tx:
            tx.add([SourceDocument(document_digest=digest, document="plan.txt")])
        for value in ("1", "2"):
            with store.batch("import", who="甲", file_digest=digest, quarter=f"2026Q{value}") as tx:
                tx.add([observation("i1", value), observation("i2", value)])
        store.retract("2", who="乙", reason="填错")
        yield store


def codes(store):
    return sorted(finding.code for finding in store.verify())


def tamper(store, statement):
    """Change the database as a stranger would."""
    with store.connections.engine.connect() as connection, connection.begin():
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.execute(sql.text(statement))


def test_an_untouched_ledger_is_sound(filled):
    """What was written is found as it was written."""
    assert codes(filled) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE observations SET magnitude = '9' WHERE seq = 3 AND line = 1", "store-row-changed"),
        (
            "UPDATE observations SET row_digest = 'x' WHERE seq = 3 AND line = 0",
            "store-row-changed",
        ),
        ("DELETE FROM observations WHERE seq = 3 AND line = 1", "store-batch-changed"),
        ("UPDATE batches SET who = '丙' WHERE seq = 3", "store-batch-changed"),
        ("UPDATE batches SET digest = 'x' WHERE seq = 4", "store-batch-changed"),
        ("UPDATE batches SET previous = 'x' WHERE seq = 3", "store-chain-broken"),
        ("DELETE FROM imports", "store-imports-wrong"),
    ],
)
def test_a_change_is_found(filled, statement, expected):
    """Each kind of change to the database is found and named."""
    tamper(filled, statement)
    assert expected in codes(filled)


def test_a_forged_row_with_a_forged_digest_breaks_the_chain(filled):
    """Whoever also forges the row's digest is found by the chain."""
    tamper(filled, "UPDATE observations SET magnitude = '9', line = 0 WHERE seq = 3 AND line = 0")
    (row,) = [f for f in filled.verify() if f.code == "store-row-changed"]
    assert row.message == "表 observations 批次 3 第 1 行与其摘要不符"
    from indicators.store.chain import row_digest
    from indicators.store.rows import canonical, columns_of
    from indicators.tables import tables

    table = tables()["observations"]
    (text,) = canonical(table, columns_of(table, [observation("i1", "9")]))
    forged = row_digest(text)
    tamper(filled, f"UPDATE observations SET row_digest = '{forged}' WHERE seq = 3 AND line = 0")
    assert codes(filled) == ["store-batch-changed"]


def test_a_deleted_batch_is_found(filled):
    """A batch cut out of the chain leaves a gap, its rows become orphans."""
    connection = filled.connections.engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute(
        "PRAGMA foreign_keys = OFF"
        if filled.location.path
        else "SET session_replication_role = replica"
    )
    cursor.execute("DELETE FROM batches WHERE seq = 2")
    connection.commit()
    connection.invalidate()
    assert {"store-chain-broken", "store-row-orphan"} <= set(codes(filled))


def test_a_missing_and_a_changed_file_are_found(store, tmp_path):
    """A kept file that is gone or altered is found; one that nothing speaks of is only noted."""
    digest = store.keep(b"one")
    with store.batch("load", who="甲", file_digest=digest) as tx:
        tx.add([SourceDocument(document_digest=digest, document="one.txt")])
    path = Path(tmp_path / "store" / "files" / digest)
    path.write_bytes(b"two")
    assert codes(store) == ["store-file-changed"]
    path.unlink()
    assert codes(store) == ["store-file-missing"]
    store.keep(b"one")
    store.keep(b"left over")
    (note,) = store.verify()
    assert (note.code, note.severity) == ("store-file-orphan", "note")


def test_a_file_is_kept_with_its_batch_or_not_at_all(store_url):
    """What is refused under the write lock, and what records nothing, leaves no file behind."""
    digest = hashlib.sha256(b"one").hexdigest()
    document = SourceDocument(document_digest=digest, document="one.txt")
    with open_store(store_url) as store:
        with contextlib.suppress(ZeroDivisionError), store.batch("load", who="甲") as tx:
            tx.keep(b"refused", name="a.xlsx")
            tx.add([document])
            1 / 0  # noqa: B018 - what goes wrong in a batch
        with store.batch("load", who="甲") as tx:
            tx.keep(b"empty")
        assert list(store.files.digests()) == []
        with store.batch("load", who="甲", file_digest=digest) as tx:
            assert tx.keep(b"one") == digest
            tx.add([document])
        assert store.content(digest) == b"one"
        assert list(store.verify()) == []
