"""Each attack on a reader of workbooks can only fail: a finding, in time, within memory."""

from __future__ import annotations

import io
import random
import socket
import struct
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook as Book

from indicators.findings import Finding
from indicators.outputs import printable
from indicators.submissions.guard import unpack
from indicators.submissions.inspecting import Inspection, inspect_bytes
from indicators.submissions.ooxml import read_ooxml
from indicators.submissions.sandbox import open_bytes
from indicators.submissions.values import read_number
from indicators.submissions.writing import neutralised, put

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"""
BOOK = f"""<?xml version="1.0"?><workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>"""
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = f"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>"""


def sheet(body: str, after: str = "") -> str:
    return (
        f'<?xml version="1.0"?><worksheet {MAIN}><sheetData>{body}</sheetData>{after}</worksheet>'
    )


def workbook(
    body: str = "", *, more: dict[str, bytes | str] | None = None, after: str = ""
) -> bytes:
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": sheet(body, after),
        **(more or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def cells(*places: str) -> str:
    rows: dict[str, str] = {}
    for place in places:
        number = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        rows[number] = rows.get(number, "") + f'<c r="{place}"><v>1</v></c>'
    return "".join(f'<row r="{number}">{content}</row>' for number, content in rows.items())


def looked_at(content: bytes, name: str = "攻击.xlsx") -> tuple[Inspection, list[str]]:
    began = time.monotonic()
    seen = inspect_bytes(content, name)
    assert time.monotonic() - began < 20
    for each in seen.findings:
        assert isinstance(each, Finding)
        assert each.message
    return seen, [each.code for each in seen.findings]


def shared(*texts: str) -> str:
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<?xml version="1.0"?><sst {MAIN}>{items}</sst>'


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def packed(members: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def twice(content: bytes) -> bytes:
    """Add a member a second time: readers differ in which they take."""
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", sheet(cells("A1")))
    return stream.getvalue()


def directory(content: bytes) -> tuple[int, int]:
    """Return where the directory of an archive begins and where its end record stands."""
    end = content.rfind(b"PK\x05\x06")
    return struct.unpack_from("<I", content, end + 16)[0], end


def overlapping() -> bytes:
    """Forty entries that all point to one stored member of 12 MB: no ratio tells it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/w00.xml", bytes(12 * 2**20))
    content = stream.getvalue()
    start, end = directory(content)
    at = content.rfind(b"PK\x01\x02", start, end)
    entry = content[at:end]
    more = b"".join(entry.replace(b"xl/w00", f"xl/w{n:02}".encode()) for n in range(1, 40))
    tail = bytearray(content[end:])
    for place in (8, 10):
        struct.pack_into("<H", tail, place, 42)
    struct.pack_into("<I", tail, 12, end - start + len(more))
    return content[:end] + more + bytes(tail)


def crowded() -> bytes:
    """Six thousand members."""
    return workbook(more={f"xl/media/{number}.xml": "" for number in range(6_000)})


def locked(content: bytes) -> bytes:
    """Say of every member that a password locks it."""
    changed = bytearray(content)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: workbook(more={"xl/sharedStrings.xml": shared("a" * (40 * 2**20))}), "workbook-bomb"),
        (lambda: workbook("<row><c><v>1</v></c></row>" * 400_000), "workbook-bomb"),
        (lambda: workbook(more={"xl/sharedStrings.xml": shared() .replace("</sst>", "<si/>" * 1_000_000 + "</sst>")}), "workbook-bomb"),
        (lambda: workbook(more={"xl/styles.xml": f'<styleSheet {MAIN}><cellXfs>{"<xf/>" * 1_000_000}</cellXfs></styleSheet>'}), "workbook-bomb"),
        (lambda: workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', more={"xl/sharedStrings.xml": shared("".join(random.Random(1).choices("abcdef", k=2**20)))}), "workbook-text-too-long"),
        (lambda: workbook(after='<mergeCells><mergeCell ref="A1:XFD4000"/></mergeCells>'), "workbook-too-large"),
        (lambda: workbook(after="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 50_000)) + "</mergeCells>"), "workbook-too-many-merges"),
        (lambda: workbook(more={"xl/sharedStrings.xml": ENTITIES + f"<sst {MAIN}><si><t>&b;</t></si></sst>"}), "workbook-has-dtd"),
        (lambda: workbook(more={"xl/styles.xml": OUTSIDE + f"<styleSheet {MAIN}>&a;</styleSheet>"}), "workbook-has-dtd"),
        (lambda: workbook(more={"xl/worksheets/sheet1.xml": (OUTSIDE + sheet("")).encode("utf-16")}), "workbook-has-dtd"),
        (lambda: workbook(more={"xl/worksheets/sheet1.xml": "<!-- " + "x" * 99_999 + " -->" + OUTSIDE + sheet("")}), "workbook-has-dtd"),
        (lambda: workbook(more={"xl/worksheets/SHEET1.xml": sheet("")}), "workbook-duplicate-member"),
        (lambda: workbook(more={"../../etc/x.xml": "<a/>"}), "workbook-bad-member"),
        (lambda: workbook(more={"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row"}), "workbook-damaged"),
        (lambda: workbook(more={"xl/worksheets/sheet1.xml": ENTITIES + sheet("<row><c t='str'><v>&b;</v></c></row>")}), "workbook-has-dtd"),
        (lambda: workbook(more={"xl/workbook.xml": ENTITIES + BOOK.split("?>")[1]}), "workbook-has-dtd"),
        (lambda: workbook(more={"xl/_rels/workbook.xml.rels": OUTSIDE + LINKS.split("?>")[1]}), "workbook-has-dtd"),
        (lambda: workbook(more={"xl/sharedStrings.xml": f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]><sst {MAIN}><si><t>{"&a;" * 20_000}</t></si></sst>'}), "workbook-has-dtd"),
        (lambda: workbook("<a>" * 200_000), "workbook-damaged"),
        (lambda: workbook('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'), "workbook-too-large"),
        (lambda: workbook(cells("ZZZ1", "A1")), "workbook-too-large"),
        (lambda: twice(workbook()), "workbook-duplicate-member"),
        (overlapping, "workbook-too-large"),
        (crowded, "workbook-too-large"),
        (lambda: locked(workbook()), "workbook-encrypted"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(2048), "workbook-encrypted"),
        (lambda: OLE + "WordDocument".encode("utf-16-le") + bytes(2048), "workbook-not-a-workbook"),
        (lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}), "workbook-other-format"),
        (lambda: packed({"[Content_Types].xml": TYPES, "xl/workbook.bin": "x"}), "workbook-other-format"),
        (lambda: packed({"[Content_Types].xml": TYPES, "word/document.xml": "<a/>"}), "workbook-not-a-workbook"),
        (lambda: packed({"照片.txt": "x"}), "workbook-not-a-workbook"),
        (lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "workbook-other-format"),
        (lambda: workbook()[:-40], "workbook-damaged"),
        (lambda: b"", "workbook-empty-file"),
        (lambda: b"\0" * 4096, "workbook-empty-file"),
        (lambda: b"%PDF-1.7 ...", "workbook-not-a-workbook"),
        (lambda: bytes(range(256)) * 64, "workbook-not-a-workbook"),
        (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "workbook-other-format"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2048, "workbook-not-a-workbook"),
    ],
)  # fmt: skip
def test_an_attack_is_a_finding(content: object, code: str) -> None:
    """Bombs, entities, merges, strange members and foreign files are refused by name."""
    seen, codes = looked_at(content())
    assert codes == [code]
    assert seen.workbook is None


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (lambda: workbook(cells("A1", "B1", "A2", "B2", "XFD1048576")), 2),
        (lambda: workbook(cells("A1", "XFD1")), 1),
        (lambda: workbook(cells("A1", "A1048576")), None),
        (lambda: workbook(cells("A1", "B1"), after='<dimension ref="A1:XFD1048576"/>'), 1),
        (lambda: workbook('<row r="1"><c r="A1"><v>1</v></c></row>' + '<row r="2" hidden="1"/>' * 9), None),
    ],
)  # fmt: skip
def test_far_cells_and_lies_about_size_do_no_harm(content: object, rows: int | None) -> None:
    """Cells at the ends of a sheet and a false dimension cost neither time nor memory."""
    seen, _ = looked_at(content())
    assert seen.workbook is not None
    if rows is not None:
        assert sum(len(table.rows) for each in seen.sheets for table in each.tables) == rows


def test_a_directory_that_lies_about_sizes_is_caught() -> None:
    """The bytes that come out are counted, whatever the directory says."""
    content = bytearray(workbook(more={"xl/sharedStrings.xml": shared("a" * (8 * 2**20))}))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", content, at + 28)[0]
        if content[at + 46 : at + 46 + length] == b"xl/sharedStrings.xml":
            struct.pack_into("<I", content, at + 24, 1000)
        at = content.find(b"PK\x01\x02", at + 4)
    seen, codes = looked_at(bytes(content))
    assert seen.workbook is None
    assert codes[0] in ("workbook-damaged", "workbook-bomb", "workbook-too-large")


@pytest.mark.parametrize(
    "pattern", ["a/", "( ", "单位：", "1,", "2026年 ", "\ufdfa", "[", "x y ", "一"]
)
def test_long_texts_cost_no_time(pattern: str) -> None:
    """Texts of 32 000 characters that could make a pattern try everything are read in a moment."""
    text = (pattern * 32_000)[:20_000]
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{row}{text}</t></is></c>'
        f'<c r="B{row}" t="inlineStr"><is><t>{text[:-row]}</t></is></c><c r="C{row}"><v>1</v></c></row>'
        for row in range(1, 7)
    )
    name = f'name="{text[:9_000]}"'
    began = time.process_time()
    seen, _ = looked_at(workbook(rows, more={"xl/workbook.xml": BOOK.replace('name="表"', name)}))
    assert seen.workbook is not None
    assert time.process_time() - began < 4


def test_a_number_format_without_end_costs_no_time() -> None:
    """A format of sixty thousand brackets is cut where Excel would cut it."""
    styles = (
        f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="164" formatCode="{"[" * 60_000}"/></numFmts>'
        '<cellXfs><xf/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    body = '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>2</v></c></row>'
    began = time.process_time()
    looked_at(workbook(body, more={"xl/styles.xml": styles}))
    assert time.process_time() - began < 2


@pytest.mark.parametrize("value", ["NaN", "1e999", "-inf"])
def test_what_is_no_number_is_an_error_value(value: str) -> None:
    """No program writes NaN; where one stands it is never taken for a number."""
    seen, _ = looked_at(workbook(f'<row r="1"><c r="A1"><v>{value}</v></c></row>'))
    assert seen.workbook is not None
    cell = seen.workbook.sheets[0].cell(1, 1)
    assert (cell.kind, cell.magnitude) == ("error", None)
    assert read_number(cell).problem == "cell-error-value"


def test_links_to_elsewhere_are_told_and_never_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that refers to others and to the network opens no connection."""

    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    links = LINKS.replace(
        "</Relationships>",
        f'<Relationship Id="rId9" Type="{RELATIONS}/externalLink" Target="externalLinks/e.xml"/>'
        f'<Relationship Id="rId8" Type="{RELATIONS}/image" Target="http://127.0.0.1:9/x.png"'
        ' TargetMode="External"/></Relationships>',
    )
    content = workbook(cells("A1", "B1"), more={"xl/_rels/workbook.xml.rels": links})
    read = read_ooxml(unpack(content))
    assert (read.links, len(read.sheets[0].rows)) == (True, 1)
    assert "workbook-links" in looked_at(content)[1]


def test_members_with_absolute_names_are_read_and_nothing_is_written(tmp_path: Path) -> None:
    """/abs names a member and no place on the disk."""
    seen, _ = looked_at(workbook(cells("A1", "B1"), more={f"{tmp_path}/x.xml": "<a/>"}))
    assert seen.workbook is not None
    assert not list(tmp_path.iterdir())


def test_a_csv_that_is_one_endless_field_or_line_is_refused() -> None:
    """Fields beyond Excel's own limit and lines beyond its rows are told; a look shows the first."""
    assert looked_at(b'a,b\n1,"' + b"x" * 100_000 + b'"\n', "a.csv")[1] == [
        "workbook-text-too-long"
    ]
    endless = b"a,b\n" * 1_100_000
    assert [each.code for each in open_bytes(endless, "a.csv").findings] == ["workbook-too-large"]
    assert "sheet-read-in-part" in looked_at(endless, "a.csv")[1]


def test_a_random_change_of_bytes_never_breaks_through() -> None:
    """Sixteen damaged copies give findings or tables, never an exception."""
    book = Book()
    for row in range(30):
        book.active.append([f"指标{row}", row, row / 7])
    stream = io.BytesIO()
    book.save(stream)
    chance = random.Random(7)
    for _ in range(16):
        content = bytearray(stream.getvalue())
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        looked_at(bytes(content))


def test_a_csv_of_one_endless_row_is_refused() -> None:
    """A line of twenty thousand fields is no table."""
    _, codes = looked_at(b"1," * 20_000 + b"1", "a.csv")
    assert codes == ["workbook-too-large"]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-cmd", "@x", "\tx", "\rx", "＝1", " =1"])
def test_text_for_csv_is_no_formula(text: str) -> None:
    """What a spreadsheet would take for a formula gets an apostrophe."""
    assert neutralised(text).startswith("'")


@pytest.mark.parametrize("text", ["-12.5", "+3", "1,234", "12%", "区数据局", ""])
def test_numbers_and_words_for_csv_stay(text: str) -> None:
    """Plain numbers and words are left as they are."""
    assert neutralised(text) == text


def test_written_text_is_text_without_control_characters() -> None:
    """A text that begins with = is stored as text; control characters are left out."""
    book = Book()
    cell = put(book.active, 1, 1, "=cmd|' /C calc'!A0\x07")
    assert (cell.data_type, cell.value) == ("s", "=cmd|' /C calc'!A0")
    assert printable("a\x00b\x0bc\nd") == "abc\nd"
