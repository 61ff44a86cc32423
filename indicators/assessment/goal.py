"""The closed types of a target: what a sort of target allows is decided when it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from indicators.errors import UsageError
from indicators.model import Accumulation, Binding, Bound, Direction, Schedule, TargetType

__all__ = ["ALLOWED", "SORT_LABELS", "Allowed", "Goal", "GoalError", "months"]

SORT_LABELS: Mapping[TargetType, str] = {
    "amount": "总量",
    "level": "水平",
    "share": "比率",
    "growth": "增速",
    "change": "变化幅度",
    "count": "数量",
    "range": "区间",
    "milestone": "节点",
    "": "未定",
}
ACCUMULATION_LABELS: Mapping[Accumulation, str] = {
    "level": "期末存量",
    "year_to_date": "年初以来累计",
    "since_start": "自规划起累计",
    "period": "本期新增",
    "": "未定",
}
SCHEDULE_LABELS: Mapping[Schedule, str] = {
    "linear": "直线",
    "compound": "复合增长",
    "yearly_steps": "逐年台阶",
    "seasonal": "季节",
    "piecewise": "分段",
    "annual_only": "按年度统计",
    "split": "分解",
    "": "未定",
}


class GoalError(UsageError):
    """A target says what its type does not allow."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a type of target allows."""

    bounds: frozenset[Bound]
    accumulations: frozenset[Accumulation]
    schedules: frozenset[Schedule]
    reason: str
    """Why not more, in the words of the error."""


_ONE_SIDED: frozenset[Bound] = frozenset({"at_least", "at_most", "about", "equal"})
_ANY_BOUND: frozenset[Bound] = _ONE_SIDED | {"between"}
_FLOWS: frozenset[Accumulation] = frozenset({"year_to_date", "since_start", "period"})
_RATES: frozenset[Accumulation] = frozenset({"level", "year_to_date"})
_PACED: frozenset[Schedule] = frozenset(
    {"linear", "compound", "yearly_steps", "seasonal", "piecewise", "annual_only", "split"}
)
_DIRECT: frozenset[Schedule] = frozenset({"", "annual_only"})

ALLOWED: Mapping[TargetType, Allowed] = {
    "amount": Allowed(_ANY_BOUND, _FLOWS, _PACED, "总量在时段内累计，不是期末存量"),
    "level": Allowed(_ANY_BOUND, frozenset({"level"}), _PACED, "水平是期末存量，不累计"),
    "share": Allowed(_ANY_BOUND, _RATES, _PACED, "比率不能相加"),
    "growth": Allowed(_ANY_BOUND, _RATES, _DIRECT, "增速直接比较，不按时间折算"),
    "change": Allowed(_ANY_BOUND, _FLOWS, _PACED | {""}, "变化幅度自起点累计"),
    "count": Allowed(_ANY_BOUND, _FLOWS | {"level"}, _PACED, "数量按个累计或按期末计"),
    "range": Allowed(frozenset({"between"}), _RATES, _DIRECT, "区间只判断在内在外，不按时间折算"),
    "milestone": Allowed(
        frozenset({"equal", "at_least"}), frozenset({"level"}), _DIRECT, "节点只有完成与未完成"
    ),
}


