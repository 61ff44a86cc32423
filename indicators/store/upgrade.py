"""Making an empty ledger, and bringing an older one up to this release.

A release may add tables, fields with a default, and choices of an enumeration; all three are found
by comparing declarations, so that no step by step scripts are needed.  Rows are copied, never
changed: their digests stay as they are.
"""

from __future__ import annotations

import dataclasses
import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sql
from sqlalchemy.schema import AddConstraint, CreateTable, DropConstraint

from indicators.errors import StoreError
from indicators.store.connection import Connections
from indicators.store.rows import defaults
from indicators.store.schema import VERSION, Schema
from indicators.store.trouble import TablesLost, on_disk
from indicators.store.values import Dialect, encoders
from indicators.tables import tables

__all__ = ["prepare"]


def prepare(connections: Connections, *, create: bool) -> None:
    """Make sure that the database holds the tables of this release.

    Raises:
        StoreError: it is no ledger, is damaged, was made by a newer release, or is absent and
            ``create`` is false.
    """
    path = connections.location.path
    if path is not None and not path.exists():
        _missing(path, connections.label, create=create)
        with on_disk(connections.label):
            _make(connections)
    elif path is not None and path.stat().st_size == 0:
        raise _emptied(path, connections.label)  # before a connection writes its header to it
    with connections.reading() as connection:
        if _current(connections, connection, create=create):
            return
    if connections.read_only:
        return  # an older ledger is read as it is: missing fields have their defaults
    with connections.writing() as connection:
        if _current(connections, connection, create=create):
            return
        _bring(connections, connection)


def _missing(path: Path, label: str, *, create: bool) -> None:
    """Refuse to take the place of a ledger that was lost for a new one.

    Raises:
        StoreError: what a ledger leaves beside itself is there, or ``create`` is false.
    """
    if _left(path) and not path.exists():  # another process may just have made it
        raise StoreError(
            f"台账库文件 {path.name} 不见了，旁边还有它保存的原件",
            place=label,
            action=f"请从备份恢复 {path.name}；确要另建新库，请指定另一个文件夹。什么也没有写入",
        )
    if not create:
        raise StoreError(
            "这里没有台账库",
            place=label,
            action="请检查 --store 或环境变量 INDICATORS_STORE；要新建，请用 indicators load 载入文件，"
            "或用 indicators serve --create 在浏览器中载入",
        )


def _emptied(path: Path, label: str) -> StoreError:
    return StoreError(
        "台账库文件是空的，里面一张表也没有：内容已丢失",
        place=label,
        action=f"请从备份恢复 {path.name}；什么也没有写入",
    )


def _left(path: Path) -> bool:
    """Tell whether a database that is not there was there: its log or its kept files are.

    Another database in the folder may be the one that the kept files belong to.
    """
    if any(path.with_name(path.name + end).exists() for end in ("-wal", "-shm")):
        return True
    files = path.parent / "files"
    kept = files.is_dir() and any(not each.name.startswith(".") for each in files.iterdir())
    return kept and not any(path.parent.glob("*.sqlite"))


def _make(connections: Connections) -> None:
    """Make an empty ledger: all its tables beside, then its name, so it is whole or absent.

    A database file without tables is therefore never a new ledger, it is one that lost them.
    """
    path = connections.location.path
    assert path is not None
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid4().hex}.making")
    beside.touch()
    try:
        location = dataclasses.replace(
            connections.location, path=beside, url=sql.URL.create("sqlite", database=str(beside))
        )
        making = Connections(location, patience=connections.patience)
        try:
            with making.writing() as connection:
                _bring(making, connection)
        finally:
            making.close()
        _name(beside, path)
    finally:
        for end in ("", "-wal", "-shm"):
            beside.with_name(beside.name + end).unlink(missing_ok=True)


def _name(beside: Path, path: Path) -> None:
    """Give a file its name unless another process was faster."""
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    except OSError:
        # A file system without links.
        if not path.exists():
            beside.replace(path)


def _current(connections: Connections, connection: sql.Connection, *, create: bool) -> bool:
    """Tell whether the tables are those of this release."""
    version = connections.schema.version
    names = set(sql.inspect(connection).get_table_names())
    declared = set(connections.schema.metadata.tables)
    if not names and connections.location.path is not None:
        raise _emptied(connections.location.path, connections.label)
    if not names and not create:
        raise StoreError(
            "这个数据库里没有台账", place=connections.label, action="请先用 indicators load 建立"
        )
    if not names:
        return False
    if not names & declared:
        raise StoreError(
            "这个数据库不是台账库：里面有别的表",
            place=connections.label,
            action="请指定一个空的数据库",
        )
    _whole({version.name, connections.schema.batches.name} - names, connections.label)
    latest = sql.select(sql.func.max(version.c.version))
    found = connection.execute(latest).scalar() or 0
    if found > VERSION:
        raise StoreError(
            f"台账库由更新的版本建立（第 {found} 版，本程序只认到第 {VERSION} 版）",
            place=connections.label,
            action="请升级 indicator-monitor",
        )
    mark = sql.select(version.c.fingerprint).order_by(version.c.since.desc()).limit(1)
    if connection.execute(mark).scalar() != connections.schema.fingerprint:
        return False
    _whole(declared - names, connections.label)
    return True


