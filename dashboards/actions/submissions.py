"""Hand in a workbook, fetch a template, accept or return: the same functions as the commands."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

import flask
from flask.typing import ResponseReturnValue

from dashboards.access import current_person, on_record
from dashboards.actions.files import sent
from dashboards.answers import Answers
from dashboards.messages import text, usage_error
from dashboards.views import Desk
from indicators.access import require
from indicators.submissions.annotation import annotated
from indicators.submissions.flow import find_submission, give_back
from indicators.submissions.importing import Wish, accept, import_bytes
from indicators.submissions.receipt import Receipt
from indicators.submissions.sandbox import Opened, open_bytes
from indicators.submissions.sheet import Sheet, letter

__all__ = ["add_submissions"]

KINDS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")
"""Kinds of files that are taken as workbooks."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS, COLUMNS = 60, 20
"""Of a sheet, what the preview shows."""


def add_submissions(server: flask.Flask, desk: Desk, answers: Answers) -> None:
    """Add the routes to the server."""

    @server.get("/template.xlsx")
    def template() -> ResponseReturnValue:
        """The template of ``office``, ``place`` and ``quarter``."""
        from pathlib import Path
        from tempfile import TemporaryDirectory

        from indicators.submissions.template import write_template

        given = flask.request.args
        office, place, quarter = (given.get(name, "") for name in ("office", "place", "quarter"))
        require(current_person(), "submit", place=place, office=office)
        with TemporaryDirectory() as folder:
            path = write_template(desk.ledger, office, place, quarter, Path(folder) / "t.xlsx")
            content = path.read_bytes()
        return flask.send_file(
            io.BytesIO(content),
            mimetype=XLSX,
            as_attachment=True,
            download_name=f"{quarter}_{place}_{office}.xlsx",
        )

    @server.post("/submissions")
    def hand_in() -> ResponseReturnValue:
        """Check and record a workbook, and lead to the answer."""
        person = current_person()
        given = flask.request.form
        office, place = given.get("office", ""), given.get("place", "")
        require(person, "submit", place=place, office=office)
        if not (office and place):
            # Else the workbook's own words would decide whose it is, past what the person may.
            raise usage_error("form.incomplete")
        name, content = sent("workbook", KINDS, text("form.documents_elsewhere"))
        wish = Wish(
            who=on_record(person),
            office=office,
            place=place,
            quarter=given.get("quarter", ""),
            reason=given.get("reason", "").strip(),
            accept_warnings=given.get("accept_warnings") == "yes",
        )
        receipt = import_bytes(desk.ledger, content, name, wish)
        opened = open_bytes(content, name)
        marked = annotated(opened, receipt.findings) if receipt.findings else None
        token = answers.put(person.name, _answer(receipt, opened), marked)
        return flask.redirect(f"/answers/{token}", 303)

    @server.get("/answers/<token>/marked.xlsx")
    def marked(token: str) -> ResponseReturnValue:
        """The sender's workbook with its findings marked."""
        person = current_person()
        told, content = answers.get(token, person.name), answers.marked(token, person.name)
        if told is None or content is None:
            flask.abort(404)
        stem = str(told["file"]).rpartition(".")[0] or "workbook"
        return flask.send_file(
            io.BytesIO(content),
            mimetype=XLSX,
            as_attachment=True,
            download_name=text("answer.marked_name", stem=stem),
        )

    @server.post("/submissions/<key>/<decision>")
    def judge(key: str, decision: str) -> ResponseReturnValue:
        """Accept a submission or return it with remarks, as long as it stands as it was shown."""
        person = current_person()
        require(person, "decide")
        if decision not in ("accept", "return"):
            flask.abort(404)
        remarks = flask.request.form.get("remarks", "").strip()
        seen = flask.request.form.get("version", "")
        known = find_submission(desk.ledger, key)
        if not seen:
            raise usage_error("form.incomplete")
        if decision == "return" and not remarks:
            raise usage_error("submissions.no_remarks")
        if seen != known.status:
            raise usage_error("submissions.decided", status=text(f"standing.{known.status}"))
        if decision == "accept":
            accept(desk.ledger, key, who=on_record(person), remarks=remarks)
        else:
            give_back(desk.ledger, key, who=on_record(person), remarks=remarks, seen=seen)
        return flask.redirect(f"/submissions?{urlencode({'quarter': known.quarter})}", 303)


def _answer(receipt: Receipt, opened: Opened) -> dict[str, Any]:
    """Return the receipt with a preview of the sheets that have findings."""
    named = {finding.sheet for finding in receipt.findings if finding.sheet}
    sheets = opened.workbook.sheets if opened.workbook is not None else ()
    return {
        "file": receipt.file,
        "receipt": {**receipt.plain(), "words": receipt.words},
        "sheets": [_preview(sheet) for sheet in sheets if sheet.name in named],
    }


def _preview(sheet: Sheet) -> dict[str, Any]:
    """Return what a person sees of a sheet: hidden rows and columns left out, days as days."""
    rows: list[tuple[int, dict[str, str]]] = []
    for row in sheet.rows[:ROWS]:
        if row.number in sheet.hidden_rows:
            continue
        cells = [
            cell
            for cell in sheet.cells(row)
            if cell.column <= COLUMNS and cell.column not in sheet.hidden_columns
        ]
        shown = {letter(c.column): (c.day.isoformat() if c.day else c.text)[:60] for c in cells}
        rows.append((row.number, shown))
    used = {column for _, cells in rows for column, words in cells.items() if words}
    columns = [letter(n) for n in range(1, COLUMNS + 1) if letter(n) in used]
    return {"name": sheet.name, "columns": columns, "rows": rows}
