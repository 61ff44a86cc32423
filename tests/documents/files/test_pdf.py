"""PDF files give paragraphs, tables and pages; pictures and damage are said."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from indicators.documents import Source
from indicators.documents import read as read_file
from indicators.documents.pdf_frame import Glyph
from indicators.documents.pdf_page import Line, Table, mended, sheet

SEED = Path(__file__).parents[3] / "seeds/002_2b8c81a9aa10f682.txt"
Printer = Callable[[str], Path]
PARAGRAPHS = [
    line.strip() for line in SEED.read_text(encoding="utf-8").splitlines() if len(line.strip()) > 60
][:12]
HEADER = ["类别", "指标", "2020年", "2025年", "属性"]
ROWS = [
    ["经济", f"指标{number}（亿元）", f"{number}.5", f"{number * 10}", "预期性"]
    for number in range(1, 45)
]


@cache
def read(path: Path) -> Source:
    return read_file(path)


@pytest.fixture
def plan(printed: Printer) -> Path:
    """Return a plan of several pages, with a table that goes on over the page."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEADER, *ROWS]
    )
    words = "".join(f"<p>{html.escape(each)}</p>" for each in PARAGRAPHS)
    return printed(f"<h1>行动方案</h1>{words}<table>{rows}</table><p>以上指标由统计局负责。</p>")


def test_a_paragraph_is_one_line_and_complete(plan: Path) -> None:
    """Lines are joined as the margins say, over the page too, without a lost or added character."""
    source = read(plan)
    lines = source.text.splitlines()
    assert lines[0] == "行动方案"
    assert ["".join(line.split()) for line in lines[1 : len(PARAGRAPHS) + 1]] == [
        "".join(each.split()) for each in PARAGRAPHS
    ]
    assert lines[-1] == "以上指标由统计局负责。"
    assert source.findings == ()


def test_a_ruled_table_is_rows_of_cells(plan: Path) -> None:
    """Each row is a line with its cells parted by tabs; a repeated header is written once."""
    lines = read(plan).text.splitlines()
    start = lines.index("\t".join(HEADER))
    assert [line.split("\t") for line in lines[start + 1 : start + 1 + len(ROWS)]] == ROWS
    assert lines.count("\t".join(HEADER)) == 1


def test_pages_are_known(plan: Path) -> None:
    """Each page has its label where it begins."""
    pages = read(plan).pages
    assert [page.label for page in pages] == [
        f"第{number}页" for number in range(1, len(pages) + 1)
    ]
    assert len(pages) >= 2
    assert [page.start for page in pages] == sorted({page.start for page in pages})


def test_a_scanned_page_is_a_finding(plan: Path, scanned: Callable[[Path | None], Path]) -> None:
    """A picture among pages with text is named, never passed over in silence."""
    source = read(scanned(plan))
    (finding,) = source.findings
    assert finding.code == "file-page-scanned"
    assert finding.severity == "warning"
    assert "没有文字层" in finding.message
    assert finding.found == f"第{len(read(plan).pages) + 1}页"


@pytest.mark.parametrize("shown", [90, 270])
def test_a_page_is_read_as_its_characters_stand(plan: Path, tmp_path: Path, shown: int) -> None:
    """A page that the file shows sideways gives the same paragraphs, tables and cells."""
    import pypdfium2

    document = pypdfium2.PdfDocument(plan)
    for page in document:
        page.set_rotation(shown)
    path = tmp_path / "横.pdf"
    document.save(path)
    assert read(path).text == read(plan).text


