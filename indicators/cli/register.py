"""``review``, ``settings``, ``ledger``, ``history``: what the office decides, out and in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from indicators.cli import common


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    _review(commands)
    _settings(commands)


def _group(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str
) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    parser = commands.add_parser(name, help=words, description=words)
    return parser.add_subparsers(title="子命令", metavar="子命令", required=True)


def _workbook_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("output", metavar="文件.xlsx", help="导出到")
    parser.add_argument("--place", default="", metavar="地区", help="只要一个地区")
    common.add_store_option(parser)


def _workbook_in(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("workbook", metavar="文件.xlsx", help="填好的工作簿")
    parser.add_argument("--reason", default="", metavar="原因", help="记入批次的原因")
    parser.add_argument(
        "--skip-stale", action="store_true", help="导出之后被别人改动的行不导入，其余照常"
    )
    common.add_store_option(parser)


def _output(options: argparse.Namespace) -> Path:
    from indicators.errors import UsageError

    output = Path(options.output)
    if output.suffix.lower() != ".xlsx":
        raise UsageError("只输出 .xlsx", place=options.output, action="请把文件名改为 .xlsx")
    return output


def _review(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    inner = _group(commands, "review", "审核抽取结果：导出、导入决定，合并和拆分指标")
    out = inner.add_parser("export", help="导出待审核的表述和关系")
    _workbook_out(out)
    out.add_argument("--document", default="", metavar="文件名", help="只要一个文件")
    out.add_argument("--all", action="store_true", help="连同已决定的")
    out.set_defaults(run=run_review_export)
    into = inner.add_parser("import", help="导入审核决定")
    _workbook_in(into)
    into.set_defaults(run=run_review_import)
    merge = inner.add_parser("merge", help="把一个指标并入另一个（可撤销）")
    merge.add_argument("indicator", metavar="指标", help="被并入的指标编号")
    merge.add_argument("into", nargs="?", default="", metavar="并入", help="保留的指标编号")
    merge.add_argument("--undo", action="store_true", help="撤销这个指标的合并")
    merge.add_argument("--reason", default="", metavar="原因")
    common.add_store_option(merge)
    merge.set_defaults(run=run_merge)
    split = inner.add_parser("split", help="把表述从指标中拆出（可撤销）")
    split.add_argument("indicator", metavar="指标", help="指标编号")
    split.add_argument("statements", nargs="+", metavar="表述", help="要拆出的表述编号")
    split.add_argument("--undo", action="store_true", help="撤销拆分")
    split.add_argument("--reason", default="", metavar="原因")
    common.add_store_option(split)
    split.set_defaults(run=run_split)


def run_review_export(options: argparse.Namespace) -> int:
    """Write the review workbook."""
    from indicators.register.reviewing import export_review

    output = _output(options)
    with common.open_ledger(options) as ledger:
        statements, relations = export_review(
            ledger,
            output,
            place=options.place,
            document=options.document,
            everything=options.all,
        )
    print(f"{output}：{statements} 条表述，{relations} 条关系", file=sys.stderr)
    return 0


def run_review_import(options: argparse.Namespace) -> int:
    """Take decisions in; findings at the cell refuse the whole workbook."""
    from indicators.register.reviewing import import_review

    with common.open_ledger(options) as ledger:
        report = import_review(
            ledger,
            Path(options.workbook),
            who=common.who(options),
            reason=options.reason,
            skip_stale=options.skip_stale,
        )
    common.print_findings(report.findings)
    print(report.sentence)
    return 0


def run_merge(options: argparse.Namespace) -> int:
    """Merge one indicator into another, or undo it."""
    from indicators.errors import UsageError
    from indicators.register.decisions import merge, unmerge

    if options.undo == bool(options.into):
        raise UsageError(
            "合并要写两个指标编号，撤销只写被并入的一个",
            action="用法见 indicators review merge --help",
        )
    with common.open_ledger(options) as ledger:
        if options.undo:
            unmerge(ledger, options.indicator, who=common.who(options), reason=options.reason)
        else:
            merge(
                ledger,
                options.indicator,
                options.into,
                who=common.who(options),
                reason=options.reason,
            )
    print("已撤销合并" if options.undo else "已合并")
    return 0


def run_split(options: argparse.Namespace) -> int:
    """Split statements off an indicator, or undo it."""
    from indicators.register.decisions import split, unsplit

    with common.open_ledger(options) as ledger:
        if options.undo:
            unsplit(ledger, options.statements, who=common.who(options), reason=options.reason)
        else:
            split(
                ledger,
                options.indicator,
                options.statements,
                who=common.who(options),
                reason=options.reason,
            )
    print("已撤销拆分" if options.undo else "已拆分")
    return 0


def _settings(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    inner = _group(commands, "settings", "指标设置：基期、方向、序时、单位、目标调整和任务分解")
    out = inner.add_parser("export", help="导出设置工作簿")
    _workbook_out(out)
    out.set_defaults(run=run_settings_export)
    into = inner.add_parser("import", help="导入设置工作簿")
    _workbook_in(into)
    into.add_argument(
        "--on", type=common.day, metavar="日期", help="目标调整未写生效日期时的生效日（默认今天）"
    )
    into.set_defaults(run=run_settings_import)


def run_settings_export(options: argparse.Namespace) -> int:
    """Write the settings workbook."""
    from indicators.register.settingsfile import export_settings

    output = _output(options)
    with common.open_ledger(options) as ledger:
        number = export_settings(ledger, output, place=options.place)
    print(f"{output}：{number} 个指标", file=sys.stderr)
    return 0


def run_settings_import(options: argparse.Namespace) -> int:
    """Take settings in; findings at the cell refuse the whole workbook."""
    from indicators.register.settingsfile import import_settings

    with common.open_ledger(options) as ledger:
        report = import_settings(
            ledger,
            Path(options.workbook),
            who=common.who(options),
            reason=options.reason,
            skip_stale=options.skip_stale,
            today=options.on,
        )
    common.print_findings(report.findings)
    print(report.sentence)
    return 0
