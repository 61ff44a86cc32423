"""Connections to the ledger's database: many readers, one writer at a time.

SQLite: write-ahead log, every commit flushed to the disk, ``BEGIN IMMEDIATE`` so that a writer
holds the lock from its first read.  PostgreSQL: one advisory lock per schema does the same.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sql
from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry

from indicators.errors import StoreError
from indicators.store import holders
from indicators.store.location import Location
from indicators.store.schema import Schema, schema
from indicators.store.trouble import translated, with_driver
from indicators.store.values import Dialect

__all__ = ["Connections"]

_CACHE = 32 * 1024
"""KiB of pages that SQLite may keep: a large batch spills its index into the log otherwise."""
_SILENCE = 2.0
"""Seconds of waiting before it is spoken of."""


class Connections:
    """Opens transactions on a ledger's database.

    Args:
        location: where it lies.
        patience: seconds a writer waits for another.
    """

    def __init__(self, location: Location, *, patience: float) -> None:
        self.location = location
        self.label = location.label
        self.patience = patience
        self.dialect: Dialect = "sqlite" if location.path else "postgresql"
        self.schema: Schema = schema(self.dialect)
        self.read_only = location.path is not None and _is_read_only(location)
        self._turn = threading.Lock()
        self._writer = 0
        self._file = 0
        with with_driver(self.label):
            self.engine = self._sqlite() if location.path else self._server()

    def _sqlite(self) -> sql.Engine:
        path = self.location.path
        assert path is not None
        uri = path.absolute().as_uri() + "?mode=rw"
        if self.read_only:
            # Without its -shm file a log cannot be read in a folder that cannot be written;
            # then nobody writes there either, and the file is read as it lies.
            alive = any(path.with_name(path.name + end).exists() for end in ("-shm", "-wal"))
            uri = path.absolute().as_uri() + ("?mode=ro" if alive else "?immutable=1")

        def connect() -> sqlite3.Connection:
            return sqlite3.connect(
                uri,
                uri=True,
                timeout=self.patience,
                isolation_level=None,
                check_same_thread=False,
            )

        engine = sql.create_engine("sqlite://", creator=connect, poolclass=sql.QueuePool)
        event.listen(engine, "connect", self._prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def _prepare(self, connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        del entry
        if not self.read_only:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")

    def _server(self) -> sql.Engine:
        return sql.create_engine(
            self.location.url,
            paramstyle="format",
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, "application_name": "indicators"},
        )

    @contextmanager
    def reading(self, *, snapshot: bool = False) -> Iterator[sql.Connection]:
        """Open a transaction that reads.

        Args:
            snapshot: see one state throughout; otherwise each statement may see a newer one.

        Raises:
            StoreError: the database cannot be reached or read.
        """
        self._still_there()
        with translated(self.label), self.engine.connect() as connection:
            if snapshot and self.dialect == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[sql.Connection]:
        """Open the one transaction that may write; it is committed when the block ends well.

        Raises:
            StoreError: another writer kept the lock too long, or nothing may be written here.
        """
        if self.read_only:
            raise StoreError(
                "台账库只能读，不能写",
                place=self.label,
                action="请检查文件夹和文件的写权限；什么也没有写入",
            )
        self._still_there()
        if self._writer == threading.get_ident():
            raise StoreError("同一线程里已有一个未完成的批次", place=self.label)
        notice = _notice(self.label, self.patience)
        if not self._turn.acquire(timeout=self.patience):
            notice.cancel()
            raise StoreError(
                "台账库正被本程序的另一项操作写入，等候超时", place=self.label, action="请稍后再试"
            )
        try:
            self._writer = threading.get_ident()
            with (
                translated(self.label, self._holder),
                self.engine.connect().execution_options(writing=True) as connection,
                connection.begin(),
            ):
                if self.dialect == "postgresql":
                    self._lock_server(connection)
                notice.cancel()
                yield connection
        finally:
            notice.cancel()
            self._writer = 0
            self._turn.release()

    def _still_there(self) -> None:
        """Refuse to go on with a database file that was removed or replaced under us."""
        path = self.location.path
        if path is None:
            return
        try:
            here = path.stat().st_ino
        except OSError as error:
            raise StoreError(
                "台账库文件不见了", place=str(path), action="请恢复文件，或检查磁盘是否仍然挂载"
            ) from error
        if self._file not in {0, here}:
            raise StoreError(
                "台账库文件已被替换成另一个文件", place=str(path), action="请重新启动本程序"
            )
        self._file = here

    def _lock_server(self, connection: sql.Connection) -> None:
        limit = f"{int(self.patience * 1000)}ms"
        connection.execute(sql.select(sql.func.set_config("lock_timeout", limit, True)))
        name = sql.func.hashtextextended("indicators/" + sql.func.current_schema(), 0)
        connection.execute(sql.select(sql.func.pg_advisory_xact_lock(name)))

    def _holder(self) -> str:
        """Return which other process writes, as （进程 4711 …）, where the system says so."""
        if self.dialect == "postgresql":
            return holders.on_server(self.engine)
        return holders.of_file(self.location.path) if self.location.path else ""

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _notice(label: str, patience: float) -> threading.Timer:
    """Return a clock that tells a person at a terminal what a silent command waits for.

    Cancel it once the lock is held; in a pipe it never runs.
    """
    words = f"{label}: 台账库正被另一个程序写入，正在等待（至多 {patience:.0f} 秒）…"
    clock = threading.Timer(_SILENCE, lambda: sys.stderr.write(f"{words}\n"))
    clock.daemon = True
    if sys.stderr.isatty():
        clock.start()
    return clock


def _begin(connection: sql.Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _is_read_only(location: Location) -> bool:
    path = location.path
    assert path is not None
    if not path.exists():
        return False
    return not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
