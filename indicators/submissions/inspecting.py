"""What the importer sees in a workbook: tables, columns, units, and everything doubtful."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

from indicators.findings import Finding
from indicators.submissions.patience import OutOfTime, bounded
from indicators.submissions.problems import FINDINGS
from indicators.submissions.sandbox import (
    Opened,
    look_into,
    look_into_bytes,
)
from indicators.submissions.sheet import Workbook
from indicators.submissions.understanding import Understanding, whole_findings
from indicators.submissions.views import Inspection, SheetView, TableView

__all__ = [
    "Inspection",
    "SheetView",
    "TableView",
    "inspect",
    "inspect_bytes",
    "view",
    "whole_findings",
]

LOOK_SECONDS = 14.5
"""Of a whole look at a file, reading and understanding: somebody waits for it."""
_LEAST_SECONDS = 1.5
"""Of understanding, however long the reading took; then of the beginnings alone."""


def inspect(path: Path) -> Inspection:
    """Look at the workbook in a file; nothing is recorded.

    Of a workbook that takes too long the beginning is shown, and what was left out is told.

    Raises:
        UnreadableInput: there is no such file, or it may not be read.
    """
    begun = monotonic()
    try:
        with bounded(LOOK_SECONDS):
            opened = look_into(path)
    except OutOfTime:
        heavy = FINDINGS["workbook-too-heavy"].at(path.name, found="超出等待时间", expected="")
        return Inspection(file=path.name, workbook=None, sheets=(), findings=(heavy,))
    return _inspect(opened, LOOK_SECONDS - (monotonic() - begun))


def inspect_bytes(content: bytes, name: str) -> Inspection:
    """Look at a workbook that was uploaded; nothing is recorded."""
    return _inspect(look_into_bytes(content, name), LOOK_SECONDS)


def _inspect(opened: Opened, seconds: float) -> Inspection:
    if opened.workbook is None:
        return Inspection(file=opened.name, workbook=None, sheets=(), findings=opened.findings)
    understanding = Understanding(opened.workbook, opened.name)
    for prepare in (None, understanding.shorten, understanding.give_up_unfound):
        try:
            with bounded(max(seconds, _LEAST_SECONDS)):
                if prepare is not None:
                    prepare()
                understanding.look()
                break
        except OutOfTime:
            seconds = 0.0
    else:
        understanding.give_up()
        understanding.look()
    sheets, findings = understanding.seen
    return Inspection(
        file=opened.name, workbook=opened.workbook, sheets=sheets, findings=tuple(findings)
    )


def view(workbook: Workbook, file: str) -> tuple[tuple[SheetView, ...], list[Finding]]:
    """Return the sheets as they are understood, and what is doubtful in them."""
    understanding = Understanding(workbook, file)
    understanding.look()
    return understanding.seen
