"""A batch can be voided, with a reason, and given back."""

from __future__ import annotations

import pytest

from indicators.errors import StoreError
from indicators.model import Observation, Setting
from indicators.store import open_store
from tests.store.samples import observation


def three(store):
    """Three batches that say 1, 2, 3 of the same key."""
    batches = []
    for value in ("1", "2", "3"):
        with store.batch("import", who="甲") as tx:
            tx.add([observation("i1", value)])
        batches.append(tx.batch)
    return batches


def magnitudes(store):
    return [int(row.magnitude) for row in store.current(Observation)]


def test_a_void_batch_gives_way_to_the_one_before(any_store):
    """When the last batch is void the value before it is in force again."""
    *_, last = three(any_store)
    any_store.retract(last.batch, who="乙", reason="填错")
    assert magnitudes(any_store) == [2]


def test_voiding_an_older_batch_changes_nothing_in_force(any_store):
    """A batch that was already overtaken can be voided; what is in force stays."""
    first, *_ = three(any_store)
    any_store.retract(first.batch, who="乙", reason="填错")
    assert magnitudes(any_store) == [3]


def test_a_key_may_lose_its_last_row(any_store):
    """When every batch that speaks of a key is void, the key is gone."""
    for batch in three(any_store):
        any_store.retract(batch.batch, who="乙", reason="填错")
    assert magnitudes(any_store) == []
    assert len(any_store.history(Observation)) == 3


def test_a_retraction_is_a_batch_of_its_own(any_store):
    """A retraction stays on record with who and why, and both batches point to each other."""
    *_, last = three(any_store)
    retraction = any_store.retract(last.batch, who="乙", reason="填错")
    assert (retraction.action, retraction.who, retraction.reason) == ("retract", "乙", "填错")
    assert any_store.batches()[2].voided_by == retraction.batch
    assert any_store.batches()[3].voids == last.batch


def test_a_retraction_can_be_retracted(any_store):
    """Taking back a retraction gives back what it voided."""
    *_, last = three(any_store)
    retraction = any_store.retract(last.batch, who="乙", reason="填错")
    any_store.retract(retraction.batch, who="乙", reason="没有填错")
    assert magnitudes(any_store) == [3]
    assert any_store.batches()[2].voided_by == ""


def test_a_void_batch_is_not_voided_again(store):
    """Voiding what is void already is an error that names the batch which did it."""
    *_, last = three(store)
    done = store.retract(last.batch, who="乙", reason="填错")
    with pytest.raises(StoreError, match=f"已被批次 {done.batch} 撤回"):
        store.retract(last.batch, who="乙", reason="填错")
    assert store.seq == 4


@pytest.mark.parametrize("named", ["nothing", "", "0000000000000000", "99"])
def test_an_unknown_batch_is_refused(store, named):
    """A batch that does not exist cannot be voided."""
    three(store)
    with pytest.raises(StoreError, match="没有批次"):
        store.retract(named, who="乙", reason="填错")


def test_a_batch_is_named_by_seq_or_first_digits(store):
    """People may write the seq or the first digits of the id."""
    first, second, _ = three(store)
    assert store.retract("1", who="乙", reason="填错").voids == first.batch
    assert store.retract(second.batch[:6], who="乙", reason="填错").voids == second.batch


def test_a_reason_is_required(store):
    """Nothing is voided without a reason."""
    *_, last = three(store)
    with pytest.raises(StoreError, match="必须写明理由"):
        store.retract(last.batch, who="乙", reason=" ")


def test_an_equal_row_counts_again_after_a_retraction(any_store):
    """A value that was voided can be added anew: it is no longer in force."""
    *_, last = three(any_store)
    any_store.retract(last.batch, who="乙", reason="填错")
    with any_store.batch("import", who="甲") as tx:
        assert tx.add([observation("i1", "3")]) == 1
    assert magnitudes(any_store) == [3]


def test_another_opener_sees_the_retraction(store_url):
    """A reader in another process whose rows were loaded sees the retraction, filters included."""
    with open_store(store_url) as one, open_store(store_url) as two:
        with one.batch("settings", who="甲") as tx:
            tx.add([Setting(indicator_id="a", direction="up")])
        with one.batch("settings", who="甲") as tx:
            tx.add([Setting(indicator_id="a", direction="down")])
        assert len(two.current(Setting, direction="down")) == 1
        one.retract("2", who="乙", reason="填错")
        assert len(two.current(Setting, direction="down")) == 0
        assert len(two.current(Setting, direction="up")) == 1
        assert two.current(Setting) == one.current(Setting)


def test_the_past_of_a_key_is_the_same_from_memory_as_from_the_database(store_url):
    """What was ever said of an indicator comes in the same order, whether its table is loaded or not."""

    def told(one, key):
        entries = one.history(Observation, indicator_id=key)
        return [(each.batch.seq, bool(each.batch.voided_by), each.row) for each in entries]

    with open_store(store_url) as one:
        assert one.history(Observation, indicator_id="i1") == []
        one.current(Observation)  # brings the table into memory
        assert told(one, "i1") == []
        first, second, _ = three(one)
        with one.batch("import", who="甲") as tx:
            tx.add([observation("i2", "9")])
        for voided in (None, second, first):
            if voided is not None:
                one.retract(voided.batch, who="乙", reason="填错")
            with open_store(store_url) as other:
                for key in ("i0", "i1", "i2", "i3"):
                    assert told(one, key) == told(other, key)
        assert [seq for seq, _, _ in told(one, "i1")] == [1, 2, 3]
