"""Where a ledger lies: a folder, or a database named by a URL."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from indicators.errors import StoreError

__all__ = ["LEDGER", "Location", "locate"]

LEDGER = "ledger.sqlite"
"""Name of the database file in a store's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A ledger's database and the place of its files."""

    label: str
    """What messages call it; never holds a password."""
    url: URL
    path: Path | None
    """The database file of SQLite; None for a server."""
    files: Path | None
    """Folder of kept files; None keeps them in the database."""
    chosen: str = ""
    """What the caller wrote, to open the same store again."""


def locate(where: str | Path) -> Location:
    """Find out what ``where`` names.

    A server keeps files in its database, so that one backup holds all, unless ``INDICATORS_FILES``
    names a folder that all its clients share.

    Raises:
        StoreError: neither a folder nor a URL of a kind we know.
    """
    named = os.environ.get("INDICATORS_FILES")
    if "://" not in str(where):
        return _folder(Path(where), Path(named) if named else None)
    try:
        url = make_url(str(where))
    except ArgumentError as error:
        raise StoreError(
            "台账库的地址读不懂",
            place=str(where).split("://", 1)[0] + "://…",
            action="请写成文件夹、sqlite:///路径 或 postgresql://用户@主机/数据库",
        ) from error
    backend = url.get_backend_name()
    if backend == "sqlite" and url.database and url.database != ":memory:":
        return _file(Path(url.database), Path(named) if named else None, chosen=str(where))
    if backend in {"postgresql", "postgres"}:
        return Location(
            label=url.render_as_string(hide_password=True),
            url=url.set(drivername="postgresql+psycopg"),
            path=None,
            files=Path(named) if named else None,
            chosen=str(where),
        )
    raise StoreError(
        f"不支持的台账库地址 {url.render_as_string(hide_password=True)}",
        action="请写成文件夹、sqlite:///路径 或 postgresql://用户@主机/数据库",
    )


def _folder(folder: Path, files: Path | None) -> Location:
    if folder.is_file():
        return _file(folder, files, chosen=str(folder))
    path = folder / LEDGER
    if folder.is_dir() and not path.exists() and _foreign(folder):
        raise StoreError(
            "这个文件夹不是台账库：里面有别的文件，没有 " + LEDGER,
            place=str(folder),
            action="请指定台账库所在的文件夹，或一个空文件夹",
        )
    return _file(path, files, chosen=str(folder), label=str(folder))


def _foreign(folder: Path) -> bool:
    """Tell whether a folder holds what no ledger would have left there."""
    return any(
        each.name not in {"files", LEDGER + "-wal", LEDGER + "-shm"}
        and not each.name.startswith(".")
        for each in folder.iterdir()
    )


def _file(path: Path, files: Path | None, *, chosen: str, label: str = "") -> Location:
    return Location(
        label=label or str(path),
        url=URL.create("sqlite", database=str(path)),
        path=path,
        files=files or path.parent / "files",
        chosen=chosen,
    )
