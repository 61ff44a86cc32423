"""The receipt as a workbook and as JSON, for the file that ``--receipt`` names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from indicators.submissions.receipt import Change, Receipt
from indicators.submissions.sheet import letter
from indicators.submissions.writing import lines_of, print_wide, put, workbook_bytes

__all__ = ["receipt_bytes", "receipt_json", "write_receipt"]

_CHANGES = (("新增", "added"), ("更正", "restated"), ("不变", "unchanged"))


def write_receipt(receipts: Sequence[Receipt], path: Path) -> None:
    """Write receipts as .xlsx or, by any other ending, as JSON."""
    if path.suffix.lower() == ".xlsx":
        path.write_bytes(receipt_bytes(receipts))
    else:
        path.write_text(receipt_json(receipts), encoding="utf-8")


def receipt_json(receipts: Sequence[Receipt]) -> str:
    """Return one receipt as an object, several as a list."""
    plain = [each.plain() for each in receipts]
    return json.dumps(
        plain[0] if len(plain) == 1 else plain, ensure_ascii=False, indent=2, default=_plain
    )


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def receipt_bytes(receipts: Sequence[Receipt]) -> bytes:
    """Return a workbook with the sheets 回执, 数值, 问题 and 研判变化."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = (
        (
            "回执",
            ("文件", "结果", "地区", "报送单位", "季度", "新增", "更正", "不变", "错误", "提醒", "批次", "时间（UTC）", "说明"),
            [_summary(each) for each in receipts],
        ),
        (
            "数值",
            ("文件", "变化", "指标", "季度", "位置", "原值", "新值", "计量单位"),
            [line for each in receipts for line in _changes(each)],
        ),
        (
            "问题",
            ("文件", "级别", "代码", "工作表", "单元格", "实有", "应有", "问题", "处理"),
            [
                (
                    f.file, {"error": "错误", "warning": "提醒", "note": "说明"}[f.severity], f.code,
                    f.sheet, f.cell, f.found, f.expected, f.message, f.action,
                )
                for each in receipts
                for f in each.findings
            ],
        ),
        (
            "研判变化",
            ("文件", "指标", "原研判", "现研判", "原因"),
            [
                (each.file, flip.indicator, flip.before, flip.after, flip.why)
                for each in receipts
                for flip in each.flips
            ],
        ),
    )  # fmt: skip
    for title, heads, lines in sheets:
        _sheet(book.create_sheet(title), heads, lines)
    return workbook_bytes(book)


Line = Sequence[str | int | Decimal | None]


def _summary(receipt: Receipt) -> Line:
    def count(severity: str) -> int:
        return sum(each.severity == severity for each in receipt.findings)

    return (
        receipt.file, receipt.words, receipt.place, receipt.office, receipt.quarter,
        len(receipt.added), len(receipt.restated), len(receipt.unchanged),
        count("error"), count("warning"), receipt.batch,
        receipt.recorded_at.isoformat(timespec="seconds") if receipt.recorded_at else "",
        receipt.sentence,
    )  # fmt: skip


def _changes(receipt: Receipt) -> list[Line]:
    return [
        (
            receipt.file, words, each.indicator, each.quarter, each.place, each.old, each.new,
            each.unit,
        )
        for words, field in _CHANGES
        for each in _field(receipt, field)
    ]  # fmt: skip


def _field(receipt: Receipt, name: str) -> Sequence[Change]:
    return {
        "added": receipt.added, "restated": receipt.restated, "unchanged": receipt.unchanged
    }[name]  # fmt: skip


def _sheet(sheet: object, heads: Sequence[str], lines: Sequence[Line]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.worksheet import Worksheet

    assert isinstance(sheet, Worksheet)
    for column, head in enumerate(heads, start=1):
        put(sheet, 1, column, head).font = Font(bold=True)
    wide = ("问题", "处理", "说明", "原研判", "现研判", "文件", "指标", "代码")
    widths = [36 if head in wide else 14 for head in heads]
    for row, line in enumerate(lines, start=2):
        for column, value in enumerate(line, start=1):
            put(sheet, row, column, value).alignment = Alignment(vertical="top", wrap_text=True)
        tall = max(
            (lines_of(str(value or ""), width) for value, width in zip(line, widths, strict=True)),
            default=1,
        )
        sheet.row_dimensions[row].height = 15.0 * min(tall, 26)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[letter(column)].width = width
    sheet.freeze_panes = "A2"
    print_wide(sheet, heads=1)
