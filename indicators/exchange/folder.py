"""All tables of a ledger in a folder, with a description of every field."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from indicators.errors import UsageError
from indicators.exchange.table_files import FORMATS, describe, write
from indicators.ledger import Reader
from indicators.tables import tables

__all__ = ["DICTIONARY", "PRIVATE", "export"]

DICTIONARY = "fields.csv"
"""Name of the file that says what each field is."""

PRIVATE = frozenset({"users"})
"""Tables that are not handed on: they hold password digests."""


def export(
    reader: Reader, folder: Path, form: str, *, known_at: datetime | None = None
) -> Mapping[str, int]:
    """Write every table, as in force, into a folder; all files appear or none.

    Args:
        reader: the ledger.
        folder: made when absent; files of an earlier export in it are replaced.
        form: ``csv``, ``parquet`` or ``xlsx``.
        known_at: the tables as known at that moment.

    Returns:
        The number of rows by table.

    Raises:
        UsageError: another format, or ``folder`` is a file.
    """
    if form not in FORMATS:
        raise UsageError(f"不认识的表格格式“{form}”", action=f"请用 {'、'.join(FORMATS)}")
    if folder.exists() and not folder.is_dir():
        raise UsageError("这是文件，不是文件夹", place=str(folder), action="请指定文件夹")
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    beside = Path(tempfile.mkdtemp(prefix=".export-", dir=folder))
    try:
        for name, table in tables().items():
            if name in PRIVATE:
                continue
            rows = reader.current(table.record, known_at=known_at)
            write(table.record, rows, beside / f"{name}.{form}")
            counts[name] = len(rows)
        _write_dictionary(beside / DICTIONARY)
        for each in sorted(beside.iterdir()):
            each.replace(folder / each.name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return counts


def _write_dictionary(path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["table", "field", "zh", "en", "unit", "key", "choices"])
        for name, table in tables().items():
            if name not in PRIVATE:
                lines.writerows([name, *described] for described in describe(table))
