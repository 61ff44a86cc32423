"""``board``: verdicts that were issued, what repeats over them and why lights changed."""

from __future__ import annotations

import argparse
import sys

from indicators.cli import common


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
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
        common.add_rules_option(part)
        part.add_argument("--place", default="", metavar="地区", help="范围（默认：全部）")
        common.add_store_option(part)


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
    from indicators.assessment import boards, profile
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
        name = profile.load(options.rules).name
        board = boards.find(ledger, options.board, scope=options.place, profile=name)
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


def run_diff(options: argparse.Namespace) -> int:
    """Print which lights changed, and why."""
    from indicators.assessment import boards, changes, profile
    from indicators.model import Indicator, Target

    with common.open_ledger(options) as ledger:
        name = profile.load(options.rules).name
        # A board can be held against what another rule says now.
        issued = boards.boards(ledger, scope=options.place, profile=name)
        own = options.later or any(each.quarter == options.earlier for each in issued)
        ends = [
            boards.find(ledger, each, scope=options.place, profile=name if own else boards.DEFAULT)
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
