"""Taking a document in: the form, and what became of what was sent."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.access import current_person
from dashboards.answers import Answers
from dashboards.components import heading
from dashboards.components import markup as html
from dashboards.components.attributes import attributes
from dashboards.components.controls import control
from dashboards.components.tables import findings_table
from dashboards.messages import text
from dashboards.security import LARGEST

__all__ = ["loaded", "upload_form"]


def upload_form() -> Component:
    """Return the form that takes a document in."""
    return html.Section(
        [
            heading(text("document.upload")),
            html.P(text("document.upload_note", limit=LARGEST // 2**20), className="muted"),
            html.Form(
                html.Div(
                    [
                        html.Div(
                            [
                                html.Label(text("document.upload_file"), htmlFor="document"),
                                control(
                                    "document", "file", "document",
                                    accept=".txt,.docx,.pdf,.html,.htm", required="required",
                                ),
                            ]
                        ),
                        html.Button(
                            text("document.upload_do"), type="submit",
                            className="button button-main",
                        ),
                    ],
                    className="form-grid",
                ),
                method="post",
                action="/documents",
                encType="multipart/form-data",
                className="upload",
                **attributes(data_steps="/documents/steps/"),
            ),
        ],
        className="no-print block",
    )  # fmt: skip


def loaded(answers: Answers | None, token: str) -> list[Component]:
    """Return what became of a document that was just taken in."""
    told = answers.get(token, current_person().name) if answers and token else None
    if told is None:
        return []
    words = html.P(
        [
            html.Span(text("document.loaded", sentence=told["sentence"])),
            html.Link(text("document.to_review"), href="/review", className="more"),
        ],
        className="answer loaded",
        role="status",
    )
    return [words, *([findings_table(told["findings"])] if told["findings"] else [])]
