"""From statements to what the office decided: proposals, identity, decisions, settings, 台账."""

from __future__ import annotations

from indicators.register.findings import FINDINGS
from indicators.register.loadreport import Change, LoadReport
from indicators.register.recording import record

__all__ = ["FINDINGS", "Change", "LoadReport", "record"]
