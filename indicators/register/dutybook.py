"""The 督查台账 as an office prints it: A3 landscape, groups merged, header on every page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from indicators.register.books import DEMONSTRATION, FONT, Column, Sheet, height
from indicators.register.duties import STATUSES, Duty

__all__ = ["layout", "write"]

_EDITABLE = frozenset(
    {
        "leader",
        "lead_office",
        "supporting_offices",
        "contact",
        "deadline",
        "progress",
        "problems",
        "next_steps",
        "expected_on",
        "status",
        "sealed_on",
    }
)
_COLUMNS = (
    ("key", "编号", 4, True),
    ("version", "导出版本", 4, True),
    ("quarter", "进展季度", 4, True),
    ("number", "序号", 5, False),
    ("group", "类别", 19, False),
    ("content", "工作任务／量化指标", 46, False),
    ("target", "目标", 20, False),
    ("actual", "最新实际值", 16, False),
    ("light", "研判", 9, False),
    ("leader", "责任领导", 9, False),
    ("lead_office", "牵头单位", 15, False),
    ("supporting_offices", "配合单位", 24, False),
    ("contact", "联系人", 12, False),
    ("deadline", "完成时限", 11, False),
    ("progress", "进展情况", 28, False),
    ("problems", "存在问题", 18, False),
    ("next_steps", "下一步措施", 20, False),
    ("expected_on", "预计完成", 11, False),
    ("status", "状态", 8, False),
    ("sealed_on", "销号日期", 11, False),
)


def layout(place: str) -> Sheet:
    """Return how the sheet of one place looks."""
    return Sheet(
        name=(place or "台账")[:31],
        title=f"{place}重点任务和量化目标督查台账",
        note="",
        columns=tuple(
            Column(
                key=key,
                header=header,
                width=width,
                hidden=hidden,
                filled_in=key in _EDITABLE,
                choices=tuple(STATUSES) if key == "status" else (),
            )
            for key, header, width, hidden in _COLUMNS
        ),
        paper=8,
    )


def _values(duty: Duty, number: int) -> dict[str, Any]:
    words = {meant: word for word, meant in STATUSES.items()}
    return {
        "key": duty.key,
        "version": duty.version,
        "quarter": duty.quarter,
        "number": number,
        "group": duty.group,
        "content": duty.content,
        "target": duty.target,
        "actual": duty.actual,
        "light": duty.light,
        "leader": duty.leader,
        "lead_office": duty.lead_office,
        "supporting_offices": "、".join(duty.supporting_offices),
        "contact": duty.contact,
        "deadline": duty.deadline.isoformat() if duty.deadline else "",
        "progress": duty.progress,
        "problems": duty.problems,
        "next_steps": duty.next_steps,
        "expected_on": duty.expected_on.isoformat() if duty.expected_on else "",
        "status": words[duty.status],
        "sealed_on": duty.sealed_on.isoformat() if duty.sealed_on else "",
    }


def write(
    book: Any, place: str, duties: Sequence[Duty], quarter: str, *, demonstration: bool
) -> None:
    """Add the sheet of one place to a workbook."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    plan = layout(place)
    sheet = book.create_sheet(plan.name)
    first = next(index for index, each in enumerate(plan.columns, 1) if not each.hidden)
    last = len(plan.columns)
    mark = f"（{DEMONSTRATION}）" if demonstration else ""
    sheet.cell(1, first).value = plan.title + mark
    sheet.merge_cells(start_row=1, end_row=1, start_column=first, end_column=last)
    sheet.cell(1, first).font = Font(name=FONT, size=18, bold=True, color="1F2D3D")
    sheet.cell(1, first).alignment = Alignment(horizontal="center", vertical="center")
    tasks = sum(each.sort == "任务" for each in duties)
    sheet.cell(
        2, first
    ).value = (
        f"进展截至：{quarter or '尚无报送'}　任务 {tasks} 项，量化目标 {len(duties) - tasks} 个"
    )
    sheet.cell(2, first).font = Font(name=FONT, size=10, color="5A6B7B")
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 34, 18
    line = Side(style="thin", color="8A97A3")
    border = Border(top=line, bottom=line, left=line, right=line)
    ground = PatternFill("solid", start_color="E8EEF4")
    goal = PatternFill("solid", start_color="F5F8FB")
    font = Font(name=FONT, size=9, color="1F2D3D")
    bold = Font(name=FONT, size=9, bold=True, color="1F2D3D")
    for index, column in enumerate(plan.columns, 1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.hidden
        head = sheet.cell(3, index, column.header)
        head.font, head.fill, head.border = bold, ground, border
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if column.choices and duties:
            check = DataValidation(type="list", formula1='"' + ",".join(column.choices) + '"')
            check.add(f"{letter}4:{letter}{3 + len(duties)}")
            sheet.add_data_validation(check)
    sheet.row_dimensions[3].height = 28
    centred = {
        "number",
        "group",
        "light",
        "leader",
        "deadline",
        "expected_on",
        "status",
        "sealed_on",
    }
    for row, duty in enumerate(duties, 4):
        values = _values(duty, row - 3)
        for index, column in enumerate(plan.columns, 1):
            cell = sheet.cell(row, index)
            value = values[column.key]
            cell.value = value if value != "" else None
            if isinstance(value, str):
                cell.data_type = "s"
            cell.border = border
            cell.font = bold if column.key == "group" else font
            cell.alignment = Alignment(
                vertical="center",
                wrap_text=True,
                horizontal="center" if column.key in centred else "left",
            )
            if duty.sort == "目标" and column.key != "group":
                cell.fill = goal
        sheet.row_dimensions[row].height = height(values, plan.columns, narrow=("group",))
    _merge_groups(sheet, plan, duties)
    sheet.freeze_panes = f"{get_column_letter(first + 3)}4"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", plan.paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "3:3"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    if demonstration:
        sheet.oddFooter.left.text = DEMONSTRATION


def _merge_groups(sheet: Any, plan: Sheet, duties: Sequence[Duty]) -> None:
    """Merge the cells of one group; where it is low, its last row grows to show its heading."""
    column = next(index for index, each in enumerate(plan.columns, 1) if each.key == "group")
    row = 4
    for heading, members in groupby(duties, key=lambda each: each.group):
        number = len(list(members))
        needed = height({"group": heading}, [plan.columns[column - 1]])
        heights = [sheet.row_dimensions[each].height for each in range(row, row + number)]
        sheet.row_dimensions[row + number - 1].height += max(0.0, needed - sum(heights))
        if number > 1:
            sheet.merge_cells(
                start_row=row, end_row=row + number - 1, start_column=column, end_column=column
            )
        row += number
