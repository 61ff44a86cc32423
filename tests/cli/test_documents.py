"""``extract`` and ``load`` as a person runs them: outputs, bad files, the ledger untouched."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from indicators.cli import main
from indicators.model import Commitment, SourceDocument
from indicators.store import open_store

TEXT = """某市人工智能行动方案（2025—2027年）

一、发展目标

到2027年，建成智算中心3个，产业规模突破500亿元，上架率达到80%以上。
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_jsonl_has_one_commitment_a_line(plan: Path, tmp_path: Path) -> None:
    """Numbers are JSON numbers with 亿 multiplied in, and the span is where the number stands."""
    output = tmp_path / "out.jsonl"
    assert main(["extract", str(plan), "--output", str(output)]) == 0
    rows = lines(output)
    assert [row["magnitude"] for row in rows] == [3, 50000000000, 80]
    assert all(TEXT[row["start"] : row["end"]] in str(row["as_written"]) for row in rows)
    assert {row["date"] for row in rows} == {"2027-12-31"}


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_every_format_holds_the_same_rows(plan: Path, tmp_path: Path, suffix: str) -> None:
    """CSV, Parquet and the workbook hold as many rows as there are commitments."""
    output = tmp_path / f"out{suffix}"
    assert main(["extract", str(plan), "--output", str(output)]) == 0
    if suffix == ".csv":
        with output.open(encoding="utf-8-sig", newline="") as file:
            rows = len(list(csv.reader(file))) - 1
    elif suffix == ".parquet":
        rows = pq.read_table(output).num_rows
    else:
        rows = load_workbook(output).worksheets[0].max_row - 1
    assert rows == 3


def test_without_an_output_lines_go_to_stdout(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe gets JSON lines and nothing else; the summary goes to stderr."""
    assert main(["extract", str(plan)]) == 0
    said = capsys.readouterr()
    assert len([json.loads(line) for line in said.out.splitlines()]) == 3
    assert "1 个文件，3 条量化表述" in said.err


def bad_files(folder: Path) -> dict[str, Path]:
    files = {name: folder / f"{name}.txt" for name in ("empty", "binary", "missing", "folder")}
    files["empty"].write_bytes(b"")
    files["binary"].write_bytes(os.urandom(4096) + b"\x00" * 64)
    files["folder"].mkdir()
    files["image"] = folder / "image.docx"
    files["image"].write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 200)
    files["old"] = folder / "old.doc"
    files["old"].write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    return files


@pytest.mark.parametrize("name", ["empty", "binary", "missing", "folder", "image", "old"])
def test_a_bad_file_is_one_line_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """What is wrong and what to do stand in one line that names the file; nothing is recorded."""
    path = bad_files(tmp_path)[name]
    store = tmp_path / "store"
    assert main(["load", str(path), "--store", str(store)]) == 2
    said = capsys.readouterr().err
    assert str(path) in said
    assert "；" in said
    assert "Traceback" not in said
    if store.exists():
        with open_store(store) as ledger:
            assert not ledger.batches()


def test_one_bad_file_never_stops_the_run(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The good file of a folder is recorded, the bad one is listed at the end, exit status 2."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"")
    plan.rename(folder / "b.txt")
    store = tmp_path / "store"
    assert main(["load", str(folder), "--store", str(store)]) == 2
    assert "a.txt" in capsys.readouterr().err
    with open_store(store) as ledger:
        assert [row.document for row in ledger.current(SourceDocument)] == ["b.txt"]
        assert len(ledger.current(Commitment)) == 3


def test_loading_the_same_again_adds_nothing(plan: Path, tmp_path: Path) -> None:
    """A second load leaves the ledger as it is, also with --again and the same extractor."""
    store = tmp_path / "store"
    for again in ([], [], ["--again"]):
        assert main(["load", str(plan), "--store", str(store), *again]) == 0
    with open_store(store) as ledger:
        assert ledger.seq == 1


def test_gb18030_reads_as_utf_8_does(tmp_path: Path) -> None:
    """An old encoding gives the same commitments."""
    rows = []
    for encoding in ("utf-8", "gb18030", "utf-8-sig"):
        path = tmp_path / f"{encoding}.txt"
        path.write_text(TEXT, encoding=encoding)
        output = tmp_path / f"{encoding}.jsonl"
        assert main(["extract", str(path), "--output", str(output)]) == 0
        rows.append([(row["magnitude"], row["name"]) for row in lines(output)])
    assert rows[0] == rows[1] == rows[2]


def test_an_unknown_output_format_is_refused_before_anything_is_read(
    tmp_path: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A suffix that is none of ours is wrong use, and leaves what was there."""
    output = tmp_path / "out.docx"
    output.write_text("kept", encoding="utf-8")
    assert main(["extract", str(plan), "--output", str(output)]) == 2
    assert "不认识的输出格式“.docx”" in capsys.readouterr().err
    assert output.read_text("utf-8") == "kept"


def test_a_failed_run_leaves_the_earlier_output(tmp_path: Path, plan: Path) -> None:
    """An output that cannot be finished never replaces what was there."""
    output = tmp_path / "out.jsonl"
    output.write_text("kept", encoding="utf-8")
    assert main(["extract", str(tmp_path / "none"), str(plan), "--output", str(output)]) == 2
    assert len(lines(output)) == 3
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name,when\n", "document"),
        ("document,title,issuer,issued_on\nplan.txt,某,某,三月\n", "三月"),
    ],
)
def test_a_wrong_catalog_is_one_line(
    tmp_path: Path, plan: Path, capsys: pytest.CaptureFixture[str], content: str, words: str
) -> None:
    """A catalog says which line and column is wrong, and nothing is extracted."""
    catalog = tmp_path / "catalog.csv"
    catalog.write_text(content, encoding="utf-8")
    assert main(["extract", str(plan), "--catalog", str(catalog)]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""
