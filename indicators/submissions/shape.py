"""Rows of one form: the same columns, styles and sorts of cells, and only values that change.

A form is a pattern over a whole row, so that a row costs one match and a look-up a value, and its
formats and the place of its formulas are known once for all.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat

from indicators.submissions.guard import LONGEST_TEXT, Refused
from indicators.submissions.sheet import UNCALCULATED, Row, Trouble, Value, column_number

__all__ = ["Cells", "Form", "Reading", "Shape", "form_of", "steady"]

Cells = Sequence[tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]]
"""Of each cell: letters, style, sort, formula, value, empty value, text in the cell."""
Form = tuple[tuple[bytes, bytes, bytes, bool, bool, bool], ...]
"""The same without what changes: whether there is a formula, a value, a text."""

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile(r"&[#A-Za-z0-9]{1,10};")
_LOOKED = 256
"""Values of a column that tell whether it repeats itself."""


class Reading:
    """What a sheet's cells say, by their sort."""

    def __init__(self, texts: Sequence[str], styles: Sequence[str]) -> None:
        self.texts = texts
        self.styles = styles
        self.columns: dict[bytes, int] = {}
        self.formats: dict[bytes, str] = {b"": styles[0] if styles else "General"}
        self.shared: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.entities: dict[str, str] = {}
        self.by_sort: Mapping[bytes, Callable[[bytes], Value]] = {
            b"": _number,
            b"n": _number,
            b"s": self._shared,
            b"str": self.text,
            b"inlineStr": self.text,
            b"b": lambda written: written in (b"1", b"true"),
            b"e": lambda written: Trouble(written.decode()),
        }
        """What stands in ``<v>``, or in the text of an ``inlineStr``."""

    def read(self, sort: bytes, column: Sequence[bytes]) -> Sequence[Value]:
        """Read values of one sort.

        Raises:
            ValueError, IndexError: there is no such sort, or a value says what it may not.
        """
        read = self.by_sort.get(sort)
        if read is None:
            raise ValueError(sort)
        if len(column) == 1:
            return [read(column[0])]
        many = _MANY.get(sort)
        few = len(set(column[:_LOOKED])) * 2 <= min(_LOOKED, len(column))
        distinct = list(set(column)) if few or many is None else column
        values = many(distinct) if many else None
        if values is None:
            values = list(map(read, distinct))
        if distinct is column:
            return values
        # Equal values are read once and are one object then.
        return list(map(dict(zip(distinct, values, strict=True)).__getitem__, column))

    def _shared(self, written: bytes) -> Value:
        if not written.isdigit():
            raise ValueError(written)
        return self.texts[int(written)] or None

    def text(self, written: bytes) -> str:
        """Return a text: entities and the control characters that Excel escapes resolved."""
        text = written.decode("utf-8")
        if "&" in text:
            text = _ENTITY.sub(self._entity, text)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > LONGEST_TEXT:
            raise Refused("workbook-text-too-long", found=len(text), expected=LONGEST_TEXT)
        if "_x" in text:
            text = _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)
        return text

    def _entity(self, found: re.Match[str]) -> str:
        written = found[0]
        known = self.entities.get(written)
        if known is None:
            known = self.entities[written] = html.unescape(written)
        return known

    def column(self, letters: bytes) -> int:
        """Return the number of a column."""
        known = self.columns.get(letters)
        if known is None:
            known = self.columns[letters] = column_number(letters.decode())
        return known

    def format(self, style: bytes) -> str:
        """Return the number format of a style."""
        known = self.formats.get(style)
        if known is None:
            at = int(style)
            known = self.formats[style] = self.styles[at] if at < len(self.styles) else "General"
        return known

    def row(self, number: int, cells: Cells) -> Row | None:
        """Return a row by its cells, None where they do not rise from left to right.

        Raises:
            ValueError, IndexError: a cell is of no known sort, or says what it may not.
        """
        values: list[Value] = []
        codes: list[str] = []
        formulas: list[int] = []
        first = at = 0
        for letters, style, sort, formula, written, _, inline in cells:
            column = self.column(letters)
            if formula:
                formulas.append(column)
            value: Value
            if written and sort != b"inlineStr":
                value = self.read(sort, (written,))[0]
            elif inline and sort == b"inlineStr":
                value = self.read(sort, (inline,))[0]
            elif formula and sort not in (b"str", b"inlineStr"):
                value = Trouble(UNCALCULATED)
            else:
                continue
            if value is None:
                continue
            if not first:
                first = column
            elif column != at + 1:
                if column <= at:
                    return None
                gap = column - at - 1
                values.extend([None] * gap)
                codes.extend(["General"] * gap)
            at = column
            values.append(value)
            codes.append(self.format(style))
        key = tuple(codes)
        return Row(number, first, tuple(values), self.shared.setdefault(key, key), tuple(formulas))


