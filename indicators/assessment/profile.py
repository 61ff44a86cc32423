"""Rule profiles: named, versioned choices of how a target is judged, one TOML file each.

A profile names a method (``schedule``, ``ratio`` or ``growth``) and gives its bands.  An office adds
its own by a file; what does not fit is refused with file, line and key.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from indicators import reference
from indicators.assessment.toml import Table, read
from indicators.assessment.verdict import LIGHTS, SEVERITY, STATE_LIGHTS, Light, State
from indicators.errors import UsageError

__all__ = ["Band", "Growth", "Line", "Profile", "Words", "load", "names", "words"]

Method = Literal["schedule", "ratio", "growth"]
METHODS: tuple[Method, ...] = ("schedule", "ratio", "growth")
Measure = Literal["distance", "plain"]
MEASURES: tuple[Measure, ...] = ("distance", "plain")


ON_THE_WAY: tuple[State, ...] = ("on_schedule", "slightly_behind", "behind", "far_behind")
"""States that a rule may give by a limit; the others follow from deadline, data and baseline."""
_LONGEST = 3660
"""Days that ``near_days`` and ``due_days`` may say: ten years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One class of a rule: everything from its limit on that no better class took."""

    state: State
    light: Light
    category: str = ""
    """The source's own word."""
    label: str = ""
    limit: float = float("-inf")
    closed: bool = True
    """Whether the limit itself is inside (``at_least``) or not (``more_than``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A piece of a score: slope · value + intercept from a limit on."""

    limit: float = float("-inf")
    slope: float
    intercept: float
    shrinks: bool = False
    """Whether limit and slope follow the coefficient near a natural limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """The growth-rate rule with and without a target."""

    bands: tuple[Band, ...]
    score: tuple[Line, ...]
    free_bands: tuple[Band, ...]
    free_score: tuple[Line, ...]
    total_bands: tuple[Band, ...]
    """Classes of the mean score of an indicator."""
    free_total_bands: tuple[Band, ...]
    """The same where none of its series has a target."""
    by_score: bool
    """Whether the class of a series follows from its score instead of its value."""
    score_limit: float
    zero: float
    """What stands for a base or target of zero."""
    exponent: float
    """How fast thresholds shrink near a natural limit."""
    base_year: int
    target_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A rule profile."""

    name: str
    version: str
    title: str
    method: Method
    source: str
    note: str = ""
    measure: Measure = "distance"
    bands: tuple[Band, ...] = ()
    shortfall: tuple[Band, ...] = ()
    """Classes of what is never pro-rated, by the shortfall in percent of the target (negative)."""
    zero_target: State = "behind"
    """State of any shortfall against a target of zero."""
    whole_counts: bool = True
    final: bool = True
    """Whether the deadline brings a final verdict."""
    near_days: int = 90
    due_days: int = 15
    not_started: tuple[int, int] | None = None
    """Months after which what has not begun is yellow, and red."""
    growth: Growth | None = None
    path: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of names and sentences that decide baseline and direction."""

    from_zero: tuple[str, ...]
    stock: tuple[str, ...]
    falling: tuple[str, ...]
    rising: tuple[str, ...]
    less_is_better: tuple[str, ...]
    growth: tuple[str, ...]
    whole_counts: tuple[str, ...]


def _bands(tables: Sequence[Table], kept: str = "at_least") -> tuple[Band, ...]:
    bands: list[Band] = []
    for number, table in enumerate(tables):
        last = number == len(tables) - 1
        table.only("state", "light", "category", "label", "at_least", "more_than")
        given = [key for key in ("at_least", "more_than") if table.has(key)]
        if len(given) != (0 if last else 1):
            raise table.error(
                given[0] if given else "state",
                "最后一档不能再有界限"
                if last
                else f"每一档要且只要一个界限（{kept} 或 more_than）",
            )
        limit = table.number(given[0]) if given else float("-inf")
        if bands and limit >= bands[-1].limit:
            raise table.error(given[0], f"界限必须逐档下降，前一档为 {bands[-1].limit:g}")
        state, light = table.choice("state", ON_THE_WAY), table.choice("light", LIGHTS)
        if light != STATE_LIGHTS[state]:
            meant = STATE_LIGHTS[state]
            raise table.error("light", f"{state} 的灯应为 {meant}，实为 {light!r}")
        if bands and SEVERITY[state] > SEVERITY[bands[-1].state]:
            raise table.error("state", f"应不好于前一档的 {bands[-1].state}，实为 {state!r}")
        bands.append(
            Band(
                state=state,
                light=light,
                category=table.text("category", ""),
                label=table.text("label", ""),
                limit=limit,
                closed=not given or given[0] == "at_least",
            )
        )
    return tuple(bands)


def _lines(tables: Sequence[Table]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for number, table in enumerate(tables):
        table.only("at_least", "slope", "intercept", "shrinks")
        last = number == len(tables) - 1
        if table.has("at_least") == last:
            raise table.error("at_least", "除最后一段外，每段都要有 at_least，最后一段不能有")
        limit = table.number("at_least") if not last else float("-inf")
        if lines and limit >= lines[-1].limit:
            raise table.error("at_least", f"界限必须逐段下降，前一段为 {lines[-1].limit:g}")
        lines.append(
            Line(
                limit=limit,
                slope=table.number("slope"),
                intercept=table.number("intercept"),
                shrinks=table.flag("shrinks", default=False),
            )
        )
    return tuple(lines)


def _growth(root: Table) -> Growth:
    table = root.table("growth")
    table.only(
        "by_score", "score_limit", "zero", "exponent", "base_year", "target_year", "bands",
        "score", "free_bands", "free_score", "total_bands", "free_total_bands",
    )  # fmt: skip
    totals = _bands(table.tables("total_bands"))
    free = table.has("free_total_bands")
    years = table.whole("base_year", most=9999), table.whole("target_year", most=9999)
    if years[0] < 1000:
        raise table.error("base_year", f"应为四位数的年份，实为 {years[0]}")
    if years[1] <= years[0]:
        raise table.error("target_year", f"应晚于 base_year（{years[0]}），实为 {years[1]}")
    return Growth(
        bands=_bands(table.tables("bands")),
        score=_lines(table.tables("score")),
        free_bands=_bands(table.tables("free_bands")),
        free_score=_lines(table.tables("free_score")),
        total_bands=totals,
        free_total_bands=_bands(table.tables("free_total_bands")) if free else totals,
        by_score=table.flag("by_score", default=False),
        score_limit=table.positive("score_limit"),
        zero=table.positive("zero"),
        exponent=table.positive("exponent"),
        base_year=years[0],
        target_year=years[1],
    )


def _not_started(root: Table) -> tuple[int, int] | None:
    if not root.has("not_started"):
        return None
    table = root.table("not_started")
    table.only("yellow_after", "red_after")
    found = table.whole("yellow_after"), table.whole("red_after")
    if not 0 <= found[0] < found[1]:
        raise table.error("red_after", f"必须大于 yellow_after（{found[0]}）")
    return found


def _profile(root: Table, path: Path) -> Profile:
    root.only(
        "name", "version", "title", "method", "source", "note", "measure", "bands", "shortfall",
        "zero_target", "whole_counts", "final", "near_days", "due_days", "not_started", "growth",
    )  # fmt: skip
    method = root.choice("method", METHODS)
    if (method == "growth") != root.has("growth"):
        raise root.error("method", "方法 growth 要有 [growth] 一节，其他方法不能有")
    return Profile(
        name=root.text("name"),
        version=root.text("version"),
        title=root.text("title"),
        method=method,
        source=root.text("source"),
        note=root.text("note", ""),
        measure=root.choice("measure", MEASURES, "distance"),
        bands=() if method == "growth" else _bands(root.tables("bands")),
        shortfall=() if method != "schedule" else _bands(root.tables("shortfall")),
        zero_target=root.choice("zero_target", ON_THE_WAY[1:], "behind"),
        whole_counts=root.flag("whole_counts", default=True),
        final=root.flag("final", default=True),
        near_days=root.whole("near_days", 90, most=_LONGEST),
        due_days=root.whole("due_days", 15, most=_LONGEST),
        not_started=_not_started(root),
        growth=_growth(root) if method == "growth" else None,
        path=path,
    )


def _path(name: str) -> Path:
    """Return the file of a profile: named itself, in the office's own folder, or of the house."""
    if name.endswith(".toml"):
        return Path(name)
    own = os.environ.get("INDICATORS_RULES")
    if own and (path := Path(own) / f"{name}.toml").is_file():
        return path
    return reference.path(f"rules/{name}.toml")


