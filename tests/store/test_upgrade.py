"""An older ledger is brought up to this release, a newer one is refused."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sql

from indicators.errors import StoreError
from indicators.model import Note, Observation, Setting
from indicators.store import open_store
from tests.store.processes import finish, start
from tests.store.samples import observation
from tests.store.test_trouble import become_nobody


def age(store):
    """Make a ledger look as an older release left it: a field, a table and a choice are not there."""
    with store.connections.engine.connect() as connection, connection.begin():
        for statement in (
            "ALTER TABLE observations DROP COLUMN note",
            "ALTER TABLE observations DROP COLUMN withdrawn",
            "DROP TABLE notes",
            "UPDATE schema_version SET fingerprint = 'older'",
        ):
            connection.execute(sql.text(statement))
        if connection.dialect.name == "postgresql":
            connection.execute(
                sql.text("ALTER TABLE settings DROP CONSTRAINT settings_direction_known")
            )
            connection.execute(sql.text(
                "ALTER TABLE settings ADD CONSTRAINT settings_direction_known"
                " CHECK (direction IN ('up', 'down', ''))"
            ))  # fmt: skip
        else:
            known = "SELECT sql FROM sqlite_master WHERE name = 'settings'"
            declared = connection.execute(sql.text(known)).scalar()
            older = declared.replace("direction = 'maintain' OR ", "")
            assert older != declared
            connection.execute(sql.text("ALTER TABLE settings RENAME TO gone"))
            connection.exec_driver_sql(older)
            connection.execute(sql.text("INSERT INTO settings SELECT * FROM gone"))
            connection.execute(sql.text("DROP TABLE gone"))


def older(where):
    """Make an older ledger with rows in it."""
    with open_store(where) as store:
        with store.batch("import", who="甲") as tx:
            tx.add([observation("i1", "5"), Setting(indicator_id="i1", direction="up")])
        age(store)


def test_an_older_ledger_is_brought_up(store_url):
    """Rows stay with their digests, new fields have their default, new choices are allowed."""
    older(store_url)
    with open_store(store_url) as store:
        assert store.current(Observation) == (observation("i1", "5"),)
        assert list(store.verify()) == []
        with store.batch("settings", who="甲") as tx:
            tx.add(
                [Setting(indicator_id="i1", direction="maintain"), observation("i2", "1", note="x")]
            )
            tx.add([Note(note_id="n", subject="i1", text="好")])
    with open_store(store_url) as store:
        assert [row.direction for row in store.current(Setting)] == ["maintain"]
        assert [row.note for row in store.current(Observation)] == ["", "x"]
        assert list(store.verify()) == []


def test_it_is_brought_up_once_by_many(store_url):
    """Several processes that open an older ledger at once all find it brought up."""
    older(store_url)

    def work():
        with open_store(store_url) as store:
            return len(store.current(Observation)) - 1 + len(list(store.verify()))

    assert [finish(each) for each in [start(work) for _ in range(4)]] == [0] * 4


def test_an_upgrade_that_is_cut_short_changes_nothing(tmp_path, monkeypatch):
    """Everything happens in one transaction: a failure leaves the older ledger as it was."""
    older(tmp_path)
    before = (tmp_path / "ledger.sqlite").read_bytes()
    monkeypatch.setattr(
        "indicators.store.upgrade._rebuild",
        lambda connection, table: connection.exec_driver_sql("DROP TABLE settings") and 1 / 0,
    )
    with pytest.raises(ZeroDivisionError):
        open_store(tmp_path)
    monkeypatch.undo()
    assert (tmp_path / "ledger.sqlite").read_bytes() == before
    with open_store(tmp_path) as store:
        assert len(store.current(Setting)) == 1


def test_an_older_ledger_can_be_read_without_writing():
    """Who may not write reads an older ledger as it is, with the defaults of what it lacks."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    where = folder / "store"
    older(where)
    where.chmod(0o555)

    def work():
        become_nobody()
        with open_store(where) as store:
            rows = store.current(Observation)
            return int(rows != (observation("i1", "5"),) or list(store.current(Note)) != [])

    try:
        assert finish(start(work)) == 0
    finally:
        where.chmod(0o755)
        shutil.rmtree(folder)


def test_a_newer_ledger_is_refused(any_store, store_url):
    """A ledger of a newer release says so and is left alone."""
    with any_store.connections.engine.connect() as connection, connection.begin():
        connection.execute(sql.text("UPDATE schema_version SET version = 99"))
    with pytest.raises(StoreError, match=r"更新的版本建立（第 99 版.*请升级"):
        open_store(store_url)


def test_a_field_we_do_not_know_means_a_newer_release(any_store, store_url):
    """A ledger with a field that this release does not know is not cut down to what it knows."""
    with any_store.connections.engine.connect() as connection, connection.begin():
        connection.execute(sql.text("ALTER TABLE settings ADD COLUMN mood TEXT"))
        connection.execute(sql.text("UPDATE schema_version SET fingerprint = 'other'"))
    with pytest.raises(StoreError, match="不认识的列 mood"):
        open_store(store_url)
