"""Two years of quarters for two hundred indicators as offices would report them, and slips in them.

The courses are drawn from what plans count: stocks that grow with the seasons, amounts that start
again each January, counts since the start of a plan, shares, rates of growth, indexes, new centres
that double a capacity at once.  Values are rounded as offices round them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import count

from indicators import periods
from indicators.checks import Fact
from indicators.model import Accumulation, Indicator, Observation, Setting, Target

QUARTERS = tuple(f"{year}Q{part}" for year in range(2025, 2031) for part in (1, 2, 3, 4))
SINCE = date(2025, 1, 1)
OFFICE = 10
"""Indicators of an office."""
_SEASONS = (0.21, 0.24, 0.25, 0.30)


@dataclass(slots=True, kw_only=True)
class Series:
    """One indicator with its values by quarter."""

    key: str
    name: str
    unit: str
    dimension: str
    basis: Accumulation
    values: list[Decimal]
    target: Decimal
    digits: int
    sort: str = ""
    whole: Series | None = None
    increments: list[Decimal] = field(default_factory=list)
    """What the office states beside a cumulative value."""


def rounded(value: float, digits: int) -> Decimal:
    return round(Decimal(repr(value)), digits)


def _grown(
    rng: random.Random, number: int, start: float, growth: float, noise: float, season: float = 0.0
) -> list[float]:
    level, found = start, []
    for at in range(number):
        level *= 1 + rng.gauss(growth, noise)
        found.append(level * (1 + season * (_SEASONS[at % 4] - 0.25) / 0.05))
    return found


def _year_to_date(rng: random.Random, number: int, yearly: float, growth: float) -> list[float]:
    found: list[float] = []
    for year in range(number // 4):
        amount = yearly * (1 + growth) ** year * (1 + rng.gauss(0, 0.03))
        sofar = 0.0
        for share in _SEASONS:
            sofar += amount * share * (1 + rng.gauss(0, 0.08))
            found.append(sofar)
    return found


def _since_start(rng: random.Random, number: int, pace: float) -> list[float]:
    sofar, found = 0, []
    for _ in range(number):
        sofar += max(0, round(rng.gauss(pace, pace**0.5)))
        found.append(float(sofar))
    return found


def simulated(seed: int, years: int = 2) -> list[Series]:
    """Return two hundred indicators."""
    rng = random.Random(seed)
    every = range(4 * years)
    made: list[Series] = []
    number = count()

    def add(
        name: str, unit: str, dimension: str, basis: Accumulation, values: list[float], digits: int,
        sort: str = "",
    ) -> Series:  # fmt: skip
        key = f"i{next(number):03}"
        final = values[-1] * rng.uniform(0.9, 1.25) if values[-1] > 0 else abs(values[-1]) + 5
        exact = [rounded(each, digits) for each in values]
        # Targets are round numbers, of rates and shares at least half a per cent.
        target = Decimal(f"{max(final, 0.5) if unit == '%' else final:.2g}")
        made.append(
            Series(
                key=key, name=f"{name}{key}", unit=unit, dimension=dimension, basis=basis,
                values=exact, target=target, digits=digits, sort=sort,
            )
        )  # fmt: skip
        return made[-1]

    for _ in range(22):
        start = 10 ** rng.uniform(0.5, 4.5)
        values = _grown(
            rng, len(every), start, rng.uniform(-0.01, 0.05), 0.02, rng.uniform(0, 0.06)
        )
        add("企业数", "家", "count", "level", values, 0)
    for _ in range(20):
        start = 10 ** rng.uniform(2, 6)
        values = _grown(rng, len(every), start, rng.uniform(-0.01, 0.03), 0.02, rng.uniform(0, 0.1))
        add("从业人员", "人", "person", "level", values, 0)
    for _ in range(24):
        start, slope = rng.uniform(30, 97), rng.uniform(0, 1)
        values = [min(100.0, start + at * slope + rng.gauss(0, 0.8)) for at in every]
        add("覆盖率", "%", "ratio", "level", values, rng.choice((0, 1, 1, 2)), "share")
    for _ in range(8):
        start = rng.uniform(0.2, 6)
        values = [max(0.05, start * (1 + rng.gauss(0, 0.12))) for _ in every]
        add("失业率", "%", "ratio", "level", values, rng.choice((1, 2)), "share")
    for _ in range(20):
        mean = rng.uniform(0, 14)
        values = [mean + rng.gauss(0, 3.5) for _ in every]
        add("增加值增速", "%", "ratio", "level", values, 1, "growth")
    for _ in range(6):
        values = [100 + rng.gauss(1, 2.5) for _ in every]
        add("价格指数", "%", "ratio", "level", values, 1, "level")
    for _ in range(34):
        values = _year_to_date(
            rng, len(every), 10 ** rng.uniform(7.5, 11.5), rng.uniform(-0.05, 0.18)
        )
        one = add("营业收入", "元", "cny", "year_to_date", values, -4)
        if rng.random() < 0.4:
            one.increments = _stated(one)
    for _ in range(14):
        values = _year_to_date(rng, len(every), 10 ** rng.uniform(1.5, 4), rng.uniform(-0.05, 0.2))
        one = add("新增登记", "户", "household", "year_to_date", values, 0)
        one.increments = _stated(one)
    for _ in range(6):
        values = [v * rng.choice((-1, 1, 1)) for v in _year_to_date(rng, len(every), 10**8.5, 0.1)]
        add("利润总额", "元", "cny", "year_to_date", values, -4)
    for _ in range(24):
        add(
            "典型场景",
            "个",
            "count",
            "since_start",
            _since_start(rng, len(every), rng.uniform(0.4, 20)),
            0,
        )
    for _ in range(8):
        values = _grown(rng, len(every), 10 ** rng.uniform(0.3, 5), 0.02, 0.02)
        at = rng.randrange(1, len(every))
        step = rng.uniform(1.5, 4.5)
        values = [v * (step if n >= at else 1) for n, v in enumerate(values)]
        add("算力规模", "P", "compute", "level", values, 0)
    for _ in range(4):
        values = _grown(rng, len(every), 10 ** rng.uniform(2, 5), 0.01, 0.02, 0.3)
        add("用电量", "千瓦时", "energy", "level", values, 0)
    wholes = [each for each in made if each.unit in ("家", "人")]
    while len(made) < 200:
        whole = rng.choice(wholes)
        share = rng.uniform(0.1, 0.95)
        values = [float(v) * min(1.0, share * (1 + rng.gauss(0, 0.03))) for v in whole.values]
        part = add("其中", whole.unit, whole.dimension, "level", values, 0)
        part.values = [min(p, w) for p, w in zip(part.values, whole.values, strict=True)]
        part.whole = whole
    rng.shuffle(made)
    return made


def _stated(one: Series) -> list[Decimal]:
    """Return increments as an office writes them: differences, each rounded by itself."""
    return [
        value if at % 4 == 0 else value - one.values[at - 1] for at, value in enumerate(one.values)
    ]


def fact_of(one: Series, at: int, value: Decimal | None = None, **more: object) -> Fact:
    """Return the value of a quarter as the importer lays it before the checks."""

    def period(code: str) -> periods.Period:
        return periods.from_basis(code, one.basis, since=SINCE)

    history = [
        Observation(
            indicator_id=one.key, period_start=period(code).start, period_end=period(code).end,
            basis=one.basis, source="workbook", origin="x", magnitude=known, unit=one.unit,
        )
        for code, known in zip(QUARTERS[:at], one.values[:at], strict=True)
    ]  # fmt: skip
    target = Target(
        target_id=f"t-{one.key}", indicator_id=one.key, magnitude=one.target, unit=one.unit,
        bound="at_least", status="accepted",
        deadline=periods.quarter(QUARTERS[len(one.values) - 1]).end,
    )  # fmt: skip
    made = Fact(
        indicator=Indicator(
            indicator_id=one.key, name=one.name, place="某区", unit=one.unit,
            dimension=one.dimension, sort=one.sort,  # type: ignore[arg-type]
        ),
        setting=Setting(indicator_id=one.key),
        targets=[target],
        period=period(QUARTERS[at]),
        magnitude=one.values[at] if value is None else value,
        sheet="表",
        cell=f"E{int(one.key[1:]) + 4}",
        history=history,
        increment=one.increments[at] if one.increments else None,
        wholes=[(one.whole.name, one.whole.values[at])] if one.whole else [],
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def workbooks(series: list[Series]) -> Iterator[list[Fact]]:
    """Yield what each office reports each quarter."""
    for at in range(len(series[0].values)):
        for first in range(0, len(series), OFFICE):
            yield [fact_of(each, at) for each in series[first : first + OFFICE]]


@dataclass(frozen=True, slots=True)
class Fault:
    """A slip put into one workbook, and the code that should tell it at its cell."""

    sort: str
    code: str
    facts: list[Fact]
    cell: str


def faults(seed: int, number: int) -> Iterator[Fault]:
    """Yield workbooks with one slip each, of every sort in turn, where the sort is possible."""
    rng = random.Random(seed)
    sorts = list(_SLIPS)
    made = 0
    while made < number:
        series = simulated(rng.randrange(10**6))
        at = rng.randrange(1, len(series[0].values))
        first = rng.randrange(0, len(series), OFFICE)
        office = series[first : first + OFFICE]
        facts = [fact_of(each, at) for each in office]
        sort = sorts[made % len(sorts)]
        code, slip = _SLIPS[sort]
        fits = [
            (place, changed)
            for place, one in enumerate(office)
            if (changed := slip(rng, one, at, facts[place])) is not None
        ]
        if not fits:
            continue
        place, changed = rng.choice(fits)
        facts[place] = changed
        if code == "values-copied":
            facts = [fact_of(each, at, each.values[at - 1]) for each in office]
            place = 0
        yield Fault(sort, code, facts, "" if code == "values-copied" else facts[place].cell)
        made += 1


Slip = Callable[[random.Random, Series, int, Fact], Fact | None]


def _times(units: tuple[str, ...], *factors: str) -> Slip:
    def slip(rng: random.Random, one: Series, _at: int, fact: Fact) -> Fact | None:
        factor = Decimal(rng.choice(factors))
        fits = one.unit in units and fact.magnitude > 0 and fact.last is not None
        return replace(fact, magnitude=fact.magnitude * factor) if fits else None

    return slip


def _fraction(rng: random.Random, one: Series, _at: int, fact: Fact) -> Fact | None:
    """66.5 % written as 0.665; of rates of a few per cent nobody could tell."""
    if one.unit != "%" or fact.magnitude < 10 or fact.last is None or fact.last.magnitude < 10:
        return None
    # Some round the fraction too.
    fine = fact.magnitude / 100
    return replace(fact, magnitude=rng.choice((fine, round(fine, 2))))


def _hundredfold(rng: random.Random, one: Series, _at: int, fact: Fact) -> Fact | None:
    if one.unit != "%" or fact.magnitude < 3 or fact.last is None or fact.last.magnitude < 3:
        return None
    return replace(fact, magnitude=fact.magnitude * 100)


def _fallen(rng: random.Random, one: Series, at: int, fact: Fact) -> Fact | None:
    again = one.basis == "year_to_date" and at % 4 == 0
    if one.basis == "level" or again or fact.last is None or fact.last.magnitude < 2:
        return None
    if "利润" in one.name:
        return None
    value = rounded(float(fact.last.magnitude) * rng.uniform(0.5, 0.97), one.digits)
    return replace(fact, magnitude=value) if value < fact.last.magnitude else None


def _unequal(rng: random.Random, one: Series, at: int, fact: Fact) -> Fact | None:
    if fact.increment is None or fact.increment <= 1:
        return None
    wrong = rounded(float(fact.increment) * rng.choice((0.7, 0.9, 1.1, 1.4)), one.digits)
    return replace(fact, increment=wrong) if wrong != fact.increment else None


def _greater(rng: random.Random, one: Series, at: int, fact: Fact) -> Fact | None:
    if one.whole is None:
        return None
    value = rounded(float(one.whole.values[at]) * rng.uniform(1.02, 1.3), 0) + 1
    return replace(fact, magnitude=value)


def _target(rng: random.Random, one: Series, at: int, fact: Fact) -> Fact | None:
    last = fact.last
    fits = last is not None and last.magnitude != one.target and "利润" not in one.name
    return replace(fact, magnitude=one.target) if fits else None


def _negative(rng: random.Random, one: Series, at: int, fact: Fact) -> Fact | None:
    fits = one.unit in ("家", "人", "个", "元") and fact.magnitude > 0 and "利润" not in one.name
    return replace(fact, magnitude=-fact.magnitude) if fits else None


def _above_whole(rng: random.Random, one: Series, at: int, fact: Fact) -> Fact | None:
    fits = one.sort == "share" and one.target <= 100 and fact.magnitude > 60
    return (
        replace(fact, magnitude=Decimal(100) + Decimal(rng.randrange(1, 300)) / 10)
        if fits
        else None
    )


def _digit(rng: random.Random, one: Series, at: int, fact: Fact) -> Fact | None:
    """A digit too many, or one lost."""
    if one.unit == "%" or fact.magnitude < 100 or fact.last is None:
        return None
    return replace(fact, magnitude=fact.magnitude * Decimal(rng.choice(("10", "0.1"))))


def _copied(rng: random.Random, one: Series, at: int, fact: Fact) -> Fact | None:
    return fact


_SLIPS: dict[str, tuple[str, Slip]] = {
    "万 for 个": ("value-unit-slip", _times(("家", "人", "户", "千瓦时"), "10000", "0.0001")),
    "亿元, 万元 for 元": ("value-unit-slip", _times(("元",), "1e8", "1e4", "1e-4", "1e-8")),
    "EFLOPS for P": ("value-unit-slip", _times(("P",), "1000", "0.001")),
    "fraction for %": ("value-unit-slip", _fraction),
    "% times a hundred": ("value-unit-slip", _hundredfold),
    "digit too many or lost": ("value-unit-slip", _digit),
    "cumulative falls": ("value-falls", _fallen),
    "increment wrong": ("value-increment-differs", _unequal),
    "part above whole": ("value-part-above-whole", _greater),
    "last quarter copied": ("values-copied", _copied),
    "target for value": ("value-equals-target", _target),
    "negative": ("value-negative", _negative),
    "share above 100": ("value-share-above-whole", _above_whole),
}
