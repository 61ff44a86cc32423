"""An import that dies leaves the whole submission or nothing of it; two at once are both told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from indicators.model import FindingRecord, Observation, Submission
from indicators.store import open_store
from indicators.store.ledger import Store
from indicators.store.location import locate
from indicators.submissions.importing import import_workbook
from indicators.submissions.sender import Wish

from .conftest import USUAL, Fill

STEPS = (
    "keep", "kept", "open", "locked", "rows", "batch",
    "table observations", "table submissions", "commit", "done",
)  # fmt: skip


def counts(where: Path) -> Mapping[str, int]:
    with open_store(where) as ledger:
        return {
            "observations": len(ledger.current(Observation)),
            "submissions": len(ledger.current(Submission)),
            "findings": len(ledger.current(FindingRecord)),
        }


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def import_and_die(where: Path, path: Path, step: str) -> None:
    """Import in a process of its own that is killed before a step."""
    child = os.fork()
    if not child:
        try:
            ledger = Store(locate(where), step=lambda name: die() if name == step else None)
            import_workbook(ledger, path, Wish(who="测试"))
        finally:
            os._exit(9)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_the_ledger_is_whole(
    store: Store, fill: Fill, tmp_path: Path, step: str
) -> None:
    """Before the commit nothing is there, after it everything; a repeat completes it."""
    path = fill(USUAL)
    store.close()
    import_and_die(tmp_path / "store", path, step)
    found = counts(tmp_path / "store")
    assert found["observations"] == (4 if step == "done" else 0)
    assert found["submissions"] == (1 if step == "done" else 0)
    with open_store(tmp_path / "store") as ledger:
        again = import_workbook(ledger, path, Wish(who="测试"))
    assert again.outcome == ("unchanged" if step == "done" else "recorded")
    assert counts(tmp_path / "store")["observations"] == 4


def test_two_first_workbooks_at_once(store: Store, fill: Fill, tmp_path: Path) -> None:
    """Of two different first workbooks for a quarter one is recorded and the other is told."""
    paths = [fill(USUAL, name="a.xlsx"), fill({**USUAL, "智算规模": 11}, name="b.xlsx")]
    store.close()
    command = [sys.executable, "-m", "indicators.cli", "import", "--store", str(tmp_path / "store")]
    running = [
        subprocess.Popen([*command, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for path in paths
    ]
    errors = b"".join(process.communicate()[1] for process in running)
    assert sorted(process.returncode for process in running) == [0, 1]
    assert "restatement-without-reason" in errors.decode()
    assert counts(tmp_path / "store")["submissions"] == 1


def test_a_store_that_cannot_be_written_is_one_clear_line(
    store: Store, fill: Fill, tmp_path: Path
) -> None:
    """A full disk (a limit on the size of files) gives exit status 2, and the ledger still reads."""
    path = fill(USUAL)
    store.close()
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
        "from indicators.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "import", str(path), "--store", str(tmp_path / "store")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert counts(tmp_path / "store")["observations"] == 0
