"""Lines and paragraphs: which line breaks end a paragraph and which only wrap or turn a page.

Two layouts are told apart by the widths of the lines.  In a *wrapped* text (from a PDF) a line that
is as wide as the column goes on in the next one.  In a text of one paragraph a line, a break is soft
where a page turned inside a sentence: the line before has clauses but no end, the next one begins
nothing of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from indicators.documents.sentence import join

__all__ = ["Layout", "lay_out"]

_ENDS = frozenset("。！？!?；;：:…●■◆")
_CLOSERS = '”’"）)」』】〕》'
_OPENERS = frozenset("（(“《〔【")
_INNER = re.compile(r"[，,。；、]")
_STARTER = re.compile(
    r"(?:#|——|--|-\s(?=[\u4e00-\u9fff“《])|[●■◆▲★※○□•·◎▪【]|－－"
    r"|第[一二三四五六七八九十百零〇\d]{1,4}[编篇章节条]"
    r"|[一二三四五六七八九十百]{1,4}[、．]|[（(][一二三四五六七八九十百\d]{1,4}[）)]"
    r"|\d{1,2}(?:[．、]|\.(?!\d))|[①-⑳]|[（(]?(?:责任|牵头|配合)(?:单位|部门)"
    r"|(?:\d{1,2}[-—–~至])?\d{1,2}月(?:份)?[，,]|(?:前三季度|上半年|[一二三四]季度)[，,]"
    r"|本报讯|本报记者|新华社|专栏|附件|附表|注[：:]|抄送|表\s?\d|图\s?\d|各位代表)"
)
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,4}[编篇章节条]|[一二三四五六七八九十]{1,4}、"
    r"|[（(][一二三四五六七八九十\d]{1,4}[）)]|\d{1,2}(?:[．、]|\.(?!\d)))"
)
_BULLET = re.compile(r"-\s(?=[\u4e00-\u9fff“《])|[●■◆▲★※○□•·◎▪]")
_PAGE_NUMBER = re.compile(r"(?:[-－—–]\s?)?\d{1,3}(?:\s?[-－—–])?\Z")
_CONTENTS = re.compile(r"[.…·]{3,}\s*\d+\Z")
_INLINE = re.compile(
    r"[。；：](?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])(?=[^，。；：、]{2,30}。[^（(\n])"
)
"""A numbered heading with its stop inside a paragraph."""
_SHORT = 25
"""A shorter line without an end is a title or heading of its own, in characters."""
_FLAT = 400
"""A paragraph is looked through for headings when it is longer, in characters."""
_SAMPLE = 4000
_NARROW, _WIDE = 40, 124
"""A column of wrapped text is between 20 and 62 full-width characters wide."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Paragraphs and soft breaks of a text, each a list of (start, end) in order."""

    text: str
    paragraphs: list[tuple[int, int]]
    breaks: list[tuple[int, int]]
    starts: list[int]
    """Where the breaks begin."""
    wrapped: bool

    def words(self, start: int, end: int) -> str:
        """Return ``text[start:end]`` without its soft breaks."""
        starts = self.starts
        if not starts or bisect_left(starts, end) == bisect_left(starts, start):
            return self.text[start:end]
        return join(self.text, start, end, self.breaks, starts)[0]


