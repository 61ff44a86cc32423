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
