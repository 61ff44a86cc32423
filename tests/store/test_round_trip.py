"""Whatever a record may hold comes back from the database as it was."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from indicators.store import open_store
from indicators.store.rows import canonical, columns_of
from indicators.tables import key_of
from tests.store.strategies import ANY_ROWS


@pytest.fixture
def pair(store_url):
    """A writer and a reader of one ledger, the same for all examples of a test."""
    with open_store(store_url) as writer, open_store(store_url) as reader:
        yield writer, reader
        assert {f.code for f in writer.verify()} <= {"store-file-missing"}


@given(case=ANY_ROWS)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_rows_survive_the_database(pair, case):
    """Rows of any table, written and read by another opener, are the same rows with one text."""
    table, rows = case
    writer, reader = pair
    with writer.batch("load", who="甲") as tx:
        tx.add(rows)
    last = {key_of(row): row for row in rows}
    found = {key_of(row): row for row in reader.current(table.record)}
    for key, row in last.items():
        assert found[key] == row
        texts = [canonical(table, columns_of(table, [each])) for each in (found[key], row)]
        assert texts[0] == texts[1]
