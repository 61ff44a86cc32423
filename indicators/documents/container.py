"""Which format a file really has, by its first bytes and what its container holds; no parser yet.

A zip is judged by its directory alone, before anything of it is unpacked: too many parts, too much
unpacked or packed too well is a bomb, not a document.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final, Literal

from indicators.errors import UnreadableInput

__all__ = ["Media", "media"]

Media = Literal["text", "pdf", "docx", "html"]

_MOST_PARTS: Final = 5_000
_MOST_UNPACKED: Final = 300_000_000
_MOST_XML: Final = 60_000_000
_MOST_RATIO: Final = 250
_PAGE: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_OTHERS: Final = (
    (b"\x89PNG", "图片", "请先做文字识别（OCR），再读入得到的文本"),
    (b"\xff\xd8\xff", "图片", "请先做文字识别（OCR），再读入得到的文本"),
    (b"GIF8", "图片", "请先做文字识别（OCR），再读入得到的文本"),
    (b"II*\x00", "图片", "请先做文字识别（OCR），再读入得到的文本"),
    (b"MM\x00*", "图片", "请先做文字识别（OCR），再读入得到的文本"),
    (b"MIME-Version:", "网页存档（.mht）", "请在浏览器中另存为 .html 或打印为 .pdf"),
    (b"{\\rtf", "RTF 文件", "请用 Word 或 WPS 打开后另存为 .docx"),
    (b"Rar!", "RAR 压缩包", "请解压后读入其中的文件"),
    (b"7z\xbc\xaf", "7z 压缩包", "请解压后读入其中的文件"),
    (b"\x1f\x8b", "gzip 压缩包", "请解压后读入其中的文件"),
    (b"SQLite format 3", "SQLite 数据库", "请给出文件原件"),
    (b"\x7fELF", "程序", "请给出文件原件"),
    (b"MZ\x90", "程序", "请给出文件原件"),
)
_WORKBOOKS: Final = frozenset({"xlsx", "xlsm", "xls", "xlsb", "et", "ods"})
"""What an office exports under these names may be text or a web page; it is a table all the same."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def media(content: bytes, name: str) -> Media:
    """Return the format of a file that the house can read.

    Raises:
        UnreadableInput: it is another format, encrypted, damaged or a bomb; says the way out.
    """
    if content.startswith(b"%PDF-") or (b"%PDF-" in content[:1024] and name.endswith(".pdf")):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        _zip(content, name)
        return "docx"
    if content.startswith(_OLE):
        _ole(content, name)
    for mark, what, action in _OTHERS:
        if content.startswith(mark):
            raise UnreadableInput(f"这是{what}，不是可读的文件", place=name, action=action)
    suffix = name.lower().rpartition(".")[2]
    if suffix in _WORKBOOKS:
        raise UnreadableInput(
            f"扩展名是 .{suffix}（工作簿），内容却是文字，不能当作文件来读",
            place=name,
            action="工作簿请用 indicators import；确是文件文本的，请改名为 .txt",
        )
    if _PAGE.match(content[:4096].removeprefix(b"\xef\xbb\xbf")) or suffix in {"html", "htm"}:
        return "html"
    if suffix in {"pdf", "docx"}:
        raise UnreadableInput(
            f"扩展名是 .{suffix}，内容却不是（可能已损坏或没有下载完整）",
            place=name,
            action="请重新取得原件，或用 Word、WPS 打开后另存",
        )
    return "text"


def _ole(content: bytes, name: str) -> None:
    """Refuse the old binary formats, each with its way out."""
    wide = "EncryptedPackage".encode("utf-16-le")
    if wide in content:
        raise UnreadableInput(
            "文件有打开密码", place=name, action="请用 Word 或 WPS 打开，取消密码后另存为 .docx"
        )
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        raise UnreadableInput(
            "这是 Excel 工作簿，不是文件文本",
            place=name,
            action="报送的工作簿请用 indicators import",
        )
    raise UnreadableInput(
        "这是旧格式的 Word 或 WPS 文件（.doc、.wps），不能直接读",
        place=name,
        action="请用 Word 或 WPS 打开后另存为 .docx",
    )


def _zip(content: bytes, name: str) -> None:
    """Accept a .docx; refuse bombs, encrypted and damaged zips, and other formats in a zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableInput(
            "压缩结构已损坏，打不开", place=name, action="请重新取得原件，或用 Word、WPS 修复后另存"
        ) from error
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    xml = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    packed_size = max(1, sum(part.compress_size for part in parts))
    if (
        len(parts) > _MOST_PARTS
        or unpacked > _MOST_UNPACKED
        or xml > _MOST_XML
        or (unpacked > 20_000_000 and unpacked > _MOST_RATIO * packed_size)
    ):
        raise UnreadableInput(
            f"解压后有 {len(parts)} 个部分、{unpacked / 1e6:.0f} MB，超出文件应有的大小",
            place=name,
            action="请确认来源；如确是文件，请拆分后另存",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableInput("压缩内容有密码", place=name, action="请取消密码后重新保存")
    if "word/document.xml" in names or any(
        part.startswith("word/document") and part.endswith(".xml") for part in names
    ):
        return
    if "OFD.xml" in names:
        raise UnreadableInput(
            "这是 OFD 版式文件，不能直接读", place=name, action="请用阅读器导出为 .pdf 或 .docx"
        )
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        raise UnreadableInput(
            "这是 Excel 工作簿，不是文件文本",
            place=name,
            action="报送的工作簿请用 indicators import",
        )
    if "ppt/presentation.xml" in names:
        raise UnreadableInput("这是演示文稿，不能直接读", place=name, action="请导出为 .pdf 后读入")
    if "mimetype" in names and "content.xml" in names:
        raise UnreadableInput(
            "这是 OpenDocument 文件（.odt），不能直接读", place=name, action="请另存为 .docx"
        )
    raise UnreadableInput("这是压缩包，不是文件", place=name, action="请解压后读入其中的文件")
