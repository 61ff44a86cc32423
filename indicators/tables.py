"""Tables from records: one declaration for the ledger, for Arrow and for every export."""

from __future__ import annotations

import dataclasses
import operator
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from indicators import model
from indicators.model import Column, Record

__all__ = ["TABLES", "Field", "Table", "key_of", "table_of", "tables"]

FieldType = Literal["text", "integer", "number", "boolean", "decimal", "date", "moment", "list"]

_TYPES: Mapping[object, FieldType] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "boolean",
    Decimal: "decimal",
    date: "date",
    datetime: "moment",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A field of a table: its type, whether it may be empty, and what it says of itself."""

    name: str
    type: FieldType
    optional: bool
    choices: tuple[str, ...]
    column: Column


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A table of the ledger: its name, the record class behind it and its fields."""

    name: str
    record: type[Record]
    fields: tuple[Field, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the fields that make a row's key."""
        return tuple(field.name for field in self.fields if field.column.key)


TABLES: Mapping[str, type[Record]] = {
    "documents": model.SourceDocument,
    "commitments": model.Commitment,
    "tasks": model.Task,
    "places": model.Place,
    "offices": model.Office,
    "indicators": model.Indicator,
    "settings": model.Setting,
    "targets": model.Target,
    "relations": model.Relation,
    "observations": model.Observation,
    "submissions": model.Submission,
    "findings": model.FindingRecord,
    "calendar": model.CalendarEntry,
    "reviews": model.ReviewDecision,
    "progress": model.Progress,
    "shares": model.Share,
    "contacts": model.Contact,
    "boards": model.Board,
    "board_lines": model.BoardLine,
    "notes": model.Note,
    "users": model.User,
    "options": model.Option,
}
"""Every table of the ledger by name; ``batches`` and ``schema_version`` are the store's own."""


def _field(name: str, hint: object) -> Field:
    kind, column = get_args(hint)[:2]
    optional = False
    choices: tuple[str, ...] = ()
    if get_origin(kind) in (Union, types.UnionType):
        inner = [part for part in get_args(kind) if part is not type(None)]
        optional, kind = True, inner[0]
    if get_origin(kind) is Literal:
        choices, kind = get_args(kind), str
    if get_origin(kind) is tuple:
        return Field(name, "list", optional, choices, column)
    return Field(name, _TYPES[kind], optional, choices, column)


@cache
def tables() -> Mapping[str, Table]:
    """Return every table by name."""
    made = {}
    for name, record in TABLES.items():
        hints: Mapping[str, Any] = get_type_hints(record, include_extras=True)
        fields = tuple(
            _field(each.name, hints[each.name])
            for each in dataclasses.fields(record)
            if get_origin(hints[each.name]) is Annotated
        )
        made[name] = Table(name, record, fields)
    return made


@cache
def _by_record() -> Mapping[type[object], Table]:
    return {table.record: table for table in tables().values()}


def table_of(record: type[object]) -> Table:
    """Return the table of a record class.

    Raises:
        KeyError: the class is no record of the ledger.
    """
    return _by_record()[record]


def _taking(names: tuple[str, ...]) -> Callable[[Record], tuple[object, ...]]:
    taken = operator.attrgetter(*names)
    return taken if len(names) > 1 else lambda row: (taken(row),)


@cache
def _keys() -> Mapping[type[object], Callable[[Record], tuple[object, ...]]]:
    """Return what takes the key from a row of each class: very many rows are asked for theirs."""
    return {table.record: _taking(table.keys) for table in tables().values()}


def key_of(row: Record) -> tuple[object, ...]:
    """Return the key of a row, in the order of its table's key fields."""
    return _keys()[type(row)](row)
