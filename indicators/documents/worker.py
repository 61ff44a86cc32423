"""Parse one foreign file in a process of its own, with limits on time and memory.

``python -m indicators.documents.worker FORMAT NAME`` reads the file from standard input and writes
one JSON object.  A parser that crashes, hangs or eats memory takes this process with it, not the run
over a folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Final

from indicators.documents.docx import read_docx
from indicators.documents.html import read_html
from indicators.documents.kept import Kept
from indicators.documents.pdf import read_pdf
from indicators.errors import UnreadableInput

__all__ = ["main"]

_READERS: Final[Mapping[str, Callable[[bytes, str], Kept]]] = {
    "docx": read_docx,
    "html": read_html,
    "pdf": read_pdf,
}
CPU_SECONDS: Final = 120
MEMORY: Final = 3 * 1024**3


def _limit() -> None:
    """Set limits where the system has them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Read standard input in the format named; returns the exit status."""
    media, name = arguments
    _limit()
    content = sys.stdin.buffer.read()
    answer: dict[str, object]
    # what parsers print must not mix with the answer
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        kept = _READERS[media](content, name)
    except UnreadableInput as error:
        answer = {"message": error.message, "action": error.action}
    except (MemoryError, RecursionError):
        answer = {"message": "文件结构异常，超出内存或嵌套的上限", "action": "请确认来源后另存一份"}
    else:
        answer = {
            "text": kept.text,
            "pages": [(page.start, page.label) for page in kept.pages],
            "doubts": [(each.code, each.found, each.start, each.end) for each in kept.doubts],
        }
    with out:
        json.dump(answer, out, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