def lay_out(text: str) -> Layout:
    """Find the paragraphs of a text and the soft breaks inside them."""
    spans = _lines(text)
    column = _column(text, spans)
    paragraphs: list[tuple[int, int]] = []
    breaks: list[tuple[int, int]] = []
    number, count = 0, len(spans)
    while number < count:
        start, end = spans[number]
        while ((column is not None and column.indented) or text[end - 1] not in _ENDS) and (
            resume := _resumes(text, spans, number, column)
        ) is not None:
            breaks.append((end, spans[resume][0]))
            number, end = resume, spans[resume][1]
        if end - start < _FLAT:
            paragraphs.append((start, end))
        else:
            paragraphs.extend(_parted(text, start, end))
        number += 1
    return Layout(text, paragraphs, breaks, [start for start, _ in breaks], column is not None)


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a text whose line ends were lost: one begins at each heading."""
    for match in _INLINE.finditer(text, start, end):
        yield start, match.start() + 1
        start = match.start() + 1
    yield start, end


def _lines(text: str) -> list[tuple[int, int]]:
    """Return the spans of the lines that are not blank, blank space around them left out."""
    separator = "\n" if "\n" in text or "\r" not in text else "\r"
    spans: list[tuple[int, int]] = []
    offset, size = 0, len(text)
    while offset < size:
        end = text.find(separator, offset)
        if end < 0:
            end = size
        if end > offset:
            raw = text[offset:end]
            words = raw.strip()
            if words:
                start = offset if raw[0] == words[0] else end - len(raw.lstrip())
                spans.append((start, start + len(words)))
        offset = end + 1
    return spans


def _width(line: str) -> int:
    """Return the width on paper, in half characters."""
    return (len(line.encode(errors="replace")) + len(line)) // 2


@dataclass(frozen=True, slots=True)
class _Column:
    """The column of a wrapped text."""

    width: int
    """In half characters."""
    indented: bool
    """Whether the first line of a paragraph is indented, so that others are known to go on."""


def _column(text: str, spans: list[tuple[int, int]]) -> _Column | None:
    """Return the column of a wrapped text; None for a text of one paragraph a line."""
    open_, long, indents, count = Counter[int](), 0, 0, 0
    for start, end in islice(spans, _SAMPLE):
        size = end - start
        count += 1
        if start and text[start - 1] in " 　":
            indents += _is_indented(text, start)
        # A character is one or two halves wide: most lines need not be measured.
        if 2 * size < _NARROW or text.find("\t", start, end) >= 0:
            continue
        ended = size > _WIDE or text[end - 1] in _ENDS
        width = _NARROW if ended and size >= _NARROW else _width(text[start:end])
        if width < _NARROW:
            continue
        long += 1
        if width <= _WIDE and not ended:
            open_[width] += 1
    if long < 3:
        return None
    best, near = 0, 0
    for width in open_:
        share = sum(open_[width + step] for step in range(-4, 5))
        if (share, width) > (near, best):
            best, near = width, share
    wrapped = sum(open_.values())
    # Two of three long lines end in mid sentence, and most of them at one margin.
    if wrapped * 3 < long * 2 or near * 2 < wrapped:
        return None
    return _Column(best, 0.05 <= indents / count <= 0.5)


def _is_indented(text: str, start: int) -> bool:
    """Tell whether the line that begins at ``start`` is indented as a paragraph is."""
    before = text[max(0, start - 4) : start]
    return before.endswith("　　") or before == "    "


def _line(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]]


def _resumes(
    text: str, spans: list[tuple[int, int]], number: int, column: _Column | None
) -> int | None:
    """Return the line that goes on with the paragraph of this one; none where it ends."""
    following = number + 1
    if following >= len(spans):
        return None
    line, after = _line(text, spans[number]), _line(text, spans[following])
    last = line[-1]
    if last in _OPENERS:
        return following
    if "\t" in line or "\t" in after or (last.isdigit() and _CONTENTS.search(line[-60:])):
        return None
    if not (_goes_on(line) if column is None else _fills(line, column)):
        return None
    if column is None and "。" not in line and "。" not in after and len(after) < _SHORT:
        gap = text[spans[number][1] : spans[following][0]]
        if gap.count("\n") > 1:
            return None  # items of a list, a blank line between them
    if _BULLET.match(line) and len(after) < _SHORT and not _marked(after):
        return None  # a heading behind the items of the one before
    if _PAGE_NUMBER.match(after):
        # A page number between the halves of a sentence; a lone cell of a table is after a short line.
        following += 1
        if following >= len(spans):
            return None
        after = _line(text, spans[following])
    if column is not None and column.indented and _is_indented(text, spans[following][0]):
        return None
    return None if _STARTER.match(after) else following


def _marked(line: str) -> bool:
    """Tell whether a line has marks of punctuation, inside or at its end."""
    return line[-1] in _ENDS or _INNER.search(line) is not None


def _goes_on(line: str) -> bool:
    """Tell whether a line that is a paragraph, or a part of one cut by a page, is not at its end."""
    if line[-1] in _ENDS or (line[-1] in _CLOSERS and line.rstrip(_CLOSERS)[-1:] in _ENDS):
        return False
    if _INNER.search(line) is None or line[0] == "#":
        return False
    if "。" in line:
        return True
    return not _NUMBERED.match(line) and (len(line) >= _SHORT or line[-1] in "，,、")


def _fills(line: str, column: _Column) -> bool:
    """Tell whether a line of a wrapped text is as wide as the column and not at an end."""
    if _width(line) < column.width - 6:
        return False
    if column.indented:
        return True
    return line[-1] not in _ENDS and not (
        line[-1] in _CLOSERS and line.rstrip(_CLOSERS)[-1:] in _ENDS
    )
