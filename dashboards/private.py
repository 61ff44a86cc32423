"""A folder of this machine's temporary files that nobody else can read or has prepared."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from dashboards.messages import text
from indicators.errors import StoreError

__all__ = ["private_folder", "ready"]


def private_folder(name: str) -> Path:
    """Return the folder of a name: worker processes of one account share it."""
    return Path(tempfile.gettempdir()) / f"indicators-{name}-{os.getuid()}"


def ready(folder: Path) -> None:
    """Make a folder for this account only.

    Raises:
        StoreError: somebody else made it first, and could read what is put there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise StoreError(
            text("answer.folder"),
            place=str(folder),
            action=text("answer.folder_action"),
        )
