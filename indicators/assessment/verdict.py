"""What a rule says of a target at a day: the verdict and the assessment, with their words.

A verdict is derived, never stored; only an issued board keeps it.  All magnitudes are ``Decimal`` in
the unit of the target's indicator; gaps are signed, negative meaning behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from indicators.model import (
    Accumulation,
    Direction,
    Indicator,
    Observation,
    Schedule,
    Setting,
    Target,
    TargetType,
)

if TYPE_CHECKING:
    from indicators.assessment.goal import Goal
    from indicators.periods import Period

__all__ = [
    "CAUSES",
    "LIGHTS",
    "LIGHT_LABELS",
    "REVISED",
    "SEVERITY",
    "STATES",
    "STATE_LABELS",
    "STATE_LIGHTS",
    "Assessment",
    "BaselineSource",
    "Cause",
    "Language",
    "Light",
    "State",
    "Trend",
    "Verdict",
    "Why",
]

State = Literal[
    "achieved",
    "on_schedule",
    "slightly_behind",
    "behind",
    "far_behind",
    "missed",
    "achieved_late",
    "not_due",
    "not_reported",
    "no_baseline",
    "not_assessable",
]
Light = Literal["green", "yellow", "red", "grey"]
Language = Literal["zh", "en"]
Cause = Literal["new_data", "revised_data", "decision", "rule", "time", ""]
Trend = Literal["improving", "worsening", "flat", ""]
BaselineSource = Literal["setting", "commitment", "words", "definition", "year", ""]
"""Chosen in settings, stated as 基期 in a document, counted from 0 by its words, 0 because the value
adds up from the start of the plan, 0 on 1 January."""

REVISED = "原目标 "
"""How the mark of a revised target begins, before the value that was replaced."""
STATE_LABELS: Mapping[State, str] = {
    "achieved": "已完成",
    "on_schedule": "达到序时",
    "slightly_behind": "略低于序时",
    "behind": "落后序时",
    "far_behind": "严重滞后",
    "missed": "到期未完成",
    "achieved_late": "逾期完成",
    "not_due": "未到期",
    "not_reported": "未报送",
    "no_baseline": "缺基期",
    "not_assessable": "无法研判",
}
LIGHT_LABELS: Mapping[Light, str] = {
    "green": "绿灯",
    "yellow": "黄灯",
    "red": "红灯",
    "grey": "不亮灯",
}
CAUSES: Mapping[Cause, str] = {
    "new_data": "新数据",
    "revised_data": "数据更正",
    "decision": "人工决定",
    "rule": "规则变更",
    "time": "时间推移",
    "": "",
}
STATE_LIGHTS: Mapping[State, Light] = {
    "achieved": "green",
    "on_schedule": "green",
    "slightly_behind": "yellow",
    "behind": "yellow",
    "far_behind": "red",
    "missed": "red",
    "achieved_late": "green",
    "not_due": "grey",
    "not_reported": "grey",
    "no_baseline": "grey",
    "not_assessable": "grey",
}
STATES: tuple[State, ...] = tuple(STATE_LABELS)
LIGHTS: tuple[Light, ...] = tuple(LIGHT_LABELS)

SEVERITY: Mapping[State, int] = {
    "missed": 0,
    "far_behind": 1,
    "behind": 2,
    "slightly_behind": 3,
    "not_reported": 4,
    "no_baseline": 5,
    "not_assessable": 6,
    "not_due": 7,
    "on_schedule": 8,
    "achieved_late": 9,
    "achieved": 10,
}
"""Place in a list that shows the worst first."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a verdict is grey, or what a reader must know of a coloured one."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a rule profile says of one target, with every number that led there."""

    target: Target
    indicator: Indicator
    setting: Setting | None = None
    goal: Goal | None = None
    """The target as it was judged; None where its parts do not fit together."""
    state: State
    light: Light
    category: str = ""
    """The profile's own word for the state, such as ``moderate_progress``; empty if it has none."""
    score: Decimal | None = None
    """The profile's own score (statcan: -5 to 5)."""
    marks: tuple[str, ...] = ()
    """Badges beside the light: 逾期, 逾期完成, 临期, 待审, 演示数据, 得而复失, 趋势变差, 原目标 30个 …"""
    why: Why | None = None
    """Always given for grey."""
    as_of: date
    """The day of looking."""
    period: Period | None = None
    """The period judged."""
    observation: Observation | None = None
    """What was reported for it, chosen among ``others`` by source and age."""
    others: tuple[Observation, ...] = ()
    """Observations of the same period that disagree with the chosen one."""
    baseline: Decimal | None = None
    baseline_date: date | None = None
    baseline_source: BaselineSource = ""
    expected: Decimal | None = None
    """Value on the schedule at the end of the period judged."""
    actual: Decimal | None = None
    """Value judged: the observation, converted to the target's accumulation."""
    share_done: Decimal | None = None
    share_elapsed: Decimal | None = None
    gap: Decimal | None = None
    """Actual against expected in the unit; negative is behind, also where less is better."""
    gap_points: Decimal | None = None
    """The gap in percentage points of the way to the target; negative is behind."""
    run_rate: Decimal | None = None
    """Change still needed in each of the ``quarters_left``, in the unit."""
    quarters_left: int | None = None
    direction: Direction = ""
    accumulation: Accumulation = ""
    schedule: Schedule = ""
    sort: TargetType = ""
    steps: tuple[tuple[date, Decimal], ...] = ()
    """Points of a schedule that is not the straight line from baseline to target."""
    trend: Trend = ""
    met_on: date | None = None
    """End of the first period in which a target was reached that was late."""
    last: Verdict | None = None
    """The latest coloured verdict, shown beside ``not_reported``."""
    profile: str = "schedule"
    profile_version: str = ""
    cause: Cause = ""
    """Why the light is another one than on the board it is compared with."""

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATE_LABELS[self.state]

    @property
    def light_label(self) -> str:
        """The light in Chinese."""
        return LIGHT_LABELS[self.light]

    @property
    def revised(self) -> str:
        """The mark that names the target that this one replaced; empty where none was."""
        return next((each for each in self.marks if each.startswith(REVISED)), "")

    @property
    def flagged(self) -> bool:
        """Whether the light is yellow or red, or the deadline passed without a word."""
        return self.light in ("yellow", "red") or "逾期" in self.marks

    @property
    def office(self) -> str:
        """The office that leads, else the one that reports; empty where nobody is named."""
        if self.setting is None:
            return ""
        return self.setting.lead_office or self.setting.reporting_office

    @property
    def rank(self) -> tuple[int, Decimal, str, str]:
        """Sorting key: the worst first, then the widest gap, then place and name."""
        gap = self.gap_points if self.gap_points is not None else Decimal(0)
        return SEVERITY[self.state], gap, self.indicator.place, self.indicator.name

    def sentence(self, language: Language = "zh") -> str:
        """Return the verdict in one sentence with its numbers."""
        from indicators.assessment.sentence import render

        return render(self, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """All verdicts of a day, worst first."""

    as_of: date
    quarter: str
    """The quarter that is judged, such as 2026Q3; empty where there are no data at all."""
    known_at: datetime | None = None
    known_seq: int = 0
    profile: str = "schedule"
    version: str = ""
    verdicts: Sequence[Verdict] = ()

    def counts(self) -> Mapping[State, int]:
        """Return the number of verdicts of every state, zeros included; they add up to all."""
        found = Counter(verdict.state for verdict in self.verdicts)
        return {state: found[state] for state in STATES}

    def lights(self) -> Mapping[Light, int]:
        """Return the number of verdicts of every light, zeros included."""
        found = Counter(verdict.light for verdict in self.verdicts)
        return {light: found[light] for light in LIGHTS}

    @property
    def flagged(self) -> tuple[Verdict, ...]:
        """The verdicts that ask for attention, worst first."""
        return tuple(verdict for verdict in self.verdicts if verdict.flagged)
