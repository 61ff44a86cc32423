"""Finding the header of a table: under titles and notes, one to many levels, merged or not.

The first row that holds values is found from above; the header is what stands above it, as far up
as rows are needed to name the columns or are tied to them by merged cells.  A row of years, months
or days above plain numbers is a header too.  Where no row holds a value, the words decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.submissions.headrows import LONGEST_HEADING, HeadRows
from indicators.submissions.region import TYPED, Block, Grid
from indicators.submissions.rowsort import (
    chinese,
    index_row,
    says_value,
    tag_row,
    values_of,
    why_skipped,
)
from indicators.submissions.words import bare, header_words, is_period, is_unit

__all__ = ["Header", "Skipped", "find_header"]


_FOLLOWING = 12
"""Rows under a header that tell whether captions stand among them."""
_TIMES = ("time", "timeperiod", "时间", "年", "月")
"""Words in a corner that name what stands to the right, and not what stands below."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no data, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the header of a table stands."""

    rows: tuple[int, ...]
    """Its rows; empty where a table has none."""
    data: int
    """First row under it that may be data; one past the block where there is none."""
    skipped: tuple[Skipped, ...] = ()
    """Rows above and within that are no data."""


class Finder(HeadRows):
    """Looks for the header of one block."""

    def lowest(self, stack: Sequence[int]) -> int:
        """Return the lowest level of the header among rows above the data, from below."""
        vocabulary = [number for number in stack if self.hits(number) >= 2]
        for number in stack:
            if len(self.named([number])) * 2 < self.width and len(stack) > 1:
                upper = stack[stack.index(number) + 1 :]
                tied = any(
                    place.width > 1
                    and any(place.left <= each.left <= place.right for each in self.places[number])
                    for row in upper[:1]
                    for place in self.places[row]
                )
                gaps = bool(upper) and not (
                    {place.left for place in self.places[number]}
                    & {place.left for place in self.places[upper[0]]}
                )
                if not tied and not gaps:
                    continue
            if self.repeated(number) >= 0.34 or self.says_values(number, stack):
                continue
            better = [row for row in vocabulary if row < number]
            if better and self.translates(number, better[0]):
                return number
            if better and self.hits(number) == 0 and not self.tied(better[0], number):
                if all(is_unit(place.text.strip("()（）")) for place in self.places[number]):
                    return number
                if not self.completes(better[0], number):
                    continue
            return number
        return vocabulary[0] if vocabulary else stack[-1]

    def says_values(self, number: int, stack: Sequence[int]) -> bool:
        """Tell whether a row of words is data: 3000万 or 2017.03.02 under a full row of names."""
        above = stack[stack.index(number) + 1 :]
        if not any(says_value(place.text) for place in self.places[number]):
            return False
        return any(
            len(self.named([row])) >= 0.8 * self.width
            and not any(says_value(place.text) for place in self.places[row])
            for row in above
            if self.count(row) > 1
        )

    def translates(self, number: int, upper: int) -> bool:
        """Tell whether a row over values says in another language what the row above says."""
        lower, above = self.places[number], self.places[upper]
        if chinese(lower) or not chinese(above) or any(place.code != "t" for place in lower):
            return False
        if not {place.left for place in above} <= {place.left for place in lower}:
            return False
        typed = sum(bool(self.below(number, each.left, each.right, most=1)) for each in lower)
        return typed * 3 >= len(lower)

    def tied(self, upper: int, lower: int) -> bool:
        """Tell whether an upper row heads the cells of a lower one by merged ranges."""
        if any(merge.top <= upper for merge in self.grid.covering(lower)):
            return True
        return any(
            place.width > 1
            and sum(place.left <= each.left <= place.right for each in self.places[lower]) > 1
            for place in self.places[upper]
        )

    def completes(self, upper: int, lower: int) -> bool:
        """Tell whether a row without a label names columns that the heading above leaves blank."""
        labelled = self.places[lower][0].left <= self.places[upper][0].left
        return not labelled and bool(self.named([lower]) - self.named([upper]))

    def joins(self, upper: int, lower: Sequence[int]) -> bool:
        """Tell whether the row above is a further level of the header."""
        places = self.places[upper]
        lower_places = [place for number in lower for place in self.places[number]]
        starts = {place.left for place in lower_places}
        if any(place.bottom >= lower[0] for place in places):
            return True
        named = self.named(lower)
        texts = [place.text for place in self.places[lower[-1]]]
        distinct = len(set(texts)) == len(texts)
        complete = len(named) >= 0.8 * self.width and distinct
        if complete and all(is_unit(text.strip("()（）")) for text in texts):
            return True
        if chinese(places) and not chinese(self.places[lower[0]]):
            # The same heading in Chinese, and in English below it.
            return len({place.left for place in places} & starts) * 2 >= len(starts)
        single = [place for place in places if place.width == 1 and place.left in starts]
        if complete and single:
            # A line of words over a header that needs none: a note, or a band for the eye.
            return False
        groups = [
            place
            for place in places
            if place.width > 1 and sum(place.left <= each <= place.right for each in starts) > 1
        ]
        needed = {
            column for place in places for column in range(place.left, place.right + 1)
        } - named
        return bool(groups or needed or not distinct)

    def stack_above(self, data: int) -> list[int]:
        """Return the rows above the data that may be header levels, from below."""
        stack: list[int] = []
        for number in reversed([row for row in self.rows if row < data]):
            places = self.places[number]
            if tag_row(places) or self.only_counts(number):
                if stack:
                    break
                continue
            if not places:
                stack.append(number)
                continue
            if not self.header_like(number):
                if not stack and len(places) == 1 and self.width > 2:
                    continue  # a caption between header and data
                break
            if values_of(places) and not self.periods_above_values(number):
                break
            stack.append(number)
        while stack and not self.places[stack[-1]]:
            stack.pop()
        return stack

    def levels(self, stack: Sequence[int], data: int) -> tuple[int, ...]:
        """Return the rows of the header among the rows above the data."""
        filled = [number for number in stack if self.places[number]]
        bottom = self.lowest(filled)
        chosen = [bottom]
        for number in stack[stack.index(bottom) + 1 :]:
            if not self.places[number]:
                if not any(m.bottom >= chosen[0] for m in self.grid.covering(number)):
                    break
                chosen.insert(0, number)
            elif self.joins(number, chosen):
                chosen.insert(0, number)
            else:
                break
        while chosen and not self.places[chosen[0]]:
            chosen.pop(0)
        deepest = max(
            (place.bottom for number in chosen for place in self.places[number]), default=bottom
        )
        # A label merged down over the data, too, ends the header where the data begin.
        deepest = min(deepest, bottom + 6, data - 1)
        return tuple(range(chosen[0], max(bottom, deepest) + 1))

    def names_labels(self, rows: Sequence[int]) -> bool:
        """Tell whether the row under a header only names the labels: Country under a row of years.

        It is a caption where the header names that column, or where more captions follow.
        """
        row = rows[-1] + 1
        places = self.places.get(row, [])
        if len(places) != 1 or places[0].code != "t" or not header_words(places[0].text):
            return False
        column = places[0].left
        following = [self.places[each] for each in self.rows if each > row and self.places[each]]
        if not following or any(each[0].left != column for each in following[:3]):
            return False
        corner = [text for each in rows if (text := self.grid.text_at(each, column))]
        if corner:
            return all(is_period(text) or bare(text) in _TIMES for text in corner)
        full = [at for at, each in enumerate(following[:_FOLLOWING]) if len(each) > 1]
        captions = any(len(each) == 1 for each in following[: max(full, default=0)])
        return places[0].width == 1 and bool(full) and not captions

    def from_words(self) -> tuple[int, ...]:
        """Return the header of a block without any value, by its words and merges."""
        best, most = 0, 0.0
        for number in self.rows[:25]:
            if not self.header_like(number) or self.count(number) < 2:
                continue
            named = len(self.named([number])) / self.width
            if named < 0.6:
                continue
            score = named + min(self.hits(number), 4) - self.repeated(number)
            if score > most + 0.5:
                best, most = number, score
        if not best:
            return ()
        bottom = max(place.bottom for place in self.places[best])
        groups = [place for place in self.places[best] if place.width > 1]
        following = [row for row in self.rows if row > best]
        if bottom == best and groups and following:
            under = self.places[following[0]]
            inside = sum(any(g.left <= each.left <= g.right for g in groups) for each in under)
            if under and inside == len(under) and inside > 1:
                bottom = following[0]
        top = best
        for number in reversed([row for row in self.rows if row < best]):
            if not self.header_like(number) or not self.joins(number, [top]):
                break
            if not self.tied(number, top):
                break
            top = number
        return tuple(range(top, bottom + 1))


