"""Part and whole: shares of a parent, places that add up, and counts instead of means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from indicators.assessment.chosen import Reading, choose, usable
from indicators.assessment.verdict import (
    LIGHTS,
    SEVERITY,
    STATES,
    Assessment,
    Light,
    State,
    Verdict,
)
from indicators.ledger import Reader
from indicators.model import Indicator, Observation, Relation, Submission
from indicators.periods import Period

__all__ = ["Portion", "Sum", "Tally", "portions", "ratio", "sums", "tally"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What a part (其中) makes of its whole in a period."""

    part: Indicator
    whole: Indicator
    period: Period
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the places below contribute to an indicator in a period."""

    whole: Indicator
    period_end: date
    own: Decimal | None
    """What the upper place reports itself."""
    total: Decimal | None
    """Sum of the places below; None while one of them is missing: no partial sums."""
    reported: tuple[Indicator, ...]
    missing: tuple[Indicator, ...]

    @property
    def difference(self) -> Decimal | None:
        """The places below together against the upper place's own value."""
        return None if self.own is None or self.total is None else self.total - self.own


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


def ratio(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Return the ratio of many in percent: the sum above over the sum below, never a mean.

    Args:
        parts: numerator and denominator of each place.
    """
    above = below = Decimal(0)
    for numerator, denominator in parts:
        above += numerator
        below += denominator
    return 100 * above / below if below else None


def _readings(
    reader: Reader, as_of: date, known_at: datetime | None
) -> Mapping[str, Sequence[Reading]]:
    return choose(
        usable(
            reader.entries(Observation, known_at=known_at),
            reader.current(Submission, known_at=known_at),
            as_of,
        )
    )


def _relations(reader: Reader, sort: str, known_at: datetime | None) -> list[Relation]:
    return [
        each
        for each in reader.current(Relation, known_at=known_at)
        if each.sort == sort and each.status == "accepted"
    ]


def portions(reader: Reader, *, as_of: date, known_at: datetime | None = None) -> list[Portion]:
    """Return, for every accepted part-of relation of indicators, the latest common period.

    Only values of the same period, accumulation and unit are set against each other.
    """
    indicators = {each.indicator_id: each for each in reader.current(Indicator, known_at=known_at)}
    readings = _readings(reader, as_of, known_at)
    found = []
    for relation in _relations(reader, "part_of", known_at):
        part, whole = indicators.get(relation.subject), indicators.get(relation.object)
        if part is None or whole is None or part.unit != whole.unit:
            continue
        of_whole = {
            (each.end, each.observation.basis): each.observation
            for each in readings.get(whole.indicator_id, ())
        }
        common = [
            (each.observation, of_whole[each.end, each.observation.basis])
            for each in readings.get(part.indicator_id, ())
            if (each.end, each.observation.basis) in of_whole
        ]
        if common:
            one, other = common[-1]
            found.append(
                Portion(
                    part=part,
                    whole=whole,
                    period=Period(one.period_start, one.period_end, one.basis),
                    part_value=one.magnitude,
                    whole_value=other.magnitude,
                )
            )
    return found


def sums(reader: Reader, *, as_of: date, known_at: datetime | None = None) -> list[Sum]:
    """Return what the places below add up to, for every indicator that some contribute to.

    The month judged is the latest that any of them has.  While one is missing there is no total.
    """
    indicators = {each.indicator_id: each for each in reader.current(Indicator, known_at=known_at)}
    readings = _readings(reader, as_of, known_at)
    below: dict[str, list[Indicator]] = defaultdict(list)
    for relation in _relations(reader, "contributes_to", known_at):
        child, whole = indicators.get(relation.subject), indicators.get(relation.object)
        if child is not None and whole is not None and child.unit == whole.unit:
            below[whole.indicator_id].append(child)
    found = []
    for key, children in sorted(below.items()):
        ends = [each.end for child in children for each in readings.get(child.indicator_id, ())]
        if not ends:
            continue
        last = max(ends)
        values: dict[str, Reading] = {
            child.indicator_id: each
            for child in children
            for each in readings.get(child.indicator_id, ())
            if each.end == last
        }
        own = [each for each in readings.get(key, ()) if each.end == last]
        bases = {each.observation.basis for each in [*values.values(), *own]}
        complete = len(values) == len(children) and len(bases) == 1
        some = next(iter(values.values()))
        found.append(
            Sum(
                whole=indicators[key],
                period_end=some.observation.period_end,
                own=own[-1].observation.magnitude if own else None,
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
