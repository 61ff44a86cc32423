"""Settings of an indicator that was merged away, carried to the one that it joined.

The survivor takes them only while nobody has set anything of its own, and gives them back when the
merge is undone.  They are worked out again from what people set, so that neither the order of
merges nor that of undoing them matters.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from decimal import Decimal

from indicators import units
from indicators.errors import IndicatorsError
from indicators.ledger import Entry, Reader
from indicators.model import Indicator, Relation, Setting
from indicators.register.holdings import is_blank, roots
from indicators.register.settingschecks import split_points

__all__ = ["carried"]

_CARRYING = frozenset({"merge", "unmerge", "review", "split", "unsplit"})
"""Batches of these actions write settings only by carrying them."""


def _in_unit(setting: Setting, unit: str, to: str) -> Setting:
    """Return settings with their values in another unit.

    Raises:
        IndicatorsError: the units do not convert.
        ValueError: a split cannot be read.
    """
    if unit == to:
        return setting

    def split(entries: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            f"{part}={units.convert(value, unit, to).normalize():f}"
            for part, value in split_points(entries).items()
        )

    base: Decimal | None = setting.baseline
    return dataclasses.replace(
        setting,
        baseline=None if base is None else units.convert(base, unit, to),
        yearly_split=split(setting.yearly_split),
        quarterly_split=split(setting.quarterly_split),
    )


def _set_by_people(reader: Reader) -> dict[str, Setting]:
    """Return the settings in force that people made, by indicator."""
    entries: Iterable[Entry[Setting]] = reader.entries(Setting)
    return {
        each.row.indicator_id: each.row
        for each in entries
        if each.batch.action not in _CARRYING and not is_blank(each.row)
    }


def carried(reader: Reader, before: Iterable[Relation], after: Iterable[Relation]) -> list[Setting]:
    """Return the settings that merges carry on, and blank ones where an undone merge takes them.

    Synonyms are not carried: they are in force under the name that they were declared for.

    Args:
        reader: the ledger, with the indicators concerned.
        before: accepted relations as they were.
        after: accepted relations as they are to be.
    """
    old, new = roots(before), roots(after)
    moved = {each for each in old.keys() | new.keys() if old.get(each) != new.get(each)}
    heads = {where[each] for where in (old, new) for each in moved if each in where}
    # One that joined something, and what had joined it, give back what they had from each other.
    heads |= moved
    own = _set_by_people(reader)
    standing = {each.indicator_id: each for each in reader.current(Setting)}
    indicators = {each.indicator_id: each for each in reader.current(Indicator)}
    members: dict[str, list[str]] = {}
    for subject, head in sorted(new.items()):
        members.setdefault(head, []).append(subject)
    rows = []
    for head in sorted(heads - own.keys()):
        found = _first(members.get(head, ()), own, indicators, head)
        if found is None and not is_blank(standing.get(head)):
            found = Setting(indicator_id=head)
        if found is not None and found != standing.get(head):
            rows.append(found)
    return rows


def _first(
    members: Iterable[str],
    own: Mapping[str, Setting],
    indicators: Mapping[str, Indicator],
    head: str,
) -> Setting | None:
    """Return the settings of the first member that has some, as those of the head."""
    into = indicators.get(head)
    for each in members:
        whose = indicators.get(each)
        if each not in own or whose is None or into is None:
            continue
        try:
            made = _in_unit(own[each], whose.unit, into.unit)
        except (IndicatorsError, ValueError):
            # What cannot be converted stays with the indicator that it was set for.
            continue
        made = dataclasses.replace(made, indicator_id=head, synonyms=())
        if not is_blank(made):
            return made
    return None
