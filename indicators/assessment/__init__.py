"""Targets and observations in, verdicts out: schedules, rule profiles, outlooks and boards."""

from __future__ import annotations

from indicators.assessment.judging import judge, judged_day
from indicators.assessment.points import schedule_points
from indicators.assessment.verdict import (
    CAUSES,
    LIGHT_LABELS,
    LIGHTS,
    STATE_LABELS,
    STATES,
    Assessment,
    Light,
    State,
    Verdict,
    Why,
)

__all__ = [
    "CAUSES",
    "LIGHTS",
    "LIGHT_LABELS",
    "STATES",
    "STATE_LABELS",
    "Assessment",
    "Light",
    "State",
    "Verdict",
    "Why",
    "judge",
    "judged_day",
    "schedule_points",
]
