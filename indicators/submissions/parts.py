"""The parts of a workbook beside its cells: relations, sheets, shared texts, formats, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from indicators.submissions.formats import BUILT_IN
from indicators.submissions.guard import LONGEST_COMMENT, LONGEST_TEXT, DamagedWorkbook, Refused
from indicators.submissions.package import Package
from indicators.submissions.sheet import parse_span

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "attribute",
    "comments_of",
    "formats",
    "local",
    "relations",
    "rich_text",
    "root_of",
    "shared_texts",
    "sheet_members",
    "unescaped",
    "workbook_member",
]

_LONGEST_FORMAT, _LONGEST_NAME = 255, 255
"""Characters of a number format and of a sheet's name; Excel allows 255 and 31."""
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def local(element: _Element) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def root_of(content: bytes) -> _Element:
    """Parse a part; nothing outside of it is ever fetched.

    Raises:
        DamagedWorkbook: it is no XML.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedWorkbook(str(error)) from None


def attribute(element: _Element, name: str) -> str:
    """Return an attribute by its name without namespace (``r:id`` in its two editions)."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def relations(package: Package, member: str) -> Mapping[str, tuple[str, str]]:
    """Return the relationships of a part: id → (sort, member)."""
    content = package.relations_of(member)
    if content is None:
        return {}
    return {
        attribute(each, "Id"): (
            attribute(each, "Type").rpartition("/")[2],
            package.beside(member, attribute(each, "Target")),
        )
        for each in root_of(content)
        if attribute(each, "TargetMode") != "External"
    }


def workbook_member(package: Package) -> str:
    """Return the name of the workbook part.

    Raises:
        DamagedWorkbook: there is none.
    """
    for sort, member in relations(package, "").values():
        if sort == "officeDocument" and package.get(member) is not None:
            return member
    for name in ("xl/workbook.xml", "workbook.xml"):
        if package.get(name) is not None:
            return name
    raise DamagedWorkbook("workbook.xml")


def sheet_members(package: Package) -> Iterator[tuple[str, str, str]]:
    """Walk the sheets with cells: name, state, member."""
    member = workbook_member(package)
    known = relations(package, member)
    for element in root_of(package.get(member) or b"").iter("{*}sheet"):
        sort, target = known.get(attribute(element, "id"), ("", ""))
        if sort in ("worksheet", "") and target:
            yield attribute(element, "name")[:_LONGEST_NAME], attribute(element, "state"), target


def unescaped(text: str) -> str:
    """Return text with the control characters that Excel writes as _x000D_."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)


def rich_text(element: _Element) -> str:
    """Return the text of a string item; phonetic guides are no part of it."""
    parts = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.extend(each.text or "" for each in child if local(each) == "t")
    text = "".join(parts)
    if len(text) > LONGEST_TEXT:
        raise Refused("workbook-text-too-long", found=len(text), expected=LONGEST_TEXT)
    return unescaped(text)


def shared_texts(package: Package, member: str | None) -> tuple[str, ...]:
    """Return the shared strings."""
    content = package.get(member) if member else None
    if content is None:
        return ()
    return tuple(rich_text(item) for item in root_of(content) if local(item) == "si")


def formats(package: Package, member: str | None) -> tuple[str, ...]:
    """Return the number format of every cell style."""
    content = package.get(member) if member else None
    if content is None:
        return ()
    codes = dict(BUILT_IN)
    styles: list[str] = []
    for part in root_of(content):
        if local(part) == "numFmts":
            for each in part:
                number = attribute(each, "numFmtId")
                if number.isdigit():
                    codes[int(number)] = attribute(each, "formatCode")[:_LONGEST_FORMAT]
        elif local(part) == "cellXfs":
            for each in part:
                if local(each) == "xf":
                    number = attribute(each, "numFmtId") or "0"
                    styles.append(
                        codes.get(int(number), "General") if number.isdigit() else "General"
                    )
    return tuple(styles)


def comments_of(package: Package, member: str) -> frozenset[tuple[int, int, str]]:
    """Return the comments of a sheet: row, column, words; replies in a thread are one comment."""
    found: dict[tuple[int, int], str] = {}
    for sort, target in sorted(relations(package, member).values()):
        content = package.get(target) if sort in ("comments", "threadedComment") else None
        if content is None:
            continue
        threads: dict[tuple[int, int], list[str]] = {}
        for each in root_of(content).iter("{*}comment", "{*}threadedComment"):
            place = parse_span(each.get("ref") or "")
            if place is not None:
                words = "".join(
                    part.text or "" for part in each.iter("{*}t", "{*}text") if len(part) == 0
                )
                threads.setdefault((place.top, place.left), []).append(unescaped(words))
        # A thread also stands as an old comment for old programs; the thread itself is cleaner.
        found.update({where: "；".join(texts) for where, texts in threads.items()})
    return frozenset(
        (row, column, words[:LONGEST_COMMENT]) for (row, column), words in found.items()
    )
