"""From a document to commitments: quantity, unit, bound, kind, date, name, span, confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.extraction.commitments import extract
    from indicators.extraction.task import tasks

__all__ = ["VERSION", "extract", "tasks"]

VERSION = "1"
"""Raised when the same text gives other commitments; ``load --again`` shows what changed."""


def __getattr__(name: str) -> object:
    if name == "extract":
        from indicators.extraction.commitments import extract

        return extract
    if name == "tasks":
        from indicators.extraction.task import tasks

        return tasks
    raise AttributeError(name)
