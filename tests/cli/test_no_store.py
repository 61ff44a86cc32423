"""A command that reads does not make a ledger where there is none: a mistyped place is found out."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.cli import main

READING = (
    ["flag"],
    ["store", "verify"],
    ["store", "batches"],
    ["history", "x"],
    ["export", "--output", "{out}"],
    ["bulletin", "--quarter", "2026Q2", "--output", "{out}.docx"],
    ["retract", "1", "--reason", "填错"],
    ["calendar", "show"],
    ["submission", "list"],
    ["submission", "policy"],
    ["user", "remove", "x"],
    ["review", "export", "{out}.xlsx"],
    ["settings", "export", "{out}.xlsx"],
    ["serve", "--port", "0"],
)


@pytest.mark.parametrize("words", READING, ids=" ".join)
@pytest.mark.parametrize("named", ["option", "environment"])
def test_reading_makes_no_ledger(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    named: str,
) -> None:
    """It says that there is none, where, and what to do; nothing is made."""
    where = tmp_path / "typo"
    line = [word.replace("{out}", str(tmp_path / "out")) for word in words]
    if named == "option":
        line += ["--store", str(where)]
    else:
        monkeypatch.setenv("INDICATORS_STORE", str(where))
    assert main(line) == 2
    said = capsys.readouterr().err
    assert f"{where}: 这里没有台账库；请检查 --store" in said
    assert "indicators load" in said
    assert "indicators serve --create" in said
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_recording_makes_one(tmp_path: Path) -> None:
    """A command that brings the first rows makes the ledger."""
    where = tmp_path / "store"
    days = ["--quarter", "2026Q2", "--due", "2026-07-10"]
    assert main(["calendar", "set", *days, "--store", str(where)]) == 0
    assert main(["calendar", "show", "--store", str(where)]) == 0
