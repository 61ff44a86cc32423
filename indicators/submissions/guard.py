"""What a workbook may weigh, checked before and while it is parsed.

The limits are far above any quarterly report (the heaviest of 67 real workbooks unpacks to 43 MB at
a ratio of 30) and far below what harms: see docs/submissions.md for each attack they stop.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from time import monotonic

from indicators.submissions.package import Package, canonical, transcoded
from indicators.submissions.reach import Reach, beginning

__all__ = [
    "LONGEST_COMMENT",
    "LONGEST_TEXT",
    "MOST_BYTES",
    "DamagedWorkbook",
    "Refused",
    "Weight",
    "unpack",
]

MOST_BYTES = 20 * 2**20
"""Bytes of a file."""
LONGEST_TEXT = 32_767
"""Characters of a cell, Excel's own limit."""
LONGEST_COMMENT = 1_000
"""Characters of a comment that are kept."""
_TOTAL, _MEMBER = 400 * 2**20, 300 * 2**20
"""Bytes of all members and of one, unpacked."""
_RATIO = 200
"""Unpacked to packed, of members above 1 MiB."""
_MEMBERS = 5_000
_TAGS = 12_000_000
_SLOTS = 20_000_000
"""Cells of the rows, from the first filled to the last."""
_MERGES = 20_000
_MERGED = 2_000_000
"""Merged ranges of a sheet, and cells in them."""
MOST_ROWS = 1_048_576
_COLUMNS = 16_384
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Refused(Exception):
    """The guard turns a file away.

    Args:
        code: code of the finding that says why.
        fields: what its words need.
    """

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = {name: str(value) for name, value in fields.items()}


class DamagedWorkbook(ValueError):
    """A part of the workbook that is needed is missing or is no XML."""


class Weight:
    """Counts what a reader takes in and turns a workbook away that grows too heavy."""

    def __init__(self) -> None:
        self.slots = 0
        self.rows = 0
        self.merges = 0
        self.merged = 0

    def add_row(self, width: int) -> None:
        """Count a row from its first to its last value."""
        self.add_rows([width])

    def add_rows(self, widths: Sequence[int]) -> None:
        """Count rows, each from its first to its last value."""
        width = max(widths, default=0)
        if width > _COLUMNS:
            raise Refused("workbook-too-large", found=f"{width} 列", expected=f"{_COLUMNS} 列")
        self.slots += sum(widths)
        self.rows += len(widths)
        if self.slots > _SLOTS:
            raise Refused("workbook-too-large", found=f"{self.slots} 格", expected=f"{_SLOTS} 格")
        if self.rows > MOST_ROWS:
            raise Refused("workbook-too-large", found=f"{self.rows} 行", expected=f"{MOST_ROWS} 行")

    def add_merge(self, cells: int) -> None:
        """Count a merged range."""
        self.merges += 1
        self.merged += cells
        if self.merged > _MERGED:
            raise Refused("workbook-too-large", found="合并区域过大", expected=f"{_MERGED} 格")
        if self.merges > _MERGES:
            raise Refused("workbook-too-many-merges", found=f"超过 {_MERGES}", expected=_MERGES)


def _check_directory(infos: list[zipfile.ZipInfo], reach: Reach | None) -> None:
    if len(infos) > _MEMBERS:
        raise Refused(
            "workbook-too-large", found=f"{len(infos)} 个成员", expected=f"{_MEMBERS} 个成员"
        )
    total = 0
    seen: set[str] = set()
    for info in infos:
        name = canonical(info.filename)
        parts = info.filename.replace("\\", "/").split("/")
        if ".." in parts or ":" in parts[0]:
            raise Refused("workbook-bad-member", found=info.filename)
        if name in seen:
            raise Refused("workbook-duplicate-member", found=info.filename)
        seen.add(name)
        if info.flag_bits & 0x1:
            raise Refused("workbook-encrypted", found="压缩包加密")
        if info.file_size > 2**20 and info.file_size > _RATIO * max(info.compress_size, 1):
            raise Refused(
                "workbook-bomb",
                found=f"{info.file_size // max(info.compress_size, 1)} 倍",
                expected=f"{_RATIO} 倍",
            )
        if reach is not None and _is_sheet(name):
            continue  # of which only so much is read
        total += info.file_size
        if info.file_size > _MEMBER or total > _TOTAL:
            raise Refused(
                "workbook-too-large",
                found=f"解压后 {max(total, info.file_size) // 2**20} MB",
                expected=f"{_TOTAL // 2**20} MB",
            )


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def unpack(content: bytes, reach: Reach | None = None) -> Package:
    """Unpack the XML members of a workbook within the limits.

    Sizes are taken from the directory first and from the bytes that really come second, because a
    directory can lie.  With a ``reach`` only the beginning of large sheets is unpacked.

    Raises:
        Refused: a limit is passed.
        zipfile.BadZipFile: the archive is damaged.
    """
    members: dict[str, bytes] = {}
    unread: dict[str, int] = {}
    total = tags = used = 0
    until = monotonic() + reach.seconds if reach else 0.0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        _check_directory(infos, reach)
        left = sum(_is_sheet(canonical(info.filename)) for info in infos)
        for info in infos:
            name = canonical(info.filename)
            if not name.endswith((".xml", ".rels")) or name.startswith(("xl/media/", "customxml/")):
                continue
            with archive.open(info) as member:
                if reach is not None and _is_sheet(name):
                    left -= 1
                    data, unread[name] = beginning(member, reach.share(used, left), until)
                    used += len(data)
                else:
                    data = member.read(_MEMBER + 1)
            total += len(data)
            if len(data) > _MEMBER or total > _TOTAL:
                raise Refused(
                    "workbook-too-large",
                    found=f"解压后超过 {total // 2**20} MB",
                    expected=f"{_TOTAL // 2**20} MB",
                )
            if len(data) > 2**20 and len(data) > _RATIO * max(info.compress_size, 1):
                raise Refused(
                    "workbook-bomb",
                    found=f"{len(data) // max(info.compress_size, 1)} 倍",
                    expected=f"{_RATIO} 倍",
                )
            data = transcoded(data)
            # A document type stands before the first element; the first bytes are enough, unless
            # an entity hides behind a long comment, so the whole head up to the root is searched.
            if _DTD.search(data, 0, _head(data)):
                raise Refused("workbook-has-dtd", found=info.filename)
            if reach is None or not _is_sheet(name):  # whose bytes a look bounds itself
                tags += data.count(b"<")
            if tags > _TAGS:
                raise Refused("workbook-too-large", found=f"超过 {_TAGS} 个标记", expected=_TAGS)
            members[name] = data
    return Package(members, unread)


_ROOT = re.compile(rb"<[A-Za-z_]")


def _head(data: bytes) -> int:
    """Return where the root element begins; what may stand before it is short or suspect."""
    inside_comment_or_dtd = data.find(b"<!")
    root = _ROOT.search(data)
    end = root.start() if root else len(data)
    return len(data) if 0 <= inside_comment_or_dtd < end else end
