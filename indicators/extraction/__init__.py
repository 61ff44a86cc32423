"""From a document to commitments: quantity, unit, bound, kind, date, name, span, confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.extraction.commitments import extract

__all__ = ["VERSION", "extract"]

VERSION = "1"
"""Raised when the same text gives other commitments; ``load --again`` shows what changed."""


def __getattr__(name: str) -> object:
    if name == "extract":
        from indicators.extraction.commitments import extract

        return extract
    raise AttributeError(name)
