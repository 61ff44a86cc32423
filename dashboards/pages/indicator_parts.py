"""Parts of an indicator's page below its evidence: progress in words, other rules, what hangs together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash.development.base_component import Component

from dashboards.components import badges, heading, light_mark
from dashboards.components import markup as html
from dashboards.components.tables import table
from dashboards.messages import language, text
from dashboards.quantities import day, figure, period_of, quarter_of
from dashboards.views import Story
from dashboards.views.rows import target_text
from indicators.model import Share

__all__ = ["progress", "related", "rules", "split"]


def split(told: Story, as_of: date) -> Sequence[Component]:
    """Return how the target is split, the years and quarters beside what was reached in them."""
    if not told.split:
        return ()
    rows = [
        {
            "part": [
                html.Span(each.part),
                html.Span(text(f"share_sort.{each.sort}"), className="where"),
            ],
            "share": figure(each.magnitude, each.unit, scale=told.scale),
            "reached": _reached(told, each, as_of),
        }
        for each in told.split
    ]
    return (
        html.Section(
            [
                heading(text("indicator.split"), text("indicator.split_note")),
                table("split", ("part", "share", "reached"), rows),
            ],
            className="block",
        ),
    )


def _reached(told: Story, share: Share, as_of: date) -> Component | str:
    """Return the value at the end of a year or quarter; of other parts nothing is reported here."""
    if share.sort not in ("year", "quarter"):
        return text("site.none")
    code = share.part if share.sort == "quarter" else f"{share.part}Q4"
    value = next((each for each in told.values if period_of(each.period_end) == code), None)
    if value is None and code > quarter_of(as_of):
        return html.Span(text("indicator.split_none"), className="muted")
    return value.shown if value else text("site.none")


def progress(told: Story) -> Sequence[Component]:
    """Return what the office wrote beside its latest numbers."""
    if not told.progress:
        return ()
    latest = told.progress[0]
    parts = [
        ("progress_text", latest.progress),
        ("problems", latest.problems),
        ("next_steps", latest.next_steps),
    ]
    inside = [
        html.Div([html.Dt(text(f"indicator.{name}")), html.Dd(words)])
        for name, words in parts
        if words
    ]
    note = f"{latest.office} · {latest.quarter}"
    return (
        html.Section(
            [heading(text("indicator.progress_text"), note), html.Dl(inside, className="texts")],
            className="block",
        ),
    )


def rules(told: Story) -> Sequence[Component]:
    """Return the verdicts of other rules where they give another light."""
    if not told.rules:
        return ()
    items = [
        html.Li(
            [
                light_mark(verdict.light, text(f"state.{verdict.state}")),
                html.Span(text(f"profile.{verdict.profile}")),
                html.Span(
                    getattr(verdict.why, language()) if verdict.why else "", className="muted"
                ),
            ]
        )
        for verdict in told.rules
    ]
    return (
        html.Section(
            [
                heading(text("indicator.rules"), text("indicator.rules_note")),
                html.Ul(items, className="plain"),
            ],
            className="block",
        ),
    )


def related(told: Story) -> Sequence[Component]:
    """Return whole and parts with their latest values, what they make of each other, other targets."""
    made: list[Component] = []
    for words, tied in (("indicator.whole", told.whole), ("indicator.parts", told.parts)):
        items = [
            html.Li(
                [
                    html.Link(
                        f"{each.indicator.place} {each.indicator.name}",
                        href=f"/indicators/{each.indicator.indicator_id}",
                    ),
                    html.Strong(each.shown),
                    html.Span(period_of(each.period_end), className="muted")
                    if each.period_end
                    else "",
                    *badges((), demonstration=each.demonstration),
                    html.Span(
                        text(
                            "indicator.stated_value",
                            value=each.stated,
                            period=period_of(each.stated_on),
                        ),
                        className="muted",
                    )
                    if each.stated_on
                    else "",
                ]
            )
            for each in tied
        ]
        if items:
            part = html.Ul(items, className="plain")
            made.append(html.Section([heading(text(words)), part], className="block"))
    for words, lines in (("indicator.shares", told.shares), ("indicator.sums", told.sums)):
        if lines:
            part = html.Ul([html.Li(line) for line in lines], className="plain")
            made.append(html.Section([heading(text(words)), part], className="block"))
    if told.others:
        items = [
            html.Li(
                [
                    light_mark(each.light, text(f"state.{each.state}")),
                    html.Link(
                        f"{target_text(each)} {day(each.target.deadline)}",
                        href=f"/indicators/{told.indicator.indicator_id}?target={each.target.target_id}",
                    ),
                ]
            )
            for each in told.others
        ]
        made.append(
            html.Section(
                [heading(text("indicator.other_targets")), html.Ul(items, className="plain")],
                className="block",
            )
        )
    return made
