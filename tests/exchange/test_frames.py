"""Frames for the analyst keep types, labels and every row."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from indicators.assessment import judge
from indicators.exchange.frames import frame, verdicts
from indicators.model import Indicator, Observation, Setting, Target
from indicators.store import Store

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def filled(store: Store) -> Store:
    with store.batch("test", who="甲") as tx:
        tx.add(
            [
                Indicator(
                    indicator_id="i1", name="上架率", place="某区", unit="%", dimension="percent"
                ),
                Target(
                    target_id="t1",
                    indicator_id="i1",
                    magnitude=Decimal(80),
                    unit="%",
                    bound="equal",
                    deadline=date(2027, 12, 31),
                    status="accepted",
                ),
                Setting(
                    indicator_id="i1",
                    baseline=Decimal(60),
                    baseline_date=date(2024, 12, 31),
                    accumulation="level",
                ),
                Observation(
                    indicator_id="i1",
                    period_start=date(2025, 1, 1),
                    period_end=date(2026, 3, 31),
                    basis="level",
                    source="workbook",
                    origin="某局",
                    magnitude=Decimal("66.1"),
                    unit="%",
                ),
            ]
        )
    return store


def test_a_frame_keeps_decimals_and_days_exact(filled: Store) -> None:
    """A magnitude is the decimal that was recorded, a day is a day."""
    rows = frame(filled, Observation)
    assert rows["magnitude"].tolist() == [Decimal("66.1")]
    assert rows["period_end"].tolist() == [date(2026, 3, 31)]
    assert rows.attrs["labels"]["magnitude"] == "实际值"


def test_a_frame_can_be_narrowed_by_fields(filled: Store) -> None:
    """Fields that must have a value leave the other rows out."""
    assert len(frame(filled, Observation, source="workbook")) == 1
    assert frame(filled, Observation, source="news").empty


def test_verdicts_are_a_frame_worst_first(filled: Store) -> None:
    """A verdict's numbers stand in their columns as decimals with the day in attrs."""
    told = verdicts(judge(filled, as_of=date(2026, 3, 31)))
    (row,) = told.to_dict("records")
    assert (row["indicator"], row["state"], row["actual"]) == ("上架率", "behind", Decimal("66.1"))
    assert pa.types.is_decimal(told["gap_points"].dtype.pyarrow_dtype)
    assert told.attrs["as_of"] == date(2026, 3, 31)


def test_no_verdicts_are_an_empty_frame_with_columns(store: Store) -> None:
    """An empty ledger gives the columns and no rows."""
    told = verdicts(judge(store))
    assert told.empty
    assert "gap_points" in told.columns


def test_the_example_of_the_page_runs(filled: Store, tmp_path: Path) -> None:
    """The code of docs/analysis.md does what it says, on any ledger."""
    code, _ = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs/analysis.md").read_text("utf-8"), re.DOTALL
    )
    names: dict[str, object] = {}
    exec(code.replace('"data/store"', repr(str(tmp_path / "store"))), names)
    assert len(names["values"]) == 1
