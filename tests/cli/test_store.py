"""The commands of the ledger itself, as a user runs them."""

from __future__ import annotations

import json
import sqlite3

import pytest

from indicators.cli import main
from indicators.cli.store import TABLES
from indicators.model import Indicator
from indicators.store import open_store
from indicators.tables import tables
from tests.store.samples import observation


@pytest.fixture
def where(tmp_path):
    """A ledger with two batches."""
    folder = tmp_path / "store"
    with open_store(folder) as store:
        for value in ("1", "2"):
            with store.batch("import", who="甲", reason="季报", quarter=f"2026Q{value}") as tx:
                tx.add([observation("i1", value)])
    return folder


def test_a_batch_is_retracted_with_a_reason(where, capsys):
    """``retract`` voids a batch and says which; a second time it is refused with status 2."""
    assert main(["retract", "2", "--reason", "填错", "--who", "乙", "--store", str(where)]) == 0
    assert "已撤回批次" in capsys.readouterr().out
    with open_store(where) as store:
        assert store.batches()[-1].who == "乙"
    assert main(["retract", "2", "--reason", "填错", "--store", str(where)]) == 2
    error = capsys.readouterr().err
    assert "撤回；无需再次撤回" in error
    assert error.count("\n") == 1


def test_a_reason_is_asked_for(where, capsys):
    """Without ``--reason`` the command is used wrongly."""
    assert main(["retract", "2", "--store", str(where)]) == 2
    assert "--reason" in capsys.readouterr().err


def test_a_preview_says_what_falls_and_changes_nothing(where, capsys):
    """``retract --dry-run`` counts the rows that fall or give way, and needs no reason."""
    assert main(["retract", "2", "--dry-run", "--store", str(where)]) == 0
    said = capsys.readouterr().out
    assert "恢复为此前的值：实际值 1 行" in said
    assert "没有撤回" in said
    assert main(["retract", "1", "--dry-run", "--store", str(where)]) == 0
    assert "没有数据变化" in capsys.readouterr().out
    with open_store(where) as store:
        assert store.seq == 2


def test_a_retraction_names_the_batches_that_build_on_it(tmp_path, capsys):
    """Values of an indicator that falls are named with their batch; undoing it brings all back."""
    folder = str(tmp_path / "store")
    with open_store(folder) as store:
        with store.batch("load", who="甲") as tx:
            tx.add(
                [
                    Indicator(
                        indicator_id="i1", place="某市", name="算力规模", unit="P", dimension=""
                    )
                ]
            )
        with store.batch("import", who="乙") as tx:
            tx.add([observation("i1", "1"), observation("other", "1")])
    assert main(["retract", "1", "--reason", "误", "--store", folder]) == 0
    said = capsys.readouterr().out
    assert "不再作数：指标 1 行" in said
    assert "（import，乙）有数据依据其中的内容：实际值 1 行" in said
    assert main(["retract", "3", "--reason", "误", "--store", folder]) == 0
    assert "重新作数：指标 1 行" in capsys.readouterr().out


def test_every_table_has_a_name_for_people():
    """No table is called by its name in the database."""
    assert set(TABLES) == set(tables())


def test_verify_prints_a_line_per_problem(where, capsys):
    """``store verify`` ends with 0 on a sound ledger and with 1 and a line a problem otherwise."""
    assert main(["store", "verify", "--store", str(where)]) == 0
    assert "2 个批次，核验无误" in capsys.readouterr().out
    raw = sqlite3.connect(where / "ledger.sqlite")
    raw.execute("UPDATE observations SET magnitude = '9'")
    raw.commit()
    raw.close()
    assert main(["store", "verify", "--store", str(where)]) == 1
    printed = capsys.readouterr()
    assert [line.split("  ")[1] for line in printed.err.splitlines()] == ["store-row-changed"] * 2
    assert "2 个问题" in printed.out


def test_batches_are_listed(where, capsys):
    """``store batches`` lists them for people, and with ``--json`` for programs."""
    assert main(["store", "batches", "--store", str(where)]) == 0
    assert capsys.readouterr().out.count("季报") == 2
    assert main(["store", "batches", "--json", "--store", str(where)]) == 0
    assert [row["quarter"] for row in json.loads(capsys.readouterr().out)] == ["2026Q1", "2026Q2"]


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_export_writes_a_folder(where, tmp_path, form):
    """``export`` writes each table in the form asked for."""
    out = tmp_path / "out"
    assert main(["export", "--format", form, "--output", str(out), "--store", str(where)]) == 0
    assert (out / f"observations.{form}").stat().st_size > 0


def test_export_knows_the_past(where, tmp_path):
    """``--known-at`` exports what was known at the end of a day."""
    arguments = ["--known-at", "2020-01-01", "--output", str(tmp_path), "--store", str(where)]
    assert main(["export", *arguments]) == 0
    assert (tmp_path / "observations.csv").read_text("utf-8-sig").count("\n") == 1


def test_an_odd_moment_is_refused(where, capsys):
    """A moment that cannot be read is wrong use."""
    with pytest.raises(SystemExit) as left:
        main(["export", "--known-at", "昨天", "--output", "x", "--store", str(where)])
    assert left.value.code == 2
    assert "应写作 2026-09-30" in capsys.readouterr().err


def test_verify_names_a_lost_table(where, capsys):
    """``store verify`` names the table that is gone with status 1; other commands refuse with 2."""
    raw = sqlite3.connect(where / "ledger.sqlite")
    raw.execute("DROP TABLE observations")
    raw.close()
    assert main(["store", "verify", "--store", str(where)]) == 1
    assert "store-table-lost  缺少表 observations" in capsys.readouterr().err
    for words in (["flag"], ["store", "batches"], ["serve", "--port", "0"]):
        assert main([*words, "--store", str(where)]) == 2
        assert "台账库已损坏：缺少表 observations" in capsys.readouterr().err
