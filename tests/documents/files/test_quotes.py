"""What is extracted from Word, PDF and web files points into their kept text, word for word."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from indicators.documents import Document, parse
from indicators.documents import read as read_file
from indicators.extraction import extract
from indicators.model import Commitment

TITLE = "某市“十四五”数字经济发展规划"
PARAGRAPHS = (
    "一、发展目标",
    "到2025年，全市数字经济核心产业增加值占地区生产总值比重达到12%，培育规模以上企业３００家以上，智能算力规模突破1,500P，数据交易额由2020年的3.5亿元提高到20亿元。",
    "二、重点任务",
    "2023年底前，建成5G基站2.6万个、充电桩8000个，单位地区生产总值能耗降低13.5%左右。",
)
TABLE = (
    ("类别", "指标", "单位", "2020年", "2025年", "属性"),
    ("产业", "软件业务收入", "亿元", "120", "≥260", "预期性"),
    ("", "上云企业", "万家", "0.8", "2", "预期性"),
    ("设施", "千兆用户占比", "%", "12", "60以上", "约束性"),
)
WANTED = [
    ("数字经济核心产业增加值占地区生产总值比重", Decimal(12)), ("规模以上企业", Decimal(300)),
    ("智能算力规模", Decimal(1500)), ("数据交易额", Decimal(350_000_000)), ("数据交易额", Decimal(2_000_000_000)),
    ("5G基站", Decimal(26_000)), ("充电桩", Decimal(8000)), ("单位地区生产总值能耗降低", Decimal("13.5")),
    ("软件业务收入", Decimal(12_000_000_000)), ("软件业务收入", Decimal(26_000_000_000)),
    ("上云企业", Decimal(8000)), ("上云企业", Decimal(20_000)),
    ("千兆用户占比", Decimal(12)), ("千兆用户占比", Decimal(60)),
]  # fmt: skip


def _rows() -> str:
    """Return the table in HTML, its first column spanning two rows."""
    rows = []
    for number, row in enumerate(TABLE):
        cells = "".join(f"<td>{cell}</td>" for cell in row[1:])
        span = ' rowspan="2"' if number == 1 else ""
        first = "" if number == 2 else f"<td{span}>{row[0]}</td>"
        rows.append(f"<tr>{first}{cells}</tr>")
    return "<table>" + "".join(rows) + "</table>"


def _page() -> str:
    words = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    return f"<h1>{TITLE}</h1>{words}<p>表1 主要指标</p>{_rows()}"


def _build(document: Any) -> None:
    document.add_heading(TITLE, 0)
    for each in PARAGRAPHS:
        document.add_paragraph(each)
    document.add_paragraph("表1 主要指标")
    table = document.add_table(rows=0, cols=len(TABLE[0]))
    for row in TABLE:
        cells = table.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            cell.text = words
    table.cell(1, 0).merge(table.cell(2, 0))


@pytest.fixture(params=["docx", "html", "pdf"])
def document(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    word: Callable[..., Path],
    printed: Callable[[str], Path],
) -> Document:
    """Return the same plan read from each kind of file."""
    if request.param == "docx":
        path = word(_build)
    elif request.param == "pdf":
        path = printed(_page())
    else:
        path = tmp_path / "plan.html"
        path.write_text(
            f"<html><head><meta charset='utf-8'><title>{TITLE}</title></head><body>{_page()}</body></html>",
            encoding="utf-8",
        )
    return parse(read_file(path))


def misquoted(text: str, row: Commitment) -> bool:
    """Tell whether a commitment does not quote the kept text at its span."""
    end = row.sentence_start + len(row.sentence)
    inside = row.sentence_start <= row.start < row.end <= end
    return not inside or text[row.sentence_start : end] != row.sentence


def test_a_commitment_quotes_the_kept_text_at_its_span(document: Document) -> None:
    """Sentence and number stand where they are said to stand, with a page or paragraph."""
    rows = extract(document)
    assert [(each.name, each.magnitude) for each in rows] == WANTED
    assert [each for each in rows if misquoted(document.text, each)] == []
    assert all(each.location for each in rows)
    for each in rows:
        digits = [char for char in document.text[each.start : each.end] if char.isdigit()]
        assert digits, each.as_written


def test_a_quote_that_is_not_in_the_text_is_refused(document: Document) -> None:
    """The check above sees a sentence moved by one character and one that was altered."""
    row = extract(document)[0]
    assert misquoted(" " + document.text, row)
    assert misquoted(document.text.replace(row.sentence, row.sentence[:-1] + "！"), row)
