"""Merging on the command line takes indicators by id or by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.cli import main
from indicators.model import Indicator, Relation
from indicators.store import open_store


@pytest.fixture
def store(tmp_path: Path) -> str:
    folder = str(tmp_path / "store")
    with open_store(folder) as ledger, ledger.batch("test", who="甲") as tx:
        tx.add(
            [
                Indicator(indicator_id=key, name=name, place="某区", unit="个", dimension="count")
                for key, name in (("a" * 16, "数据集"), ("b" * 16, "高质量数据集"))
            ]
        )
    return folder


def merged(store: str) -> set[tuple[str, str]]:
    with open_store(store) as ledger:
        rows = ledger.current(Relation, sort="merged_into", status="accepted")
        return {(each.subject[0], each.object[0]) for each in rows}


def test_names_merge_as_ids_do(store: str) -> None:
    """A name that one indicator has is enough; undoing takes the id of the one that was merged."""
    assert main(["review", "merge", "数据集", "某区高质量数据集", "--store", store]) == 0
    assert merged(store) == {("a", "b")}
    assert main(["review", "merge", "a" * 16, "--undo", "--store", store]) == 0
    assert merged(store) == set()


def test_a_name_that_nobody_has_is_one_line(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown name tells what is near, and nothing is recorded."""
    assert main(["review", "merge", "无此指标", "数据集", "--store", store]) == 2
    assert "没有指标“无此指标”" in capsys.readouterr().err
    assert merged(store) == set()
