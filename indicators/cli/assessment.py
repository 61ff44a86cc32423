"""``flag`` and ``assess``: what is off track in a ledger, or in a table of series."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from indicators.cli import common

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from indicators.assessment import Assessment, Verdict
    from indicators.store import Store


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    flag = commands.add_parser(
        "flag",
        help="列出落后的目标，最差的在前",
        description="按规则研判每个已确认且有期限的目标，列出亮黄灯、红灯和逾期的，最差的在前。",
    )
    _moment(flag)
    common.add_rules_option(flag)
    flag.add_argument("--place", metavar="地区", help="只看这个地区及其下级")
    flag.add_argument("--all", action="store_true", help="列出全部目标，不只是落后的")
    flag.add_argument(
        "--outlook", action="store_true", help="加上到期推算（至少六期数据才有）及其覆盖率"
    )
    flag.add_argument(
        "--parts", action="store_true", help="加上其中项占总量的比重、下级合计与本级的差"
    )
    flag.add_argument(
        "--since", metavar="季度或编号", help="加上自这次通报以来变化的原因（新数据、数据更正等）"
    )
    flag.add_argument(
        "--against",
        nargs="+",
        default=[],
        metavar="规则",
        help="再用这些规则研判，列出亮灯不同的目标",
    )
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
    common.add_rules_option(assess)
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
        if options.place and not found.verdicts:
            _known_place(ledger, options.place)
        apart = _apart(ledger, options, known_at) if options.against else []
        ahead = _ahead(ledger, options, known_at) if options.outlook else []
        inside = _parts(ledger, options, found) if options.parts else []
        if options.since:
            found = _with_causes(ledger, options, found)
    shown = found.verdicts if options.all else found.flagged
    if options.output:
        listing.write(found, shown, Path(options.output))
    _print(found, shown)
    for line in inside + ahead + apart:
        print(line)
    return 0


def _known_place(ledger: Store, place: str) -> None:
    """Refuse a place that nobody knows, so that a slip of the pen is no clean sheet."""
    from indicators.errors import UsageError
    from indicators.model import Indicator, Place

    known = {each.place for each in ledger.current(Place)}
    known |= {each.place for each in ledger.current(Indicator)}
    if place not in known:
        raise UsageError(f"台账中没有地区“{place}”", action="请核对地区的写法")


def _with_causes(ledger: Store, options: argparse.Namespace, found: Assessment) -> Assessment:
    """Return the verdicts, each with the cause of its change since an issued board."""
    from indicators.assessment import boards, changes, profile
    from indicators.errors import UsageError

    if options.known_at:
        raise UsageError(
            "--since 与 --known-at 不能同用", action="请用 indicators board diff 比较两次通报"
        )
    name, scope = profile.load(options.rules).name, options.place or ""
    if not boards.boards(ledger, scope=scope, profile=name):
        scope = ""  # A place is on the board of the whole too.
    earlier = boards.find(ledger, options.since, scope=scope, profile=name)
    told = changes.diff(ledger, earlier, as_of=found.as_of, rules=options.rules)
    return changes.explained(found, told)


def _parts(ledger: Store, options: argparse.Namespace, found: Assessment) -> list[str]:
    """Return what parts make of their wholes, and what the places below add up to."""
    from indicators.assessment.parts import Portion, Sum, portions, sums

    inside = {options.place, *(each.indicator.place for each in found.verdicts)}
    shown: list[Portion | Sum] = [
        *portions(ledger, as_of=found.as_of, known_at=found.known_at),
        *sums(ledger, as_of=found.as_of, known_at=found.known_at),
    ]
    return [
        f"{each.whole.place}\t{each.whole.name}\t{each.sentence()}"
        for each in shown
        if not options.place or each.whole.place in inside
    ]


def _ahead(ledger: Store, options: argparse.Namespace, known_at: datetime | None) -> list[str]:
    """Return the outlook of every target that has points enough, and how far to trust them."""
    from indicators.assessment.prospects import prospects
    from indicators.model import Indicator, Target

    found = prospects(ledger, as_of=options.as_of, known_at=known_at, place=options.place)
    names = {each.indicator_id: each for each in ledger.current(Indicator, known_at=known_at)}
    lines = []
    for target in ledger.current(Target, known_at=known_at):
        outlook = found.outlooks.get(target.target_id)
        if outlook is not None:
            owner = names[target.indicator_id]
            lines.append(f"{owner.place}\t{owner.name}\t{outlook.sentence(target.unit)}")
    return [*lines, found.coverage.sentence()]


def _apart(ledger: Store, options: argparse.Namespace, known_at: datetime | None) -> list[str]:
    """Return the targets on which rules disagree, with what each looks at."""
    from indicators.assessment.agreement import disagreements

    found = disagreements(
        ledger,
        [options.rules, *options.against],
        as_of=options.as_of,
        known_at=known_at,
        place=options.place,
    )
    return [*(each.words for each in found), f"规则意见不一的目标共{len(found)}个"]


def run_assess(options: argparse.Namespace) -> int:
    """Judge a table of series."""
    from pathlib import Path

    from indicators.assessment import profile, series_file, series_table
    from indicators.findings import has_errors
    from indicators.outputs import write_whole

    rule = profile.load(options.rules)
    table = series_file.read(Path(options.table))
    judged = series_table.judge_rows(rule, table.judged)
    text = series_table.render(table.header, table.rows, judged)
    if options.totals:
        whole = series_table.totals(rule, table.judged, judged)
        write_whole(options.totals, series_table.render_totals(whole).encode())
    if options.output:
        write_whole(options.output, text.encode())
    else:
        sys.stdout.write(text)
    common.print_findings(table.findings)
    return int(has_errors(table.findings))


def _summary(found: Assessment) -> str:
    from indicators.assessment import LIGHT_LABELS, STATE_LABELS
    from indicators.assessment.parts import tally

    lights = "，".join(f"{LIGHT_LABELS[light]}{count}" for light, count in found.lights().items())
    grey = ("not_due", "not_reported", "no_baseline", "not_assessable")
    apart = "、".join(
        f"{STATE_LABELS[state]}{count}"
        for state, count in found.counts().items()
        if state in grey and count
    )
    return (
        f"研判日{found.as_of}（{found.quarter}），规则 {found.profile} {found.version}："
        f"共{len(found.verdicts)}个目标，{lights}"
        + (f"（{apart}）" if apart else "")
        + "".join(each.binding_words for each in tally(found, lambda _: "").values())
    )


def _print(found: Assessment, shown: Sequence[Verdict]) -> None:
    """Print a table on a terminal, tabbed lines in a pipe."""
    from indicators.assessment.verdict import CAUSES

    rows = [
        (
            each.light_label,
            each.state_label,
            each.indicator.place,
            each.indicator.name,
            each.office,
            each.sentence()
            + (f"［{'、'.join(each.marks)}］" if each.marks else "")
            + (f"（变化原因：{CAUSES[each.cause]}）" if each.cause else ""),
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
