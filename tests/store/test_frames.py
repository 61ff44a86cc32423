"""Arrow tables say what their fields are and give the rows back."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings

from indicators.errors import UnreadableInput
from indicators.model import Observation, Target
from indicators.store.frames import arrow_schema, frame_of, rows_of
from indicators.tables import tables
from tests.store.samples import observation
from tests.store.strategies import ANY_ROWS


@given(ANY_ROWS)
@settings(max_examples=60, deadline=None)
def test_rows_survive_arrow(case):
    """Records to an Arrow table and back are the same records."""
    table, rows = case
    assert rows_of(table.record, frame_of(table.record, rows)) == rows


@pytest.mark.parametrize("name", sorted(tables()))
def test_every_field_says_what_it_is(name):
    """Each field carries its English and Chinese words, keys are marked."""
    table = tables()[name]
    schema = arrow_schema(table.record)
    assert schema.names == [field.name for field in table.fields]
    assert all(field.metadata[b"en"] and field.metadata[b"zh"] for field in schema)
    assert [f.name for f in schema if f.metadata.get(b"key") == b"true"] == list(table.keys)


def test_the_store_gives_frames(store):
    """The ledger hands out the rows in force as a table with exact decimals."""
    with store.batch("import", who="甲") as tx:
        tx.add([observation("i1", "24.95"), observation("i2", "500")])
    frame = store.frame(Observation, indicator_id="i1")
    assert frame.num_rows == 1
    assert frame.schema.field("magnitude").type == pa.decimal128(38, 9)
    assert frame.column("magnitude")[0].as_py() == Decimal("24.95")
    assert frame.schema.field("magnitude").metadata[b"zh"].decode() == "实际值"


def test_another_table_is_refused():
    """A table of other fields is no table of records."""
    with pytest.raises(UnreadableInput, match="targets 的字段不符"):
        rows_of(Target, pa.table({"a": [1]}))
