"""The sender's workbook back, with the wrong cells marked, a column 问题 and a sheet of findings.

Writing goes through openpyxl in a limited process.  What it cannot keep is said in the file and in
docs/submissions.md: macros, pictures, charts, links to other workbooks.  A file that openpyxl
cannot open, .xls and .csv come back as a new .xlsx with their values and formats.
"""

from __future__ import annotations

import io
import marshal
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from indicators.findings import Finding
from indicators.outputs import printable, sheet_title
from indicators.submissions.child import limit, packed, unpacked
from indicators.submissions.problems import MARKS
from indicators.submissions.sandbox import PATIENT, Opened, run_child
from indicators.submissions.sheet import (
    Merge,
    Sheet,
    Trouble,
    Workbook,
    letter,
    parse_span,
    span,
)
from indicators.submissions.sniff import sniff
from indicators.submissions.table import find_tables
from indicators.submissions.template import ENTRY_FILL, GIVEN_FILL, KEY_ROW
from indicators.submissions.writing import (
    FONT,
    HEADING,
    Head,
    boxed,
    lay_out,
    lines_of,
    print_wide,
    put,
    workbook_bytes,
)

if TYPE_CHECKING:
    from openpyxl.styles import PatternFill
    from openpyxl.workbook import Workbook as Book
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["RESULT_SHEET", "annotated", "ours"]

RESULT_SHEET = "校验结果"
_AUTHOR = "indicator-monitor"
_HEADING = "问题"
_HEAD_FILL = "FDE9D9"
_FILLS = {"error": "FFC7CE", "warning": "FFEB9C"}
_MOST_COMMENTS = 2_000
_WIDTH, _TALLEST = 48, 400.0
"""Width of the column of problems, and the tallest row that Excel allows, nearly."""

Mark = tuple[str, str, str, str, str, str, str]
"""Severity, code, sheet, cell, found, message, action."""


def ours(sheet: Sheet) -> bool:
    """Tell whether a sheet is the list of findings that we added to a workbook."""
    return sheet.name == RESULT_SHEET


def annotated(opened: Opened, findings: Sequence[Finding]) -> bytes | None:
    """Return the workbook with its findings marked; None where the file could not be read at all.

    The marked workbook, corrected, can be imported again: what we added is not read.
    """
    if opened.workbook is None:
        return None
    marks: list[Mark] = [
        (f.severity, f.code, f.sheet, f.cell, f.found, f.message, f.action) for f in findings
    ]
    kept = sniff(opened.content) in ("xlsx", "xlsm")
    for content in (opened.content, b"") if kept else (b"",):
        payload = marshal.dumps((content, packed(opened.workbook), marks))
        ended, output = run_child(
            "indicators.submissions.annotation", opened.name, payload, PATIENT
        )
        if not ended:
            return output
    return None


def write(content: bytes, workbook: Workbook, marks: Sequence[Mark]) -> bytes:
    """Write the marked workbook: into the sender's file, or into a new one where it is empty."""
    titles = {each.name: each.name for each in workbook.sheets}
    book = _sender_book(content) if content else _new_book(workbook, titles)
    by_sheet: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_sheet[mark[2]].append(mark)
    for sheet in workbook.sheets:
        if titles[sheet.name] in book.sheetnames and not ours(sheet):
            target = book[titles[sheet.name]]
            _clear(target)
            _mark(target, sheet, by_sheet.get(sheet.name, []))
    _results(book, marks, titles, copied=not content)
    return workbook_bytes(book)


def _sender_book(content: bytes) -> Book:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), keep_links=False)
    if RESULT_SHEET in book.sheetnames:
        del book[RESULT_SHEET]
    return book


