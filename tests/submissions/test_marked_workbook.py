"""The sender's workbook comes back with its cells marked, and can be corrected and sent again."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from indicators.store.ledger import Store
from indicators.submissions.annotation import RESULT_SHEET, annotated
from indicators.submissions.importing import import_workbook
from indicators.submissions.receiptbook import receipt_json, write_receipt
from indicators.submissions.sandbox import open_workbook
from indicators.submissions.sender import Wish
from indicators.submissions.template import ENTRY_FILL

from .conftest import USUAL, Fill

WRONG = {**USUAL, "智算规模": "十来个"}


def test_the_cell_is_filled_and_carries_the_words(store: Store, fill: Fill, wish: Wish) -> None:
    """Fill, comment, the column 问题 and a sheet of all findings."""
    path = fill(WRONG)
    receipt = import_workbook(store, path, wish)
    (finding,) = receipt.findings
    content = annotated(open_workbook(path), receipt.findings)
    assert content is not None
    book = load_workbook(io.BytesIO(content))
    sheet = book["填报表"]
    cell = sheet[finding.cell]
    assert finding.message in cell.comment.text
    assert cell.fill.fgColor.rgb.endswith("FFC7CE")
    words = [each.value for each in sheet[cell.row] if isinstance(each.value, str)]
    assert any(each.startswith("【错误】") for each in words)
    assert "问题" in [each.value for each in sheet[4]]
    assert book[RESULT_SHEET]["C4"].value == finding.cell
    assert book["_meta"].sheet_state == "veryHidden"


def test_the_marked_file_corrected_imports_again(
    store: Store, fill: Fill, wish: Wish, tmp_path: Path
) -> None:
    """What we added is not read back; a second round takes the first round's marks off."""
    path = fill(WRONG)
    receipt = import_workbook(store, path, wish)
    content = annotated(open_workbook(path), receipt.findings)
    assert content is not None
    book = load_workbook(io.BytesIO(content))
    cell = receipt.findings[0].cell
    book["填报表"][cell].value = 10
    book.save(tmp_path / "改.xlsx")
    again = import_workbook(store, tmp_path / "改.xlsx", replace(wish, dry_run=True))
    assert (again.outcome, again.findings) == ("rehearsed", ())
    second = annotated(open_workbook(tmp_path / "改.xlsx"), ())
    assert second is not None
    clean = load_workbook(io.BytesIO(second))["填报表"]
    assert clean[cell].comment is None
    assert clean[cell].fill.fgColor.rgb.endswith(ENTRY_FILL)
    assert not [
        each.value
        for row in clean
        for each in row
        if isinstance(each.value, str) and each.value.startswith("【")
    ]


def test_csv_comes_back_as_xlsx(store: Store, wish: Wish, tmp_path: Path) -> None:
    """What cannot be written back comes as a new workbook that says so."""
    path = tmp_path / "报表.csv"
    path.write_text("2026年一季度\n指标,单位,完成\n智算规模,EFLOPS,很多\n", encoding="gb18030")
    receipt = import_workbook(store, path, replace(wish, office="区数据局"))
    assert receipt.outcome == "refused"
    content = annotated(open_workbook(path), receipt.findings)
    assert content is not None
    book = load_workbook(io.BytesIO(content))
    assert "没有保留" in book[RESULT_SHEET]["A2"].value
    assert book["报表"]["C3"].comment is not None


def test_text_that_looks_like_a_formula_stays_text(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """A cell of a CSV that begins with = comes back as text, also in the list of findings."""
    path = tmp_path / "a.csv"
    path.write_text('2026年一季度\n指标,单位,完成\n智算规模,EFLOPS,"=1+1"\n', encoding="utf-8")
    receipt = import_workbook(store, path, replace(wish, office="区数据局"))
    content = annotated(open_workbook(path), receipt.findings)
    assert content is not None
    book = load_workbook(io.BytesIO(content))
    types = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "f" not in types


def test_the_receipt_is_a_sheet_and_json(
    store: Store, fill: Fill, wish: Wish, tmp_path: Path
) -> None:
    """Added, restated with old and new, findings and verdicts that changed."""
    import_workbook(store, fill(USUAL), wish)
    changed = fill({**USUAL, "智算规模": 20}, name="b.xlsx")
    receipt = import_workbook(store, changed, replace(wish, reason="核实"))
    assert '"old": 10' in receipt_json([receipt])
    assert [each.indicator for each in receipt.flips] == ["智算规模"]
    write_receipt([receipt], tmp_path / "回执.xlsx")
    book = load_workbook(tmp_path / "回执.xlsx")
    assert book.sheetnames == ["回执", "数值", "问题", "研判变化"]
    restated = [row for row in book["数值"].iter_rows(values_only=True) if row[1] == "更正"]
    assert restated[0][5:7] == (10, 20)
    assert book["研判变化"].max_row == 4
    write_receipt([import_workbook(store, changed, wish)], tmp_path / "回执.xlsx")
    assert load_workbook(tmp_path / "回执.xlsx").sheetnames == ["回执", "问题"]


def test_the_words_are_seen_and_printed(store: Store, fill: Fill, wish: Wish) -> None:
    """Rows are as tall as their words, and the print area reaches to the column 问题."""
    path = fill({**WRONG, "人工智能产业规模": 950000})
    receipt = import_workbook(store, path, wish)
    content = annotated(open_workbook(path), receipt.findings)
    assert content is not None
    book = load_workbook(io.BytesIO(content))
    sheet = book["填报表"]
    column = next(cell for cell in sheet[4] if cell.value == "问题").column_letter
    assert f":${column}$" in sheet.print_area
    assert book[RESULT_SHEET].page_setup.orientation == "landscape"
    long = next(row for row in range(5, 9) if "疑为" in str(sheet[f"{column}{row}"].value))
    assert sheet.row_dimensions[long].height >= 45


def test_error_values_of_a_row_with_an_unlike_name_are_told_at_once(
    store: Store, wish: Wish, tmp_path: Path
) -> None:
    """The name is only proposed, and its value is #REF!: both are told in one answer."""
    path = tmp_path / "a.csv"
    path.write_text("2026年一季度\n指标,单位,完成\n智算总规模,EFLOPS,很多\n", encoding="utf-8")
    receipt = import_workbook(store, path, replace(wish, office="区数据局"))
    assert [(each.code, each.cell) for each in receipt.findings if each.severity == "error"] == [
        ("indicator-proposed", "A3"), ("cell-not-a-number", "C3"),
    ]  # fmt: skip
