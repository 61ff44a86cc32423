"""A country of targets: Parquet to Parquet, beside pyarrow alone and the plainest SQL.

Each measurement is a process of its own, so that its CPU time and its peak memory are its own.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import numpy as np

QUARTERS = 12
AS_OF = date(2027, 12, 31)
SIZES = (10_000, 100_000, 1_000_000)
BAR, MEMORY, STRAIGHT = 3.0, 4096, 1.5
"""CPU in times of pyarrow's, MB, and CPU a target of the largest size in times of the smallest's."""


def make(folder: Path, size: int) -> None:
    """Write targets and twelve quarters of values for each, of every accumulation."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    random = np.random.default_rng(7)
    kind = random.choice(5, size, p=[0.4, 0.2, 0.2, 0.1, 0.1])
    words = {
        "sort": ["level", "amount", "count", "amount", "share"],
        "accumulation": ["level", "year_to_date", "since_start", "since_start", "level"],
    }
    base = np.round(random.uniform(5, 50, size), 1)
    value = base + np.round(random.uniform(10, 200, size), 1)
    key = np.arange(size) + 10**9
    text = {
        name: pa.array(np.array(each)[kind]).dictionary_encode() for name, each in words.items()
    }
    flow = np.isin(kind, (2, 3))
    targets = pa.table(
        {
            "target": key,
            **text,
            "bound": pa.array(np.repeat("at_least", size)).dictionary_encode(),
            "value": np.where(kind == 2, np.round(value), value),
            "high": pa.nulls(size, pa.float64()),
            "tolerance": np.zeros(size),
            "direction": pa.array(np.repeat("up", size)).dictionary_encode(),
            "baseline": pa.array(np.where(flow, np.nan, base), from_pandas=True),
            "start": pa.array(np.repeat(np.datetime64("2024-12-31"), size)),
            "deadline": pa.array(np.repeat(np.datetime64("2029-12-31"), size)),
            "schedule": pa.array(np.repeat("linear", size)).dictionary_encode(),
        }
    )
    ends = np.array(
        [np.datetime64("2025-01-01") + np.timedelta64(0, "D")] * QUARTERS, dtype="datetime64[D]"
    )
    months = np.arange(3, 3 * QUARTERS + 1, 3)
    ends = (np.datetime64("2025-01", "M") + months).astype("datetime64[D]") - np.timedelta64(1, "D")
    begins = (np.datetime64("2025-01", "M") + months - 3).astype("datetime64[D]")
    years = ends.astype("datetime64[Y]").astype("datetime64[D]")
    share = np.arange(1, QUARTERS + 1) / 20
    pace = random.uniform(0.3, 1.5, size)[:, None]
    way = np.where(flow | (kind == 1), value, value - base)[:, None]
    reached = np.where(flow | (kind == 1), 0, base)[:, None] + way * pace * share
    # Values of a year start again; the fourth kind reports what each quarter added.
    reached[kind == 1] = (value[:, None] * pace * (np.arange(QUARTERS) % 4 + 1) / 4)[kind == 1]
    reached[kind == 3] = (way * pace / 20 * np.ones(QUARTERS))[kind == 3]
    bases = np.array(["level", "year_to_date", "since_start", "period", "level"])
    first = np.where(np.isin(kind, (1,))[:, None], years, begins)
    first = np.where((kind == 2)[:, None], np.datetime64("2025-01-01"), first)
    observations = pa.table(
        {
            "target": np.repeat(key, QUARTERS),
            "period_start": pa.array(first.ravel()),
            "period_end": pa.array(np.tile(ends, size)),
            "basis": pa.array(bases[np.repeat(kind, QUARTERS)]).dictionary_encode(),
            "value": np.round(reached, 2).ravel(),
        }
    )
    pq.write_table(targets, folder / "targets.parquet")
    pq.write_table(observations, folder / "observations.parquet")


def ours(folder: Path) -> None:
    """Read, judge and write."""
    from indicators.assessment import streaming

    streaming.judge_files(
        folder / "targets.parquet",
        folder / "observations.parquet",
        folder / "verdicts.parquet",
        as_of=AS_OF,
    )


def arrow(folder: Path) -> None:
    """Read the same files and write the same verdicts, which stand ready in memory."""
    import pyarrow.parquet as pq

    from indicators.assessment import arrow as out
    from indicators.assessment import bulk

    ready = pq.read_table(folder / "verdicts.parquet", read_dictionary=["state", "light", "reason"])
    begin = time.process_time()
    pq.read_table(folder / "targets.parquet", columns=list(bulk.TARGET_COLUMNS))
    pq.read_table(folder / "observations.parquet", columns=list(bulk.OBSERVATION_COLUMNS))
    with out.writing(ready.schema, folder / "again.parquet") as file:
        file.write_table(ready)
    print(json.dumps({"cpu": time.process_time() - begin}))


