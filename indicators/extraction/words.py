"""The word lists of the grammar, read from ``data/reference/words``.

Each list is a class of words (verbs of reaching, words of change …), one file a class; a line that
begins with ``#`` is a remark, words are parted by white space.  They are categories of the
language, not of any document: a person who knows Chinese can extend them without reading code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from indicators import reference

__all__ = ["alternation", "head", "load", "pattern", "tail"]


@cache
def load(name: str) -> frozenset[str]:
    """Return the words of the class ``name`` (the file name without suffix)."""
    text = reference.path(f"words/{name}.txt").read_text(encoding="utf-8")
    return frozenset(
        word for line in text.splitlines() if not line.startswith("#") for word in line.split()
    )


def pattern(words: Iterable[str]) -> str:
    """Return words as one pattern that takes the longest; a first character is tried once."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    branches = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return f"(?:{'|'.join(branches)})"


@cache
def alternation(*names: str) -> str:
    """Return the words of the classes as one pattern, longest first."""
    return pattern({word for name in names for word in load(name)})


@cache
def head(*names: str) -> re.Pattern[str]:
    """Return a pattern that matches one word of the classes."""
    return re.compile(alternation(*names))


@cache
def tail(*names: str) -> re.Pattern[str]:
    """Return a pattern that matches one word of the classes in a reversed text.

    A search for a word at the end of a text begins at the end: matching the reversed words on the
    reversed text costs the length of the word, not of the text.
    """
    return re.compile(pattern({word[::-1] for name in names for word in load(name)}))
