"""What a part takes over from the whole before it: its thing, its measure."""

from __future__ import annotations

from indicators.extraction import words

__all__ = ["made_of", "measured"]

_WIDE = frozenset(
    ["规模", "总规模", "总量", "总数", "总额", "数量", "投资", "总投资", "收入", "产值"]
)
"""Measures that a part does not take over from its whole."""


def made_of(topic: str) -> str:
    """Return a thing without what was done with it (新增新能源装机 → 新能源装机)."""
    made = words.head("keep", "make").match(topic)
    return topic[made.end() :] if made and len(topic) - made.end() >= 2 else topic


def measured(core: str, topic: str) -> str:
    """Give a part the measure of its whole (汽车保有量…，其中新能源汽车…)."""
    measure = words.tail("measures").match(topic[::-1])
    if measure is not None and measure.group()[::-1] in _WIDE:
        return core
    if measure is None or words.tail("measures").match(core[::-1]):
        return core
    return core + measure.group()[::-1]
