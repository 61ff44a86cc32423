"""Places as the register needs them: the rows of table ``places``, and who lies below whom."""

from __future__ import annotations

from collections.abc import Iterable

from indicators import places as regions
from indicators.model import Place

__all__ = ["below", "places"]


def places(names: Iterable[str]) -> list[Place]:
    """Return the rows of places and of all places above them, by name."""
    rows: dict[str, Place] = {}
    for name in names:
        found = regions.find(name)
        if found is None:
            rows[name] = Place(place=name, sort="body")
            continue
        known = name
        while found is not None and known not in rows:
            above = regions.parent(found)
            rows[known] = Place(
                place=known,
                code=found.code,
                sort="region" if found.code else "body",
                parent=above.place if above else "",
                short=found.short,
            )
            found, known = above, above.place if above else ""
    return [rows[name] for name in sorted(rows)]


def below(name: str, above: str) -> str:
    """Return the place that a name met in a text of ``above`` means, empty if it is not below."""
    outer = regions.find(above)
    found = regions.find(name, inside=above)
    if found is None or outer is None or found == outer or not regions.within(found, outer):
        return ""
    return found.place
