"""The dashboard over a large ledger, beside building one ``go.Figure`` with four traces.

A fifth of the full size by default; ``FULL=1`` takes 100 000 targets and 1.2 million values.  Server
CPU is that of this process, which answers the page callback through Flask's own client: no network,
no other process.  The fifty users click on ``indicators serve`` over the same ledger.  A limit that
fails makes the exit status 1.
"""

from __future__ import annotations

import gc
import http.client
import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.assessment.boards import issue
from indicators.model import Commitment, Indicator, Observation, Setting, SourceDocument, Target
from indicators.store import open_store
from indicators.store.ledger import Store

if TYPE_CHECKING:
    from dashboards.views import Desk

FULL = os.environ.get("FULL") == "1"
TARGETS = 100_000 if FULL else 20_000
PLACES, OFFICES, DOCUMENTS = 400, 30, 500
QUARTERS = [
    (date(year, first, 1), date(year, first + 2, 31 if first in {1, 10} else 30))
    for year in (2024, 2025, 2026)
    for first in (1, 4, 7, 10)
]
USERS, PAUSE, SECONDS = 50, 6.0, 60.0
PAGE = "..page.children...navigation.children...title.data.."


def _place(number: int) -> str:
    return f"第{number % PLACES:03d}区"


def _office(number: int) -> str:
    return f"{_place(number)}第{number % OFFICES}局"


def rows_of(number: int) -> tuple[Indicator, Setting, Target, Commitment]:
    """Return the register's rows of one indicator, with the statement of its target."""
    value = Decimal(number % 997 + 50)
    name = f"第{number:06d}项建设规模"
    document = number % DOCUMENTS
    sentence = f"到2027年，{name}达到{value}家以上，相关工作按期推进。"
    at = sentence.index(f"{value}家")
    key = f"i{number:015d}"
    return (
        Indicator(
            indicator_id=key, name=name, place=_place(number), unit="家", dimension="count_entity"
        ),
        Setting(
            indicator_id=key,
            baseline=Decimal(number % 40),
            baseline_date=date(2023, 12, 31),
            accumulation="level",
            lead_office=_office(number),
            reporting_office=_office(number),
        ),
        Target(
            target_id=f"t{number:015d}",
            indicator_id=key,
            magnitude=value,
            unit="家",
            bound="at_least",
            deadline=date(2027 + number % 4, 12, 31),
            commitments=(f"c{number:015d}",),
            as_written=f"{value}家",
            status="accepted",
            plan_start=date(2024, 1, 1),
        ),
        Commitment(
            commitment_id=f"c{number:015d}",
            document=f"文件{document}.txt",
            document_digest=f"{document:064x}",
            start=at,
            end=at + len(str(value)),
            as_written=f"{value}家",
            sentence=sentence,
            sentence_start=0,
            section=f"第{number % 5}章 / 第{number % 7}节",
            magnitude=value,
            unit="家",
            base_magnitude=value,
            dimension="count_entity",
            name=name,
            place=_place(number),
            kind="target",
            bound="at_least",
            date=date(2027, 12, 31),
            review="accepted",
            indicator_id=key,
        ),
    )


def values_of(number: int, add: int = 0) -> Iterator[Observation]:
    """Yield the quarterly values of an indicator."""
    for quarter, (start, end) in enumerate(QUARTERS):
        yield Observation(
            indicator_id=f"i{number:015d}",
            period_start=start,
            period_end=end,
            basis="level",
            source="workbook",
            origin=_office(number),
            magnitude=Decimal((number * 7 + quarter * (number % 60)) % 1100 + add),
            unit="家",
            file_name="2026.xlsx",
            sheet="填报",
            cell=f"E{number % 200 + 5}",
        )


def fill(ledger: Store) -> None:
    """Record the whole, a few batches."""
    with ledger.batch("load", who="bench") as batch:
        batch.add(
            SourceDocument(
                document_digest=f"{number:064x}",
                document=f"文件{number}.txt",
                title=f"第{number}号文件关于印发建设行动方案的通知",
                issued_on=date(2024, 1, 1),
                place=_place(number),
            )
            for number in range(DOCUMENTS)
        )
        for each in zip(*map(rows_of, range(TARGETS)), strict=True):
            batch.add(each)
    # All rows of a batch at once: each call looks into the ledger for the keys that it is given.
    for first in range(0, TARGETS, 10_000):
        numbers = range(first, min(first + 10_000, TARGETS))
        with ledger.batch("import", who="bench", quarter="2026Q4") as batch:
            batch.add(value for number in numbers for value in values_of(number))
    # With a board the overview also tells what changed since, and why.
    issue(ledger, "2026Q3", who="bench")


def resident() -> float:
    """Return the resident MB of this process."""
    gc.collect()
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * resource.getpagesize() / 1e6


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU milliseconds of a piece of work."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def against(works: Iterable[Callable[[], object]]) -> tuple[float, float]:
    """Return the median CPU of pieces of work, and how often it holds that of the figure.

    Both are measured in turns, so that a machine that others use as well slows both.
    """
    both = [(cpu(figure), cpu(work)) for work in works]
    taken = statistics.median(mine for _, mine in both)
    return taken, taken / statistics.median(unit for unit, _ in both)