@lru_cache(maxsize=4096)
def months(day: date) -> int:
    """Return the number of whole months from 1970 that are complete at a day.

    A day up to the 15th counts as the end of the month before, a later one as the end of its month.
    """
    return (day.year - 1970) * 12 + day.month - (day.day <= 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A target with everything that judging it needs, in the unit of its indicator.

    Raises:
        GoalError: the parts do not fit the type; the message says which and why.
    """

    sort: TargetType
    value: Decimal
    bound: Bound = "at_least"
    high: Decimal | None = None
    """Upper end; only with ``between``."""
    accumulation: Accumulation = "level"
    direction: Direction = "up"
    better: Literal["up", "down"] = "up"
    """Which side of the value is the good one; differs from direction only for ``maintain``."""
    binding: Binding = ""
    schedule: Schedule = "linear"
    change: Literal["additive", "compound"] = "additive"
    """How the changes of years add up; only for ``change``."""
    falling: bool = False
    """Whether a ``change`` is a fall (降低13.5%)."""
    start: date
    """Last day before the course begins: the baseline's date, else the eve of the plan period."""
    deadline: date
    baseline: Decimal | None = None
    steps: tuple[tuple[date, Decimal], ...] = ()
    """Values that the course passes, without its two ends."""
    within_year: tuple[Decimal, ...] = ()
    """Share of the year's value that is due at the end of each of the twelve months."""

    def __post_init__(self) -> None:
        allowed = ALLOWED.get(self.sort)
        if allowed is None:
            raise GoalError(f"目标类型未定：{self.sort!r}", action="请在设置中给出指标类型")
        label = SORT_LABELS[self.sort]
        numbers = [self.value, self.high, self.baseline, *(value for _, value in self.steps)]
        if not all(number.is_finite() for number in numbers if number is not None):
            raise GoalError(f"{label}目标的数值不是有限的数")
        if self.bound not in allowed.bounds:
            raise GoalError(f"{label}目标不能用界限 {self.bound}：{allowed.reason}")
        if (self.bound == "between") != (self.high is not None):
            raise GoalError(f"{label}目标：上限与界限 between 必须同时给出")
        if self.high is not None and self.high < self.value:
            raise GoalError(f"{label}目标的上限 {self.high} 小于下限 {self.value}")
        if self.accumulation not in allowed.accumulations:
            word = ACCUMULATION_LABELS[self.accumulation]
            raise GoalError(f"{label}目标不能用累计口径“{word}”：{allowed.reason}")
        if self.direction not in ("up", "down", "maintain"):
            raise GoalError(f"{label}目标的方向未定")
        if self.direction in ("up", "down") and self.direction != self.better:
            raise GoalError(f"{label}目标的方向自相矛盾：{self.direction} 与 {self.better}")
        if self.schedule not in allowed.schedules:
            word = SCHEDULE_LABELS[self.schedule]
            raise GoalError(f"{label}目标不能用序时方式“{word}”：{allowed.reason}")
        if self.direction == "maintain" and self.schedule not in ("", "linear", "annual_only"):
            raise GoalError("保持类目标没有进度要求，不能设序时方式")
        if self.change == "compound" and self.sort != "change":
            raise GoalError(f"{label}目标没有变化合成方式，只有变化幅度目标有")
        if self.sort == "milestone" and self.value != 1:
            raise GoalError(f"节点目标的值只能是 1（完成），实为 {self.value}")
        if self.sort == "count" and self.value < 0:
            raise GoalError(f"数量目标不能为负：{self.value}")
        if months(self.deadline) <= months(self.start):
            raise GoalError(f"期限 {self.deadline} 不晚于起点 {self.start}")
        self._check_course()

    def _check_course(self) -> None:
        if self.schedule in ("split", "piecewise") and not (self.steps or self.within_year):
            raise GoalError("序时方式为分解或分段，但没有分年、分季或分期目标")
        ends = [months(day) for day, _ in self.steps]
        if ends != sorted(set(ends)):
            raise GoalError("分年、分期目标的日期必须递增且不重复")
        if ends and not months(self.start) < ends[0] <= ends[-1] <= months(self.deadline):
            raise GoalError("分年、分期目标必须在起点之后、期限之前")
        if self.within_year and len(self.within_year) != 12:
            raise GoalError("年内进度必须给出十二个月")

    @property
    def one_year(self) -> bool:
        """Whether the course runs within one calendar year."""
        return months(self.start) // 12 == (months(self.deadline) - 1) // 12

    @property
    def tolerance(self) -> Decimal:
        """Half a unit of the last non-zero digit written, for ``about``; else 0."""
        if self.bound != "about" or not self.value:
            return Decimal(0)
        exponent = self.value.normalize().as_tuple().exponent
        assert isinstance(exponent, int)
        return Decimal(5).scaleb(exponent - 1)
