"""Hypothesis makes rows of any table from its declaration."""

from __future__ import annotations

from datetime import UTC

from hypothesis import strategies as st

from indicators.store.values import exact
from indicators.tables import tables

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)

VALUES = {
    "text": TEXT,
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "decimal": st.decimals(-(10**28), 10**28, allow_nan=False, places=9).map(exact),
    "date": st.dates(),
    "moment": st.datetimes(timezones=st.just(UTC)),
    "list": st.lists(TEXT, max_size=3).map(tuple),
}


def value(field):
    """A value that a field may have."""
    known = st.sampled_from(field.choices) if field.choices else VALUES[field.type]
    return st.none() | known if field.optional else known


def rows(table):
    """Rows of a table."""
    return st.builds(table.record, **{field.name: value(field) for field in table.fields})


ANY_ROWS = st.sampled_from(sorted(tables().values(), key=lambda table: table.name)).flatmap(
    lambda table: st.tuples(st.just(table), st.lists(rows(table), max_size=4))
)
"""A table with some of its rows."""
