"""What every command needs: the ledger, the person, findings on stderr, JSON on stdout."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from indicators.findings import Finding
    from indicators.store import Store

__all__ = [
    "add_store_option",
    "day",
    "open_ledger",
    "plain",
    "print_findings",
    "progress",
    "store_of",
    "who",
    "write_json",
]

T = TypeVar("T")

DEFAULT_STORE = "data/store"


def add_store_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--store`` and ``--who``, which the environment may give as well."""
    parser.add_argument(
        "--store",
        metavar="位置",
        help="台账库：文件夹或 postgresql:// 地址（环境变量 INDICATORS_STORE，默认 data/store）",
    )
    parser.add_argument(
        "--who", metavar="姓名", help="经办人（环境变量 INDICATORS_WHO，默认登录名）"
    )


def store_of(options: argparse.Namespace) -> str:
    """Return the ledger that ``--store`` or ``INDICATORS_STORE`` names."""
    return str(options.store or os.environ.get("INDICATORS_STORE") or DEFAULT_STORE)


def open_ledger(options: argparse.Namespace, *, create: bool = False) -> Store:
    """Open the ledger named by ``--store`` or ``INDICATORS_STORE``.

    Args:
        options: of the command.
        create: make an empty ledger where there is none, for a command that brings the first
            rows; a command that reads never does, so that a mistyped place is found out.

    Raises:
        StoreError: it cannot be opened, or there is none.
    """
    from indicators.store import open_store

    return open_store(store_of(options), create=create)


def who(options: argparse.Namespace) -> str:
    """Return the name of the person that goes on record."""
    named = getattr(options, "who", None) or os.environ.get("INDICATORS_WHO")
    if named:
        return str(named)
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "未具名"


def day(written: str) -> date:
    """Read an ISO day for argparse."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{written}”不是日期，应写作 2026-09-30") from None


def print_findings(findings: Iterable[Finding]) -> None:
    """Print findings to stderr, one a line."""
    from indicators.findings import render

    for finding in findings:
        print(render(finding), file=sys.stderr)


def plain(value: object) -> object:
    """Return a value as JSON knows it: exact whole numbers as integers, days as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def write_json(value: object) -> None:
    """Print a value as JSON, Chinese as Chinese."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=plain))


def progress(items: Iterable[T], total: int, words: str) -> Iterator[T]:
    """Pass items on, with a progress bar on a terminal and silence in a pipe."""
    if total < 2 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=total)
        for item in items:
            yield item
            bar.advance(task)


def add_rules_option(parser: argparse.ArgumentParser) -> None:
    """Add the choice of a rule profile."""
    parser.add_argument(
        "--rules", default="schedule", metavar="规则", help="规则名或 .toml 文件（默认 schedule）"
    )
