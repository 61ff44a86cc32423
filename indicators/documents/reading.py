"""From a file to its kept text: .txt, .docx, .pdf, .html, whatever the suffix says.

Plain text is decoded and kept unchanged but for radicals, one character for one.  The other formats
are parsed in a child process (``worker``).  What is wrong with a file as a whole is raised; what is
doubtful in a readable one is a finding.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final

from indicators.documents import cleaning, container, encoding
from indicators.documents.kept import MOST_CHARACTERS, Doubt, Kept
from indicators.documents.model import Document, Entry, Page
from indicators.documents.structure import parse_text
from indicators.errors import UnreadableInput, unreadable
from indicators.findings import Finding, FindingKind, kinds

__all__ = ["FINDINGS", "LARGEST", "REFUSED", "SUFFIXES", "Source", "parse", "read", "read_bytes"]

SUFFIXES: Final = frozenset({".txt", ".docx", ".pdf", ".html", ".htm"})
"""Files that are taken from a folder; a file named by itself is judged by its content."""
REFUSED: Final = frozenset({".doc", ".wps", ".ofd", ".rtf", ".docm", ".dotx", ".odt", ".mht"})
"""Documents that cannot be read: in a folder they are refused aloud, not passed over."""
LARGEST: Final = 128 * 1024**2
"""Bytes; a larger file is no document of a government."""
_SECONDS: Final = 600
"""On the clock; the child has 120 seconds of CPU, and a busy machine gives them slowly."""

FINDINGS = kinds(
    FindingKind(
        code="file-page-scanned",
        severity="warning",
        message="{found}只有图像，没有文字层，其中的表述没有读到",
        action="请做文字识别（OCR）后重新读入",
    ),
    FindingKind(
        code="file-page-garbled",
        severity="warning",
        message="{found}的字体没有字符对照，文字读成乱码",
        action="请做文字识别（OCR），或取得 .docx 原件",
    ),
    FindingKind(
        code="file-page-damaged",
        severity="warning",
        message="{found}已损坏，没有读到",
        action="请重新取得原件",
    ),
    FindingKind(
        code="file-pages-cut",
        severity="warning",
        message="页数过多，只读了 {found} 页",
        action="请拆分后分别读入",
    ),
    FindingKind(
        code="file-tables-skipped",
        severity="warning",
        message="表格过于复杂，自{found}起的表格按文字行读入",
        action="请核对这些页的表格，或取得 .docx 原件",
    ),
    FindingKind(
        code="file-text-cut",
        severity="warning",
        message="文字超过 {found} 字，其余没有读入",
        action="请拆分后分别读入",
    ),
    FindingKind(
        code="file-characters-broken",
        severity="warning",
        message="有 {found} 处字节不能解码，以 \ufffd 代替",
        action="请核对原件的编码",
    ),
    FindingKind(
        code="file-radicals",
        severity="note",
        message="有 {found} 个部首字符已换成同形的汉字（例如“⼗”换成“十”）",
        action="无须处理",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that was read: its bytes and its kept text."""

    name: str
    """File name, without folders."""
    path: Path
    content: bytes
    digest: str
    """SHA-256 of the content."""
    media: container.Media
    encoding: str
    """Of a plain text; empty otherwise."""
    text: str
    pages: tuple[Page, ...] = ()
    findings: tuple[Finding, ...] = ()


def read(path: str | Path) -> Source:
    """Read a file.

    Raises:
        UnreadableInput: there is none, it is a folder, empty, too large, binary, encrypted, damaged
            or of a format that cannot be read; says which and the way out.
    """
    place = Path(path)
    try:
        content = _content(place)
    except UnreadableInput:
        raise
    except (OSError, ValueError) as error:
        raise unreadable(place, error) from error
    return read_bytes(content, name=place.name, path=place)


