"""Very many rows: the collector rests only meanwhile, and records made by columns are the same."""

from __future__ import annotations

import gc
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


def test_records_made_by_columns_are_those_made_one_by_one() -> None:
    """Every field is set, and order is kept."""
    one_by_one = [Setting(indicator_id=f"i{number}", note=str(number)) for number in range(5)]
    names = [field.name for field in fields(Setting)]
    columns = {name: map(attrgetter(name), one_by_one) for name in names}
    assert made(Setting, 5, columns) == one_by_one