SQL = """
COPY (
  WITH last AS (
    SELECT target, arg_max(value, period_end) AS x, max(period_end) AS seen
    FROM read_parquet('{observations}') WHERE period_end <= DATE '2027-12-31' GROUP BY target
  ), shares AS (
    SELECT t.target, x, baseline, value,
      (x - baseline) / (value - baseline) AS s,
      date_diff('month', t.start, seen) / date_diff('month', t.start, deadline)::DOUBLE AS e
    FROM read_parquet('{targets}') t JOIN last USING (target)
  )
  SELECT target, x, baseline + (value - baseline) * e AS expected, s, e, 100 * (s - e) AS gap,
    CASE WHEN baseline IS NULL THEN 'no_baseline' WHEN x >= value THEN 'achieved'
      WHEN s >= e THEN 'on_schedule' WHEN 100 * (s - e) > -10 THEN 'slightly_behind'
      WHEN 100 * (s - e) >= -30 THEN 'behind' ELSE 'far_behind' END AS state
  FROM shares
) TO '{out}' (FORMAT parquet)
"""


def duckdb(folder: Path) -> None:
    """The schedule rule alone for levels, without conversions, kinds or reasons."""
    import duckdb as database

    database.sql(
        SQL.format(
            observations=folder / "observations.parquet",
            targets=folder / "targets.parquet",
            out=folder / "sql.parquet",
        )
    )


def measured(name: str, folder: Path) -> dict[str, float]:
    """Run one measurement in a process of its own; CPU without start-up, peak memory with it."""
    done = subprocess.run(
        [sys.executable, __file__, name, str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr.strip().splitlines()[-1])
    return json.loads(done.stdout.splitlines()[-1])


def run_one(name: str, folder: Path) -> None:
    """Measure in this process."""
    import pyarrow.dataset  # what both sides load is not measured
    import pyarrow.parquet  # noqa: F401 - loaded beforehand, so that neither side pays for it

    if name == "ours":
        from indicators.assessment import profile, streaming

        assert streaming
        profile.load("schedule")
    if name == "duckdb":
        import duckdb as database

        database.sql("SELECT 1").fetchall()
    begin, wall = time.process_time(), time.perf_counter()
    if name == "arrow":
        arrow(folder)
        return
    {"ours": ours, "duckdb": duckdb}[name](folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"cpu": time.process_time() - begin, "wall": time.perf_counter() - wall, "peak": peak}
    print(json.dumps(found))


def main() -> int:
    """Print sizes, ratios and memory with their bars; 1 where one is not met."""
    sizes = [int(each) for each in os.environ.get("SIZES", "").split()] or SIZES
    status = 0
    per_target: dict[int, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make(folder, size)
            runs = [measured("ours", folder) for _ in range(3)]
            peers = [json.loads(json.dumps(measured("arrow", folder))) for _ in range(3)]
            found, peer = (
                min(runs, key=lambda each: each["cpu"]),
                min(each["cpu"] for each in peers),
            )
            ratio = found["cpu"] / peer
            per_target[size] = found["cpu"] / size
            print(
                f"{size:>9,} targets, {size * QUARTERS:>11,} values: {found['cpu']:.2f} s CPU, "
                f"{ratio:.2f} × pyarrow read and write ({peer:.2f} s; bar {BAR:g}), "
                f"{found['peak']:,.0f} MB (bar {MEMORY:,})"
            )
            status |= size == max(sizes) and (ratio > BAR or found["peak"] > MEMORY)
            if find_spec("duckdb") is None:
                print("          plain SQL: duckdb is not installed (extra bench)")
            else:
                sql = min((measured("duckdb", folder) for _ in range(3)), key=lambda x: x["cpu"])
                print(
                    f"          plain SQL (DuckDB, schedule rule alone): {sql['cpu']:.2f} s CPU, "
                    f"ours is {found['cpu'] / sql['cpu']:.2f} × that"
                )
    if len(per_target) > 1:
        growth = per_target[max(per_target)] / per_target[min(per_target)]
        status |= growth > STRAIGHT
        print(
            f"CPU a target, largest against smallest: {growth:.2f} × (1 is linear; bar {STRAIGHT:g})"
        )
    return int(status)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run_one(sys.argv[1], Path(sys.argv[2]))
    else:
        sys.exit(main())
