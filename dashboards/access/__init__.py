"""Who is asking: one local user, local accounts, or a trusted proxy; and the guard of every route."""

from __future__ import annotations

from dashboards.access.guard import current_person, protect
from dashboards.access.mode import AccessMode, choose

__all__ = ["AccessMode", "choose", "current_person", "protect"]
