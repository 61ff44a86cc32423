"""Reading .xlsx and .xlsm, transitional and strict, part by part.

A reader of our own and not a library's, because each library loses something an importer needs
(docs/submissions.md): error values, formulas that were never calculated, hidden rows, number
formats, the dates of Chinese editions, or, in strict files, all sheets.  Only values are read;
macros, links, drawings and formulas are not.
"""

from __future__ import annotations

import re
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Literal

from indicators.submissions.guard import (
    LONGEST_COMMENT,
    LONGEST_TEXT,
    MOST_ROWS,
    DamagedWorkbook,
    Refused,
    Weight,
)
from indicators.submissions.package import Package, canonical
from indicators.submissions.parts import (
    attribute,
    comments_of,
    formats,
    local,
    relations,
    rich_text,
    root_of,
    shared_texts,
    sheet_members,
    unescaped,
    workbook_member,
)
from indicators.submissions.rapid import LARGE, rapid_rows, rows_between
from indicators.submissions.reach import Reach
from indicators.submissions.sheet import (
    UNCALCULATED,
    Merge,
    Row,
    Sheet,
    Trouble,
    Value,
    Workbook,
    column_number,
    parse_span,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_ooxml"]

_1904 = 1462
"""Days between the two date systems."""
_MOST_SOURCES = 1_000
_WIDE = 512
"""A run of columns said to be hidden beyond this is the empty rest of the sheet."""
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def number_of(written: str) -> int | float:
    """Read a number as the file writes it: exact where it is a whole number."""
    try:
        return int(written) if len(written) <= 15 and "." not in written else float(written)
    except ValueError:
        return float(written)


def serial_of(written: str) -> float | str:
    """Return the serial number of an ISO day or moment, the text where it is none."""
    from datetime import datetime

    try:
        moment = datetime.fromisoformat(written.replace("Z", ""))
    except ValueError:
        return written
    since = moment.replace(tzinfo=None) - datetime(1899, 12, 30)  # noqa: DTZ001 - no zone
    return since.days + since.seconds / 86_400


class SheetReader:
    """Reads the cells of sheets that share texts and styles."""

    def __init__(self, texts: tuple[str, ...], styles: tuple[str, ...], *, date1904: bool) -> None:
        self.texts = texts
        self.styles = styles
        self.date1904 = date1904
        self.shared: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.weight = Weight()
        self.sources: set[str] = set()
        """What drop-downs take their choices from."""

    def value(self, element: _Element) -> tuple[Value, bool]:
        """Return what stands in a cell, and whether a formula gave it."""
        sort = element.get("t")
        written: str | None = None
        formula = False
        inline = ""
        for part in element:
            name = local(part)
            if name == "v":
                written = part.text
            elif name == "f":
                formula = True
            elif name == "is":
                inline = rich_text(part)
        if sort == "inlineStr":
            return inline or None, formula
        if written is None or written == "":
            if formula and sort != "str":
                return Trouble(UNCALCULATED), True
            return None, formula
        if sort == "s":
            at = int(written) if written.strip().isdigit() else -1
            return (self.texts[at] or None if 0 <= at < len(self.texts) else None), formula
        if sort == "str":
            if len(written) > LONGEST_TEXT:
                raise Refused("workbook-text-too-long", found=len(written), expected=LONGEST_TEXT)
            return unescaped(written), formula
        if sort == "e":
            return Trouble(written), formula
        if sort == "b":
            return written.strip() in ("1", "true"), formula
        if sort == "d":
            serial = serial_of(written)
            return (
                serial - _1904 if self.date1904 and isinstance(serial, float) else serial
            ), formula
        try:
            return number_of(written.strip()), formula
        except ValueError:
            return written, formula

    def row(self, element: _Element, number: int) -> Row | None:
        """Return a row, None where nothing stands in it."""
        filled: dict[int, Value] = {}
        styles: dict[int, str] = {}
        formulas = []
        column = 0
        for cell in element:
            reference = _REFERENCE.match(cell.get("r") or "")
            column = column_number(reference.group(1)) if reference else column + 1
            value, formula = self.value(cell)
            if formula:
                formulas.append(column)
            if value is None:
                continue
            filled[column] = value
            style = cell.get("s") or "0"
            known = style.isdigit() and int(style) < len(self.styles)
            code = self.styles[int(style)] if known else "General"
            if cell.get("t") == "d" and code == "General":
                code = "yyyy-mm-dd"
            styles[column] = code
        if not filled:
            return None
        first, last = min(filled), max(filled)
        self.weight.add_row(last - first + 1)
        codes = tuple(styles.get(each, "General") for each in range(first, last + 1))
        return Row(
            number,
            first,
            tuple(filled.get(each) for each in range(first, last + 1)),
            self.shared.setdefault(codes, codes),
            tuple(formulas),
        )

    def read(
        self,
        content: bytes,
        name: str,
        hidden: Literal["", "hidden", "very_hidden"],
        comments: frozenset[tuple[int, int, str]],
        unread: int = 0,
        until: float = inf,
    ) -> Sheet:
        """Read a sheet; what comes after ``until`` of a large one in an unusual form is left out.

        Raises:
            DamagedWorkbook: it is no XML.
        """
        from io import BytesIO

        from lxml import etree

        rapid = None
        if len(content) >= LARGE and (between := rows_between(content)) is not None:
            rapid = rapid_rows(content, between, self.texts, self.styles, self.weight)
            if rapid is not None:
                content = content[: between[0]] + content[between[1] :]
        slow = until if rapid is None and len(content) >= LARGE else inf
        rows: dict[int, Row] = {}
        merges: list[Merge] = []
        hidden_rows: set[int] = set()
        hidden_columns: set[int] = set()
        number = 0
        steps = etree.iterparse(
            BytesIO(content),
            events=("end",),
            tag=("{*}row", "{*}mergeCell", "{*}col", "{*}formula1"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        try:
            for _, element in steps:
                sort = local(element)
                if sort == "row":
                    if slow < inf and monotonic() > slow:
                        unread += max(1, content.count(b"<row ") - len(rows))
                        break
                    given = element.get("r") or ""
                    number = int(given) if given.isdigit() else number + 1
                    if element.get("hidden") in ("1", "true"):
                        hidden_rows.add(number)
                    row = self.row(element, number)
                    if row is not None:
                        rows[number] = row
                    element.clear()
                    while element.getprevious() is not None:
                        parent = element.getparent()
                        if parent is None:
                            break
                        del parent[0]
                elif sort == "mergeCell":
                    merge = parse_span(element.get("ref") or "")
                    if merge is not None and (merge.width > 1 or merge.height > 1):
                        self.weight.add_merge(merge.width * merge.height)
                        merges.append(merge)
                elif sort == "formula1":
                    self.sources.add(
                        "".join(map(str, element.itertext())).strip()[:LONGEST_COMMENT]
                    )
                elif element.get("hidden") in ("1", "true"):
                    first, last = int(element.get("min") or 0), int(element.get("max") or 0)
                    hidden_columns.update(range(first, min(last, first + _WIDE) + 1))
        except etree.XMLSyntaxError as error:
            raise DamagedWorkbook(str(error)) from None
        if rapid is not None:
            hidden_rows |= rapid[1]
        last = rapid[0][-1].number if rapid and rapid[0] else max(rows, default=0)
        if last > MOST_ROWS:
            raise Refused("workbook-too-large", found=f"第 {last} 行", expected=f"{MOST_ROWS} 行")
        return Sheet(
            name=name,
            rows=tuple(rapid[0] if rapid else (rows[each] for each in sorted(rows))),
            hidden=hidden,
            merges=tuple(merges),
            hidden_rows=frozenset(hidden_rows),
            hidden_columns=frozenset(hidden_columns),
            comments=comments,
            date1904=self.date1904,
            unread=unread,
        )


def read_ooxml(package: Package, reach: Reach | None = None) -> Workbook:
    """Read every sheet of a package; with a ``reach`` those that its time allows.

    Raises:
        DamagedWorkbook: a part that is needed is missing or is no XML.
    """
    member = workbook_member(package)
    root = root_of(package.get(member) or b"")
    known = relations(package, member)
    by_sort = dict(known.values())
    date1904 = any(
        attribute(each, "date1904") in ("1", "true") for each in root.iter("{*}workbookPr")
    )
    reader = SheetReader(
        shared_texts(package, by_sort.get("sharedStrings")),
        formats(package, by_sort.get("styles")),
        date1904=date1904,
    )
    until = monotonic() + reach.seconds if reach else inf
    sheets = []
    for name, state, target in sheet_members(package):
        content = package.get(target)
        if content is None:
            raise DamagedWorkbook(target)
        hidden: Literal["", "hidden", "very_hidden"] = (
            "hidden" if state == "hidden" else "very_hidden" if state == "veryHidden" else ""
        )
        unread = package.unread.get(canonical(target), 0)
        if monotonic() > until:
            unread += content.count(b"<row ")
            sheets.append(Sheet(name=name, rows=(), hidden=hidden, unread=unread or -1))
            continue
        comments = comments_of(package, target)
        sheets.append(reader.read(content, name, hidden, comments, unread, until))
    return Workbook(
        sheets=tuple(sheets),
        reader="ooxml",
        date1904=date1904,
        macros="vbaProject" in by_sort,
        links="externalLink" in by_sort,
        names=(
            *((attribute(each, "name"), each.text or "") for each in root.iter("{*}definedName")),
            *(("", source) for source in sorted(reader.sources)[:_MOST_SOURCES] if source),
        ),
    )
