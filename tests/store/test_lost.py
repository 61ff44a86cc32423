"""A ledger that lost its file, its content or a table is never taken for a new one."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from indicators.errors import StoreError
from indicators.store import open_store
from tests.store.samples import observation


@pytest.fixture
def where(tmp_path):
    """A ledger with a batch and a kept file."""
    folder = tmp_path / "store"
    with open_store(folder) as store:
        store.keep("原件".encode(), name="a.txt")
        with store.batch("import", who="甲") as tx:
            tx.add([observation("i1", "1")])
    return folder


def snapshot(folder):
    """Every file of a folder with its content."""
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def emptied(path):
    path.write_bytes(b"")


def without_tables(path):
    path.unlink()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("CREATE TABLE a (b)")
    raw.execute("DROP TABLE a")
    raw.close()


def removed(path):
    path.unlink()


def removed_but_its_log(path):
    path.with_name(path.name + "-wal").write_bytes(b"x")
    shutil.rmtree(path.parent / "files")
    path.unlink()


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("lose", [emptied, without_tables, removed, removed_but_its_log])
def test_a_lost_ledger_is_not_a_new_one(where, lose, create):
    """Opening it says what is lost and to restore it, and leaves the folder as it is."""
    lose(where / "ledger.sqlite")
    before = snapshot(where)
    with pytest.raises(StoreError, match=r"从备份恢复 ledger\.sqlite") as caught:
        open_store(where, create=create)
    assert "\n" not in str(caught.value)
    assert snapshot(where) == before


def test_another_ledger_may_share_the_kept_files(where):
    """Files kept by one database do not forbid a second one beside it."""
    with open_store(f"sqlite:///{where / 'second.sqlite'}") as store:
        assert store.seq == 0


def test_a_new_ledger_is_whole_or_absent(tmp_path):
    """Making one leaves nothing else in the folder."""
    open_store(tmp_path / "new").close()
    assert [each.name for each in (tmp_path / "new").iterdir()] == ["ledger.sqlite"]


@pytest.mark.parametrize("table", ["observations", "batches", "imports", "schema_version"])
def test_a_lost_table_is_named(where, table):
    """A ledger without one of its tables is not opened at all."""
    raw = sqlite3.connect(where / "ledger.sqlite")
    raw.execute(f"DROP TABLE {table}")
    raw.close()
    with pytest.raises(StoreError, match=f"已损坏：缺少表 {table}；请从备份恢复"):
        open_store(where)


@pytest.mark.postgres
def test_a_schema_without_a_ledger_stays_empty(postgres_url):
    """Who only reads makes no tables on a server either."""
    for _ in range(2):
        with pytest.raises(StoreError, match="没有台账"):
            open_store(postgres_url, create=False)
    open_store(postgres_url).close()
    open_store(postgres_url, create=False).close()
