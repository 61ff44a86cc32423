"""Exported tables are complete, exact, and dead: no text becomes a formula."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyarrow import parquet

from indicators.errors import UsageError
from indicators.exchange.table_files import neutral, write
from indicators.model import Note, Observation
from indicators.store.frames import rows_of
from tests.store.samples import observation
from tests.store.strategies import ANY_ROWS, TEXT

ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("http://x")']


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("attack", ATTACKS)
def test_csv_is_neutral(tmp_path, attack):
    """A text that a spreadsheet would run gets an apostrophe, numbers stay numbers."""
    write(Observation, [observation("i1", "-5", note=attack)], tmp_path / "o.csv")
    (row,) = read_csv(tmp_path / "o.csv")
    assert row["note"] == f"'{attack}"
    assert row["magnitude"] == "-5"


@pytest.mark.parametrize("attack", ATTACKS)
def test_workbooks_hold_no_formula(tmp_path, attack):
    """In a workbook every text is a text cell, also one that begins with =."""
    write(Observation, [observation("i1", "5", note=attack)], tmp_path / "o.xlsx")
    sheet = load_workbook(tmp_path / "o.xlsx")["observations"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert attack.strip() in [str(cell.value).strip() for cell in cells]


@given(TEXT)
def test_neutral_text_never_begins_a_formula(text):
    """Whatever a text is, its neutral form begins with nothing active and loses nothing."""
    made = neutral(text)
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert made.removeprefix("'") == text or made == text


@given(ANY_ROWS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_table_can_be_written_in_every_form(tmp_path, case):
    """Rows of any table can be written as CSV, Parquet and workbook; Parquet gives them back."""
    table, rows = case
    for suffix in (".csv", ".parquet", ".xlsx"):
        write(table.record, rows, tmp_path / f"t{suffix}")
    assert rows_of(table.record, parquet.read_table(tmp_path / "t.parquet")) == rows
    assert len(read_csv(tmp_path / "t.csv")) == len(rows)
    assert load_workbook(tmp_path / "t.xlsx")[table.name].max_row == len(rows) + 1


@given(st.decimals(-(10**28), 10**28, allow_nan=False, places=9))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_csv_keeps_every_digit(tmp_path, value):
    """A magnitude in CSV is exact."""
    write(Observation, [observation("i1", str(value))], tmp_path / "o.csv")
    assert Decimal(read_csv(tmp_path / "o.csv")[0]["magnitude"]) == value


def test_a_number_too_long_for_excel_is_text(tmp_path):
    """A workbook holds 15 digits; a longer number is written as text rather than rounded."""
    rows = [observation("i1", "123456789012345.678"), observation("i2", "24.95")]
    write(Observation, rows, tmp_path / "o.xlsx")
    sheet = load_workbook(tmp_path / "o.xlsx")["observations"]
    assert sheet["G2"].value == "123456789012345.678"
    assert sheet["G3"].value == 24.95


def test_long_and_odd_texts_are_written(tmp_path):
    """Control characters and texts beyond a cell's limit are replaced and cut, with a mark."""
    notes = [Note(note_id="a", subject="x\x0b", text="长" * 40_000)]
    write(Note, notes, tmp_path / "n.xlsx")
    sheet = load_workbook(tmp_path / "n.xlsx")["notes"]
    assert sheet["B2"].value == "x\ufffd"
    assert sheet["C2"].value.endswith("…（已截断）")
    assert len(sheet["C2"].value) <= 32_767


def test_another_suffix_is_refused(tmp_path):
    """A format that we do not write is refused by name."""
    with pytest.raises(UsageError, match=r"不认识的表格格式“.ods”"):
        write(Note, [], tmp_path / "n.ods")
