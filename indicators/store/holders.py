"""Who holds the write lock, so that a message can name the program to end."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import sqlalchemy as sql
from sqlalchemy.exc import SQLAlchemyError

__all__ = ["of_file", "on_server"]


def of_file(path: Path) -> str:
    """Return the process that writes a SQLite file, by Linux's own list of locks; else nothing.

    In write-ahead mode a writer locks byte 120 of the ``-shm`` file beside the database
    (https://www.sqlite.org/walformat.html, "WAL locks"); otherwise the database file itself.
    """
    with suppress(OSError, ValueError, IndexError):
        beside = path.with_name(path.name + "-shm")
        inode = str(beside.stat().st_ino)
        for line in Path("/proc/locks").read_text("ascii").splitlines():
            words = line.split()
            if words[1] == "->" or words[3] != "WRITE" or words[5].rpartition(":")[2] != inode:
                continue
            if int(words[6]) <= 120 <= (int(words[7]) if words[7] != "EOF" else 1 << 62):
                return f"（进程 {words[4]}{_name(words[4])}）"
    return ""


def _name(process: str) -> str:
    with suppress(OSError):
        command = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ")
        return f"：{command.decode(errors='replace').strip()[:60]}"
    return ""


_HOLDERS = sql.text(
    "SELECT a.pid, a.application_name, a.client_addr FROM pg_locks l JOIN pg_stat_activity a"
    " USING (pid) WHERE l.locktype = 'advisory' AND l.granted AND l.database ="
    " (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1"
)


def on_server(engine: sql.Engine) -> str:
    """Return the connection that holds an advisory lock of this database; else nothing."""
    with suppress(SQLAlchemyError), engine.connect() as connection:
        for each in connection.execute(_HOLDERS):
            return f"（数据库连接 {each.pid} {each.application_name} {each.client_addr or '本机'}）"
    return ""
