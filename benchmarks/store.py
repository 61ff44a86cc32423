"""The ledger at its full size: 100 000 targets and 1.2 million observations.

Each figure stands beside a peer measured in the same run: reading is compared with ``sqlite3``
fetching the same columns of the same file as plain tuples, writing with ``executemany`` of them.
"""

from __future__ import annotations

import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from indicators.model import Observation, Record, Setting, Target
from indicators.store import open_store

QUARTERS = [
    (date(year, first, 1), date(year, first + 2, 31 if first in {1, 10} else 30))
    for year in (2024, 2025, 2026)
    for first in (1, 4, 7, 10)
]


def targets(count: int) -> Iterator[Target]:
    """Yield one target for each of ``count`` indicators."""
    for number in range(count):
        yield Target(
            target_id=f"t{number:015d}",
            indicator_id=f"i{number:015d}",
            magnitude=Decimal(number % 997 + 10),
            unit="家",
            bound="at_least",
            deadline=date(2027, 12, 31),
            commitments=(f"c{number:015d}",),
            as_written=f"{number % 997 + 10}家",
            status="accepted",
            plan_start=date(2025, 1, 1),
        )


def observations(indicator: int, quarters: int = len(QUARTERS)) -> Iterator[Observation]:
    """Yield the quarterly values of an indicator."""
    for number, (start, end) in enumerate(QUARTERS[:quarters]):
        yield Observation(
            indicator_id=f"i{indicator:015d}",
            period_start=start,
            period_end=end,
            basis="since_start",
            source="workbook",
            origin=f"单位{indicator % 500}",
            magnitude=Decimal(indicator % 997 * (number + 1)).scaleb(-2),
            unit="家",
            file_name="2026Q1.xlsx",
            sheet="填报",
            cell=f"E{indicator % 200 + 5}",
        )


def timed(words: str, started: float, peer: float = 0.0) -> float:
    """Print the CPU seconds since ``started``, as a ratio to its peer where there is one."""
    taken = time.process_time() - started
    ratio = f"  {taken / peer:6.2f} x" if peer else ""
    print(f"{words:<58}{taken:9.3f} s{ratio}", flush=True)
    return taken


def memory() -> float:
    """Return the resident MB of this process."""
    resident = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(resident) * resource.getpagesize() / 1e6


def plain(path: Path, table: str) -> float:
    """Return the CPU seconds of fetching a table as plain tuples."""
    connection = sqlite3.connect(path)
    started = time.process_time()
    rows = connection.execute(f"SELECT * FROM {table} ORDER BY seq, line").fetchall()
    taken = time.process_time() - started
    print(f"  {len(rows)} plain rows of {table}: {taken:.3f} s")
    connection.close()
    return taken


def write(where: Path, count: int) -> None:
    """Fill a ledger: targets in one batch, observations in batches of 2000 indicators."""
    with open_store(where) as store:
        started = time.process_time()
        with store.batch("load", who="bench") as tx:
            tx.add(targets(count))
        timed(f"record {count} targets in one batch", started)
        started = time.process_time()
        for first in range(0, count, 2000):
            with store.batch("import", who="bench") as tx:
                last = min(first + 2000, count)
                tx.add(row for number in range(first, last) for row in observations(number))
        timed(
            f"record {count * len(QUARTERS)} observations in {-(-count // 2000)} batches", started
        )


def read(where: Path) -> None:
    """Read it as a server does: cold, cached, filtered, after a small import elsewhere."""
    path = where / "ledger.sqlite"
    one, many = plain(path, "targets"), plain(path, "observations")
    base = memory()
    with open_store(where) as store, open_store(where) as other:
        kinds: list[tuple[type[Record], float]] = [(Target, one), (Observation, many)]
        started = time.process_time()
        found = store.current(Observation, indicator_id="i000000000000042")
        timed(f"one indicator's {len(found)} observations, nothing loaded", started)
        for record, peer in kinds:
            started = time.process_time()
            count = len(store.current(record))
            timed(f"current({record.__name__}), cold: {count} rows", started, peer)
        print(f"  memory {memory():.0f} MB (before {base:.0f} MB)")
        started = time.process_time()
        for _ in range(100):
            store.current(Observation)
        timed("100 x current(Observation), cached", started)
        started = time.process_time()
        store.current(Observation, indicator_id="i000000000000007")
        timed("one indicator, first (makes the index)", started)
        started = time.process_time()
        for number in range(100):
            store.current(Observation, indicator_id=f"i{number:015d}")
        timed("100 x one indicator, indexed", started)
        started = time.process_time()
        with other.batch("import", who="bench") as tx:
            tx.add(
                replace(row, magnitude=Decimal(1))
                for number in range(50)
                for row in observations(number, 1)
            )
        timed("record 50 rows, nothing loaded", started)
        started = time.process_time()
        store.current(Observation)
        first = timed("current(Observation) after 50 rows elsewhere", started)
        started = time.process_time()
        store.current(Observation)
        timed("current(Observation) again", started, first)
        started = time.process_time()
        store.current(Observation, known_at=store.batches()[store.seq // 2].committed_at)
        timed("current(Observation, known_at=…), first", started)
        started = time.process_time()
        store.retract(str(store.seq), who="bench", reason="bench")
        store.current(Observation)
        timed("retract 50 rows and read", started)
        started = time.process_time()
        frame = store.frame(Observation)
        timed(f"frame(Observation): {frame.nbytes / 1e6:.0f} MB", started)
        started = time.process_time()
        problems = list(store.verify())
        timed(f"verify: {len(problems)} problems", started)
        with store.batch("settings", who="bench") as tx:
            tx.add([Setting(indicator_id="i000000000000007")])
    print(f"  memory {memory():.0f} MB")


def main() -> None:
    """Write and read a ledger of the size given (default 100 000 targets)."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "store"
        write(where, count)
        print(f"  {(where / 'ledger.sqlite').stat().st_size / 1e6:.0f} MB on disk")
        read(where)


if __name__ == "__main__":
    main()
