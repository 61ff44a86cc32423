"""Split a target among years, offices or places, and replace it by a revised one: one batch each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import flask
from flask.typing import ResponseReturnValue

from dashboards.access import current_person, on_record
from dashboards.actions.indicators import day_of, number_of
from dashboards.answers import Answers
from dashboards.messages import complaint, usage_error
from dashboards.views import Desk
from indicators import periods
from indicators.access import require
from indicators.errors import InputRefused, UnfitRow, UsageError
from indicators.ledger import Reader
from indicators.model import Share, Target, digest_id

__all__ = ["add_targets", "parts_of", "split_version"]


_BETWEEN = re.compile(r"[、，；;,\n]")
_EQUALS = str.maketrans("＝", "=")
"""What people write between parts, and between a part and its value."""


def parts_of(written: str) -> dict[str, Decimal]:
    """Return parts written as ``2026=20、2027=30``.

    Raises:
        UsageError: a part has no value, or is named twice.
    """
    found: dict[str, Decimal] = {}
    for each in filter(None, (part.strip() for part in _BETWEEN.split(written))):
        name, equals, number = each.translate(_EQUALS).partition("=")
        value = number_of("form.share_value", number.strip()) if equals else None
        if not name.strip() or value is None:
            raise usage_error("form.no_share", written=each[:20])
        if name.strip() in found:
            raise usage_error("form.share_twice", name=name.strip()[:20])
        found[name.strip()] = value
    return found


def split_version(shares: Iterable[Share]) -> str:
    """Return a digest of how a target is split, by which a form tells that it is still so."""
    parts = sorted(
        (each.sort, each.part, f"{each.magnitude.normalize():f}")
        for each in shares
        if not each.withdrawn
    )
    return digest_id("split", *("=".join(part) for part in parts))[:8]


def _in_force(reader: Reader, target_id: str, key: str) -> Target:
    """Return the accepted target of an indicator that no other one has replaced."""
    rows = reader.current(Target, target_id=target_id)
    if not rows or rows[0].indicator_id != key or rows[0].status != "accepted":
        raise usage_error("form.no_target")
    if reader.current(Target, supersedes=target_id, status="accepted"):
        raise usage_error("form.target_replaced")
    return rows[0]


def add_targets(server: flask.Flask, desk: Desk, answers: Answers) -> None:
    """Add the routes to the server."""

    def answered(form: str, work: Callable[[str, Mapping[str, str], str], None], key: str) -> str:
        """Do the work of a form for an indicator; return where its answer is shown."""
        person = current_person()
        require(person, "decide")
        given = flask.request.form.to_dict()
        told: dict[str, Any] = {
            "form": form, "given": given, "findings": [], "problem": "", "saved": False
        }  # fmt: skip
        try:
            work(key, given, on_record(person))
            told["saved"] = True
        except InputRefused as error:
            told["findings"] = [asdict(each) for each in error.findings]
            told["problem"] = complaint(error)
        except (UsageError, UnfitRow) as error:
            told["problem"] = complaint(error)
        token = answers.put(person.name, told, None)
        return f"/settings/{key}?{urlencode({'answer': token})}"

    def split(key: str, given: Mapping[str, str], who: str) -> None:
        from indicators.register.configuring import Changes, apply, divide

        parts = parts_of(given.get("parts", "")[:4000])

        def work(reader: Reader) -> Changes:
            target = _in_force(reader, given.get("target", ""), key)
            known = reader.current(Share, target_id=target.target_id)
            if given.get("version") != split_version(known):
                raise usage_error("form.shares_stale")
            shares = divide(reader, target, given.get("sort", ""), parts)
            if not shares:
                raise usage_error("form.shares_unchanged")
            return Changes(shares=shares)

        apply(desk.ledger, work, who=who, reason=_reason(given))

    def replaced(key: str, given: Mapping[str, str], who: str) -> None:
        from indicators.register.configuring import Changes, apply, revise

        value = number_of("setting.field_magnitude", given.get("magnitude", "").strip())
        deadline = day_of("setting.field_deadline", given.get("deadline", "").strip())
        effective_on = day_of("setting.field_effective_on", given.get("effective_on", "").strip())

        def work(reader: Reader) -> Changes:
            target = _in_force(reader, given.get("target", ""), key)
            made = revise(
                target,
                magnitude=target.magnitude if value is None else value,
                approved_by=given.get("approved_by", "").strip()[:100],
                reason=_reason(given),
                effective_on=effective_on or periods.local_day(datetime.now(tz=periods.SHANGHAI)),
                deadline=deadline,
            )
            if (made.magnitude, made.deadline) == (target.magnitude, target.deadline):
                raise usage_error("form.target_unchanged")
            return Changes(targets=[made])

        apply(desk.ledger, work, who=who, reason=_reason(given))

    @server.post("/settings/<key>/shares")
    def shares(key: str) -> ResponseReturnValue:
        """Split a target; parts that do not make it are said, nothing of them is kept."""
        return flask.redirect(answered("shares", split, key), 303)

    @server.post("/settings/<key>/revision")
    def revision(key: str) -> ResponseReturnValue:
        """Replace a target by a revised one from a day on; both stay on record."""
        return flask.redirect(answered("revision", replaced, key), 303)


def _reason(given: Mapping[str, str]) -> str:
    return given.get("reason", "").strip()[:500]
