"""The workbook that goes out to an office: one for each quarter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from indicators import figures, periods
from indicators.errors import UsageError
from indicators.ledger import Reader
from indicators.outputs import printable, write_whole
from indicators.submissions.calendar import days_of
from indicators.submissions.entry import (
    ACCUMULATIONS,
    COLUMNS,
    GUIDE_SHEET,
    META_NAME,
    META_SHEET,
    STANDINGS,
    TEMPLATE_VERSION,
    Ask,
    asked,
    checksum,
    registered_office,
)
from indicators.submissions.sheet import letter
from indicators.submissions.writing import (
    FONT,
    HEAD_FILL,
    HEADING,
    boxed,
    lines_of,
    print_wide,
    put,
    workbook_bytes,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["ENTRY_SHEET", "build_template", "write_template"]

ENTRY_SHEET = "填报表"
LIST_SHEET = "_lists"
KEY_ROW, HEADER_ROW = 3, 4
ENTRY_FILL, GIVEN_FILL = "FFF9DB", "F2F2F2"
"""Colours of the cells to fill in, and of those that are given."""
_WIDTHS = {
    "key": 4, "number": 5, "name": 24, "unit": 8.5, "target": 10, "deadline": 12, "last": 11,
    "expected": 12.5, "standing": 9, "expected_on": 11.5, "progress": 24, "problems": 18,
    "next_steps": 18,
}  # fmt: skip
_TEXTS = ("progress", "problems", "next_steps")
_GUIDE = (
    ("怎么填", ""),
    ("1", "只填浅黄色单元格。浅灰色由系统给出，深灰色不适用于这个指标，都已锁定。"),
    ("2", "期末值填季末时点数；年初以来累计填 1 月 1 日至季末的合计；自规划起累计填规划期首日至季末的合计；本期新增只填本季度的数。"),
    ("3", "数值按“计量单位”一列的单位填写。要用别的单位，请连单位写在单元格里，如 1.2亿元，导入时换算。"),
    ("4", "百分比按百分数的数字填写，如 72 表示 72%；单元格设成百分比格式的，以显示的数为准。"),
    ("5", "“数据性质”从下拉列表选择。没有数据的选“暂无数据”，数值留空，并在“进展情况”写明原因。"),
    ("6", "预计完成日期写成 2026-09-30。"),
    ("7", "可以调整行的次序、行高和列宽；请不要改动隐藏的编号行和编号列，不要增删列。"),
    ("怎么交", ""),
    ("8", "填好后交回本文件。有问题的单元格会标色、加批注，并在最右一列写明问题；在退回的文件上改正后再交即可。"),
    ("9", "红色是错误，改正后才能入库；黄色是提醒，核对无误的，交表时请勾选确认。"),
    ("10", "更正已报的数，交表时请写明原因；原来的数保留在历史中。"),
)  # fmt: skip


def expected_now(reader: Reader, place: str, quarter: str) -> dict[str, Decimal]:
    """Return the expected value of each indicator at the end of a quarter, in its unit."""
    from indicators.assessment import judge, schedule_points

    end = periods.quarter(quarter).end
    found: dict[str, Decimal] = {}
    for verdict in judge(reader, as_of=end, place=place).verdicts:
        points = dict(schedule_points(verdict))
        if end in points and len(points) > 1:
            indicator, value = verdict.indicator, points[end]
            # What is counted is expected in whole numbers, rounded down, as it is judged.
            if indicator.dimension.startswith(("count", "person")):
                value = value.to_integral_value(ROUND_FLOOR)
            found.setdefault(indicator.indicator_id, value)
    return found


def write_template(
    reader: Reader,
    office: str,
    place: str,
    quarter: str,
    path: Path,
    *,
    demonstration: bool = False,
) -> Path:
    """Write the template of an office for a quarter.

    Args:
        reader: the ledger.
        office: the office that reports.
        place: its place.
        quarter: such as 2026Q1.
        path: the .xlsx file to write.
        demonstration: mark the file as made up for show.

    Raises:
        UsageError: the quarter is not one, or the office reports no indicator of the place.
    """
    office = registered_office(reader, place, office)
    asks = asked(reader, office, place, quarter, expected_now(reader, place, quarter))
    if not asks:
        raise UsageError(
            f"“{place}”没有由“{office}”报送的指标",
            action="请在设置（indicators settings）中填写报送单位，或改正 --office、--place",
        )
    due = days_of(reader, quarter, place, office).due_on
    content = build_template(
        asks, office, place, quarter, demonstration=demonstration, due=str(due or "")
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    return path


def build_template(
    asks: Sequence[Ask],
    office: str,
    place: str,
    quarter: str,
    *,
    demonstration: bool = False,
    due: str = "",
) -> bytes:
    """Return the template workbook for what is asked."""
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = ENTRY_SHEET
    used = {ask.accumulation for ask in asks}
    keys = [key for key in COLUMNS if not key.startswith("value_") or key[6:] in used]
    title = f"{place} {office} {periods.label(quarter)}指标填报表"
    _fill(sheet, asks, keys, title + ("（演示数据）" if demonstration else ""))
    under = f"填报单位：{office}　　报送期：{periods.label(quarter)}"
    put(sheet, 2, 2, under + (f"　　截止日：{due}" if due else ""))
    _style(sheet, asks, keys)
    _sign(sheet, HEADER_ROW + len(asks) + 1, len(keys))
    _validate(sheet, asks, keys)
    _set_up(sheet, len(asks), len(keys), title)
    _guide(workbook.create_sheet(GUIDE_SHEET), title, demonstration=demonstration)
    lists = workbook.create_sheet(LIST_SHEET)
    for row, word in enumerate(STANDINGS, start=1):
        put(lists, row, 1, word)
    lists.sheet_state = "hidden"
    meta = workbook.create_sheet(META_SHEET)
    row_keys = [ask.key for ask in asks]
    facts = {
        "template": META_NAME,
        "version": TEMPLATE_VERSION,
        "place": place,
        "office": office,
        "quarter": quarter,
        "rows": " ".join(row_keys),
        "checksum": checksum(place, office, quarter, row_keys),
        "demonstration": "演示数据" if demonstration else "",
    }
    for row, (name, value) in enumerate(facts.items(), start=1):
        put(meta, row, 1, name)
        put(meta, row, 2, value)
    meta.sheet_state = "veryHidden"
    from openpyxl.workbook.defined_name import DefinedName

    workbook.defined_names[META_NAME] = DefinedName(META_NAME, attr_text=f"'{META_SHEET}'!$B$1")
    workbook.properties.title = printable(title)
    workbook.properties.creator = "indicator-monitor"
    return workbook_bytes(workbook)


def _fill(sheet: Worksheet, asks: Sequence[Ask], keys: Sequence[str], title: str) -> None:
    put(sheet, 1, 2, title)
    for column, key in enumerate(keys, start=1):
        put(sheet, KEY_ROW, column, key)
        put(sheet, HEADER_ROW, column, COLUMNS[key])
    for row, ask in enumerate(asks, start=HEADER_ROW + 1):
        given: dict[str, str | float | Decimal | date | None] = {
            "key": ask.key, "number": row - HEADER_ROW, "name": ask.name, "unit": ask.unit,
            "target": ask.target, "deadline": ask.deadline, "last": ask.last,
            "expected": None if ask.expected is None else _rounded(ask.expected),
        }  # fmt: skip
        for column, key in enumerate(keys, start=1):
            if given.get(key) is not None:
                put(sheet, row, column, given.get(key))


def _style(sheet: Worksheet, asks: Sequence[Ask], keys: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    box = boxed()
    grey, yellow = PatternFill("solid", GIVEN_FILL), PatternFill("solid", ENTRY_FILL)
    blocked, head = PatternFill("solid", "D9D9D9"), PatternFill("solid", HEAD_FILL)
    last = len(keys)
    sheet.merge_cells(start_row=1, start_column=2, end_row=1, end_column=last)
    sheet.merge_cells(start_row=2, start_column=2, end_row=2, end_column=last)
    sheet.cell(1, 2).font = Font(name=HEADING, size=16, bold=True)
    sheet.cell(1, 2).alignment = Alignment(horizontal="center", vertical="center")
    sheet.cell(2, 2).font = Font(name=FONT, size=11)
    sheet.row_dimensions[1].height = 32
    sheet.row_dimensions[2].height = 20
    sheet.row_dimensions[HEADER_ROW].height = 34
    sheet.row_dimensions[KEY_ROW].hidden = True
    for column, key in enumerate(keys, start=1):
        sheet.column_dimensions[letter(column)].width = max(
            _WIDTHS.get(key, 11), *(len(_shown(ask, key)) + 3 for ask in asks), 0
        )
        cell = sheet.cell(HEADER_ROW, column)
        cell.font, cell.fill, cell.border = Font(name=HEADING, size=10.5), head, box
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.column_dimensions["A"].hidden = True
    plain = Font(name=FONT, size=10.5)
    middle = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    figure = Alignment(horizontal="right", vertical="center", indent=1)
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row, ask in enumerate(asks, start=HEADER_ROW + 1):
        sheet.row_dimensions[row].height = max(
            44, 15.5 * lines_of(ask.name, _WIDTHS["name"] - 3) + 4
        )
        for column, key in enumerate(keys, start=1):
            cell = sheet.cell(row, column)
            entry = key in (*_TEXTS, "standing", "expected_on")
            other = key.startswith("value_") and key[6:] != ask.accumulation
            cell.font, cell.border = plain, box
            cell.alignment = (
                centred if key in ("number", "unit", "target", "deadline", "standing", "expected_on")
                else figure if key in ("last", "expected") or key.startswith("value_")
                else middle
            )  # fmt: skip
            if key.startswith("value_") and not other:
                entry = True
            cell.fill = blocked if other else yellow if entry else grey
            cell.protection = Protection(locked=not entry)
            if key in ("deadline", "expected_on"):
                cell.number_format = "yyyy-mm-dd"
            elif key in ("last", "expected") and (value := getattr(ask, key)) is not None:
                cell.number_format = figures.form(value if key == "last" else _rounded(value))


def _shown(ask: Ask, key: str) -> str:
    """Return a number as its cell shows it, for the width of its column; empty for all else."""
    if key == "target":
        return ask.target
    if key in ("last", f"value_{ask.accumulation}"):
        return "" if ask.last is None else f"{round(ask.last, 6).normalize():,f}"
    if key == "expected":
        return "" if ask.expected is None else f"{_rounded(ask.expected).normalize():,f}"
    return ""


def _rounded(expected: Decimal) -> Decimal:
    """Return an expected value as a person reads it: two decimals, or three digits below one."""
    return round(expected, 2 if abs(expected) >= 1 else 2 - min(expected.adjusted(), -1))


def _sign(sheet: Worksheet, row: int, last: int) -> None:
    """Leave a line for signatures under the table."""
    from openpyxl.styles import Alignment, Font, Protection

    sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=last)
    words = (
        "单位负责人：　　　　　　　　填表人：　　　　　　　　联系电话：　　　　　　　　填报日期："
    )
    cell = put(sheet, row, 2, words)
    cell.font, cell.protection = Font(name=FONT, size=11), Protection(locked=False)
    cell.alignment = Alignment(vertical="center")
    sheet.row_dimensions[row].height = 30


def _validate(sheet: Worksheet, asks: Sequence[Ask], keys: Sequence[str]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    first, last = HEADER_ROW + 1, HEADER_ROW + max(len(asks), 1)

    def rule(key: str, validation: DataValidation, title: str, words: str) -> None:
        column = letter(keys.index(key) + 1)
        validation.errorTitle, validation.error = title, words
        validation.showErrorMessage = True
        sheet.add_data_validation(validation)
        validation.add(f"{column}{first}:{column}{last}")

    for basis, heading in ACCUMULATIONS.items():
        if f"value_{basis}" in keys:
            # A warning and not a stop: 1.2亿元 and 约30 are read too.
            rule(
                f"value_{basis}",
                DataValidation(
                    type="decimal", operator="between", formula1="-1000000000000000",
                    formula2="1000000000000000", allow_blank=True, errorStyle="warning",
                    showInputMessage=True, promptTitle=heading, prompt="按计量单位填写数字",
                ),
                "请填数字", "这里应填数字；如连同单位填写（1.2亿元），请选“是”继续。",
            )  # fmt: skip
    rule(
        "standing",
        DataValidation(
            type="list", formula1=f"={LIST_SHEET}!$A$1:$A${len(STANDINGS)}", allow_blank=True
        ),
        "请从列表选择",
        "请从下拉列表中选择。",
    )
    rule(
        "expected_on",
        DataValidation(
            type="date", operator="greaterThan", formula1="DATE(2000,1,1)", allow_blank=True
        ),
        "请填日期",
        "请写成 2026-09-30。",
    )
    for key in _TEXTS:
        rule(
            key,
            DataValidation(type="textLength", operator="lessThanOrEqual", formula1="2000",
                           allow_blank=True),
            "文字过长", "请控制在 2000 字以内。",
        )  # fmt: skip


def _set_up(sheet: Worksheet, rows: int, columns: int, title: str) -> None:
    sheet.freeze_panes = f"{letter(4)}{HEADER_ROW + 1}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.sort = False
    sheet.protection.autoFilter = False
    print_wide(sheet, heads=HEADER_ROW)
    sheet.print_area = f"B1:{letter(columns)}{HEADER_ROW + rows + 1}"
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.8
    sheet.page_margins.footer = 0.4
    sheet.print_options.horizontalCentered = True
    footer = sheet.oddFooter
    if footer is not None:
        footer.center.text = "第 &P 页，共 &N 页"
        # In a footer & begins a code.
        footer.left.text = printable(title).replace("&", "&&")


def _guide(sheet: Worksheet, title: str, *, demonstration: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 6, 84
    mark = [("演示", "本文件为演示数据，数值是为演示而编的，不是任何机关的实际数字。")]
    lines = [("填报说明", ""), (title, ""), *(mark if demonstration else []), *_GUIDE]
    for row, (number, words) in enumerate(lines, start=1):
        first = put(sheet, row, 1, number)
        if words:
            put(sheet, row, 2, words)
            first.font = sheet.cell(row, 2).font = Font(
                name=FONT,
                size=12,
                bold=number == "演示",
                color="C00000" if number == "演示" else None,
            )
            first.alignment = Alignment(horizontal="center", vertical="center")
            sheet.cell(row, 2).alignment = Alignment(vertical="center", wrap_text=True)
            sheet.row_dimensions[row].height = max(36.0, 18.0 * lines_of(words, 80))
            continue
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        first.font = Font(name=HEADING, size={1: 18, 2: 12}.get(row, 13), bold=row == 1)
        first.alignment = Alignment(
            horizontal="center" if row <= 2 else "left",
            vertical="center",
            wrap_text=True,
            indent=int(row > 2),
        )
        sheet.row_dimensions[row].height = {1: 40, 2: 24}.get(row, 28)
        if row > 2:
            first.fill = PatternFill("solid", HEAD_FILL)
            for column in (1, 2):
                sheet.cell(row, column).border = Border(bottom=Side(style="thin", color="808080"))
    sheet.protection.sheet = True
    print_wide(sheet)
    sheet.page_setup.orientation = "portrait"
    sheet.page_margins.left = sheet.page_margins.right = 0.7
    sheet.print_options.horizontalCentered = True
