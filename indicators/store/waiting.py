"""Rows of one table that an open batch will write: by columns, of several with one key the last."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from operator import attrgetter
from typing import Any

from indicators.model import Record
from indicators.store.view import Key, Version
from indicators.tables import Table

__all__ = ["Columns", "Waiting"]

Columns = Sequence[Sequence[Any]]
"""Rows of a table by columns, in the order of its fields."""


class Waiting:
    """Rows of one table that wait to be written."""

    def __init__(self, table: Table) -> None:
        names = [field.name for field in table.fields]
        self._keys = [names.index(name) for name in table.keys]
        self._values = attrgetter(*names)
        self._columns: list[list[Any]] = [[] for _ in names]
        self._places: dict[Key, int] = {}
        """Where the row of a key stands; rows that are not here were overtaken."""

    def __len__(self) -> int:
        return len(self._places)

    def keys(self, columns: Columns) -> tuple[Sequence[Key], Sequence[object]]:
        """Return the keys of some rows as a view has them, and the first field of each."""
        fields = [columns[at] for at in self._keys]
        return fields[0] if len(fields) == 1 else list(zip(*fields, strict=True)), fields[0]

    def put(
        self,
        keys: Sequence[Key],
        columns: Columns,
        versions: Sequence[Version[Record] | None],
    ) -> int:
        """Take rows in, but for those equal to what is in force for their keys.

        Returns:
            By how many rows there are more now.
        """
        base, before = len(self._columns[0]), len(self._places)
        equal = [
            at
            for at, version in enumerate(versions)
            if version is not None
            and self._values(version[1]) == tuple(column[at] for column in columns)
        ]
        for column, more in zip(self._columns, columns, strict=True):
            column.extend(more)
        places = dict(zip(keys, range(base, base + len(keys)), strict=True))
        for at in equal:
            # Of several rows with one key only the last one counts.
            if places.get(keys[at]) == base + at:
                del places[keys[at]]
                self._places.pop(keys[at], None)
        if self._places:
            self._places.update(places)
        else:
            self._places = places
        return len(self._places) - before

    def columns(self) -> Columns:
        """Return the rows that count, in the order in which they came."""
        count = len(self._columns[0])
        if len(self._places) == count:
            return self._columns
        kept = [False] * count
        for place in self._places.values():
            kept[place] = True
        return [list(compress(column, kept)) for column in self._columns]
