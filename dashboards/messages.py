"""Every text of the screens, from the one message file, so that a second language can follow."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

__all__ = ["keys", "section", "text"]

FILE = Path(__file__).with_name("messages_zh.toml")


@cache
def _messages() -> Mapping[str, Mapping[str, str]]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def _texts() -> Mapping[str, str]:
    """Return the messages by ``section.name``: a page asks for hundreds."""
    return {key: _messages()[key.partition(".")[0]][key.partition(".")[2]] for key in keys()}


def text(key: str, /, **fields: object) -> str:
    """Return the message ``section.name`` with its fields filled in.

    Raises:
        KeyError: there is no such message, or a field of it was not given.
    """
    words = _texts()[key]
    return words.format(**fields) if fields else words


def section(name: str) -> Mapping[str, str]:
    """Return a whole section, such as the words of the grid."""
    return _messages()[name]


def keys() -> Iterator[str]:
    """Yield every key as ``section.name``."""
    for part, words in _messages().items():
        yield from (f"{part}.{name}" for name in words)
