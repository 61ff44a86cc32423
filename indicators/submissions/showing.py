"""An inspection in words for the terminal, and the values that were read."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from indicators.submissions.figure import shown
from indicators.submissions.inspecting import Inspection, TableView

__all__ = ["lines", "values"]


def lines(seen: Inspection, most: int = 0) -> Iterator[str]:
    """Walk the lines that show an inspection, with the first rows of each table."""
    yield seen.file
    for sheet in seen.sheets:
        hidden = "（隐藏，没有读取）" if sheet.sheet.hidden else ""
        yield f"  工作表 {sheet.sheet.name}{hidden}"
        for table in sheet.tables:
            header = "、".join(map(str, table.header_rows)) or "没有"
            yield f"    表 {table.range}  表头行 {header}  数据 {len(table.rows)} 行"
            for column in table.columns:
                unit = f"［{column.unit}］" if column.unit else ""
                yield f"      {column.letter}  {column.name}{unit}"
            for row in _rows(table, most):
                yield "      " + " | ".join("" if each is None else str(each) for each in row)
            for skipped in table.skipped[:20]:
                yield f"      第 {skipped.row} 行没有读取：{skipped.reason}"
            if len(table.skipped) > 20:
                yield f"      另有 {len(table.skipped) - 20} 行没有读取"


def values(seen: Inspection, most: int) -> list[dict[str, object]]:
    """Return the first rows of every table as they were read: percentages in percent points."""
    return [
        {"sheet": sheet.sheet.name, "range": table.range, "rows": _rows(table, most)}
        for sheet in seen.sheets
        for table in sheet.tables
    ]


def _rows(table: TableView, most: int) -> list[list[Decimal | str | bool | None]]:
    return [
        [shown(table.sheet, number, column.number) for column in table.columns]
        for number in table.rows[:most]
    ]
