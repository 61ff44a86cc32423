"""Part and whole: shares of a parent, places that add up, and counts instead of means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from indicators import units
from indicators.assessment.chosen import Reading
from indicators.assessment.facts import Facts, gather
from indicators.assessment.verdict import (
    LIGHTS,
    SEVERITY,
    STATES,
    Assessment,
    Language,
    Light,
    State,
    Verdict,
)
from indicators.ledger import Reader
from indicators.model import Indicator, Relation

__all__ = ["Portion", "Sum", "Tally", "portions", "sums", "tally"]

_RATES = ("proportion", "percentage_point", "multiple", "score")
"""What does not add up over places: a rate of a whole is no sum of rates, nor their mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What a part (其中) makes of its whole in a period."""

    part: Indicator
    whole: Indicator
    period_end: date
    part_value: Decimal
    whole_value: Decimal

    @property
    def share(self) -> Decimal | None:
        """Share of the whole in percent; None of a whole of zero."""
        return 100 * self.part_value / self.whole_value if self.whole_value else None

    @property
    def exceeds(self) -> bool:
        """Whether the part is larger than the whole, which cannot be."""
        return self.part_value > self.whole_value

    def sentence(self, language: Language = "zh") -> str:
        """Return the part in one line: 算力总规模25P，其中智能算力22P，占88.0%."""
        part, whole = (
            units.display(each, self.whole.unit) for each in (self.part_value, self.whole_value)
        )
        if language == "en":
            share = "" if self.share is None else f" ({self.share:.1f}%)"
            over = "; the part exceeds the whole: please check" if self.exceeds else ""
            return (
                f"{self.period_end}: {self.whole.name} {whole}, "
                f"of which {self.part.name} {part}{share}{over}"
            )
        share = "" if self.share is None else f"，占{self.share:.1f}%"
        over = "，其中项大于总量，请核对" if self.exceeds else ""
        return (
            f"{self.period_end}：{self.whole.name}{whole}，其中{self.part.name}{part}{share}{over}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the places below contribute to an indicator in a period."""

    whole: Indicator
    period_end: date
    own: Decimal | None
    """What the upper place reports itself; None too where it is of another caliber."""
    total: Decimal | None
    """Sum of the places below; None while one of them is missing: no partial sums."""
    reported: tuple[Indicator, ...]
    missing: tuple[Indicator, ...]

    @property
    def difference(self) -> Decimal | None:
        """The places below together against the upper place's own value."""
        return None if self.own is None or self.total is None else self.total - self.own

    def sentence(self, language: Language = "zh") -> str:
        """Return the sum in one line, or why there is none."""
        return self._chinese() if language == "zh" else self._english()

    def _english(self) -> str:
        count, unit = len(self.reported) + len(self.missing), self.whole.unit
        at = f"{self.period_end}: "
        if self.missing:
            names = ", ".join(each.place or each.name for each in self.missing)
            return f"{at}no data from {names} among the {count} places below, so no sum"
        if self.total is None:
            return f"{at}the {count} places below differ in accumulation or caliber, so no sum"
        said = f"{at}the {count} places below add up to {units.display(self.total, unit)}"
        if self.own is None or self.difference is None:
            return f"{said}; there is no comparable value of the whole"
        if not self.difference:
            return f"{said}, as much as the whole"
        more = "more" if self.difference > 0 else "less"
        apart, own = (units.display(each, unit) for each in (abs(self.difference), self.own))
        return f"{said}, {apart} {more} than the {own} of the whole"

    def _chinese(self) -> str:
        count, unit = len(self.reported) + len(self.missing), self.whole.unit
        at = f"{self.period_end}："
        if self.missing:
            names = "、".join(each.place or each.name for each in self.missing)
            return f"{at}下级{count}地中{names}没有数据，不作合计"
        if self.total is None:
            return f"{at}下级{count}地的累计方式或口径不同，不作合计"
        said = f"{at}下级{count}地合计{units.display(self.total, unit)}"
        if self.own is None or self.difference is None:
            return f"{said}，本级没有可比的同期数据"
        if not self.difference:
            return f"{said}，与本级一致"
        more = "多" if self.difference > 0 else "少"
        return f"{said}，比本级{units.display(self.own, unit)}{more}{units.display(abs(self.difference), unit)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Verdicts of a group, counted; nothing is averaged."""

    total: int
    lights: Mapping[Light, int]
    states: Mapping[State, int]
    binding: int
    """Targets that are 约束性."""
    binding_behind: tuple[Verdict, ...]
    """Binding targets that are yellow or red, each by name, however well the others do."""
    worst: State

    @property
    def words(self) -> str:
        """The group in one line: counts, then binding targets apart."""
        green = self.lights["green"]
        judged = self.total - self.lights["grey"]
        return f"{self.total}项中{green}项达到或完成（可研判{judged}项）{self.binding_words}"

    @property
    def binding_words(self) -> str:
        """The binding targets apart, those behind by name; empty where there is none."""
        if not self.binding:
            return ""
        behind = "、".join(each.indicator.name for each in self.binding_behind)
        count = len(self.binding_behind)
        return f"；约束性{self.binding}项，其中{count}项落后" + (f"：{behind}" if behind else "")


def _related(
    reader: Reader, sort: str, known_at: datetime | None, of: Collection[str] | None
) -> list[Relation]:
    """Return the accepted relations of a sort, or those that some indicators have to do with."""
    return [
        each
        for each in reader.current(Relation, known_at=known_at, sort=sort)
        if each.status == "accepted" and (of is None or each.subject in of or each.object in of)
    ]


