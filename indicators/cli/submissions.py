"""Commands on workbooks: template, inspect, import."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.cli import flow
from indicators.cli.common import (
    add_store_option,
    open_ledger,
    print_findings,
    progress,
    who,
    write_json,
)
from indicators.errors import UnreadableInput, UsageError

if TYPE_CHECKING:
    from indicators.submissions.receipt import Receipt

__all__ = ["add"]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands of this room."""
    _add_template(commands)
    _add_inspect(commands)
    _add_import(commands)
    flow.add(commands)


def _add_template(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "template", help="生成一个单位一个季度的填报模板", description="生成填报模板（.xlsx）。"
    )
    parser.add_argument("--office", required=True, metavar="单位", help="报送单位，如 区数据局")
    parser.add_argument("--place", required=True, metavar="地区", help="如 武清区")
    parser.add_argument("--quarter", required=True, metavar="季度", help="如 2026Q1")
    parser.add_argument("--output", required=True, type=Path, metavar="文件.xlsx")
    add_store_option(parser)
    parser.set_defaults(run=template)


def template(options: argparse.Namespace) -> int:
    """Write a template."""
    from indicators.submissions.template import write_template

    path = write_template(
        open_ledger(options), options.office, options.place, options.quarter, options.output
    )
    print(f"已生成 {path}")
    return 0


def _add_inspect(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "inspect",
        help="看导入程序读到什么，不入库",
        description="显示工作簿里读到的表格、表头、单位和问题；不入库，任何工作簿都可以看。",
    )
    parser.add_argument("workbook", type=Path, metavar="工作簿")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.add_argument(
        "--values", type=int, default=0, metavar="行数", help="同时显示前几行读到的值"
    )
    parser.set_defaults(run=inspect)


def inspect(options: argparse.Namespace) -> int:
    """Show what the importer sees: 0 where the workbook can be read, 2 where not."""
    from indicators.submissions.inspecting import inspect
    from indicators.submissions.showing import lines, values

    seen = inspect(options.workbook)
    if options.json:
        plain = seen.plain()
        if options.values:
            plain["values"] = values(seen, options.values)
        write_json(plain)
    else:
        for line in lines(seen, options.values):
            print(line)
    if not options.json:
        print_findings(seen.findings)
    return 0 if seen.workbook is not None else 2


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "import",
        help="导入季度报表",
        description="检查并导入季度报表；有错误的整份不入库。文件夹中的工作簿逐份导入，各自独立。",
    )
    parser.add_argument("workbooks", nargs="+", type=Path, metavar="工作簿", help="文件或文件夹")
    parser.add_argument(
        "--office", default="", metavar="单位", help="报送单位（模板中已有的可省略）"
    )
    parser.add_argument("--place", default="", metavar="地区")
    parser.add_argument("--quarter", default="", metavar="季度", help="如 2026Q1")
    parser.add_argument("--reason", default="", metavar="原因", help="更正已报数值的原因")
    parser.add_argument("--accept-warnings", action="store_true", help="确认全部提醒")
    parser.add_argument(
        "--match",
        action="append",
        default=[],
        metavar="表中名称=登记名称",
        help="确认表中的名称是哪个指标（可重复）",
    )
    parser.add_argument("--dry-run", action="store_true", help="只检查，不入库")
    parser.add_argument(
        "--annotated", type=Path, metavar="文件.xlsx", help="写出标注了问题的原表；多份时为文件夹"
    )
    parser.add_argument("--receipt", type=Path, metavar="文件", help="写出回执（.xlsx 或 .json）")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出回执")
    add_store_option(parser)
    parser.set_defaults(run=import_)


def import_(options: argparse.Namespace) -> int:
    """Import workbooks, each by itself."""
    from indicators.submissions.importing import import_workbook
    from indicators.submissions.sender import Wish

    ledger = open_ledger(options, create=not options.dry_run)
    wish = Wish(
        who=who(options),
        office=options.office,
        place=options.place,
        quarter=options.quarter,
        reason=options.reason,
        accept_warnings=options.accept_warnings,
        dry_run=options.dry_run,
        matches=tuple(map(_match, options.match)),
    )
    status = 0
    receipts = []
    paths = _workbooks(options.workbooks)
    for path in progress(paths, len(paths), "导入"):
        try:
            receipt = import_workbook(ledger, path, wish)
        except (UnreadableInput, UsageError) as error:
            # Each workbook is by itself: the others of a folder are still taken.
            if len(paths) == 1:
                raise
            print(error, file=sys.stderr)
            status = 2
            continue
        print_findings(receipt.findings)
        if receipt.outcome == "unconfirmed":
            print(
                f"{receipt.file}: 有待确认的提醒；核对后加 --accept-warnings 再导入",
                file=sys.stderr,
            )
        if not options.json:
            print(receipt.sentence)
        if options.annotated:
            _annotate(path, receipt, options.annotated, several=len(paths) > 1)
        receipts.append(receipt)
        status = max(status, receipt.exit_status)
    if options.receipt:
        from indicators.submissions.receiptbook import write_receipt

        write_receipt(receipts, options.receipt)
    if options.json:
        plain = [receipt.plain() for receipt in receipts]
        write_json(plain[0] if len(plain) == 1 else plain)
    elif len(paths) > 1:
        print(_summary(receipts, len(paths)))
    return status


def _summary(receipts: list[Receipt], files: int) -> str:
    """Return the last line of several imports."""
    by = dict.fromkeys(("recorded", "unchanged", "rehearsed"), 0)
    for receipt in receipts:
        if receipt.outcome in by:
            by[receipt.outcome] += 1
    refused = files - sum(by.values())
    added = sum(len(receipt.added) for receipt in receipts if receipt.outcome == "recorded")
    restated = sum(len(receipt.restated) for receipt in receipts if receipt.outcome == "recorded")
    done = by["recorded"] + by["rehearsed"]
    return (
        f"共 {files} 份：通过 {done}，没有变化 {by['unchanged']}，未入库 {refused}；"
        f"新增 {added} 个值，更正 {restated} 个值"
    )


def _annotate(path: Path, receipt: Receipt, target: Path, *, several: bool) -> None:
    """Write the marked workbook of a receipt."""
    from indicators.outputs import write_whole
    from indicators.submissions.annotation import annotated
    from indicators.submissions.sandbox import open_workbook

    content = annotated(open_workbook(path), receipt.findings)
    if content is None:
        print(f"{receipt.file}: 读不了，没有写出标注文件", file=sys.stderr)
        return
    if several:
        target.mkdir(parents=True, exist_ok=True)
        target /= f"{path.stem}_标注.xlsx"
    write_whole(target, content)


def _match(written: str) -> tuple[str, str]:
    """Read 表中名称=登记名称."""
    name, equals, registered = written.partition("=")
    if not equals or not name.strip() or not registered.strip():
        raise UsageError(f"--match “{written}”不对", action="请写成 表中名称=登记名称")
    return name.strip(), registered.strip()


def _workbooks(paths: list[Path]) -> list[Path]:
    """Return the files, folders opened up."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(
                sorted(
                    each
                    for each in path.iterdir()
                    if each.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".et", ".csv")
                    and not each.name.startswith(("~$", "."))
                )
            )
        else:
            found.append(path)
    return found