def _new_book(workbook: Workbook, titles: dict[str, str]) -> Book:
    """Return a workbook with the values; ``titles`` learns what its sheets had to be called."""
    from openpyxl import Workbook as Empty

    book = Empty()
    book.remove(book.worksheets[0])
    for sheet in workbook.sheets:
        titles[sheet.name] = sheet_title(sheet.name, book.sheetnames)
        target = book.create_sheet(titles[sheet.name])
        for row in sheet.rows:
            for column, (value, form) in enumerate(
                zip(row.values, row.formats, strict=True), row.start
            ):
                if value is None:
                    continue
                cell = put(
                    target,
                    row.number,
                    column,
                    str(value.name) if isinstance(value, Trouble) else value,
                )
                if isinstance(value, Trouble) and value.name.startswith("#"):
                    cell.data_type = "e"
                if form != "General":
                    cell.number_format = form
        for merge in sheet.merges:
            target.merge_cells(
                start_row=merge.top,
                start_column=merge.left,
                end_row=merge.bottom,
                end_column=merge.right,
            )
        if sheet.hidden:
            target.sheet_state = "hidden" if sheet.hidden == "hidden" else "veryHidden"
    return book


def _clear(sheet: Worksheet) -> None:
    """Take off what an earlier round marked."""
    from openpyxl.styles import PatternFill

    template = sheet.cell(KEY_ROW, 1).value == "key" and sheet.protection.sheet
    for row in sheet.iter_rows(
        max_row=min(sheet.max_row, 100_000), max_col=min(sheet.max_column, 500)
    ):
        for cell in row:
            if cell.comment is not None and cell.comment.author == _AUTHOR:
                cell.comment = None
                colour = ENTRY_FILL if not cell.protection.locked else GIVEN_FILL
                cell.fill = PatternFill("solid", colour) if template else _ground(sheet, cell.style)
            if isinstance(cell.value, str) and cell.value.startswith(tuple(MARKS.values())):
                cell.value = None


def _ground(sheet: Worksheet, style: str) -> PatternFill:
    """Return the fill of a named style, as the cells of settings and 台账 have one by column."""
    from openpyxl.styles import PatternFill

    book: Any = sheet.parent
    named = {each.name: each for each in book._named_styles}  # noqa: SLF001 - no public way
    fill: PatternFill = copy(named[style].fill) if style in named else PatternFill()
    return fill


def _mark(sheet: Worksheet, source: Sheet, marks: Sequence[Mark]) -> None:
    from openpyxl.cell import Cell
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    places: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    rows: dict[int, list[str]] = defaultdict(list)
    for mark in marks:
        place = _place(mark[3])
        if place is not None:
            places[place.top, place.left].append(mark)
            where = "" if mark[3] == f"{place}" else f"{mark[3]} "
            rows[place.top].append(f"{MARKS[mark[0]]}{where}{mark[5]}；{mark[6]}")
    for (row, column), found in list(places.items())[:_MOST_COMMENTS]:
        cell = sheet.cell(row, column)
        if not isinstance(cell, Cell):
            continue  # inside a merged range: its first cell carries the mark of its own
        words = "\n".join(f"{MARKS[mark[0]]}{mark[5]}；{mark[6]}" for mark in found)
        comment = Comment(printable(words), _AUTHOR, height=110, width=320)
        cell.comment = comment
        worst = next(
            (each for each in ("error", "warning") if any(m[0] == each for m in found)), ""
        )
        if worst:
            cell.fill = PatternFill("solid", _FILLS[worst])
    if not rows:
        return
    column = _free_column(source)
    if column > 16_384:
        return
    for head in _heads(source, rows):
        heading = sheet.cell(head, column)
        if isinstance(heading, Cell) and heading.value is None:
            heading.value = _HEADING
            heading.font = Font(name=HEADING, size=10.5, color="C00000")
            heading.fill, heading.border = PatternFill("solid", _HEAD_FILL), boxed()
            heading.alignment = Alignment(horizontal="center", vertical="center")
    for row, texts in rows.items():
        cell = sheet.cell(row, column)
        if isinstance(cell, Cell):
            put(sheet, row, column, "\n".join(texts)[:32_000])
            cell.font, cell.border = Font(name=FONT, size=10, color="C00000"), boxed()
            cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
            need = min(_TALLEST, 15.0 * lines_of("\n".join(texts), _WIDTH - 2))
            sheet.row_dimensions[row].height = max(need, sheet.row_dimensions[row].height or 0)
    sheet.column_dimensions[letter(column)].width = _WIDTH
    _print_too(sheet, column)
    set_up = sheet.sheet_properties.pageSetUpPr
    if not (set_up and set_up.fitToPage) and not sheet.print_area:
        print_wide(sheet)  # or the column of problems would be a page of its own


