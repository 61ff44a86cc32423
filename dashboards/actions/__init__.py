"""What a person does from a page: plain form posts, answered by a redirect to the page."""

from __future__ import annotations

import flask

from dashboards.actions.books import add_books
from dashboards.actions.bulletin import add_bulletin
from dashboards.actions.calendar import add_calendar
from dashboards.actions.documents import add_documents
from dashboards.actions.indicators import add_indicators
from dashboards.actions.submissions import add_submissions
from dashboards.actions.targets import add_targets
from dashboards.answers import Answers
from dashboards.views import Desk

__all__ = ["add_actions"]


def add_actions(server: flask.Flask, desk: Desk, answers: Answers) -> None:
    """Add every action."""
    add_bulletin(server, desk)
    add_submissions(server, desk, answers)
    add_calendar(server, desk, answers)
    add_documents(server, desk, answers)
    add_indicators(server, desk, answers)
    add_targets(server, desk, answers)
    add_books(server, desk, answers)
