"""A file that was asked for appears whole under its name or not at all, and messages name it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.cli import main
from indicators.errors import UsageError
from indicators.outputs import whole, write_whole


def test_a_failed_block_leaves_what_was_there(tmp_path: Path) -> None:
    """The earlier file stays and nothing is left beside it."""
    path = tmp_path / "a.txt"
    write_whole(path, b"old")

    def fail() -> None:
        with whole(path) as part:
            part.write_bytes(b"new")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_another_file_s_error_passes_through(tmp_path: Path) -> None:
    """An input that is missing is not said to be the output."""
    with pytest.raises(FileNotFoundError), whole(tmp_path / "a.txt"):
        (tmp_path / "input").read_bytes()


@pytest.mark.parametrize(("name", "words"), [("no/a.txt", "没有文件夹"), ("", "这是文件夹")])
def test_the_named_path_is_said(tmp_path: Path, name: str, words: str) -> None:
    """A missing folder is not made; the message has the path as it was named."""
    with pytest.raises(UsageError, match=words) as caught:
        write_whole(tmp_path / name, b"x")
    assert caught.value.place == str(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_extract_names_its_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``extract --output`` into a folder that is not there speaks of the named file only."""
    plan = tmp_path / "plan.txt"
    plan.write_text("到2027年，建成智算中心3个。", encoding="utf-8")
    output = tmp_path / "none" / "x.jsonl"
    assert main(["extract", str(plan), "--output", str(output)]) == 2
    said = capsys.readouterr().err
    assert f"{output}: 写不出：没有文件夹" in said
    assert ".part" not in said
