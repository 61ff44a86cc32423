"""The receipt as a workbook and as JSON, for the file that ``--receipt`` names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from indicators import periods, units
from indicators.outputs import write_whole
from indicators.submissions.entry import entry_unit
from indicators.submissions.receipt import Change, Receipt
from indicators.submissions.writing import Head, lay_out, workbook_bytes

__all__ = ["receipt_bytes", "receipt_json", "write_receipt"]

_CHANGES = (("新增", "added"), ("更正", "restated"), ("不变", "unchanged"))


def write_receipt(receipts: Sequence[Receipt], path: Path) -> None:
    """Write receipts as .xlsx or, by any other ending, as JSON."""
    if path.suffix.lower() == ".xlsx":
        write_whole(path, receipt_bytes(receipts))
    else:
        write_whole(path, receipt_json(receipts).encode())


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
    """Return a workbook with the sheets 回执, 数值, 问题 and 研判变化; those without a line are left out."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, heads, lines in (
        ("回执", _SUMMARY, [_summary(each) for each in receipts]),
        ("数值", _VALUES, [line for each in receipts for line in _changes(each)]),
        ("问题", _FINDINGS, [line for each in receipts for line in _findings(each)]),
        ("研判变化", _FLIPS, [line for each in receipts for line in _flips(each)]),
    ):
        if lines:
            words = "报送回执" if title == "回执" else f"报送回执：{title}"
            lay_out(book.create_sheet(title), words, _note(receipts), heads, lines)
    return workbook_bytes(book)


_SUMMARY = (
    Head("文件", 30), Head("结果", 22), Head("地区", 14, "centre"), Head("报送单位", 18, "centre"),
    Head("季度", 9, "centre"), Head("新增", 7, "centre"), Head("更正", 7, "centre"),
    Head("不变", 7, "centre"), Head("错误", 7, "centre"), Head("提醒", 7, "centre"),
    Head("入库时间", 19, "centre"), Head("批次", 21, "centre"),
)  # fmt: skip
_VALUES = (
    Head("文件", 30), Head("变化", 8, "centre"), Head("指标", 30), Head("季度", 9, "centre"),
    Head("位置", 16, "centre"), Head("原值", 18, "number"), Head("新值", 18, "number"),
    Head("计量单位", 12, "centre"),
)  # fmt: skip
_FINDINGS = (
    Head("文件", 26), Head("级别", 7, "centre"), Head("位置", 16, "centre"), Head("实有", 18),
    Head("问题", 44), Head("处理", 40), Head("代码", 22),
)  # fmt: skip
_FLIPS = (
    Head("文件", 30), Head("指标", 26), Head("原研判", 16, "centre"),
    Head("现研判", 16, "centre"), Head("原因", 70),
)  # fmt: skip
_SEVERITIES = {"error": "错误", "warning": "提醒", "note": "说明"}


Line = Sequence[str | int | Decimal | None]


def _note(receipts: Sequence[Receipt]) -> str:
    """Return the line under the title."""
    if len(receipts) == 1:
        return receipts[0].sentence
    done = sum(each.outcome in ("recorded", "rehearsed") for each in receipts)
    same = sum(each.outcome == "unchanged" for each in receipts)
    mark = "（含演示数据）" if any(each.demonstration for each in receipts) else ""
    refused = len(receipts) - done - same
    return f"共 {len(receipts)} 份：通过 {done}，没有变化 {same}，未入库 {refused}{mark}"


def _summary(receipt: Receipt) -> Line:
    def count(severity: str) -> int:
        return sum(each.severity == severity for each in receipt.findings)

    day = receipt.recorded_at
    return (
        receipt.file, receipt.words, receipt.place, receipt.office, receipt.quarter,
        len(receipt.added), len(receipt.restated), len(receipt.unchanged),
        count("error"), count("warning"),
        f"{day.astimezone(periods.SHANGHAI):%Y-%m-%d %H:%M}" if day else "", receipt.batch,
    )  # fmt: skip


def _findings(receipt: Receipt) -> list[Line]:
    return [
        (
            f.file, _SEVERITIES[f.severity], f"{f.sheet}!{f.cell}".strip("!"), f.found,
            f.message, f.action, f.code,
        )
        for f in receipt.findings
    ]  # fmt: skip


def _flips(receipt: Receipt) -> list[Line]:
    return [
        (receipt.file, each.indicator, each.before, each.after, each.why) for each in receipt.flips
    ]


def _changes(receipt: Receipt) -> list[Line]:
    return [
        _change(receipt.file, words, each)
        for words, field in _CHANGES
        for each in _field(receipt, field)
    ]


def _change(file: str, words: str, each: Change) -> Line:
    """Return a line of the sheet 数值, in the unit in which people write such amounts."""
    unit = entry_unit(each.unit, each.new)
    old, new = (
        None if value is None else units.convert(value, each.unit, unit)
        for value in (each.old, each.new)
    )
    return file, words, each.indicator, each.quarter, each.place, old, new, unit


def _field(receipt: Receipt, name: str) -> Sequence[Change]:
    return {
        "added": receipt.added, "restated": receipt.restated, "unchanged": receipt.unchanged
    }[name]  # fmt: skip
