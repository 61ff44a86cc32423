"""Word files: paragraphs and tables in their order, automatic numbers written out.

Text inside content controls, insertions and hyperlinks counts, deleted text does not; tables of
contents are left out, since every heading comes again.  A merged cell stands once, where it begins.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any, Final
from zipfile import BadZipFile

from indicators.documents.cleaning import join_lines, without_radicals
from indicators.documents.kept import Composer, Kept
from indicators.documents.numbering import Numbering
from indicators.errors import UnreadableInput

__all__ = ["read_docx"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT: Final = frozenset(
    {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", f"{_MC}Fallback"}
)
_BREAKS: Final = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
_CONTENTS: Final = re.compile(r"toc\b|toc ?\d|目录\s?\d", re.IGNORECASE)


def read_docx(content: bytes, name: str) -> Kept:
    """Return the text of a Word file, with paragraphs and tables as pages.

    Raises:
        UnreadableInput: the file is damaged.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    damage = (
        OpcError, LxmlError, BadZipFile, zlib.error, EOFError, NotImplementedError,
        KeyError, ValueError, OSError, AttributeError,
    )  # fmt: skip
    try:
        document = Document(io.BytesIO(content))
        body = document.element.body
        styles = {style.style_id: style for style in document.styles}
        numbering = _numbering(document)
    except damage as error:
        if "is not a Word file" in str(error):  # python-docx of a template or a file with macros
            raise UnreadableInput(
                "这是 Word 模板或带宏的文件（.dotx、.docm），不能直接读",
                place=name,
                action="请用 Word 或 WPS 打开后另存为 .docx",
            ) from error
        raise UnreadableInput(
            "Word 文件已损坏，读不出正文",
            place=name,
            action="请用 Word 或 WPS 打开修复后另存为 .docx",
        ) from error
    out = Composer()
    reader = _Reader(out, styles, numbering)
    reader.blocks(body)
    kept = out.kept()
    if not kept.text.strip():
        raise UnreadableInput(
            "Word 文件里没有文字（可能全是图片）", place=name, action="请先做文字识别（OCR）"
        )
    return kept


def _numbering(document: Any) -> Numbering:
    """Return the list definitions of a document; none if it has no such part."""
    try:
        return Numbering.of(document.part.numbering_part.element)
    except (KeyError, NotImplementedError, AttributeError):
        return Numbering()


class _Reader:
    """Walks the body of a document."""

    def __init__(self, out: Composer, styles: dict[str, Any], numbering: Numbering) -> None:
        self.out, self.styles, self.numbering = out, styles, numbering
        self.paragraphs = self.tables = 0

    def blocks(self, parent: Any) -> None:
        """Write paragraphs and tables under an element, content controls opened."""
        for child in parent:
            if child.tag == f"{_W}p":
                self.paragraph(child)
            elif child.tag == f"{_W}tbl":
                self.tables += 1
                self.out.page(f"表{self.tables}")
                self.table(child)
            elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo"}:
                self.blocks(child)

    def paragraph(self, element: Any) -> None:
        """Write one paragraph with its automatic number, each hard line break a line."""
        style = self._style(element)
        if style is not None and _CONTENTS.match(style.name or ""):
            return
        boxes: list[Any] = []
        text = _words(element, boxes)
        number = self._number(element, style)
        lines = [line.strip() for line in text.split("\n")]
        if any(lines):
            self.paragraphs += 1
            self.out.page(f"第{self.paragraphs}段")
            first = next(at for at, line in enumerate(lines) if line)
            lines[first] = number + lines[first]
            for line in filter(None, lines):
                self.out.line(without_radicals(line))
        for box in boxes:
            self.blocks(box)

    def table(self, element: Any) -> None:
        """Write a table, a row a line; a merged cell stands where it begins, then empty cells."""
        for row in _rows(element):
            cells: list[str] = []
            nested: list[Any] = []
            for cell in _cells(row):
                span, goes_on = _merge(cell)
                cells.append("" if goes_on else self._cell(cell, nested))
                cells += [""] * (span - 1)
            self.out.row(cells)
            for inner in nested:
                self.table(inner)

    def _cell(self, cell: Any, nested: list[Any]) -> str:
        """Return the words of a cell in one line; tables inside it go to ``nested``."""
        lines = []
        for child in _open(cell):
            if child.tag == f"{_W}p":
                number = self._number(child, self._style(child))
                words = _words(child, [])
                if words.strip():
                    lines += (number + words.strip()).split("\n")
            elif child.tag == f"{_W}tbl":
                nested.append(child)
        return without_radicals(join_lines(lines))

    def _style(self, element: Any) -> Any:
        """Return the style of a paragraph."""
        found = element.find(f"{_W}pPr/{_W}pStyle")
        return None if found is None else self.styles.get(found.get(f"{_W}val"))

    def _number(self, element: Any, style: Any) -> str:
        """Return the automatic number of a paragraph, from itself or its style."""
        properties = element.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            seen = 0
            while style is not None and seen < 12:
                properties = style.element.find(f"{_W}pPr/{_W}numPr")
                if properties is not None:
                    break
                style, seen = style.base_style, seen + 1
        if properties is None:
            return ""
        list_id, depth = properties.find(f"{_W}numId"), properties.find(f"{_W}ilvl")
        level = "0" if depth is None else str(depth.get(f"{_W}val", "0"))
        if list_id is None or not level.isdigit():
            return ""
        return self.numbering.next(str(list_id.get(f"{_W}val")), int(level[:2]))


def _words(element: Any, boxes: list[Any]) -> str:
    """Return the text of a paragraph as it is read; the contents of text boxes go to ``boxes``."""
    parts: list[str] = []
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            page = child.get(f"{_W}type") in {"page", "column"}
            parts.append("" if page else _BREAKS[child.tag])
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif len(child):
            parts.append(_words(child, boxes))
    return "".join(parts)


def _open(parent: Any) -> Iterator[Any]:
    """Yield the blocks of an element, content controls and insertions opened."""
    for child in parent:
        if child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _open(child)
        else:
            yield child


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table that were not deleted."""
    for row in _open(table):
        if row.tag == f"{_W}tr" and row.find(f"{_W}trPr/{_W}del") is None:
            yield row


def _cells(row: Any) -> Iterator[Any]:
    """Yield the cells of a row."""
    return (cell for cell in _open(row) if cell.tag == f"{_W}tc")


def _merge(cell: Any) -> tuple[int, bool]:
    """Return how many columns a cell spans, and whether it goes on from the row above."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    wide = str(span.get(f"{_W}val", "1")) if span is not None else "1"
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
    return (min(int(wide), 100) if wide.isdigit() and len(wide) < 5 else 1), goes_on
