"""Ledgers to decide in."""

from __future__ import annotations

import pytest

from indicators.register import record
from indicators.store import open_store
from tests.register.memory import MemoryLedger
from tests.register.statements import news, newspaper, paper, task, wuqing


def fill(ledger):
    """Record 武清's plan with its tasks, and the newspaper."""
    offices = ("区发展改革委", "区数据局", "工业和信息化局", "各镇街园区等")
    tasks = [
        task(
            "强化算力供给。（责任单位：区发展改革委、区数据局、工业和信息化局、各镇街园区等）",
            700,
            1000,
            offices=offices,
        ),
        task("加快数据资源开发", 1400, 1700, offices=("区数据局", "区教育局")),
    ]
    found = [each if each.start < 700 else each_with_offices(each, offices) for each in wuqing()]
    record(ledger, [paper()], found, tasks, who="王")
    record(ledger, [newspaper()], news(), [], who="王")
    return ledger


def each_with_offices(commitment, offices):
    from dataclasses import replace

    return replace(commitment, offices=offices)


@pytest.fixture
def memory():
    """A ledger in memory with 武清's plan and the newspaper in it."""
    return fill(MemoryLedger())


@pytest.fixture
def store(tmp_path):
    """A real store with 武清's plan and the newspaper in it."""
    with open_store(tmp_path / "store") as ledger:
        yield fill(ledger)
