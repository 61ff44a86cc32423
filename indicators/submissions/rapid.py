"""Rows of a large sheet by pattern: the same cells as the parser of ``ooxml`` gives, faster.

Excel, WPS, LibreOffice and the usual libraries all write cells in one form.  Where a row is not of
that form, or the part holds anything unusual (comments, CDATA, prefixes), the sheet is left to the
parser; a test holds that both give every cell alike.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from indicators.submissions.guard import LONGEST_TEXT, Refused, Weight
from indicators.submissions.sheet import UNCALCULATED, Row, Trouble, Value, column_number

__all__ = ["LARGE", "rapid_rows", "split_sheet"]

LARGE = 2 * 2**20
"""Bytes of a sheet from which the pattern is worth it."""

_ROW = re.compile(rb'<row r="(\d{1,7})"([^>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d{1,6})")?(?: t="([A-Za-z]{1,9})")?'
    rb"(?:/>|>(<f(?:/>| [^>]*/>|[^>]*>[^<]*</f>))?"
    rb'(?:<v(?: xml:space="preserve")?>([^<]*)</v>|(<v/>|<v></v>)|<is><t(?: [^>]*)?>([^<]*)</t></is>)?</c>)'
)
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def split_sheet(content: bytes) -> tuple[bytes, bytes] | None:
    """Return a sheet's rows and the rest of it, None where it must be parsed as a whole."""
    start, end = content.find(b"<sheetData>"), content.rfind(b"</sheetData>")
    if start < 0 or end < start or b"<!" in content[:start]:
        return None
    rows = content[start + 11 : end]
    if b"<!" in rows or b"\x00" in rows[:200]:
        return None
    return rows, content[: start + 11] + content[end:]


def _text(written: bytes) -> str:
    text = written.decode("utf-8")
    if "&" in text:
        text = html.unescape(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST_TEXT:
        raise Refused("workbook-text-too-long", found=len(text), expected=LONGEST_TEXT)
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)
    return text


def rapid_rows(
    rows: bytes, texts: Sequence[str], styles: Sequence[str], weight: Weight
) -> tuple[list[Row], set[int]] | None:
    """Return the rows of a sheet and which are hidden, None where a row is of another form.

    Raises:
        Refused: the sheet passes a limit.
    """
    columns: dict[bytes, int] = {}
    formats: dict[bytes, str] = {b"": styles[0] if styles else "General"}
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    found: list[Row] = []
    hidden: set[int] = set()
    covered = last_number = 0
    try:
        for row in _ROW.finditer(rows):
            covered += 1
            number = int(row[1])
            if number <= last_number:
                return None
            last_number = number
            if b"hidden" in row[2] and _HIDDEN.search(row[2]):
                hidden.add(number)
            body = row[3]
            if not body:
                continue
            cells = _CELL.findall(body)
            if len(cells) != body.count(b"<c ") + body.count(b"<c>"):
                return None
            made = _row(number, cells, texts, styles, columns, formats, shared)
            if made is None:
                return None
            if made.values:
                weight.add_row(len(made.values))
                found.append(made)
    except (ValueError, IndexError):
        return None
    if covered != rows.count(b"<row ") + rows.count(b"<row>"):
        return None
    return found, hidden


def _row(
    number: int,
    cells: Sequence[tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]],
    texts: Sequence[str],
    styles: Sequence[str],
    columns: dict[bytes, int],
    formats: dict[bytes, str],
    shared: dict[tuple[str, ...], tuple[str, ...]],
) -> Row | None:
    values: list[Value] = []
    codes: list[str] = []
    formulas: list[int] = []
    first = at = 0
    for letters, style, sort, formula, written, _, inline in cells:
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = column_number(letters.decode())
        if formula:
            formulas.append(column)
        value: Value
        if written:
            if not sort or sort == b"n":
                value = (
                    int(written) if len(written) <= 15 and b"." not in written and written.isdigit()
                    else _number(written)
                )  # fmt: skip
            elif sort == b"s":
                value = texts[int(written)]
                if value == "":
                    value = None
            elif sort == b"str":
                value = _text(written)
            elif sort == b"b":
                value = written in (b"1", b"true")
            elif sort == b"e":
                value = Trouble(written.decode())
            else:
                return None
        elif inline and sort == b"inlineStr":
            value = _text(inline)
        elif formula and sort not in (b"str", b"inlineStr"):
            value = Trouble(UNCALCULATED)
        else:
            continue
        if value is None:
            continue
        code = formats.get(style)
        if code is None:
            known = int(style)
            code = formats[style] = styles[known] if known < len(styles) else "General"
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
        codes.append(code)
    key = tuple(codes)
    return Row(number, first, tuple(values), shared.setdefault(key, key), tuple(formulas))


def _number(written: bytes) -> int | float:
    if len(written) <= 15 and b"." not in written:
        try:
            return int(written)
        except ValueError:
            return float(written)
    return float(written)
