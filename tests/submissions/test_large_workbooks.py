"""Workbooks too large for a look: their beginning is shown, and what was left out is told."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from indicators.submissions import inspecting, reach, understanding
from indicators.submissions.child import parse
from indicators.submissions.guard import Refused
from indicators.submissions.reach import Reach
from indicators.submissions.sandbox import open_bytes
from indicators.submissions.sheet import Merge, Sheet, Workbook
from indicators.submissions.table import survey

from .test_hostile_workbooks import BOOK, LINKS, RELATIONS, TYPES, sheet, workbook

HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>指标</t></is></c><c r="C1" t="inlineStr"><is><t>完成</t></is></c></row>'


def rows(count: int) -> str:
    return HEAD + "".join(
        f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>指标{at}</t></is></c><c r="B{at}"><v>{at}</v></c><c r="C{at}"><v>{at * 7}</v></c></row>'
        for at in range(2, count + 1)
    )


def several(count: int, each: str) -> bytes:
    names = "".join(
        f'<sheet name="表{at}" sheetId="{at}" r:id="rId{at}"/>' for at in range(1, count + 1)
    )
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, count + 1)
    )
    one = BOOK[BOOK.index("<sheet name") : BOOK.index("</sheets>")]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("xl/workbook.xml", BOOK.replace(one, names))
        start = LINKS[: LINKS.index("<Relationship Id")]
        archive.writestr("xl/_rels/workbook.xml.rels", f"{start}{links}</Relationships>")
        for at in range(1, count + 1):
            archive.writestr(f"xl/worksheets/sheet{at}.xml", sheet(each))
    return stream.getvalue()


def test_the_beginning_of_a_sheet_keeps_what_stands_behind_its_rows() -> None:
    """Whole rows are kept, the rest is counted, and merged ranges still hold the header."""
    merges = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    content = workbook(rows(3_000), after=merges)
    (found,) = parse(content, "x.xlsx", Reach(20_000, 60)).sheets
    assert 50 < len(found.rows) < 300
    assert found.rows[-1].number + found.unread == 3_000
    assert found.merges == (Merge(1, 1, 1, 2),)
    (whole,) = parse(content, "x.xlsx").sheets
    assert (len(whole.rows), whole.unread) == (3_000, 0)
    assert whole.rows[: len(found.rows)] == found.rows


def test_every_sheet_of_many_has_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first sheet takes not all that a look may read."""
    monkeypatch.setattr(reach, "_LEAST", 5_000)
    found = parse(several(6, rows(400)), "x.xlsx", Reach(60_000, 60)).sheets
    assert all(len(each.rows) >= 20 for each in found)
    assert all(len(each.rows) + each.unread == 400 for each in found)


def test_sheets_for_which_no_time_is_left_are_counted() -> None:
    """Each sheet stays on the list, with the number of rows that nobody read."""
    found = parse(several(3, rows(50)), "x.xlsx", Reach(10**6, -1)).sheets
    assert [(each.name, len(each.rows), each.unread) for each in found] == [
        ("表1", 0, 50), ("表2", 0, 50), ("表3", 0, 50),
    ]  # fmt: skip


def test_the_first_lines_of_a_text_end_with_a_line() -> None:
    """A line break within quotes parts no lines, and the rest is counted."""
    text = "指标,说明\n" + '产值,"第一行\n第二行"\n' * 400
    (found,) = parse(text.encode(), "x.csv", Reach(7 * 1_000, 60)).sheets
    assert found.unread > 0
    assert all(row.values == ("产值", "第一行\n第二行") for row in found.rows[1:])


def test_sheets_of_an_old_workbook_are_read_as_time_allows() -> None:
    """.xls: the first sheet is begun, the others are named."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for name in ("甲", "乙"):
        target = book.add_sheet(name)
        for row in range(20):
            target.write(row, 0, f"指标{row}")
            target.write(row, 1, row)
    stream = io.BytesIO()
    book.save(stream)
    found = parse(stream.getvalue(), "x.xls", Reach(10**6, -1)).sheets
    assert [(each.name, len(each.rows), each.unread) for each in found] == [
        ("甲", 0, 20), ("乙", 0, -1),
    ]  # fmt: skip
    assert [len(each.rows) for each in parse(stream.getvalue(), "x.xls").sheets] == [20, 20]


def test_a_bomb_is_refused_by_a_look_too() -> None:
    """That only the beginning is read makes no exception from the ratio."""
    content = workbook("<row><c><v>1</v></c></row>" * 200_000)
    with pytest.raises(Refused, match="workbook-bomb"):
        parse(content, "x.xlsx", reach.LOOK)


def test_a_file_above_the_limit_of_imports_is_looked_at(tmp_path: Path) -> None:
    """Its tables are shown; an import of it stays refused."""
    noise = bytes(range(1, 256)) * 90_000
    stream = io.BytesIO(workbook(rows(40)))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/image1.bin", noise)
    path = tmp_path / "x.xlsx"
    path.write_bytes(stream.getvalue())
    seen = inspecting.inspect(path)
    assert [len(table.rows) for table in seen.sheets[0].tables] == [39]
    refused = open_bytes(stream.getvalue(), "x.xlsx", patient=True)
    assert [each.code for each in refused.findings] == ["workbook-too-large"]


def slow_survey(longest: int, seconds: float) -> object:
    def slow(found: Sheet) -> object:
        if len(found.rows) > longest:
            time.sleep(seconds)
        return survey(found)

    return slow


def book_of(*counts: int) -> bytes:
    lines = ["指标,完成", *(f"指标{at},{at}" for at in range(max(counts)))]
    return "\n".join(lines).encode()


def test_understanding_that_takes_too_long_shows_the_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What took too long as a whole is understood by its first rows, and says so at its cell."""
    monkeypatch.setattr(inspecting, "LOOK_SECONDS", 0.5)
    monkeypatch.setattr(inspecting, "_LEAST_SECONDS", 0.5)
    monkeypatch.setattr(understanding, "_GLANCED", 100)
    monkeypatch.setattr(understanding, "survey", slow_survey(1_000, 30))
    seen = inspecting.inspect_bytes(book_of(2_000), "x.csv")
    assert [table.range for table in seen.sheets[0].tables] == ["A1:B50"]
    (found,) = seen.findings
    assert (found.code, found.cell, found.expected) == ("sheet-read-in-part", "A51", "1951")


def test_sheets_that_are_understood_stay_when_another_never_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second sheet takes for ever: the first is shown, the second is named."""
    monkeypatch.setattr(inspecting, "_LEAST_SECONDS", 0.4)
    usual = parse(book_of(30), "x.csv").sheets[0]
    endless = Sheet(name="长", rows=usual.rows * 2)
    both = Workbook(sheets=(usual, endless), reader="text")

    def slow(found: Sheet) -> object:
        if found.name == "长" and found.rows:
            time.sleep(30)
        return survey(found)

    monkeypatch.setattr(understanding, "survey", slow)
    opened = open_bytes(book_of(30), "x.csv")
    seen = inspecting._inspect(replace(opened, workbook=both), 0.4)
    assert [len(each.tables) for each in seen.sheets] == [1, 0]
    assert [each.code for each in seen.findings] == ["sheet-not-read"]
    assert seen.plain()["sheets"]
