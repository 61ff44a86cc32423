"""The catalog says what texts do not, and is refused line by line where it is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indicators.documents import Entry, catalog
from indicators.errors import UnreadableInput

SEEDS = Path(__file__).parents[3] / "seeds/catalog.csv"


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "目录.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_the_catalog_of_the_seeds() -> None:
    """The newspaper page is dated and has a genre."""
    entry = catalog(SEEDS)["003_6358976413acd584.txt"]
    assert (entry.issuer, entry.issued_on, entry.genre) == (
        "呼和浩特日报",
        date(2026, 4, 24),
        "news",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_catalog_saved_by_a_spreadsheet(tmp_path: Path, encoding: str) -> None:
    """Any encoding, dates as people write them, empty lines, columns in any order."""
    path = write(
        tmp_path,
        'issued_on,document,title\n2026/4/24,a.txt,"标题，带逗号"\n,,\n2026年2月9日,b.pdf,\n',
        encoding,
    )
    assert catalog(path) == {
        "a.txt": Entry(document="a.txt", title="标题，带逗号", issued_on=date(2026, 4, 24)),
        "b.pdf": Entry(document="b.pdf", issued_on=date(2026, 2, 9)),
    }


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("", "列不对", 1),
        ("title\nx\n", "列不对", 1),
        ("document,colour\na.txt,red\n", "列不对：colour", 1),
        ("document,document\na.txt,b\n", "列不对", 1),
        ("document,issued_on\na.txt,2026-02-30\n", "不是日期", 2),
        ("document,issued_on\na.txt,去年\n", "不是日期", 2),
        ("document,genre\na.txt,诗歌\n", "不是文种", 2),
        ("document\na.txt\na.txt\n", "出现了两次", 3),
        ("document,title\n,x\n", "没有写文件名", 2),
        ("document,title\na.txt,x,y\n", "有 3 列", 2),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, message: str, line: int) -> None:
    """Column, date, genre, repetition: with the number of the line."""
    path = write(tmp_path, text)
    with pytest.raises(UnreadableInput, match=message) as refused:
        catalog(path)
    assert refused.value.place == f"{path}:{line}"
    assert refused.value.action


def test_a_catalog_that_is_none(tmp_path: Path) -> None:
    """A missing file, a folder and binary content."""
    for path in (tmp_path / "无.csv", tmp_path):
        with pytest.raises(UnreadableInput, match="读不出"):
            catalog(path)
    binary = tmp_path / "b.csv"
    binary.write_bytes(bytes(range(256)) * 4)
    with pytest.raises(UnreadableInput, match="不是文本"):
        catalog(binary)
