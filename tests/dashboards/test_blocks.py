"""What is patched says the same as what is made anew, and leaves what it was made from alone."""

from __future__ import annotations

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.views import blocks
from dashboards.views.blocks import Blocks, Changed, Mapped

sets = st.frozensets(st.integers(0, 200), max_size=80)
steps = st.lists(st.tuples(sets, sets), max_size=12)


@pytest.fixture(scope="module", autouse=True)
def small():
    """Blocks of few rows, so that some are parted, emptied and joined again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", 4)
        patch.setattr(blocks, "_MOST", 30)
        yield


def same(found, expected):
    assert len(found) == len(expected)
    assert list(found) == expected
    assert [found[at] for at in range(len(expected))] == expected
    assert [found[at - len(expected)] for at in range(len(expected))] == expected
    for start, stop in ((0, 3), (2, 9), (5, 400), (-3, None), (7, 2)):
        assert list(found[start:stop]) == expected[start:stop]
    assert list(found[::-2]) == expected[::-2]
    assert bisect_left(found, 100) == bisect_left(expected, 100)
    for outside in (len(expected), -len(expected) - 1):
        with pytest.raises(IndexError):
            found[outside]


@given(sets, steps)
def test_patched_blocks_hold_what_sorting_anew_would(first, changes):
    """After any rows went and came, the sequence is the sorted one; the one before is as it was."""
    known = set(first)
    found = Blocks(sorted(known), lambda row: row)
    same(found, sorted(known))
    for out, into in changes:
        gone, come = out & known, into - (known - out)
        before, order = found, sorted(known)
        found = found.patched(gone, come)
        known = (known - gone) | come
        same(found, sorted(known))
        same(before, order)


@given(sets, steps)
def test_a_block_that_nothing_touched_is_the_same_object(first, changes):
    """Rows far from what changed lie in blocks that both states share."""
    found = Blocks(sorted(first), lambda row: row)
    for out, _ in changes:
        gone = {row for row in out if row < 20} & set(found)
        later = found.patched(gone, ())
        mine = {id(each) for each in found._blocks if each[0] >= 40}
        if len(later) >= 20:  # with fewer rows blocks are joined
            assert mine <= {id(each) for each in later._blocks}
        found = later


@given(
    st.dictionaries(st.integers(0, 40), st.integers()),
    st.lists(
        st.tuples(
            st.dictionaries(st.integers(0, 60), st.integers(), max_size=20),
            st.sets(st.integers(0, 60), max_size=10),
        ),
        max_size=8,
    ),
)
def test_a_changed_mapping_is_the_mapping_with_its_changes(first, changes):
    """Keys set and taken out in any order give what a copy would; the base is not touched."""
    known, found = dict(first), first
    for come, gone in changes:
        before, copy = found, dict(known)
        found = Changed(found, come, gone)
        known = {**{key: value for key, value in known.items() if key not in gone}, **come}
        assert found == known
        assert len(found) == len(known)
        assert set(found) == set(known)
        assert before == copy
        for key in range(62):
            assert (key in found) == (key in known)
            assert found.get(key, "none") == known.get(key, "none")


def test_a_mapped_sequence_makes_what_is_asked_for():
    """Nothing is made but what was asked for, by place, as a slice or one after the other."""
    asked = []

    def make(row):
        asked.append(row)
        return row * 2

    found = Mapped(make, Blocks(range(100), lambda row: row))
    assert (len(found), asked) == (100, [])
    assert (found[3], list(found[5:8])) == (6, [10, 12, 14])
    assert asked == [3, 5, 6, 7]
    assert list(found) == list(range(0, 200, 2))
