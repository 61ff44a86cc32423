"""A small register in a store of its own, and workbooks built from templates."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from indicators.model import Indicator, Office, Setting, Target
from indicators.store import open_store
from indicators.store.ledger import Store
from indicators.submissions.sender import Wish

OFFICE, PLACE = "区数据局", "武清区"
_END = date(2027, 12, 31)
_STORY = (
    ("i1", "智算规模", "EFLOPS", "compute", "level", "30", "at_least", "5"),
    ("i2", "高质量数据集", "个", "count", "since_start", "100", "at_least", None),
    (
        "i3",
        "人工智能产业规模",
        "元",
        "cny",
        "year_to_date",
        "50000000000",
        "at_least",
        "30000000000",
    ),
    ("i4", "数据中心总体上架率", "%", "ratio", "level", "80", "equal", "60"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A ledger with four indicators that one office reports, and one of another office."""
    ledger = open_store(tmp_path / "store")
    with ledger.batch("settings", who="测试") as batch:
        batch.add([Office(place=PLACE, office=OFFICE), Office(place=PLACE, office="区工信局")])
        for key, name, unit, dimension, accumulation, target, bound, baseline in _STORY:
            batch.add(
                [
                    Indicator(
                        indicator_id=key, name=name, place=PLACE, unit=unit, dimension=dimension
                    ),
                    Setting(
                        indicator_id=key,
                        accumulation=accumulation,
                        reporting_office=OFFICE,
                        since=date(2025, 1, 1),
                        baseline=None if baseline is None else Decimal(baseline),
                        baseline_date=None if baseline is None else date(2024, 12, 31),
                        synonyms=("算力规模",) if key == "i1" else (),
                    ),
                    Target(
                        target_id=f"t-{key}",
                        indicator_id=key,
                        magnitude=Decimal(target),
                        unit=unit,
                        bound=bound,
                        deadline=_END,
                        status="accepted",
                        plan_start=date(2025, 1, 1),
                    ),
                ]
            )
        batch.add(
            [
                Indicator(
                    indicator_id="j1", name="5G基站", place=PLACE, unit="个", dimension="count"
                ),
                Setting(indicator_id="j1", accumulation="level", reporting_office="区工信局"),
            ]
        )
    yield ledger
    ledger.close()


@pytest.fixture
def wish() -> Wish:
    """A person without further words."""
    return Wish(who="测试")


Fill = Callable[..., Path]


@pytest.fixture
def fill(store: Store, tmp_path: Path) -> Fill:
    """Write the template of a quarter with values by indicator name, and return its path."""
    from openpyxl import load_workbook

    from indicators.submissions.template import ENTRY_SHEET, KEY_ROW, write_template

    def made(
        values: dict[str, object], quarter: str = "2026Q1", name: str = "报表.xlsx", **more: object
    ) -> Path:
        path = write_template(store, OFFICE, PLACE, quarter, tmp_path / name)
        workbook = load_workbook(io.BytesIO(path.read_bytes()))
        sheet = workbook[ENTRY_SHEET]
        columns = {cell.value: cell.column for cell in sheet[KEY_ROW]}
        for row in range(KEY_ROW + 2, sheet.max_row + 1):
            label = sheet.cell(row, columns["name"]).value
            for basis in ("level", "year_to_date", "since_start", "period"):
                cell = sheet.cell(row, columns.get(f"value_{basis}", 99))
                if label in values and not cell.protection.locked:
                    cell.value = values[label]
            for key, words in more.items():
                if label in words:
                    sheet.cell(row, columns[key]).value = words[label]
        workbook.save(path)
        return path

    return made


USUAL: dict[str, object] = {
    "智算规模": 10,
    "高质量数据集": 45,
    "人工智能产业规模": 95,
    "数据中心总体上架率": 66,
}
