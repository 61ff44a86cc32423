"""A million targets go through the same kernel as one: the same verdicts from files."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from indicators import periods
from indicators.assessment import bulk, judge, streaming
from indicators.errors import UnreadableInput

AS_OF = date(2026, 9, 30)
KINDS = (
    ("level", "level", "level"),
    ("amount", "year_to_date", "year_to_date"),
    ("count", "since_start", "since_start"),
    ("amount", "since_start", "period"),
    ("amount", "year_to_date", "since_start"),
    ("share", "level", "level"),
)
QUARTERS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3")


def town(book, size, seed=1):
    """Fill a register and the two tables with the same targets and values."""
    random = np.random.default_rng(seed)
    targets, seen = [], []
    for key in range(size):
        sort, accumulation, basis = KINDS[key % len(KINDS)]
        value, base = int(random.integers(50, 200)), int(random.integers(0, 40))
        year = 2026 + int(random.integers(0, 3))
        falling = bool(random.random() < 0.3) and sort in ("level", "share")
        if falling:
            value, base = base, value
        setting = {"accumulation": accumulation, "baseline_date": date(2024, 12, 31),
                   "direction": "down" if falling else "up"}  # fmt: skip
        none = accumulation == "since_start" or random.random() < 0.2
        if not none:
            setting["baseline"] = Decimal(base)
        made = book.target(
            value, name=f"指标{key:05}", unit="%", dimension="", sort=sort,
            bound="at_most" if falling else "at_least", deadline=f"{year}-12-31", setting=setting,
        )  # fmt: skip
        targets.append(
            (key, sort, made.bound, value, None, 0.0, accumulation, setting["direction"],
             None if none else base, date(2024, 12, 31), made.deadline, "linear")
        )  # fmt: skip
        total, previous = 0, ""
        for quarter in QUARTERS[: int(random.integers(0, 8))]:
            if random.random() < 0.1:
                continue  # A quarter that nobody reported.
            if basis == "year_to_date" and quarter[:4] != previous[:4]:
                total = 0
            step, previous = int(random.integers(0, 20)), quarter
            total = step if basis == "period" else total + step
            period = periods.from_basis(quarter, basis, since=date(2025, 1, 1))
            book.report(made, quarter, total, basis)
            seen.append((key, period.start, period.end, basis, float(total)))
    tables = []
    for names, rows in ((bulk.TARGET_COLUMNS, targets), (bulk.OBSERVATION_COLUMNS, seen)):
        columns = list(zip(*rows, strict=True)) if rows else [[] for _ in names]
        floats = {"value", "high", "tolerance", "baseline"}
        tables.append(
            pa.table(
                {
                    name: pa.array(column, pa.float64() if name in floats else None)
                    for name, column in zip(names, columns, strict=True)
                }
            )
        )
    return tables


@pytest.fixture
def files(book, tmp_path, request):
    targets, seen = town(book, 240)
    pq.write_table(targets, tmp_path / "targets.parquet")
    pq.write_table(seen, tmp_path / "seen.parquet")
    return tmp_path


def judged(folder, seen="seen.parquet"):
    out = folder / "verdicts.parquet"
    count = streaming.judge_files(folder / "targets.parquet", folder / seen, out, as_of=AS_OF)
    rows = pq.read_table(out).to_pylist()
    assert count == len(rows)
    return rows


def test_files_and_ledger_give_the_same_verdicts(book, files):
    """State, expected, actual and gap of every target agree with ``judge`` over the ledger."""
    want = {each.indicator.name: each for each in judge(book, as_of=AS_OF).verdicts}
    rows = judged(files)
    assert len({row["state"] for row in rows}) >= 7
    for row in rows:
        verdict = want[f"指标{row['target']:05}"]
        assert (row["state"], row["light"]) == (verdict.state, verdict.light), row
        for name, number in (("expected", verdict.expected), ("actual", verdict.actual),
                             ("gap_points", verdict.gap_points), ("run_rate", verdict.run_rate)):  # fmt: skip
            assert (row[name] is None) == (number is None), (row, name)
            assert number is None or row[name] == pytest.approx(float(number), rel=1e-9)


@pytest.mark.parametrize("block", [7, 64, 1 << 20])
def test_blocks_part_no_target(files, monkeypatch, block):
    """Wherever a block ends, the verdicts are those of the whole table."""
    whole = judged(files)
    monkeypatch.setattr(streaming, "BLOCK", block)
    assert judged(files) == whole


def test_the_order_of_observations_does_not_matter(files):
    """Shuffled values are sorted first and give the same verdicts."""
    whole = judged(files)
    seen = pq.read_table(files / "seen.parquet")
    order = np.random.default_rng(3).permutation(seen.num_rows)
    pq.write_table(seen.take(order), files / "shuffled.parquet")
    assert judged(files, "shuffled.parquet") == whole


def test_without_any_observation_nothing_is_reported(files):
    """Every target still has its row."""
    pq.write_table(pq.read_table(files / "seen.parquet").slice(0, 0), files / "none.parquet")
    rows = judged(files, "none.parquet")
    assert {row["state"] for row in rows} == {"not_reported"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.drop_columns(["bound"]), "缺少列 bound"),
        (lambda t: t.set_column(1, "sort", pa.array(["magic"] * t.num_rows)), "不认识的词 magic"),
        (lambda t: t.take(np.arange(t.num_rows)[::-1]), "目标的编号必须递增"),
    ],
)
def test_a_wrong_table_is_told(files, change, words):
    """What is wrong with a table is said in one line."""
    targets = pq.read_table(files / "targets.parquet")
    seen = pq.read_table(files / "seen.parquet")
    with pytest.raises(UnreadableInput, match=words):
        bulk.judge_tables(change(targets), seen, as_of=AS_OF)


def test_a_failed_run_leaves_no_file(files):
    """The output appears whole or not at all."""
    targets = pq.read_table(files / "targets.parquet").drop_columns(["bound"])
    pq.write_table(targets, files / "targets.parquet")
    with pytest.raises(UnreadableInput, match="缺少列 bound"):
        judged(files)
    assert not list(files.glob("*verdicts*"))


def test_the_example_of_the_page_judges_files(files):
    """The second code of docs/analysis.md runs as it stands."""
    page = Path(__file__).resolve().parents[2] / "docs/analysis.md"
    _, code = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    names = {
        "targets": files / "targets.parquet",
        "observations": files / "seen.parquet",
        "verdicts": files / "out.parquet",
    }
    exec(code, names)
    targets = pq.read_table(names["targets"])
    assert pq.read_table(names["verdicts"]).num_rows == targets.num_rows > 0
