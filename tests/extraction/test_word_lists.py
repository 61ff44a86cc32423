"""The word lists of the grammar are data that a person may change."""

from __future__ import annotations

import pytest

from indicators import reference
from indicators.extraction import words

FILES = sorted(path.stem for path in reference.path("words").glob("*.txt"))


@pytest.mark.parametrize("name", FILES)
def test_a_list_says_what_it_is_and_repeats_nothing(name: str) -> None:
    """The first line is a remark; no word stands twice; none holds a space or a digit."""
    lines = reference.path(f"words/{name}.txt").read_text("utf-8").splitlines()
    assert lines[0].startswith("#")
    listed = [word for line in lines if not line.startswith("#") for word in line.split()]
    assert len(listed) == len(set(listed)), sorted({w for w in listed if listed.count(w) > 1})
    assert words.load(name) == frozenset(listed)


def test_a_word_at_the_end_is_found_from_the_end() -> None:
    """The reversed pattern finds the longest word at the end of a text."""
    match = words.tail("reach").match("产业规模达到"[::-1])
    assert match is not None
    assert match.group()[::-1] == "达到"
