"""The rows near the head of a block, and what each may be: title, level of a header, data."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.submissions.region import TYPED, Block, Grid, Place, is_filled
from indicators.submissions.rowsort import (
    counts_on,
    cover,
    index_row,
    period_like,
    says_amount,
    values_of,
)
from indicators.submissions.words import (
    header_words,
    is_metadata,
    is_note,
    is_total,
    unit_of_line,
)

__all__ = ["LONGEST_HEADING", "HeadRows"]

_LOOK = 80
"""Rows of a block that are looked at for a header."""
_TITLES = 20
"""Rows of one cell that may be titles of the table below them."""
_CELLS = 100_000
"""Cells of them; of a very wide block fewer rows."""
_FEW = 3
"""Cells of a row that may be all that is said of a table."""
_LONGEST_GROUP = 20
"""Characters of the name of a group of nearly all columns."""
LONGEST_HEADING = 80
"""Characters of a heading; what is longer is prose."""


class HeadRows:
    """The first rows of one block."""

    def __init__(self, grid: Grid, block: Block) -> None:
        self.grid = grid
        self.block = block
        width = block.right - block.left + 1
        first = self.first_wide(width)
        self.rows = block.rows[first : first + max(12, min(_LOOK, _CELLS // width))]
        self.places = {number: grid.places(number, block.left, block.right) for number in self.rows}
        self.starting = {
            number: {place.left: place for place in places}
            for number, places in self.places.items()
        }
        wide = [cover(self.places[number]) for number in self.rows if self.count(number) > 1]
        self.width = max(wide, default=1)
        counts = sorted(self.count(number) for number in self.rows if self.count(number) > 1)
        self.usual = counts[len(counts) // 2] if counts else 1

    def first_wide(self, width: int) -> int:
        """Return where to begin: titles and prose of one cell a row may be many above a table."""
        rows = self.block.rows
        if width == 1 or len(rows) <= _LOOK:
            return 0
        for at, number in enumerate(rows):
            row = self.grid.sheet.row(number)
            if row is not None and sum(map(is_filled, row.values)) > 1:
                return max(0, at - _TITLES)
        return 0

    def count(self, number: int) -> int:
        """Return how many cells of a row hold something, merged ranges as one."""
        return len(self.places[number])

    def below(self, number: int, left: int, right: int, most: int = 3) -> list[Place]:
        """Return the typed cells in the next rows under a column."""
        found: list[Place] = []
        for row in self.rows:
            if row <= number:
                continue
            here = [
                place
                for column in range(left, right + 1)
                if (place := self.starting[row].get(column)) is not None and place.code in TYPED
            ]
            if here:
                found.extend(here)
                most -= 1
                if not most:
                    break
        return found

    def periods_above_values(self, number: int) -> bool:
        """Tell whether the typed cells of a row are years or days that head columns."""
        held = values_of(self.places[number])
        if self.months(number, held):
            return True
        if not held or not all(map(period_like, held)):
            return False
        texts = [place.text for place in held]
        if len(set(texts)) < len(texts) and not any(place.width > 1 for place in held):
            return False
        if len(held) < 2 and not (
            held[0].width > 1 or any(header_words(p.text) for p in self.places[number])
        ):
            return False
        under = [self.below(number, place.left, place.right) for place in held]
        if not any(under):
            return False
        other = sum(bool(column) and not all(map(period_like, column)) for column in under)
        return other * 2 >= sum(map(bool, under))

    def months(self, number: int, held: Sequence[Place]) -> bool:
        """Tell whether 1 to 12, or the days of a month, head columns and no header stands above."""
        first = self.places[number][0]
        if first.code != "t" or not (len(held) == 12 or 28 <= len(held) <= 31):
            return False
        if [place.text for place in held] != [str(at) for at in range(1, len(held) + 1)]:
            return False
        return not any(
            self.count(row) * 2 > len(held) and self.header_like(row)
            for row in self.rows
            if row < number
        )

    def is_data(self, number: int) -> bool:
        """Tell whether a row holds values of a table."""
        places = self.places[number]
        held = values_of(places)
        if not held:
            # 产值 | 95亿元 | 500亿元 holds values, too.
            amounts = [place for place in places[1:] if says_amount(place.text)]
            held = amounts if len(amounts) * 2 >= len(places) - 1 else []
        if not held or self.periods_above_values(number):
            return False
        if self.only_counts(number) and any(
            self.count(row) > 1 and self.header_like(row) for row in self.rows if row < number
        ):
            return False
        if len(places) < 2 and self.width > 2:
            return False
        if len(places) < max(2, 0.3 * self.usual) and self.width > 3:
            return False
        if self.dates_title(number, held):
            return False
        texts = [place for place in places if place.code == "t"]
        # 填报日期： | 2026-04-15 above a wide table speaks of the table; Sex: Male in a full row
        # is a value of it.
        full = len(places) > 0.6 * self.usual and len(places) > _FEW
        labels = [
            place
            for place in texts
            if is_metadata(place.text) and not (full and place.text[-1] not in ":：")
        ]
        return not (labels and len(labels) >= len(held) and len(labels) * 2 >= len(texts))

    def dates_title(self, number: int, held: Sequence[Place]) -> bool:
        """Tell whether a row is a title with a day in its corner, over a row of words."""
        if any(place.code != "d" for place in held) or self.count(number) * 2 > self.usual:
            return False
        below = next((row for row in self.rows if row > number), 0)
        return bool(below) and self.count(below) > 2 and not values_of(self.places[below])

    def only_counts(self, number: int) -> bool:
        """Tell whether a row only counts the columns."""
        if not index_row(self.places[number]):
            return False
        following = next((self.places[row] for row in self.rows if row > number), ())
        return not counts_on(self.places[number], following)

    def title_like(self, number: int) -> bool:
        """Tell whether a row is a title, a unit line or a note, and no part of a header."""
        places = self.places[number]
        if not places:
            return False
        texts = [place.text for place in places]
        if any(len(text) > LONGEST_HEADING for text in texts):
            return True
        if len(places) == 1:
            place = places[0]
            tied = place.bottom > number and place.width < self.width
            group = 1 < place.width < self.width and self.width > 2 and not self.entitles(place)
            return not (tied or group) and (self.width > 1 or bool(unit_of_line(place.text)))
        if is_note(texts[0]) and not header_words(texts[0]):
            return True
        described = sum(is_metadata(text) or bool(unit_of_line(text)) for text in texts)
        if described * 2 >= len(texts) and len(texts) < max(self.width, 3):
            return True
        # 表1 … | 单位：亿元 in the outer corners.
        return described > 0 and len(texts) <= max(2, self.width // 3)

    def entitles(self, place: Place) -> bool:
        """Tell whether a cell merged over nearly all columns is a title and no group of them."""
        text = place.text
        if place.width < 0.8 * self.width:
            return False
        if is_metadata(text) or unit_of_line(text):
            return True
        return len(text) > _LONGEST_GROUP or text.endswith(("表", "台账", "清单", "一览"))

    def header_like(self, number: int) -> bool:
        """Tell whether a row may be a level of a header."""
        places = self.places[number]
        if not places or self.title_like(number):
            return False
        return not (is_total(places[0].text) and values_of(places))

    def repeated(self, number: int) -> float:
        """Return the share of a row's words that come again below, as data does.

        Where all of them come again together the row does, as the header of a continued table.
        """
        texts = [place for place in self.places[number] if place.code == "t" and place.width == 1]
        if not texts:
            return 0.0
        again: set[int] = set()
        for row in self.rows:
            same = {
                place.left
                for place in texts
                if row > number
                and (other := self.starting[row].get(place.left)) is not None
                and other.text == place.text
            }
            if len(same) < max(2, len(texts)):
                again |= same
        return len(again) / len(texts)

    def hits(self, number: int) -> int:
        """Return how many cells of a row are usual words of headings."""
        return sum(header_words(place.text) for place in self.places[number] if place.code == "t")

    def named(self, rows: Sequence[int]) -> set[int]:
        """Return the columns that some rows name, also by merges that reach into them."""
        columns: set[int] = set()
        for number in rows:
            for place in self.places[number]:
                columns.update(range(place.left, place.right + 1))
            for merge in self.grid.covering(number, self.block.left, self.block.right):
                columns.update(range(merge.left, merge.right + 1))
        return columns