def test_what_takes_too_long_is_cut_and_said(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond its time the reader stops at a page, and tables are read as lines; both are findings."""
    from indicators.documents import pdf

    content = plan.read_bytes()
    monkeypatch.setattr(pdf, "_TABLE_SECONDS", -1.0)
    kept = pdf.read_pdf(content, "a.pdf")
    assert [each.code for each in kept.doubts] == ["file-tables-skipped"]
    assert "指标30（亿元）" in kept.text
    monkeypatch.setattr(pdf.time, "process_time", iter(range(500, 9000, 50)).__next__)
    kept = pdf.read_pdf(content, "a.pdf")
    assert ("file-pages-cut", f"2/{len(read(plan).pages)}") in [
        (each.code, each.found) for each in kept.doubts
    ]


def glyphs(text: str, top: float, left: float = 50.0, size: float = 10.0) -> list[Glyph]:
    return [
        Glyph(char, (left + at * size, top, left + (at + 1) * size, top + size))
        for at, char in enumerate(text)
        if char != "_"
    ]


def texts(found: list[Glyph]) -> list[str]:
    return [item.text for item in sheet(found, 842).items if isinstance(item, Line)]


def test_quotes_drawn_after_their_line_go_back_into_it() -> None:
    """Another font's marks come late in the file and stand where they are seen."""
    line = glyphs("“十五五”时期", 100)
    late = [*line[1:4], *line[5:], line[0], line[4], *glyphs("下一行", 115)]
    assert texts(late) == ["“十五五”时期", "下一行"]


def test_gaps_are_spaces_and_columns() -> None:
    """A hair space beside digits is nothing, a wide gap parts columns."""
    near = [
        *glyphs("增长", 100),
        *glyphs("5%", 100, left=72.0, size=6.0),
        *glyphs("左右", 100, left=85.0),
    ]
    assert texts(near) == ["增长5%左右"]
    assert texts(glyphs("指标____2025年", 100)) == ["指标\t2025年"]
    words = [*glyphs("AI", 100, size=5.0), *glyphs("agent", 100, left=63.0, size=5.0)]
    assert texts(words) == ["AI agent"]


def test_a_line_printed_twice_is_read_once() -> None:
    """Bold by overprinting, as a line or character by character, is undone."""
    assert texts([*glyphs("一、总体要求", 100), *glyphs("一、总体要求", 100.2, left=50.3)]) == [
        "一、总体要求"
    ]


def test_cells_keep_their_words_and_merged_cells_their_place() -> None:
    """Characters go to the cell that holds them; where a merged cell goes on there is nothing."""
    cells = [
        [(40.0, 90.0, 140.0, 130.0), (140.0, 90.0, 240.0, 110.0)],
        [None, (140.0, 110.0, 240.0, 130.0)],
    ]
    found = [
        *glyphs("产业规模", 95, left=45),
        *glyphs("500", 95, left=145),
        *glyphs("亿元", 115, left=45),
        *glyphs("600", 115, left=145),
    ]
    page = sheet(found, 842, [((40.0, 90.0, 240.0, 130.0), cells)])
    (table,) = page.items
    assert isinstance(table, Table)
    assert table.rows == (("产业规模亿元", "500"), ("", "600"))


def test_rubbish_characters_are_noticed() -> None:
    """A font without a character map makes a page garbled."""
    assert sheet(glyphs("\ufffd\ue001\ue002中文", 100), 842).garbled
    assert not sheet(glyphs("全是正常的文字", 100), 842).garbled


def test_a_table_goes_on_over_the_page() -> None:
    """A repeated header of two rows is dropped and a row parted by the page is put together."""
    box = (0.0, 0.0, 9.0, 9.0)
    head = (("序号", "指标", "目标", ""), ("", "", "2025年", "2030年"))
    first = Table((*head, ("1", "单位地区生产总值", "5", "6")), box)
    second = Table((*head, ("", "能耗降低（%）", "", ""), ("2", "就业", "7", "8")), box)
    third = Table((*head, ("3", "增速", "9", "10")), box)
    pages = mended([[first], [second], [third]])
    rows = [row for page in pages for item in page if isinstance(item, Table) for row in item.rows]
    assert rows == [
        *head,
        ("1", "单位地区生产总值能耗降低（%）", "5", "6"),
        ("2", "就业", "7", "8"),
        ("3", "增速", "9", "10"),
    ]
