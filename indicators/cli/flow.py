"""Commands on the way of a submission: submission, calendar."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime

from indicators.cli.common import add_store_option, day, open_ledger, who, write_json
from indicators.errors import UsageError

__all__ = ["add"]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands of this room."""
    _add_submission(commands)
    _add_calendar(commands)


def _add_submission(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("submission", help="报送清单，确认、退回，谁还没报")
    below = parser.add_subparsers(title="操作", metavar="操作", required=True)
    listing = below.add_parser("list", help="一个季度里各单位的报送情况")
    listing.add_argument("--quarter", default="", metavar="季度", help="默认最近一个有报送的季度")
    listing.add_argument("--as-of", type=day, metavar="日期", help="按哪一天判断逾期，默认今天")
    listing.add_argument("--json", action="store_true", help="以 JSON 输出")
    listing.set_defaults(run=submission_list)
    accepting = below.add_parser("accept", help="确认一份待审的报送")
    accepting.add_argument("submission", metavar="编号", help="报送编号，可只写前几位")
    accepting.add_argument("--remarks", default="", metavar="意见")
    accepting.set_defaults(run=submission_accept)
    returning = below.add_parser("return", help="退回一份报送，原来的值恢复")
    returning.add_argument("submission", metavar="编号")
    returning.add_argument("--remarks", required=True, metavar="意见", help="退回的意见")
    returning.set_defaults(run=submission_return)
    policy = below.add_parser(
        "policy", help="报送要不要审：direct 直接确认，mark 待审值先用并标明，wait 确认后才用"
    )
    policy.add_argument("policy", nargs="?", choices=("direct", "mark", "wait"), metavar="方式")
    policy.add_argument("--place", default="", metavar="地区", help="只对一个地区")
    policy.set_defaults(run=submission_policy)
    for each in (listing, accepting, returning, policy):
        add_store_option(each)


def _today() -> date:
    from indicators import periods

    return periods.local_day(datetime.now(UTC))


def submission_list(options: argparse.Namespace) -> int:
    """Show where every reporting office stands."""
    from indicators.model import Submission
    from indicators.submissions.flow import standings

    ledger = open_ledger(options)
    quarter = options.quarter or max(
        (each.quarter for each in ledger.current(Submission)), default=""
    )
    if not quarter:
        raise UsageError("还没有任何报送", action="请用 --quarter 指明季度")
    found = standings(ledger, quarter, options.as_of or _today())
    if options.json:
        write_json(
            [
                {
                    "place": each.place, "office": each.office, "quarter": each.quarter,
                    "standing": each.words, "indicators": each.asked, "due_on": each.due_on,
                    "submission_id": each.submission.submission_id if each.submission else "",
                    "file": each.submission.file_name if each.submission else "",
                    "remarks": each.submission.remarks if each.submission else "",
                }
                for each in found
            ]
        )  # fmt: skip
        return 0
    for each in found:
        handed = each.submission
        tail = f"  {handed.submission_id}  {handed.file_name}" if handed else ""
        told = each.returned or handed
        remarks = f"  意见：{told.remarks}" if told and told.remarks else ""
        due = f"  截止 {each.due_on}" if each.due_on else ""
        print(f"{quarter}  {each.place}  {each.office}  {each.words}{due}{tail}{remarks}")
    missing = [each for each in found if each.submission is None]
    print(f"共 {len(found)} 个单位，未报 {len(missing)} 个")
    return 0


def submission_accept(options: argparse.Namespace) -> int:
    """Accept a submission."""
    from indicators.submissions.importing import accept

    done = accept(
        open_ledger(options), options.submission, who=who(options), remarks=options.remarks
    )
    print(f"已确认 {done.place} {done.office} {done.quarter} {done.file_name}")
    return 0


def submission_return(options: argparse.Namespace) -> int:
    """Return a submission."""
    from indicators.submissions.flow import give_back

    done = give_back(
        open_ledger(options), options.submission, who=who(options), remarks=options.remarks
    )
    print(f"已退回 {done.place} {done.office} {done.quarter} {done.file_name}：{done.remarks}")
    return 0


def submission_policy(options: argparse.Namespace) -> int:
    """Show or set what happens on hand-in."""
    from indicators.submissions.flow import policy, set_policy

    ledger = open_ledger(options, create=bool(options.policy))
    if options.policy:
        set_policy(ledger, options.policy, who=who(options), place=options.place)
    words = {
        "direct": "直接确认", "mark": "待审，值先用并标明待审", "wait": "待审，确认后才用"
    }  # fmt: skip
    print(f"{options.place or '全部地区'}：{words[policy(ledger, options.place)]}")
    return 0


def _add_calendar(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("calendar", help="各季度的开放日、截止日、锁定日和例外")
    below = parser.add_subparsers(title="操作", metavar="操作", required=True)
    show = below.add_parser("show", help="显示报送日历")
    show.add_argument("--quarter", default="", metavar="季度")
    show.set_defaults(run=calendar_show)
    setting = below.add_parser("set", help="设定一个季度的日期")
    exception = below.add_parser("except", help="给一个单位例外，须写明原因")
    for each in (setting, exception):
        each.add_argument("--quarter", required=True, metavar="季度")
        each.add_argument("--opens", type=day, metavar="日期", help="开放日")
        each.add_argument("--due", type=day, metavar="日期", help="截止日")
        each.add_argument("--locks", type=day, metavar="日期", help="锁定日，自这一天起不再接收")
    setting.add_argument("--place", default="", metavar="地区", help="只对一个地区")
    setting.add_argument("--reason", default="", metavar="原因")
    setting.set_defaults(run=calendar_set, office="")
    exception.add_argument("--place", required=True, metavar="地区")
    exception.add_argument("--office", required=True, metavar="单位")
    exception.add_argument("--reason", required=True, metavar="原因")
    exception.set_defaults(run=calendar_set)
    for each in (show, setting, exception):
        add_store_option(each)


def calendar_show(options: argparse.Namespace) -> int:
    """Show the calendar."""
    from indicators.model import CalendarEntry

    for each in open_ledger(options).current(CalendarEntry):
        if options.quarter in ("", each.quarter):
            scope = " ".join(part for part in (each.place, each.office) if part) or "全部单位"
            days = "  ".join(
                f"{words} {value}"
                for words, value in (
                    ("开放", each.opens_on), ("截止", each.due_on), ("锁定", each.locks_on)
                )
                if value
            )  # fmt: skip
            reason = f"  原因：{each.reason}" if each.reason else ""
            print(f"{each.quarter}  {scope}  {days}{reason}")
    return 0


def calendar_set(options: argparse.Namespace) -> int:
    """Set the days of a quarter, or of one office in it."""
    from indicators.model import CalendarEntry
    from indicators.submissions.calendar import set_days

    entry = CalendarEntry(
        quarter=options.quarter.upper(),
        place=options.place,
        office=options.office,
        opens_on=options.opens,
        due_on=options.due,
        locks_on=options.locks,
        reason=options.reason,
    )
    set_days(open_ledger(options, create=True), entry, who=who(options))
    print(f"已设定 {entry.quarter} {entry.place} {entry.office}".rstrip())
    return 0
