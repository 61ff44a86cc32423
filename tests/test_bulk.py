"""Very many rows: the collector rests only meanwhile, and records made by columns are the same."""

from __future__ import annotations

import gc
import weakref
from dataclasses import fields
from operator import attrgetter

import pytest

from indicators.bulk import collector_at_rest, made
from indicators.model import Setting


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


@pytest.mark.parametrize(("many", "age"), [(100, 0), (150_000, 2)])
def test_very_many_new_objects_count_as_old(many, age):
    """They are not looked through at once, and a cycle among them is still found later."""
    gc.unfreeze()  # what a dashboard of another test froze
    gc.collect()
    with collector_at_rest():
        new = [{number} for number in range(many)]
        ring = [new]
        new.append(ring)
    assert any(each is new[0] for each in gc.get_objects(generation=age))
    watched = weakref.ref(new[0])
    del new, ring
    gc.collect()
    assert watched() is None


def test_what_was_frozen_stays_so():
    """A server freezes what it keeps; rest for others thaws nothing of it."""
    gc.freeze()
    try:
        with collector_at_rest():
            new = [[] for _ in range(150_000)]
        assert new
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_records_made_by_columns_are_those_made_one_by_one() -> None:
    """Every field is set, and order is kept."""
    one_by_one = [Setting(indicator_id=f"i{number}", note=str(number)) for number in range(5)]
    names = [field.name for field in fields(Setting)]
    columns = {name: map(attrgetter(name), one_by_one) for name in names}
    assert made(Setting, 5, columns) == one_by_one
