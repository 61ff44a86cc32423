"""The whole ledger as a folder of tables."""

from __future__ import annotations

import csv

import pytest

from indicators.errors import UsageError
from indicators.exchange.folder import PRIVATE, export
from indicators.model import User
from indicators.tables import tables
from tests.store.samples import observation


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_every_table_is_there(store, tmp_path, form):
    """Each table that is not private becomes a file, beside a description of all fields."""
    with store.batch("import", who="甲") as tx:
        tx.add([observation("i1", "5"), User(user="甲", role="steward", password="secret")])
    counts = export(store, tmp_path / "out", form)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {f"{name}.{form}" for name in tables() if name not in PRIVATE} | {"fields.csv"}
    assert counts["observations"] == 1


def test_passwords_stay(store, tmp_path):
    """Nothing of the accounts is handed on."""
    with store.batch("user", who="甲") as tx:
        tx.add([User(user="甲", role="steward", password="secret")])
    export(store, tmp_path / "out", "csv")
    assert not [path for path in (tmp_path / "out").iterdir() if b"secret" in path.read_bytes()]


def test_the_dictionary_describes_every_field(store, tmp_path):
    """fields.csv has one line for each field of each exported table."""
    export(store, tmp_path / "out", "csv")
    with (tmp_path / "out" / "fields.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {(row["table"], row["field"]) for row in csv.DictReader(file)}
    assert found == {
        (name, field.name)
        for name, table in tables().items()
        if name not in PRIVATE
        for field in table.fields
    }


def test_an_export_that_fails_leaves_the_earlier_one(store, tmp_path, monkeypatch):
    """All files appear or none: a failing export leaves what was there, and nothing half done."""
    export(store, tmp_path / "out", "csv")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    with store.batch("import", who="甲") as tx:
        tx.add([observation("i1", "5")])

    def fail(path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indicators.exchange.folder._write_dictionary", fail)
    with pytest.raises(OSError, match="No space"):
        export(store, tmp_path / "out", "csv")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_a_file_is_no_folder(store, tmp_path):
    """An output that is a file is refused."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="不是文件夹"):
        export(store, tmp_path / "file", "csv")
