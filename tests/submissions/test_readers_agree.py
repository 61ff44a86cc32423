"""Every cell reads alike by the parser, by the pattern for large sheets, and by openpyxl."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from indicators.submissions import ooxml, rapid
from indicators.submissions.guard import unpack
from indicators.submissions.package import Package
from indicators.submissions.shape import Reading
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


def read(content: bytes, large: int, monkeypatch: pytest.MonkeyPatch, often: int = 20) -> Workbook:
    """Read by the parser (a great ``large``), or by pattern; ``often`` 1 makes a form of every row."""
    return read_package(unpack(content), large, monkeypatch, often)


def read_package(
    package: Package, large: int, monkeypatch: pytest.MonkeyPatch, often: int = 20
) -> Workbook:
    with monkeypatch.context() as patch:
        patch.setattr(ooxml, "LARGE", large)
        patch.setattr(rapid, "_OFTEN", often)
        patch.setattr(rapid, "_AT_ONCE", 3)
        return ooxml.read_ooxml(package)


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
    assert parsed == read(stream.getvalue(), 0, monkeypatch, often=1)
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


CELL = st.sampled_from(
    [
        "", '<c r="{0}"/>', '<c r="{0}" s="1"/>', '<c r="{0}"></c>', '<c r="{0}"><v/></c>', '<c r="{0}"><v></v></c>',
        '<c r="{0}"><v>{1}</v></c>', '<c r="{0}" t="n"><v>-0.5</v></c>', '<c r="{0}" s="1"><v>1e5</v></c>',
        '<c r="{0}" s="1"><v>0.{1}</v></c>', '<c r="{0}" s="7"><v>1234567890123456</v></c>',
        '<c r="{0}" t="s"><v>{1}</v></c>', '<c r="{0}" s="1" t="s"><v>{1}</v></c>', '<c r="{0}" t="s"><v>2</v></c>',
        '<c r="{0}" t="s"><v>9</v></c>', '<c r="{0}" t="s"><v>-1</v></c>', '<c r="{0}" t="b"><v>1</v></c>',
        '<c r="{0}" t="b"><v>0</v></c>', '<c r="{0}" t="e"><v>#REF!</v></c>', '<c r="{0}" t="d"><v>2026-03-31</v></c>',
        '<c r="{0}" t="inlineStr"><is><t>&#25351;a&amp;b</t></is></c>', '<c r="{0}" t="inlineStr"><is><t></t></is></c>',
        '<c r="{0}" t="inlineStr"><v>3</v></c>', '<c r="{0}"><is><t>x</t></is></c>',
        '<c r="{0}" t="inlineStr"><is><t xml:space="preserve"> 指标_x000D_ </t></is></c>',
        '<c r="{0}"><f>A1+1</f><v>7</v></c>', '<c r="{0}"><f>A1+1</f></c>', '<c r="{0}" t="str"><f>A1</f><v>文</v></c>',
        '<c r="{0}" t="str"><f>A1</f><v></v></c>', '<c r="{0}" s="1"><f t="shared" si="0"/><v>0.5</v></c>',
        '<c r="{0}" t="str"><v xml:space="preserve"> 3 </v></c>',
    ]
)  # fmt: skip
"""A cell as some program writes it, usual or not: its place, and a digit of the row's own."""
TEXTS = st.sampled_from(
    ['<c r="{0}" t="s"><v>{1}</v></c>', '<c r="{0}" s="1" t="s"><v>{1}</v></c>']
)
"""A shared text, which is empty where the digit is 1: whether a row has a value there is its own."""
FORM = st.one_of(st.lists(CELL, max_size=5), st.lists(TEXTS, min_size=3, max_size=5))
"""The cells of a row; rows of texts alone often have a blank between two values."""


