"""One table of the ledger in memory: what is in force, and what was.

A view is filled once and then fed only the rows of newer batches, so that an import in another
process costs its own rows and not the table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter
from typing import Any, Generic, TypeVar

from indicators.model import Record
from indicators.tables import table_of

__all__ = ["TableView"]

R = TypeVar("R", bound=Record)
Key = Any
Version = tuple[int, R]
"""The seq of a row's batch, and the row."""


class _Sorted(Generic[R]):
    """Keys, versions and rows side by side, by order of key; one key is changed in place."""

    def __init__(self, force: Mapping[Key, Version[R]]) -> None:
        self.keys = sorted(force)
        self.versions = [force[key] for key in self.keys]
        self.rows = [version[1] for version in self.versions]

    def put(self, key: Key, version: Version[R] | None, *, known: bool) -> None:
        """Set or take out the version of a key; ``known`` tells whether there is one."""
        place = bisect_left(self.keys, key)
        if version is None:
            if known:
                del self.keys[place], self.versions[place], self.rows[place]
        elif known:
            self.versions[place], self.rows[place] = version, version[1]
        else:
            self.keys.insert(place, key)
            self.versions.insert(place, version)
            self.rows.insert(place, version[1])


class TableView(Generic[R]):
    """Rows of one table by key; the caller holds the store's lock."""

    def __init__(self, record: type[R]) -> None:
        names = table_of(record).keys
        self.key: Callable[[R], Key] = attrgetter(*names)
        self.seq = 0
        """The last batch taken in."""
        self._force: dict[Key, Version[R]] = {}
        self._others: dict[Key, list[Version[R]]] = {}
        self._sorted: _Sorted[R] | None = None
        self._rows: tuple[R, ...] | None = None
        self._index: dict[str, dict[object, dict[Key, None]]] = {}
        self._past: dict[int, tuple[Version[R], ...]] = {}

    def __len__(self) -> int:
        return len(self._force)

    def take(self, versions: Iterable[Version[R]], seq: int, voided: Mapping[int, object]) -> None:
        """Take in the rows of newer batches, in order of seq, up to batch ``seq``."""
        touched: dict[Key, Version[R] | None] = {}
        first = self._sorted is None and not self._index
        for version in versions:
            key = self.key(version[1])
            before = self._force.get(key)
            if not first and key not in touched:
                touched[key] = before
            if version[0] in voided:
                self._others.setdefault(key, []).append(version)
                continue
            if before is not None:
                self._others.setdefault(key, []).append(before)
            self._force[key] = version
        self.seq = seq
        self._note(touched)

    def revalue(self, changed: AbstractSet[int], voided: Mapping[int, object]) -> None:
        """Settle again what is in force for the keys that batches ``changed`` speak of."""
        keys = [key for key, version in self._force.items() if version[0] in changed]
        keys += [
            key
            for key, versions in self._others.items()
            if any(version[0] in changed for version in versions)
        ]
        touched: dict[Key, Version[R] | None] = {}
        for key in dict.fromkeys(keys):
            before = touched[key] = self._force.pop(key, None)
            versions = self._others.pop(key, [])
            if before is not None:
                versions.append(before)
            standing = [version for version in versions if version[0] not in voided]
            if standing:
                best = max(standing, key=_seq)
                self._force[key] = best
                versions.remove(best)
            if versions:
                self._others[key] = versions
        self._note(touched)

    def _note(self, touched: Mapping[Key, Version[R] | None]) -> None:
        """Bring order and indexes up to date for some keys."""
        self._rows = None
        if len(touched) * 8 > len(self._force) + 64:
            self._sorted, self._index = None, {}
            return
        for key, before in touched.items():
            after = self._force.get(key)
            if self._sorted is not None:
                self._sorted.put(key, after, known=before is not None)
            for name, index in self._index.items():
                if before is not None:
                    index.get(getattr(before[1], name), {}).pop(key, None)
                if after is not None:
                    index.setdefault(getattr(after[1], name), {})[key] = None

    def _in_order(self) -> _Sorted[R]:
        if self._sorted is None:
            self._sorted = _Sorted(self._force)
        return self._sorted

    def version(self, key: Key) -> Version[R] | None:
        """Return the row in force for a key."""
        return self._force.get(key)

    def versions(self) -> tuple[Version[R], ...]:
        """Return all rows in force with their seq, by order of key."""
        return tuple(self._in_order().versions)

    def rows(self) -> tuple[R, ...]:
        """Return all rows in force, by order of key; the same object until something changes."""
        if self._rows is None:
            self._rows = tuple(self._in_order().rows)
        return self._rows

    def where(self, equal: Mapping[str, object]) -> Sequence[Version[R]]:
        """Return the rows in force whose fields equal what is asked, by order of key."""
        name = next(iter(equal))
        index = self._index.get(name)
        if index is None:
            index = self._index[name] = {}
            for key, version in self._force.items():
                index.setdefault(getattr(version[1], name), {})[key] = None
        found = [self._force[key] for key in sorted(index.get(equal[name], ()))]
        return matching(found, equal)

    def known(self, seq: int, voided: Mapping[int, object]) -> Sequence[Version[R]]:
        """Return the rows in force as they were after batch ``seq``, by order of key.

        Args:
            seq: the last batch known.
            voided: batches that were void at that time.
        """
        if seq not in self._past:
            while len(self._past) >= 2:
                del self._past[next(iter(self._past))]
            self._past[seq] = self._known(seq, voided)
        return self._past[seq]

    def _known(self, seq: int, voided: Mapping[int, object]) -> tuple[Version[R], ...]:
        found = {
            key: version
            for key, version in self._force.items()
            if version[0] <= seq and version[0] not in voided
        }
        for key, versions in self._others.items():
            for version in versions:
                if version[0] <= seq and version[0] not in voided:
                    best = found.get(key)
                    if best is None or best[0] < version[0]:
                        found[key] = version
        return tuple(found[key] for key in sorted(found))


def matching(versions: Sequence[Version[R]], equal: Mapping[str, object]) -> Sequence[Version[R]]:
    """Return the versions whose row has the fields asked for."""
    if not equal:
        return versions
    names, wanted = tuple(equal), tuple(equal.values())
    if len(names) == 1:
        get, one = attrgetter(names[0]), wanted[0]
        return [version for version in versions if get(version[1]) == one]
    several = attrgetter(*names)
    return [version for version in versions if several(version[1]) == wanted]


def _seq(version: Version[Any]) -> int:
    return version[0]
