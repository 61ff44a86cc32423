"""Very many statements: a copy differs in its owner alone."""

from __future__ import annotations

from dataclasses import replace

from indicators.register.bulk import assigned
from tests.register.statements import wuqing


def test_only_the_owner_changes():
    """A statement gets its indicator and keeps every other field; one without stays itself."""
    first, second, *rest = wuqing()
    owned, same, *others = assigned([first, second, *rest], {first.commitment_id: "i"})
    assert owned == replace(first, indicator_id="i")
    assert same is second
    assert others == rest


def test_many_change_owners_in_their_order():
    """More statements than are copied at once come back in order, each with its own indicator."""
    rows = [
        replace(each, commitment_id=f"{n}/{each.start}") for n in range(99) for each in wuqing()
    ]
    owners = {each.commitment_id: each.commitment_id[::-1] for each in rows}
    expected = [replace(each, indicator_id=each.commitment_id[::-1]) for each in rows]
    assert assigned(rows, owners) == expected
