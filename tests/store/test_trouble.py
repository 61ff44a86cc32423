"""A ledger that cannot be opened, read or written says so in one line with what to do."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import make_url

from indicators.errors import AccessDenied, StoreError
from indicators.model import Observation
from indicators.store import open_store
from tests.store.processes import finish, start
from tests.store.samples import observation


def fill(where, rows=200):
    """Make a ledger with some rows."""
    with open_store(where) as store, store.batch("import", who="甲") as tx:
        tx.add(observation(f"i{number}", "1") for number in range(rows))


def words_of(act, *arguments):
    """The one line that an act fails with."""
    with pytest.raises(StoreError) as caught:
        act(*arguments)
    line = str(caught.value)
    assert "\n" not in line
    return line


def read_all(where):
    with open_store(where) as store:
        store.current(Observation)


def test_a_folder_of_other_files_is_no_store(tmp_path):
    """A folder with other files in it is not turned into a ledger."""
    (tmp_path / "plan.txt").write_text("x", encoding="utf-8")
    assert "这个文件夹不是台账库" in words_of(open_store, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["plan.txt"]


def test_a_file_of_another_kind_is_no_store(tmp_path):
    """A text file, and a database of something else, are no ledgers and stay as they are."""
    text = tmp_path / "a.txt"
    text.write_text("这不是数据库" * 100, encoding="utf-8")
    before = text.read_bytes()
    assert "已损坏或不是台账库" in words_of(open_store, text)
    assert text.read_bytes() == before
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE customers (name)")
    other.close()
    assert "里面有别的表" in words_of(open_store, tmp_path / "other.sqlite")


@pytest.mark.parametrize("where", ["mysql://u:secret@h/d", "sqlite://", "http://x"])
def test_another_address_is_refused(where):
    """An address of another kind is refused, its password not repeated."""
    line = words_of(open_store, where)
    assert "台账库" in line
    assert "secret" not in line


def test_an_absent_store_can_be_an_error(tmp_path):
    """Who only wants to read may ask that nothing is made."""
    with pytest.raises(StoreError, match="这里没有台账库"):
        open_store(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_server_that_is_not_there():
    """A server that does not answer is said so."""
    line = words_of(open_store, "postgresql://nobody:secret@127.0.0.1:1/none")
    assert "连接不上数据库" in line
    assert "secret" not in line


def test_a_missing_driver_is_named(monkeypatch):
    """Without the driver of PostgreSQL the part to install is named."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "请安装 indicator-monitor[postgres]" in words_of(open_store, "postgresql://h/d")


@pytest.mark.postgres
def test_a_database_that_is_not_there(postgres_server):
    """A database that does not exist is named."""
    absent = make_url(postgres_server).set(database="no_such_database")
    line = words_of(open_store, absent.render_as_string(hide_password=False))
    assert "no_such_database" in line
    assert "请先在服务器上建立数据库" in line


@pytest.mark.parametrize("keep", [0.2, 0.6])
def test_a_truncated_file_is_damaged(tmp_path, keep):
    """A file that lost its end is damaged; nothing is made up."""
    fill(tmp_path)
    path = tmp_path / "ledger.sqlite"
    os.truncate(path, int(path.stat().st_size * keep) // 4096 * 4096)
    assert "已损坏" in words_of(read_all, tmp_path)


def test_an_overwritten_file_is_damaged(tmp_path):
    """A file whose pages were overwritten is damaged, at the latest when verified."""
    fill(tmp_path)
    path = tmp_path / "ledger.sqlite"
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = os.urandom(len(content) - 4096 * 2)
    path.write_bytes(content)
    assert "台账库" in words_of(read_all, tmp_path)


def test_a_store_that_vanishes_is_missed(tmp_path):
    """When the file is removed or replaced under a running program, it says so and writes nothing."""
    fill(tmp_path / "a")
    fill(tmp_path / "b", rows=1)
    with open_store(tmp_path / "a") as store:
        assert len(store.current(Observation)) == 200
        shutil.move(tmp_path / "a" / "ledger.sqlite", tmp_path / "moved")
        assert "台账库文件不见了" in words_of(lambda: store.current(Observation))
        shutil.copy(tmp_path / "b" / "ledger.sqlite", tmp_path / "a" / "ledger.sqlite")
        assert "已被替换成另一个文件" in words_of(lambda: store.current(Observation))
        (tmp_path / "a" / "ledger.sqlite").unlink()
        shutil.move(tmp_path / "moved", tmp_path / "a" / "ledger.sqlite")
        assert len(store.current(Observation)) == 200


@pytest.mark.parametrize(
    "error", [AccessDenied("不可"), FileNotFoundError(2, "none"), ImportError("x")]
)
def test_what_others_raise_in_a_batch_passes_through(store, error):
    """An error of the caller inside a batch comes out as it is, and nothing is recorded."""

    def fail():
        with store.batch("import", who="甲") as tx:
            tx.add([observation("i1", "1")])
            raise error

    with pytest.raises(type(error)) as caught:
        fail()
    assert caught.value is error
    assert store.seq == 0


def write_until_full(where):
    """Write more than the limit on file sizes allows; 0 when told so in words."""
    with open_store(where) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        try:
            with store.batch("import", who="甲") as tx:
                tx.add(observation(f"j{number}", "1", note="满" * 200) for number in range(3000))
        except StoreError as error:
            words = str(error)
        else:
            return 1
        try:
            store.keep(b"x" * 300_000)
        except StoreError as error:
            words += str(error)
        else:
            return 2
        whole = len(store.current(Observation)) == 50
        return 0 if words.count("磁盘已满或写入失败") == 2 and whole else 3


def test_a_full_disk_leaves_the_ledger_readable(tmp_path):
    """When the disk is full the batch is refused, and the ledger is as it was."""
    fill(tmp_path, rows=50)
    assert finish(start(write_until_full, tmp_path)) == 0
    with open_store(tmp_path) as store:
        assert len(store.current(Observation)) == 50
        assert list(store.verify()) == []
        assert list((tmp_path / "files").iterdir()) == []


@pytest.fixture
def public_folder():
    """A folder that other users of the machine can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def become_nobody():
    """Give up the rights of the superuser, whom no file mode stops."""
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


def read_but_not_write(where):
    """As a user without rights: reading works, writing is refused in words."""
    become_nobody()
    with open_store(where) as store:
        if len(store.current(Observation)) != 200 or store.seq != 1:
            return 1
        if list(store.verify()):
            return 2
        for act in (
            lambda: store.keep(b"x"),
            lambda: store.retract("1", who="甲", reason="x"),
        ):
            try:
                act()
            except StoreError as error:
                if "台账库只能读，不能写" not in str(error):
                    return 3
            else:
                return 4
    return 0


@pytest.mark.parametrize("log", ["closed", "left"])
def test_a_read_only_store_can_be_read(public_folder, log):
    """A ledger without the right to write is read, also when a writer left its log behind."""
    where = public_folder / "store"
    if log == "left":
        held = open_store(where)
        with held.batch("import", who="甲") as tx:
            tx.add(observation(f"i{number}", "1") for number in range(200))
    else:
        fill(where)
    where.chmod(0o555)
    try:
        assert finish(start(read_but_not_write, where)) == 0
    finally:
        where.chmod(0o755)
        if log == "left":
            held.close()
