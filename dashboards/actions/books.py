"""The workbooks of settings, tasks and review, out and in: the same functions as the commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import flask
from flask.typing import ResponseReturnValue

from dashboards.access import current_person, on_record
from dashboards.actions.files import sent
from dashboards.answers import Answers
from dashboards.exports import BOOK
from dashboards.messages import text
from dashboards.views import Desk
from indicators.access import require
from indicators.errors import InputRefused
from indicators.ledger import Ledger
from indicators.register.intake import Report
from indicators.register.sheets import Book
from indicators.submissions.annotation import annotated
from indicators.submissions.filled import filled
from indicators.submissions.sandbox import open_bytes

__all__ = ["BOOKS", "add_books"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One sort of workbook."""

    page: str
    """Address of the page whose form takes it in."""
    export: str
    """Address that hands it out."""
    take: Callable[[Ledger, Book, Mapping[str, Any]], Report]
    """Takes it in, with who, why and whether stale rows are left out."""


def _settings(ledger: Ledger, book: Book, wish: Mapping[str, Any]) -> Report:
    from indicators.register.settingsfile import import_settings

    return import_settings(ledger, book, **wish)


def _tasks(ledger: Ledger, book: Book, wish: Mapping[str, Any]) -> Report:
    from indicators.register.dutyfile import import_duties

    return import_duties(ledger, book, **wish)


def _review(ledger: Ledger, book: Book, wish: Mapping[str, Any]) -> Report:
    from indicators.register.reviewing import import_review

    return import_review(ledger, book, **wish)


BOOKS: Mapping[str, Sort] = {
    "settings": Sort(page="/settings", export="/books/settings.xlsx", take=_settings),
    "tasks": Sort(page="/tasks", export="/export/tasks.xlsx", take=_tasks),
    "review": Sort(page="/review", export="/books/review.xlsx", take=_review),
}
"""Sorts of workbooks by name."""


def add_books(server: flask.Flask, desk: Desk, answers: Answers) -> None:
    """Add the routes to the server."""

    def handed_out(name: str, write: Callable[[Path], object]) -> ResponseReturnValue:
        require(current_person(), "decide")
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            write(path)
            content = path.read_bytes()
        headers = {"Content-Disposition": f"attachment; filename={name}"}
        return flask.Response(content, mimetype=BOOK, headers=headers)

    @server.get("/books/settings.xlsx")
    def settings_book() -> ResponseReturnValue:
        """The settings of a place, or of all, as a workbook to fill in."""
        from indicators.register.settingsfile import export_settings

        place = flask.request.args.get("place", "")
        return handed_out(
            "settings.xlsx", lambda path: export_settings(desk.ledger, path, place=place)
        )

    @server.get("/books/review.xlsx")
    def review_book() -> ResponseReturnValue:
        """What waits for a decision, of a place or of all, as a workbook to fill in."""
        from indicators.register.reviewing import export_review

        place = flask.request.args.get("place", "")
        return handed_out("review.xlsx", lambda path: export_review(desk.ledger, path, place=place))

    @server.post("/books/<sort>")
    def take(sort: str) -> ResponseReturnValue:
        """Take a filled workbook in whole, or say at which cells it does not hold."""
        person = current_person()
        require(person, "decide")
        if sort not in BOOKS:
            flask.abort(404)
        given, known = flask.request.form, BOOKS[sort]
        name, content = sent("book", (".xlsx",), text("form.all_elsewhere"))
        wish = {
            "who": on_record(person),
            "reason": given.get("reason", "").strip()[:500],
            "skip_stale": given.get("skip_stale") == "yes",
        }
        told: dict[str, Any] = {"file": name, "findings": [], "words": "", "saved": False}
        opened, marked = open_bytes(content, name, patient=True), None
        try:
            report = known.take(desk.ledger, filled(opened), wish)
        except InputRefused as error:
            told["findings"] = [asdict(each) for each in error.findings]
            told["words"] = error.message
            marked = annotated(opened, error.findings)
            told["marked"] = marked is not None
        else:
            told |= {"saved": True, "words": report.sentence}
            told["findings"] = [asdict(each) for each in report.findings]
        token = answers.put(person.name, told, marked)
        return flask.redirect(f"{known.page}?{urlencode({'answer': token})}", 303)
