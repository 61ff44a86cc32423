"""From a document to commitments: quantity, unit, bound, kind, date, name, span, confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.extraction.commitments import extract

__all__ = ["extract"]


def __getattr__(name: str) -> object:
    if name == "extract":
        from indicators.extraction.commitments import extract

        return extract
    raise AttributeError(name)
