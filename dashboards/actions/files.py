"""A file that a form carries: its name, made harmless, and its bytes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import flask

from indicators.errors import UsageError

__all__ = ["sent"]

LONGEST_NAME = 180
"""Bytes of a file name that every file system takes."""


def sent(field: str, suffixes: Collection[str], elsewhere: str) -> tuple[str, bytes]:
    """Return name and content of the file that a form carries.

    Args:
        field: name of its field.
        suffixes: kinds of files that are taken here.
        elsewhere: where other kinds are handed in.

    Raises:
        UsageError: there is none, its name cannot be kept, or it is of another kind.
    """
    offered = "、".join(sorted(suffixes))
    file = flask.request.files.get(field)
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2] if file else ""
    if file is None or name in ("", ".", ".."):
        raise UsageError("没有选择文件", action=f"请选择一个文件（{offered}）再交")
    if len(name.encode()) > LONGEST_NAME or not name.isprintable():
        raise UsageError("文件名过长或含有不能显示的字符", action="请改短文件名再交")
    if Path(name).suffix.lower() not in suffixes:
        raise UsageError(f"“{name}”不是可读的文件类型", action=f"可交 {offered}；{elsewhere}")
    return name, file.read()
