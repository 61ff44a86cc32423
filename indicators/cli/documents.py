"""``extract`` and ``load``: from files to commitments, on paper or in the ledger."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from indicators.cli import common

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indicators.documents import Entry
    from indicators.loading import Extracted, Failure
    from indicators.store import Store


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    extract = commands.add_parser(
        "extract",
        help="从文件抽取量化表述（不入库）",
        description="从文件或文件夹抽取量化表述；不写 --output 时逐行输出 JSON。",
    )
    _inputs(extract)
    extract.add_argument(
        "--output", metavar="文件", help="输出文件：.jsonl、.csv、.parquet 或 .xlsx"
    )
    extract.set_defaults(run=run_extract)
    load = commands.add_parser(
        "load",
        help="抽取并入库，形成待审核的指标和目标",
        description="抽取文件，保存原件，登记量化表述和任务，形成待审核的指标、目标和实际值。",
    )
    _inputs(load)
    load.add_argument(
        "--again", action="store_true", help="用新的抽取器重抽，只显示并登记变化，人工决定优先"
    )
    load.add_argument("--reason", default="", metavar="原因", help="入库原因")
    common.add_store_option(load)
    load.set_defaults(run=run_load)


def _inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="文件或文件夹")
    parser.add_argument(
        "--catalog",
        metavar="CSV",
        help="目录：document,title,issuer,issued_on[,place,plan_start,plan_end,genre]",
    )


def _catalog(options: argparse.Namespace) -> Mapping[str, Entry]:
    from indicators.documents import catalog

    return catalog(options.catalog) if options.catalog else {}


def _failed(failures: list[Failure], done: int, noun: str) -> int:
    for failure in failures:
        print(failure.error, file=sys.stderr)
    if failures:
        print(f"{noun} {done} 个文件，{len(failures)} 个没有读出，见上", file=sys.stderr)
    return 2 if failures else 0


def run_extract(options: argparse.Namespace) -> int:
    """Extract and write; nothing is written when the output cannot be."""
    from indicators.exchange.commitments import writer
    from indicators.loading import Failure, extract_files, listed

    catalog = _catalog(options)
    paths = listed(options.paths)
    failures: list[Failure] = []
    done = rows = refused = 0
    with writer(options.output) as write:
        for each in common.progress(extract_files(paths, catalog), len(paths), "抽取"):
            if isinstance(each, Failure):
                failures.append(each)
                continue
            common.print_findings(each.findings)
            refused += any(finding.severity == "error" for finding in each.findings)
            write(each.commitments)
            done, rows = done + 1, rows + len(each.commitments)
    print(f"{done} 个文件，{rows} 条量化表述", file=sys.stderr)
    return _failed(failures, done, "已抽取") or int(refused > 0)


def run_load(options: argparse.Namespace) -> int:
    """Extract and record, one batch a file."""
    from indicators.loading import Failure, extract_files, listed

    catalog = _catalog(options)
    paths = listed(options.paths)
    failures: list[Failure] = []
    done = refused = 0
    with common.open_ledger(options, create=True) as ledger:
        for each in common.progress(extract_files(paths, catalog), len(paths), "入库"):
            if isinstance(each, Failure):
                failures.append(each)
                continue
            common.print_findings(each.findings)
            refused += any(finding.severity == "error" for finding in each.findings)
            print(_load(options, ledger, each))
            done += 1
    return _failed(failures, done, "已入库") or int(refused > 0)


def _load(options: argparse.Namespace, ledger: Store, each: Extracted) -> str:
    """Keep the file and its text, record what it gave, and say what changed in one line."""
    from indicators import register

    ledger.keep(each.content, name=each.path.name)
    text = ledger.keep(each.document.text.encode(), name=f"{each.path.name}.kept.txt")
    report = register.record(
        ledger,
        [each.record(text)],
        each.commitments,
        each.tasks,
        who=common.who(options),
        reason=options.reason,
        again=options.again,
    )
    lines = [f"{each.path.name}：{report.sentence}"]
    return "\n".join([*lines, *(f"  {change.sentence}" for change in report.changes)])
