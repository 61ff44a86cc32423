"""Every cell reads alike by the parser, by the pattern for large sheets, and by openpyxl."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from indicators.submissions import ooxml
from indicators.submissions.guard import unpack
from indicators.submissions.sheet import Trouble, Workbook

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "workbooks"

TEXT = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() and not text.startswith("="))  # fmt: skip
MIN, MAX = datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2099-12-31")
VALUE = st.one_of(
    st.none(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 6)),
    st.booleans(),
    TEXT,
    st.datetimes(MIN, MAX).map(lambda moment: moment.replace(microsecond=0)),
)
FORMATS = st.sampled_from(["General", "0.00%", "0%", "#,##0.00", "0.0", '0"个"'])


def read(content: bytes, large: int, monkeypatch: pytest.MonkeyPatch) -> Workbook:
    with monkeypatch.context() as patch:
        patch.setattr(ooxml, "LARGE", large)
        return ooxml.read_ooxml(unpack(content))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(st.lists(st.tuples(VALUE, FORMATS), max_size=6), min_size=1, max_size=8))
def test_what_is_written_is_read(
    rows: list[list[tuple[object, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers, days, percentages, texts and truth values come back, by both ways of reading."""
    book = Book()
    sheet = book.active
    for number, row in enumerate(rows, start=1):
        for column, (value, form) in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            if not isinstance(value, datetime):
                cell.number_format = form
            if isinstance(value, str):
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    parsed = read(stream.getvalue(), 2**40, monkeypatch)
    assert parsed == read(stream.getvalue(), 0, monkeypatch)
    for number, row in enumerate(rows, start=1):
        for column, (value, form) in enumerate(row, start=1):
            cell = parsed.sheets[0].cell(number, column)
            if value is None:
                assert cell.kind == "blank"
            elif isinstance(value, datetime):
                assert cell.moment == value
            else:
                assert cell.value == value
                assert isinstance(cell.value, bool) is isinstance(value, bool)
            if isinstance(value, int) and not isinstance(value, bool) and "%" in form:
                assert cell.magnitude == value * 100


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the real workbooks are not here")
def test_real_workbooks_read_alike_by_pattern_and_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the pattern takes a real sheet, it takes it exactly as the parser does."""
    for path in sorted(FOLDER.glob("x*.xlsx")):
        if "password" not in path.name:
            content = path.read_bytes()
            assert read(content, 0, monkeypatch) == read(content, 2**40, monkeypatch), path.name


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the real workbooks are not here")
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_real_workbooks_read_as_openpyxl_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """An independent reader gives the same values and formats, where it can read at all."""
    for path in sorted(FOLDER.glob("x*.xlsx")):
        if "password" in path.name or "strict" in path.name:
            continue
        mine = read(path.read_bytes(), 2**40, monkeypatch)
        book = load_workbook(path, data_only=True)
        for sheet in mine.sheets:
            theirs = book[sheet.name]
            for row in sheet.rows:
                for cell in sheet.cells(row):
                    other = theirs.cell(row.number, cell.column)
                    if isinstance(cell.value, Trouble):
                        assert other.data_type == "e" or other.value is None
                    elif cell.kind == "date" and isinstance(other.value, datetime):
                        assert cell.moment == other.value, (path.name, cell.address)
                    elif cell.sort != "elapsed":
                        assert cell.value == other.value, (path.name, cell.address)


def test_chinese_built_in_dates_are_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Format 57 of Chinese editions shows a month; the number under it is a day."""
    book = Book()
    book.active["A1"] = 46023
    book.active["A1"].number_format = "0.0"
    stream = io.BytesIO()
    book.save(stream)
    package = unpack(stream.getvalue())
    head, cells, rest = package.members["xl/styles.xml"].partition(b"<cellXfs")
    styles = head + cells + rest.replace(b'numFmtId="164"', b'numFmtId="57"')
    members = {**package.members, "xl/styles.xml": styles}
    cell = ooxml.read_ooxml(type(package)(members)).sheets[0].cell(1, 1)
    assert (cell.kind, cell.day) == ("date", date(2026, 1, 1))


def test_lost_results_and_errors_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A formula without a cached value is no blank, and an error value is no text."""
    book = Book()
    book.active["A1"] = "=1+1"
    book.active["B1"] = "#DIV/0!"
    stream = io.BytesIO()
    book.save(stream)
    for large in (0, 2**40):
        sheet = read(stream.getvalue(), large, monkeypatch).sheets[0]
        assert [sheet.cell(1, column).kind for column in (1, 2)] == ["uncalculated", "error"]
        assert sheet.cell(1, 1).formula
