"""What a reader of a file format hands over: kept text, where its pages begin, what was doubtful."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.documents.model import Page

__all__ = ["MOST_CHARACTERS", "Composer", "Doubt", "Kept"]

MOST_CHARACTERS = 10_000_000
"""A kept text has no more; a plan of a thousand pages has two million."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something doubtful that a reader met; ``reading`` renders it as a finding."""

    code: str
    found: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The text of a file as the house keeps it; all offsets are code points of ``text``."""

    text: str
    pages: tuple[Page, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Composer:
    """Puts a kept text together from lines, keeping count of the offset."""

    def __init__(self) -> None:
        """Begin with an empty text."""
        self._parts: list[str] = []
        self._pages: list[Page] = []
        self._doubts: list[Doubt] = []
        self.length = 0
        self.full = False

    def page(self, label: str) -> None:
        """Say that a page or paragraph begins here."""
        self._pages.append(Page(start=self.length, label=label))

    def write(self, words: str) -> None:
        """Add text as it is; beyond ``MOST_CHARACTERS`` nothing more is taken."""
        if self.length + len(words) > MOST_CHARACTERS:
            if not self.full:
                self.doubt("file-text-cut", str(MOST_CHARACTERS))
            self.full = True
            return
        self._parts.append(words)
        self.length += len(words)

    def line(self, words: str) -> None:
        """Add a line."""
        self.write(words + "\n")

    def row(self, cells: Iterable[str]) -> None:
        """Add a row of a table, cells parted by tabs; a row without words is left out."""
        flat = [cell.replace("\t", " ").replace("\n", " ").strip() for cell in cells]
        if any(flat):
            self.line("\t".join(flat).rstrip("\t"))

    def doubt(self, code: str, found: str = "") -> None:
        """Note something doubtful at the present offset."""
        self._doubts.append(Doubt(code, found, self.length, self.length))

    def kept(self) -> Kept:
        """Return the text so far."""
        return Kept("".join(self._parts), tuple(self._pages), tuple(self._doubts))