def _whole(lost: set[str], label: str) -> None:
    """Refuse a ledger of this release that has lost tables.

    Raises:
        TablesLost: it has.
    """
    if lost:
        raise TablesLost(sorted(lost), label)


def _bring(connections: Connections, connection: sql.Connection) -> None:
    # Not the schema that others use: SQLAlchemy leaves a constraint that was once added or dropped
    # by itself out of every later CREATE TABLE.
    schema = Schema(connections.dialect)
    names = set(sql.inspect(connection).get_table_names())
    for table in schema.metadata.sorted_tables:
        if table.name not in names:
            connection.execute(CreateTable(table))
        elif table.name not in schema.rows:
            continue
        elif connections.dialect == "sqlite":
            _rebuild(connection, table)
        else:
            _alter(connection, table)
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    connection.execute(
        sql.delete(schema.version).where(
            schema.version.c.version == VERSION,
            schema.version.c.fingerprint == schema.fingerprint,
        )
    )
    mark = {"version": VERSION, "fingerprint": schema.fingerprint, "since": now}
    connection.execute(schema.version.insert().values(mark))


def _added(connection: sql.Connection, table: sql.Table) -> dict[str, object]:
    """Return the columns that the database lacks, with the driver value of their default."""
    here = {each["name"] for each in sql.inspect(connection).get_columns(table.name)}
    declared = tables()[table.name]
    dialect: Dialect = "sqlite" if connection.dialect.name == "sqlite" else "postgresql"
    known = defaults(declared)
    unknown = here - {each.name for each in table.columns}
    if unknown:
        raise StoreError(
            f"台账库由更新的版本建立：表 {table.name} 有本程序不认识的列 {'、'.join(sorted(unknown))}",
            action="请升级 indicator-monitor",
        )
    missing: dict[str, object] = {}
    for field, encode in zip(declared.fields, encoders(declared, dialect), strict=True):
        if field.name not in here:
            if field.name not in known:
                raise StoreError(f"台账库缺少列 {table.name}.{field.name}，且它没有缺省值")
            value = known[field.name]
            missing[field.name] = encode(value) if encode and value is not None else value
    return missing


def _rebuild(connection: sql.Connection, table: sql.Table) -> None:
    """Copy a table into its new declaration: SQLite cannot change constraints in place."""
    declared = CreateTable(table).compile(connection)
    stated = sql.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    if connection.execute(stated, {"name": table.name}).scalar() == str(declared).strip():
        return
    added = _added(connection, table)
    old = sql.table(f"old_{table.name}", *(sql.column(each.name) for each in table.columns))
    quote = connection.dialect.identifier_preparer.quote
    connection.exec_driver_sql(f"ALTER TABLE {quote(table.name)} RENAME TO {quote(old.name)}")
    connection.execute(CreateTable(table))
    values = [
        sql.literal(added[each.name]) if each.name in added else old.c[each.name]
        for each in table.columns
    ]
    connection.execute(
        table.insert().from_select(
            [each.name for each in table.columns], sql.select(*values).select_from(old)
        )
    )
    connection.exec_driver_sql(f"DROP TABLE {quote(old.name)}")


def _alter(connection: sql.Connection, table: sql.Table) -> None:
    quote = connection.dialect.identifier_preparer.quote
    for name, default in _added(connection, table).items():
        column = table.c[name]
        kind = column.type.compile(connection.dialect)
        add = f"ALTER TABLE {quote(table.name)} ADD COLUMN {quote(name)} {kind}"
        connection.exec_driver_sql(add)
        connection.execute(table.update().values({name: default}))
        if not column.nullable:
            connection.exec_driver_sql(
                f"ALTER TABLE {quote(table.name)} ALTER COLUMN {quote(name)} SET NOT NULL"
            )
    here = {each["name"] for each in sql.inspect(connection).get_check_constraints(table.name)}
    for constraint in table.constraints:
        if isinstance(constraint, sql.CheckConstraint):
            if constraint.name in here:
                connection.execute(DropConstraint(constraint))
            connection.execute(AddConstraint(constraint))
