"""Values between a record and a column of the database.

SQLite keeps decimals, days and moments as text, so that nothing passes through a float; PostgreSQL
has types of its own for them.  Lists are JSON arrays in both.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from typing import Any, Literal

from indicators.tables import Field, FieldType, Table

__all__ = ["Dialect", "decode", "encoders", "exact"]

Dialect = Literal["sqlite", "postgresql"]

_SCALE = Decimal("1e-9")
_LARGEST = Decimal(10) ** 29
_WIDE = Context(prec=80, rounding=ROUND_HALF_EVEN)


@lru_cache(maxsize=65536)
def exact(value: Decimal) -> Decimal:
    """Return a decimal as decimal(38, 9) keeps it: nine places, no trailing zeros, no exponent.

    Raises:
        ValueError: not a number, or 10²⁹ and more.
    """
    if not value.is_finite() or abs(value) >= _LARGEST:
        raise ValueError(value)
    text = format(value.quantize(_SCALE, context=_WIDE), "f").rstrip("0").rstrip(".")
    return Decimal("0" if text in {"-0", ""} else text)


def _written(value: tuple[str, ...]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_TO_SQLITE: Mapping[FieldType, Callable[[Any], object]] = {
    "boolean": int,
    "decimal": lambda value: format(value, "f"),
    "date": date.isoformat,
    "moment": lambda value: value.isoformat(timespec="microseconds"),
    "list": _written,
}
_TO_POSTGRESQL: Mapping[FieldType, Callable[[Any], object]] = {"list": _written}


def encoders(table: Table, dialect: Dialect) -> tuple[Callable[[Any], object] | None, ...]:
    """Return for each field what makes its driver value; None where it is the value itself."""
    known = _TO_SQLITE if dialect == "sqlite" else _TO_POSTGRESQL
    return tuple(known.get(field.type) for field in table.fields)


class _Memo(dict[Any, Any]):
    """Makes each distinct value once: columns repeat themselves."""

    def __init__(self, make: Callable[[Any], object]) -> None:
        super().__init__({None: None})
        self._make = make

    def __missing__(self, key: object) -> object:
        made = self[key] = self._make(key)
        return made


def _read(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


_FROM_SQLITE: Mapping[FieldType, Callable[[Any], object]] = {
    "boolean": bool,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "list": _read,
}
_FROM_POSTGRESQL: Mapping[FieldType, Callable[[Any], object]] = {
    "decimal": exact,
    "moment": lambda value: value.astimezone(UTC),
    "list": _read,
}


def decode(field: Field, dialect: Dialect, column: Sequence[Any]) -> Sequence[Any]:
    """Return a column of driver values as values of the record.

    Raises:
        ValueError, TypeError, ArithmeticError: a value was damaged.
    """
    make = (_FROM_SQLITE if dialect == "sqlite" else _FROM_POSTGRESQL).get(field.type)
    if field.type == "text" and not field.optional:
        make = sys.intern
    if make is None:
        return column
    first = column[0]
    if column.count(first) == len(column):  # most columns say one thing throughout
        return [first if first is None else make(first)] * len(column)
    if make is sys.intern:
        return list(map(make, column))
    return list(map(_Memo(make).__getitem__, column))
