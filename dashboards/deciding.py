"""Decisions that come from the review page: one batch each, refused when the row has changed."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import flask

from dashboards.access import on_record
from dashboards.messages import complaint, text
from dashboards.records import request_id
from dashboards.refusals import store_words
from dashboards.views import Desk
from indicators.access import LOCAL, Person, require
from indicators.errors import AccessDenied, IndicatorsError, StoreError, UnfitRow, UsageError
from indicators.model import Commitment, Review

__all__ = ["add_deciding", "decide"]

log = logging.getLogger("dashboards")

CORRECTABLE = ("name", "place", "magnitude", "unit", "date", "bound", "kind")
_DECISIONS: Mapping[str, Review] = {
    "accepted": "accepted",
    "corrected": "corrected",
    "rejected": "rejected",
}


def _corrections(row: Commitment, given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields that differ from the row, as the register takes them."""
    now = {
        "name": row.name,
        "place": row.place,
        "magnitude": format(row.magnitude.normalize(), "f"),
        "unit": row.unit,
        "date": row.date.isoformat() if row.date else "",
        "bound": row.bound,
        "kind": row.kind,
    }
    return tuple(
        f"{name}={given[name].strip()}"
        for name in CORRECTABLE
        if name in given and given[name].strip() != now[name]
    )


def decide(desk: Desk, person: Person, given: Mapping[str, str]) -> str:
    """Record one decision and return the words that confirm it.

    Args:
        desk: the ledger's desk.
        person: who decides.
        given: fields of the form: ``decision`` and ``relation``, or ``commitment`` with the
            ``version`` that was shown and, for a correction, the fields as they should be.

    Raises:
        AccessDenied: the person may not decide.
        UsageError: the form is incomplete, the row is unknown, has changed, or does not take it.
    """
    from indicators.register.decisions import Decision, relate, take_decisions
    from indicators.register.draft import Draft
    from indicators.register.reviewbook import version_of

    require(person, "decide")
    decision = _DECISIONS.get(given.get("decision", ""))
    if decision is None:
        raise UsageError(text("review.incomplete"))
    who = on_record(person)
    if relation := given.get("relation"):
        relate(desk.ledger, relation, decision == "accepted", who=who, waiting=True)
        return text("review.done", name=text("review.merges"), decision=text(f"review.{decision}"))
    with desk.ledger.batch("review", who=who) as transaction:
        draft = Draft(transaction)
        rows = draft.current(Commitment, commitment_id=given.get("commitment", ""))
        if not rows or version_of(rows[0]) != given.get("version"):
            raise UsageError(text("review.changed"))
        row = rows[0]
        corrections = _corrections(row, given) if decision == "corrected" else ()
        if decision == "corrected" and not corrections:
            raise UsageError(text("review.nothing_corrected"))
        wanted = Decision(
            commitment_id=row.commitment_id, decision=decision, corrections=corrections
        )
        take_decisions(draft, [wanted])
    return text("review.done", name=row.name, decision=text(f"review.{decision}"))


def add_deciding(server: flask.Flask, desk: Desk) -> None:
    """Add the route that takes decisions."""

    @server.post("/review/decide")
    def decided() -> tuple[flask.Response, int]:
        person: Person = flask.g.get("person") or LOCAL
        given = flask.request.form.to_dict()
        try:
            return flask.jsonify(words=decide(desk, person, given)), 200
        except AccessDenied as error:
            return flask.jsonify(words=complaint(error)), 403
        except UnfitRow as error:
            return flask.jsonify(words=complaint(error)), 409
        except StoreError as error:
            log.warning("store id=%s error=%s", request_id(), type(error).__name__)
            return flask.jsonify(words=store_words(error)), 503
        except IndicatorsError as error:
            log.info("review refused error=%s", type(error).__name__)
            return flask.jsonify(words=complaint(error)), 409
