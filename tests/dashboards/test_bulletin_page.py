"""通报 in the browser: scope and rules are chosen, every line leads to what it rests on."""

from __future__ import annotations

import io
import re
from urllib.parse import quote

import pytest
from docx import Document

from dashboards.pages.bulletin import page
from dashboards.pages.bulletin_choice import known_rules
from dashboards.views import Choice, Desk
from dashboards.views.grounds import grounds
from indicators.assessment.boards import boards, issue, version_of
from indicators.bulletin.making import prepare
from tests.dashboards import sample

COMPUTE = sample.CASES[0]
PLACE, OTHER = "武清区", "和林格尔数据中心集群"


def test_scope_and_rules_are_chosen_on_the_page(desk):
    """Another place shows its targets alone; another profile says its own lights."""
    snapshot = desk.snapshot()
    whole = str(page(snapshot, Choice()))
    assert f"{OTHER} 算力总规模" in whole
    near = str(page(snapshot, Choice(place=PLACE)))
    assert f"{OTHER} 算力总规模" not in near
    assert f"{PLACE}2026年三季度目标进度通报" in near
    strict, wide = (
        prepare(snapshot.reader, quarter="2026Q3", rules=r) for r in ("schedule", "tola15")
    )
    assert strict.lights != wide.lights
    shown = str(page(snapshot, Choice(), "tola15"))
    for light, count in wide.lights.items():
        assert count == 0 or f"（{count}）" in shown, light


@pytest.mark.parametrize("forged", ["/etc/passwd", "../rules/schedule", "x.toml", ""])
def test_rules_of_an_address_are_names_of_profiles(forged):
    """A path that the command line may name is none that a browser may."""
    assert known_rules(forged) == "schedule"
    assert known_rules("tola15") == "tola15"


def test_word_and_issue_follow_the_choice(client, desk):
    """The document tells of the chosen place and rules, and so does the board."""
    asked = {"quarter": "2026Q3", "place": PLACE, "rules": "tola15"}
    words = "\n".join(
        each.text
        for each in Document(
            io.BytesIO(client.get("/bulletin.docx", query_string=asked).data)
        ).paragraphs
    )
    assert PLACE in words
    assert OTHER not in words
    told = prepare(desk.ledger, quarter="2026Q3", scope=PLACE, rules="tola15")
    version = version_of((each.target_id, each.state, each.sentence) for each in told.lines)
    answer = client.post("/boards", data={**asked, "version": version})
    assert answer.status_code == 303
    assert "rules=tola15" in answer.location
    (board,) = boards(desk.ledger, scope=PLACE, profile="tola15")
    assert board.quarter == "2026Q3"
    assert boards(desk.ledger) == []


def test_a_line_leads_to_its_sentence_and_its_cell(desk):
    """The sentence that made the commitment, and the cell while it holds the value that was judged."""
    snapshot = desk.snapshot()
    told = prepare(snapshot.reader, quarter="2026Q3")
    where = grounds(snapshot, told.lines)
    line = next(each for each in told.lines if each.name == COMPUTE.name)
    found = where[line.target_id]
    assert found.indicator_id == COMPUTE.id
    assert found.statement.startswith(f"/documents/{sample.digest_of(sample.PLAN)}?mark=")
    assert "sheet=%E5%AD%A3%E5%BA%A6%E6%95%B0%E6%8D%AE&cell=F7#cell" in found.cell
    assert found.cell in str(page(snapshot, Choice()))


def test_a_value_handed_in_again_has_no_cell_on_an_older_board(store):
    """What a frozen board says of a cell is not shown at another file's cell."""
    told = prepare(store, quarter="2026Q2")
    (line,) = [each for each in told.lines if each.name == COMPUTE.name]
    fresh = Desk(store).snapshot("2026Q2")
    assert grounds(fresh, told.lines)[line.target_id].cell
    with store.batch("import", who="演示", quarter="2026Q2", reason="更正") as batch:
        book = store.keep(b"again", name="again.xlsx")
        row = sample.observation(COMPUTE, "2026Q2", "11.5", 9, book)
        batch.add([row])
    later = Desk(store).snapshot("2026Q2")
    assert grounds(later, told.lines)[line.target_id].cell == ""


def test_an_order_says_what_its_board_said(client, desk, store):
    """A value that came in after the issue stands in no order of that board."""
    issue(store, "2026Q3", who="督查")
    sample.restate(store, "11.5")
    with store.batch("import", who="演示", quarter="2026Q3", reason="更正") as batch:
        book = store.keep(b"later", name="later.xlsx")
        batch.add([sample.observation(COMPUTE, "2026Q3", "12.5", 9, book)])
    (link,) = {
        each
        for each in re.findall(r"/bulletin\.docx\?[^'\"]+", str(page(desk.snapshot(), Choice())))
        if f"office={quote(sample.DATA)}" in each
    }
    document = Document(io.BytesIO(client.get(link).data))
    words = "".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    assert "12 EFLOPS" in words
    assert "12.5" not in words
