"""Places as the register needs them: the rows of table ``places``, and who lies below whom."""

from __future__ import annotations

from collections.abc import Iterable

from indicators import places as regions
from indicators.model import Place

__all__ = ["below", "places"]


def places(names: Iterable[str]) -> list[Place]:
    """Return the rows of places and of all places above them, by name."""
    rows: dict[str, Place] = {}
    for each in names:
        name = each
        while name and name not in rows:
            found = regions.find(name)
            if found is None:
                rows[name] = Place(place=name, sort="body")
                break
            rows[name] = Place(
                place=name,
                code=found.code,
                sort="region" if found.code else "body",
                parent=found.parent,
                short=found.short,
            )
            name = found.parent
    return [rows[name] for name in sorted(rows)]


def below(name: str, above: str) -> str:
    """Return the place that a name met in a text of ``above`` means, empty if it is not below."""
    found = regions.find(name, within=above)
    if found is None:
        return ""
    row = {each.place: each for each in places([found.name])}
    parent = row[found.name].parent
    while parent:
        if parent == above:
            return found.name
        parent = row[parent].parent if parent in row else ""
    return ""
