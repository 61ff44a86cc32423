"""Rows and batches from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import repeat
from typing import Any, TypeVar

import sqlalchemy as sql

from indicators.bulk import collector_at_rest, made
from indicators.errors import StoreError, UsageError
from indicators.ledger import Batch, any_of
from indicators.model import Record
from indicators.store.connection import Connections
from indicators.store.rows import defaults
from indicators.store.values import decode, encoders
from indicators.store.view import Chunk
from indicators.tables import Table, table_of, tables

__all__ = [
    "StoredRow",
    "batches_after",
    "count",
    "rows_after",
    "rows_led_by",
    "rows_of_keys",
    "rows_where",
    "stored_rows",
    "tables_after",
]

R = TypeVar("R", bound=Record)
_CHUNK = 20_000
_NEWEST = sql.text("SELECT max(seq) FROM batches")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRow:
    """A row as it lies in the database."""

    seq: int
    line: int
    digest: str
    row: Record


def batches_after(connection: sql.Connection, connections: Connections, seq: int) -> list[Batch]:
    """Return the batches after ``seq``, in order; what voids them is not filled in."""
    table = connections.schema.batches
    # Asked for at every page, and hardly ever anything new: the short question first.
    if (connection.execute(_NEWEST).scalar() or 0) <= seq:
        return []
    found = connection.execute(sql.select(table).where(table.c.seq > seq).order_by(table.c.seq))
    return [
        Batch(
            batch=each.batch,
            seq=each.seq,
            action=each.action,
            committed_at=datetime.fromisoformat(each.committed_at),
            who=each.who,
            reason=each.reason,
            digest=each.digest,
            voids=each.voids,
            file_digest=each.file_digest,
            place=each.place,
            office=each.office,
            quarter=each.quarter,
            demonstration=each.demonstration,
        )
        for each in found
    ]


def _columns(connections: Connections, connection: sql.Connection, table: Table) -> set[str]:
    """Return the fields that the database has; an older, read-only ledger may lack some or all."""
    if not connections.read_only:
        return {field.name for field in table.fields}
    try:
        return {each["name"] for each in sql.inspect(connection).get_columns(table.name)}
    except sql.exc.NoSuchTableError:
        return set()


def _fetch(
    connections: Connections,
    connection: sql.Connection,
    table: Table,
    condition: sql.ColumnElement[bool],
    beside: Sequence[str] = ("seq",),
) -> Iterator[tuple[list[Sequence[Any]], list[Any]]]:
    """Yield chunks of rows: the columns ``beside`` the record's own, and the records."""
    rows = connections.schema.rows[table.name]
    here = _columns(connections, connection, table)
    if not here:
        return
    fields = [field for field in table.fields if field.name in here]
    names = [*beside, *(field.name for field in fields)]
    # Types are left to ``decode``, a column at a time; SQLAlchemy would convert value by value.
    plain = [sql.type_coerce(rows.c[name], sql.types.NullType()).label(name) for name in names]
    query = sql.select(*plain).where(condition).order_by(rows.c.seq, rows.c.line)
    record = table.record
    absent = {name: value for name, value in defaults(table).items() if name not in here}
    result = connection.execution_options(stream_results=True).execute(query)
    for chunk in result.partitions(_CHUNK):
        columns = list(zip(*chunk, strict=True))
        values: dict[str, Iterable[Any]] = {
            name: repeat(value, len(chunk)) for name, value in absent.items()
        }
        try:
            for field, column in zip(fields, columns[len(beside) :], strict=True):
                values[field.name] = decode(field, connections.dialect, column)
        except (TypeError, ValueError, ArithmeticError) as error:
            raise StoreError(
                f"台账库中有读不懂的值（{table.name}.{field.name}）",
                place=connections.label,
                action="请运行 indicators store verify，并从备份恢复",
            ) from error
        yield list(columns[: len(beside)]), made(record, len(chunk), values)


def rows_after(
    connection: sql.Connection, connections: Connections, record: type[R], seq: int, until: int
) -> Iterator[Chunk[R]]:
    """Yield all rows of the batches after ``seq`` up to ``until``, in order, with their seq."""
    table = table_of(record)
    column = connections.schema.rows[table.name].c.seq
    condition = sql.and_(column > seq, column <= until)
    with collector_at_rest():
        for (seqs,), found in _fetch(connections, connection, table, condition):
            yield seqs, found


def tables_after(
    connection: sql.Connection, connections: Connections, seq: int, until: int
) -> frozenset[str]:
    """Return the names of the tables that got rows in the batches after ``seq`` up to ``until``."""
    here = tuple(name for name in tables() if _columns(connections, connection, tables()[name]))
    if not here:
        return frozenset()
    told = connection.execute(sql.text(_grown(here)), {"after": seq, "until": until})
    return frozenset(told.scalars())


