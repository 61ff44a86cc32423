"""Verdicts as a list for the terminal and for files: one row a target, worst first."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from indicators.assessment.verdict import CAUSES, Assessment, Verdict
from indicators.errors import UsageError
from indicators.outputs import printable, write_whole

__all__ = ["FIELDS", "SUFFIXES", "ListField", "records", "write"]

Value = str | int | Decimal | date | None
SUFFIXES = (".csv", ".json", ".xlsx")


@dataclass(frozen=True, slots=True)
class ListField:
    """A field of the list: machine name, Chinese label and how a verdict gives it."""

    name: str
    zh: str
    of: Callable[[Verdict], Value]


FIELDS: tuple[ListField, ...] = (
    ListField("light", "亮灯", lambda each: each.light_label),
    ListField("state", "状态", lambda each: each.state_label),
    ListField("marks", "标记", lambda each: "、".join(each.marks)),
    ListField("place", "地区", lambda each: each.indicator.place),
    ListField("indicator", "指标", lambda each: each.indicator.name),
    ListField("unit", "计量单位", lambda each: each.target.unit),
    ListField("bound", "界限", lambda each: each.target.bound),
    ListField("target", "目标值", lambda each: each.target.magnitude),
    ListField("target_high", "上限", lambda each: each.target.magnitude_high),
    ListField("deadline", "期限", lambda each: each.target.deadline),
    ListField("baseline", "基期值", lambda each: each.baseline),
    ListField("baseline_date", "基期日期", lambda each: each.baseline_date),
    ListField("period_end", "观察期末", lambda each: each.period.end if each.period else None),
    ListField("expected", "应达", lambda each: each.expected),
    ListField("actual", "实达", lambda each: each.actual),
    ListField("gap", "差距", lambda each: each.gap),
    ListField("gap_points", "差距（百分点）", lambda each: each.gap_points),
    ListField("run_rate", "每季需", lambda each: each.run_rate),
    ListField("quarters_left", "剩余季度", lambda each: each.quarters_left),
    ListField("office", "责任单位", lambda each: each.office),
    ListField("sentence", "研判", lambda each: each.sentence()),
    ListField("reason", "说明", lambda each: each.why.zh if each.why else ""),
    ListField("cause", "变化原因", lambda each: CAUSES[each.cause]),
    ListField("profile", "规则", lambda each: f"{each.profile} {each.profile_version}"),
    ListField("target_id", "目标编号", lambda each: each.target.target_id),
    ListField("indicator_id", "指标编号", lambda each: each.indicator.indicator_id),
)


def records(verdicts: Sequence[Verdict]) -> list[dict[str, Value]]:
    """Return the verdicts as rows by field name."""
    return [{field.name: field.of(each) for field in FIELDS} for each in verdicts]


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _json(assessment: Assessment, rows: Sequence[Mapping[str, Value]]) -> bytes:
    whole = {
        "as_of": assessment.as_of,
        "quarter": assessment.quarter,
        "profile": assessment.profile,
        "version": assessment.version,
        "counts": dict(assessment.counts()),
        "verdicts": rows,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain).encode()


def _csv(rows: Sequence[Mapping[str, Value]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(field.name for field in FIELDS)
    for row in rows:
        writer.writerow(
            f"{value:f}" if isinstance(value, Decimal) else value for value in row.values()
        )
    # The mark lets Excel read UTF-8.
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _xlsx(assessment: Assessment, rows: Sequence[Mapping[str, Value]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("研判")
    sheet.freeze_panes = "A2"
    header = []
    for field in FIELDS:
        cell = WriteOnlyCell(sheet, field.zh)
        cell.font = Font(bold=True)
        header.append(cell)
    sheet.append(header)
    for row in rows:
        cells = []
        for value in row.values():
            shown: Any = float(value) if isinstance(value, Decimal) else value
            if isinstance(value, str):
                shown = printable(value)
            cell = WriteOnlyCell(sheet, shown)
            if isinstance(value, str):
                # A text that begins with "=" is a text, not a formula.
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    about = book.create_sheet("说明")
    for pair in (
        ("研判日", assessment.as_of.isoformat()),
        ("季度", assessment.quarter),
        ("规则", f"{assessment.profile} {assessment.version}"),
    ):
        about.append(pair)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write(assessment: Assessment, verdicts: Sequence[Verdict], path: Path) -> None:
    """Write verdicts to a file that appears whole or not at all.

    Raises:
        UsageError: the suffix is none of ``.csv``, ``.json`` and ``.xlsx``.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            f"不认识的输出格式“{suffix or path.name}”",
            place=str(path),
            action=f"请用 {'、'.join(SUFFIXES)}",
        )
    rows = records(verdicts)
    if suffix == ".json":
        content = _json(assessment, rows)
    else:
        content = _csv(rows) if suffix == ".csv" else _xlsx(assessment, rows)
    write_whole(path, content)
