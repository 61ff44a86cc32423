"""What people do to a template before they send it back: all of it reads back, or says why not."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from indicators.store.ledger import Store
from indicators.submissions.entry import META_NAME, META_SHEET
from indicators.submissions.importing import import_workbook
from indicators.submissions.receipt import Receipt
from indicators.submissions.sender import Wish
from indicators.submissions.template import ENTRY_SHEET, KEY_ROW, write_template

from .conftest import OFFICE, PLACE, USUAL, Fill

READ = {
    "智算规模": Decimal(10),
    "高质量数据集": Decimal(45),
    "人工智能产业规模": Decimal(9_500_000_000),
    "数据中心总体上架率": Decimal(66),
}
Change = Callable[[Workbook, Worksheet], object]


def edited(path: Path, change: Change) -> Path:
    book = load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book[ENTRY_SHEET]
    sheet.protection.sheet = False
    change(book, sheet)
    book.save(path)
    return path


def rehearsed(store: Store, path: Path, wish: Wish) -> Receipt:
    return import_workbook(store, path, replace(wish, dry_run=True, accept_warnings=True))


def added(receipt: Receipt) -> dict[str, Decimal]:
    return {each.indicator: each.new for each in receipt.added}


def rename(_book: Workbook, sheet: Worksheet) -> None:
    for cell in sheet[KEY_ROW + 1]:
        cell.value = f"改过的{cell.value}"


def reverse(_book: Workbook, sheet: Worksheet) -> None:
    first = KEY_ROW + 2
    rows = [
        [cell.value for cell in row] for row in sheet.iter_rows(min_row=first, max_row=first + 3)
    ]
    for number, values in enumerate(reversed(rows), first):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value


def paste(book: Workbook, sheet: Worksheet) -> None:
    target = book.create_sheet("粘贴")
    for row in sheet.iter_rows():
        for cell in row:
            target.cell(cell.row, cell.column).value = cell.value
    del book[ENTRY_SHEET]


def unname(book: Workbook, _sheet: Worksheet) -> None:
    del book[META_SHEET]
    del book.defined_names[META_NAME]


@pytest.mark.parametrize(
    "change",
    [
        rename,
        reverse,
        paste,
        unname,
        lambda _, sheet: sheet.insert_rows(KEY_ROW + 4, 2),
        lambda _, sheet: sheet.insert_rows(1, 1),
        lambda _, sheet: setattr(sheet, "title", "一季度"),
        lambda _, sheet: sheet.delete_cols(6, 3),
        lambda _, sheet: sheet.delete_rows(KEY_ROW),
        lambda _, sheet: sheet.delete_cols(1),
        lambda _, sheet: (sheet.delete_cols(1), sheet.delete_rows(KEY_ROW)),
        lambda book, _: book.remove(book["填报说明"]),
    ],
    ids=[
        "headings renamed", "rows reordered", "pasted into a new sheet", "identity deleted",
        "rows inserted", "row inserted above", "sheet renamed", "columns deleted",
        "row of keys deleted", "column of keys deleted", "all keys deleted", "guide deleted",
    ],
)  # fmt: skip
def test_an_edited_template_reads_back(
    store: Store, fill: Fill, wish: Wish, change: Change
) -> None:
    """Keys, else names and headings, find every value; nothing is read from a wrong column."""
    receipt = rehearsed(store, edited(fill(USUAL), change), wish)
    assert receipt.outcome == "rehearsed", receipt.findings
    assert (added(receipt), receipt.quarter) == (READ, "2026Q1")


def cell_of(sheet: Worksheet, name: str, key: str) -> Cell:
    columns = {cell.value: cell.column for cell in sheet[KEY_ROW]}
    for row in range(KEY_ROW + 2, sheet.max_row + 1):
        if sheet.cell(row, columns["name"]).value == name:
            return sheet.cell(row, columns[key])
    raise AssertionError(name)


def retitle(_book: Workbook, sheet: Worksheet) -> None:
    sheet["B1"] = str(sheet["B1"].value).replace("一季度", "二季度")


def second_quarter(book: Workbook, sheet: Worksheet) -> None:
    copy = book.copy_worksheet(sheet)
    copy.title = "二季度"
    retitle(book, copy)


def of_another(book: Workbook, _sheet: Worksheet) -> None:
    for row in book[META_SHEET].iter_rows():
        if row[0].value == "office":
            row[1].value = "区工信局"


def hide(_book: Workbook, sheet: Worksheet) -> None:
    sheet.auto_filter.ref = f"A{KEY_ROW + 1}:F{KEY_ROW + 5}"
    sheet.row_dimensions[KEY_ROW + 3].hidden = True


def beside(book: Workbook, _sheet: Worksheet) -> None:
    sheet = book.create_sheet("附表")
    for row in (("街镇", "产值（亿元）"), ("东马圈", 3), ("高村", 4)):
        sheet.append(row)


def older(book: Workbook, _sheet: Worksheet) -> None:
    for row in book[META_SHEET].iter_rows():
        if row[0].value == "version":
            row[1].value = "0"


def both(_book: Workbook, sheet: Worksheet) -> None:
    cell_of(sheet, "智算规模", "value_since_start").value = 11


def unlisted(_book: Workbook, sheet: Worksheet) -> None:
    cell_of(sheet, "智算规模", "standing").value = "估计的"


def no_data(_book: Workbook, sheet: Worksheet) -> None:
    cell_of(sheet, "智算规模", "standing").value = "暂无数据"


@pytest.mark.parametrize(
    ("change", "code", "severity", "found"),
    [
        (retitle, "template-title-differs", "error", "2026年二季度"),
        (second_quarter, "template-title-differs", "error", "2026年二季度"),
        (of_another, "template-title-differs", "error", OFFICE),
        (hide, "rows-hidden", "note", "1"),
        (beside, "sheet-beside-template", "note", "附表"),
        (older, "template-version", "note", "0"),
        (both, "value-in-other-column", "warning", "自规划起累计"),
        (unlisted, "standing-unknown", "warning", "估计的"),
        (no_data, "standing-contradicts", "warning", "10"),
    ],
)
def test_what_was_done_to_a_template_is_told(
    store: Store, fill: Fill, wish: Wish, change: Change, code: str, severity: str, found: str
) -> None:
    """Last quarter's file with a new title, a sheet of one's own, two values for one: nothing is silent."""
    receipt = import_workbook(store, edited(fill(USUAL), change), replace(wish, dry_run=True))
    told = [each for each in receipt.findings if each.code == code]
    assert [(each.severity, each.found) for each in told] == [(severity, found)]
    outcome = {"error": "refused", "warning": "unconfirmed", "note": "rehearsed"}[severity]
    assert receipt.outcome == outcome


def test_a_row_written_by_hand_is_told_with_the_nearest_name(
    store: Store, fill: Fill, wish: Wish
) -> None:
    """A line without a key whose name is no indicator's is an error that names what may be meant."""

    def write(_book: Workbook, sheet: Worksheet) -> None:
        row = KEY_ROW + 2 + len(USUAL)
        sheet.insert_rows(row)
        sheet.cell(row, 3).value = "AI产业规模"
        sheet.cell(row, 9).value = 5

    receipt = rehearsed(store, edited(fill(USUAL), write), wish)
    (finding,) = [each for each in receipt.findings if each.severity == "error"]
    assert (finding.code, finding.cell[0]) == ("indicator-unknown", "C")
    assert "人工智能产业规模" in finding.action


