"""One reading of the ledger serves every page until the ledger grows."""

from __future__ import annotations

from datetime import date

from dashboards.views import Desk
from indicators import assessment
from indicators.assessment.boards import issue
from tests.dashboards import sample


def test_a_snapshot_is_kept_until_the_ledger_grows(store):
    """The same snapshot is handed out again, and a new one after a new batch."""
    judged: list[tuple[int, object]] = []

    def judge(reader, as_of, only=None):
        judged.append((reader.seq, only))
        return assessment.judge(reader, as_of=as_of, only=only)

    desk = Desk(store, judge=judge)
    assert desk.snapshot() is desk.snapshot()
    sample.restate(store)
    assert desk.snapshot().seq == store.seq
    assert judged == [(store.seq - 1, None), (store.seq, {sample.CASES[0].id})]


def test_a_quarter_is_judged_at_its_end(desk):
    """The quarter of the address sets the day; what is no quarter means the latest."""
    assert desk.snapshot("2026Q1").assessment.as_of == date(2026, 3, 31)
    assert desk.snapshot("nonsense") is desk.snapshot()


def test_quarters_that_can_be_looked_at_come_from_the_ledger(desk):
    """Every quarter of an import can be chosen, the latest first."""
    assert desk.snapshot().quarters == ("2026Q3", "2026Q2", "2026Q1")


def test_made_up_data_are_marked(desk):
    """A ledger with demonstration rows says so."""
    snapshot = desk.snapshot()
    assert snapshot.demonstration
    assert all(row.demonstration for row in snapshot.rows)


def test_causes_of_changes_are_worked_out_beforehand(store):
    """Some at a time, the worst first, and what is explained is what a page would be told."""
    issue(store, "2026Q1", who="督查室")
    snapshot = Desk(store).snapshot()
    moved = [row.target_id for row in snapshot.moved_rows]
    assert len(moved) > 3
    snapshot.explain(2)
    assert list(snapshot.known_changes) == moved[:2]
    snapshot.explain(len(moved))
    known = {key: each for key, each in snapshot.known_changes.items() if each}
    assert known == dict(Desk(store).snapshot().why(snapshot.moved_rows))
