"""Who is asking: one local user, local accounts, or a trusted proxy; and the guard of every route."""

from __future__ import annotations

from dashboards.access.guard import admit, current_person, may, on_record, secret_of
from dashboards.access.login import add_login
from dashboards.access.mode import AccessMode, choose
from dashboards.access.taking import may_take

__all__ = [
    "AccessMode",
    "add_login",
    "admit",
    "choose",
    "current_person",
    "may",
    "may_take",
    "on_record",
    "secret_of",
]