def names() -> tuple[str, ...]:
    """Return the names of the profiles that come with the reference data."""
    return tuple(sorted(path.stem for path in reference.path("rules").glob("*.toml")))


@cache
def _load(path: Path, stamp: int) -> Profile:
    del stamp  # A changed file is another entry of the cache.
    root = read(path)
    profile = _profile(root, path)
    if profile.name != path.stem:
        raise root.error("name", f"应与文件名一致（{path.stem!r}），实为 {profile.name!r}")
    return profile


def load(name: str) -> Profile:
    """Return a profile by its name, or by the path of its file.

    ``INDICATORS_RULES`` names a folder with an office's own profiles, which come first.

    Raises:
        UsageError: there is no such profile.
        ConfigurationError: its file is wrong; the message has line and key.
    """
    path = _path(name)
    if not path.is_file():
        raise UsageError(
            f"没有规则 {name!r}", action=f"现有规则：{'、'.join(names())}；也可以给出 .toml 文件"
        )
    return _load(path, path.stat().st_mtime_ns)


@cache
def words() -> Words:
    """Return the words that decide baseline and direction, from ``judging.toml``."""
    root = read(reference.path("judging.toml"))
    keys = tuple(Words.__dataclass_fields__)
    root.only(*keys)
    found: Mapping[str, tuple[str, ...]] = {key: root.texts(key) for key in keys}
    return Words(**found)