def _facts(
    reader: Reader, relations: Iterable[Relation], as_of: date, known_at: datetime | None
) -> Facts:
    keys = frozenset(key for each in relations for key in (each.subject, each.object))
    return gather(reader, as_of, known_at=known_at, only=keys)


def _caliber(facts: Facts, reading: Reading) -> bool:
    """Tell whether a value is of the caliber that its indicator has changed to."""
    setting = facts.settings.get(reading.observation.indicator_id)
    since = setting.caliber_since if setting else None
    return since is not None and reading.observation.period_end >= since


def _alike(facts: Facts, readings: Iterable[Reading]) -> bool:
    """Tell whether values may be set against each other: one accumulation, one side of a change.

    Where the caliber of one indicator has changed by then and that of another has not, their values
    are of different definitions.
    """
    return len({(each.observation.basis, _caliber(facts, each)) for each in readings}) <= 1


def portions(
    reader: Reader,
    *,
    as_of: date,
    known_at: datetime | None = None,
    of: Collection[str] | None = None,
) -> list[Portion]:
    """Return, for every accepted part-of relation of indicators, the latest common period.

    Only values of the same period, accumulation, caliber and unit are set against each other.

    Args:
        reader: the ledger.
        as_of: the day of looking.
        known_at: with what was known then.
        of: only what these indicators are part of or consist of.
    """
    relations = _related(reader, "part_of", known_at, of)
    if not relations:
        return []
    facts = _facts(reader, relations, as_of, known_at)
    found = []
    for relation in relations:
        part = facts.indicators.get(relation.subject)
        whole = facts.indicators.get(relation.object)
        if part is None or whole is None or part.unit != whole.unit:
            continue
        of_whole = {each.end: each for each in facts.readings.get(whole.indicator_id, ())}
        common = [
            (each, of_whole[each.end])
            for each in facts.readings.get(part.indicator_id, ())
            if each.end in of_whole and _alike(facts, (each, of_whole[each.end]))
        ]
        if common:
            one, other = common[-1]
            found.append(
                Portion(
                    part=part,
                    whole=whole,
                    period_end=one.observation.period_end,
                    part_value=one.observation.magnitude,
                    whole_value=other.observation.magnitude,
                )
            )
    return found


def _at(readings: Sequence[Reading], end: int) -> Reading | None:
    return next((each for each in readings if each.end == end), None)


def sums(
    reader: Reader,
    *,
    as_of: date,
    known_at: datetime | None = None,
    of: Collection[str] | None = None,
) -> list[Sum]:
    """Return what the places below add up to, for every indicator that some contribute to.

    The month looked at is the latest that any of them has.  While one is missing there is no total;
    rates have none at all.

    Args:
        reader: the ledger.
        as_of: the day of looking.
        known_at: with what was known then.
        of: only the sums of these indicators.
    """
    relations = [
        each
        for each in _related(reader, "contributes_to", known_at, of)
        if of is None or each.object in of
    ]
    if not relations:
        return []
    facts = _facts(reader, relations, as_of, known_at)
    below: dict[str, list[Indicator]] = defaultdict(list)
    for relation in relations:
        child = facts.indicators.get(relation.subject)
        whole = facts.indicators.get(relation.object)
        if child and whole and child.unit == whole.unit and whole.dimension not in _RATES:
            below[whole.indicator_id].append(child)
    found = []
    for key, children in sorted(below.items()):
        series = {each.indicator_id: facts.readings.get(each.indicator_id, ()) for each in children}
        ends = [each.end for readings in series.values() for each in readings]
        if not ends:
            continue
        last = max(ends)
        values = {name: each for name, readings in series.items() if (each := _at(readings, last))}
        own = _at(facts.readings.get(key, ()), last)
        complete = len(values) == len(children) and _alike(facts, values.values())
        if own is not None and not _alike(facts, (*values.values(), own)):
            own = None
        found.append(
            Sum(
                whole=facts.indicators[key],
                period_end=next(iter(values.values())).observation.period_end,
                own=own.observation.magnitude if own is not None else None,
                total=sum((each.observation.magnitude for each in values.values()), Decimal(0))
                if complete
                else None,
                reported=tuple(each for each in children if each.indicator_id in values),
                missing=tuple(each for each in children if each.indicator_id not in values),
            )
        )
    return found


def tally(
    found: Assessment, by: Callable[[Verdict], str] = lambda each: each.indicator.place
) -> dict[str, Tally]:
    """Return the counts of every group of verdicts, by place unless ``by`` says otherwise.

    A place that has one red binding target shows it by name however many greens stand beside it.
    """
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for each in found.verdicts:
        groups[by(each)].append(each)
    tallies = {}
    for name, verdicts in sorted(groups.items()):
        lights = Counter(each.light for each in verdicts)
        states = Counter(each.state for each in verdicts)
        ranked = sorted((state for state in STATES if states[state]), key=SEVERITY.__getitem__)
        binding = [each for each in verdicts if each.setting and each.setting.binding == "binding"]
        tallies[name] = Tally(
            total=len(verdicts),
            lights={light: lights[light] for light in LIGHTS},
            states={state: states[state] for state in STATES},
            binding=len(binding),
            binding_behind=tuple(each for each in binding if each.light in ("yellow", "red")),
            worst=ranked[0],
        )
    return tallies
