"""What follows when a light repeats: the steps of ``escalation.toml``."""

from __future__ import annotations

from dataclasses import dataclass

from indicators import reference
from indicators.assessment.toml import read
from indicators.assessment.verdict import LIGHTS, Light

__all__ = ["Step", "escalation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What follows when a light repeats (``escalation.toml``)."""

    light: Light
    times: int
    measure: str
    source: str = ""


def escalation() -> tuple[Step, ...]:
    """Return the configured steps, from ``escalation.toml``."""
    root = read(reference.path("escalation.toml"))
    root.only("steps")
    steps = []
    for table in root.tables("steps"):
        table.only("light", "times", "measure", "source")
        if table.whole("times") < 1:
            raise table.error("times", "至少为 1")
        steps.append(
            Step(
                light=table.choice("light", LIGHTS),
                times=table.whole("times"),
                measure=table.text("measure"),
                source=table.text("source", ""),
            )
        )
    return tuple(steps)
