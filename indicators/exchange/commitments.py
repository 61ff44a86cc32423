"""Commitments written to a file as they are found; the file appears whole or not at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from operator import attrgetter
from pathlib import Path

from indicators.errors import UsageError
from indicators.model import Commitment
from indicators.outputs import whole
from indicators.tables import table_of

__all__ = ["as_json", "writer"]

Write = Callable[[Iterable[Commitment]], None]

_NAMES = tuple(field.name for field in table_of(Commitment).fields)
_VALUES = attrgetter(*_NAMES)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def as_json(row: Commitment) -> str:
    """Return a commitment as one line of JSON; an absent upper end is left out."""
    values = {name: _plain(value) for name, value in zip(_NAMES, _VALUES(row), strict=True)}
    if values["magnitude_high"] is None:
        del values["magnitude_high"]
    return json.dumps(values, ensure_ascii=False)


@contextmanager
def writer(output: str | None) -> Iterator[Write]:
    """Open a writer for ``.jsonl``, ``.csv``, ``.parquet`` or ``.xlsx``; None prints JSON lines.

    Rows go to a file beside the named one, which takes its name when the block ends without an
    error: a run that fails leaves what was there before.

    Raises:
        UsageError: the suffix is none of these, or the file cannot be written.
    """
    if output is None:
        yield lambda rows: sys.stdout.writelines(f"{as_json(row)}\n" for row in rows)
        return
    target = Path(output)
    suffix = target.suffix.lower()
    if suffix not in {".jsonl", ".csv", ".parquet", ".xlsx"}:
        raise UsageError(
            f"不认识的输出格式“{suffix or target.name}”",
            place=output,
            action="请用 .jsonl、.csv、.parquet 或 .xlsx",
        )
    with whole(target) as part:
        if suffix == ".jsonl":
            with part.open("w", encoding="utf-8") as lines:
                yield lambda rows: lines.writelines(f"{as_json(row)}\n" for row in rows)
        else:
            kept: list[Commitment] = []
            yield kept.extend
            from indicators.exchange import table_files

            table_files.write(Commitment, kept, part, suffix)
