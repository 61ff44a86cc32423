"""Write a note on an indicator and decide its settings: each one batch, by whoever may decide."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from decimal import Context, Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

import flask
from flask.typing import ResponseReturnValue

from dashboards.access import current_person, on_record
from dashboards.answers import Answers
from dashboards.messages import complaint, text, usage_error
from dashboards.views import Desk
from indicators.access import require
from indicators.errors import InputRefused, UnfitRow, UsageError
from indicators.ledger import Reader
from indicators.model import Indicator, Note, Setting, digest_id

__all__ = ["CHOICES", "SPLITS", "add_indicators", "day_of", "number_of", "setting_of"]

LONGEST_NOTE = 1000
YEARS = range(1949, 2200)
"""Years that a plan can speak of; another one is a slip."""
WHOLE, FINE = 29, 9
"""Digits before and behind the point that a row of the ledger holds."""
_DIGITS = 200
CHOICES: Mapping[str, tuple[str, ...]] = {
    "direction": ("", "up", "down", "maintain"),
    "accumulation": ("", "level", "year_to_date", "since_start", "period"),
    "schedule": (
        "",
        "linear",
        "compound",
        "yearly_steps",
        "seasonal",
        "piecewise",
        "annual_only",
        "split",
    ),
}
"""What may be chosen on the page."""
SPLITS = ("yearly_split", "quarterly_split")
_SEPARATORS = re.compile(r"[\s、，,；;]+")
_OFFICES = re.compile(r"[、，,]")
"""What people write between the parts of a field."""


def number_of(what: str, written: str) -> Decimal | None:
    """Return the number that was written, None for nothing.

    Args:
        what: key of the field's name in the messages.
        written: what stands in the field.

    Raises:
        UsageError: it is none, not a finite one, or more than a row of the ledger holds.
    """
    if not written:
        return None
    try:
        # More digits than any number has are not even read.
        value = Decimal(written[:_DIGITS].replace(",", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise usage_error("form.no_number", what=text(what), written=written[:20])
    if len(written) > _DIGITS or not _fits(value):
        raise usage_error(
            "form.number_size", what=text(what), written=written[:20], whole=WHOLE, fine=FINE
        )
    return value or Decimal(0)


def _fits(value: Decimal) -> bool:
    """Tell whether a row of the ledger holds every digit of a number."""
    if value.is_zero():
        return True
    if not -FINE <= value.adjusted() < WHOLE:
        return False
    return -int(value.normalize(Context(prec=_DIGITS)).as_tuple().exponent) <= FINE


def day_of(what: str, written: str) -> date | None:
    """Return the day that was written, None for nothing.

    Args:
        what: key of the field's name in the messages.
        written: what stands in the field.

    Raises:
        UsageError: it is none, or in a year that no plan speaks of.
    """
    try:
        day = date.fromisoformat(written) if written else None
    except ValueError:
        raise usage_error("form.no_day", what=text(what), written=written[:20]) from None
    if day is not None and day.year not in YEARS:
        raise usage_error("form.no_year", what=text(what), first=YEARS[0], last=YEARS[-1])
    return day


def setting_of(before: Setting, given: Mapping[str, str]) -> Setting:
    """Return settings with the fields of a form in place of theirs.

    Raises:
        UsageError: a value is no number, a day is none, or a choice is not offered.
    """
    fields: dict[str, Any] = {
        "baseline": number_of("setting.field_baseline", given.get("baseline", "").strip()),
        "baseline_date": day_of(
            "setting.field_baseline_date", given.get("baseline_date", "").strip()
        ),
    }
    for name in SPLITS:
        if name in given:
            fields[name] = tuple(filter(None, _SEPARATORS.split(given[name].strip()[:2000])))
    for name, offered in CHOICES.items():
        value = given.get(name, "")
        # What was set in the workbook, such as a split, may stay as it is.
        if value not in offered and value != getattr(before, name):
            raise usage_error("form.no_choice")
        fields[name] = value
    for name in ("lead_office", "reporting_office"):
        fields[name] = given.get(name, "").strip()[:100]
    offices = _OFFICES.split(given.get("supporting_offices", ""))
    fields["supporting_offices"] = tuple(
        dict.fromkeys(each.strip()[:100] for each in offices if each.strip())
    )
    return replace(before, **fields)


def add_indicators(server: flask.Flask, desk: Desk, answers: Answers) -> None:
    """Add the routes to the server."""

    def known(key: str) -> Indicator:
        rows = desk.ledger.current(Indicator, indicator_id=key)
        if not rows:
            raise usage_error("form.no_indicator")
        return next(iter(rows))

    @server.post("/indicators/<key>/notes")
    def note(key: str) -> ResponseReturnValue:
        """Keep a remark of a person."""
        person = current_person()
        require(person, "decide")
        known(key)
        words = flask.request.form.get("text", "").strip()
        if not words:
            raise usage_error("form.note_empty")
        if len(words) > LONGEST_NOTE:
            raise usage_error("form.note_long", most=LONGEST_NOTE)
        who = on_record(person)
        made = digest_id("note", key, words, who, datetime.now(UTC).isoformat())
        with desk.ledger.batch("note", who=who) as transaction:
            transaction.add([Note(note_id=made, subject=key, text=words)])
        return flask.redirect(f"/indicators/{key}#notes", 303)

    @server.post("/settings/<key>")
    def decide(key: str) -> ResponseReturnValue:
        """Set one indicator; what does not hold is said beside the form, nothing of it is kept."""
        from indicators.register.configuring import Changes, apply
        from indicators.register.settingsbook import setting_version

        person = current_person()
        require(person, "decide")
        known(key)
        given = flask.request.form.to_dict()
        told: dict[str, Any] = {"given": given, "findings": [], "problem": "", "saved": False}

        def work(reader: Reader) -> Changes:
            rows = reader.current(Setting, indicator_id=key)
            before = rows[0] if rows else None
            if given.get("version") != setting_version(before):
                raise usage_error("form.setting_stale")
            return Changes(settings=[setting_of(before or Setting(indicator_id=key), given)])

        try:
            reason = given.get("reason", "").strip()[:500]
            found = apply(desk.ledger, work, who=on_record(person), reason=reason)
            told |= {"saved": True, "findings": [asdict(each) for each in found]}
        except InputRefused as error:
            told["findings"] = [asdict(each) for each in error.findings]
            told["problem"] = complaint(error)
        except (UsageError, UnfitRow) as error:
            told["problem"] = complaint(error)
        token = answers.put(person.name, told, None)
        return flask.redirect(f"/settings/{key}?{urlencode({'answer': token})}", 303)
