"""``retract``, ``export`` and ``store``: the ledger itself."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from indicators.cli import common

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indicators.store.consequences import Consequences

TABLES = {
    "documents": "文件", "commitments": "量化表述", "tasks": "任务", "places": "地区",
    "offices": "单位", "indicators": "指标", "settings": "指标设定", "targets": "目标",
    "relations": "关系", "observations": "实际值", "submissions": "报送", "findings": "问题",
    "calendar": "报送日历", "reviews": "审核结论", "progress": "进展", "shares": "分解",
    "contacts": "联系人", "boards": "亮灯快照", "board_lines": "亮灯结果", "notes": "备注",
    "users": "账号", "options": "选项",
}  # fmt: skip
"""What people call the tables."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    export = commands.add_parser(
        "export",
        help="导出全部数据表",
        description="把台账库的全部数据表（现行有效的行）导出到一个文件夹，并附字段说明 fields.csv。",
    )
    export.add_argument("--format", choices=("csv", "parquet", "xlsx"), default="csv", help="格式")
    export.add_argument("--output", required=True, metavar="文件夹", help="写入的文件夹")
    export.add_argument(
        "--known-at",
        type=_moment,
        metavar="时间",
        help="按当时已知的数据：日期（当天结束）或带时区的时刻",
    )
    common.add_store_option(export)
    export.set_defaults(run=run_export)

    retract = commands.add_parser(
        "retract",
        help="撤回一个批次",
        description="撤回一个批次：其中的数据视同未曾登记，批次和原因留痕；撤回本身也可以再撤回。",
    )
    retract.add_argument("batch", metavar="批次", help="批次编号、编号的前几位，或序号")
    retract.add_argument("--reason", default="", metavar="原因", help="撤回原因，撤回时必填")
    retract.add_argument("--dry-run", action="store_true", help="只预览哪些数据不再作数，不撤回")
    common.add_store_option(retract)
    retract.set_defaults(run=run_retract)

    store = commands.add_parser(
        "store", help="核验台账库、列出批次", description="台账库本身的命令。"
    )
    actions = store.add_subparsers(title="操作", metavar="操作", required=True)
    verify = actions.add_parser(
        "verify",
        help="核验台账库",
        description="核验批次链、每行摘要、原件和孤立数据；有问题时每行说明一个，退出状态为 1。",
    )
    common.add_store_option(verify)
    verify.set_defaults(run=run_verify)
    batches = actions.add_parser("batches", help="列出批次", description="按序号列出批次。")
    batches.add_argument("--json", action="store_true", help="以 JSON 输出")
    common.add_store_option(batches)
    batches.set_defaults(run=run_batches)


def _moment(written: str) -> object:
    from indicators.store.moments import known_at

    try:
        return known_at(written)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{written}”不是日期或带时区的时刻，应写作 2026-09-30 或 2026-09-30T12:00+08:00"
        ) from None


def run_export(options: argparse.Namespace) -> int:
    """Write all tables to a folder."""
    from pathlib import Path

    from indicators.exchange.folder import export

    with common.open_ledger(options) as ledger:
        counts = export(ledger, Path(options.output), options.format, known_at=options.known_at)
    rows = sum(counts.values())
    print(f"已导出 {len(counts)} 张表、{rows} 行到 {options.output}", file=sys.stderr)
    return 0


def run_retract(options: argparse.Namespace) -> int:
    """Say what falls with a batch, and void it unless only that was asked."""
    from indicators.errors import UsageError
    from indicators.store.consequences import consequences

    if not options.dry_run and not options.reason.strip():
        raise UsageError("撤回批次必须写明原因", action="请加 --reason，或用 --dry-run 只作预览")
    with common.open_ledger(options) as ledger:
        found = consequences(ledger, options.batch)
        if options.dry_run:
            _print_consequences(found)
            print("这是预览，没有撤回")
            return 0
        done = ledger.retract(options.batch, who=common.who(options), reason=options.reason)
    _print_consequences(found)
    print(f"已撤回批次 {done.voids}（撤回批次 {done.batch}）")
    return 0


def _print_consequences(found: Consequences) -> None:
    batch = found.batch
    print(f"批次 {batch.seq} {batch.batch}（{batch.action}，{batch.who}）撤回后：")
    for words, counts in (
        ("不再作数", found.fallen),
        ("恢复为此前的值", found.replaced),
        ("重新作数", found.restored),
    ):
        if counts:
            print(f"  {words}：{_rows(counts)}")
    if not (found.fallen or found.replaced or found.restored):
        print("  没有数据变化")
    for later, counts in found.built:
        print(
            f"  以后的批次 {later.seq} {later.batch}（{later.action}，{later.who}）"
            f"有数据依据其中的内容：{_rows(counts)}"
        )
    if found.built:
        print("  这些批次本身不撤回，所依据的内容不在时不再起作用；如有错误请一并撤回")


def _rows(counts: Mapping[str, int]) -> str:
    return "、".join(f"{TABLES.get(name, name)} {count} 行" for name, count in counts.items())


def run_verify(options: argparse.Namespace) -> int:
    """Print one line per problem; 1 when there is any beside notes."""
    from indicators.store.damage import TABLE_LOST
    from indicators.store.trouble import TablesLost

    wrong = 0
    try:
        opened = common.open_ledger(options)
    except TablesLost as error:
        common.print_findings(TABLE_LOST.at(error.place, found=each) for each in error.lost)
        print(f"缺少 {len(error.lost)} 张表，其余没有核验")
        return 1
    with opened as ledger:
        for finding in ledger.verify():
            common.print_findings([finding])
            wrong += finding.severity != "note"
        count = ledger.seq
    print(f"{count} 个批次，{wrong} 个问题" if wrong else f"{count} 个批次，核验无误")
    return 1 if wrong else 0


def run_batches(options: argparse.Namespace) -> int:
    """List the batches."""
    import dataclasses

    with common.open_ledger(options) as ledger:
        batches = ledger.batches()
    if options.json:
        rows = [dataclasses.asdict(batch) for batch in batches]
        common.write_json([row | {"committed_at": row["committed_at"].isoformat()} for row in rows])
        return 0
    for batch in batches:
        when = batch.committed_at.astimezone().isoformat(sep=" ", timespec="seconds")
        about = " ".join(filter(None, (batch.place, batch.office, batch.quarter, batch.reason)))
        void = f"（已被 {batch.voided_by} 撤回）" if batch.voided_by else ""
        print(f"{batch.seq}\t{batch.batch}\t{when}\t{batch.action}\t{batch.who}\t{about}{void}")
    return 0
