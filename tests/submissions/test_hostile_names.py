"""Names and words that a spreadsheet would run, or XML cannot hold, in everything that goes out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from indicators.assessment import judge
from indicators.assessment.listing import write as write_listing
from indicators.bulletin.making import prepare
from indicators.bulletin.word import render as bulletin
from indicators.findings import Finding
from indicators.model import Indicator, Office, Progress, Setting, Target
from indicators.outputs import printable
from indicators.register.dutyfile import export_duties, import_duties
from indicators.register.settingsfile import export_settings, import_settings
from indicators.store import open_store
from indicators.store.ledger import Store
from indicators.submissions.annotation import annotated, write
from indicators.submissions.filled import open_filled
from indicators.submissions.importing import import_workbook
from indicators.submissions.receiptbook import receipt_bytes
from indicators.submissions.sandbox import open_bytes
from indicators.submissions.sender import Wish
from indicators.submissions.sheet import Row, Sheet
from indicators.submissions.sheet import Workbook as Book
from indicators.submissions.template import write_template

NAMES = (
    '=HYPERLINK("http://x")',
    "+1+1",
    "@SUM(A1)",
    "甲/乙[1]:*?\\区",
    "'引",
    "A&B&P局",
    "长" * 40,
    "断\x0b行\x01",
)


@pytest.fixture(params=NAMES, ids=range(len(NAMES)))
def hostile(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, str]]:
    """A ledger whose place, office, indicator, caliber and words bear one name."""
    name = str(request.param)
    with open_store(tmp_path / "store") as store:
        with store.batch("settings", who=name, reason=name) as batch:
            batch.add(
                [
                    Office(place=name, office=name),
                    Indicator(
                        indicator_id="i1", name=name, place=name, unit="个", dimension="count"
                    ),
                    Setting(
                        indicator_id="i1", accumulation="level", reporting_office=name,
                        lead_office=name, caliber=name, note=name, baseline=Decimal(1),
                        baseline_date=date(2024, 12, 31),
                    ),
                    Target(
                        target_id="t1", indicator_id="i1", magnitude=Decimal(100), unit="个",
                        bound="at_least", deadline=date(2027, 12, 31), status="accepted",
                        plan_start=date(2025, 1, 1),
                    ),
                    Progress(
                        subject="i1", place=name, office=name, quarter="2026Q1", progress=name,
                        problems=name, next_steps=name,
                    ),
                ]
            )  # fmt: skip
        yield store, name


def dead(content: bytes) -> None:
    """Hold that a workbook opens, runs nothing, and that its XML can be read by any program."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for member in package.namelist():
            if member.endswith((".xml", ".rels", ".vml")):
                ET.fromstring(package.read(member))
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert all(
        0 < len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in book.sheetnames
    )


def test_what_goes_out_is_dead_and_whole(hostile: tuple[Store, str], tmp_path: Path) -> None:
    """Template, settings, 台账, list of verdicts and 通报 are made whatever the names are."""
    store, name = hostile
    dead(write_template(store, name, name, "2026Q1", tmp_path / "t.xlsx").read_bytes())
    export_settings(store, tmp_path / "s.xlsx", everything=True)
    export_duties(store, tmp_path / "d.xlsx")
    for made in ("s.xlsx", "d.xlsx"):
        dead((tmp_path / made).read_bytes())
    if name == printable(name):  # what XML cannot hold does not come back as it went
        assert import_settings(store, open_filled(tmp_path / "s.xlsx"), who="x").settings == 0
        assert import_duties(store, open_filled(tmp_path / "d.xlsx"), who="x").lines == 0
    verdicts = judge(store, as_of=date(2026, 3, 31))
    write_listing(verdicts, verdicts.verdicts, tmp_path / "v.xlsx")
    dead((tmp_path / "v.xlsx").read_bytes())
    with zipfile.ZipFile(io.BytesIO(bulletin(prepare(store, quarter="2026Q1")))) as package:
        words = package.read("word/document.xml").decode()
        ET.fromstring(words)
    assert "instrText" not in words.replace(" PAGE ", ""), "no field but the page's number"


def test_what_comes_back_is_dead_and_whole(hostile: tuple[Store, str], tmp_path: Path) -> None:
    """A sheet with such a name and such values is answered with a marked workbook and a receipt."""
    store, name = hostile
    text = f"2026年一季度\n指标,单位,完成\n{name},个,{name}\n".encode()
    file = f"{name.replace('/', '')}.csv"
    path = tmp_path / "a.csv"
    path.write_bytes(text)
    receipt = import_workbook(store, path, Wish(who=name, place=name, office=name))
    assert receipt.outcome == ("unreadable" if "\x01" in name else "refused")
    content = annotated(open_bytes(text, file), receipt.findings)
    assert (content is None) is (receipt.outcome == "unreadable")
    dead(content or made_of(name))
    again = replace(receipt, file=file, findings=[*receipt.findings, said(name)])
    dead(receipt_bytes([again]))


def said(name: str) -> Finding:
    return Finding(
        code="x", severity="error", file=name, sheet=name, cell="A1", found=name, message=name,
        action=name,
    )  # fmt: skip


def made_of(name: str) -> bytes:
    """The same in a marked workbook, whose cells no reader would have let in."""
    row = Row(1, 1, (name, name), ("General", "General"))
    book = Book(
        sheets=(Sheet(name=name, rows=(row,)), Sheet(name=f"{name}!", rows=(row,))), reader="biff"
    )
    mark = ("error", "x", name, "A1", name, name, name)
    return write(b"", book, [mark])
