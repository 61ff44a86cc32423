"""pint is the authority: the plain table must say the same, form by form."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from indicators import reference, units, units_registry


@cache
def registry() -> Any:
    return units_registry.registry()


def test_the_table_is_the_one_that_the_registry_gives() -> None:
    """units_table.csv was generated from the units.txt that lies beside it."""
    kept = reference.path("units_table.csv").read_text(encoding="utf-8")
    assert kept == units_registry.table()


def test_every_spelling_is_pints_unit() -> None:
    """Each spelling has pint's factor and pint's dimension."""
    quantity = registry().Quantity
    for spelling, unit in units.spellings().items():
        if unit.code == "number":
            continue
        whole = quantity(Fraction(1), unit.code).to_base_units()
        assert whole.magnitude == unit.factor, spelling
        powers = sorted(str(name).strip("[]") for name in whole.dimensionality)
        assert "*".join(powers) == unit.dimension.partition("^")[0], spelling


def test_pint_reads_the_spellings_itself() -> None:
    """Every spelling that pint's grammar can hold is read by pint as the same unit."""
    read = 0
    for spelling, unit in units.spellings().items():
        if spelling.isidentifier() and not set("·₂2") & set(spelling) and unit.code != "number":
            assert registry().Quantity(Fraction(1), spelling).to(unit.code).magnitude == 1, spelling
            read += 1
    assert read > 300


def test_every_written_form_with_a_multiplier_is_pints_unit() -> None:
    """万元, 亿千瓦时 and every other multiplier form agree between table and pint."""
    forms = units_registry.written_forms()
    assert len(forms) > 3000
    sizes = {
        code: registry().Quantity(Fraction(1), code).to_base_units().magnitude
        for code in {code for code, _ in forms.values()}
    }
    for form, (code, factor) in forms.items():
        unit = units.lookup(form)
        assert unit is not None, form
        assert unit.factor * unit.multiplier == sizes[code] * factor, form


def test_pint_can_be_given_the_forms_too() -> None:
    """A registry with forms converts 亿元 to 万元 by itself."""
    with_forms = units_registry.registry(forms=True)
    assert with_forms.Quantity(Fraction(500), "亿元").to("万元").magnitude == 5_000_000


@pytest.mark.parametrize(
    ("one", "other"), [("EB", "percent"), ("count", "person_time"), ("percent", "percentage_point")]
)
def test_pint_refuses_what_the_house_refuses(one: str, other: str) -> None:
    """Bytes are no number, counts no visits, points no percents."""
    import pint

    quantity = registry().Quantity
    with pytest.raises(pint.DimensionalityError):
        quantity(Fraction(1), one) + quantity(Fraction(1), other)
    assert not units.compatible(one, other)
