"""The frame of the command line: help, wrong words, errors in one line."""

from __future__ import annotations

import subprocess
import sys

import pytest

from indicators.cli import build_parser, main


def test_help_names_every_room(capsys: pytest.CaptureFixture[str]) -> None:
    """The help lists the commands in Chinese and leaves with 0."""
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert "跟踪政府量化承诺" in said
    assert "extract" in said


@pytest.mark.parametrize("words", [["nonsense"], [], ["extract"], ["load", "--nonsense", "x"]])
def test_wrong_words_are_one_line_and_exit_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A command that does not exist or lacks its input says where the usage stands."""
    with pytest.raises(SystemExit) as left:
        main(words)
    said = capsys.readouterr().err
    assert left.value.code == 2
    assert "用法见" in said
    assert said.count("\n") == 1


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command explains itself without doing anything."""
    (action,) = build_parser()._subparsers._group_actions
    for name in action.choices:
        with pytest.raises(SystemExit) as left:
            main([name, "--help"])
        assert left.value.code == 0
        assert "usage: indicators" in capsys.readouterr().out


def test_a_closed_pipe_is_no_error() -> None:
    """Printing into a reader that went away ends quietly."""
    command = f"{sys.executable} -m indicators.cli --help | head -1"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, check=False, timeout=60
    )
    assert "Traceback" not in done.stderr
