"""Tables in kept text as grids of cells, whatever their layout.

Three layouts are read: cells parted by tabs (what file readers write for real tables), columns
parted by blanks, and a cell a line (what remains of many a table in PDF text).
"""

from __future__ import annotations

import re

from indicators.extraction.cells import NOTE, Grid, Line, lines_of
from indicators.extraction.columns import spaced, tabbed
from indicators.extraction.stacks import numbered, stacked

__all__ = ["find"]

_HEAD = re.compile(
    r"(?:指[ \u3000]*标(?:名称)?|序[ \u3000]*号|主要指标|类[ \u3000]*别|项[ \u3000]*目|名[ \u3000]*称|具体指标|城[ \u3000]*市|地[ \u3000]*区|区[ \u3000]*域|设区市|市[ \u3000]*县|年[ \u3000]*[份度])[ \u3000]*$",
    re.MULTILINE,
)
"""The first head of a table, where it ends its line."""
_VALUES = re.compile(r"\d[%％〕\]]?[ \u3000]{1,20}(?:[<>＜＞≥≤〔\[]{0,2}\d|—|约束|预期)")
"""Two values side by side."""


def find(text: str) -> list[Grid]:
    """Return the tables of a kept text in order."""
    if not _hinted(text):
        return []
    lines = list(lines_of(text))
    grids: list[Grid] = []
    index = 0
    while index < len(lines):
        grid, after = None, index + 1
        for layout in (tabbed, spaced, numbered, stacked):
            grid, after = layout(lines, index)
            if grid is not None:
                break
        if grid is None:
            index += 1
            continue
        _surround(grid, lines, index, after)
        grids.append(grid)
        index = max(after, index + 1)
    return grids


def _hinted(text: str) -> bool:
    """Tell whether anything in a text looks like a table; most texts have none."""
    if "\t" in text or "|" in text or _VALUES.search(text):
        return True
    return any(
        not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip(" \u3000")
        for match in _HEAD.finditer(text)
    )


def _surround(grid: Grid, lines: list[Line], index: int, after: int) -> None:
    """Take caption and notes: up to three lines above, and the notes below."""
    above = [
        line
        for line in lines[max(0, index - 3) : index]
        if len(line.text) <= 60 and "。" not in line.text
    ]
    grid.caption = "\n".join(line.text for line in above)
    below: list[str] = []
    position = after
    while position < len(lines) and NOTE.match(lines[position].text):
        below.append(lines[position].text)
        grid.end = lines[position].end
        position += 1
    grid.notes = "\n".join(below)
