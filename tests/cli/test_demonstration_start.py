"""``make run`` starts over when the ledger is gone, whatever the stamp of the last run says."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "data/demonstration/run.sh"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with the inputs, a finished demonstration and a program that notes its commands."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "data/demonstration").mkdir(parents=True)
    store = tmp_path / "data/store"
    store.mkdir()
    (store / "ledger.sqlite").write_bytes(b"ledger")
    (store / ".demonstration").touch()
    program = tmp_path / "bin/indicators"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$1" >> said\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def commands(here: Path) -> list[str]:
    environment = {**os.environ, "PATH": f"{here / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("INDICATORS_STORE", None)
    subprocess.run(["sh", str(SCRIPT)], cwd=here, env=environment, check=True)
    return (here / "said").read_text("utf-8").split()


def test_a_second_start_loads_nothing(here: Path) -> None:
    """With the ledger and the stamp in place only the board is printed and served."""
    assert commands(here) == ["flag", "serve"]


@pytest.mark.parametrize("content", [None, b""])
def test_a_lost_ledger_is_loaded_again(here: Path, content: bytes | None) -> None:
    """Without the ledger, or with an emptied one, the stamp does not count."""
    ledger = here / "data/store/ledger.sqlite"
    ledger.unlink()
    if content is not None:
        ledger.write_bytes(content)
    assert commands(here)[0] == "load"
