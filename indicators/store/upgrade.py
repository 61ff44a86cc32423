"""Making an empty ledger, and bringing an older one up to this release.

A release may add tables, fields with a default, and choices of an enumeration; all three are found
by comparing declarations, so that no step by step scripts are needed.  Rows are copied, never
changed: their digests stay as they are.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sql
from sqlalchemy.schema import AddConstraint, CreateTable, DropConstraint

from indicators.errors import StoreError
from indicators.store.connection import Connections
from indicators.store.rows import defaults
from indicators.store.schema import VERSION, Schema
from indicators.store.trouble import on_disk
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
        if not create:
            raise StoreError(
                "这里还没有台账库", place=connections.label, action="请先用 indicators load 建立"
            )
        with on_disk(connections.label):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()  # an empty file is an empty database
    with connections.reading() as connection:
        if _current(connections, connection):
            return
    if connections.read_only:
        return  # an older ledger is read as it is: missing fields have their defaults
    with connections.writing() as connection:
        if _current(connections, connection):
            return
        _bring(connections, connection)


def _current(connections: Connections, connection: sql.Connection) -> bool:
    """Tell whether the tables are those of this release."""
    version = connections.schema.version
    names = set(sql.inspect(connection).get_table_names())
    if version.name not in names:
        if names:
            raise StoreError(
                "这个数据库不是台账库：里面有别的表",
                place=connections.label,
                action="请指定一个空的数据库",
            )
        return False
    latest = sql.select(sql.func.max(version.c.version))
    found = connection.execute(latest).scalar() or 0
    if found > VERSION:
        raise StoreError(
            f"台账库由更新的版本建立（第 {found} 版，本程序只认到第 {VERSION} 版）",
            place=connections.label,
            action="请升级 indicator-monitor",
        )
    mark = sql.select(version.c.fingerprint).order_by(version.c.since.desc()).limit(1)
    return bool(connection.execute(mark).scalar() == connections.schema.fingerprint)


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
