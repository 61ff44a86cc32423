"""``review``, ``settings``, ``ledger``, ``history``: what the office decides, out and in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.cli import common

if TYPE_CHECKING:
    from indicators.register.intake import Report
    from indicators.store import Store


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    _review(commands)
    _settings(commands)
    _ledger(commands)
    _history(commands)


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
        "--annotated", type=Path, metavar="文件.xlsx", help="有问题时写出标注了问题的原表"
    )
    parser.add_argument(
        "--skip-stale", action="store_true", help="导出之后被别人改动的行不导入，其余照常"
    )
    common.add_store_option(parser)


def _take_in(
    options: argparse.Namespace, take: Callable[..., Report], ledger: Store, **wish: object
) -> None:
    """Open a filled workbook and take it in; where it is refused, write it back with its marks."""
    from indicators.errors import InputRefused
    from indicators.outputs import write_whole
    from indicators.submissions.annotation import annotated
    from indicators.submissions.filled import filled
    from indicators.submissions.sandbox import open_workbook

    opened = open_workbook(Path(options.workbook), patient=True)
    try:
        report = take(ledger, filled(opened), **wish)
    except InputRefused as refused:
        content = annotated(opened, refused.findings) if options.annotated else None
        if content is not None:
            write_whole(options.annotated, content)
            print(f"已写出 {options.annotated}，问题标在单元格上", file=sys.stderr)
        raise
    common.print_findings(report.findings)
    print(report.sentence)


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
    merge.add_argument("indicator", metavar="指标", help="被并入的指标：编号或全名（可带地区）")
    merge.add_argument("into", nargs="?", default="", metavar="并入", help="保留的指标：编号或全名")
    merge.add_argument("--undo", action="store_true", help="撤销这个指标的合并")
    merge.add_argument("--reason", default="", metavar="原因")
    common.add_store_option(merge)
    merge.set_defaults(run=run_merge)
    split = inner.add_parser("split", help="把表述从指标中拆出（可撤销）")
    split.add_argument("indicator", metavar="指标", help="指标编号或全名")
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

    with common.open_ledger(options, create=True) as ledger:
        _take_in(
            options,
            import_review,
            ledger,
            who=common.who(options),
            reason=options.reason,
            skip_stale=options.skip_stale,
        )
    return 0


def _indicator(ledger: Store, written: str) -> str:
    """Return the id of an indicator that is named by id or name."""
    from indicators.register.chronicle import find

    return find(ledger, written).indicator_id


def run_merge(options: argparse.Namespace) -> int:
    """Merge one indicator into another, or undo it."""
    from indicators.errors import UsageError
    from indicators.register.decisions import merge, unmerge

    if options.undo == bool(options.into):
        raise UsageError(
            "合并要写两个指标，撤销只写被并入的一个",
            action="用法见 indicators review merge --help",
        )
    with common.open_ledger(options) as ledger:
        if options.undo:
            unmerge(
                ledger,
                _indicator(ledger, options.indicator),
                who=common.who(options),
                reason=options.reason,
            )
        else:
            merge(
                ledger,
                _indicator(ledger, options.indicator),
                _indicator(ledger, options.into),
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
                _indicator(ledger, options.indicator),
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
    out.add_argument("--all", action="store_true", help="连同还没有审核的指标")
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
        number = export_settings(ledger, output, place=options.place, everything=options.all)
    print(f"{output}：{number} 个指标", file=sys.stderr)
    if not number:
        print(
            f"{options.place or '台账库'}还没有审核过的指标；先用 indicators review 审核，"
            "要连同没有审核的一起导出请加 --all，地区名见 indicators flag --all",
            file=sys.stderr,
        )
    return 0


def run_settings_import(options: argparse.Namespace) -> int:
    """Take settings in; findings at the cell refuse the whole workbook."""
    from indicators.register.settingsfile import import_settings

    with common.open_ledger(options, create=True) as ledger:
        _take_in(
            options,
            import_settings,
            ledger,
            who=common.who(options),
            reason=options.reason,
            skip_stale=options.skip_stale,
            today=options.on,
        )
    return 0


def _ledger(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    inner = _group(commands, "ledger", "督查台账：导出打印用工作簿，导入填好的")
    out = inner.add_parser("export", help="导出台账（A3 横向）")
    _workbook_out(out)
    out.add_argument("--quarter", default="", metavar="季度", help="进展截至的季度，如 2026Q2")
    out.set_defaults(run=run_ledger_export)
    into = inner.add_parser("import", help="导入填好的台账")
    _workbook_in(into)
    into.add_argument("--quarter", default="", metavar="季度", help="新填进展所属的季度")
    into.set_defaults(run=run_ledger_import)


def _history(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "history",
        help="一个指标从提出到研判的经过",
        description="按顺序列出一个指标的经过：提出、审核、合并、设置、报送、更正、目标调整、研判。",
    )
    parser.add_argument("indicator", metavar="指标", help="指标编号或名称")
    parser.add_argument("--place", default="", metavar="地区", help="同名指标按地区区分")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    common.add_store_option(parser)
    parser.set_defaults(run=run_history)


def run_ledger_export(options: argparse.Namespace) -> int:
    """Write the 台账."""
    from indicators.register.dutyfile import export_duties

    output = _output(options)
    with common.open_ledger(options) as ledger:
        written = export_duties(ledger, output, place=options.place, quarter=options.quarter)
    for place, number in written.items():
        print(f"{output}：{place} {number} 行", file=sys.stderr)
    return 0


def run_ledger_import(options: argparse.Namespace) -> int:
    """Take a 台账 in; findings at the cell refuse the whole workbook."""
    from indicators.register.dutyfile import import_duties

    with common.open_ledger(options, create=True) as ledger:
        _take_in(
            options,
            import_duties,
            ledger,
            who=common.who(options),
            reason=options.reason,
            quarter=options.quarter,
            skip_stale=options.skip_stale,
        )
    return 0


def run_history(options: argparse.Namespace) -> int:
    """Print the story of an indicator, one event a line."""
    from indicators.periods import SHANGHAI
    from indicators.register.chronicle import find, history

    with common.open_ledger(options) as ledger:
        indicator = find(ledger, options.indicator, options.place)
        events = history(ledger, indicator.indicator_id)
    if options.json:
        common.write_json(
            [
                {
                    "seq": each.batch.seq,
                    "batch": each.batch.batch,
                    "at": each.batch.committed_at.isoformat(),
                    "who": each.batch.who,
                    "sort": each.sort,
                    "words": each.words,
                    "evidence": each.evidence,
                    "void": each.void,
                }
                for each in events
            ]
        )
        return 0
    print(f"{indicator.place} {indicator.name}（{indicator.indicator_id}）")
    for each in events:
        at = f"{each.batch.committed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        void = "［已作废］" if each.void else ""
        print(f"{at}  {each.batch.who}  {each.sort}{void}  {each.words}")
        if each.evidence:
            print(f"    “{each.evidence}”")
    return 0
