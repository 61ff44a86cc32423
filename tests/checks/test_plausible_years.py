"""How often the checks of the trade cry wolf over plausible years, and how many slips they see."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

from indicators.checks import check
from tests.checks.plausible import Fault, faults, simulated, workbooks

SEEDS = range(3)


def alarms(years: int) -> tuple[Counter[str], int]:
    """Return how often each code is told where nothing is wrong, and among how many values."""
    found: Counter[str] = Counter()
    values = 0
    for facts in chain.from_iterable(workbooks(simulated(seed, years)) for seed in SEEDS):
        values += len(facts)
        # A new centre that multiplies a capacity is news: to ask is right.
        steps = {each.cell for each in facts if each.indicator.name.startswith("算力规模")}
        found.update(
            each.code
            for each in check(facts, "f.xlsx")
            if not (each.code == "value-outlier" and each.cell in steps)
        )
    return found, values


def test_two_plausible_years_raise_hardly_an_alarm() -> None:
    """Of 4 800 values growth, seasons, Januaries and roundings make no error and next to no warning."""
    found, values = alarms(2)
    assert values == 4800
    assert found.pop("value-equals-target") < 0.015 * values, "a note: rates hit round targets"
    assert sum(found.values()) <= 0.001 * values, found


def test_six_plausible_years_raise_hardly_an_outlier() -> None:
    """Where points suffice, two changes in a thousand at most are called outliers."""
    found, values = alarms(6)
    assert found["value-outlier"] <= 0.002 * values, found
    assert found["value-unit-slip"] <= 0.001 * values, found


@pytest.fixture(scope="module")
def told() -> dict[str, list[bool]]:
    """Of each sort of slip, whether each of twenty was told at its cell, by its own code."""
    found: dict[str, list[bool]] = {}
    for each in faults(11, 260):
        found.setdefault(each.sort, []).append(seen(each))
    return found


def seen(fault: Fault) -> bool:
    return any(
        each.code == fault.code and (not fault.cell or each.cell == fault.cell)
        for each in check(fault.facts, "f.xlsx")
    )


def test_slips_are_seen(told: dict[str, list[bool]]) -> None:
    """Of 260 slips in plausible workbooks at least 96 in a hundred are told at their cell."""
    every = list(chain.from_iterable(told.values()))
    assert len(every) == 260
    assert sum(every) >= 0.96 * len(every)


def test_no_sort_of_slip_goes_unseen(told: dict[str, list[bool]]) -> None:
    """Each sort is seen in at least three of four cases; most sorts always."""
    least = {sort: sum(hits) / len(hits) for sort, hits in told.items()}
    assert len(least) == 13
    assert min(least.values()) >= 0.75, least
    assert sum(share == 1 for share in least.values()) >= 10, least
