"""Set the days of a quarter, or an exception for one office: the same function as the command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import flask
from flask.typing import ResponseReturnValue

from dashboards.access import current_person, on_record
from dashboards.actions.indicators import day_of
from dashboards.answers import Answers
from dashboards.messages import complaint, usage_error
from dashboards.views import Desk
from indicators.access import require
from indicators.errors import UsageError
from indicators.model import CalendarEntry
from indicators.submissions.calendar import set_days

__all__ = ["add_calendar"]


def _entry(given: Mapping[str, str]) -> CalendarEntry:
    """Return the days of a form.

    Raises:
        UsageError: a day is none.
    """
    place, _, office = given.get("scope", "").partition("/")
    return CalendarEntry(
        quarter=given.get("quarter", ""),
        place=place,
        office=office,
        opens_on=day_of("column.opens_on", given.get("opens_on", "").strip()),
        due_on=day_of("column.due_on", given.get("due_on", "").strip()),
        locks_on=day_of("column.locks_on", given.get("locks_on", "").strip()),
        reason=given.get("reason", "").strip()[:500],
    )


def add_calendar(server: flask.Flask, desk: Desk, answers: Answers) -> None:
    """Add the route to the server."""

    @server.post("/submissions/calendar")
    def days() -> ResponseReturnValue:
        """Record the days; what is wrong with them is said beside the form."""
        person = current_person()
        require(person, "decide")
        given = flask.request.form.to_dict()
        told: dict[str, Any] = {"given": given, "problem": "", "saved": False}
        try:
            if not given.get("version"):
                raise usage_error("form.incomplete")
            set_days(desk.ledger, _entry(given), who=on_record(person), seen=given["version"])
            told["saved"] = True
        except UsageError as error:
            told["problem"] = complaint(error)
        query = {"answer": answers.put(person.name, told, None)}
        if given.get("quarter"):
            query = {"quarter": given["quarter"], **query}
        return flask.redirect(f"/submissions?{urlencode(query)}#calendar", 303)
