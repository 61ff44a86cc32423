"""What a file is, by its content and never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from indicators.submissions.delimited import decoded

__all__ = ["FileSort", "sniff"]

FileSort = Literal[
    "empty", "xlsx", "xlsm", "xlsb", "ods", "docx", "zip", "damaged_zip", "xls", "encrypted",
    "word", "ole", "text", "html", "xml_sheet", "pdf", "image", "binary",
]  # fmt: skip
"""``xls`` is BIFF, also WPS .et; ``xml_sheet`` is the XML of Excel 2003."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|meta|table|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_SHEET = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|mso-application")


def sniff(content: bytes) -> FileSort:
    """Tell what a file is."""
    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        return "empty"
    if content.startswith(b"PK"):
        return _zip(content)
    if content.startswith(_OLE):
        return _ole(content)
    if content.startswith(b"%PDF"):
        return "pdf"
    if content.startswith(_IMAGES):
        return "image"
    if content[:2] in _BIFF and content[2:4] in (
        b"\x04\x00",
        b"\x06\x00",
        b"\x08\x00",
        b"\x10\x00",
    ):
        return "xls"
    text = decoded(content)
    if text is None:
        return "binary"
    if _XML_SHEET.search(text[:2000]):
        return "xml_sheet"
    return "html" if _HTML.match(text[:4000]) else "text"


def _zip(content: bytes) -> FileSort:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
            mimetype = (
                archive.read("mimetype")[:80]
                if "mimetype" in names and archive.getinfo("mimetype").file_size < 200
                else b""
            )
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "damaged_zip"
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.endswith("workbook.xml") for name in names):
        return "xlsm" if any(name.endswith("vbaproject.bin") for name in names) else "xlsx"
    return (
        "xlsx"
        if "[content_types].xml" in names and any("sheet" in name for name in names)
        else "zip"
    )


def _ole(content: bytes) -> FileSort:
    # Stream names stand in the directory as UTF-16; finding them needs no parser.
    def named(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in content

    if named("EncryptedPackage") or named("EncryptionInfo"):
        return "encrypted"
    if named("Workbook") or named("Book"):
        return "xls"
    return "word" if named("WordDocument") else "ole"
