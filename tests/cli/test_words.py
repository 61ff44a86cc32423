"""What a person reads is Chinese, also where the system or the argument parser complains."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from indicators.cli import main
from indicators.errors import reason, unreadable


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["flag", "--nonsense"], "不认识的参数：--nonsense"),
        (["extract"], "缺少参数：文件或文件夹"),
        (["serve", "--port"], "参数 --port：后面要写一个值"),
        (["export", "--format", "pdf", "--output", "x"], "没有 'pdf' 这个选择，可选 'csv'"),
        (["serve", "--port", "x"], "参数 --port：“x”不是端口"),
        (["nonsense"], "没有 'nonsense' 这个选择"),
    ],
)
def test_wrong_use_is_said_in_chinese(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The complaints of argparse are one Chinese line with status 2."""
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not re.search(r"invalid|required|expected|unrecognized|argument ", said)


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EISDIR, errno.EADDRINUSE, errno.EACCES])
def test_the_system_s_complaint_is_translated(number: int) -> None:
    """No English text of the system reaches a message."""
    words = reason(OSError(number, os.strerror(number)))
    assert os.strerror(number) not in words
    assert not re.search("[A-Za-z]", words)
    rare = reason(OSError(errno.ENOTTY, "Inappropriate ioctl"))
    assert rare == f"系统错误 {errno.ENOTTY}"


def test_an_unreadable_file_is_named_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every room says it the same way, with the path once."""
    error = unreadable(tmp_path / "x", FileNotFoundError(errno.ENOENT, "No such file"), "目录")
    assert str(error) == f"{tmp_path / 'x'}: 目录读不出：没有这个文件；请检查路径"
    assert main(["extract", "/dev/null"]) == 2
    assert capsys.readouterr().err.count("/dev/null") == 1
