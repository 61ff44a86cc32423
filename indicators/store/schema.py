"""The tables of the database, made from the declarations of the records.

Beside a record's own columns each table has ``seq`` (its batch), ``line`` (its place in the batch)
and ``row_digest`` (to say which row was damaged).  Enumerations and keys are constraints here, so
that no program can write around them.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import TypeEngine

from indicators.store.values import Dialect
from indicators.tables import Field, Table, tables

__all__ = ["VERSION", "Schema", "schema"]

VERSION = 1
"""Version of the schema; raised when a release could no longer be read by the one before."""


def _type(field: Field, dialect: Dialect) -> TypeEngine[Any]:
    server = dialect == "postgresql"
    match field.type:
        case "integer":
            return sql.BigInteger()
        case "number":
            return sql.Double()
        case "boolean":
            return sql.Boolean()
        case "decimal" if server:
            return sql.Numeric(38, 9)
        case "date" if server:
            return sql.Date()
        case "moment" if server:
            return sql.DateTime(timezone=True)
        case _:
            return sql.Text()


def _table(metadata: sql.MetaData, table: Table, dialect: Dialect) -> sql.Table:
    columns: list[sql.schema.SchemaItem] = [
        sql.Column("seq", sql.Integer, sql.ForeignKey("batches.seq"), nullable=False),
        sql.Column("line", sql.Integer, nullable=False),
        sql.Column("row_digest", sql.Text, nullable=False),
    ]
    for field in table.fields:
        columns.append(sql.Column(field.name, _type(field, dialect), nullable=field.optional))
        if field.choices and field.type == "text":
            # SQLite builds the list of an IN anew for every row: that took half of an insertion.
            known = sql.column(field.name, sql.Text())
            allowed = sql.or_(*(known == choice for choice in field.choices))
            columns.append(sql.CheckConstraint(allowed, name=f"{table.name}_{field.name}_known"))
    columns.append(sql.PrimaryKeyConstraint("seq", "line"))
    columns.append(sql.UniqueConstraint(*table.keys, "seq", name=f"{table.name}_key"))
    return sql.Table(table.name, metadata, *columns)


class Schema:
    """All tables for one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect: Dialect = dialect
        self.metadata = sql.MetaData()
        self.version = sql.Table(
            "schema_version",
            self.metadata,
            sql.Column("version", sql.Integer, primary_key=True),
            sql.Column("fingerprint", sql.Text, primary_key=True),
            sql.Column("since", sql.Text, nullable=False),
        )
        self.batches = sql.Table(
            "batches",
            self.metadata,
            sql.Column("seq", sql.Integer, primary_key=True, autoincrement=False),
            sql.Column("batch", sql.Text, nullable=False, unique=True),
            sql.Column("action", sql.Text, nullable=False),
            sql.Column("committed_at", sql.Text, nullable=False),
            sql.Column("who", sql.Text, nullable=False),
            sql.Column("reason", sql.Text, nullable=False),
            # A batch has one successor: two writers that saw the same end cannot both go on.
            sql.Column("previous", sql.Text, nullable=False, unique=True),
            sql.Column("digest", sql.Text, nullable=False, unique=True),
            sql.Column("voids", sql.Text, nullable=False),
            sql.Column("file_digest", sql.Text, nullable=False),
            sql.Column("place", sql.Text, nullable=False),
            sql.Column("office", sql.Text, nullable=False),
            sql.Column("quarter", sql.Text, nullable=False),
            sql.Column("demonstration", sql.Boolean, nullable=False),
            sql.Column("rows", sql.Integer, nullable=False),
        )
        # Which imports stand: derived from the batches, emptied by a retraction, so that the
        # database itself refuses a file twice for one office and quarter.
        self.imports = sql.Table(
            "imports",
            self.metadata,
            sql.Column("seq", sql.Integer, sql.ForeignKey("batches.seq"), primary_key=True),
            sql.Column("file_digest", sql.Text, nullable=False),
            sql.Column("place", sql.Text, nullable=False),
            sql.Column("office", sql.Text, nullable=False),
            sql.Column("quarter", sql.Text, nullable=False),
            sql.UniqueConstraint("file_digest", "place", "office", "quarter", name="imports_once"),
        )
        self.files = sql.Table(
            "files",
            self.metadata,
            sql.Column("digest", sql.Text, primary_key=True),
            sql.Column("name", sql.Text, nullable=False),
            sql.Column("content", sql.LargeBinary, nullable=False),
        )
        self.rows = {
            name: _table(self.metadata, table, dialect) for name, table in tables().items()
        }

    def declaration(self, name: str) -> str:
        """Return the CREATE TABLE of a table."""
        known = {"postgresql": postgresql.dialect, "sqlite": sqlite.dialect}[self.dialect]
        return str(CreateTable(self.metadata.tables[name]).compile(dialect=known())).strip()

    @property
    def fingerprint(self) -> str:
        """Return a digest over all declarations: it changes when any table does."""
        words = "\n".join(self.declaration(name) for name in sorted(self.metadata.tables))
        return sha256(words.encode()).hexdigest()[:16]


@cache
def schema(dialect: Dialect) -> Schema:
    """Return the tables for a dialect."""
    return Schema(dialect)
