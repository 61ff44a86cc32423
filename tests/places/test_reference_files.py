"""The files of regions and bodies hold together."""

from __future__ import annotations

import re
from collections import Counter

from indicators import places

IN_FORCE = [each for each in places.regions() if not each.valid_to and each.code]


def test_the_country_is_complete() -> None:
    """34 provinces, 333 prefectures and at least 2 840 counties are in force."""
    levels = Counter(each.level for each in IN_FORCE)
    assert (levels["province"], levels["prefecture"]) == (34, 333)
    assert levels["county"] >= 2840


def test_codes_fit_their_level_and_are_unique() -> None:
    """A code has six digits, zeros by level, and is borne once at a time."""
    assert len({each.code for each in IN_FORCE}) == len(IN_FORCE)
    for each in places.regions():
        if each.level == "body":
            assert not each.code
            continue
        assert re.fullmatch(r"\d{6}", each.code)
        zeros = {"province": "0000", "prefecture": "00"}.get(each.level, "")
        assert each.code.endswith(zeros), each


def test_every_parent_exists_and_ends_in_a_province() -> None:
    """Following the parents of a region leads to a province; bodies name a region or none."""
    for each in places.regions():
        line = [each, *places.ancestors(each)]
        if each.level == "body":
            assert not each.parent or line[-1].level == "province", each
        else:
            assert line[-1].level == "province", each
        assert not each.parent or places.parent(each) is not None, each


def test_a_place_name_is_borne_once() -> None:
    """The name that goes into the ledger tells one place from all others in force."""
    counted = Counter(each.place for each in places.regions() if not each.valid_to)
    assert [name for name, times in counted.items() if times > 1] == []


def test_validity_is_written_as_year_or_month() -> None:
    """valid_from and valid_to are 2019 or 2019-04, and in that order."""
    for each in places.regions():
        for written in filter(None, (each.valid_from, each.valid_to)):
            assert re.fullmatch(r"20\d\d(-(0[1-9]|1[0-2]))?", written), each
        if each.valid_from and each.valid_to:
            assert each.valid_from <= each.valid_to, each
