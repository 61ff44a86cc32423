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
        for at in range(number):
            key = f"i{at}"
            batch.add(
                [
                    Indicator(
                        indicator_id=key,
                        name=f"指标{at}",
                        place=PLACE,
                        unit="个",
                        dimension="count",
                    ),
                    Setting(indicator_id=key, accumulation="level", reporting_office=OFFICE),
                ]
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


def say(words: str, figures: str, limit: str) -> None:
    """Print one line."""
    print(f"{words:<44} {figures:<58} {limit}")


def main() -> int:
    """Print every figure with its limit."""
    large = "--large" in sys.argv or os.environ.get("LARGE") == "1"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        path = sheet(folder / "10k.xlsx", 10_000)
        register(folder / "store10k", 10_000).close()
        load, _, load_peak = alone(lambda: full_load(path))
        spent, wall, peak = alone(imported(folder / "store10k", path))
        say(
            "10 000 rows checked and recorded",
            f"{spent:.2f} s CPU, {peak:.0f} MB; openpyxl {load:.2f} s, {load_peak:.0f} MB: {spent / load:.2f}x",
            "<= 2x",
        )
        content = path.read_bytes()
        guard, _, _ = alone(lambda: unpack(content))
        say("guard and unpacking, 10 000 rows", f"{guard:.3f} s CPU: {guard / load:.1%}", "<= 10%")
        usual = sheet(folder / "50.xlsx", 50)
        register(folder / "store50", 50).close()
        spent, wall, peak = alone(imported(folder / "store50", usual))
        say("a usual submission of 50 rows", f"{wall:.2f} s wall, {spent:.2f} s CPU", "<= 1 s")
        asks = [
            Ask(key=f"i{at}", name=f"指标{at}", unit="个", accumulation="level", last=Decimal(at))
            for at in range(200)
        ]
        spent, _, _ = alone(lambda: build_template(asks, OFFICE, PLACE, "2026Q1"))
        say("a template of 200 rows", f"{spent:.2f} s CPU", "<= 0.5 s")
        register(folder / "store200", 200).close()

        def write() -> None:
            with open_store(folder / "store200") as ledger:
                write_template(ledger, OFFICE, PLACE, "2026Q2", folder / "t.xlsx")

        spent, _, _ = alone(write)
        say("the same from the ledger", f"{spent:.2f} s CPU", "")
        if large:
            big = sheet(folder / "200k.xlsx", 200_000)
            register(folder / "store200k", 200_000).close()
            read, _, _ = alone(lambda: calamine_read(big))
            spent, wall, peak = alone(imported(folder / "store200k", big))
            say(
                "200 000 rows checked and recorded",
                f"{spent:.1f} s CPU, {peak:.0f} MB; calamine {read:.2f} s: {spent / read:.1f}x",
                "<= 6x, <= 600 MB",
            )
        else:
            print("(200 000 rows: LARGE=1)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