def test_a_number_of_the_row_is_never_the_value(store: Store, fill: Fill, wish: Wish) -> None:
    """Without keys and without values, 序号 and 本期序时应达 stay what they are."""
    path = edited(fill({}), lambda _, sheet: (sheet.delete_cols(1), sheet.delete_rows(KEY_ROW)))
    receipt = rehearsed(store, path, wish)
    assert receipt.added == ()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_opens_prints_and_saves_it(
    store: Store, fill: Fill, wish: Wish, tmp_path: Path
) -> None:
    """It opens without repair: the PDF shows every indicator, and what was saved as .xls reads back."""
    import pypdfium2

    blank = write_template(store, OFFICE, PLACE, "2026Q1", tmp_path / "模板.xlsx")
    filled = fill(USUAL, name="填好.xlsx", progress={"智算规模": "一期投运"})
    for path, form in ((blank, "pdf"), (filled, "xls")):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
             "--convert-to", form, "--outdir", str(tmp_path), str(path)],
            capture_output=True, timeout=120, check=True,
        )  # fmt: skip
    document = pypdfium2.PdfDocument(tmp_path / "模板.pdf")
    words = "".join(page.get_textpage().get_text_range() for page in document)
    assert all(name in words for name in READ)
    assert "填报说明" in words
    receipt = rehearsed(store, tmp_path / "填好.xls", wish)
    assert receipt.outcome == "rehearsed", receipt.findings
    assert (added(receipt), receipt.office, receipt.texts) == (READ, OFFICE, 1)


def test_a_csv_whose_characters_were_lost_is_refused(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """Question marks where Chinese stood are told as such, and not as so many unknown names."""
    path = tmp_path / "丢字.csv"
    path.write_text("??,??,??\n????,EFLOPS,10\n?????,?,45\n", encoding="utf-8")
    receipt = import_workbook(
        store, path, replace(wish, office=OFFICE, place=PLACE, quarter="2026Q1")
    )
    assert receipt.outcome == "refused"
    assert "characters-lost" in [each.code for each in receipt.findings]


def test_only_entry_cells_are_open_and_each_has_its_validation(
    store: Store, tmp_path: Path
) -> None:
    """Locked but for the entries of its own accumulation; numbers, lists, days and lengths checked."""
    book = load_workbook(write_template(store, OFFICE, PLACE, "2026Q1", tmp_path / "t.xlsx"))
    sheet = book[ENTRY_SHEET]
    columns = {cell.value: cell.column_letter for cell in sheet[KEY_ROW]}
    row = KEY_ROW + 2
    opened = {
        key for key, letter in columns.items() if not sheet[f"{letter}{row}"].protection.locked
    }
    assert sheet.protection.sheet
    assert opened == {
        "value_level", "standing", "expected_on", "progress", "problems", "next_steps",
    }  # fmt: skip
    sorts = {
        key: rule.type
        for rule in sheet.data_validations.dataValidation
        for key, letter in columns.items()
        if f"{letter}{row}" in rule.cells
    }
    assert sorts == {
        "value_level": "decimal", "value_year_to_date": "decimal", "value_since_start": "decimal",
        "standing": "list", "expected_on": "date",
        "progress": "textLength", "problems": "textLength", "next_steps": "textLength",
    }  # fmt: skip
    assert {each.title: each.sheet_state for each in book} == {
        ENTRY_SHEET: "visible", "填报说明": "visible", "_lists": "hidden", META_SHEET: "veryHidden",
    }  # fmt: skip
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)
    assert sheet.freeze_panes == f"D{KEY_ROW + 2}"
