"""Values between a record and a column of the database, and a record's one canonical text.

SQLite keeps decimals, days and moments as text, so that nothing passes through a float; PostgreSQL
has types of its own for them.  Lists are JSON arrays in both.
"""

from __future__ import annotations

import dataclasses
import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache, lru_cache
from typing import Any, Literal

from indicators.errors import StoreError
from indicators.model import Record
from indicators.tables import Field, FieldType, Table, tables

__all__ = ["Dialect", "canonical", "decode", "defaults", "encoders", "exact", "settle"]

Dialect = Literal["sqlite", "postgresql"]

_SCALE = Decimal("1e-9")
_LARGEST = Decimal(10) ** 29
_WIDE = Context(prec=80, rounding=ROUND_HALF_EVEN)
_INTEGERS = 2**63


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


def _text(value: object) -> object:
    if type(value) is not str:
        raise TypeError
    if "\x00" in value:
        raise ValueError
    return value


def _integer(value: object) -> object:
    if type(value) is not int:
        raise TypeError
    if not -_INTEGERS <= value < _INTEGERS:
        raise ValueError
    return value


def _number(value: object) -> object:
    if type(value) not in {int, float}:
        raise TypeError
    if not math.isfinite(value):  # type: ignore[arg-type]  # int or float by the line above
        raise ValueError
    return value if type(value) is float else float(value)  # type: ignore[arg-type]  # as above


def _boolean(value: object) -> object:
    if type(value) is not bool:
        raise TypeError
    return value


def _decimal(value: object) -> object:
    if type(value) is not Decimal:
        raise TypeError
    return exact(value)


def _date(value: object) -> object:
    if type(value) is not date:
        raise TypeError
    return value


def _moment(value: object) -> object:
    if not isinstance(value, datetime):
        raise TypeError
    if value.tzinfo is None:
        raise ValueError
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def _list(value: object) -> object:
    if not isinstance(value, tuple | list):
        raise TypeError
    for part in value:
        _text(part)
    return value if type(value) is tuple else tuple(value)


_CHECKS: Mapping[FieldType, Callable[[object], object]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "decimal": _decimal,
    "date": _date,
    "moment": _moment,
    "list": _list,
}


_EXPECTED: Mapping[FieldType, str] = {
    "text": "文字（不含空字符）",
    "integer": "整数",
    "number": "有限的数",
    "boolean": "是或否",
    "decimal": "小于 10²⁹ 的十进制数",
    "date": "日期",
    "moment": "带时区的时刻",
    "list": "文字的列表",
}


def _checked(field: Field, value: object) -> object:
    if value is None and field.optional:
        return None
    if field.choices and field.type == "text" and value not in field.choices:
        raise ValueError
    return _CHECKS[field.type](value)


def settle(table: Table, row: Record) -> Record:
    """Return the row as the ledger keeps it: decimals exact, moments in UTC.

    Raises:
        StoreError: a field does not fit its declaration.
    """
    changed: dict[str, Any] = {}
    for field in table.fields:
        value = getattr(row, field.name)
        try:
            kept = _checked(field, value)
        except (TypeError, ValueError) as error:
            expected = "、".join(filter(None, field.choices)) or _EXPECTED[field.type]
            raise StoreError(
                f"「{field.column.zh}」的值 {str(value)[:60]!r} 不能写入台账库，应为 {expected}",
                place=f"{table.name}.{field.name}",
            ) from error
        if kept is not value:
            changed[field.name] = kept
    return dataclasses.replace(row, **changed) if changed else row


def defaults(table: Table) -> Mapping[str, object]:
    """Return the default of each field that has one."""
    return _defaults()[table.name]


@cache
def _defaults() -> Mapping[str, Mapping[str, object]]:
    return {
        name: {
            field.name: field.default
            for field in dataclasses.fields(table.record)
            if field.default is not dataclasses.MISSING
        }
        for name, table in tables().items()
    }


def _plain(value: object) -> object:
    if type(value) is Decimal:
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


_MISSING = object()


def canonical(table: Table, row: Record) -> bytes:
    """Return the one text that a row's digest is taken over.

    Fields at their default are left out, so that a field which a later release adds leaves the
    digests of older rows as they are.

    Raises:
        StoreError: a text holds half a character (a lone surrogate).
    """
    known = defaults(table)
    stated: dict[str, object] = {}
    for field in table.fields:
        value = getattr(row, field.name)
        if value != known.get(field.name, _MISSING):
            stated[field.name] = value
    text = json.dumps(
        [table.name, stated],
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
        default=_plain,
    )
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise StoreError(
            "文字里有不完整的字符，不能写入台账库", place=table.name, action="请检查来源文件的编码"
        ) from error


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


def decode(field: Field, dialect: Dialect, column: Iterable[Any]) -> Iterable[Any]:
    """Return a column of driver values as values of the record.

    Raises:
        ValueError, TypeError, ArithmeticError: a value was damaged.
    """
    if field.type == "text" and not field.optional:
        return map(sys.intern, column)
    make = (_FROM_SQLITE if dialect == "sqlite" else _FROM_POSTGRESQL).get(field.type)
    return column if make is None else map(_Memo(make).__getitem__, column)