@cache
def _grown(names: Sequence[str]) -> str:
    """Return the question which of some tables got rows between two batches.

    As text: it names every table, and SQLAlchemy would look through all of it each time.
    """
    asked: list[sql.Select[Any]] = []
    for name in names:
        rows = sql.table(name, sql.column("seq"))
        after: sql.BindParameter[int] = sql.bindparam("after")
        until: sql.BindParameter[int] = sql.bindparam("until")
        found = sql.exists().where(rows.c.seq > after, rows.c.seq <= until)
        asked.append(sql.select(sql.literal_column(f"'{name}'")).where(found))
    return str(sql.union_all(*asked))


def rows_where(
    connection: sql.Connection,
    connections: Connections,
    record: type[R],
    equal: Mapping[str, object],
    until: int,
) -> Iterator[Chunk[R]]:
    """Yield the rows ever added up to batch ``until`` whose fields equal what is asked."""
    table = table_of(record)
    columns = connections.schema.rows[table.name].c
    conditions = [columns.seq <= until, *_conditions(table, connections, equal)]
    for (seqs,), found in _fetch(connections, connection, table, sql.and_(*conditions)):
        yield seqs, found


def rows_of_keys(
    connection: sql.Connection,
    connections: Connections,
    record: type[R],
    equal: Mapping[str, object],
    until: int,
) -> Iterator[Chunk[R]]:
    """Yield every row up to batch ``until`` of the keys that ever had the fields asked for.

    What is in force for a key can only be told from all its rows.
    """
    table = table_of(record)
    rows = connections.schema.rows[table.name]
    conditions = _conditions(table, connections, equal)
    if not set(equal) <= set(table.keys):
        once = rows.alias("once")
        keys = [once.c[name] for name in table.keys]
        inner = sql.select(*keys).where(*_conditions(table, connections, equal, once))
        wanted = [rows.c[name] for name in table.keys]
        match = sql.tuple_(*wanted).in_(inner) if len(wanted) > 1 else wanted[0].in_(inner)
        conditions = [match]
    condition = sql.and_(rows.c.seq <= until, *conditions)
    for (seqs,), found in _fetch(connections, connection, table, condition):
        yield seqs, found


def rows_led_by(
    connection: sql.Connection,
    connections: Connections,
    record: type[R],
    leading: Sequence[object],
    until: int,
) -> Iterator[Chunk[R]]:
    """Yield every row up to batch ``until`` whose first key field is among ``leading``."""
    table = table_of(record)
    rows = connections.schema.rows[table.name]
    column = rows.c[table.keys[0]]
    encode = _encoders(table, connections)[table.keys[0]]
    for first in range(0, len(leading), 500):
        some = [encode(value) if encode else value for value in leading[first : first + 500]]
        condition = sql.and_(rows.c.seq <= until, column.in_(some))
        for (seqs,), found in _fetch(connections, connection, table, condition):
            yield seqs, found


def count(connection: sql.Connection, connections: Connections, record: type[object]) -> int:
    """Return the number of rows ever added to a table."""
    rows = connections.schema.rows[table_of(record).name]
    return connection.execute(sql.select(sql.func.count()).select_from(rows)).scalar() or 0


def _encoders(table: Table, connections: Connections) -> dict[str, Callable[[Any], object] | None]:
    names = (field.name for field in table.fields)
    return dict(zip(names, encoders(table, connections.dialect), strict=True))


def _conditions(
    table: Table,
    connections: Connections,
    equal: Mapping[str, object],
    rows: sql.FromClause | None = None,
) -> list[sql.ColumnElement[bool]]:
    """Return what the columns must equal.

    Raises:
        UsageError: a value is of another type than its field.
    """
    columns = (connections.schema.rows[table.name] if rows is None else rows).c
    encode = _encoders(table, connections)
    conditions: list[sql.ColumnElement[bool]] = []
    for name, value in equal.items():
        make = encode[name]
        try:
            driver = [make(each) if make and each is not None else each for each in any_of(value)]
        except (TypeError, ValueError, AttributeError) as error:
            raise UsageError(f"{table.name}.{name} 不能等于 {value!r}") from error
        column = columns[name]
        known = [each for each in driver if each is not None]
        choices = [column.in_(known) if len(known) > 1 else column == each for each in known[:1]]
        if len(known) < len(driver):
            choices.append(column.is_(None))
        conditions.append(sql.or_(sql.false(), *choices))
    return conditions


def stored_rows(
    connection: sql.Connection, connections: Connections, table: Table
) -> Iterator[StoredRow]:
    """Yield every row of a table with its digest, in order of batch and line."""
    beside = ("seq", "line", "row_digest")
    for columns, found in _fetch(connections, connection, table, sql.true(), beside):
        for seq, line, digest, row in zip(*columns, found, strict=True):
            yield StoredRow(seq=seq, line=line, digest=digest, row=row)