def _single(finder: Finder) -> Header | None:
    """Find the header of one column: a word above values, or a usual heading above words."""
    filled = [number for number in finder.rows if finder.places[number]]
    if len(filled) < 2:
        return None
    first, rest = finder.places[filled[0]][0], [finder.places[number][0] for number in filled[1:]]
    values = all(place.code in TYPED for place in rest)
    if first.code != "t" or not (values or (header_words(first.text) and len(rest) > 1)):
        return None
    if any(len(place.text) > LONGEST_HEADING for place in rest):
        return None
    return Header(rows=(filled[0],), data=filled[1])


def find_header(grid: Grid, block: Block) -> Header | None:
    """Find the header of a block; None where the block is no table at all.

    A header without rows means a table that has none.
    """
    finder = Finder(grid, block)
    if block.right == block.left:
        return _single(finder)
    if finder.width < 2:
        return None
    data = next((number for number in finder.rows if finder.is_data(number)), 0)
    end = block.bottom + 1
    if data:
        stack = finder.stack_above(data)
        filled = [number for number in stack if finder.places[number]]
        rows = finder.levels(stack, data) if filled else ()
        if not rows and finder.width < 2:
            return None
    else:
        rows = finder.from_words()
        if not rows:
            return None
    if rows and finder.names_labels(rows):
        rows = (*rows, rows[-1] + 1)
    first = rows[-1] + 1 if rows else data
    top = rows[0] if rows else data
    skipped = [
        Skipped(number, why_skipped(grid.places(number, block.left, block.right)))
        for number in block.rows
        if number < top
    ]
    if rows:
        for number in finder.rows:
            places = finder.places[number]
            following = [finder.places[row] for row in finder.rows if row > number][:1]
            counts = finder.only_counts(number) and not any(map(index_row, following))
            if number >= first and (tag_row(places) or counts):
                skipped.append(Skipped(number, why_skipped(places)))
                first = number + 1
            elif number >= first:
                break
    return Header(rows=rows, data=min(first, end), skipped=tuple(skipped))
