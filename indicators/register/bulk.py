"""Very many statements: copies with one field new, made quicker than one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from operator import attrgetter

from indicators.model import Commitment

__all__ = ["assigned"]

_NAMES = tuple(each.name for each in fields(Commitment))
_VALUES = attrgetter(*_NAMES)


def assigned(commitments: Iterable[Commitment], owners: Mapping[str, str]) -> list[Commitment]:
    """Return statements with the indicators that own them; the others as they are.

    ``dataclasses.replace`` on each asks for thirty fields by name and takes twice as long.

    Args:
        commitments: statements.
        owners: commitment_id → indicator_id.
    """
    return [
        each
        if (owner := owners.get(each.commitment_id, each.indicator_id)) == each.indicator_id
        else Commitment(**dict(zip(_NAMES, _VALUES(each), strict=True), indicator_id=owner))
        for each in commitments
    ]
