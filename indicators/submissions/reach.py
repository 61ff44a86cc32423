"""How far a look reads into a workbook that is too large to be read as a whole within its time.

An import reads everything or refuses; a look shows the beginning of a large sheet and says how many
rows it left out.  What follows the rows of a sheet, such as its merged ranges, is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import IO

__all__ = ["GLANCE", "LOOK", "REACHES", "Reach", "beginning", "first_lines"]

_CHUNK = 4 * 2**20
_MOST_STREAMED = 1_200 * 2**20
"""Bytes of a sheet that are passed over in search of its end."""
_MOST_REST = 8 * 2**20
"""Bytes behind the rows of a sheet that are kept."""
_ROW_END, _ROWS_END = b"</row>", b"</sheetData>"
_LEAST = 200_000
"""Bytes that are kept for each further sheet, where there are so many."""
_MOST_WHOLE = 300 * 2**20
"""Bytes of a sheet that cannot be cut."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a look reads of a workbook."""

    size: int
    """Bytes of the rows of all sheets, or characters of a text."""
    seconds: float
    """Until it begins no further sheet."""
    most_bytes: int = 100 * 2**20
    """Bytes of a file."""

    def share(self, used: int, left: int) -> int:
        """Return how many bytes of a sheet are read, so that something is left for the others."""
        rest = max(self.size - used, 0)
        return rest - min(_LEAST, rest // (left + 1)) * left


LOOK = Reach(96 * 2**20, 6.0)
GLANCE = Reach(3 * 2**20, 1.5)
"""Where a look failed: enough to show how the first tables are built."""
REACHES = {"look": LOOK, "glance": GLANCE}


def beginning(member: IO[bytes], most: int, until: float) -> tuple[bytes, int]:
    """Return a sheet with as many whole rows as fit into some bytes, and how many it has more.

    The whole part where it is no larger, or of another form than is usual.
    """
    head = member.read(most + 1)
    cut = head.rfind(_ROW_END)
    if len(head) <= most or cut < 0 or head.find(_ROWS_END) >= 0:
        return head + member.read(_MOST_WHOLE), 0
    cut += len(_ROW_END)
    rest, rows, read = head[cut:], 0, len(head)
    while (end := rest.find(_ROWS_END)) < 0:
        rows += rest.count(b"<row ", 0, max(0, len(rest) - 20))
        chunk = member.read(_CHUNK)
        read += len(chunk)
        if not chunk or read > _MOST_STREAMED or monotonic() > until:
            return head[:cut] + _ROWS_END + b"</worksheet>", rows
        rest = rest[-20:] + chunk
    rows += rest.count(b"<row ", 0, end)
    return head[:cut] + rest[end:] + member.read(_MOST_REST), rows


def first_lines(text: str, most: int) -> tuple[str, int]:
    """Return the first whole lines of a text, and how many it has more."""
    if len(text) <= most:
        return text, 0
    cut = text.rfind("\n", 0, most) + 1
    while cut > 0 and text.count('"', 0, cut) % 2:
        cut = text.rfind("\n", 0, cut - 1) + 1  # a line may stand within a field
    return (text[:cut], text.count("\n", cut)) if cut else (text, 0)
