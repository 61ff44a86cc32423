"""The list of all targets goes to the browser in blocks."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from dashboards.views import Choice
from dashboards.views.listing import LONGEST, block, csv_lines, safe
from dashboards.views.roll import Roll
from tests.dashboards import sample


def ask(client, request, search=""):
    return client.post(
        "/_dash-update-component",
        json={
            "output": "targets.getRowsResponse",
            "outputs": {"id": "targets", "property": "getRowsResponse"},
            "inputs": [{"id": "targets", "property": "getRowsRequest", "value": request}],
            "state": [{"id": "address", "property": "search", "value": search}],
            "changedPropIds": ["targets.getRowsRequest"],
        },
    )


def test_a_block_holds_only_the_rows_asked_for(desk):
    """Rows outside of the block are not sent; the count says how many there are."""
    rows, count = block(desk.snapshot(), Choice(), 2, 5)
    assert (len(rows), count) == (3, 11)
    assert rows[0]["indicator"] == desk.snapshot().rows[2].name


def test_no_request_gets_the_whole_table(desk):
    """However much a request asks for, a block has its bound; nonsense gets nothing."""
    snapshot = desk.snapshot()
    snapshot.__dict__["roll"] = Roll.of(tuple(snapshot.rows) * 100)
    assert len(block(snapshot, Choice(), 0, 10**9)[0]) == LONGEST
    assert block(snapshot, Choice(), 10**9, 10**9 + 5)[0] == []
    assert block(snapshot, Choice(), 5, 2)[0] == []


def test_rows_are_sorted_by_what_can_be_compared(desk):
    """A column sorts up and down, two columns together; values of unlike units do not sort."""
    snapshot = desk.snapshot()

    def names(*model):
        return [row["indicator"] for row in block(snapshot, Choice(), 0, 99, model)[0]]

    assert names({"colId": "gap", "sort": "asc"})[0] == "智算规模"
    assert names({"colId": "deadline", "sort": "asc"})[0] == "算力总规模"
    by_place = names({"colId": "place", "sort": "asc"}, {"colId": "indicator", "sort": "desc"})
    assert by_place[0] == "算力总规模"
    assert names({"colId": "target", "sort": "asc"}) == names()


def test_each_row_carries_its_latest_values(desk):
    """The sparkline has one value a period, in time; a restated one counts once."""
    rows = {row["indicator"]: row for row in block(desk.snapshot(), Choice(), 0, 99)[0]}
    assert rows["智算规模"]["trend"] == [10.0, 11.0, 12.0]
    assert rows["服务垂直行业的基础级人工智能大模型"]["trend"] == []


def test_the_grid_gets_its_block_by_callback(client):
    """The callback answers a request of the grid with rows and their count, filtered by the address."""
    answer = ask(client, {"startRow": 0, "endRow": 50, "sortModel": []}, "?light=red")
    told = answer.get_json()["response"]["targets"]["getRowsResponse"]
    assert told["rowCount"] == 1
    assert told["rowData"][0]["href"].startswith(f"/indicators/{sample.CASES[0].id}")


@pytest.mark.parametrize(
    "request_", [None, {}, {"startRow": 0}, {"startRow": "x", "endRow": None}, [1]]
)
def test_a_forged_request_of_the_grid_is_survived(client, request_):
    """Nonsense never becomes a traceback on the wire, and the next request is answered."""
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    assert "Traceback" not in ask(client, request_).get_data(as_text=True)
    assert ask(client, {"startRow": 0, "endRow": 1}).status_code == 200


def test_the_csv_holds_the_chosen_rows(desk):
    """The download has a head in Chinese and one line a chosen target, gaps as plain numbers."""
    written = "".join(csv_lines(desk.snapshot(), Choice(light="red")))
    head, *rows = csv.reader(io.StringIO(written.removeprefix("\ufeff")))
    assert head[0] == "研判"
    assert len(rows) == 1
    assert float(rows[0][head.index("差距（百分点）")]) == pytest.approx(-30.33, abs=0.01)


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_download_never_holds_a_formula(value):
    """Text that a spreadsheet would take for a formula is escaped; other text is left alone."""
    assert safe(value) == f"'{value}"
    assert safe("智算规模") == "智算规模"


def test_downloads_answer(client):
    """Both downloads come as CSV in UTF-8; an unknown indicator has none."""
    body = client.get("/export/targets.csv").get_data().decode("utf-8-sig")
    assert len(body.splitlines()) == 12
    values = (
        client.get(f"/export/indicators/{sample.CASES[0].id}.csv").get_data().decode("utf-8-sig")
    )
    assert len(values.splitlines()) == 4
    assert client.get("/export/indicators/0000.csv").status_code == 404


def test_a_block_is_small(client):
    """A block of fifty rows stays far below 300 KB."""
    rows = ask(client, {"startRow": 0, "endRow": 50}).get_json()
    assert len(json.dumps(rows, ensure_ascii=False)) < 20_000


def test_rows_stand_under_their_group(desk):
    """Each place has a line with its counts, the worst place first; blocks join without a gap."""
    snapshot = desk.snapshot()
    choice = Choice.read("?group=place")
    whole, count = block(snapshot, choice, 0, 99)
    heads = [row for row in whole if "group" in row]
    places = {row.place for row in snapshot.rows}
    assert count == len(snapshot.rows) + len(places) == len(whole)
    assert {row["group"] for row in heads} == places
    assert heads[0]["group"] == snapshot.rows[0].place
    assert "红灯 1" in heads[0]["counts"]
    pieces = [block(snapshot, choice, start, start + 3)[0] for start in range(0, count, 3)]
    assert [row for piece in pieces for row in piece] == whole
    under = ""
    for row in whole:
        under = row.get("group", under)
        assert row.get("place", under) == under


def test_what_has_no_group_comes_last(desk, monkeypatch):
    """Targets whose document is not known stand under a line of their own."""
    snapshot = desk.snapshot()
    bare = [replace(row, documents=()) for row in snapshot.rows[:2]]
    snapshot.__dict__["roll"] = Roll.of([*bare, *snapshot.rows[2:]])
    whole, _ = block(snapshot, Choice.read("?group=document"), 0, 99)
    assert [row.get("group") for row in whole][-3] == "未定"
    assert [row["id"] for row in whole[-2:]] == [row.target_id for row in bare]


def test_no_other_grouping_is_taken():
    """A group that is not offered is left out of the choice."""
    assert Choice.read("?group=light") == Choice()


def test_a_comparison_and_the_ledger_of_tasks_are_taken_along(client, desk):
    """The comparison is CSV in the common unit, the 台账 a workbook; what is none is said."""
    compute = next(row for row in desk.snapshot().rows if row.name == "智算规模")
    key = f"{compute.verdict.indicator.dimension}:智算规模"
    told = client.get("/export/compare.csv", query_string={"quantity": key, "unit": "P"})
    lines = list(csv.reader(io.StringIO(told.get_data(as_text=True).lstrip("\ufeff"))))
    assert lines[1][:5] == ["智算规模", "武清区", "30000", "12000", "P"]
    assert client.get("/export/compare.csv?quantity=none").status_code == 404
    book = load_workbook(io.BytesIO(client.get("/export/tasks.xlsx?place=武清区").data))
    assert "武清区" in str(book.worksheets[0]["A1"].value or book.sheetnames)
    assert client.get("/export/tasks.xlsx?place=无").status_code == 400
