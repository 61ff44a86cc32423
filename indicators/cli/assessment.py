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
    from indicators.store import Store


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
    flag.add_argument(
        "--outlook", action="store_true", help="加上到期推算（至少六期数据才有）及其覆盖率"
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
    _rules(assess)
    assess.add_argument("--output", metavar="CSV", help="输出文件（默认打印）")
    assess.add_argument("--totals", metavar="CSV", help="另存每个指标的平均得分与状态")
    assess.set_defaults(run=run_assess)
    _board(commands)


def _board(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    board = commands.add_parser(
        "board",
        help="签发、查看、比较季度通报",
        description="签发即冻结：此后数据再变，已签发的通报不变。",
    )
    parts = board.add_subparsers(title="操作", metavar="操作", required=True)
    issue = parts.add_parser("issue", help="签发一个季度的通报")
    issue.add_argument("--quarter", required=True, metavar="季度", help="如 2026Q2")
    issue.add_argument("--as-of", type=common.day, metavar="日期", help="研判日（默认：季度末）")
    issue.add_argument("--title", default="", metavar="标题")
    issue.add_argument("--reason", default="", metavar="原因", help="重新签发的原因")
    issue.set_defaults(run=run_issue)
    show = parts.add_parser("show", help="列出已签发的通报；给出季度或编号则显示其内容")
    show.add_argument("board", nargs="?", metavar="季度或编号")
    show.set_defaults(run=run_show)
    diff = parts.add_parser("diff", help="两次通报之间（或到现在）哪些灯变了，为什么")
    diff.add_argument("earlier", metavar="季度或编号")
    diff.add_argument("later", nargs="?", metavar="季度或编号", help="省略则与现在比较")
    diff.add_argument("--as-of", type=common.day, metavar="日期", help="与现在比较时的研判日")
    diff.set_defaults(run=run_diff)
    for part in (issue, show, diff):
        _rules(part)
        part.add_argument("--place", default="", metavar="地区", help="范围（默认：全部）")
        common.add_store_option(part)


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
        if options.place and not found.verdicts:
            _known_place(ledger, options.place)
        apart = _apart(ledger, options, known_at) if options.against else []
        ahead = _ahead(ledger, options, known_at) if options.outlook else []
    shown = found.verdicts if options.all else found.flagged
    if options.output:
        listing.write(found, shown, Path(options.output))
    _print(found, shown)
    for line in ahead + apart:
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
    return [*lines, found.coverage.words]


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


def run_issue(options: argparse.Namespace) -> int:
    """Freeze a quarter."""
    from datetime import UTC, datetime

    from indicators import periods
    from indicators.assessment import boards

    with common.open_ledger(options) as ledger:
        made = boards.issue(
            ledger,
            options.quarter,
            who=common.who(options),
            scope=options.place,
            rules=options.rules,
            title=options.title,
            reason=options.reason,
            as_of=options.as_of,
        )
    board = made.board
    word = "已签发" if made.new else "此前已签发，内容没有变化："
    print(f"{word}《{board.title}》，编号 {board.board_id}，共{len(made.lines)}个目标")
    if made.new and periods.quarter(board.quarter).end > periods.local_day(datetime.now(UTC)):
        print(f"提醒：{board.quarter} 还没有结束，期末数据到齐后请重新签发", file=sys.stderr)
    return 0


def run_show(options: argparse.Namespace) -> int:
    """Print the boards, or one of them with what repeats."""
    from indicators.assessment import boards
    from indicators.assessment.verdict import LIGHT_LABELS, STATE_LABELS
    from indicators.model import Board, Indicator

    lights = {str(key): label for key, label in LIGHT_LABELS.items()}
    states = {str(key): label for key, label in STATE_LABELS.items()}
    with common.open_ledger(options) as ledger:
        if options.board is None:
            found = sorted(ledger.current(Board), key=lambda each: each.issued_at)
            for each in found:
                version = f"{each.profile} {each.profile_version}"
                print(f"{each.board_id}\t{each.quarter}\t{each.title}\t{version}")
            print(f"共签发{len(found)}次")
            return 0
        profile = _profile_name(options.rules)
        board = boards.find(ledger, options.board, scope=options.place, profile=profile)
        names = {each.indicator_id: each.name for each in ledger.current(Indicator)}
        print(f"《{board.title}》{board.quarter}，研判日{board.as_of}，编号 {board.board_id}")
        repeated = {each.target_id: each for each in boards.repeats(ledger, board)}
        for line in boards.lines(ledger, board.board_id):
            again = repeated.get(line.target_id)
            words = [lights[line.light], states[line.state], names.get(line.indicator_id, "")]
            words += [line.sentence]
            if again is not None:
                words.append(f"{again.words}，{again.measure}" if again.measure else again.words)
            print("\t".join(words))
        for back in boards.recoveries(ledger, board):
            line = next(
                each
                for each in boards.lines(ledger, board.board_id)
                if each.target_id == back.target_id
            )
            print(
                f"曾亮{lights[back.worst]}（{'、'.join(back.behind)}），{back.recovered}起转绿："
                f"{names.get(line.indicator_id, '')}"
            )
    return 0


def _profile_name(rules: str) -> str:
    from indicators.assessment import profile

    return profile.load(rules).name


def run_diff(options: argparse.Namespace) -> int:
    """Print which lights changed, and why."""
    from indicators.assessment import boards, changes
    from indicators.model import Indicator, Target

    with common.open_ledger(options) as ledger:
        profile = _profile_name(options.rules)
        # A board can be held against what another rule says now.
        issued = boards.boards(ledger, scope=options.place, profile=profile)
        own = options.later or any(each.quarter == options.earlier for each in issued)
        ends = [
            boards.find(
                ledger, each, scope=options.place, profile=profile if own else boards.DEFAULT
            )
            for each in (options.earlier, options.later)
            if each
        ]
        later = ends[1] if len(ends) > 1 else None
        found = changes.diff(ledger, ends[0], later, as_of=options.as_of, rules=options.rules)
        indicators = {each.indicator_id: each for each in ledger.current(Indicator)}
        targets = {each.target_id: each for each in ledger.current(Target)}
    for change in found:
        target = targets.get(change.target_id)
        indicator = indicators.get(target.indicator_id) if target else None
        name = f"{indicator.place}\t{indicator.name}" if indicator else change.target_id
        print(f"{name}\t{change.words}")
    print(f"共{len(found)}处变化")
    return 0


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
