"""What is in force: the latest row of a key that is not void."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from indicators.errors import StoreError, UsageError
from indicators.model import Indicator, Observation, Setting
from indicators.store import open_store
from tests.store.samples import observation


def test_an_empty_ledger_has_no_rows(any_store):
    """An empty ledger answers with nothing and stands at seq 0."""
    assert any_store.seq == 0
    assert any_store.current(Observation) == ()
    assert any_store.batches() == []


def test_the_latest_row_of_a_key_is_in_force(any_store):
    """A correction is a new row with the same key; the last one counts."""
    for value in ("5", "6", "7"):
        with any_store.batch("import", who="甲") as tx:
            tx.add([observation("i1", value)])
    assert [row.magnitude for row in any_store.current(Observation)] == [Decimal(7)]
    assert [e.row.magnitude for e in any_store.history(Observation)] == [5, 6, 7]


def test_rows_come_by_order_of_key(any_store):
    """Rows come by order of key, whatever the order they were added in."""
    with any_store.batch("import", who="甲") as tx:
        tx.add([observation("i3", "1"), observation("i1", "1")])
    assert [row.indicator_id for row in any_store.current(Observation)] == ["i1", "i3"]
    with any_store.batch("import", who="甲") as tx:
        tx.add([observation("i2", "1"), observation("i0", "1")])
    assert [row.indicator_id for row in any_store.current(Observation)] == ["i0", "i1", "i2", "i3"]


def test_an_equal_row_is_left_out(any_store):
    """What is in force already is not added again, however its number is written."""
    with any_store.batch("import", who="甲") as tx:
        assert tx.add([observation("i1", "24.950")]) == 1
    with any_store.batch("import", who="甲") as tx:
        assert tx.add([observation("i1", "24.95")]) == 0
    assert tx.batch is None
    assert any_store.seq == 1


def test_the_last_of_equal_keys_in_a_batch_counts(any_store):
    """Within one batch the last row of a key counts, also when it takes back the first."""
    with any_store.batch("import", who="甲") as tx:
        tx.add([observation("i1", "1")])
    with any_store.batch("import", who="甲") as tx:
        assert tx.add([observation("i1", "2"), observation("i1", "1"), observation("i2", "3")]) == 1
    assert [row.magnitude for row in any_store.current(Observation)] == [1, 3]


def test_nothing_is_recorded_when_the_block_raises(any_store):
    """A batch whose block raises leaves no trace."""

    def fail() -> None:
        with any_store.batch("import", who="甲") as tx:
            tx.add([observation("i1", "1")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert any_store.seq == 0
    assert any_store.history(Observation) == []


def test_filters_see_only_rows_in_force(any_store):
    """A filter on a field finds the row by what it says now, not by what it said."""
    with any_store.batch("settings", who="甲") as tx:
        tx.add([Setting(indicator_id="a", direction="up"), Setting(indicator_id="b")])
    assert [row.indicator_id for row in any_store.current(Setting, direction="up")] == ["a"]
    with any_store.batch("settings", who="甲") as tx:
        tx.add([Setting(indicator_id="a", direction="down")])
    assert list(any_store.current(Setting, direction="up")) == []
    assert [row.indicator_id for row in any_store.current(Setting, direction="down")] == ["a"]
    assert any_store.entries(Setting, direction="down", indicator_id="a")[0].batch.seq == 2


def test_another_opener_sees_new_batches(store_url):
    """A batch of one process shows up in another at its next reading."""
    with open_store(store_url) as one, open_store(store_url) as two:
        assert two.current(Observation) == ()
        with one.batch("import", who="甲") as tx:
            tx.add([observation("i1", "1")])
        assert two.current(Observation) == one.current(Observation)
        assert two.seq == 1


def test_unchanged_rows_are_the_same_object(store):
    """Until something changes, reading gives the very same tuple, so that callers may cache on it."""
    with store.batch("import", who="甲") as tx:
        tx.add([observation("i1", "1")])
    assert store.current(Observation) is store.current(Observation)


@pytest.mark.parametrize(
    "equal",
    [
        {"indicator_id": "i2"},
        {"origin": "区工信局"},
        {"magnitude": Decimal(2)},
        {"period_end": date(2026, 3, 31), "magnitude": Decimal(2)},
        {"demonstration": False, "source": "workbook", "indicator_id": "i2"},
        {"note": "nowhere"},
    ],
)
def test_a_question_is_answered_from_memory_and_from_the_database(store_url, equal):
    """Whether a table is in memory or not, a question about some fields has one answer."""
    with open_store(store_url) as store:
        for value in ("1", "2", "2", "3"):
            with store.batch("import", who="甲") as tx:
                tx.add(observation(f"i{number}", value) for number in (1, 2))
                tx.add([observation("i2", "2", origin="区工信局")])
        store.retract("3", who="乙", reason="填错")
        rows = [
            row
            for row in store.current(Observation)
            if all(getattr(row, name) == value for name, value in equal.items())
        ]
        assert list(store.current(Observation, **equal)) == rows
        with open_store(store_url) as other:
            assert list(other.current(Observation, **equal)) == rows
            assert [entry.row for entry in other.entries(Observation, **equal)] == rows


def test_many_questions_bring_a_table_into_memory(store):
    """After many questions the table is in memory, and the answers stay the same."""
    with store.batch("settings", who="甲") as tx:
        tx.add(Setting(indicator_id=f"i{number:03d}") for number in range(100))
    for _ in range(2):
        for number in range(100):
            assert len(store.current(Setting, indicator_id=f"i{number:03d}")) == 1
    assert len(store.current(Setting)) == 100


def test_an_unknown_field_is_refused(store):
    """A filter on a field that the table lacks is an error, not an empty answer."""
    with pytest.raises(UsageError, match="没有字段 colour"):
        store.current(Indicator, colour="red")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (observation("i1", "NaN"), "实际值"),
        (observation("i1", "1e29"), "应为 小于 10²⁹"),
        (observation("i\x00", "1"), "指标编号"),
        (Setting(indicator_id="a", direction="sideways"), "应为 up、down、maintain"),
        (Setting(indicator_id="a", baseline=0.5), "基期值"),
        (Setting(indicator_id="a", baseline_date="2026-01-01"), "基期日期"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(store, row, words):
    """A value outside its declaration is refused before anything is written."""
    with pytest.raises(StoreError, match=words), store.batch("settings", who="甲") as tx:
        tx.add([row])
    assert store.seq == 0


def test_values_come_back_as_they_were(any_store):
    """Decimals, days, lists, flags and empty values survive the database exactly."""
    row = Setting(
        indicator_id="a",
        baseline=Decimal("24.950000001"),
        baseline_date=date(2024, 12, 31),
        synonyms=("算力 “总” 规模", "a,b"),
        demonstration=True,
    )
    with any_store.batch("settings", who="甲") as tx:
        tx.add([row])
    assert any_store.current(Setting) == (row,)
    assert str(any_store.current(Setting)[0].baseline) == "24.950000001"
