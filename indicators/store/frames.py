"""Records as Arrow tables and back: one schema from the declarations, for export and analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC
from typing import Any, TypeVar

import pyarrow as pa

from indicators.bulk import made
from indicators.errors import UnreadableInput
from indicators.model import Record
from indicators.store.values import exact
from indicators.tables import FieldType, table_of

__all__ = ["arrow_schema", "frame_of", "rows_of"]

R = TypeVar("R", bound=Record)

_TYPES: Mapping[FieldType, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "decimal": pa.decimal128(38, 9),
    "date": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
    "list": pa.list_(pa.string()),
}


def arrow_schema(record: type[object]) -> pa.Schema:
    """Return the Arrow schema of a record: each field with its words, unit and whether it is a key.

    Field metadata: ``en`` (English description), ``zh`` (Chinese label), ``unit``, ``key``,
    ``choices`` (allowed values, parted by ``|``).
    """
    table = table_of(record)
    fields = []
    for field in table.fields:
        words = {"en": field.column.en, "zh": field.column.zh}
        if field.column.unit:
            words["unit"] = field.column.unit
        if field.column.key:
            words["key"] = "true"
        if field.choices:
            words["choices"] = "|".join(field.choices)
        fields.append(
            pa.field(field.name, _TYPES[field.type], nullable=field.optional, metadata=words)
        )
    return pa.schema(fields, metadata={"table": table.name})


def frame_of(record: type[R], rows: Sequence[R]) -> pa.Table:
    """Return rows as an Arrow table; decimals have nine places, as in the ledger.

    Raises:
        ValueError: a magnitude is not a number or is 10²⁹ and more.
    """
    table = table_of(record)
    columns = []
    for field in table.fields:
        values: list[Any] = [getattr(row, field.name) for row in rows]
        if field.type == "decimal":
            values = [None if value is None else exact(value) for value in values]
        columns.append(pa.array(values, _TYPES[field.type]))
    return pa.Table.from_arrays(columns, schema=arrow_schema(record))


_BACK: Mapping[FieldType, Callable[[Any], object]] = {
    "decimal": exact,
    "moment": lambda value: value.astimezone(UTC),
    "list": tuple,
}


def rows_of(record: type[R], frame: pa.Table) -> list[R]:
    """Return the rows of an Arrow table as records; the inverse of ``frame_of``.

    Raises:
        UnreadableInput: the table lacks a field or has one of another type.
    """
    wanted = arrow_schema(record)
    try:
        frame = frame.select(wanted.names).cast(wanted)
    except (KeyError, pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        raise UnreadableInput(
            f"表格与 {table_of(record).name} 的字段不符（{error}）", action="请用本程序导出的表格"
        ) from error
    columns: dict[str, Iterable[Any]] = {}
    for field in table_of(record).fields:
        values = frame.column(field.name).to_pylist()
        back = _BACK.get(field.type)
        if back is not None:
            values = [None if value is None else back(value) for value in values]
        columns[field.name] = values
    return made(record, frame.num_rows, columns)
