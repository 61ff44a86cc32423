"""Tables for the analyst: pandas frames whose columns keep their types.

Columns are Arrow-backed, so that magnitudes stay exact decimals, days stay days and an absent value
is no NaN; ``DataFrame.attrs`` holds the Chinese label and the unit of every column.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from indicators.tables import table_of

if TYPE_CHECKING:
    from indicators.assessment import Assessment
    from indicators.model import Record
    from indicators.store import Store

__all__ = ["frame", "verdicts"]

_MAGNITUDE = pa.decimal128(38, 9)


def frame(
    store: Store, record: type[Record], *, known_at: datetime | None = None, **equal: object
) -> pd.DataFrame:
    """Return the rows in force of a table, one row a key.

    Args:
        store: the ledger.
        record: the class of the rows, such as ``indicators.model.Observation``.
        known_at: an aware moment; the rows as known then.
        equal: fields with the value they must have.

    Returns:
        A frame with the fields of the record as columns, in their order, Arrow-backed;
        ``attrs["labels"]`` and ``attrs["units"]`` say what they are.
    """
    made: pd.DataFrame = store.frame(record, known_at=known_at, **equal).to_pandas(
        types_mapper=pd.ArrowDtype
    )
    columns = {field.name: field.column for field in table_of(record).fields}
    made.attrs["labels"] = {name: column.zh for name, column in columns.items()}
    made.attrs["units"] = {name: column.unit for name, column in columns.items() if column.unit}
    return made


_VERDICTS: tuple[tuple[str, pa.DataType, str], ...] = (
    ("place", pa.string(), "地区"),
    ("indicator", pa.string(), "指标"),
    ("office", pa.string(), "责任单位"),
    ("unit", pa.string(), "计量单位"),
    ("target", _MAGNITUDE, "目标值"),
    ("bound", pa.string(), "界限"),
    ("deadline", pa.date32(), "期限"),
    ("period", pa.string(), "期间"),
    ("expected", _MAGNITUDE, "应达"),
    ("actual", _MAGNITUDE, "实达"),
    ("gap", _MAGNITUDE, "差距"),
    ("gap_points", _MAGNITUDE, "差距（百分点）"),
    ("run_rate", _MAGNITUDE, "每季仍需"),
    ("state", pa.string(), "状态"),
    ("light", pa.string(), "亮灯"),
    ("marks", pa.string(), "标记"),
    ("sentence", pa.string(), "研判"),
    ("indicator_id", pa.string(), "指标编号"),
    ("target_id", pa.string(), "目标编号"),
)


def verdicts(assessment: Assessment) -> pd.DataFrame:
    """Return the verdicts of an assessment, worst first.

    Magnitudes are in the column ``unit``; gaps are negative when behind; ``attrs`` holds the labels
    and ``as_of``, ``quarter``, ``profile`` and ``version``.
    """
    rows: list[dict[str, Any]] = [
        {
            "place": each.indicator.place,
            "indicator": each.indicator.name,
            "office": each.office,
            "unit": each.indicator.unit,
            "target": each.target.magnitude,
            "bound": each.target.bound,
            "deadline": each.target.deadline,
            "period": each.period.label if each.period else None,
            "expected": each.expected,
            "actual": each.actual,
            "gap": each.gap,
            "gap_points": each.gap_points,
            "run_rate": each.run_rate,
            "state": each.state,
            "light": each.light,
            "marks": "、".join(each.marks),
            "sentence": each.sentence(),
            "indicator_id": each.indicator.indicator_id,
            "target_id": each.target.target_id,
        }
        for each in assessment.verdicts
    ]
    schema = pa.schema([(name, kind) for name, kind, _ in _VERDICTS])
    for row in rows:
        for name, kind, _ in _VERDICTS:
            if kind == _MAGNITUDE and row[name] is not None:
                row[name] = round(row[name], 9)
    made: pd.DataFrame = pa.Table.from_pylist(rows, schema=schema).to_pandas(
        types_mapper=pd.ArrowDtype
    )
    made.attrs.update(
        labels={name: zh for name, _, zh in _VERDICTS},
        as_of=assessment.as_of,
        quarter=assessment.quarter,
        profile=assessment.profile,
        version=assessment.version,
    )
    return made
