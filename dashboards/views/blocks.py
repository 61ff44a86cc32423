"""Sequences and mappings that one state of the ledger shares with the next.

A state differs from the one before it by the rows that a batch touched.  Copying a hundred thousand
pointers for fifty of them costs more than judging the fifty: what is patched here are the blocks of
a sequence and the keys of a mapping that differ; everything else is the same object as before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, Generic, TypeVar, overload

__all__ = ["Blocks", "Changed", "Mapped"]

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
S = TypeVar("S")
Key = Callable[[Any], Any]

SIZE = 512
"""Rows of a block when it is made; it is parted at twice as many."""
_MOST = 2000
"""Keys changed before a mapping is written out anew."""
_GONE: Any = object()
"""Stands for a key that was taken out."""
_ELSE: Any = object()
"""Stands for a key that was not changed."""


class Blocks(Sequence[T]):
    """Rows in order of a key that no two of them share.

    Args:
        rows: the rows, sorted.
        key: what they are sorted by.
    """

    __slots__ = ("_blocks", "_firsts", "_key", "_starts")

    def __init__(self, rows: Sequence[T], key: Key) -> None:
        self._key = key
        rows = tuple(rows)
        self._set([rows[at : at + SIZE] for at in range(0, len(rows), SIZE)])

    def _set(self, blocks: list[tuple[T, ...]], firsts: list[Any] | None = None) -> None:
        self._blocks = blocks
        self._firsts = [self._key(each[0]) for each in blocks] if firsts is None else firsts
        self._starts = [0, *accumulate(map(len, blocks))]

    def __len__(self) -> int:
        return self._starts[-1]

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self._blocks)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            found = self._between(start, stop) if step > 0 else tuple(self)[at]
            return found[::step] if step > 1 else found
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(at)
        block = bisect_right(self._starts, place) - 1
        return self._blocks[block][place - self._starts[block]]

    def _between(self, start: int, stop: int) -> tuple[T, ...]:
        found: list[T] = []
        block = bisect_right(self._starts, start) - 1
        while start < stop:
            end = min(stop, self._starts[block + 1])
            low = self._starts[block]
            found += self._blocks[block][start - low : end - low]
            start, block = end, block + 1
        return tuple(found)

    def patched(self, gone: Iterable[T], come: Iterable[T]) -> Blocks[T]:
        """Return the rows without some and with others.

        Args:
            gone: rows of these.
            come: rows that are not among these.
        """
        changes: dict[int, tuple[list[Any], list[T]]] = {}
        for out, rows in ((True, gone), (False, come)):
            for row in rows:
                key = self._key(row)
                block = max(0, bisect_right(self._firsts, key) - 1)
                leaving, coming = changes.setdefault(block, ([], []))
                if out:
                    leaving.append(key)
                else:
                    coming.append(row)
        if not changes:
            return self
        blocks, firsts = list(self._blocks), list(self._firsts)
        for block in sorted(changes, reverse=True):
            rows = self._changed(self._blocks[block] if self._blocks else (), *changes[block])
            parts = [rows] if len(rows) <= 2 * SIZE else _parted(rows)
            parts = [each for each in parts if each]
            blocks[block : block + 1] = parts
            firsts[block : block + 1] = [self._key(each[0]) for each in parts]
        made: Blocks[T] = Blocks.__new__(Blocks)
        made._key = self._key
        made._set(blocks, firsts)
        # Blocks that shrink stay: in the end there would be many small ones.
        if len(blocks) > 8 + 4 * len(made) // SIZE:
            return Blocks(tuple(made), self._key)
        return made

    def _changed(
        self, rows: tuple[T, ...], leaving: Sequence[Any], coming: Sequence[T]
    ) -> tuple[T, ...]:
        key = self._key
        # Finding a place looks at as many keys as the length has bits; sorting looks at all.
        if (len(leaving) + len(coming)) * len(rows).bit_length() > len(rows):
            out = set(leaving)
            return tuple(
                sorted([each for each in rows if key(each) not in out] + [*coming], key=key)
            )
        made = list(rows)
        for each in leaving:
            del made[bisect_left(made, each, key=key)]
        for row in coming:
            insort(made, row, key=key)
        return tuple(made)


def _parted(rows: tuple[T, ...]) -> list[tuple[T, ...]]:
    return [rows[at : at + SIZE] for at in range(0, len(rows), SIZE)]


class Mapped(Sequence[S], Generic[T, S]):
    """What a function makes of each row of a sequence, made when it is asked for."""

    __slots__ = ("_make", "_rows")

    def __init__(self, make: Callable[[T], S], rows: Sequence[T]) -> None:
        self._make, self._rows = make, rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[S]:
        return map(self._make, self._rows)

    @overload
    def __getitem__(self, at: int) -> S: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[S]: ...
    def __getitem__(self, at: int | slice) -> S | Sequence[S]:
        if isinstance(at, slice):
            return tuple(map(self._make, self._rows[at]))
        return self._make(self._rows[at])


class Changed(Mapping[K, V]):
    """A mapping with some keys set or taken out, beside the one that it was made from.

    Args:
        base: the mapping; it is not changed.
        come: keys with their new values.
        gone: keys that are taken out; those that are not there are passed over.
    """

    __slots__ = ("base", "over")
    base: Mapping[K, V]
    over: dict[K, Any]

    def __init__(self, base: Mapping[K, V], come: Mapping[K, V], gone: Collection[K] = ()) -> None:
        over: dict[K, Any] = {}
        if isinstance(base, Changed):
            before: Changed[K, V] = base
            base, over = before.base, dict(before.over)
        over.update(dict.fromkeys(gone, _GONE))
        over.update(come)
        if len(over) > _MOST:
            base, over = _written(base, over), {}
        self.base, self.over = base, over

    def __getitem__(self, key: K) -> V:
        value: V = self.over.get(key, _ELSE)
        if value is _ELSE:
            return self.base[key]
        if value is _GONE:
            raise KeyError(key)
        return value

    def __contains__(self, key: Any) -> bool:
        value = self.over.get(key, _ELSE)
        return key in self.base if value is _ELSE else value is not _GONE

    def __iter__(self) -> Iterator[K]:
        over = self.over
        yield from (key for key in self.base if over.get(key) is not _GONE)
        yield from (
            key for key, value in over.items() if value is not _GONE and key not in self.base
        )

    def __len__(self) -> int:
        base = self.base
        return len(base) + sum(
            (value is not _GONE) - (key in base) for key, value in self.over.items()
        )


def _written(base: Mapping[K, V], over: Mapping[K, Any]) -> dict[K, V]:
    """Return a mapping with its changes as one."""
    made = {**base, **over}
    for key in [key for key, value in over.items() if value is _GONE]:
        del made[key]
    return made
