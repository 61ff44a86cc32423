"""Two habits for very many rows: let the cycle collector rest, and copy a row with one field new.

Working out 100 000 statements makes half a million objects that hold no cycles.  The collector
would walk all of them again and again, which costs a third of the time and grows faster than they.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter

from indicators.model import Commitment

__all__ = ["assigned", "collector_at_rest"]

_NAMES = tuple(each.name for each in fields(Commitment))
_VALUES = attrgetter(*_NAMES)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the cycle collector still; it goes on afterwards if it ran before."""
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()


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