def _content(place: Path) -> bytes:
    state = place.stat()
    if S_ISDIR(state.st_mode):
        raise UnreadableInput("这是文件夹", place=str(place), action="请写出其中的文件")
    if not S_ISREG(state.st_mode):
        raise UnreadableInput("这不是普通文件", place=str(place), action="请先保存为文件")
    if state.st_size > LARGEST:
        raise _too_large(state.st_size, str(place))
    with place.open("rb") as file:
        return file.read(LARGEST + 1)


def read_bytes(content: bytes, *, name: str, path: Path | None = None) -> Source:
    """Read the content of a file, as ``read`` does; for what a browser uploads.

    Raises:
        UnreadableInput: as ``read``.
    """
    place = str(path or name)
    if len(content) > LARGEST:
        raise _too_large(len(content), place)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableInput("文件是空的", place=place, action="请检查是否没有下载完整")
    try:
        media = container.media(content, name)
        kept, name_of_encoding = (
            _plain(content) if media == "text" else (_foreign(content, media, name), "")
        )
    except UnreadableInput as error:
        raise UnreadableInput(error.message, place=place, action=error.action) from error
    return Source(
        name=name,
        path=path or Path(name),
        content=content,
        digest=sha256(content).hexdigest(),
        media=media,
        encoding=name_of_encoding,
        text=kept.text,
        pages=kept.pages,
        findings=tuple(
            FINDINGS[each.code].at(place, found=each.found, start=each.start, end=each.end)
            for each in kept.doubts
        ),
    )


def parse(source: Source, entry: Entry | None = None) -> Document:
    """Return the structure of a file that was read; what a catalog line states wins."""
    return parse_text(
        source.text, name=source.name, digest=source.digest, entry=entry, pages=source.pages
    )


def _too_large(size: int, place: str) -> UnreadableInput:
    """Return the refusal of a file that is too large."""
    return UnreadableInput(
        f"文件有 {size / 1024**2:,.0f} MB，超过 {LARGEST // 1024**2} MB 的上限",
        place=place,
        action="请拆分，或确认它是不是文件",
    )


def _plain(content: bytes) -> tuple[Kept, str]:
    """Decode a plain text; its characters stay where they are."""
    decoded = encoding.decode(content)
    if decoded is None:
        raise UnreadableInput(
            "不是文本文件，或编码无法识别",
            action="文本请存为 UTF-8；文件请用 .docx、带文字层的 .pdf 或 .html",
        )
    text = decoded.text[:MOST_CHARACTERS]
    if not text.strip("\x00\ufeff\ufffd \t\r\n\u3000"):
        raise UnreadableInput("文件里没有文字", action="请检查是否没有下载完整")
    doubts = []
    if len(text) < len(decoded.text):
        doubts.append(Doubt("file-text-cut", str(MOST_CHARACTERS), len(text), len(text)))
    if decoded.broken:
        first = max(0, text.find("\ufffd"))
        doubts.append(Doubt("file-characters-broken", str(decoded.broken), first, first + 1))
    found = cleaning.radicals(text)
    if found:
        doubts.append(Doubt("file-radicals", str(found)))
        text = cleaning.without_radicals(text)
    return Kept(text, doubts=tuple(doubts)), decoded.encoding


def _foreign(content: bytes, media: container.Media, name: str) -> Kept:
    """Parse another format in a child process; its death is a refusal of the file."""
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-m", "indicators.documents.worker", media, name],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableInput(
            f"解析超过 {_SECONDS} 秒，已停止", action="请用 Word、WPS 或阅读器另存一份后再读"
        ) from error
    if done.returncode != 0:
        raise UnreadableInput(
            "解析时出错，文件可能已损坏或结构异常",
            action="请用 Word、WPS 或阅读器打开，另存一份后再读",
        )
    answer = json.loads(done.stdout)
    if "text" not in answer:
        raise UnreadableInput(answer["message"], action=answer["action"])
    return Kept(
        answer["text"],
        tuple(Page(start=start, label=label) for start, label in answer["pages"]),
        tuple(Doubt(*each) for each in answer["doubts"]),
    )
