"""What paper adds is taken away, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.documents import read_bytes
from indicators.documents.cleaning import (
    RADICALS,
    halved,
    is_page_number,
    join_lines,
    running,
    without_radicals,
)


def test_radicals_become_characters_and_only_they() -> None:
    """⼗五五 becomes 十五五; ㎡, ％, ① and full-width digits stay."""
    assert (
        without_radicals("“⼗五五”国内⽣产总值，⽐重，绿⾊，⻔⻋⻓")
        == "“十五五”国内生产总值，比重，绿色，门车长"
    )
    untouched = "500㎡，12％，①，２０２６，ﬁ，Ⅳ"
    assert without_radicals(untouched) == untouched


def test_the_table_is_unicodes() -> None:
    """Every Kangxi radical maps to its NFKC character; keys lie in U+2E80–2FDF, values outside."""
    for code in range(0x2F00, 0x2FD6):
        assert RADICALS[code] == unicodedata.normalize("NFKC", chr(code))
    for code, char in RADICALS.items():
        assert 0x2E80 <= code <= 0x2FDF
        assert len(char) == 1
        assert not 0x2E80 <= ord(char) <= 0x2FDF


@given(st.text())
def test_offsets_stay(text: str) -> None:
    """One character for one."""
    cleaned = without_radicals(text)
    assert len(cleaned) == len(text)
    assert all(a == b or 0x2E80 <= ord(a) <= 0x2FDF for a, b in zip(text, cleaned, strict=True))


def test_radicals_in_a_plain_text_are_noted() -> None:
    """A text copied out of a PDF is repaired, and says so."""
    source = read_bytes("到“⼗五五”末，绿⾊算⼒占⽐达到80%。".encode(), name="a.txt")
    assert source.text == "到“十五五”末，绿色算力占比达到80%。"
    assert [(each.code, each.found) for each in source.findings] == [("file-radicals", "4")]


@pytest.mark.parametrize(
    "line", ["12", "— 3 —", "－ 12 －", "第 3 页 共 20 页", "第3页", "3/20", "- 3 -", "·3·", "iv"]
)
def test_page_numbers(line: str) -> None:
    """Page numbers in their usual forms."""
    assert is_page_number(line)


@pytest.mark.parametrize(
    "line", ["2026年", "12.5%", "一、总体要求", "—", "", "30EFlops", "12个", "20265"]
)
def test_what_is_no_page_number(line: str) -> None:
    """Numbers that say something are none."""
    assert not is_page_number(line)


def test_running_heads_and_numbers_are_found_at_their_height() -> None:
    """A head on most pages and the numbers go; the body and a cell above the number stay."""
    pages = [
        [
            ("内部资料", 40.0),
            ("甲乙丙丁戊"[number - 1] * 20, 80.0),
            ("20", 700.0),
            (f"— {number} —", 780.0),
        ]
        for number in range(1, 6)
    ]
    assert running(pages) == [(1, 1)] * 5


def test_the_title_of_a_chapter_over_its_pages_is_running() -> None:
    """Chapter titles over three to four pages each go, though none is on a third of all pages."""
    pages = [
        [(f"第{'一二三四五六七八'[at // 4]}章", 40.0), (chr(0x4E00 + at) * 20, 80.0)]
        for at in range(32)
    ]
    assert running(pages) == [(1, 0)] * 32


def test_a_line_that_comes_twice_elsewhere_stays() -> None:
    """The same words at other heights are text."""
    pages = [[("指标", 40.0 + 90 * at), (word * 20, 300.0)] for at, word in enumerate("甲乙丙丁戊")]
    assert running(pages) == [(0, 0)] * 5


def test_a_lone_number_on_a_single_page_stays() -> None:
    """One page with a number at its end has no page numbers to compare with."""
    assert running([[("正文", 80.0), ("20", 700.0)]]) == [(0, 0)]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("总总体体要要求求一一", "总体要求一"),
        ("一、总体要求一、总体要求", "一、总体要求"),
        ("常常", "常常"),
        ("研究研究", "研究研究"),
        ("11112222", "11112222"),
        ("到2027年，到2027年底", "到2027年，到2027年底"),
    ],
)
def test_doubled_headings_are_read_once(printed: str, meant: str) -> None:
    """Bold by printing twice is undone; words that repeat by nature are not."""
    assert halved(printed) == meant


def test_lines_of_a_cell_join_without_a_space_but_between_latin_words() -> None:
    """指标 over two lines is one word, AI agent over two lines is two."""
    assert join_lines(["地区生产", "总值（亿元）"]) == "地区生产总值（亿元）"
    assert join_lines(["AI", "agent", " ", "平台"]) == "AI agent平台"
    assert join_lines([]) == ""
