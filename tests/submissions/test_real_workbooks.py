"""Nineteen real workbooks, each with what a correct importer does; they lie beside the checkout."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from indicators.submissions.figure import shown
from indicators.submissions.inspecting import Inspection, TableView, inspect

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "workbooks"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real workbooks are not here")


@cache
def seen(start: str) -> Inspection:
    return inspect(next(FOLDER.glob(f"{start}_*")))


def table(start: str, sheet: int = 0, number: int = 0) -> TableView:
    return seen(start).sheets[sheet].tables[number]


def codes(start: str) -> list[tuple[str, str, str]]:
    return [(each.code, each.severity, each.cell) for each in seen(start).findings]


def names(view: TableView) -> list[str]:
    return [column.name for column in view.columns]


def test_a_template_of_others_has_a_header_and_no_rows() -> None:
    """Instructions in rows 1 to 5 are no header; * marks what is required; lists are hidden."""
    view = table("x044")
    assert (view.header_rows, view.rows) == ((6,), ())
    required = next(each for each in seen("x044").findings if each.code == "header-required")
    assert "Level*" in required.found
    assert "Sector" not in required.found.replace("Sectors", "")
    assert [each.sheet.hidden for each in seen("x044").sheets] == ["", "hidden"]


def test_three_merged_header_rows_are_joined() -> None:
    """Current / Population Analysed / #, a country's own row first, and two notes below."""
    view = table("x045")
    assert view.header_rows == (10, 11, 12)
    assert names(view)[7] == "Current / Population Analysed / #"
    assert view.columns[8].unit == "%"
    assert view.columns[12].unit == "%"
    reasons = {each.row: each.reason for each in view.skipped}
    assert reasons[62] == reasons[64] == "说明"
    assert (view.rows[0], view.rows[-1]) == (13, 58)


def test_a_percent_format_counts_in_points() -> None:
    """0.52 in a percent format is 52 with the unit %."""
    view = table("x046")
    assert view.columns[1].unit == "%"
    assert [shown(view.sheet, row, 2) for row in view.rows] == [52, 30, 6]


def test_five_header_rows_by_merges() -> None:
    """The unit stands in the lowest part of a header of five rows over one row of data."""
    view = table("x048")
    assert (view.header_rows, view.rows) == ((1, 2, 3, 4, 5), (6,))
    assert [column.unit for column in view.columns] == ["", "%", "", "%"]


def test_blank_and_double_headings_are_told() -> None:
    """A double heading is an error at both cells; values under none are told at theirs."""
    found = codes("x049")
    assert ("header-duplicate", "error", "B1") in found
    assert ("header-duplicate", "error", "D1") in found
    assert {cell for code, _, cell in found if code == "header-blank"} == {"C6", "E6"}
    assert [(each.row, each.reason) for each in table("x049").skipped] == [(5, "空行")]


def test_a_wrong_dimension_is_ignored() -> None:
    """The file says AMJ; three columns and three rows are there."""
    view = table("x050")
    assert (view.range, len(view.rows), len(view.columns)) == ("A1:C4", 3, 3)


def test_error_cells_of_xls_are_errors_and_no_numbers() -> None:
    """29 and 42 are codes of #NAME? and #N/A."""
    found = [(each.cell, each.found) for each in seen("x051").findings if each.severity == "error"]
    assert found == [("A2", "#DIV/0!"), ("B2", "#NAME?"), ("C2", "#N/A"), ("D2", "#N/A")]


def test_tags_and_merged_data_cells() -> None:
    """Band, header and tag rows are told apart; a merged date is that of all its rows."""
    view = table("x054")
    assert (view.header_rows, len(view.rows)) == ((2,), 4)
    assert (3, "标签行") in [(each.row, each.reason) for each in view.skipped]
    assert {shown(view.sheet, row, 9) for row in view.rows} == {"1 March 2015"}
    assert shown(view.sheet, 4, 1) == "001"


