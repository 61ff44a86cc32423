"""通报: which board is meant, by quarter, scope and rules."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.components.filters import OFFERED, chooser, select
from dashboards.messages import text
from dashboards.views import Snapshot
from indicators.assessment import profile
from indicators.assessment.boards import DEFAULT
from indicators.bulletin.content import Bulletin

__all__ = ["bulletin_chooser", "chosen_of", "known_rules"]


def known_rules(name: str) -> str:
    """Return the profile of this name; of any other one, as a forged address may hold, the default."""
    return name if name in profile.names() else DEFAULT


def bulletin_chooser(snapshot: Snapshot, told: Bulletin) -> Component:
    """Return the choice of scope and rules; the quarter is chosen above."""
    places = [value for value, _ in snapshot.roll.worst("place", OFFERED)]
    if told.scope and told.scope not in places:
        places.append(told.scope)
    others = [(each, text(f"profile.{each}")) for each in profile.names() if each != DEFAULT]
    return chooser(
        [
            select(
                "place",
                text("bulletin.scope"),
                text("filter.all_places"),
                [(each, each) for each in sorted(places)],
                told.scope,
            ),
            select(
                "rules",
                text("bulletin.rules"),
                text(f"profile.{DEFAULT}"),
                others,
                "" if told.profile == DEFAULT else told.profile,
            ),
        ],
        note=text("filter.showing", count=len(told.lines)),
    )


def chosen_of(told: Bulletin) -> dict[str, str]:
    """Return what names this bulletin in an address or a form."""
    chosen = {"quarter": told.quarter, "place": told.scope}
    return chosen if told.profile == DEFAULT else {**chosen, "rules": told.profile}
