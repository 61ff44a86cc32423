"""Many processes and threads write at once; every batch is recorded once, in one line."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from indicators.errors import StoreError
from indicators.model import Observation, Submission
from indicators.store import open_store
from tests.store.processes import finish, start
from tests.store.samples import observation

PROCESSES, EACH = 4, 6


def import_some(where, worker):
    """Import workbooks; half of them another worker imports too."""
    with open_store(where) as store:
        for number in range(EACH):
            shared = number % 2
            name = f"shared {number}" if shared else f"{worker} {number}"
            digest = store.keep(name.encode())
            with store.batch(
                "import", who=str(worker), file_digest=digest, office="区数据局", quarter=name
            ) as tx:
                if not tx.current(Observation, file_digest=digest):
                    tx.add([observation(name, str(number), file_digest=digest)])
    return 0


def test_processes_record_everything_once(store_url):
    """Imports by several processes at once are all recorded, those of one file once."""
    workers = [start(import_some, store_url, worker) for worker in range(PROCESSES)]
    assert [finish(worker) for worker in workers] == [0] * PROCESSES
    expected = PROCESSES * EACH // 2 + EACH // 2
    with open_store(store_url) as store:
        assert len(store.current(Observation)) == len(store.history(Observation)) == expected
        assert [batch.seq for batch in store.batches()] == list(range(1, expected + 1))
        assert list(store.verify()) == []


def hand_in_first(where, worker):
    """Hand in the first workbook of an office and quarter, unless one stands; 7 when told so."""
    with open_store(where) as store:
        digest = store.keep(f"workbook of {worker}".encode())
        with store.batch("import", who=str(worker), file_digest=digest) as tx:
            if tx.current(Submission, office="区数据局", quarter="2026Q1"):
                return 7
            tx.add(
                [
                    Submission(
                        submission_id=digest[:16],
                        place="武清区",
                        office="区数据局",
                        quarter="2026Q1",
                        file_digest=digest,
                        file_name="a.xlsx",
                    )
                ]
            )
    return 0


def test_of_two_first_workbooks_one_wins(store_url):
    """Two different workbooks for one office and quarter at once: one stands, the other is told."""
    open_store(store_url).close()
    for _ in range(2):
        workers = [start(hand_in_first, store_url, worker) for worker in range(4)]
        told = sorted(finish(worker) for worker in workers)
        assert told in ([0, 7, 7, 7], [7, 7, 7, 7])
    with open_store(store_url) as store:
        assert len(store.current(Submission)) == 1


def test_threads_share_a_store(any_store):
    """Threads of one server write and read one store object without losing a batch."""

    def work(worker):
        for number in range(5):
            with any_store.batch("import", who=str(worker)) as tx:
                tx.add([observation(f"{worker} {number}", "1")])
            assert any_store.current(Observation, indicator_id=f"{worker} {number}")
        return worker

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(work, range(6))) == list(range(6))
    assert any_store.seq == len(any_store.current(Observation)) == 30
    assert list(any_store.verify()) == []


def open_only(where):
    open_store(where).close()
    return 0


def test_an_absent_ledger_is_made_once(store_url):
    """Several processes that open an absent ledger at once all find the same new one."""
    workers = [start(open_only, store_url) for _ in range(6)]
    assert [finish(worker) for worker in workers] == [0] * 6
    with open_store(store_url) as store:
        assert store.seq == 0


def test_a_writer_that_waits_too_long_is_told_who_writes(store_url):
    """A writer gives up after its patience and names the program that holds the lock."""
    with open_store(store_url) as one, open_store(store_url, patience=0.3) as two:
        with one.batch("import", who="甲") as tx:
            tx.add([observation("i1", "1")])
            try:
                with two.batch("import", who="乙") as late:
                    late.add([observation("i1", "2")])
            except StoreError as error:
                words = str(error)
        assert "正被另一个程序写入（" in words
        assert "等候超时；请稍后再试" in words
        assert [row.magnitude for row in two.current(Observation)] == [1]
