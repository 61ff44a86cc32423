"""Rows as the ledger keeps them: each value fits its declaration, each row has one text.

Rows are checked a column at a time, because a load has a hundred thousand of them; only where a
column does not fit is each of its values looked at, to say which one.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from itertools import chain, repeat
from json.encoder import encode_basestring
from operator import attrgetter, is_
from typing import Any

from indicators.bulk import ByColumns
from indicators.errors import UnfitRow
from indicators.model import Record
from indicators.store.values import exact
from indicators.tables import Field, FieldType, Table, tables

__all__ = ["canonical", "columns_of", "defaults", "same", "settled"]

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
    return list(map(exact, column))


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
    if len(column) > 1 and all(map(is_, column, repeat(column[0]))):
        return [*_checked(field, column[:1])] * len(column)  # one value throughout
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


def columns_of(table: Table, rows: Sequence[Record] | ByColumns[Any]) -> list[Sequence[Any]]:
    """Return rows as columns, in the order of the table's fields."""
    if isinstance(rows, ByColumns):
        return [rows.columns[field.name] for field in table.fields]
    return [list(map(attrgetter(field.name), rows)) for field in table.fields]


def settled(table: Table, columns: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """Return columns as the ledger keeps them: decimals exact, moments in UTC.

    Raises:
        UnfitRow: a value does not fit its declaration.
    """
    kept = []
    for field, column in zip(table.fields, columns, strict=True):
        try:
            kept.append(_checked(field, column) if column else column)
        except (TypeError, ValueError):
            raise _misfit(table, field, column) from None
    return kept


def _misfit(table: Table, field: Field, column: Sequence[Any]) -> UnfitRow:
    """Return the error that names the first value of a column that does not fit."""
    for value in column:
        try:
            _checked(field, [value])
        except (TypeError, ValueError):
            break
    expected = "、".join(filter(None, field.choices)) or _EXPECTED[field.type]
    return UnfitRow(
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


def same(column: Sequence[Any]) -> bool:
    """Tell whether a column holds one value throughout, as most columns of a batch do."""
    return bool(column) and column.count(column[0]) == len(column)


def _quoted(value: Any) -> str:
    return f'"{value}"'


def _listed(value: tuple[str, ...]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_WRITTEN: Mapping[FieldType, Callable[[Any], str]] = {
    "text": encode_basestring,
    "integer": str,
    "number": float.__repr__,
    "boolean": lambda value: "true" if value else "false",
    "decimal": lambda value: _quoted(format(value, "f")),
    "date": lambda value: _quoted(value.isoformat()),
    "moment": lambda value: _quoted(value.astimezone(UTC).isoformat(timespec="microseconds")),
    "list": _listed,
}
"""How a value stands in a row's text: as JSON writes it, decimals and days as texts."""
_MISSING = object()


class _Parts(dict[Any, str]):
    """The part of a row's text that one field makes up, by value; empty for its default."""

    def __init__(self, field: Field, default: object) -> None:
        super().__init__()
        self._name = f',"{field.name}":'
        self._write = _WRITTEN[field.type]
        self._default = default

    def part(self, value: Any) -> str:
        if value == self._default:
            return ""
        return self._name + ("null" if value is None else self._write(value))

    def texts(self, column: Iterable[str]) -> Iterable[str]:
        """Return the parts of a column of texts, none of them missing."""
        name, default = self._name, self._default
        return [name + encode_basestring(text) if text != default else "" for text in column]

    def __missing__(self, value: Any) -> str:
        made = self[value] = self.part(value)
        return made


def canonical(table: Table, columns: Sequence[Sequence[Any]]) -> list[bytes]:
    """Return of each row, given by columns, the one text that its digest is taken over.

    It is JSON without spaces: the table's name and an object of the fields that are not at their
    default, by order of name.  So a field which a later release adds leaves the digests of older
    rows as they are.

    Raises:
        UnfitRow: a text holds half a character (a lone surrogate).
    """
    known = defaults(table)
    written: list[Iterable[str]] = [repeat("", len(columns[0]))]
    by_name = sorted(zip(table.fields, columns, strict=True), key=lambda each: each[0].name)
    for field, column in by_name:
        parts = _Parts(field, known.get(field.name, _MISSING))
        if field.type == "number":
            # 0.0 and -0.0 are one key of a mapping and two texts: numbers are written one by one.
            written.append(map(parts.part, column))
        elif same(column):
            if part := parts.part(column[0]):
                written.append(repeat(part, len(column)))
        elif field.type == "text" and None not in column:
            # Writing a text costs less than looking it up.
            written.append(parts.texts(column))
        else:
            written.append(map(parts.__getitem__, column))
    head, tail = f'["{table.name}",{{', "}]"
    try:
        return [f"{head}{''.join(row)[1:]}{tail}".encode() for row in zip(*written, strict=True)]
    except UnicodeEncodeError as error:
        raise UnfitRow(
            "文字里有不完整的字符，不能写入台账库", place=table.name, action="请检查来源文件的编码"
        ) from error
