"""The 督查台账 as an office prints it: A3 landscape, groups merged, header on every page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from indicators.outputs import sheet_title
from indicators.register.books import FONT, Column, Sheet, height, pages, write_sheet
from indicators.register.duties import STATUSES, Duty

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["layout", "write"]

_COLUMNS = (
    Column(key="key", header="编号", hidden=True),
    Column(key="version", header="导出版本", hidden=True),
    Column(key="quarter", header="进展季度", hidden=True),
    Column(key="number", header="序号", width=5, centred=True),
    Column(key="group", header="类别", width=21, wrap=True, centred=True),
    Column(key="content", header="工作任务／量化指标", width=54, wrap=True),
    Column(key="target", header="目标", width=18, wrap=True),
    Column(key="actual", header="最新实际值", width=16, wrap=True),
    Column(key="light", header="研判", width=9, wrap=True, centred=True),
    Column(key="leader", header="责任领导", width=9, wrap=True, centred=True),
    Column(key="lead_office", header="牵头单位", width=14, wrap=True),
    Column(key="supporting_offices", header="配合单位", width=24, wrap=True),
    Column(key="contact", header="联系人", width=12, wrap=True),
    Column(key="deadline", header="完成时限", width=11, centred=True),
    Column(key="progress", header="进展情况", width=30, wrap=True),
    Column(key="problems", header="存在问题", width=18, wrap=True),
    Column(key="next_steps", header="下一步措施", width=20, wrap=True),
    Column(key="expected_on", header="预计完成", width=11, centred=True),
    Column(key="status", header="状态", width=8, centred=True, choices=tuple(STATUSES)),
    Column(key="sealed_on", header="销号日期", width=11, centred=True),
)
_GROUP = next(index for index, each in enumerate(_COLUMNS, 1) if each.key == "group")


def layout(place: str, note: str = "", *, contacts: bool = True) -> Sheet:
    """Return how the sheet of one place looks."""
    return Sheet(
        name=sheet_title(place or "台账"),
        title=f"{place}重点任务和量化目标督查台账",
        note=note,
        columns=tuple(each for each in _COLUMNS if contacts or each.key != "contact"),
        size=9,
        frozen=3,
        filtered=False,
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
        # Broken where a reader would: the day and the light on lines of their own.
        "actual": duty.actual.replace("（", "\n（"),
        "light": duty.light.replace(" ", "\n"),
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
    book: Workbook,
    place: str,
    duties: Sequence[Duty],
    quarter: str,
    *,
    demonstration: bool,
    contacts: bool = True,
) -> None:
    """Add the sheet of one place to a workbook."""
    from openpyxl.styles import Alignment, Font, PatternFill

    tasks = sum(each.sort == "任务" for each in duties)
    plan = layout(
        place,
        f"进展截至：{quarter or '尚无报送'}　任务 {tasks} 项，量化目标 {len(duties) - tasks} 个",
        contacts=contacts,
    )
    rows = [_values(duty, number) for number, duty in enumerate(duties, 1)]
    sheet = write_sheet(book, plan, rows, demonstration=demonstration)
    sheet.merge_cells(start_row=1, end_row=1, start_column=plan.first, end_column=len(plan.columns))
    title = sheet.cell(1, plan.first)
    title.alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 34
    goal = PatternFill("solid", start_color="F5F8FB")
    bold = Font(name=FONT, size=plan.size, bold=True, color="1F2D3D")
    for at, (duty, values) in enumerate(zip(duties, rows, strict=True), 4):
        sheet.row_dimensions[at].height = height(values, plan.columns, plan.size, narrow=("group",))
        sheet.cell(at, _GROUP).font = bold
        if duty.sort == "目标":
            for index in range(plan.first, len(plan.columns) + 1):
                if index != _GROUP:
                    sheet.cell(at, index).fill = goal
    _merge_groups(sheet, plan, duties)


def _merge_groups(sheet: Worksheet, plan: Sheet, duties: Sequence[Duty]) -> None:
    """Merge the cells of one group, anew on each page so that its heading stands on all of them.

    Where a group is low, its last row grows to show its heading.
    """
    heights = [sheet.row_dimensions[row].height or 0.0 for row in range(4, 4 + len(duties))]
    page_of = pages(plan, heights)
    row = 4
    for (heading, _), members in groupby(
        zip(duties, page_of, strict=True), key=lambda each: (each[0].group, each[1])
    ):
        end = row + len(list(members)) - 1
        needed = height({"group": heading}, plan.columns, plan.size)
        lacking = needed - sum(heights[row - 4 : end - 3])
        sheet.row_dimensions[end].height = heights[end - 4] + max(0.0, lacking)
        if end > row:
            sheet.merge_cells(start_row=row, end_row=end, start_column=_GROUP, end_column=_GROUP)
        row = end + 1
