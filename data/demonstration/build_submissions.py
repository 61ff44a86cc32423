"""Build the demonstration workbooks: templates of ours, filled in from submissions.csv.

    python data/demonstration/build_submissions.py

A ledger is made in a temporary folder as ``make run`` makes it; each quarter's templates are written from
it, filled in and imported, so that the next quarter shows what was reported last.  The numbers are made up
for show and marked so in every file.  The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from indicators.cli import main
from indicators.store import open_store
from indicators.submissions.entry import COLUMNS
from indicators.submissions.importing import import_workbook
from indicators.submissions.sender import Wish
from indicators.submissions.template import ENTRY_SHEET, HEADER_ROW, KEY_ROW, write_template
from indicators.submissions.writing import put, workbook_bytes

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
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


def filled(template: bytes, lines: Iterable[Line], quarter: str) -> bytes:
    """Return a template with the numbers and words of a quarter in it."""
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(template))
    sheet = workbook[ENTRY_SHEET]
    columns = {str(cell.value): cell.column for cell in sheet[KEY_ROW] if cell.value in COLUMNS}
    rows = {
        sheet.cell(row, columns["name"]).value: row
        for row in range(HEADER_ROW + 1, sheet.max_row + 1)
    }
    for line in lines:
        row = rows[line["indicator"]]
        asked = str(sheet.cell(row, columns["unit"]).value)
        if asked != line["unit"]:
            raise SystemExit(f"{line['indicator']}: 模板要 {asked}，故事写 {line['unit']}")
        put(sheet, row, columns[f"value_{line['accumulation']}"], Decimal(line[quarter]))
        put(sheet, row, columns["standing"], "正式数")
        if quarter == QUARTERS[-1]:
            for key in TEXTS:
                put(sheet, row, columns[key], line[key])
    return workbook_bytes(workbook)


def prepared(store: Path) -> None:
    """Make the ledger that ``make run`` makes, without the workbooks."""
    for words in (
        ["load", str(ROOT / "seeds"), "--catalog", str(ROOT / "seeds" / "catalog.csv")],
        ["review", "import", str(HERE / "decisions.xlsx")],
        ["settings", "import", str(HERE / "settings.xlsx")],
    ):
        if main([*words, "--store", str(store), "--who", "演示数据"]):
            sys.exit(f"{words[0]} 没有成功")


def build(folder: Path) -> list[Path]:
    """Write every workbook of the story into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with tempfile.TemporaryDirectory() as temporary:
        store = Path(temporary) / "store"
        prepared(store)
        with open_store(store) as ledger:
            for quarter in QUARTERS:
                for (place, office), lines in story().items():
                    path = folder / f"{quarter}_{place}_{office}.xlsx"
                    write_template(ledger, office, place, quarter, path, demonstration=True)
                    path.write_bytes(filled(path.read_bytes(), lines, quarter))
                    receipt = import_workbook(ledger, path, Wish(who="演示数据"))
                    print(receipt.sentence)
                    if receipt.outcome != "recorded":
                        sys.exit("\n".join(each.message for each in receipt.findings))
                    written.append(path)
    return written


if __name__ == "__main__":
    build(HERE / "submissions")
