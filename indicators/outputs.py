"""Files that people asked for, written whole: the named file is replaced at the end or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from indicators.errors import UsageError, reason

__all__ = ["printable", "sheet_title", "whole", "write_whole"]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")


@contextmanager
def whole(path: str | Path) -> Iterator[Path]:
    """Give a file beside ``path`` to write to, which takes its name when the block ends well.

    No folder is made: one that is not there is more often a slip than a wish.

    Raises:
        UsageError: the file cannot be written; names ``path``, never the file beside.
    """
    target = Path(path)
    if not target.parent.is_dir():
        raise UsageError(
            f"写不出：没有文件夹 {target.parent}",
            place=str(path),
            action="请先建立文件夹，或换一处",
        )
    if target.is_dir():
        raise UsageError("写不出：这是文件夹", place=str(path), action="请写明文件名")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    except OSError as error:
        # What goes wrong with another file inside the block is that file's own story.
        if error.filename is not None and Path(os.fsdecode(error.filename)) != part:
            raise
        raise UsageError(
            f"写不出：{reason(error)}", place=str(path), action="请检查权限和磁盘空间"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_whole(path: str | Path, content: bytes) -> None:
    """Write a file whole.

    Raises:
        UsageError: it cannot be written.
    """
    with whole(path) as part:
        part.write_bytes(content)


def printable(text: str) -> str:
    """Return text without the control characters that XML cannot hold."""
    return _CONTROL.sub("", text)


def sheet_title(text: str, taken: Collection[str] = ()) -> str:
    r"""Return a name that Excel allows for a sheet, unlike those taken: 31 characters, none of []:*?/\\."""
    plain = _NO_TITLE.sub("_", printable(text)).strip("' ")[:31] or "表"
    folded = {each.casefold() for each in taken}
    number, title = 1, plain
    while title.casefold() in folded:
        number += 1
        title = f"{plain[: 30 - len(str(number))]}~{number}"
    return title
