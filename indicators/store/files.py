"""Source files kept by digest: in a folder, or in the database where there is none."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import sqlalchemy as sql

from indicators.errors import StoreError
from indicators.store.connection import Connections

__all__ = ["DatabaseFiles", "Files", "FolderFiles"]


class Files(Protocol):
    """Files by the SHA-256 of their content."""

    def keep(self, content: bytes, *, name: str = "", within: sql.Connection | None = None) -> str:
        """Keep a file for good and return its digest; keeping it again does nothing.

        ``within`` is the transaction of the batch that speaks of it, if there is one.
        """
        ...

    def content(self, digest: str) -> bytes:
        """Return a kept file.

        Raises:
            StoreError: there is none, or it was changed.
        """
        ...

    def digests(self) -> Iterator[str]:
        """Yield the digests of all kept files."""
        ...


def _missing(digest: str, label: str) -> StoreError:
    return StoreError(
        f"台账库里没有摘要为 {digest[:16]}… 的文件", place=label, action="请从备份恢复 files 文件夹"
    )


def _changed(digest: str, label: str) -> StoreError:
    return StoreError(
        f"保存的文件 {digest[:16]}… 内容与摘要不符，已被改动", place=label, action="请从备份恢复"
    )


class FolderFiles:
    """Files in a folder, each named by its digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise StoreError(f"{digest[:80]!r} 不是文件摘要", action="应为 64 位十六进制数")
        return self.folder / digest

    def keep(self, content: bytes, *, name: str = "", within: sql.Connection | None = None) -> str:
        """Keep a file: written beside, flushed to the disk, then named, so it is whole or absent."""
        del name, within  # the record has the name; a folder knows no transactions
        digest = sha256(content).hexdigest()
        path = self._path(digest)
        if path.exists() and path.stat().st_size == len(content):
            return digest
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".keeping-", dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(beside).unlink(missing_ok=True)
            raise
        _flush(self.folder)
        return digest

    def content(self, digest: str) -> bytes:
        """Return a kept file."""
        try:
            content = self._path(digest).read_bytes()
        except FileNotFoundError as error:
            raise _missing(digest, str(self.folder)) from error
        if sha256(content).hexdigest() != digest:
            raise _changed(digest, str(self.folder))
        return content

    def digests(self) -> Iterator[str]:
        """Yield the digests of all kept files; half-kept ones are not among them."""
        if self.folder.is_dir():
            for each in sorted(self.folder.iterdir()):
                if not each.name.startswith("."):
                    yield each.name


def _flush(folder: Path) -> None:
    """Make a new name in a folder survive a loss of power, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class DatabaseFiles:
    """Files in the table ``files`` of the ledger's own database."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._files = connections.schema.files

    def keep(self, content: bytes, *, name: str = "", within: sql.Connection | None = None) -> str:
        """Keep a file, in a transaction of its own where no batch has one open."""
        digest = sha256(content).hexdigest()
        known = sql.select(self._files.c.digest).where(self._files.c.digest == digest)
        values = {"digest": digest, "name": name, "content": content}
        if within is not None:
            if not within.execute(known).first():
                within.execute(self._files.insert().values(values))
            return digest
        with self._connections.reading() as connection:
            if connection.execute(known).first():
                return digest
        with self._connections.writing() as connection:
            if not connection.execute(known).first():
                connection.execute(self._files.insert().values(values))
        return digest

    def content(self, digest: str) -> bytes:
        """Return a kept file."""
        wanted = sql.select(self._files.c.content).where(self._files.c.digest == digest)
        with self._connections.reading() as connection:
            found = connection.execute(wanted).scalar()
        if found is None:
            raise _missing(digest, self._connections.label)
        content = bytes(found)
        if sha256(content).hexdigest() != digest:
            raise _changed(digest, self._connections.label)
        return content

    def digests(self) -> Iterator[str]:
        """Yield the digests of all kept files."""
        every = sql.select(self._files.c.digest).order_by(self._files.c.digest)
        with self._connections.reading() as connection:
            yield from connection.execute(every).scalars()
