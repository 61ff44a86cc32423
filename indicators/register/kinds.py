"""What type a target is, read from its name, unit and bound, before anybody sets it otherwise."""

from __future__ import annotations

import re

from indicators.model import Bound, TargetType

__all__ = ["CHANGE", "GROWTH", "target_type"]

GROWTH = re.compile(r"增长|增速|增幅|递增")
"""Names of growth: compared with the target directly, never pro-rated."""
CHANGE = re.compile(r"降低|下降|减少|压减|缩小|缩短|提高|提升|上升|收窄")
"""Verbs of change: the magnitude is the change itself."""
_MONEY = frozenset({"cny", "usd", "hkd", "eur", "jpy", "gbp", "mop", "twd"})
_COUNTED = frozenset({"count", "person", "person_time", "household"})


def target_type(name: str, dimension: str, bound: Bound) -> TargetType:
    """Return the type of a target of this name, dimension and bound."""
    if dimension in ("proportion", "percentage_point", "multiple"):
        if GROWTH.search(name):
            return "growth"
        if CHANGE.search(name) or dimension == "percentage_point":
            return "change"
    if bound == "between":
        return "range"
    if dimension == "proportion":
        return "share"
    if dimension in _MONEY:
        return "amount"
    if dimension in _COUNTED:
        return "count"
    return "level"
