"""Parquet files judged block by block, so that a country needs little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indicators.assessment.arrow import verdict_table, writing
from indicators.assessment.bulk import OBSERVATION_COLUMNS, TARGET_COLUMNS, judge_tables
from indicators.errors import UnreadableInput
from indicators.outputs import whole

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["judge_files"]

BLOCK = 1 << 20
"""Observations read at a time."""


def _need(path: Path, names: tuple[str, ...]) -> None:
    """Refuse a file that is no Parquet or lacks a column."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        found = pq.read_schema(path).names
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableInput("不是 Parquet 文件", place=str(path)) from error
    missing = [name for name in names if name not in found]
    if missing:
        raise UnreadableInput(
            f"缺少列 {'、'.join(missing)}", place=str(path), action=f"应有列 {'、'.join(names)}"
        )


def _blocks(path: Path) -> Iterator[pa.Table]:
    """Yield the observations in blocks that part no target; out of order, all in one block.

    A block of a million rows stays in the memory that the one before it used: half of the time
    of a whole table goes into fresh pages.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = list(OBSERVATION_COLUMNS)
    _need(path, OBSERVATION_COLUMNS)
    with pq.ParquetFile(path, memory_map=True, pre_buffer=False) as file:
        carry: pa.Table | None = None
        for batch in file.iter_batches(BLOCK, columns=names):
            block = pa.Table.from_batches([batch])
            if carry is not None:
                block = pa.concat_tables([carry, block])
            key = block["target"].to_numpy()
            if (key[1:] < key[:-1]).any():
                raise _UnsortedError
            cut = int(np.searchsorted(key, key[-1], side="left")) if key.size else 0
            yield block.slice(0, cut)
            carry = block.slice(cut)
        if carry is not None:
            yield carry


class _UnsortedError(Exception):
    """The observations do not stand by target: no block can be cut."""


def judge_files(
    targets: Path, observations: Path, output: Path, *, rules: str = "schedule", as_of: date
) -> int:
    """Judge Parquet files into a Parquet file, which appears whole or not at all.

    Args:
        targets: ``TARGET_COLUMNS``, by key.
        observations: ``OBSERVATION_COLUMNS``; those that stand by target need little memory.
        output: one row a target.
        rules: profile.
        as_of: day of looking.

    Returns:
        The number of targets.
    """
    import pyarrow.parquet as pq

    _need(targets, TARGET_COLUMNS)
    asked = pq.read_table(targets, columns=list(TARGET_COLUMNS))
    with whole(output) as part:
        try:
            _judge_blocks(asked, _blocks(observations), part, rules=rules, as_of=as_of)
        except _UnsortedError:
            seen = pq.read_table(observations, columns=list(OBSERVATION_COLUMNS))
            _judge_blocks(asked, [seen], part, rules=rules, as_of=as_of)
    return asked.num_rows


def _judge_blocks(
    asked: pa.Table, blocks: Iterable[pa.Table], path: Path, *, rules: str, as_of: date
) -> None:
    keys = asked["target"].to_numpy()
    done = 0
    writer = None
    waiting: pa.Table | None = None

    def judge(seen: pa.Table, stop: int) -> None:
        nonlocal done, writer
        table = verdict_table(
            judge_tables(asked.slice(done, stop - done), seen, rules=rules, as_of=as_of)
        )
        writer = writer or writing(table.schema, path)
        writer.write_table(table)
        done = stop

    try:
        # A block ends where the next one begins; the last takes what is left.
        for block in blocks:
            if waiting is not None and block.num_rows:
                judge(waiting, int(np.searchsorted(keys, block["target"][0].as_py())))
            waiting = block if block.num_rows else waiting
        if waiting is not None:
            judge(waiting, len(keys))
        else:
            judge(_none(), len(keys))
    finally:
        if writer is not None:
            writer.close()


def _none() -> pa.Table:
    import pyarrow as pa

    kinds = (pa.int64(), pa.date32(), pa.date32(), pa.string(), pa.float64())
    return pa.table(
        {name: pa.array([], kind) for name, kind in zip(OBSERVATION_COLUMNS, kinds, strict=True)}
    )
