"""Forms: a name in one cell and what it says in the next (单位名称 | … | 联系人 | …), no table.

A form is told from a table by its names: they stand before values and not above them, row after
row, and most are words that name a fact of the sender or of a project.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.submissions.region import TYPED, Block, Grid, Place
from indicators.submissions.sheet import span
from indicators.submissions.words import header_words, is_form_label

__all__ = ["Form", "find_form", "find_preamble"]

_MOST_ROWS, _MOST_COLUMNS = 40, 30
_LONGEST_NAME = 30
_MOST_FACTS = 15
"""Rows of facts that may stand above a table."""
_FEW_ROWS = 3
"""Rows of a block in which words and numbers that take turns are a form in any words."""
_COLONS = (":", "：")

Pair = tuple[Place, Place | None]
"""A name and its value, None where the cell beside it is blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form on a sheet."""

    rows: tuple[int, ...]
    left: int
    right: int
    titles: tuple[int, ...]
    """Rows of titles above it."""
    fields: tuple[tuple[str, str], ...]
    """What it says: name and value, the value empty where the cell is."""

    @property
    def range(self) -> str:
        """Its cells."""
        return span(self.rows[0], self.left, self.rows[-1], self.right)

    @property
    def words(self) -> list[str]:
        """Its fields as lines (填报单位：区数据局)."""
        return [f"{name.rstrip(':： ')}：{value}" for name, value in self.fields if value]


def find_form(grid: Grid, block: Block) -> Form | None:
    """Return the form with which a block begins, None where it begins with none."""
    if not 2 <= block.right - block.left + 1 <= _MOST_COLUMNS:
        return None
    titles: list[int] = []
    rows: dict[int, list[Pair]] = {}
    columns: set[int] = set()
    strict = 0
    for number in block.rows[:_MOST_ROWS]:
        places = grid.places(number, block.left, block.right)
        alternating = len(block.rows) <= _FEW_ROWS and _alternates(places)
        pairs = _pairs(places, {place.left for place in places} if alternating else columns)
        if pairs is None:
            if rows or len(places) > 1:
                break
            titles.append(number)
            continue
        strict += alternating or all(is_form_label(name.text) for name, _ in pairs)
        columns.update(name.left for name, _ in pairs)
        rows[number] = pairs
    every = [pair for pairs in rows.values() for pair in pairs]
    alone = len(block.rows) == len(rows) == strict == 1 and len(every) > 1
    if not alone and not _convincing(every, len(rows), strict, len(columns)):
        return None
    return Form(
        rows=tuple(rows),
        left=block.left,
        right=block.right,
        titles=tuple(titles),
        fields=tuple((name.text, value.text if value else "") for name, value in every),
    )


def find_preamble(grid: Grid, block: Block, following: Block | None) -> Form | None:
    """Return the facts of a table above it: Data Source | …, Last Updated | …, in any words."""
    if following is None or len(block.rows) > _MOST_FACTS:
        return None
    rows = {number: grid.places(number, block.left, block.right) for number in block.rows}
    facts = {number: places for number, places in rows.items() if len(places) == 2}
    if not facts or len(facts) * 2 < len(rows) or any(len(each) > 2 for each in rows.values()):
        return None
    names = [name for name, _ in facts.values()]
    if any(name.code != "t" for name in names) or len({each.text for each in names}) < len(names):
        return None
    if all(header_words(each.text) for each in rows[block.top]):
        return None
    numbers = sum(value.code in TYPED and value.code != "d" for _, value in facts.values())
    wider = following.right - following.left > block.right - block.left
    longer = len(following.rows) > 3 * len(block.rows)
    if numbers * 2 > len(facts) or not (wider or longer):
        return None
    return Form(
        rows=tuple(rows),
        left=block.left,
        right=block.right,
        titles=(),
        fields=tuple((name.text, value.text) for name, value in facts.values()),
    )


def _alternates(places: Sequence[Place]) -> bool:
    """Tell whether words and numbers take turns: 总目标 | 100 | 总完成 | 50."""
    return (
        len(places) > 3
        and all(
            (place.code in TYPED) if at % 2 else (place.code == "t")
            for at, place in enumerate(places)
        )
        and len(places) % 2 == 0
    )


def _pairs(places: Sequence[Place], columns: set[int]) -> list[Pair] | None:
    """Return the names of a row with their values, None where it is no row of a form.

    A name is a usual one, or a word in a column that held names before.
    """

    def names(place: Place) -> bool:
        usual = is_form_label(place.text) or (
            place.left in columns and len(place.text) <= _LONGEST_NAME
        )
        return place.code == "t" and usual

    found: list[Pair] = []
    at = 0
    while at < len(places):
        name, value = places[at], places[at + 1] if at + 1 < len(places) else None
        if not names(name):
            return None
        if value is not None and value.left > name.right + 1:
            value = None
        elif value is not None and names(value) and not name.text.endswith(_COLONS):
            return None  # names side by side head columns
        found.append((name, value))
        at += 1 if value is None else 2
    return found or None


def _convincing(pairs: Sequence[Pair], rows: int, strict: int, columns: int) -> bool:
    """Tell whether rows of names and values are a form and no table."""
    names = [name.text for name, _ in pairs]
    if len(set(names)) < len(names):
        return False
    if columns > 1:
        return rows > 1 and len(pairs) > 2 and strict * 2 >= rows
    if rows < 3 or strict * 10 < rows * 7:
        return False
    if sum(name.endswith(_COLONS) for name in names) * 2 >= len(names):
        return True
    codes = {value.code for _, value in pairs[1:] if value is not None}
    return "t" in codes or len(codes) > 1