@pytest.mark.parametrize("sheet", [0, 1])
def test_notes_above_and_below_are_left_out(sheet: int) -> None:
    """Free text in cells around a table is neither header nor data."""
    view = table("x055", sheet)
    assert (view.header_rows, view.rows) == ((5,), tuple(range(6, 16)))
    assert shown(view.sheet, 6, 5) in ("1947-01-08", "1928-07-23")


def test_years_as_numbers_are_headings() -> None:
    """2020 and 2021 above numbers name columns; the sheet of parameters reports nothing."""
    assert seen("x058").sheets[0].tables == ()
    assert ("sheet-metadata", "note", "") in codes("x058")
    view = table("x058", 1)
    assert (view.header_rows, len(view.rows)) == ((1,), 3)
    assert names(view) == ["SERIES", "SEX", "2020", "2021"]


def test_error_values_are_told_from_texts_that_look_like_them() -> None:
    """Only cells of the error type are errors; #NULL? is a text."""
    errors = {each.cell for each in seen("x059").findings if each.code == "cell-error-value"}
    assert {"A2", "B2", "A3", "C6", "D8", "F9"} <= errors
    assert not errors & {"C2", "D2", "B6", "A9", "B8"}
    assert table("x059").header_rows == (1,)


def test_hidden_sheets_are_named_and_not_offered() -> None:
    """Only the visible sheet has tables; both hidden ones are told."""
    assert [bool(each.tables) for each in seen("x060").sheets] == [True, False, False]
    told = [each.sheet for each in seen("x060").findings if each.code == "sheet-hidden"]
    assert told == ["Hidden", "VeryHidden"]


def test_et_is_read_as_biff() -> None:
    """A WPS sheet reads as .xls does."""
    view = table("x062")
    assert (view.header_rows, len(view.rows)) == ((1,), 2)
    assert ("cell-error-value", "error", "C3") in codes("x062")


def test_an_encrypted_workbook_is_called_so() -> None:
    """It is not called corrupt."""
    (finding,) = seen("x065").findings
    assert finding.code == "workbook-encrypted"
    assert "加密" in finding.message


def test_a_serial_without_a_date_format_is_a_number() -> None:
    """36526 stays a number, 123 as text becomes one with a warning."""
    view = table("x069")
    assert shown(view.sheet, 1, 3) == Decimal(36526)
    assert shown(view.sheet, 1, 1) == date(2000, 1, 1).isoformat()
    texts = {each.cell for each in seen("x069").findings if each.code == "cell-number-as-text"}
    assert {"D1", "D2", "D3"} == texts


def test_strict_ooxml_is_read() -> None:
    """A strict workbook is not empty."""
    assert [bool(each.tables) for each in seen("x075").sheets[:2]] == [True, True]


def test_the_date_system_of_1904() -> None:
    """Days count from 1904 where the workbook says so."""
    view = table("x078")
    assert [shown(view.sheet, row, 1) for row in view.rows[:2]] == ["2021-01-01", "2021-01-02"]


def test_a_workbook_without_styles() -> None:
    """Eleven rows, although the part of styles is missing."""
    assert len(table("x080").rows) == 11


def test_leading_zeros_stay() -> None:
    """001 is a text and no number."""
    view = table("x085")
    assert [shown(view.sheet, row, 1) for row in view.rows] == ["001", "002"]
    assert not [each for each in seen("x085").findings if each.cell.startswith("A")]


def test_every_workbook_has_the_shape_of_the_interface() -> None:
    """inspect --json has exactly the agreed keys for every file."""
    for path in FOLDER.glob("x*"):
        plain = json.loads(json.dumps(seen(path.name[:4]).plain(), default=str))
        assert plain.keys() == {"file", "sheets", "findings"}
        for sheet in plain["sheets"]:
            assert sheet.keys() == {"name", "hidden", "tables"}
            for each in sheet["tables"]:
                assert each.keys() == {"range", "header_rows", "columns", "rows", "skipped"}
        for finding in plain["findings"]:
            assert finding.keys() == {
                "code", "severity", "sheet", "cell", "found", "message", "action",
            }  # fmt: skip
