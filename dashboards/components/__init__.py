"""Pieces that pages are made of."""

from dashboards.components.lights import badges, bar, light_mark
from dashboards.components.quote import quote
from dashboards.components.shell import empty, frame, heading, notice

__all__ = ["badges", "bar", "empty", "frame", "heading", "light_mark", "notice", "quote"]
