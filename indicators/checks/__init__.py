"""Checks of the trade on values that an office reports, before they are recorded."""

from __future__ import annotations

from indicators.checks.fact import Fact
from indicators.checks.values import FINDINGS, check

__all__ = ["FINDINGS", "Fact", "check"]
