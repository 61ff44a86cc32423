"""The part of a workbook's sheet around one cell, as rows of text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dashboards.messages import text
from dashboards.views.snapshot import Snapshot
from indicators.errors import StoreError
from indicators.ledger import Reader
from indicators.model import Observation, SourceDocument, Submission
from indicators.submissions.sheet import Merge, Sheet, letter, parse_span
from indicators.submissions.signature import signature_cells

__all__ = ["Leaf", "LeafCell", "file_name", "leaf", "short"]

ROWS, COLUMNS = 60, 16
_LONG = re.compile(r"-?\d+\.\d{5,}")


def short(words: str) -> str:
    """Return a cell's words; of a computed number four decimals are enough to see what it is."""
    return f"{float(words):.4f}".rstrip("0") if _LONG.fullmatch(words) else words


@dataclass(frozen=True, slots=True)
class LeafCell:
    """One cell that is shown; a merged one covers several."""

    text: str
    chosen: bool
    across: int = 1
    down: int = 1
    number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A window of a sheet."""

    name: str
    sheets: tuple[str, ...]
    sheet: str
    cell: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[LeafCell, ...]], ...]
    capped: bool


def file_name(reader: Reader, digest: str) -> str:
    """Return the name of a kept file that the ledger speaks of; empty where it speaks of none."""
    for document in reader.current(SourceDocument, document_digest=digest):
        return document.document
    for submission in reader.current(Submission, file_digest=digest):
        return submission.file_name
    for entry in reader.history(Observation, file_digest=digest):
        return entry.row.file_name
    return ""


def leaf(
    snapshot: Snapshot, digest: str, sheet: str, cell: str, *, whole: bool = True
) -> Leaf | None:
    """Return the window of a sheet around a cell; None where the workbook cannot be shown.

    Args:
        snapshot: the ledger.
        digest: the workbook.
        sheet: which sheet, the first visible one if there is no such.
        cell: address of the cell.
        whole: with the names of people in it; else they are blotted out.

    Raises:
        StoreError: the ledger knows no such file.
    """
    name = file_name(snapshot.reader, digest)
    if not name:
        raise StoreError(text("workbook.unknown"), place=digest[:16])
    from indicators.submissions.sandbox import open_bytes

    book = open_bytes(snapshot.reader.content(digest), name).workbook
    if book is None or not book.sheets:
        return None
    visible = [each for each in book.sheets if not each.hidden]
    page = book.sheet(sheet) or (visible or book.sheets)[0]
    blotted = frozenset() if whole else signature_cells(page)
    names = tuple(each.name for each in visible)
    return _window(page, name, names, parse_span(cell), cell, blotted)


def _window(
    page: Sheet,
    name: str,
    sheets: tuple[str, ...],
    wanted: Merge | None,
    cell: str,
    blotted: Collection[tuple[int, int]],
) -> Leaf:
    numbers = [row.number for row in page.rows]
    last = max([*numbers, 1])
    width = max([row.start + len(row.values) - 1 for row in page.rows] or [1])
    at = wanted.top if wanted else 1
    top = max(1, min(at - ROWS // 2, last - ROWS + 1))
    left = max(1, (wanted.left if wanted else 1) - COLUMNS + 3)
    bottom, right = min(last, top + ROWS - 1), min(width, left + COLUMNS - 1)
    merged, covered = _merges(page, top, left, bottom, right)
    shown = [column for column in range(left, right + 1) if column not in page.hidden_columns]
    rows = []
    for number in range(top, bottom + 1):
        if number in page.hidden_rows:
            continue
        cells = []
        for column in shown:
            if (number, column) in covered:
                continue
            found = page.cell(number, column)
            down, across = merged.get((number, column), (1, 1))
            cells.append(
                LeafCell(
                    text=text("workbook.blotted")
                    if (number, column) in blotted
                    else short(found.text),
                    chosen=wanted is not None and (number, column) == (wanted.top, wanted.left),
                    across=across,
                    down=down,
                    number=found.kind == "number",
                )
            )
        rows.append((number, tuple(cells)))
    return Leaf(
        name=name,
        sheets=sheets,
        sheet=page.name,
        cell=cell,
        columns=tuple(letter(column) for column in shown),
        rows=tuple(rows),
        capped=bottom - top + 1 < last or right - left + 1 < width,
    )


def _merges(
    page: Sheet, top: int, left: int, bottom: int, right: int
) -> tuple[Mapping[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return the size of merged cells by their first cell, and the cells that they cover."""
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merge in page.merges:
        if not (top <= merge.top <= bottom and left <= merge.left <= right):
            continue
        cells = [
            (row, column)
            for row in range(merge.top, min(merge.bottom, bottom) + 1)
            for column in range(merge.left, min(merge.right, right) + 1)
        ]
        across = len({column for _, column in cells} - page.hidden_columns)
        down = len({row for row, _ in cells} - page.hidden_rows)
        sizes[merge.top, merge.left] = (max(1, down), max(1, across))
        covered.update(cells[1:])
    return sizes, covered