def _numbers(column: Sequence[bytes]) -> Sequence[Value] | None:
    """Return numbers that are all written alike, None where they are not."""
    try:
        if max(map(len, column)) <= 15:
            return list(map(int, column))
    except ValueError:  # 1.5, 1e5
        pass
    # Where as many points stand as numbers, each has one, or one has two and is no number.
    return list(map(float, column)) if b" ".join(column).count(b".") == len(column) else None


def _texts(column: Sequence[bytes]) -> Sequence[Value] | None:
    """Return texts in which nothing is to be resolved, None where something may be."""
    whole = b"\0".join(column).decode("utf-8")
    if "&" in whole or "\r" in whole or "_x" in whole:
        return None
    texts = whole.split("\0")
    return texts if len(texts) == len(column) and max(map(len, texts)) <= LONGEST_TEXT else None


_MANY: Mapping[bytes, Callable[[Sequence[bytes]], Sequence[Value] | None]] = {
    b"": _numbers,
    b"n": _numbers,
    b"str": _texts,
    b"inlineStr": _texts,
}
"""What reads a column whole, where all of it is of the plainest form."""


def _number(written: bytes) -> int | float:
    if len(written) <= 15 and b"." not in written:
        try:
            return int(written)
        except ValueError:
            return float(written)
    return float(written)


def form_of(cells: Cells) -> Form:
    """Return the form of a row by its cells."""
    return tuple(
        (letters, style, sort, bool(formula), bool(written), bool(inline))
        for letters, style, sort, formula, written, _, inline in cells
    )


def steady(form: Form, reading: Reading, like: Row) -> bool:
    """Tell whether a row has a value wherever its form may: an empty text makes another row."""
    places = (
        reading.column(letters) - like.start
        for letters, _, _, _, written, inline in form
        if written or inline
    )
    return all(0 <= place < len(like.values) and like.values[place] is not None for place in places)


class Shape:
    """The pattern of a form, with the rows that were met and not read yet.

    Args:
        form: the form.
        reading: how values are read.
        like: a row of this form.
    """

    def __init__(self, form: Form, reading: Reading, like: Row) -> None:
        parts = [rb'<row r="(\d{1,7})"([^>]*)>']
        self._reading = reading
        self._like = like
        self._sorts: list[tuple[int, bytes]] = []
        self.met: list[tuple[bytes, ...]] = []
        """What was matched and not read yet."""
        for letters, style, sort, formula, written, inline in form:
            head = b'<c r="' + letters + rb'\d{1,7}"'
            head += b' s="' + style + b'"' if style else b""
            head += b' t="' + sort + b'"' if sort else b""
            inner = rb"<f(?:/>| [^>]*/>|[^>]*>[^<]*</f>)" if formula else b""
            if written:
                inner += rb'<v(?: xml:space="preserve")?>([^<]+)</v>'
            elif inline:
                inner += rb"<is><t(?: [^>]*)?>([^<]+)</t></is>"
            elif formula:
                inner += rb"(?:<v/>|<v></v>)?"
            if written or inline:
                self._sorts.append((reading.column(letters) - like.start, sort))
            tail = b">" + inner + b"</c>"
            parts.append(head + (tail if inner else rb"(?:/>|>(?:<v/>|<v></v>)?</c>)"))
        parts.append(b"</row>")
        self.match = re.compile(b"".join(parts)).match

    def rows(self) -> Iterator[Row]:
        """Read the rows that were met, a column at a time, and forget them.

        Raises:
            ValueError, IndexError: a cell says what it may not.
        """
        if not self.met:
            return
        like, count = self._like, len(self.met)
        numbers, _, *written = zip(*self.met, strict=True)
        self.met = []
        columns: list[Iterable[Value]] = [repeat(value, count) for value in like.values]
        blank = False
        for (place, sort), column in zip(self._sorts, written, strict=True):
            values = columns[place] = self._reading.read(sort, column)
            blank = blank or (sort == b"s" and None in values)
        made = map(
            Row,
            map(int, numbers),
            repeat(like.start),
            zip(*columns, strict=True),
            repeat(like.formats),
            repeat(like.formulas),
        )
        yield from filter(None, map(_trimmed, made)) if blank else made


def _trimmed(row: Row) -> Row | None:
    """Return a row in which a text is empty as if nothing stood there."""
    if None not in row.values:
        return row
    filled = [at for at, value in enumerate(row.values) if value is not None]
    if not filled:
        return None
    first, last = filled[0], filled[-1] + 1
    values = row.values[first:last]
    codes = zip(values, row.formats[first:last], strict=True)
    formats = tuple("General" if value is None else code for value, code in codes)
    return row._replace(start=row.start + first, values=values, formats=formats)
