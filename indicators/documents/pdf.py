"""PDF files with a text layer: lines put together to paragraphs, ruled tables to rows.

Running heads and page numbers go; a line that reaches the right margin goes on in the next one that
begins at the left margin, also across a page, so that a paragraph is one line of the kept text.  A
page that is only a picture is a finding: nothing is read from it, and nobody must think otherwise.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, Final

from indicators.documents.cleaning import running
from indicators.documents.kept import Composer, Kept
from indicators.documents.pdf_frame import Frame, glyphs, has_image, ruled, tables
from indicators.documents.pdf_page import Line, Sheet, Table, mended, sheet
from indicators.errors import UnreadableInput

__all__ = ["read_pdf"]

_MOST_PAGES: Final = 3_000
_READING_SECONDS: Final = 80.0
"""CPU seconds of reading after which no further page is read."""
_TABLE_SECONDS: Final = 40.0
"""CPU seconds that may go into looking for tables; the rest of the pages is read as lines."""
_LATIN: Final = re.compile("[A-Za-z]")
_EDGE: Final = 0.16
"""Share of a page, from above and below, in which running heads and page numbers stand."""
_LEADER: Final = re.compile(r"[.…·]{3,}\s*\d+\Z")
_STARTER: Final = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,4}[编篇章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[．、](?!\d)|\d{1,2}\.(?=[^\d\s])|[①-⑳●■◆▲★※]|专栏\s?\d|附件\s?\d|附表|注[：:]"
)


def read_pdf(content: bytes, name: str) -> Kept:
    """Return the text of a PDF, with its pages.

    Raises:
        UnreadableInput: it is encrypted, damaged, or has no text layer at all.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnreadableInput(
                "PDF 有打开密码",
                place=name,
                action="请取消密码后另存，或向来文单位索取无密码的文件",
            ) from error
        raise UnreadableInput(
            "PDF 已损坏，打不开", place=name, action="请重新取得原件，或打印为新的 PDF"
        ) from error
    out = Composer()
    sheets = list(_sheets(document, content, min(count, _MOST_PAGES), out))
    if not any(each.characters for each in sheets):
        raise UnreadableInput(
            f"PDF 的 {count} 页都没有文字层（扫描件）",
            place=name,
            action="请先做文字识别（OCR），保存为带文字层的 PDF 或 .docx",
        )
    _Writer(out, sheets).write()
    for number, each in enumerate(sheets, 1):
        if each.scanned:
            out.doubt("file-page-scanned", f"第{number}页")
        elif each.garbled:
            out.doubt("file-page-garbled", f"第{number}页")
    if len(sheets) < count:
        out.doubt("file-pages-cut", f"{len(sheets)}/{count}")
    return out.kept()


def _sheets(document: Any, content: bytes, count: int, out: Composer) -> Iterator[Sheet]:
    """Yield the pages, tables found where lines are drawn."""
    import pypdfium2

    finder = _TableFinder(content)
    # From here on: the process may have worked before, and the first page is always read.
    began = time.process_time()
    for number in range(count):
        if number and time.process_time() - began > _READING_SECONDS:
            break
        try:
            page = document[number]
            found, frame = glyphs(page)
            drawn = ruled(page)
            image = has_image(page)
        except pypdfium2.PdfiumError:
            out.doubt("file-page-damaged", f"第{number + 1}页")
            yield Sheet(0)
            continue
        cells = finder.on(number, frame, page.get_rotation()) if drawn and found else []
        each = sheet(found, frame.size[1], cells)
        each.scanned = each.characters < 5 and image
        page.close()
        yield each
    if finder.given_up:
        out.doubt("file-tables-skipped", f"第{finder.given_up}页")


