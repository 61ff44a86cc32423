"""Who waits at a terminal for another writer is told so; a pipe stays silent."""

from __future__ import annotations

import sqlite3
import sys

import pytest

from indicators.errors import StoreError
from indicators.store import connection, open_store
from tests.store.samples import observation


@pytest.mark.parametrize("terminal", [True, False])
def test_waiting_is_said_on_a_terminal(tmp_path, capsys, monkeypatch, terminal):
    """One line while the lock is another's, none for a write that did not wait."""
    monkeypatch.setattr(connection, "_SILENCE", 0.3)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    with open_store(tmp_path / "store", patience=1) as store:
        with store.batch("import", who="甲") as tx:
            tx.add([observation("i1", "1")])
        assert capsys.readouterr().err == ""
        other = sqlite3.connect(tmp_path / "store" / "ledger.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="等候超时"), store.batch("import", who="乙"):
            pass
        other.execute("ROLLBACK")
        other.close()
    assert capsys.readouterr().err.count("正在等待") == terminal
