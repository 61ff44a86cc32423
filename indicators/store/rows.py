"""Rows as the ledger keeps them: each value fits its declaration, each row has one text.

Rows are checked a column at a time, because a load has a hundred thousand of them; only where a
column does not fit is each of its values looked at, to say which one.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from indicators.errors import StoreError
from indicators.model import Record
from indicators.store.values import exact
from indicators.tables import Field, FieldType, Table, tables

__all__ = ["canonical", "defaults", "settled"]

R = TypeVar("R", bound=Record)

_INTEGERS = 2**63


def _text(column: Sequence[Any]) -> Sequence[Any]:
    _only(column, str)
    if "\x00" in "".join(column):
        raise ValueError
    return column


def _integer(column: Sequence[Any]) -> Sequence[Any]:
    _only(column, int)
    if min(column) < -_INTEGERS or max(column) >= _INTEGERS:
        raise ValueError
    return column


def _number(column: Sequence[Any]) -> Sequence[Any]:
    kinds = _only(column, int, float)
    if not all(map(math.isfinite, column)):
        raise ValueError
    return column if kinds == {float} else list(map(float, column))


def _boolean(column: Sequence[Any]) -> Sequence[Any]:
    _only(column, bool)
    return column


def _decimal(column: Sequence[Any]) -> Sequence[Any]:
    _only(column, Decimal)
    return [_kept(value) for value in column]


def _kept(value: Decimal) -> Decimal:
    """Return the decimal itself where it is written as the ledger writes it."""
    kept = exact(value)
    return value if kept == value and kept.same_quantum(value) else kept


def _date(column: Sequence[Any]) -> Sequence[Any]:
    _only(column, date)
    return column


def _moment(column: Sequence[Any]) -> Sequence[Any]:
    if not all(isinstance(value, datetime) and value.tzinfo for value in column):
        raise TypeError
    return [value if value.tzinfo is UTC else value.astimezone(UTC) for value in column]


def _list(column: Sequence[Any]) -> Sequence[Any]:
    _only(column, tuple)
    if parts := list(chain.from_iterable(column)):
        _text(parts)
    return column


def _only(column: Sequence[Any], *allowed: type) -> set[type]:
    """Return the types of a column's values.

    Raises:
        TypeError: there is another than those allowed.
    """
    kinds = set(map(type, column))
    if not kinds <= set(allowed):
        raise TypeError
    return kinds


_CHECKS: Mapping[FieldType, Callable[[Sequence[Any]], Sequence[Any]]] = {
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


def _checked(field: Field, column: Sequence[Any]) -> Sequence[Any]:
    """Return a column as it is kept.

    Raises:
        TypeError, ValueError: a value does not fit the field.
    """
    if field.optional and None in column:
        places = [place for place, value in enumerate(column) if value is not None]
        kept = list(column)
        if places:
            inner = _checked(field, [column[place] for place in places])
            for place, value in zip(places, inner, strict=True):
                kept[place] = value
        return kept
    if field.choices and field.type == "text" and not set(column) <= set(field.choices):
        raise ValueError
    return _CHECKS[field.type](column)


def settled(table: Table, rows: Sequence[R]) -> Sequence[R]:
    """Return rows as the ledger keeps them: decimals exact, moments in UTC.

    Raises:
        StoreError: a value does not fit its declaration.
    """
    changed: dict[int, dict[str, Any]] = {}
    for field in table.fields if rows else ():
        column = [getattr(row, field.name) for row in rows]
        try:
            kept = _checked(field, column)
        except (TypeError, ValueError):
            raise _misfit(table, field, column) from None
        if kept is not column:
            for place, (value, before) in enumerate(zip(kept, column, strict=True)):
                if value is not before:
                    changed.setdefault(place, {})[field.name] = value
    if not changed:
        return rows
    return [
        dataclasses.replace(row, **changed[place]) if place in changed else row
        for place, row in enumerate(rows)
    ]


def _misfit(table: Table, field: Field, column: Sequence[Any]) -> StoreError:
    """Return the error that names the first value of a column that does not fit."""
    for value in column:
        try:
            _checked(field, [value])
        except (TypeError, ValueError):
            break
    expected = "、".join(filter(None, field.choices)) or _EXPECTED[field.type]
    return StoreError(
        f"「{field.column.zh}」的值 {str(value)[:60]!r} 不能写入台账库，应为 {expected}",
        place=f"{table.name}.{field.name}",
    )


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
_ENCODE = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain
).encode


@cache
def _shape(name: str) -> tuple[tuple[str, ...], tuple[object, ...], Callable[[Record], Any]]:
    names = tuple(field.name for field in tables()[name].fields)
    known = _defaults()[name]
    return names, tuple(known.get(each, _MISSING) for each in names), attrgetter(*names)


def canonical(table: Table, row: Record) -> bytes:
    """Return the one text that a row's digest is taken over.

    Fields at their default are left out, so that a field which a later release adds leaves the
    digests of older rows as they are.

    Raises:
        StoreError: a text holds half a character (a lone surrogate).
    """
    names, known, values = _shape(table.name)
    stated = {
        name: value
        for name, value, default in zip(names, values(row), known, strict=True)
        if value is not default and value != default
    }
    try:
        return _ENCODE([table.name, stated]).encode()
    except UnicodeEncodeError as error:
        raise StoreError(
            "文字里有不完整的字符，不能写入台账库", place=table.name, action="请检查来源文件的编码"
        ) from error
