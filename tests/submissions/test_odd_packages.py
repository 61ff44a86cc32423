"""Readable workbooks that are written in unusual ways are read all the same."""

from __future__ import annotations

import io
import signal
import time
import zipfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest

from indicators.model import Submission
from indicators.store import open_store
from indicators.store.ledger import Store
from indicators.submissions import importing, inspecting, patience, recording
from indicators.submissions.figure import shown
from indicators.submissions.inspecting import Inspection, inspect_bytes
from indicators.submissions.receipt import Receipt
from indicators.submissions.sender import Wish

from .conftest import USUAL, Fill
from .test_hostile_workbooks import BOOK, LINKS, MAIN, sheet, workbook

ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>指标</t></is></c>'
    '<c r="B1" t="inlineStr"><is><r><t>完</t></r><r><t>成</t></r><rPh sb="0" eb="1"><t>wan</t></rPh></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>产值</t></is></c><c r="B2"><v>12.5</v></c></row>'
)


def grid(seen: Inspection) -> list[list[object]]:
    (table,) = seen.sheets[0].tables
    return [
        [shown(table.sheet, row, column.number) for column in table.columns]
        for row in (*table.header_rows, *table.rows)
    ]


EXPECTED = [["指标", "完成"], ["产值", 12.5]]


def renamed(content: bytes, change: object) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(change(name)), old.read(name))
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        workbook(ROWS),
        workbook(more={"xl/worksheets/sheet1.xml": sheet(ROWS).replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-16"?>').encode("utf-16")}),
        renamed(workbook(ROWS), lambda name: name.replace("/", "\\")),
        renamed(workbook(ROWS), str.upper),
        workbook(more={"xl/worksheets/sheet1.xml": sheet(ROWS).replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")}),
        workbook(more={"xl/worksheets/sheet1.xml": sheet(ROWS.replace(' r="1"', "").replace(' r="2"', "").replace(' r="A1"', "").replace(' r="B1"', "").replace(' r="A2"', "").replace(' r="B2"', ""))}),
        workbook(ROWS, more={"xl/styles.xml": f"<styleSheet {MAIN}><fills><fill/></fills><cellXfs><xf/></cellXfs></styleSheet>"}),
        workbook(ROWS, more={"xl/_rels/workbook.xml.rels": LINKS.replace('"worksheets/', '"/xl/worksheets/')}),
        workbook(ROWS, more={"xl/workbook.xml": BOOK.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"), "xl/worksheets/sheet1.xml": sheet(ROWS).replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")}),
    ],
    ids=["usual", "utf-16", "backslashes", "upper case", "prefixed", "no addresses", "empty fill", "absolute", "strict"],
)  # fmt: skip
def test_an_unusual_package_reads_as_the_usual_one(content: bytes) -> None:
    """Encodings, names of members, prefixes and missing addresses make no difference."""
    seen = inspect_bytes(content, "a.xlsx")
    assert [each.code for each in seen.findings if each.severity == "error"] == []
    assert grid(seen) == EXPECTED


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.xlsx"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_delimited_text_under_any_name(name: str, encoding: str, separator: str) -> None:
    """The content decides: a CSV named .xls is a CSV."""
    text = f"指标{separator}完成\r\n产值{separator}12.5\r\n"
    assert grid(inspect_bytes(text.encode(encoding), name)) == EXPECTED


def test_prose_is_no_workbook() -> None:
    """A text without fields is refused by its content."""
    seen = inspect_bytes("武清区将建设智算中心。\n到2027年达到30EFlops。\n".encode(), "方案.txt")
    assert [each.code for each in seen.findings] == ["workbook-not-a-workbook"]


def test_old_binary_workbooks_keep_formats_merges_and_errors() -> None:
    """.xls: a percent format counts in points, merges join headers, hidden rows are told."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    target = book.add_sheet("季报")
    target.write_merge(0, 0, 0, 2, "2026年一季度（单位：亿元）")
    for column, head in enumerate(("指标", "完成", "完成率")):
        target.write(1, column, head)
    percent = xlwt.easyxf(num_format_str="0.0%")
    for row in (2, 3):
        target.write(row, 0, f"指标{row}")
        target.write(row, 1, row * 10)
        target.write(row, 2, 0.5, percent)
    target.row(3).hidden = True
    stream = io.BytesIO()
    book.save(stream)
    seen = inspect_bytes(stream.getvalue(), "a.xls")
    (table,) = seen.sheets[0].tables
    assert [each.unit for each in table.columns] == ["", "亿元", "%"]
    assert shown(table.sheet, 3, 3) == 50
    assert "rows-hidden" in [each.code for each in seen.findings]


def test_a_look_that_takes_too_long_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading and understanding together are bounded, and the alarm is put back."""
    before = signal.getsignal(signal.SIGALRM)
    monkeypatch.setattr(inspecting, "LOOK_SECONDS", 0.01)
    path = tmp_path / "x.csv"
    path.write_text("指标,值\n产值,1\n", encoding="utf-8")
    found = inspecting.inspect(path)
    assert [each.code for each in found.findings] == ["workbook-too-heavy"]
    assert signal.getsignal(signal.SIGALRM) is before


@pytest.mark.parametrize("step", ["open", "read"])
def test_a_look_that_takes_too_long_on_the_disk_is_no_error_of_the_disk(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The alarm may ring while the file is opened or read: it is the time that is over."""
    path = tmp_path / "x.csv"
    path.write_text("指标,值\n产值,1\n", encoding="utf-8")
    monkeypatch.setattr(inspecting, "LOOK_SECONDS", 0.01)
    slow = SimpleNamespace(read=lambda _most: time.sleep(5))

    def opened(*_: object) -> AbstractContextManager[object]:
        return nullcontext(time.sleep(5) if step == "open" else slow)

    monkeypatch.setattr(Path, "open", opened)
    found = inspecting.inspect(path)
    assert [each.code for each in found.findings] == ["workbook-too-heavy"]


def test_an_import_whose_tables_take_too_long_to_find_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Understanding is bounded in an import too: nothing is recorded, and it is said why."""
    monkeypatch.setattr(importing, "UNDERSTAND_SECONDS", 0.01)
    monkeypatch.setattr(importing, "view", lambda *_: time.sleep(5))
    path = tmp_path / "x.csv"
    path.write_text("指标,值\n产值,1\n", encoding="utf-8")
    with open_store(tmp_path / "store") as ledger:
        receipt = importing.import_workbook(ledger, path, Wish(who="测试"))
        assert not ledger.batches()
    assert receipt.outcome == "unreadable"
    assert [each.code for each in receipt.findings] == ["workbook-too-heavy"]


@pytest.mark.parametrize("late", ["read", "checked", "compared"])
def test_an_import_is_bounded_as_a_whole_in_a_thread_too(
    late: str, store: Store, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the time ends, under the write lock too, nothing is recorded and it is said why."""
    path = fill(USUAL)
    clock = {"now": 0.0}
    monkeypatch.setattr(patience, "time", SimpleNamespace(monotonic=lambda: clock["now"]))
    module, name = {
        "read": (importing, "read_lines"),
        "checked": (importing, "check_read"),
        "compared": (recording, "_compared"),
    }[late]
    real = getattr(module, name)

    def slow(*arguments: object, **named: object) -> object:
        clock["now"] += importing.IMPORT_SECONDS + 1
        return real(*arguments, **named)

    monkeypatch.setattr(module, name, slow)
    answers: list[Receipt] = []
    work = Thread(
        target=lambda: answers.append(importing.import_workbook(store, path, Wish(who="测试")))
    )
    work.start()
    work.join()
    (receipt,) = answers
    assert (receipt.outcome, receipt.findings[0].code) == ("unreadable", "workbook-too-heavy")
    assert not store.current(Submission)
    assert list(store.verify()) == []
    monkeypatch.setattr(module, name, real)
    assert importing.import_workbook(store, path, Wish(who="测试")).outcome == "recorded"
