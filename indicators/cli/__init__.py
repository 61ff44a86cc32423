"""The command line: one module a room; nothing heavy is imported until a command runs.

Exit status: 0 all done, 1 an input was refused because of findings, 2 wrong use or unreadable
input.  Findings and errors go to stderr, one a line.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from indicators import __version__
from indicators.errors import IndicatorsError, InputRefused, reason

__all__ = ["build_parser", "main"]

ROOMS = (
    "documents",
    "register",
    "submissions",
    "assessment",
    "boards",
    "bulletin",
    "store",
    "user",
    "serve",
)
"""Modules of this package that add commands, in the order in which help shows them."""


_COMPLAINTS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"^unrecognized arguments: ", "不认识的参数："),
        (r"^the following arguments are required: ", "缺少参数："),
        (r"^one of the arguments (.+) is required$", r"以下参数要写一个：\1"),
        (r"^ambiguous option: (.+) could match (.+)$", r"参数“\1”不明确，可能是 \2"),
        (r"^argument (.+?): (?=\S)", r"参数 \1："),
        (r"invalid choice: (.+?) \(choose from (.+)\)$", r"没有 \1 这个选择，可选 \2"),
        (r"expected one argument$", "后面要写一个值"),
        (r"expected at least one argument$", "后面至少要写一个值"),
        (r"expected at most one argument$", "后面至多写一个值"),
        (r"expected (\d+) arguments?$", r"后面要写 \1 个值"),
        (r"not allowed with argument (.+)$", r"不能与 \1 同时使用"),
        (r"ignored explicit argument (.+)$", r"后面不写值，却写了 \1"),
        (r"invalid \S+ value: (.+)$", r"\1 不是合适的值"),
    )
)
"""What argparse says, and how we say it."""


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line and lead to exit status 2."""

    def error(self, message: str) -> NoReturn:
        """Print the usage mistake and leave."""
        for pattern, words in _COMPLAINTS:
            message = pattern.sub(words, message)
        self.exit(2, f"{self.prog}: {message}；用法见 {self.prog} --help\n")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every command."""
    parser = Parser(
        prog="indicators",
        description="跟踪政府量化承诺：从文件原句到亮灯。",
        epilog="每个命令的用法：indicators 命令 --help",
    )
    parser.add_argument("--version", action="version", version=f"indicators {__version__}")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    for room in ROOMS:
        importlib.import_module(f"indicators.cli.{room}").add(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    from indicators.cli import common

    options = build_parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except InputRefused as refused:
        common.print_findings(refused.findings)
        print(refused, file=sys.stderr)
        return refused.exit_status
    except IndicatorsError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        print("已中断，未完成的批次没有入库", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output went away (| head): leave quietly, as other tools do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(
            f"{place}读写失败：{reason(error)}；请检查路径、权限和磁盘空间",
            file=sys.stderr,
        )
        return 2
    return status
