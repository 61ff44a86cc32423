"""Build the demonstration workbooks: templates of ours, filled in from submissions.csv.

    python data/demonstration/build_submissions.py

The numbers are made up for show and marked so in every file.  The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

from indicators.model import Accumulation
from indicators.submissions.entry import COLUMNS, Ask
from indicators.submissions.template import ENTRY_SHEET, HEADER_ROW, KEY_ROW, build_template
from indicators.submissions.writing import put, workbook_bytes

HERE = Path(__file__).resolve().parent
QUARTERS = ("2026Q1", "2026Q2", "2026Q3")
TEXTS = ("progress", "problems", "next_steps")
Line = Mapping[str, str]


def story() -> dict[tuple[str, str], list[Line]]:
    """Return the lines of the story by place and office."""
    offices: dict[tuple[str, str], list[Line]] = {}
    with (HERE / "submissions.csv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            offices.setdefault((line["place"], line["office"]), []).append(line)
    return offices


def ask(line: Line, quarter: str) -> Ask:
    """Return what the template asks for."""
    accumulation = next(each for each in get_args(Accumulation) if each == line["accumulation"])
    before = QUARTERS[QUARTERS.index(quarter) - 1] if quarter != QUARTERS[0] else ""
    return Ask(
        key="",
        name=line["indicator"],
        unit=line["unit"],
        accumulation=accumulation,
        target=line["target"],
        deadline=date.fromisoformat(line["deadline"]) if line["deadline"] else None,
        last=Decimal(line[before]) if before else None,
        last_quarter=before,
    )


def filled(template: bytes, lines: Iterable[Line], quarter: str) -> bytes:
    """Return a template with the numbers and words of a quarter in it."""
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(template))
    sheet = workbook[ENTRY_SHEET]
    columns = {str(cell.value): cell.column for cell in sheet[KEY_ROW] if cell.value in COLUMNS}
    for row, line in enumerate(lines, start=HEADER_ROW + 1):
        put(sheet, row, columns[f"value_{line['accumulation']}"], Decimal(line[quarter]))
        put(sheet, row, columns["standing"], "正式数")
        if quarter == QUARTERS[-1]:
            for key in TEXTS:
                put(sheet, row, columns[key], line[key])
    return workbook_bytes(workbook)


def build(folder: Path, quarters: Sequence[str] = QUARTERS) -> list[Path]:
    """Write every workbook of the story into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for quarter in quarters:
        for (place, office), lines in story().items():
            template = build_template(
                [ask(line, quarter) for line in lines], office, place, quarter, demonstration=True
            )
            path = folder / f"{quarter}_{place}_{office}.xlsx"
            path.write_bytes(filled(template, lines, quarter))
            written.append(path)
    return written


if __name__ == "__main__":
    build(HERE / "submissions")