def _print_too(sheet: Worksheet, column: int) -> None:
    """Widen the print area to the column of problems, where there is one area."""
    area = parse_span(str(sheet.print_area).rpartition("!")[2]) if sheet.print_area else None
    if area is not None and area.right < column and "," not in str(sheet.print_area):
        sheet.print_area = span(area.top, area.left, area.bottom, column)


def _heads(source: Sheet, rows: Iterable[int]) -> set[int]:
    """Return the last header row of each table in which there is something to say."""
    return {
        table.header[-1]
        for table in find_tables(source)
        if table.header and any(table.header[-1] < row <= table.bottom for row in rows)
    }


def _place(cell: str) -> Merge | None:
    """Return the first cell of a place, None for whole rows and columns."""
    return parse_span(cell) if any(char.isalpha() for char in cell) else None


def _free_column(source: Sheet) -> int:
    """Return the column after everything that stands on the sheet, our own words left out."""
    last = 1
    for row in source.rows:
        for column in range(row.start + len(row.values) - 1, last, -1):
            value = row.values[column - row.start]
            ours_too = isinstance(value, str) and (
                value.startswith(tuple(MARKS.values())) or value == _HEADING
            )
            if value is not None and not ours_too:
                last = column
                break
    return last + 1


_RESULTS = (
    Head("级别", 8, "centre"), Head("工作表", 16), Head("单元格", 12, "centre"), Head("实有", 22),
    Head("问题", 50), Head("处理", 44), Head("代码", 24),
)  # fmt: skip


def _results(book: Book, marks: Sequence[Mark], titles: Mapping[str, str], *, copied: bool) -> None:
    from openpyxl.styles import Font, PatternFill

    kept = (
        "原文件格式不能回写，本文件由读到的数值重新生成，公式、图片和样式没有保留。"
        if copied
        else "本文件由系统写回：宏、图片、图表和对其他工作簿的引用没有保留，公式在重新打开保存后才有计算结果。"
    )
    order = {"error": 0, "warning": 1, "note": 2}
    told = sorted(marks, key=lambda each: order[each[0]])
    sheet = book.create_sheet(RESULT_SHEET)
    note = "红色为错误，须改正；黄色为提醒，核对无误可以确认。改好后把本文件交回即可，本表再次导入时不读取。"
    first = lay_out(
        sheet,
        RESULT_SHEET,
        note + kept,
        _RESULTS,
        [
            (
                MARKS[severity].strip("【】"), name, cell, found[:2_000], message[:2_000],
                action[:2_000], code,
            )
            for severity, code, name, cell, found, message, action in told
        ],
    )  # fmt: skip
    for row, (severity, _, name, cell, *_) in enumerate(told, start=first):
        if severity in _FILLS:
            sheet.cell(row, 1).fill = PatternFill("solid", _FILLS[severity])
        title = titles.get(name, "")
        if title in book.sheetnames and _place(cell) is not None:
            quoted = title.replace("'", "''")
            sheet.cell(row, 3).hyperlink = f"#'{quoted}'!{cell}"
            sheet.cell(row, 3).font = Font(name=FONT, size=10.5, color="0563C1", underline="single")


def main(arguments: Sequence[str]) -> None:
    """Write the marked workbook in this process: stdin to stdout."""
    _, memory, seconds = arguments
    content, plain, marks = marshal.loads(sys.stdin.buffer.read())  # noqa: S302 - from our parent
    limit(int(memory), int(seconds))
    sys.stdout.buffer.write(write(content, unpacked(plain), marks))


if __name__ == "__main__":
    main(sys.argv[1:])
