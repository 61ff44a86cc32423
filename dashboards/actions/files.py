"""A file that a form carries: its name, made harmless, and its bytes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import flask

from dashboards.messages import joined, usage_error

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
    offered = joined(sorted(suffixes))
    file = flask.request.files.get(field)
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2] if file else ""
    if file is None or name in ("", ".", ".."):
        raise usage_error("form.no_file", offered=offered)
    if len(name.encode()) > LONGEST_NAME or not name.isprintable():
        raise usage_error("form.file_name")
    if Path(name).suffix.lower() not in suffixes:
        raise usage_error("form.file_kind", name=name, offered=offered, elsewhere=elsewhere)
    return name, file.read()
