"""``flag``, ``assess`` and ``board``: what is off track, and what was issued."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from indicators.cli import common

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from indicators.assessment import Assessment, Verdict


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    flag = commands.add_parser(
        "flag",
        help="列出落后的目标，最差的在前",
        description="按规则研判每个已确认且有期限的目标，列出亮黄灯、红灯和逾期的，最差的在前。",
    )
    _moment(flag)
    _rules(flag)
    flag.add_argument("--place", metavar="地区", help="只看这个地区及其下级")
    flag.add_argument("--all", action="store_true", help="列出全部目标，不只是落后的")
    flag.add_argument("--output", metavar="文件", help="另存为 .csv、.json 或 .xlsx")
    common.add_store_option(flag)
    flag.set_defaults(run=run_flag)
    assess = commands.add_parser(
        "assess",
        help="按规则研判一张序列表（不入库）",
        description="输入列：id,series,base_value,base_year,current_value,current_year,target,"
        "target_year,direction,limit；输出加上 progress_value、score、status 三列。",
    )
    assess.add_argument("table", metavar="CSV")
    _rules(assess)
    assess.add_argument("--output", metavar="CSV", help="输出文件（默认打印）")
    assess.add_argument("--totals", metavar="CSV", help="另存每个指标的平均得分与状态")
    assess.set_defaults(run=run_assess)


def _moment(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-of", type=common.day, metavar="日期", help="研判日（默认：最近有数据的季度末）"
    )
    parser.add_argument(
        "--known-at",
        metavar="时间",
        help="按当时已知的数据研判：2026-07-15（当天结束时，北京时间）或 2026-07-15T09:00",
    )


def _rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rules", default="schedule", metavar="规则", help="规则名或 .toml 文件（默认 schedule）"
    )


def _known_at(written: str | None) -> datetime | None:
    """Read a day (its end in Asia/Shanghai) or a moment (Asia/Shanghai unless it says otherwise)."""
    from datetime import UTC, date, datetime

    from indicators.errors import UsageError
    from indicators.periods import SHANGHAI, end_of_day

    if not written:
        return None
    try:
        return end_of_day(date.fromisoformat(written))
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise UsageError(
            f"“{written}”不是时间", action="应写作 2026-07-15 或 2026-07-15T09:00"
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def run_flag(options: argparse.Namespace) -> int:
    """Print what is off track."""
    from pathlib import Path

    from indicators.assessment import judge, listing

    known_at = _known_at(options.known_at)
    with common.open_ledger(options) as ledger:
        found = judge(
            ledger,
            as_of=options.as_of,
            known_at=known_at,
            rules=options.rules,
            place=options.place,
        )
    shown = found.verdicts if options.all else found.flagged
    if options.output:
        listing.write(found, shown, Path(options.output))
    _print(found, shown)
    return 0


def run_assess(options: argparse.Namespace) -> int:
    """Judge a table of series."""
    from pathlib import Path

    from indicators.assessment import profile, series_table
    from indicators.assessment.files import write_whole

    rule = profile.load(options.rules)
    header, rows = series_table.read(Path(options.table))
    judged = series_table.judge_rows(rule, rows)
    text = series_table.render(header, rows, judged)
    if options.totals:
        whole = series_table.totals(rule, rows, judged)
        write_whole(Path(options.totals), series_table.render_totals(whole).encode())
    if options.output:
        write_whole(Path(options.output), text.encode())
    else:
        sys.stdout.write(text)
    return 0


def _summary(found: Assessment) -> str:
    from indicators.assessment import LIGHT_LABELS, STATE_LABELS

    lights = "，".join(f"{LIGHT_LABELS[light]}{count}" for light, count in found.lights().items())
    grey = ("not_due", "not_reported", "no_baseline", "not_assessable")
    apart = "、".join(
        f"{STATE_LABELS[state]}{count}"
        for state, count in found.counts().items()
        if state in grey and count
    )
    return (
        f"研判日{found.as_of}（{found.quarter}），规则 {found.profile} {found.version}："
        f"共{len(found.verdicts)}个目标，{lights}" + (f"（{apart}）" if apart else "")
    )


def _print(found: Assessment, shown: Sequence[Verdict]) -> None:
    """Print a table on a terminal, tabbed lines in a pipe."""
    rows = [
        (
            each.light_label,
            each.state_label,
            each.indicator.place,
            each.indicator.name,
            each.office,
            each.sentence() + (f"［{'、'.join(each.marks)}］" if each.marks else ""),
        )
        for each in shown
    ]
    header = ("亮灯", "状态", "地区", "指标", "责任单位", "研判")
    if not sys.stdout.isatty():
        for row in (header, *rows):
            print("\t".join(row))
        print(_summary(found))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    colours = {"绿灯": "green", "黄灯": "yellow", "红灯": "red"}
    table = Table(show_lines=False, header_style="bold")
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(Text(row[0], style=colours.get(row[0], "dim")), *map(Text, row[1:]))
    console = Console()
    if rows:
        console.print(table)
    console.print(Text(_summary(found)))
