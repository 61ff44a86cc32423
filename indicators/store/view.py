"""One table of the ledger in memory: what is in force, and what was.

A view is filled once and then fed only the rows of newer batches, so that an import in another
process costs its own rows and not the table.  Rows in force lie in two lists side by side (rows and
their seq) by order of key, and are found by bisection: a million rows need no million keys.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter
from typing import Any, Generic, TypeVar

from indicators.ledger import any_of, fits
from indicators.model import Record
from indicators.tables import table_of

__all__ = ["Chunk", "Key", "TableView", "Version", "matching"]

R = TypeVar("R", bound=Record)
Key = Any
Version = tuple[int, R]
"""The seq of a row's batch, and the row."""
Chunk = tuple[Sequence[int], Sequence[R]]
"""Rows with the seq of each, in order of seq."""


class TableView(Generic[R]):
    """Rows of one table by key; the caller holds the store's lock."""

    def __init__(self, record: type[R]) -> None:
        names = table_of(record).keys
        self.key: Callable[[R], Key] = attrgetter(*names)
        self.seq = 0
        """The last batch taken in."""
        self._names = names
        self._leading = names[0]
        self._rows: list[R] = []
        self._seqs: list[int] = []
        self._others: dict[Key, list[Version[R]]] = {}
        """Overtaken and void rows."""
        self._ever: dict[str, dict[object, set[Key]]] = {}
        """Keys of these rows by the value of a field; a field comes in when its past is asked for."""
        self._all: tuple[R, ...] | None = None
        self._index: dict[str, dict[object, list[R]]] = {}
        self._past: dict[int, Sequence[Version[R]]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def _place(self, key: Key) -> tuple[int, bool]:
        """Return where a key lies or would lie, and whether it is there."""
        place = bisect_left(self._rows, key, key=self.key)
        return place, place < len(self._rows) and self.key(self._rows[place]) == key

    def version(self, key: Key) -> Version[R] | None:
        """Return the row in force for a key."""
        place, known = self._place(key)
        return (self._seqs[place], self._rows[place]) if known else None

    def versions_of(self, keys: Sequence[Key]) -> Sequence[Version[R] | None]:
        """Return the row in force for each of some keys; of very many no place is looked for."""
        if not self._rows:
            return [None] * len(keys)
        if len(keys) * 8 <= len(self._rows):
            return [self.version(key) for key in keys]
        known = dict(zip(map(self.key, self._rows), self.versions(), strict=True))
        return [known.get(key) for key in keys]

    def take(self, chunks: Iterable[Chunk[R]], seq: int, voided: Mapping[int, object]) -> None:
        """Take in the rows of newer batches, up to batch ``seq``."""
        seqs: list[int] = []
        rows: list[R] = []
        for more_seqs, more_rows in chunks:
            seqs += more_seqs
            rows += more_rows
        self.seq = seq
        if not rows:
            return
        self._all = None
        if len(rows) * 8 > len(self._rows):
            self._merge(seqs, rows, voided)
            return
        for version in zip(seqs, rows, strict=True):
            key = self.key(version[1])
            if version[0] in voided:
                self._aside(key, version)
                continue
            before = self._put(key, version)
            if before is not None:
                self._aside(key, before)

    def _aside(self, key: Key, version: Version[R]) -> None:
        """Put an overtaken or void row aside."""
        self._others.setdefault(key, []).append(version)
        for name, keys in self._ever.items():
            keys.setdefault(getattr(version[1], name), set()).add(key)

    def _merge(self, seqs: list[int], rows: list[R], voided: Mapping[int, object]) -> None:
        """Take in so many rows that sorting anew is quicker than finding each one's place."""
        if voided:
            standing = [place for place, seq in enumerate(seqs) if seq not in voided]
            for place in set(range(len(rows))).difference(standing):
                version = seqs[place], rows[place]
                self._aside(self.key(rows[place]), version)
            seqs, rows = [seqs[each] for each in standing], [rows[each] for each in standing]
        seqs, rows = self._seqs + seqs, self._rows + rows
        keys = list(map(self.key, rows))
        # The sort is stable: of rows with one key the one of the highest seq comes last.
        order = sorted(range(len(rows)), key=keys.__getitem__)
        last = order[1:]
        overtaken = {
            place for place, after in zip(order, last, strict=False) if keys[place] == keys[after]
        }
        for place in order if overtaken else ():
            if place in overtaken:
                version = seqs[place], rows[place]
                self._aside(keys[place], version)
        self._rows = [rows[place] for place in order if place not in overtaken]
        self._seqs = [seqs[place] for place in order if place not in overtaken]
        self._index = {}

    def _put(self, key: Key, version: Version[R] | None) -> Version[R] | None:
        """Set or take out the version in force of a key; return the one before."""
        place, known = self._place(key)
        before = (self._seqs[place], self._rows[place]) if known else None
        if version is None:
            if known:
                del self._rows[place], self._seqs[place]
        elif known:
            self._seqs[place], self._rows[place] = version
        else:
            self._seqs.insert(place, version[0])
            self._rows.insert(place, version[1])
        for name, index in self._index.items():
            if before is not None:
                bucket = index[getattr(before[1], name)]
                del bucket[bisect_left(bucket, key, key=self.key)]
            if version is not None:
                bucket = index.setdefault(getattr(version[1], name), [])
                bucket.insert(bisect_left(bucket, key, key=self.key), version[1])
        return before

    def revalue(self, changed: AbstractSet[int], voided: Mapping[int, object]) -> None:
        """Settle again what is in force for the keys that batches ``changed`` speak of."""
        keys = [
            self.key(row) for seq, row in zip(self._seqs, self._rows, strict=True) if seq in changed
        ]
        keys += [
            key
            for key, versions in self._others.items()
            if any(version[0] in changed for version in versions)
        ]
        self._all = None
        for key in dict.fromkeys(keys):
            versions = self._others.pop(key, [])
            before = self._put(key, None)
            if before is not None:
                versions.append(before)
            best = _best(versions, voided)
            if best is not None:
                self._put(key, best)
                versions.remove(best)
            for version in versions:
                self._aside(key, version)

    def rows(self) -> tuple[R, ...]:
        """Return all rows in force, by order of key; the same object until something changes."""
        if self._all is None:
            self._all = tuple(self._rows)
        return self._all

    def versions(self) -> Sequence[Version[R]]:
        """Return all rows in force with their seq, by order of key."""
        return list(zip(self._seqs, self._rows, strict=True))

    def _spans(
        self, equal: Mapping[str, object], low: int = 0, high: int | None = None, depth: int = 0
    ) -> Iterator[tuple[int, int]]:
        """Yield where the rows lie whose leading key fields are as asked, in their order."""
        field = attrgetter(self._names[depth])
        deeper = depth + 1 < len(self._names) and self._names[depth + 1] in equal
        for each in sorted(any_of(equal[self._names[depth]]), key=_order):
            try:
                first = bisect_left(self._rows, each, low, high, key=field)
                last = bisect_right(self._rows, each, first, high, key=field)
            except TypeError:  # what cannot be compared with a key equals none
                continue
            if not deeper:
                yield first, last
            elif first < last:
                yield from self._spans(equal, first, last, depth + 1)

    def where(self, equal: Mapping[str, object]) -> Sequence[R]:
        """Return the rows in force whose fields equal what is asked, by order of key.

        A frozenset asks for any of its values.
        """
        if self._leading in equal:
            found: list[R] = []
            for low, high in self._spans(equal):
                found += self._rows[low:high]
            return found if len(equal) == 1 else _filtered(found, equal)
        name = next(iter(equal))
        index = self._index.get(name)
        if index is None:
            index = self._index[name] = {}
            for row in self._rows:
                index.setdefault(getattr(row, name), []).append(row)
        buckets = [index[value] for value in any_of(equal[name]) if value in index]
        if len(buckets) < 2:
            return _filtered(buckets[0] if buckets else (), equal)
        return _filtered(sorted((row for some in buckets for row in some), key=self.key), equal)

    def versions_where(self, equal: Mapping[str, object]) -> Sequence[Version[R]]:
        """As ``where``, each row with its seq."""
        if self._leading in equal:
            both: list[Version[R]] = []
            for low, high in self._spans(equal):
                both += zip(self._seqs[low:high], self._rows[low:high], strict=True)
            return both if len(equal) == 1 else matching(both, equal)
        return [(self._seqs[self._place(self.key(row))[0]], row) for row in self.where(equal)]

    def history(self, wanted: object) -> list[Version[R]]:
        """Return every row ever added whose first key field equals what is asked, by seq."""
        found = list(self.versions_where({self._leading: wanted}))
        for key in sorted(self._aside_with(self._leading).get(wanted, ())):
            found += self._others.get(key, ())
        found.sort(key=lambda version: version[0])
        return found

    def _aside_with(self, name: str) -> Mapping[object, AbstractSet[Key]]:
        """Return the keys of overtaken and void rows by the value of a field."""
        found = self._ever.get(name)
        if found is None:
            found = self._ever[name] = {}
            for key, versions in self._others.items():
                for _, row in versions:
                    found.setdefault(getattr(row, name), set()).add(key)
        return found

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

    def known_where(
        self, equal: Mapping[str, object], seq: int, voided: Mapping[int, object]
    ) -> Sequence[Version[R]]:
        """As ``known``, only the rows whose fields equal what is asked; only their keys are looked at.

        Args:
            equal: fields with the value they must have; a frozenset asks for any of its values.
            seq: the last batch known.
            voided: batches that were void at that time.
        """
        name = self._leading if self._leading in equal else next(iter(equal))
        now = self.versions_where({name: equal[name]})
        aside = self._aside_with(name)
        keys = frozenset().union(*(aside.get(value, frozenset()) for value in any_of(equal[name])))
        if not keys:
            standing = [each for each in now if each[0] <= seq and each[0] not in voided]
            return matching(standing, equal)
        in_force = {self.key(version[1]): version for version in now}
        found = []
        for key in sorted(keys | in_force.keys()):
            last = in_force.get(key) or self.version(key)
            versions = [*self._others.get(key, ()), *([last] if last else ())]
            best = _best([each for each in versions if each[0] <= seq], voided)
            if best is not None:
                found.append(best)
        return matching(found, equal)

    def _known(self, seq: int, voided: Mapping[int, object]) -> Sequence[Version[R]]:
        found: list[Version[R] | None] = [
            version if version[0] <= seq and version[0] not in voided else None
            for version in zip(self._seqs, self._rows, strict=True)
        ]
        gone: list[Version[R]] = []
        for key, versions in self._others.items():
            place, known = self._place(key)
            all_of_it = [*versions, (self._seqs[place], self._rows[place])] if known else versions
            best = _best([each for each in all_of_it if each[0] <= seq], voided)
            if known:
                found[place] = best
            elif best is not None:
                gone.append(best)
        rows = [version for version in found if version is not None]
        return sorted(rows + gone, key=lambda version: self.key(version[1])) if gone else rows


def _best(versions: Sequence[Version[R]], voided: Mapping[int, object]) -> Version[R] | None:
    """Return the version of the highest seq that is not void."""
    standing = [version for version in versions if version[0] not in voided]
    return max(standing, key=lambda version: version[0], default=None)


def _order(value: Any) -> tuple[str, Any]:
    """Sorting key for values of any types, those of one type in their own order."""
    return type(value).__name__, value


def _filtered(rows: Sequence[R], equal: Mapping[str, object]) -> Sequence[R]:
    return list(filter(fits(equal), rows))


def matching(versions: Sequence[Version[R]], equal: Mapping[str, object]) -> Sequence[Version[R]]:
    """Return the versions whose row has the fields asked for."""
    if not equal:
        return versions
    fitting = fits(equal)
    return [version for version in versions if fitting(version[1])]
