"""The process that parses a workbook: limited, alone, and gone afterwards.

``python -m indicators.submissions.child`` reads the file from stdin and writes a marshalled answer
to stdout: ``("read", workbook)`` or ``("refused", code, fields)``.  A hostile file can only make it
fail; marshal, unlike pickle, cannot run anything in the parent.
"""

from __future__ import annotations

import marshal
import os
import resource
import sys
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, NoReturn

from indicators.bulk import collector_at_rest
from indicators.submissions.guard import MOST_BYTES, DamagedWorkbook, Refused
from indicators.submissions.reach import REACHES, Reach
from indicators.submissions.sheet import Merge, Row, Sheet, Trouble, Workbook
from indicators.submissions.sniff import FileSort, sniff

__all__ = ["limit", "main", "packed", "parse", "unpacked"]

_REFUSED: dict[FileSort, str] = {
    "empty": "workbook-empty-file", "xlsb": "workbook-other-format", "ods": "workbook-other-format",
    "docx": "workbook-not-a-workbook", "zip": "workbook-not-a-workbook",
    "damaged_zip": "workbook-damaged", "encrypted": "workbook-encrypted",
    "word": "workbook-not-a-workbook", "ole": "workbook-not-a-workbook",
    "html": "workbook-other-format", "xml_sheet": "workbook-other-format",
    "pdf": "workbook-not-a-workbook", "image": "workbook-not-a-workbook",
    "binary": "workbook-not-a-workbook",
}  # fmt: skip
_NAMES: dict[FileSort, str] = {
    "xlsb": "Excel 二进制工作簿（.xlsb）", "ods": "OpenDocument 表格（.ods）", "docx": "Word 文档",
    "zip": "压缩包", "word": "Word 文档", "ole": "其他 OLE 文档", "html": "网页（HTML）",
    "xml_sheet": "Excel 2003 XML 表格", "pdf": "PDF", "image": "图片", "binary": "二进制文件",
    "damaged_zip": "损坏的压缩包", "encrypted": "加密文件", "empty": "空文件",
}  # fmt: skip


def parse(content: bytes, name: str, reach: Reach | None = None) -> Workbook:
    """Read a workbook of any readable sort, with a ``reach`` what it allows of a large one.

    Raises:
        Refused: it is no workbook, encrypted, damaged, or too heavy.
    """
    import zipfile

    sort = sniff(content)
    if sort in _REFUSED:
        raise Refused(_REFUSED[sort], found=_NAMES[sort])
    if sort == "xls" and len(content) > MOST_BYTES:
        limit = f"{MOST_BYTES // 2**20} MB"
        raise Refused("workbook-too-large", found=f"超过 {limit}", expected=limit)
    if sort == "text":
        from indicators.submissions.delimited import decoded, is_table, read_delimited

        text = decoded(content) or ""
        if not name.lower().endswith((".csv", ".tsv")) and not is_table(text):
            raise Refused("workbook-not-a-workbook", found="纯文本")
        return read_delimited(text, name.rpartition(".")[0] or name, reach)
    if sort == "xls":
        return _parse_biff(content, reach)
    from indicators.submissions.guard import unpack
    from indicators.submissions.ooxml import read_ooxml

    try:
        return read_ooxml(unpack(content, reach), reach)
    except (DamagedWorkbook, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise Refused("workbook-damaged", found=str(error)[:120]) from None


def _parse_biff(content: bytes, reach: Reach | None) -> Workbook:
    import struct
    from importlib import import_module

    from indicators.submissions.biff import read_biff

    failures: tuple[type[Exception], ...] = (
        import_module("xlrd").XLRDError,
        import_module("xlrd.compdoc").CompDocError,
        struct.error, IndexError, KeyError, ValueError, AssertionError, TypeError, AttributeError,
    )  # fmt: skip
    try:
        return read_biff(content, reach)
    except failures as error:
        if "encrypted" in str(error).lower():
            raise Refused("workbook-encrypted", found="加密的 .xls") from None
        raise Refused("workbook-damaged", found=str(error)[:120]) from None


def packed(workbook: Workbook) -> Any:
    """Return a workbook as plain tuples, the rows of a sheet column by column."""
    return (
        workbook.reader,
        workbook.date1904,
        workbook.macros,
        workbook.links,
        workbook.names,
        tuple(
            (
                sheet.name, sheet.hidden, tuple(map(tuple, sheet.merges)),
                tuple(sheet.hidden_rows), tuple(sheet.hidden_columns), tuple(sheet.comments),
                sheet.date1904, sheet.formats_known, sheet.unread, _packed_rows(sheet.rows),
            )
            for sheet in workbook.sheets
        ),
    )  # fmt: skip


def _packed_rows(rows: Sequence[Row]) -> Any:
    numbers, starts, values, formats, formulas = zip(*rows, strict=True) if rows else [()] * 5
    plain = list(values)
    troubles: list[tuple[int, list[tuple[int, str]]]] = []
    any_trouble = Trouble in set(map(type, chain.from_iterable(values)))
    for at, row in enumerate(values if any_trouble else ()):
        if Trouble in map(type, row):
            named = [(place, v.name) for place, v in enumerate(row) if v.__class__ is Trouble]
            plain[at] = tuple(None if v.__class__ is Trouble else v for v in row)
            troubles.append((at, named))
    return numbers, starts, plain, formats, formulas, troubles


def unpacked(plain: Any) -> Workbook:
    """Return the workbook that ``packed`` made plain."""
    reader, date1904, macros, links, names, sheets = plain
    return Workbook(
        reader=reader,
        date1904=date1904,
        macros=macros,
        links=links,
        names=names,
        sheets=tuple(
            Sheet(
                name=name,
                hidden=hidden,
                merges=tuple(Merge(*each) for each in merges),
                hidden_rows=frozenset(hidden_rows),
                hidden_columns=frozenset(hidden_columns),
                comments=frozenset(comments),
                date1904=sheet1904,
                formats_known=known,
                unread=unread,
                rows=_unpacked_rows(*rows),
            )
            for (
                name, hidden, merges, hidden_rows, hidden_columns, comments, sheet1904, known, unread, rows,
            ) in sheets
        ),
    )  # fmt: skip


def _unpacked_rows(
    numbers: Any, starts: Any, values: Any, formats: Any, formulas: Any, troubles: Any
) -> tuple[Row, ...]:
    for at, named in troubles:
        row = list(values[at])
        for place, name in named:
            row[place] = Trouble(name)
        values[at] = tuple(row)
    return tuple(map(Row, numbers, starts, values, formats, formulas))


def limit(memory: int, seconds: int) -> None:
    """Bound this process: bytes of address space, seconds of CPU, no core file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str], read: Callable[[], bytes], write: Callable[[bytes], object]) -> None:
    """Parse what stands on stdin: arguments are file name, bytes of memory, seconds of CPU.

    A fourth one names how far a look reads; without it everything is read.
    """
    name, memory, seconds, *reach = arguments
    content = read()
    limit(int(memory), int(seconds))
    try:
        with collector_at_rest():
            answer: Any = ("read", packed(parse(content, name, *map(REACHES.__getitem__, reach))))
    except Refused as refused:
        answer = ("refused", refused.code, refused.fields)
    except MemoryError:
        answer = ("refused", "workbook-too-heavy", {"found": "内存", "expected": ""})
    write(marshal.dumps(answer))


def _leave(answer: bytes) -> NoReturn:
    """Write the answer and be gone: taking a million cells apart one by one would cost time."""
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer.read, _leave)