class _TableFinder:
    """Opens the file a second time in pdfplumber, only if a page has lines drawn."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.document: Any = None
        self.given_up = 0
        self.spent = 0.0

    def on(self, number: int, frame: Frame, shown: int) -> list[Any]:
        """Return the tables of a page; none once the time for it is spent."""
        if self.given_up:
            return []
        if self.spent > _TABLE_SECONDS:
            self.given_up = number + 1
            return []
        import pdfplumber

        began = time.process_time()
        try:
            if self.document is None:
                self.document = pdfplumber.open(io.BytesIO(self.content))
            page = self.document.pages[number]
            found = tables(page, frame, shown)
            page.close()
        except Exception:  # noqa: BLE001 - pdfminer raises anything on a malformed page; lines remain
            found = []
            self.given_up = self.given_up or number + 1
        self.spent += time.process_time() - began
        return found


class _Writer:
    """Writes the pages without running heads, lines joined to paragraphs."""

    def __init__(self, out: Composer, sheets: Sequence[Sheet]) -> None:
        self.out, self.sheets = out, sheets
        self.before: Line | None = None
        self.right_before = 0.0
        every = [item for each in sheets for item in each.items if isinstance(item, Line)]
        long = [line for line in every if len(line.text) >= 20]
        self.left = _low([line.box[0] for line in long])
        self.right = -_low([-line.box[2] for line in long])
        self.pitch = _pitch(sheets)
        self.indented = self._indented()

    def _indented(self) -> bool:
        """Tell whether paragraphs begin with an indent, so that a line at the margin never does."""
        indented = flush = 0
        for each in self.sheets:
            left, right = self._margins(each.items)
            for before, line in pairwise(each.items):
                if not (isinstance(before, Line) and isinstance(line, Line)):
                    continue
                size = line.height
                if before.box[2] < right - 3 * size and len(line.text) >= 15:
                    indented += left + size < line.box[0] < left + 3 * size
                    flush += line.box[0] <= left + 0.9 * size
        return indented >= 2 and indented > 4 * flush

    def write(self) -> None:
        """Write all pages."""
        for number, each in enumerate(mended(list(self._bodies())), 1):
            left, right = self._margins(each)
            marked = False
            for at, item in enumerate(each):
                joined = isinstance(item, Line) and self._joins(item, left, at == 0)
                if self.before is not None and not joined:
                    self.out.write("\n")
                    self.before = None
                if not marked:
                    self.out.page(f"第{number}页")
                    marked = True
                if isinstance(item, Table):
                    for row in item.rows:
                        self.out.row(row)
                    continue
                if joined and self.before is not None:
                    touch = _LATIN.match(self.before.text[-1]) and _LATIN.match(item.text[0])
                    self.out.write(" " if touch else "")
                self.out.write(item.text)
                self.before, self.right_before = item, right
        if self.before is not None:
            self.out.write("\n")

    def _bodies(self) -> Iterator[list[Line | Table]]:
        """Yield the items of each page without running heads and page numbers."""
        by_height = [
            sorted(range(len(each.items)), key=lambda at, each=each: each.items[at].box[1])  # type: ignore[misc]  # mypy does not infer a lambda with a default
            for each in self.sheets
        ]
        words = [
            [(_words(each.items[at]), each.items[at].box[1]) for at in order]
            for each, order in zip(self.sheets, by_height, strict=True)
        ]
        for each, order, (top, bottom) in zip(self.sheets, by_height, running(words), strict=True):
            high, low = _EDGE * each.height, (1 - _EDGE) * each.height
            gone = {at for at in order[:top] if each.items[at].box[3] < high}
            gone |= {at for at in order[len(order) - bottom :] if each.items[at].box[1] > low}
            yield [item for at, item in enumerate(each.items) if at not in gone]

    def _margins(self, items: Sequence[Line | Table]) -> tuple[float, float]:
        """Return left and right margin of a page, the document's where the page has few lines."""
        long = [item for item in items if isinstance(item, Line) and len(item.text) >= 20]
        if len(long) < 6:
            return self.left, self.right
        return _low([line.box[0] for line in long]), -_low([-line.box[2] for line in long])

    def _joins(self, line: Line, left: float, first: bool) -> bool:
        """Tell whether a line goes on with the paragraph of the line before it."""
        before = self.before
        if before is None or "\t" in line.text or "\t" in before.text:
            return False
        size = before.height
        step = line.box[1] - before.box[1]
        return (
            (self.indented or before.text[-1] not in "。！？!?")
            and not _LEADER.search(before.text)
            and before.box[2] >= self.right_before - 2 * size
            and line.box[0] <= left + 0.9 * size
            and abs(line.height - size) <= 0.35 * size
            and (first or 0 < step <= 1.5 * max(self.pitch, size))
            and not _STARTER.match(line.text)
        )


def _words(item: Line | Table) -> str:
    """Return what a running head would say; a table is none."""
    return item.text if isinstance(item, Line) else f"\t{id(item)}"


def _low(edges: Sequence[float]) -> float:
    """Return the edge at which most lines begin: the lowest tenth, without a stray one."""
    ordered = sorted(edges)
    return ordered[len(ordered) // 10] if ordered else 0.0


def _pitch(sheets: Sequence[Sheet]) -> float:
    """Return the usual step from line to line."""
    steps = []
    for each in sheets:
        lines = [item for item in each.items if isinstance(item, Line)]
        steps += [
            after.box[1] - line.box[1]
            for line, after in pairwise(lines)
            if 0 < after.box[1] - line.box[1] < 60
        ]
    return median(steps) if steps else 0.0
