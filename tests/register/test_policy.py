"""When a statement accepts itself."""

from __future__ import annotations

import pytest

from indicators.model import Option, Target
from indicators.register import record
from indicators.register.policy import policy_of
from tests.register.memory import MemoryLedger
from tests.register.statements import news, newspaper, paper, statement

ON = [Option(option="self_acceptance", scope="", value="开")]


def test_nothing_accepts_itself_until_an_office_says_so():
    """By default every statement waits for a person."""
    assert not policy_of([]).accepts(statement("数据集", "100", "个", 10), paper())


def test_a_sure_statement_of_a_government_plan_may():
    """High confidence, a stated deadline and a government's plan are enough."""
    assert policy_of(ON).accepts(statement("数据集", "100", "个", 10), paper())


@pytest.mark.parametrize(
    ("row", "document"),
    [
        ({"confidence": 0.8}, {}),
        ({"date": None, "date_source": ""}, {}),
        ({"date_source": "section"}, {}),
        ({}, {"genre": "news"}),
        ({}, {"issuer": "呼和浩特日报"}),
    ],
    ids=["unsure", "no day", "inherited day", "news", "no government"],
)
def test_what_falls_short_waits(row, document):
    """Each condition by itself keeps a statement waiting."""
    assert not policy_of(ON).accepts(statement("数据集", "100", "个", 10, **row), paper(**document))


def test_a_place_has_its_own_choice():
    """A place may switch it off where all others have it on."""
    options = [*ON, Option(option="self_acceptance", scope="武清区", value="关")]
    row = statement("数据集", "100", "个", 10)
    assert not policy_of(options).accepts(row, paper())


def test_only_named_issuers_where_some_are_named():
    """A list of issuers replaces the rule that any government will do."""
    options = [*ON, Option(option="self_acceptance_issuers", scope="", value="天津市人民政府")]
    assert not policy_of(options).accepts(statement("数据集", "100", "个", 10), paper())


def test_targets_of_a_trusted_plan_are_accepted_on_loading_and_news_never():
    """With the option on, a plan's targets stand at once and a newspaper's wait."""
    ledger = MemoryLedger()
    with ledger.batch("settings", who="王") as batch:
        batch.add(ON)
    report = record(ledger, [paper()], [statement("数据集", "100", "个", 10)], [], who="王")
    record(ledger, [newspaper()], news(), [], who="王")
    assert report.accepted == 1
    status = {each.unit: each.status for each in ledger.current(Target)}
    assert status == {"个": "accepted", "P": "proposed"}
