"""What people did to a template: last quarter's with another title, sheets of their own, hidden rows."""

from __future__ import annotations

from collections.abc import Iterator

from indicators import periods
from indicators.findings import Finding
from indicators.submissions.claim import Claim
from indicators.submissions.dates import read_quarter
from indicators.submissions.entry import GUIDE_SHEET, STANDINGS, TEMPLATE_VERSION
from indicators.submissions.lines import Line, template_heads
from indicators.submissions.problems import FINDINGS
from indicators.submissions.sheet import Sheet, Workbook
from indicators.submissions.stated import office_in

__all__ = ["standing_findings", "template_findings"]

_OURS = ("填报表", "填报单位", "报送期")
"""Words of the title and the line under it."""
_ROWS = 200
"""Rows of a sheet beside the template that are looked at for numbers."""


def template_findings(workbook: Workbook, claim: Claim, file: str) -> Iterator[Finding]:
    """Return what a template of ours says beside its rows."""
    if claim.version != TEMPLATE_VERSION:
        yield FINDINGS["template-version"].at(
            file, found=claim.version or "没有写明", expected=TEMPLATE_VERSION
        )
    heads = {each.name: template_heads(each) for each in workbook.sheets if not each.hidden}
    for sheet in workbook.sheets:
        head = heads.get(sheet.name, 0)
        if head:
            yield from _title(sheet, head, claim, file)
            hidden = [
                each.number
                for each in sheet.rows
                if each.number in sheet.hidden_rows and each.number > head
            ]
            if hidden:
                yield FINDINGS["rows-hidden"].at(
                    file, sheet=sheet.name, cell=f"{hidden[0]}:{hidden[-1]}", found=len(hidden)
                )
        elif (
            any(heads.values())
            and not sheet.hidden
            and sheet.name != GUIDE_SHEET
            and _numbers(sheet)
        ):
            yield FINDINGS["sheet-beside-template"].at(file, sheet=sheet.name, found=sheet.name)


def _title(sheet: Sheet, head: int, claim: Claim, file: str) -> Iterator[Finding]:
    """Compare the title and the line under it with what the template was made for."""
    told: set[str] = set()
    for row in sheet.rows:
        if row.number >= head:
            return
        for cell in sheet.cells(row):
            if not any(word in cell.text for word in _OURS):
                continue  # a line of somebody's own may speak of other quarters
            quarter, office = read_quarter(cell.text), office_in(cell.text)
            for said, own in ((quarter, claim.quarter), (office, claim.office)):
                if said and own and said != own and said not in told:
                    told.add(said)
                    yield FINDINGS["template-title-differs"].at(
                        file, sheet=sheet.name, cell=cell.address, found=_shown(said),
                        expected=_shown(own),
                    )  # fmt: skip


def _shown(said: str) -> str:
    """Return a quarter as the title writes it, an office as it is."""
    return periods.label(said) if read_quarter(said) == said else said


def _numbers(sheet: Sheet) -> bool:
    return any(
        value.__class__ in (int, float) for row in sheet.rows[:_ROWS] for value in row.values
    )


def standing_findings(line: Line, file: str) -> Iterator[Finding]:
    """Return what is wrong with the 数据性质 of a line."""
    cell = line.standing_cell or line.name_cell
    if line.standing and line.standing not in STANDINGS:
        yield FINDINGS["standing-unknown"].at(
            file, sheet=line.sheet, cell=cell, found=line.standing, expected="、".join(STANDINGS)
        )
    elif line.standing == STANDINGS[-1] and line.values:
        shown = "、".join(dict.fromkeys(each.text for _, each in line.values))
        yield FINDINGS["standing-contradicts"].at(file, sheet=line.sheet, cell=cell, found=shown)
