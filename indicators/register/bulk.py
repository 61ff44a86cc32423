"""Very many statements: copies with a field new, made quicker than one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from indicators.bulk import made
from indicators.model import Commitment

__all__ = ["assigned", "copied"]

_NAMES = tuple(each.name for each in fields(Commitment))
_VALUES = attrgetter(*_NAMES)
_AT_ONCE = 500
"""So many statements stay in the processor's cache while one column after the other is taken."""


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
    rows = list(commitments)
    whose = [owners.get(each.commitment_id, each.indicator_id) for each in rows]
    moved = [at for at, each in enumerate(rows) if each.indicator_id != whose[at]]
    for start in range(0, len(moved), _AT_ONCE):
        some = moved[start : start + _AT_ONCE]
        old = [rows[at] for at in some]
        columns: dict[str, Iterable[Any]] = {name: map(attrgetter(name), old) for name in _NAMES}
        columns["indicator_id"] = [whose[at] for at in some]
        for at, new in zip(some, made(Commitment, len(some), columns), strict=True):
            rows[at] = new
    return rows
