"""From statements to what the office decided: proposals, identity, decisions, settings, 台账."""

from __future__ import annotations

from indicators.register.findings import FINDINGS
from indicators.register.recording import Change, LoadReport, record

__all__ = ["FINDINGS", "Change", "LoadReport", "record"]
