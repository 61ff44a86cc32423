"""Workbooks: what an import, a template and the guard cost, beside plain readers of the same file.

CPU seconds count this process and the ones that it starts, since parsing happens in a child.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from python_calamine import CalamineWorkbook

from indicators.model import Indicator, Office, Setting
from indicators.store import open_store
from indicators.store.ledger import Store
from indicators.submissions.entry import Ask
from indicators.submissions.guard import unpack
from indicators.submissions.importing import import_workbook
from indicators.submissions.sender import Wish
from indicators.submissions.template import build_template, write_template

PLACE, OFFICE = "武清区", "区数据局"
LARGE_RATIO, LARGE_MB = 6.0, 600
"""Of 200 000 rows: CPU against python-calamine's bare read, and peak memory."""
WISH = Wish(who="bench", office=OFFICE, place=PLACE, quarter="2026Q1", accept_warnings=True)


def cpu() -> float:
    """CPU seconds of this process and of its children."""
    own, below = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime


def alone(work: Callable[[], object]) -> tuple[float, float, float]:
    """Run work in a process of its own: CPU seconds, wall seconds, peak MB of it or its child."""
    receiver, sender = os.pipe()
    child = os.fork()
    if not child:
        began, wall = cpu(), time.perf_counter()
        work()
        spent, passed = cpu() - began, time.perf_counter() - wall
        peak = max(
            resource.getrusage(who).ru_maxrss
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        os.write(sender, f"{spent} {passed} {peak / 1024}".encode())
        os._exit(0)
    os.close(sender)
    with os.fdopen(receiver) as answer:
        spent, passed, peak = map(float, answer.read().split())
    os.waitpid(child, 0)
    return spent, passed, peak


def register(folder: Path, number: int) -> Store:
    """Return a ledger with that many indicators of one office."""
    ledger = open_store(folder)
    with ledger.batch("settings", who="bench") as batch:
        batch.add([Office(place=PLACE, office=OFFICE)])
        batch.add(
            Indicator(
                indicator_id=f"i{at}", name=f"指标{at}", place=PLACE, unit="个", dimension="count"
            )
            for at in range(number)
        )
        batch.add(
            Setting(indicator_id=f"i{at}", accumulation="level", reporting_office=OFFICE)
            for at in range(number)
        )
    return ledger


def sheet(path: Path, rows: int) -> Path:
    """Write an office's own sheet of ten columns."""
    book = Workbook(write_only=True)
    target = book.create_sheet("数据")
    target.append(
        [
            "序号",
            "指标名称",
            "单位",
            "地区",
            "年度目标",
            "一季度完成",
            "完成率",
            "上年同期",
            "日期",
            "备注",
        ]
    )
    for at in range(rows):
        share = WriteOnlyCell(target, value=(at % 97) / 97)
        share.number_format = "0.0%"
        day = WriteOnlyCell(target, value=date(2026, 3, 31))
        day.number_format = "yyyy-mm-dd"
        target.append(
            [at + 1, f"指标{at}", "个", f"第{at % 16}区", 200 + at, 100 + at % 911, share, 90 + at / 7, day,
             "备注" if at % 10 == 0 else None]
        )  # fmt: skip
    book.save(path)
    return path


def full_load(path: Path) -> None:
    """Load a workbook with openpyxl and look at every cell."""
    for row in load_workbook(path, data_only=True).worksheets[0].iter_rows():
        for cell in row:
            _ = cell.value, cell.number_format


def calamine_read(path: Path) -> None:
    """Read every cell with python-calamine."""
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def imported(folder: Path, path: Path) -> Callable[[], None]:
    """Return the work of importing a workbook whole."""

    def work() -> None:
        with open_store(folder) as ledger:
            receipt = import_workbook(ledger, path, WISH)
        if receipt.outcome != "recorded":
            raise RuntimeError(receipt.sentence)

    return work


class Lines:
    """What was measured, each beside its limit."""

    def __init__(self) -> None:
        self.failed = 0

    def say(self, words: str, figures: str, limit: str, *, held: bool) -> None:
        """Print one line."""
        self.failed += not held
        print(f"{words:<40} {figures:<64} {limit:<18} {'' if held else 'FAILED'}", flush=True)


def ten_thousand(folder: Path, lines: Lines) -> None:
    """Measure a workbook of 10 000 rows beside openpyxl."""
    path = sheet(folder / "10k.xlsx", 10_000)
    register(folder / "store10k", 10_000).close()
    load, _, load_peak = alone(lambda: full_load(path))
    spent, _, peak = alone(imported(folder / "store10k", path))
    figures = f"{spent:.2f} s CPU, {peak:.0f} MB; openpyxl {load:.2f} s, {load_peak:.0f} MB"
    lines.say(
        "10 000 rows checked and recorded", f"{figures}: {spent / load:.2f}x", "<= 2x",
        held=spent <= 2 * load,
    )  # fmt: skip
    content = path.read_bytes()
    guard, _, _ = alone(lambda: unpack(content))
    lines.say(
        "guard and unpacking, 10 000 rows", f"{guard:.3f} s CPU: {guard / load:.1%}", "<= 10%",
        held=guard <= 0.1 * load,
    )  # fmt: skip


def usual(folder: Path, lines: Lines) -> None:
    """Measure a usual submission; other programs of the machine count in its wall time."""
    path = sheet(folder / "50.xlsx", 50)
    register(folder / "store50", 50).close()
    spent, wall, _ = alone(imported(folder / "store50", path))
    lines.say(
        "a usual submission of 50 rows", f"{wall:.2f} s wall, {spent:.2f} s CPU", "<= 1 s CPU",
        held=spent <= 1,
    )  # fmt: skip


def templates(folder: Path, lines: Lines) -> None:
    """Measure a template of 200 rows."""
    asks = [
        Ask(key=f"i{at}", name=f"指标{at}", unit="个", accumulation="level", last=Decimal(at))
        for at in range(200)
    ]
    spent, _, _ = alone(lambda: build_template(asks, OFFICE, PLACE, "2026Q1"))
    lines.say("a template of 200 rows", f"{spent:.2f} s CPU", "<= 0.5 s", held=spent <= 0.5)
    register(folder / "store200", 200).close()

    def write() -> None:
        with open_store(folder / "store200") as ledger:
            write_template(ledger, OFFICE, PLACE, "2026Q2", folder / "t.xlsx")

    spent, _, _ = alone(write)
    lines.say("the same from the ledger", f"{spent:.2f} s CPU", "", held=True)


def two_hundred_thousand(folder: Path, lines: Lines) -> None:
    """Measure a workbook of 200 000 rows beside python-calamine."""
    path = sheet(folder / "200k.xlsx", 200_000)
    alone(lambda: register(folder / "store200k", 200_000).close())
    first, _, _ = alone(lambda: calamine_read(path))
    spent, _, peak = alone(imported(folder / "store200k", path))
    again, _, _ = alone(lambda: calamine_read(path))
    read = (first + again) / 2
    lines.say(
        "200 000 rows checked and recorded",
        f"{spent:.1f} s CPU, {peak:.0f} MB; calamine {read:.2f} s: {spent / read:.1f}x",
        f"<= {LARGE_RATIO:g}x, <= {LARGE_MB} MB",
        held=spent <= LARGE_RATIO * read and peak <= LARGE_MB,
    )


def main() -> int:
    """Print every figure with its limit; 1 where one is passed."""
    lines = Lines()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for part in (ten_thousand, usual, templates, two_hundred_thousand):
            part(folder, lines)
    return int(lines.failed > 0)


if __name__ == "__main__":
    sys.exit(main())