def asked(path: str, query: str = "") -> bytes:
    """Return the body of the page callback for an address."""
    return json.dumps(
        {
            "output": PAGE,
            "outputs": [
                {"id": "page", "property": "children"},
                {"id": "navigation", "property": "children"},
                {"id": "title", "property": "data"},
            ],
            "inputs": [
                {"id": "address", "property": "pathname", "value": path},
                {"id": "address", "property": "search", "value": query},
            ],
            "changedPropIds": ["address.pathname"],
        }
    ).encode()


def block(start: int, query: str = "") -> bytes:
    """Return the body of the grid's callback for a block of rows."""
    return json.dumps(
        {
            "output": "targets.getRowsResponse",
            "outputs": {"id": "targets", "property": "getRowsResponse"},
            "inputs": [
                {
                    "id": "targets",
                    "property": "getRowsRequest",
                    "value": {"startRow": start, "endRow": start + 50, "sortModel": []},
                }
            ],
            "state": [{"id": "address", "property": "search", "value": query}],
            "changedPropIds": ["targets.getRowsRequest"],
        }
    ).encode()


def clicks() -> Iterator[bytes]:
    """Yield what people ask for, hardly ever twice the same."""
    number = 0
    while True:
        number += 1
        yield asked(f"/indicators/i{number * 131 % TARGETS:015d}")
        yield asked("/", f"?place={_place(number)}")
        yield block(number * 50 % TARGETS)
        yield asked("/")


def figure() -> None:
    """Build the figure that everything is measured against."""
    import plotly.graph_objects as go

    ends = [end.isoformat() for _, end in QUARTERS]
    made = go.Figure()
    for trace in range(4):
        made.add_trace(go.Scatter(x=ends, y=list(range(12)), mode="lines+markers", name=f"{trace}"))
    made.update_layout(margin={"l": 50}, xaxis={"title": {"text": "期"}}, showlegend=False)


class Report:
    """Lines with their limits."""

    def __init__(self) -> None:
        self.failed = 0

    def line(self, words: str, shown: str, ratio: float | None = None, limit: float = 0.0) -> None:
        """Print a measurement; with a limit, whether it holds."""
        verdict = ""
        if ratio is not None and limit:
            fine = ratio <= limit
            self.failed += not fine
            verdict = f"  limit {limit:g}{'' if fine else '  FAILED'}"
        part = "" if ratio is None else f"{ratio:8.2f} x"
        print(f"{words:<58}{shown:>12}{part}{verdict}", flush=True)


def pages(ledger: Store, report: Report) -> None:
    """Measure the server's CPU, sizes and memory in this process."""
    from dashboards.app import create_app
    from dashboards.views import Desk

    desk = Desk(ledger)
    app = create_app(desk)
    client = app.server.test_client()

    def post(body: bytes) -> bytes:
        answer = client.post("/_dash-update-component", data=body, content_type="application/json")
        if answer.status_code != 200:
            raise SystemExit(f"status {answer.status_code}")
        return bytes(answer.get_data())

    figure()
    unit = statistics.median(cpu(figure) for _ in range(40))
    report.line("one go.Figure with four traces", f"{unit:.1f} ms")
    first = cpu(lambda: post(asked("/")))
    report.line("the first view of all: everything is judged", f"{first / 1000:.1f} s")
    for number in range(60):  # tables come into memory as they are asked for
        post(asked(f"/indicators/i{number * 83 + 1:015d}"))
        post(block(number * 50))
        post(asked("/", f"?place={_place(number + 200)}"))
    for words, bodies, limit in (
        ("overview", [asked("/")] * 30, 5),
        ("overview, made anew for each asker", [asked("/", f"?x={n}") for n in range(15)], 5),
        (
            "overview of one place, made anew",
            [asked("/", f"?place={_place(n)}") for n in range(30)],
            5,
        ),
        (
            "indicator, another one each time",
            [asked(f"/indicators/i{n * 97 + 3:015d}") for n in range(40)],
            3,
        ),
        ("indicator, the same one", [asked("/indicators/i000000000000007")] * 30, 3),
        ("a block of 50 rows of the grid", [block(n * 50) for n in range(30)], 0),
    ):
        taken, ratio = against(partial(post, body) for body in bodies)
        report.line(words, f"{taken:.1f} ms", ratio, limit)
    for words, body in (
        ("overview", asked("/")),
        ("indicator", asked("/indicators/i000000000000007")),
        ("grid, its page", asked("/indicators")),
        ("grid, a block", block(0)),
        ("documents", asked("/documents")),
    ):
        size = len(post(body)) / 1000
        report.line(f"bytes: {words}", f"{size:.0f} KB", size, 300)
    imports(ledger, desk, lambda query="": cpu(lambda: post(asked("/", query))), report)
    asking = clicks()
    for _ in range(100):
        post(next(asking))
    before = resident()
    for _ in range(900):
        post(next(asking))
    now = resident()
    report.line("memory after 1 000 views against after 100", f"{now:.0f} MB", now / before, 1.1)


