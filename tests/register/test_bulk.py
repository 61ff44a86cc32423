"""Very many rows: the collector rests only meanwhile, and a copy differs in its owner alone."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest

from indicators.register.bulk import assigned, collector_at_rest
from tests.register.statements import wuqing


def test_the_collector_goes_on_even_after_an_error():
    """Whatever happens inside, the collector runs again; one that was off stays off."""

    @collector_at_rest()
    def fail():
        assert not gc.isenabled()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert gc.isenabled()
    gc.disable()
    try:
        with collector_at_rest():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_only_the_owner_changes():
    """A statement gets its indicator and keeps every other field; one without stays itself."""
    first, second, *rest = wuqing()
    owned, same, *others = assigned([first, second, *rest], {first.commitment_id: "i"})
    assert owned == replace(first, indicator_id="i")
    assert same is second
    assert others == rest
