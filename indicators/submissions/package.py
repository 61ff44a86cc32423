r"""A workbook file as a zip package: its members by canonical name, read once within limits.

Members are named as Excel would find them: forward slashes, no leading slash, compared without
case (files written on Windows with ``xl\worksheets`` exist).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Package", "canonical", "transcoded"]

_ENCODING = re.compile(rb"""encoding=["']utf-16[^"']*["']""", re.IGNORECASE)


def canonical(name: str) -> str:
    """Return the name of a member as Excel looks for it."""
    return name.replace("\\", "/").lstrip("/").lower()


@dataclass(frozen=True, slots=True)
class Package:
    """The members of a package, unpacked."""

    members: Mapping[str, bytes]
    unread: Mapping[str, int] = field(default_factory=dict)
    """Rows that were left out of members that are too large for a look."""

    def get(self, name: str) -> bytes | None:
        """Return a member by name, None where there is none."""
        return self.members.get(canonical(name))

    def beside(self, member: str, target: str) -> str:
        """Return the member that a relationship of ``member`` points to."""
        if target.startswith("/"):
            return canonical(target)
        return canonical(posixpath.normpath(posixpath.join(posixpath.dirname(member), target)))

    def relations_of(self, member: str) -> bytes | None:
        """Return the relationships of a member."""
        folder, name = posixpath.split(member)
        return self.get(posixpath.join(folder, "_rels", f"{name}.rels"))


def transcoded(content: bytes) -> bytes:
    """Return XML as UTF-8 where it is UTF-16, so that a scan of bytes sees what a parser sees."""
    head = content[:4]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", "replace")
    elif head[:2] == b"<\0":
        text = content.decode("utf-16-le", "replace")
    elif head[:2] == b"\0<":
        text = content.decode("utf-16-be", "replace")
    else:
        return content
    return _ENCODING.sub(b'encoding="utf-8"', text.encode("utf-8", "replace"), count=1)
