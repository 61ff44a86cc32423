"""Every text of the screens, from the one message file, so that a second language can follow."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from indicators.errors import UsageError

__all__ = ["joined", "keys", "section", "text", "usage_error"]

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


def joined(parts: Iterable[str], sign: str = "list") -> str:
    """Return parts with the language's own sign between them: a list, clauses or phrases."""
    return _texts()[f"sign.{sign}"].join(parts)


def usage_error(key: str, /, *, place: str = "", **fields: object) -> UsageError:
    """Return the refusal ``section.name``, with what to do about it from ``section.name_action``."""
    return UsageError(text(key, **fields), place=place, action=text(f"{key}_action", **fields))


def keys() -> Iterator[str]:
    """Yield every key as ``section.name``."""
    for part, words in _messages().items():
        yield from (f"{part}.{name}" for name in words)
