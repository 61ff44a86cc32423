"""Rows by columns go in as the same rows one by one."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.bulk import ByColumns
from indicators.errors import StoreError
from indicators.model import Observation
from indicators.store import open_store
from tests.store.samples import observation

ROWS = st.lists(
    st.builds(
        observation, st.sampled_from(["i1", "i2", "i3"]), st.sampled_from(["1", "2", "2.50"])
    ),
    max_size=5,
)


def by_columns(rows):
    """The same rows by columns."""
    names = [field.name for field in fields(Observation)]
    return ByColumns(Observation, {name: [getattr(row, name) for row in rows] for name in names})


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """Two ledgers: one for rows, one for columns."""
    folder = tmp_path_factory.mktemp("by_columns")
    with open_store(folder / "rows") as one, open_store(folder / "columns") as other:
        yield one, other


@given(before=ROWS, blocks=st.lists(ROWS, max_size=4))
@settings(max_examples=40)
def test_they_go_in_as_one_by_one(stores, before, blocks):
    """Equal rows are left out and the last row of a key counts, in whatever pieces rows come."""
    office = str(stores[0].seq)  # of this example alone
    before, *blocks = [[replace(row, origin=office) for row in rows] for rows in (before, *blocks)]
    told, kept = [], []
    for store, way in zip(stores, (list, by_columns), strict=True):
        with store.batch("import", who="甲") as tx:
            tx.add([observation(office, "0")])
            tx.add(before)
        first = store.seq
        with store.batch("import", who="甲") as tx:
            told.append([tx.add(way(rows)) for rows in blocks])
        kept.append([
            (each.batch.seq > first, each.row)
            for each in store.history(Observation, origin=office)
        ])  # fmt: skip
    assert told[0] == told[1]
    assert kept[0] == kept[1]
    standing = {row.indicator_id: row for row in before}
    wanted = {row.indicator_id: row for rows in blocks for row in rows}
    new = {key: row for key, row in wanted.items() if standing.get(key) != row}
    assert {row.indicator_id: row for later, row in kept[0] if later} == new
    assert sum(told[0]) == len(new)


def test_a_ledger_filled_by_columns_is_sound(store):
    """Digests are taken over the same texts, whichever way rows came."""
    with store.batch("import", who="甲") as tx:
        tx.add(by_columns([observation("i1", "2.50"), observation("i2", "1")]))
    assert list(store.verify()) == []


def test_columns_must_be_all_there_and_of_one_length():
    """A field left out, one too many or a short column is told when the columns are given."""
    rows = by_columns([observation("i1", "1")])
    assert list(rows) == [observation("i1", "1")]
    with pytest.raises(TypeError, match="note"):
        ByColumns(Observation, {k: v for k, v in rows.columns.items() if k != "note"})
    with pytest.raises(TypeError, match="more"):
        ByColumns(Observation, {**rows.columns, "more": [1]})
    with pytest.raises(ValueError, match="Observation"):
        ByColumns(Observation, {**rows.columns, "note": []})


def test_a_value_that_does_not_fit_is_told(store):
    """A column is held against its declaration as the field of a row is."""
    rows = by_columns([observation("i1", "1"), observation("i2", "1")])
    with (
        pytest.raises(StoreError, match=r"不能写入台账库.*level"),
        store.batch("import", who="甲") as tx,
    ):
        tx.add(ByColumns(Observation, {**rows.columns, "basis": ["level", "sometimes"]}))
    assert store.seq == 0
