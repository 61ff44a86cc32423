"""A workbook out and in, folded away on its page; what was wrong in it stands at the cell."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from dash.development.base_component import Component

from dashboards.access import current_person, may
from dashboards.actions.books import BOOKS
from dashboards.answers import Answers
from dashboards.components import markup as html
from dashboards.components.controls import control
from dashboards.components.tables import SEVERITIES, findings_table
from dashboards.messages import text
from dashboards.security import LARGEST

__all__ = ["book"]


def book(sort: str, given: Mapping[str, str], answers: Answers | None) -> list[Component]:
    """Return the form of a sort of workbook and what became of the one just sent.

    Args:
        sort: settings, tasks or review.
        given: what the address says; ``answer`` names what became of a workbook.
        answers: where that is kept.
    """
    if not may("decide"):
        return []
    token = given.get("answer", "")
    told = answers.get(token, current_person().name) if answers and token else None
    place = urlencode({"place": given["place"]}) if given.get("place") else ""
    form = html.Form(
        html.Div(
            [
                html.Div(
                    [
                        html.Label(text("book.file"), htmlFor="book"),
                        control("book", "file", "book", accept=".xlsx", required="required"),
                    ]
                ),
                html.Div(
                    [
                        html.Label(text("book.reason"), htmlFor="book-reason"),
                        control("book-reason", "text", "reason", autocomplete="off"),
                    ]
                ),
                html.Div(
                    [
                        control("book-stale", "checkbox", "skip_stale", value="yes"),
                        html.Label(text("book.skip_stale"), htmlFor="book-stale"),
                    ],
                    className="tick",
                ),
                html.Button(text("book.do"), type="submit", className="button button-main"),
            ],
            className="form-grid",
        ),
        method="post",
        action=f"/books/{sort}",
        encType="multipart/form-data",
        className="upload book-form",
    )
    answer: list[Component] = []
    if told is not None:
        found = sorted(told["findings"], key=lambda each: SEVERITIES.index(each["severity"]))
        words = text("book.answer", file=told["file"], words=told["words"])
        sort_of = "answer" if told["saved"] else "answer answer-bad"
        answer = [html.P(words, className=sort_of, role="status")]
        answer += [findings_table(found)] if found else []
        if told.get("marked"):
            answer.append(
                html.P(
                    html.A(
                        text("answer.marked"),
                        href=f"/answers/{token}/marked.xlsx",
                        className="button button-main",
                    ),
                    className="tools",
                )
            )
    inside = [
        html.P(
            [
                html.Span(text(f"book.note_{sort}", limit=LARGEST // 2**20)),
                html.A(
                    text("book.download"),
                    href=f"{BOOKS[sort].export}{'?' * bool(place)}{place}",
                    className="more",
                ),
            ],
            className="muted",
        ),
        form,
    ]
    opened = {"open": True} if told is not None else {}
    return [
        html.Section(
            [
                *answer,
                html.Details(
                    [html.Summary(text(f"book.{sort}")), *inside], className="book", **opened
                ),
            ],
            className="no-print",
        )
    ]
