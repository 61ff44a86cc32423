"""Arrow columns to numpy and back: words as small numbers, days as months, NaN as null."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from indicators.assessment.columns import REASONS, Codes, Floats, Months, Outcome, Readings
from indicators.assessment.verdict import LIGHTS, STATE_LIGHTS, STATES
from indicators.errors import UnreadableInput

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

__all__ = ["Judged", "codes", "days", "floats", "indices", "months_of", "verdict_table", "writing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The outcome with the key and the value judged of every target."""

    target: NDArray[np.int64]
    outcome: Outcome
    readings: Readings


def indices(column: Any, words: Sequence[str]) -> tuple[NDArray[Any], Codes]:
    """Return a column of words as positions and what each position stands for.

    Raises:
        UnreadableInput: there is a word that is none.
    """
    import pyarrow as pa

    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    if not pa.types.is_dictionary(whole.type):
        whole = whole.dictionary_encode()
    known = whole.dictionary.to_pylist()
    unknown = sorted({str(word) for word in known} - set(words))
    if unknown or whole.null_count:
        raise UnreadableInput(
            f"不认识的词 {'、'.join(unknown) or '（空）'}",
            action=f"可用：{'、'.join(word for word in words if word)}",
        )
    table = np.array([words.index(word) for word in known] or [0], np.int8)
    return whole.indices.to_numpy(zero_copy_only=False), table


def codes(column: Any, words: Sequence[str]) -> Codes:
    """Return a column of words as their numbers."""
    positions, table = indices(column, words)
    if len(table) == 1:
        return np.full(len(positions), table[0], np.int8)
    found: Codes = table[positions]
    return found


def floats(column: Any) -> Floats:
    found: Floats = column.to_numpy().astype(np.float64, copy=False)
    return found


def days(column: Any) -> NDArray[np.int32]:
    import pyarrow as pa

    found: NDArray[np.int32] = column.cast(pa.date32()).cast(pa.int32()).to_numpy()
    return found


def months_of(days: NDArray[np.int32], eve: int = 0) -> Months:
    """Return the whole months complete at each day, by a table of all days between the extremes."""
    if not days.size:
        return np.zeros(0, np.int32)
    first, last = int(days.min()) - eve, int(days.max()) - eve
    every = np.arange(first, last + 1).astype("datetime64[D]")
    month = every.astype("datetime64[M]")
    late = (every - month.astype("datetime64[D]")).astype(np.int64) >= 15
    table = (month.astype(np.int64) + late).astype(np.int32)
    found: Months = table[days - (first + eve)]
    return found


def _words(numbers: NDArray[Any], words: Sequence[str]) -> pa.DictionaryArray[Any, Any]:
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(numbers.astype(np.int8), np.array(words, dtype=object))


def _numbers(values: NDArray[Any]) -> pa.Array[Any]:
    import pyarrow as pa

    found: pa.Array[Any] = pa.array(values, from_pandas=True)
    return found


def verdict_table(judged: Judged) -> pa.Table:
    """Return the verdicts as an Arrow table, one row a target."""
    import pyarrow as pa

    made = judged.outcome
    light = np.array([LIGHTS.index(STATE_LIGHTS[state]) for state in STATES], np.int8)[made.state]
    if made.light is not None:
        light = np.where(made.light >= 0, made.light, light)
    actual = np.where(judged.readings.broken == 0, judged.readings.actual, np.nan)
    return pa.table(
        {
            "target": pa.array(judged.target),
            "state": _words(made.state, STATES),
            "light": _words(light, LIGHTS),
            "reason": _words(made.reason, REASONS),
            "expected": _numbers(made.expected),
            "actual": _numbers(actual),
            "share_done": _numbers(made.done),
            "share_elapsed": _numbers(made.elapsed),
            "gap": _numbers(made.gap),
            "gap_points": _numbers(made.points),
            "run_rate": _numbers(made.run_rate),
            "quarters_left": pa.array(made.quarters, mask=made.quarters < 0),
        }
    )


def writing(schema: pa.Schema, path: Path) -> pq.ParquetWriter:
    """Open a file for verdicts: words by dictionary, numbers as they are.

    Only the key has its least and greatest value kept a block, by which readers skip blocks; of the
    numbers they would span everything in every block and cost a third of the writing.
    """
    import pyarrow.parquet as pq

    # Column names are allowed here, whatever the stubs say.
    words: Any = ["state", "light", "reason"]
    return pq.ParquetWriter(path, schema, use_dictionary=words, write_statistics=["target"])
