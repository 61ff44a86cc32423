"""Every text of the screens, from one message file a language; Chinese is the first of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal

from indicators.errors import IndicatorsError, UsageError

__all__ = [
    "LANGUAGES",
    "OWN",
    "Language",
    "complaint",
    "joined",
    "keys",
    "known_language",
    "language",
    "said",
    "section",
    "speak",
    "speaking",
    "text",
    "usage_error",
    "written",
]

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
OWN = frozenset({"scale", "said"})
"""Sections that each language has for itself: languages count in other steps, and what the domain
writes in Chinese needs words elsewhere only."""
FOLDER = Path(__file__).parent

_spoken: ContextVar[Language] = ContextVar("language", default="zh")


def language() -> Language:
    """Return the language of the page being made."""
    return _spoken.get()


def known_language(written: str) -> Language | None:
    """Return a language by its code, None where there is no message file for it."""
    return next((each for each in LANGUAGES if each == written), None)


def speak(chosen: Language) -> None:
    """Make what follows in this thread's context in a language."""
    _spoken.set(chosen)


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Make what stands inside in a language."""
    before = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(before)


def written(chosen: Language) -> Mapping[str, Mapping[str, str]]:
    """Return the message file of a language as it stands, by section."""
    with (FOLDER / f"messages_{chosen}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _messages(chosen: Language) -> Mapping[str, Mapping[str, str]]:
    """Return the messages by section; what a file lacks is shown in Chinese, which has everything."""
    own = written(chosen)
    if chosen == "zh":
        return own
    first = {part: names for part, names in written("zh").items() if part not in OWN}
    return {part: {**first.get(part, {}), **own.get(part, {})} for part in {**first, **own}}


@cache
def _texts(chosen: Language) -> Mapping[str, str]:
    """Return the messages by ``section.name``: a page asks for hundreds."""
    known = _messages(chosen)
    return {
        f"{part}.{name}": words for part, names in known.items() for name, words in names.items()
    }


def text(key: str, /, **fields: object) -> str:
    """Return the message ``section.name`` with its fields filled in.

    Raises:
        KeyError: there is no such message, or a field of it was not given.
    """
    words = _texts(_spoken.get())[key]
    return words.format(**fields) if fields else words


def section(name: str) -> Mapping[str, str]:
    """Return a whole section, such as the words of the grid."""
    return _messages(_spoken.get())[name]


def joined(parts: Iterable[str], sign: str = "list") -> str:
    """Return parts with the language's own sign between them: a list, clauses or phrases."""
    return _texts(_spoken.get())[f"sign.{sign}"].join(parts)


def said(word: str) -> str:
    """Return a word that the domain writes itself, such as a badge, in the language of the page.

    The Chinese file has no need of it; a word that no file knows is content and stays as it is.
    """
    return _messages(_spoken.get()).get("said", {}).get(word, word)


def complaint(error: IndicatorsError) -> str:
    """Return an error as one line: where, what is wrong, what to do; its own words as they are."""
    where = f"{error.place}: " if error.place else ""
    return where + joined(filter(None, (error.message, error.action)), "clause")


def usage_error(key: str, /, *, place: str = "", **fields: object) -> UsageError:
    """Return the refusal ``section.name``, with what to do about it from ``section.name_action``."""
    return UsageError(text(key, **fields), place=place, action=text(f"{key}_action", **fields))


def keys() -> Iterator[str]:
    """Yield every key as ``section.name``."""
    yield from _texts(_spoken.get())
