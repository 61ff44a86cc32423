"""Decisions from the review page: on record, once, by whoever may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.deciding import decide
from dashboards.views import Desk
from indicators.access import LOCAL, Person
from indicators.errors import AccessDenied, UsageError
from indicators.loading import extract_file
from indicators.model import Commitment, ReviewDecision
from indicators.register import record
from indicators.register.reviewbook import version_of
from indicators.store import open_store
from tests.dashboards import sample


@pytest.fixture
def loaded(tmp_path):
    """A ledger with one plan, freshly loaded: everything waits for a decision."""
    extracted = extract_file(sample.SEEDS / sample.PLAN, {})
    with open_store(tmp_path / "loaded") as ledger:
        text = ledger.keep(extracted.document.text.encode(), name=sample.PLAN)
        ledger.keep(extracted.content, name=sample.PLAN)
        record(
            ledger,
            [extracted.record(text)],
            extracted.commitments,
            extracted.tasks,
            who="试",
        )
        yield Desk(ledger)


def form(row: Commitment, decision: str, **fields: str) -> dict[str, str]:
    return {
        "commitment": row.commitment_id,
        "version": version_of(row),
        "decision": decision,
        **fields,
    }


def waiting(desk: Desk) -> list[Commitment]:
    return sorted(desk.ledger.current(Commitment, review="proposed"), key=lambda row: row.start)


@pytest.mark.parametrize("decision", ["accepted", "rejected"])
def test_a_decision_is_recorded(loaded, decision):
    """One decision is one batch with the person's name, and the row leaves the list."""
    row = waiting(loaded)[0]
    assert row.name in decide(loaded, LOCAL, form(row, decision))
    told = loaded.ledger.current(ReviewDecision, commitment_id=row.commitment_id)
    assert [each.decision for each in told] == [decision]
    assert row.commitment_id not in {each.commitment_id for each in waiting(loaded)}
    assert loaded.ledger.batches()[-1].who


def test_a_correction_changes_only_what_differs(loaded):
    """Fields left as they were are no corrections; the corrected one is recorded."""
    row = waiting(loaded)[0]
    decide(loaded, LOCAL, form(row, "corrected", name="别的名称", place=row.place))
    told = loaded.ledger.current(ReviewDecision, commitment_id=row.commitment_id)[0]
    assert told.corrections == ("name=别的名称",)


def test_the_second_of_two_stewards_is_told(loaded):
    """A row that was decided meanwhile is not decided again with what was shown before."""
    row = waiting(loaded)[0]
    decide(loaded, LOCAL, form(row, "accepted"))
    with pytest.raises(UsageError, match="已被他人处理"):
        decide(loaded, LOCAL, form(row, "rejected"))


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"decision": "accepted"},
        {"decision": "nonsense", "commitment": "x"},
        {"decision": "accepted", "relation": "unknown"},
    ],
)
def test_an_incomplete_form_is_refused(loaded, given):
    """A forged form records nothing."""
    before = loaded.ledger.seq
    with pytest.raises(UsageError):
        decide(loaded, LOCAL, given)
    assert loaded.ledger.seq == before


def test_a_wrong_value_is_refused_in_words(loaded):
    """A correction that fits no field says so; nothing is recorded."""
    row = waiting(loaded)[0]
    with pytest.raises(UsageError, match="不是数值"):
        decide(loaded, LOCAL, form(row, "corrected", magnitude="许多"))
    with pytest.raises(UsageError, match="没有改动"):
        decide(loaded, LOCAL, form(row, "corrected", name=row.name))
    assert waiting(loaded)[0] == row


def test_a_viewer_may_not_decide(loaded):
    """Who only looks is refused before anything is read."""
    viewer = replace(LOCAL, role="viewer") if isinstance(LOCAL, Person) else LOCAL
    with pytest.raises(AccessDenied):
        decide(loaded, viewer, form(waiting(loaded)[0], "accepted"))
