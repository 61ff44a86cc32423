"""What people set, carried along when the thing that they set it for is taken over by another.

Settings follow an indicator that was merged away, the parts of a target (任务分解) a target that
another one took over.  The survivor takes them only while nobody has set anything of its own, and
gives them back when that is undone.  They are worked out again from what people set, so that neither
the order of merges nor that of undoing them matters.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from indicators import units
from indicators.errors import IndicatorsError
from indicators.ledger import Entry, Reader
from indicators.model import Indicator, Relation, Setting, Share, Target
from indicators.register.holdings import is_blank, roots, target_id
from indicators.register.settingschecks import split_points

__all__ = ["carried", "carried_parts", "carried_revisions"]

_CARRYING = frozenset({"load", "merge", "unmerge", "review", "split", "unsplit"})
"""Batches of these actions write settings and parts only by carrying them."""
Split = tuple[str, str]
"""target_id and by what it is split."""


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


def carried_revisions(
    revisions: Sequence[Target], made: Mapping[str, Target], rejected: frozenset[str]
) -> Iterator[Target]:
    """Yield revisions that replace another target now, or one in another unit.

    A revised target that another one takes over hands its revisions on, so that the old value does
    not come back; where that one was revised itself, they wait with the indicator merged away.
    The first statement that still promises something leads a revision on; where all of its
    statements were rejected it is rejected with them, and comes back as they do.
    """
    taker = {
        statement: each
        for each in made.values()
        if each.status in ("proposed", "accepted")
        for statement in each.commitments
    }
    told: dict[str, list[Target]] = defaultdict(list)
    for each in revisions:
        first = each.commitments[0] if each.commitments else ""
        told[next((one for one in each.commitments if one in taker), first)].append(each)
    leading: dict[str, str] = {}
    for statement in told:
        heir = taker.get(statement)
        if heir:
            held = leading.setdefault(heir.target_id, statement)
            leading[heir.target_id] = min(held, statement, key=heir.commitments.index)
    ids = {each.target_id for each in revisions}
    for statement, rows in told.items():
        home = taker.get(statement)
        if home is None or leading[home.target_id] != statement:
            home = made.get(target_id(statement))
        if home is None:
            for each in rows:
                if each.status == "accepted" and rejected.issuperset(each.commitments):
                    yield dataclasses.replace(each, status="rejected")
            continue
        for each in rows:
            replaced = each.supersedes if each.supersedes in ids else home.target_id
            try:
                value = units.convert(each.magnitude, each.unit, home.unit)
            except IndicatorsError:
                continue
            moved = dataclasses.replace(
                each,
                indicator_id=home.indicator_id,
                supersedes=replaced,
                magnitude=value,
                unit=home.unit,
                status="accepted" if each.status == "rejected" else each.status,
            )
            if moved != each:
                yield moved


def _split_by_people(entries: Iterable[Entry[Share]]) -> dict[Split, list[Share]]:
    """Return each split as it stood when a person last changed anything of it."""
    live = [each for each in entries if not each.batch.voided_by]
    touched: dict[Split, int] = {}
    for each in live:
        if each.batch.action not in _CARRYING:
            touched[each.row.target_id, each.row.sort] = each.batch.seq
    stood: dict[Split, dict[str, Share]] = defaultdict(dict)
    for each in live:
        split = each.row.target_id, each.row.sort
        if each.batch.seq <= touched.get(split, 0):
            stood[split][each.row.part] = each.row
    return {split: list(rows.values()) for split, rows in stood.items()}


def _takes_over(new: Target, old: Target) -> bool:
    """Tell whether the parts of a target that is no more fit one that states the same."""
    try:
        value = units.convert(old.magnitude, old.unit, new.unit)
    except IndicatorsError:
        return False
    return value == new.magnitude and old.deadline in (None, new.deadline)


def _sources(target: Target, gone: Mapping[str, Sequence[Target]]) -> Iterator[str]:
    """Yield the targets whose parts a target may have: its own, then those it took over."""
    yield target.target_id
    for statement in target.commitments:
        for each in gone.get(statement, ()):
            if _takes_over(target, each):
                yield each.target_id


def carried_parts(
    reader: Reader, before: Iterable[Target], after: Iterable[Target]
) -> Iterator[Share]:
    """Yield the parts of targets as they are to be, where they differ from what stands.

    A target takes the parts of one that its statements made before, in its own unit, while nobody
    has split it itself; it loses them when the other stands by itself again.

    Args:
        reader: the ledger, with what the open batch has set so far.
        before: targets as they were.
        after: those of them that change, and new ones, as they are to be.
    """
    own = _split_by_people(reader.history(Share))
    if not own:
        return
    targets = {each.target_id: each for each in (*before, *after)}
    standing: dict[Split, dict[str, Share]] = defaultdict(dict)
    for share in reader.current(Share):
        if share.target_id in targets:
            standing[share.target_id, share.sort][share.part] = share
    alive = {key for key, each in targets.items() if each.status in ("proposed", "accepted")}
    gone: dict[str, list[Target]] = defaultdict(list)
    for key in sorted(targets.keys() - alive):
        for statement in targets[key].commitments:
            gone[statement].append(targets[key])
    for key, target in targets.items():
        sources = [key] if key not in alive or target.supersedes else [*_sources(target, gone)]
        for sort in {by for _, by in own.keys() | standing.keys()}:
            there = standing.get((key, sort), {})
            rows = next((own[each, sort] for each in sources if (each, sort) in own), [])
            try:
                wanted = {each.part: _as_part_of(target, each) for each in rows}
            except IndicatorsError:
                # What cannot be converted stays with the target that it was set for.
                wanted = {}
            yield from (row for part, row in wanted.items() if row != there.get(part))
            yield from (
                dataclasses.replace(row, withdrawn=True)
                for part, row in there.items()
                if part not in wanted and not row.withdrawn
            )


def _as_part_of(target: Target, share: Share) -> Share:
    """Return a part as one of a target, in its unit.

    Raises:
        IndicatorsError: the units do not convert.
    """
    value = share.magnitude
    if share.unit != target.unit:
        value = units.convert(value, share.unit, target.unit)
    return dataclasses.replace(share, target_id=target.target_id, magnitude=value, unit=target.unit)
