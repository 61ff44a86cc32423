"""Lights, badges and the small bar of progress: shape, word and number, never colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from dash.development.base_component import Component

from dashboards.components import markup as html
from dashboards.components.attributes import attributes
from dashboards.messages import said, text
from dashboards.theme import GLYPHS
from indicators.assessment.verdict import REVISED, Light

__all__ = ["badges", "bar", "glyph", "light_mark"]


def glyph(light: Light) -> Component:
    """Return the shape of a light; its word must stand beside it."""
    return html.Span(
        GLYPHS[light], className=f"glyph glyph-{light}", **attributes(aria_hidden="true")
    )


def light_mark(light: Light, label: str) -> Component:
    """Return a light's shape with its word."""
    return html.Span([glyph(light), html.Span(label)], className=f"light light-{light}")


def badges(marks: Iterable[str], *, demonstration: bool = False) -> list[Component]:
    """Return the marks beside a light, with the mark of made-up data last."""
    # Made-up data have a badge of their own, last.
    shown = [mark for mark in map(_mark, marks) if mark != text("site.demonstration")]
    made: list[Component] = [html.Span(mark, className="badge") for mark in shown]
    if demonstration:
        made.append(html.Span(text("site.demonstration"), className="badge badge-demonstration"))
    return made


def _mark(mark: str) -> str:
    """Return a mark in the language of the page; that of a revised target names the old one."""
    if mark.startswith(REVISED):
        return text("progress.revised", value=mark.removeprefix(REVISED))
    return said(mark)


def bar(done: float | None, elapsed: float | None, light: Light) -> Component | str:
    """Return a bar filled to the share done, with a stroke where the time stands."""
    if done is None or elapsed is None:
        return ""
    words = text("progress.bar", done=f"{done:.0%}", elapsed=f"{elapsed:.0%}")
    inside = f"{min(1.0, max(0.0, done)):.1%}"
    return html.Span(
        [
            html.Span(className=f"bar-fill bar-{light}", style={"width": inside}),
            html.Span(className="bar-time", style={"left": f"{min(1.0, max(0.0, elapsed)):.1%}"}),
        ],
        className="bar",
        title=words,
        role="img",
        **attributes(aria_label=words),
    )