def imports(ledger: Store, desk: Desk, view: Callable[..., float], report: Report) -> None:
    """Measure the view after an import of 50 rows: at once, and as ``serve`` does it.

    Each is followed by the same view as it is kept, and by one that must be made anew, after the
    same pause: a processor that rested takes longer for the first thing that it is asked.

    Args:
        ledger: the store.
        desk: its snapshots.
        view: looks at the overview, with a query, and returns its CPU.
        report: where the lines go.
    """

    def grow(turn: int) -> None:
        with ledger.batch("import", who="bench", quarter="2026Q4", reason="bench") as batch:
            batch.add(
                list(values_of(number, add=turn + 1))[-1]
                for number in range(turn * 50, turn * 50 + 50)
            )
        time.sleep(_LOOK)

    def rested(query: str = "") -> float:
        time.sleep(_LOOK)
        return view(query)

    after, kept, anew = [], [], []
    for turn in range(15):
        grow(turn)
        after.append(view())
        kept.append(rested())
        anew.append(rested(f"?x={turn}"))
    grown, same, made = map(statistics.median, (after, kept, anew))
    report.line("overview at once after 50 rows, against anew", f"{grown:.1f} ms", grown / made)
    report.line("the same against kept", f"{same:.1f} ms", grown / same)
    ended = threading.Event()
    looking = desk.keep_fresh(ended)
    work, ready, kept = [], [], []
    for turn in range(15, 30):
        begin = time.process_time()
        grow(turn)
        while desk.carried < ledger.seq:
            time.sleep(_LOOK)
        work.append((time.process_time() - begin) * 1000)
        ready.append(view())
        kept.append(rested())
    ended.set()
    looking.join()
    report.line("an import of 50 rows with all that follows", f"{statistics.median(work):.1f} ms")
    served, same = statistics.median(ready), statistics.median(kept)
    report.line("overview after 50 rows, against kept", f"{served:.1f} ms", served / same, 2)


_LOOK = 0.05
"""Seconds between two looks whether the background is done."""


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def ask(connection: http.client.HTTPConnection, body: bytes) -> float:
    """Return the seconds that an answer took."""
    begin = time.perf_counter()
    connection.request(
        "POST", "/_dash-update-component", body, {"Content-Type": "application/json"}
    )
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise OSError(f"status {answer.status}")
    return time.perf_counter() - begin


def users(folder: Path, report: Report) -> None:
    """Let one user click, then fifty."""
    port = free_port()
    command = [sys.executable, "-m", "indicators.cli", "serve", "--port", str(port)]
    with (
        (folder / "serve.log").open("wb") as log,
        subprocess.Popen(
            command,
            env={**os.environ, "INDICATORS_STORE": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=log,
        ) as server,
    ):
        try:
            _wait(port)
            asking, lock = clicks(), threading.Lock()

            def following() -> bytes:
                with lock:
                    return next(asking)

            alone = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
            for _ in range(8):
                ask(alone, following())
            single = statistics.median(ask(alone, following()) for _ in range(60))
            report.line("one user, a click", f"{single * 1000:.1f} ms")
            taken: list[float] = []
            errors: list[str] = []
            end = time.monotonic() + SECONDS

            def user(number: int) -> None:
                time.sleep(PAUSE * number / USERS)
                mine = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                while time.monotonic() < end:
                    begin = time.monotonic()
                    try:
                        taken.append(ask(mine, following()))
                    except (OSError, http.client.HTTPException) as error:
                        errors.append(str(error))
                        mine.close()
                    time.sleep(max(0.0, PAUSE - (time.monotonic() - begin)))

            threads = [threading.Thread(target=user, args=(number,)) for number in range(USERS)]
            for each in threads:
                each.start()
            for each in threads:
                each.join()
            slow = sorted(taken)[int(len(taken) * 0.95)]
            report.line(
                f"{USERS} users, {len(taken)} clicks: 95 of 100 within",
                f"{slow * 1000:.1f} ms",
                slow / single,
                3,
            )
            report.line("errors", str(len(errors)), float(len(errors)) + 1, 1)
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def main() -> int:
    """Fill a ledger in a temporary folder and measure; return the exit status."""
    report = Report()
    print(
        f"{TARGETS} targets, {TARGETS * len(QUARTERS)} values{'' if FULL else ' (FULL=1: 100 000)'}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begin = time.process_time()
        with open_store(folder) as ledger:
            fill(ledger)
        report.line("fill the ledger", f"{time.process_time() - begin:.0f} s")
        with open_store(folder) as ledger:
            pages(ledger, report)
        users(folder, report)
    return int(report.failed > 0)


if __name__ == "__main__":
    sys.exit(main())
