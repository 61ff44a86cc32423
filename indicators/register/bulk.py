"""Very many statements: copies with a field new, made quicker than one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from indicators.model import Commitment

__all__ = ["assigned", "copied"]

_NAMES = tuple(each.name for each in fields(Commitment))
_VALUES = attrgetter(*_NAMES)


def copied(commitment: Commitment, **new: Any) -> Commitment:
    """Return a statement with some fields new.

    ``dataclasses.replace`` asks for thirty fields by name and takes twice as long.
    """
    return Commitment(**(dict(zip(_NAMES, _VALUES(commitment), strict=True)) | new))


def assigned(commitments: Iterable[Commitment], owners: Mapping[str, str]) -> list[Commitment]:
    """Return statements with the indicators that own them; the others as they are.

    Args:
        commitments: statements.
        owners: commitment_id → indicator_id.
    """
    return [
        each
        if (owner := owners.get(each.commitment_id, each.indicator_id)) == each.indicator_id
        else copied(each, indicator_id=owner)
        for each in commitments
    ]
