"""``bulletin``: the 通报 of a quarter, or the 督办单 of an office, as a Word document."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from indicators.cli import common


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "bulletin",
        help="生成季度通报或单位督办单（Word）",
        description="生成季度通报；写明 --place 和 --office 时生成该单位的督办单。",
    )
    parser.add_argument("--quarter", required=True, metavar="季度", help="如 2026Q2")
    parser.add_argument("--output", required=True, metavar="文件.docx")
    parser.add_argument("--place", default="", metavar="地区", help="只报一个地区")
    parser.add_argument("--office", default="", metavar="单位", help="督办单的受文单位")
    parser.add_argument(
        "--rules", default="schedule", metavar="规则", help="研判规则，默认 schedule"
    )
    common.add_store_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the document; an existing file is replaced only by a whole one."""
    from indicators.bulletin.content import of_office
    from indicators.bulletin.making import prepare
    from indicators.bulletin.word import render
    from indicators.errors import UsageError
    from indicators.outputs import write_whole

    output = Path(options.output)
    if output.suffix.lower() != ".docx":
        raise UsageError("通报只输出 .docx", place=options.output, action="请把文件名改为 .docx")
    if options.office and not options.place:
        raise UsageError("督办单要写明单位所在地区", action="请加 --place")
    with common.open_ledger(options) as ledger:
        bulletin = prepare(
            ledger, quarter=options.quarter, scope=options.place, rules=options.rules
        )
        if options.office:
            bulletin = of_office(bulletin, options.place, options.office)
        content = render(bulletin)
    if not any(line.cell for line in bulletin.lines):
        print(f"{options.quarter} 及以前没有任何实际值，通报中都是未报送或未到期", file=sys.stderr)
    write_whole(output, content)
    print(f"{output}：{bulletin.title}，{len(bulletin.lines)} 项", file=sys.stderr)
    return 0