def one_sheet(rows: list[str]) -> Package:
    """Return a package whose one sheet has these rows."""
    spread = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kept = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{spread}" xmlns:r="{office}">'
        '<sheets><sheet name="表" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{kept}">'
        f'<Relationship Id="a" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="b" Type="{office}/styles" Target="styles.xml"/>'
        f'<Relationship Id="c" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{spread}"><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="10"/></cellXfs></styleSheet>',
        "xl/sharedstrings.xml": f'<sst xmlns="{spread}"><si><t>甲</t></si><si><t/></si>'
        "<si><r><t>乙</t></r><r><t>丙</t></r></si></sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{spread}"><sheetData>{"".join(rows)}'
        "</sheetData></worksheet>",
    }
    return Package({name: content.encode() for name, content in parts.items()})


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    forms=st.lists(FORM, min_size=1, max_size=4),
    digits=st.lists(st.sampled_from([0, 2, 1]), min_size=10, max_size=60),
    order=st.lists(st.sampled_from([0, 0, 1, 2, 3]), min_size=1, max_size=16),
    attributes=st.sampled_from(["", ' spans="1:5"', ' hidden="1"', ' ht="15" hidden="0"']),
    often=st.integers(1, 3),
)
def test_rows_of_one_form_read_as_the_parser_reads_them(
    forms: list[list[str]],
    digits: list[int],
    order: list[int],
    attributes: str,
    often: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rows whose cells repeat in form, however a program writes them, give every cell alike."""
    rows = []
    for number, which in enumerate(order, start=1):
        cells = forms[which % len(forms)]
        inside = "".join(
            each.format(f"{'ABCDE'[at]}{number}", digits[(5 * number + at) % len(digits)])
            for at, each in enumerate(cells)
        )
        rows.append(f'<row r="{number}"{attributes if number % 2 else ""}>{inside}</row>')
    package = one_sheet(rows)
    assert read_package(package, 0, monkeypatch, often) == read_package(package, 2**40, monkeypatch)


@pytest.mark.parametrize("often", [1, 2, 3])
def test_an_empty_text_in_a_row_of_a_known_form_is_a_blank(
    often: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shared texts may be empty: first, between, last or alone, the cell is blank and has no format."""
    row = (
        '<row r="{0}"><c r="A{0}" s="1" t="s"><v>{1}</v></c><c r="B{0}" s="1" t="s"><v>{2}</v></c>'
        '<c r="C{0}" s="1" t="s"><v>{3}</v></c></row>'
    )
    texts = [(0, 0, 0), (0, 1, 2), (1, 0, 0), (0, 2, 1), (1, 1, 1), (1, 0, 1), (2, 2, 2)] * 2
    package = one_sheet([row.format(at, *each) for at, each in enumerate(texts, start=1)])
    assert read_package(package, 0, monkeypatch, often) == read_package(package, 2**40, monkeypatch)


@pytest.mark.parametrize("often", [1, 20])
def test_usual_rows_are_read_by_pattern(often: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large sheet of usual rows is not left to the parser, percentages and gaps included."""
    row = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="C{0}" s="1"><v>0.{0}</v></c></row>'
    package = one_sheet([row.format(number) for number in range(1, 50)])
    monkeypatch.setattr(ooxml.SheetReader, "row", lambda *_: pytest.fail("left to the parser"))
    sheet = read_package(package, 0, monkeypatch, often).sheets[0]
    assert [sheet.cell(number, 3).text for number in (4, 49)] == ["40%", "49%"]
    assert sheet.cell(7, 2).kind == "blank"
    assert sheet.cell(49, 1).value == 49


Column = tuple[bytes, list[bytes]]
WHOLE = st.integers(-(10**18), 10**18).map(str)
PARTS = st.floats(allow_nan=False).map(repr)
ODD = st.sampled_from(
    ["1", "1.2.3", "1e5", "nan", "", " 7", "x", "_x000D_", "a&amp;b", "a\rb", "\0", "甲乙"]
)
SAID = st.sampled_from(["甲", "a&amp;b", "a\rb", "_x000D_", "\0", ""])


def columns(sorts: list[bytes], *texts: st.SearchStrategy[str]) -> st.SearchStrategy[Column]:
    """Draw columns of some sorts, each of one kind of text."""
    drawn = st.one_of(*(st.lists(each, min_size=1, max_size=6) for each in texts))
    written = drawn.map(lambda some: [text.encode("utf-8", "replace") for text in some])
    return st.tuples(st.sampled_from(sorts), written)


COLUMNS = st.one_of(
    columns([b"", b"n"], WHOLE, PARTS, WHOLE | PARTS | ODD),
    columns([b"str", b"inlineStr"], SAID, st.text(max_size=5)),
    columns([b"s", b"b", b"e", b"z"], WHOLE | ODD),
)


def read_or_told(reading: Reading, sort: bytes, column: list[bytes]) -> str:
    """What a column says, with the type of each value; or that it says nothing."""
    try:
        values = reading.read(sort, column)
    except (ValueError, IndexError):
        return "refused"
    return repr([(type(value), value) for value in values])


@given(drawn=COLUMNS, times=st.sampled_from([1, 1, 3]))
@example(drawn=(b"n", [b"123456789012345", b"1234567890123456"]), times=1)
@example(drawn=(b"n", [b"1.5", b"2"]), times=1)
@example(drawn=(b"str", ["甲".encode(), b"a&amp;b"]), times=1)
@example(drawn=(b"str", [b"_x000D_", b"a"]), times=1)
@example(drawn=(b"str", [b"a\rb", b"a"]), times=1)
@example(drawn=(b"str", [b"a\0b", b"a"]), times=1)
def test_a_column_is_read_as_its_values_one_by_one(drawn: Column, times: int) -> None:
    """A column that is read whole says what each of its values says, with the same types."""
    sort, column = drawn[0], drawn[1] * times
    reading = Reading(("甲", "", "乙"), ("General",))
    one_by_one = [read_or_told(reading, sort, [written]) for written in column]
    expected = (
        "refused" if "refused" in one_by_one else f"[{', '.join(e[1:-1] for e in one_by_one)}]"
    )
    assert read_or_told(reading, sort, column) == expected


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the real workbooks are not here")
def test_real_workbooks_read_alike_by_pattern_and_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the pattern takes a real sheet, it takes it exactly as the parser does."""
    for path in sorted(FOLDER.glob("x*.xlsx")):
        if "password" not in path.name:
            content = path.read_bytes()
            parsed = read(content, 2**40, monkeypatch)
            assert read(content, 0, monkeypatch) == parsed, path.name
            assert read(content, 0, monkeypatch, often=2) == parsed, path.name


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
