"""Everything that can go wrong with an input, said in one line.

An error says where, what was found, what was expected and what to do; the command line prints it
and leaves with the error's exit status.  What is wrong *inside* a readable input is a finding
(``indicators.findings``), not an error; ``InputRefused`` carries findings that stop an import.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.findings import Finding

__all__ = [
    "AccessDenied",
    "ConfigurationError",
    "IndicatorsError",
    "InputRefused",
    "StoreError",
    "UnreadableInput",
    "UsageError",
]


class IndicatorsError(Exception):
    """The base of all errors of this package.

    Args:
        message: one line: what is wrong, with what was found and expected.
        place: file, ``FILE!SHEET!CELL`` or ``FILE:LINE`` it is about.
        action: what to do about it.
    """

    exit_status = 2

    def __init__(self, message: str, *, place: str = "", action: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.action = action

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        then = f"；{self.action}" if self.action else ""
        return f"{where}{self.message}{then}"


class UsageError(IndicatorsError, ValueError):
    """A command or function was called with words that do not fit together."""


class UnreadableInput(IndicatorsError, ValueError):
    """A file is not what it should be: empty, binary, encrypted, of another format."""


class ConfigurationError(IndicatorsError, ValueError):
    """A reference file, rule profile or environment setting is wrong."""


class StoreError(IndicatorsError, RuntimeError):
    """The ledger cannot be opened, read or written, or a row does not fit it."""


class AccessDenied(IndicatorsError, PermissionError):
    """The person may not do this."""


class InputRefused(IndicatorsError):
    """A readable input was refused because of findings; nothing of it was recorded."""

    exit_status = 1

    def __init__(self, message: str, findings: Sequence[Finding], *, place: str = "") -> None:
        super().__init__(message, place=place)
        self.findings = tuple(findings)
